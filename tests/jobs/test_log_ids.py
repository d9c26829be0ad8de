"""Lines that are logged while a job runs carry its ids, whichever module writes them."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from jobs_fixture import RunnerFixture

from bot.jobs.outcomes import Done, JobOutcome, Retry
from bot.log_ids import log_ids
from config.log_format import LogFormat
from config.log_level import LogLevel
from config.logs import configure_logging
from storage.records import Job, Reason

log = logging.getLogger("elsewhere")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging(LogLevel.INFO, (), form=LogFormat.JSON, ids=log_ids, stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """Return the entries without their times."""
    found = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [{key: value for key, value in entry.items() if key != "time"} for entry in found]


async def test_every_line_during_a_job_has_its_ids(
    fixture: RunnerFixture, stream: io.StringIO
) -> None:
    async def handle(job: Job) -> JobOutcome:
        if job.key == "retried":
            return Retry(reason=Reason.DISCORD_UNAVAILABLE)
        log.info("handled")
        return Done(committed=lambda: log.info("committed"))

    fixture.handle = handle
    await fixture.put("retried")
    await fixture.put("done", lane="b")
    async with fixture.start():
        await fixture.run()
    found = {(entry["message"].split(" in ")[0], entry["job"]) for entry in lines(stream)}
    assert found == {
        ("job retried is retried", "retried"),
        ("handled", "done"),
        ("committed", "done"),
    }


async def test_a_job_that_is_started_by_another_has_only_its_own_ids(
    fixture: RunnerFixture, stream: io.StringIO
) -> None:
    async def handle(job: Job) -> JobOutcome:
        log.info("handled")
        if job.key == "first":
            await fixture.put("second", lane="b")
            fixture.runner.wake()
        return Done(committed=lambda: log.info("committed"))

    fixture.handle = handle
    await fixture.put("first")
    async with fixture.start(at_once=2):
        await fixture.run()
    assert log_ids() == {}
    found = [(entry["message"], entry["job"]) for entry in lines(stream)]
    assert sorted(found) == [
        ("committed", "first"),
        ("committed", "second"),
        ("handled", "first"),
        ("handled", "second"),
    ]
