"""Since when no source has brought papers, and what the log says of it."""

import logging
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.ingest.lists import ListSource
from bot.ingest.polling import Polling, PollingTimes
from bot.ingest.timetable import LiveTimetable, Timetable, WrittenTimetable
from bot.ingest.trouble import WatchedSource, find_trouble
from bot.jobs.outcomes import Done
from storage import digests, sources
from storage.database import Database
from storage.records import Digest, Job, Paper, SourceDay, SourceKind, Trouble

AGE = timedelta(hours=10)
MONDAY = date(2025, 2, 17)
LIVE = WatchedSource("Hugging Face", LiveTimetable())
WRITTEN = WatchedSource("ours", WrittenTimetable())


def february(day: int, hour: int = 12) -> datetime:
    return datetime(2025, 2, day, hour, tzinfo=UTC)


def states(timetable: Timetable, days: str) -> dict[date, SourceDay]:
    """Return what is known of the days from Monday, February 17 on.

    `x` has papers, `-` was read when it was over and is empty, `e` was read too early and is empty,
    `!` could not be read, `?` failed after it was read and empty, a blank is not known.
    """
    found = {}
    for number, letter in enumerate(days):
        day = MONDAY + timedelta(days=number)
        at = timetable.closes_at(day)
        state = {
            "x": SourceDay(date=day, arrived_at=at, checked_at=at, read_at=at),
            "-": SourceDay(date=day, checked_at=at, read_at=at),
            "e": SourceDay(date=day, checked_at=at, read_at=timetable.opens_at(day)),
            "!": SourceDay(date=day, checked_at=at, error=f"answered {number}"),
            "?": SourceDay(date=day, checked_at=at, read_at=at, error=f"answered {number}"),
        }.get(letter)
        if state is not None:
            found[day] = state
    return found


def trouble(now: datetime, watched: Mapping[str, tuple[WatchedSource, str]]) -> Trouble | None:
    known = {name: states(source.timetable, days) for name, (source, days) in watched.items()}
    # The query begins at the newest day with papers; the one that is not watched was removed.
    return find_trouble(
        known,
        {name: source for name, (source, _) in watched.items() if name != "removed"},
        now=now,
        age=AGE,
    )


@pytest.mark.parametrize(
    ("days", "now", "since"),
    [
        # Monday to Sunday, and the week after it
        ("xxxxx  xxxxx", february(28), None),
        ("x!", february(18), None),
        # Wednesday's list opens on Wednesday, 02:30, and counts 10 hours later.
        ("x!!", february(19, hour=13), 18),
        ("x!!", february(19, hour=12), None),
        ("x!", february(19, hour=13), 18),
        ("x  ", february(20), 18),
        # Friday and Monday are next to each other.
        ("xxxx!   ", february(24, hour=13), 21),
        ("xxxx!  !", february(24, hour=11), None),
        ("xxxx!!!!", february(24, hour=13), 21),
        ("xxxxx!!!", february(24, hour=13), None),
        # A holiday doesn't count, and doesn't end the row.
        ("x-!!", february(20, hour=13), 19),
        ("x!-!", february(20, hour=13), 18),
        ("x!--", february(20, hour=13), None),
        ("x!?!", february(20, hour=13), 18),
        ("x!e!", february(20, hour=13), 18),
        ("x----", february(21, hour=13), None),
        # Papers end the row, also late ones and those of a weekend.
        ("x!!x", february(20, hour=13), None),
        ("x!!!!x", february(23, hour=13), None),
        # There is nothing to compare with.
        ("!!!!!", february(21, hour=13), None),
        ("", february(21, hour=13), None),
    ],
)
def test_two_weekdays_without_papers_of_a_live_source_are_trouble(
    days: str, now: datetime, since: int | None
) -> None:
    found = trouble(now, {"huggingface": (LIVE, days)})
    assert (found and found.since) == (date(2025, 2, since) if since else None)


@pytest.mark.parametrize(
    ("days", "now", "since"),
    [
        ("x--", february(20, hour=11), None),
        ("x--", february(20, hour=12), 18),
        ("x", february(20, hour=12), 18),
        ("xxxxx", february(26, hour=11), None),
        ("xxxxx", february(26, hour=12), 24),
        # It was written early.
        ("x  x", february(20, hour=12), None),
    ],
)
def test_written_digests_are_missing_when_their_day_has_ended_everywhere(
    days: str, now: datetime, since: int | None
) -> None:
    found = trouble(now, {"ours": (WRITTEN, days)})
    assert (found and found.since) == (date(2025, 2, since) if since else None)


def test_papers_of_any_source_are_enough() -> None:
    now = february(21, hour=13)
    failing = (LIVE, "x!!!!")
    assert trouble(now, {"huggingface": failing, "ours": (WRITTEN, "xxxxx")}) is None
    assert trouble(now, {"huggingface": failing, "removed": (WRITTEN, "xxxxx")}) is None


def test_a_holiday_of_a_live_source_is_one_for_all() -> None:
    now = february(21, hour=13)
    assert trouble(now, {"huggingface": (LIVE, "x----"), "ours": (WRITTEN, "x!!!!")}) is None


def test_the_failing_sources_and_the_newest_error_are_named() -> None:
    now = february(20, hour=13)
    both = {"huggingface": (LIVE, "x!! "), "ours": (WRITTEN, " !!!"), "removed": (WRITTEN, "!!!!")}
    assert trouble(now, both) == Trouble(date(2025, 2, 18), ("Hugging Face", "ours"), "answered 3")
    quiet = {"huggingface": (LIVE, "x  "), "ours": (WRITTEN, "")}
    assert trouble(now, quiet) == Trouble(date(2025, 2, 18))


@pytest.fixture
async def database(tmp_path: Path, new_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as opened:
        yield opened


class Clock:
    """A clock that the test sets."""

    time = february(17)

    def now(self) -> datetime:
        return self.time


def polling(database: Database, clock: Clock, *lists: ListSource) -> Polling:
    return Polling(
        database,
        lists,
        now=clock.now,
        times=PollingTimes(list_age=AGE),
        precedence=[("huggingface", SourceKind.HUGGINGFACE)],
    )


async def test_the_log_warns_when_trouble_begins_once_a_day_and_says_when_it_is_over(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    clock = Clock()
    checked = polling(database, clock)
    await checked.start()

    async def check(at: datetime) -> list[str]:
        caplog.clear()
        clock.time = at
        outcome = await checked.warn(
            Job(key="check", kind="check", lane="check", priority=1, run_at=at)
        )
        assert isinstance(outcome, Done)
        assert outcome.record is not None
        async with database.transaction() as writer:
            (again,) = await outcome.record(writer)
        assert again.run_at == at + timedelta(hours=1)
        return [f"{each.levelname} {each.message}" for each in caplog.records]

    assert await check(february(18)) == []
    digest = Digest(MONDAY, (Paper("2502.00001", "A title"),))
    await digests.store(database, digest, read_at=february(18))
    assert await check(february(19, hour=12)) == []
    (warning,) = await check(february(19, hour=13))
    assert warning == "WARNING no source has brought papers since Tuesday, 2025-02-18"
    await sources.failed(
        database, "huggingface", date(2025, 2, 19), error="answered 502", at=february(19)
    )
    assert await check(february(20, hour=12)) == []
    (warning,) = await check(february(20, hour=13))
    assert warning.endswith(
        "since Tuesday, 2025-02-18; not readable: Hugging Face; the newest error: answered 502"
    )
    await digests.store(
        database,
        Digest(date(2025, 2, 20), (Paper("2502.00002", "Another title"),)),
        read_at=february(20),
    )
    assert await check(february(20, hour=14)) == ["INFO new papers have come again"]
    assert await check(february(20, hour=15)) == []


async def test_nothing_is_said_while_the_lists_of_a_long_absence_are_read(
    database: Database,
) -> None:
    class Lists:
        """Is never read here."""

        name = "huggingface"
        kind = SourceKind.HUGGINGFACE
        timetable = LiveTimetable()

        async def read(self, day: date, known: SourceDay | None) -> None:
            raise AssertionError(day, known)

    digest = Digest(MONDAY, (Paper("2502.00001", "A title"),))
    await digests.store(database, digest, read_at=february(17))
    clock = Clock()
    clock.time = february(28)
    checked = polling(database, clock, Lists())
    await checked.start()
    assert await checked.trouble() is None
    clock.time += timedelta(minutes=2)
    assert await checked.trouble() == Trouble(date(2025, 2, 18))


async def test_an_address_that_never_had_anything_is_no_trouble(database: Database) -> None:
    checked = polling(database, Clock())
    await checked.start()
    assert await sources.days_since_news(database) == {}
    assert await checked.trouble() is None
