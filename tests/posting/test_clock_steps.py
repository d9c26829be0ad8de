"""Posts after the machine's clock was set."""

from datetime import timedelta

from posting_fixture import MORNING, PostingFixture, eventually


async def test_a_retry_runs_soon_after_a_wrong_clock_is_corrected(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    failing = posting.sandbox.faults.add("POST", "/channels/*/messages", status=503, times=None)
    async with posting.running(first_backoff=600.0):
        posting.clock.move_to(MORNING + timedelta(hours=3))
        await eventually(lambda: failing.hits == 1)
        await posting.settle()
        posting.sandbox.faults.clear()
        # The scheduler itself detects that the clock was set.
        posting.clock.move_to(MORNING)
        await eventually(lambda: len(channel.messages) == 1)
