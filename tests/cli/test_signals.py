"""A signal always ends a process."""

import asyncio
import signal
from pathlib import Path

import pytest
from forked_process import ForkedProcess

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "busy_process.py"
PATIENCE = 60


async def end_while_busy(how: str, number: signal.Signals) -> tuple[int | None, str]:
    process = await ForkedProcess.start(str(SCRIPT), how, env={}, cwd=ROOT)
    try:
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.readline(), PATIENCE) == b"busy\n"
        process.send_signal(number)
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode, err.decode()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
async def test_a_signal_ends_a_process_whose_event_loop_is_blocked(
    number: signal.Signals, status: int
) -> None:
    ended, err = await end_while_busy("loop", number)
    assert ended == status
    assert "did not end within 0.1 seconds" in err
    assert "count_forever" in err


async def test_a_signal_ends_a_process_whose_interpreter_lock_is_held() -> None:
    signals = (signal.SIGTERM, signal.SIGINT)
    for ended, err in await asyncio.gather(*(end_while_busy("regex", each) for each in signals)):
        assert ended not in (0, None)
        assert "match_forever" in err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_an_idle_process_cleanly(number: signal.Signals) -> None:
    assert await end_while_busy("wait", number) == (0, "")
