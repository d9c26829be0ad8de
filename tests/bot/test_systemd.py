"""systemd is told when the bot is ready, that it is alive, and that it stops."""

import asyncio
import logging
import os
from pathlib import Path

import pytest
from service_manager import ServiceManager

from bot.health.liveness import Liveness
from bot.systemd import Notifier, ServiceReports
from storage.database import Database

SOON = 0.2
"""Seconds of the watchdog, so that heartbeats come quickly."""


@pytest.fixture
def address(tmp_path: Path) -> Path:
    return tmp_path / "notify"


async def test_a_start_asks_for_time_until_the_bot_is_ready_and_then_heartbeats_follow(
    address: Path,
) -> None:
    ready = asyncio.Event()

    with ServiceManager.listening(address) as manager:
        reports = ServiceReports(Notifier(manager.address, watchdog=SOON))
        async with reports.running():
            reports.status("opening\nthe database")
            await manager.until(lambda it: it.get("STATUS") == "opening the database")
            for _ in range(3):
                await manager.until(lambda it: it.get("EXTEND_TIMEOUT_USEC") == "200000")
            assert not manager.names() & {"READY", "WATCHDOG"}
            async with reports.follow(ready, lambda: None, text=lambda: "in 3 servers"):
                ready.set()
                message = await manager.until(lambda it: "READY" in it)
                assert message == {"READY": "1", "STATUS": "in 3 servers"}
                for _ in range(3):
                    await manager.until(lambda it: it.get("WATCHDOG") == "1")
                reports.stopping()
                await manager.until(lambda it: it.get("STOPPING") == "1")
                assert await manager.until(lambda _: True) == {"WATCHDOG": "1"}
        assert await manager.until(lambda it: it.get("STOPPING") == "1")


@pytest.mark.parametrize("is_ready", [False, True])
async def test_a_write_that_does_not_end_ends_the_heartbeats_until_it_does(
    address: Path,
    tmp_path: Path,
    new_file: bytes,
    caplog: pytest.LogCaptureFixture,
    is_ready: bool,
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    ready = asyncio.Event()
    name = "WATCHDOG" if is_ready else "EXTEND_TIMEOUT_USEC"
    async with await Database.open(path) as database:
        liveness = Liveness(database, longest_write=0.05)
        with ServiceManager.listening(address) as manager:
            reports = ServiceReports(Notifier(manager.address, watchdog=SOON))
            async with reports.running(), reports.follow(ready, liveness.hangs, text=lambda: ""):
                if is_ready:
                    ready.set()
                await manager.until(lambda it: name in it)
                # It has the one connection that writes, as one with an endless statement would.
                async with database.transaction():
                    await manager.until(lambda it: it.get("STATUS", "").startswith("hangs"))
                    manager.received.clear()
                    for _ in range(3):
                        await manager.until(lambda it: "STATUS" in it)
                    assert manager.received[0]["STATUS"] == (
                        "hangs: a write to the database has not ended for 0 seconds"
                    )
                    assert name not in manager.names()
                await manager.until(lambda it: name in it)
    assert [each.levelno for each in caplog.records if "systemd" in each.message] == [logging.ERROR]


async def test_a_locked_database_is_no_reason_to_be_started_again(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with (
        await Database.open(path, busy_timeout=0.05) as database,
        await Database.open(path) as other,
    ):
        liveness = Liveness(database)
        liveness.start()
        async with other.transaction() as writer:
            await writer.execute("INSERT INTO key_value VALUES ('a', 'b')")
            (_, check) = await liveness.check()
            assert not check.is_ok
            assert liveness.hangs() is None
        liveness.stop()


def test_an_abstract_address_is_understood() -> None:
    address = f"@daily-papers-test-{os.getpid()}"
    with ServiceManager.listening(address) as manager:
        Notifier(manager.address).send(READY=1)
        assert asyncio.run(manager.until(lambda _: True)) == {"READY": "1"}


@pytest.mark.parametrize(
    ("environment", "is_on", "watchdog"),
    [
        ({}, False, None),
        ({"WATCHDOG_USEC": "90000000"}, False, None),
        ({"NOTIFY_SOCKET": "/run/n"}, True, None),
        ({"NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": "90000000"}, True, 90.0),
        ({"NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": "9000000", "WATCHDOG_PID": "1"}, True, None),
        ({"NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": "soon"}, True, None),
        ({"NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": "0"}, True, None),
        ({"NOTIFY_SOCKET": "vsock:2:1"}, False, None),
    ],
)
def test_what_the_environment_asks_for(
    environment: dict[str, str], is_on: bool, watchdog: float | None
) -> None:
    notifier = Notifier.from_environment(environment)
    assert (notifier.is_on, notifier.watchdog) == (is_on, watchdog)


async def test_a_service_manager_that_is_gone_is_logged_once(
    address: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reports = ServiceReports(Notifier(str(address), watchdog=SOON))
    async with reports.running():
        reports.status("one")
        reports.status("two")
        with ServiceManager.listening(address) as manager:
            await manager.until(lambda it: "EXTEND_TIMEOUT_USEC" in it)
    assert len([each for each in caplog.records if "can't be told" in each.message]) == 2


async def test_without_a_service_manager_nothing_runs() -> None:
    before = asyncio.all_tasks()
    reports = ServiceReports(Notifier())
    async with reports.running():
        reports.status("one")
        assert asyncio.all_tasks() == before
