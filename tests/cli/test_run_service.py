"""`daily-papers run` as a service of systemd: what it reports, and the unit file."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from bot_processes import IMPATIENT, ROOT, environment
from forked_process import ForkedProcess
from service_manager import ServiceManager

from bot.sandbox import Sandbox

UNIT: Final = ROOT / "config" / "systemd" / "daily-papers.service"
MOST_EXPOSED: Final = 20
"""Of `systemd-analyze security`, in tenths; without any sandboxing it is 96."""


@asynccontextmanager
async def running(
    sandbox: Sandbox, folder: Path, manager: ServiceManager
) -> AsyncIterator[ForkedProcess]:
    variables = environment(sandbox, folder / "papers.db")
    variables |= {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "400000"}
    process = await ForkedProcess.start(*IMPATIENT, "run", env=variables, cwd=folder)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()


async def test_it_is_ready_when_it_is_connected_and_says_so_when_it_stops(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.gateway.close_next(4000, times=None)
    sandbox.add_guild("Lab")
    with ServiceManager.listening(tmp_path / "notify") as manager:
        async with running(sandbox, tmp_path, manager) as process:
            await manager.until(lambda it: it.get("STATUS") == "connecting to Discord")
            # An outage at the start takes as long as it takes.
            for _ in range(3):
                await manager.until(lambda it: "EXTEND_TIMEOUT_USEC" in it)
            assert not manager.names() & {"READY", "WATCHDOG"}
            sandbox.gateway.clear_faults()
            ready = await manager.until(lambda it: "READY" in it)
            assert ready["STATUS"] == "1 shard connected, 1 server"
            await manager.until(lambda it: it.get("WATCHDOG") == "1")
            # Neither does a later outage end the process.
            sandbox.gateway.close_next(4000, times=None)
            await sandbox.gateway.drop()
            await manager.until(
                lambda it: it == {"WATCHDOG": "1", "STATUS": "0 of 1 shards connected, 1 server"}
            )
            process.send_signal(signal.SIGTERM)
            await manager.until(lambda it: it.get("STOPPING") == "1")
            assert await process.wait() == 0


async def test_ended_by_the_watchdog_of_systemd_it_says_where_it_was(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    with ServiceManager.listening(tmp_path / "notify") as manager:
        async with running(sandbox, tmp_path, manager) as process:
            await manager.until(lambda it: "READY" in it)
            process.send_signal(signal.SIGABRT)
            _, errors = await process.communicate()
    assert process.returncode == -signal.SIGABRT
    assert b"Fatal Python error: Aborted" in errors
    assert errors.count(b"hread 0x") > 1


# The unit file


def keys(name: str) -> list[str]:
    """Return the values of a key of the unit file."""
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE)


def test_systemd_waits_longer_than_the_bot_itself() -> None:
    # The bot's own watchdog logs where the process hangs, so it comes first; see bot/jobs/watchdog.
    assert keys("Type") == ["notify"]
    assert [int(value) > 60 for value in keys("WatchdogSec")] == [True]
    assert [int(value) > 8 for value in keys("TimeoutStopSec")] == [True]
    assert keys("RestartPreventExitStatus") == ["2"]


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit file, with a program that is there."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    text = UNIT.read_text("utf-8")
    program = Path(sys.executable).with_name("daily-papers")
    (path := tmp_path / UNIT.name).write_text(
        re.sub(r"^ExecStart=\S+", f"ExecStart={program}", text, flags=re.MULTILINE)
    )
    return path


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a program of systemd
        ["systemd-analyze", *map(str, arguments)],  # noqa: S607 - it was looked for
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SYSTEMD_COLORS": "0"},
    )


def test_systemd_understands_the_unit(unit: Path) -> None:
    ended = analyze("verify", "--man=no", unit)
    assert (ended.returncode, ended.stderr) == (0, "")
    with unit.open("a") as file:
        file.write("\n[Service]\nNoSuchKey=1\n")
    assert "NoSuchKey" in analyze("verify", "--man=no", unit).stderr


def test_the_service_may_do_little(unit: Path) -> None:
    ended = analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}", unit)
    if "unrecognized option" in ended.stderr:
        pytest.skip("this systemd-analyze can't look at files")
    assert ended.returncode == 0, ended.stdout
