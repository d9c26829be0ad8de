"""The watchdog ends a process that hangs, and no other; tested with real processes."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from network_guard import GUARDED_PATH

ROOT = Path(__file__).parents[2]
PROCESS = ROOT / "tests" / "hanging_process.py"
PATIENCE = 1.0
"""The watchdog's, in seconds.

It doesn't end a process that gets no CPU for longer: that seems to have been suspended.
"""
pytestmark = pytest.mark.slow


async def start(how: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *(str(PROCESS), how, str(PATIENCE)),
        env=os.environ | {"PYTHONPATH": GUARDED_PATH},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("loop", "The event loop has not run for"),
        ("job", "Job delivery:1 is past its deadline"),
    ],
)
async def test_a_process_that_hangs_ends_with_status_1_and_says_why(how: str, message: str) -> None:
    process = await start(how)
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert message in errors.decode()
    assert "hanging_process.py" in errors.decode()  # the stack shows where it hangs


async def test_a_process_that_waits_goes_on() -> None:
    process = await start("waiting")
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()


async def test_a_process_that_was_suspended_goes_on() -> None:
    process = await start("waiting")
    assert process.stdout is not None
    async with asyncio.timeout(60):
        await process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(1.5 * PATIENCE)
        process.send_signal(signal.SIGCONT)
        _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
