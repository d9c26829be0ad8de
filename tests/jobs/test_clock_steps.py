"""What stored jobs do when somebody sets the machine's clock."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.jobs.outcomes import Done, JobOutcome, Retry
from bot.jobs.runner import FatalError, Kind, Runner
from bot.jobs.scheduler import Scheduler
from storage import jobs
from storage.database import Database
from storage.records import Job, Reason

NOW = datetime(2025, 2, 21, 8, 0, tzinfo=UTC)


class OpenGate:
    """A gate that is always open: nothing here uses Discord."""

    is_open = True

    async def wait(self) -> None:
        """Return at once."""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "papers.db") as database:
        yield database


async def fail(error: FatalError) -> None:
    raise error


@pytest.mark.parametrize("reason", [Reason.DISCORD_UNAVAILABLE, Reason.INTERNAL])
async def test_retry_does_not_wait_for_hours_when_a_wrong_clock_is_set_right(
    database: Database, reason: Reason
) -> None:
    clock = Clock()
    attempts: list[datetime] = []

    async def send(_job: Job) -> JobOutcome:
        attempts.append(clock.now())
        return Retry(reason=reason) if len(attempts) == 1 else Done()

    async def check() -> None:
        pass

    runner = Runner(database, {"send": Kind(send)}, now=clock.now, gate=OpenGate(), on_fatal=fail)
    scheduler = Scheduler(runner, check=check, now=clock.now)
    clock.move_to(NOW + timedelta(hours=3))
    await jobs.enqueue(
        database, [Job(key="send:1", kind="send", lane="post:1", priority=1, run_at=NOW)]
    )
    await runner.start()
    await runner.until_idle()
    await scheduler.tick()
    clock.move_to(NOW)
    await scheduler.tick()
    await runner.until_idle()
    await runner.stop()
    assert len(attempts) == 2
    assert await jobs.get(database, "send:1") is None
