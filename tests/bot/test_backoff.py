from bot.backoff import Backoff


def test_delays_double_up_to_a_limit_with_jitter() -> None:
    backoff = Backoff(first=1.0, longest=100.0)
    for failures, longest in ((1, 1), (2, 2), (3, 4), (7, 64), (8, 100), (5_000, 100)):
        delays = [backoff.delay(failures) for _ in range(50)]
        assert all(longest / 2 <= delay <= longest for delay in delays)
        assert len(set(delays)) > 1
