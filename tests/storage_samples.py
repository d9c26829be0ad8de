"""Papers, schedules, jobs and the like to store; a test names only the fields it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from storage import schedules
from storage.database import Database, Writer
from storage.languages import language_of
from storage.records import (
    EVERY_DAY,
    Digest,
    Job,
    Layout,
    NewSchedule,
    Paper,
    Part,
    Plan,
    Schedule,
    ScheduleSettings,
    Section,
    StoredMessage,
)
from storage.schedule_limits import Limits

DAY = date(2025, 2, 21)
NOW = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)
GUILD = 1
CHANNEL = 2**63 - 1
"""As large as a Discord id can be."""


def paper(number: int = 1, **fields: object) -> Paper:
    given: dict[str, object] = {
        "title": f"Title {number}",
        "votes": 10 * number,
        "authors": ("Ada Lovelace", f"Author {number}"),
        "sections": (Section("What's New", f"Body of {number}"),),
    }
    return in_language(Paper(f"2502.{number:05}", **(given | fields)))  # type: ignore[arg-type]  # a test's


def in_language(paper: Paper) -> Paper:
    """Return a paper with the language that storing it recognizes."""
    return replace(paper, language=language_of(paper.sections) if paper.sections else None)


def digest(*papers: Paper, day: date = DAY) -> Digest:
    return Digest(day, papers)


def settings(**fields: object) -> ScheduleSettings:
    given: dict[str, object] = {
        "channel_id": CHANNEL,
        "time": time(8),
        "timezone": "UTC",
        "count": 5,
        "layout": Layout.CARDS,
        "days": EVERY_DAY,
        "language": "en",
    }
    return ScheduleSettings(**(given | fields))  # type: ignore[arg-type]  # a test's


async def writer_of(database: Database) -> Writer:
    """Return the connection that writes, to ask it for its state between transactions."""
    async with database.transaction() as writer:
        return writer


def job(key: str = "test:1", **fields: object) -> Job:
    given: dict[str, object] = {"kind": "test", "lane": "lane", "priority": 1, "run_at": NOW}
    return Job(key=key, **(given | fields))  # type: ignore[arg-type]  # a test's


def occurrence_job(schedule: Schedule) -> Job:
    """Return a schedule's job an hour later: storage leaves it to its caller when that is."""
    key = f"occurrence:{schedule.id}"
    return job(key, kind="occurrence", schedule_id=schedule.id, run_at=NOW + timedelta(hours=1))


async def add_schedule(
    database: Database,
    wanted: ScheduleSettings | None = None,
    *,
    guild_id: int = GUILD,
    limits: Limits | None = None,
) -> Schedule:
    return await schedules.add(
        database,
        NewSchedule(guild_id, 2, wanted or settings()),
        at=NOW,
        next_job=occurrence_job,
        limits=limits,
    )


def message(number: int = 1) -> StoredMessage:
    return StoredMessage(f"hash {number}", 1, f'{{"content": "Message {number}"}}')


def part(position: int = 1, **fields: object) -> Part:
    given: dict[str, object] = {
        "message_hash": f"hash {position}",
        "mark": f"mark {position}",
        "nonce": f"nonce {position}",
    }
    return Part(position, **(given | fields))  # type: ignore[arg-type]  # a test's


def plan(*messages: StoredMessage, **fields: object) -> Plan:
    """Return a plan to send messages, each in a part of its own."""
    given: dict[str, object] = {
        "coverage": "day:2025-02-21",
        "json": "{}",
        "messages": messages,
        "parts": tuple(
            part(position, message_hash=each.hash) for position, each in enumerate(messages, 1)
        ),
    }
    return Plan(**(given | fields))  # type: ignore[arg-type]  # a test's
