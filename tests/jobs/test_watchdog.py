"""The watchdog ends real processes: one that hangs, and no other."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROCESS = ROOT / "tests" / "hanging_process.py"


async def start(how: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *(str(PROCESS), how),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
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


async def test_a_process_that_waits_is_not_ended() -> None:
    process = await start("waiting")
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()


async def test_a_process_that_was_suspended_is_not_ended() -> None:
    process = await start("waiting")
    assert process.stdout is not None
    async with asyncio.timeout(60):
        await process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(5)  # longer than the watchdog's patience
        process.send_signal(signal.SIGCONT)
        _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
