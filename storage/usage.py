"""Weekly counts of how much of what the bot posts is read, by server and without persons.

Nothing is counted unless `begin` has turned that on; a row of `key_value` remembers it, so that who
counts something in a transaction of theirs needn't know.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar

from storage.database import Database, Writer
from storage.records import Usage, WeekUsage
from storage.times import from_text

NOWHERE: Final = 0
"""Stands for a server where there is none: in direct messages, or once it was forgotten."""
EARLY: Final = timedelta(days=7)
"""A schedule that is deleted within this time was perhaps not what its server wanted."""
_KEY: Final = "usage"
"""The key of the last line of the history that was counted; without it nothing is counted."""
_COLUMNS: Final = tuple(each.name for each in fields(Usage))
_COUNT: Final = f"""
    INSERT INTO weekly_counts (week, guild_id, {", ".join(_COLUMNS)})
    SELECT :week, :guild, {", ".join(f":{name}" for name in _COLUMNS)}
    WHERE EXISTS (SELECT 1 FROM key_value WHERE key = '{_KEY}')
    ON CONFLICT (week, guild_id) DO UPDATE
    SET {", ".join(f"{name} = {name} + excluded.{name}" for name in _COLUMNS)}
    """  # noqa: S608 - names of columns
_SUMS: Final = ", ".join(f"coalesce(sum({name}), 0)" for name in _COLUMNS)
_WEEKS: Final = """
    WITH RECURSIVE weeks (week) AS (
        SELECT min(week) FROM weekly_counts
        UNION ALL
        SELECT (SELECT min(week) FROM weekly_counts WHERE week > weeks.week)
        FROM weeks
        WHERE week IS NOT NULL
    )
    """
"""The weeks with counts. The table is in their order, so that a server's rows are found by them."""
_ENOUGH: Final = 2
"""Messages of people from which on a thread counts."""
_EPOCH: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""Discord's ids begin with the milliseconds since then."""


@dataclass(slots=True)
class GatheredCounts:
    """Counts that were gathered in memory and are to be added to the stored ones."""

    opens: dict[tuple[int, int], int] = field(default_factory=dict)
    """How often papers were opened, by server and by the message that was pressed."""
    counts: dict[tuple[date, int, str], int] = field(default_factory=dict)
    """What is counted as it happens, by week, server and the name of the count in `Usage`."""
    messages: dict[tuple[int, int], int] = field(default_factory=dict)
    """How many messages people wrote, by server and thread."""
    own_threads: set[int] = field(default_factory=set)
    """Those of these threads that the bot has opened."""

    def __len__(self) -> int:
        return len(self.opens) + len(self.counts) + len(self.messages)

    def forget_guild(self, guild_id: int) -> None:
        """Forget a server: drop its posts and threads, move its counts to those of no server."""
        for key in [each for each in self.counts if each[1] == guild_id]:
            week, _, name = key
            _sum_up(self.counts, {(week, NOWHERE, name): self.counts.pop(key)})
        for press in [each for each in self.opens if each[0] == guild_id]:
            del self.opens[press]
        for thread in [each for each in self.messages if each[0] == guild_id]:
            del self.messages[thread]
            self.own_threads.discard(thread[1])

    def merge(self, other: "GatheredCounts") -> None:
        """Add what was gathered elsewhere."""
        _sum_up(self.opens, other.opens)
        _sum_up(self.counts, other.counts)
        _sum_up(self.messages, other.messages)
        self.own_threads |= other.own_threads


_Key = TypeVar("_Key")


def _sum_up(numbers: dict[_Key, int], more: Mapping[_Key, int]) -> None:
    for key, number in more.items():
        numbers[key] = numbers.get(key, 0) + number


def week_of(moment: datetime) -> date:
    """Return the Monday of a moment's week in UTC."""
    return _monday(moment.astimezone(UTC).date())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


async def begin(database: Database, *, weeks: int) -> None:
    """Turn counting on, or off and delete what was counted.

    Args:
        database: Where the counts are.
        weeks: For how many weeks they are kept; 0 turns counting off.
    """
    async with database.transaction() as writer:
        if weeks:
            await writer.execute(
                """
                INSERT INTO key_value (key, value)
                SELECT ?, coalesce(max(id), 0) FROM history WHERE true
                ON CONFLICT (key) DO NOTHING
                """,
                (_KEY,),
            )
            return
        for table in ("weekly_counts", "opened_posts", "thread_messages"):
            await writer.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
        await writer.execute("DELETE FROM key_value WHERE key = ?", (_KEY,))


async def count(writer: Writer, guild_id: int, usage: Usage, *, at: datetime) -> None:
    """Add to the counts of a server, in the transaction of what is counted.

    Args:
        writer: The transaction.
        guild_id: The server, or `NOWHERE`.
        usage: What to add.
        at: When it happened; any time zone.
    """
    await writer.execute(_COUNT, _values(week_of(at), guild_id, usage))


def _values(week: date, guild_id: int, usage: Usage) -> Mapping[str, object]:
    return {"week": week.isoformat(), "guild": guild_id} | {
        name: getattr(usage, name) for name in _COLUMNS
    }


async def is_behind(database: Database) -> bool:
    """Return whether the last line of the history is another one than when `add` counted last.

    It is an earlier one if newer lines were deleted: then later ones get their ids.
    """
    ((is_behind,),) = await database.read(
        """
        SELECT coalesce((SELECT max(id) FROM history), 0)
            <> (SELECT CAST(value AS INTEGER) FROM key_value WHERE key = ?)
        """,
        (_KEY,),
    )
    return bool(is_behind)


async def add(database: Database, gathered: GatheredCounts, *, now: datetime, weeks: int) -> None:
    """Add to the counts: what was gathered, and the posts in the history since the last time.

    Either all of it is added or, if the transaction fails, nothing. A power failure may lose the
    last additions.

    Args:
        database: Where the counts are.
        gathered: What was gathered.
        now: The wall clock; any time zone.
        weeks: For how many weeks counts are kept; older ones are deleted.
    """
    first = week_of(now) - timedelta(weeks=weeks - 1)
    async with database.transaction() as writer:
        await writer.run(_add, gathered, first)


async def count_posts(writer: Writer) -> None:
    """Count the posts in the history that aren't counted yet, in a transaction.

    To be called before and after lines of the history are deleted of which some may be new: so
    these count, and lines that get their numbers later do, too.
    """
    await writer.run(_add_posts)


def _add(connection: sqlite3.Connection, gathered: GatheredCounts, first: date) -> None:
    if not _add_posts(connection):
        return
    _add_opens(connection, gathered, first)
    for (week, guild_id, name), number in gathered.counts.items():
        connection.execute(_COUNT, _values(week, guild_id, Usage(**{name: number})))
    _add_threads(connection, gathered, first)
    connection.execute("DELETE FROM weekly_counts WHERE week < ?", (first.isoformat(),))
    connection.execute("DELETE FROM thread_messages WHERE thread_id < ?", (_first_id(first),))


def _add_posts(connection: sqlite3.Connection) -> bool:
    """Count the posts whose lines of the history are newer than the last one that was counted.

    Returns:
        Whether anything is to be counted.
    """
    known = connection.execute("SELECT value FROM key_value WHERE key = ?", (_KEY,)).fetchone()
    if known is None:
        return False
    posts = connection.execute(
        """
        SELECT date(at, 'weekday 0', '-6 days') AS week, guild_id, count(*)
        FROM history
        WHERE id > ? AND outcome = 'posted'
        GROUP BY week, guild_id
        """,
        (int(known[0]),),
    ).fetchall()
    for week, guild_id, number in posts:
        values = _values(date.fromisoformat(week), guild_id, Usage(posts=number))
        connection.execute(_COUNT, values)
    # Ids are given again once the newest lines were deleted.
    connection.execute(
        "UPDATE key_value SET value = (SELECT coalesce(max(id), 0) FROM history) WHERE key = ?",
        (_KEY,),
    )
    return True


def _add_opens(connection: sqlite3.Connection, gathered: GatheredCounts, first: date) -> None:
    """Count opened papers in the weeks of their posts; messages that are no posts don't count."""
    posts = _posts_of(connection, [message_id for _, message_id in gathered.opens])
    for (guild_id, message_id), opens in gathered.opens.items():
        if (found := posts.get(message_id)) is None:
            continue
        delivery_id, week = found
        if week < first:
            continue
        cursor = connection.execute(
            "INSERT INTO opened_posts (delivery_id) VALUES (?) ON CONFLICT DO NOTHING",
            (delivery_id,),
        )
        usage = Usage(opens=opens, opened_posts=cursor.rowcount)
        connection.execute(_COUNT, _values(week, guild_id, usage))


def _posts_of(connection: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[int, date]]:
    """Return the post of each message that belongs to one: its delivery, and the week of it."""
    rows = connection.execute(
        """
        SELECT message_id, delivery_id, coalesce(completed_at, planned_at)
        FROM json_each(?)
        CROSS JOIN parts ON parts.message_id = value
        JOIN deliveries ON deliveries.id = delivery_id
        """,
        (json.dumps(ids),),
    )
    return {
        message_id: (delivery_id, week_of(from_text(at))) for message_id, delivery_id, at in rows
    }


def _add_threads(connection: sqlite3.Connection, gathered: GatheredCounts, first: date) -> None:
    """Count threads in which people wrote twice: those of the bot, or on one of its posts."""
    # A thread on a message has the message's id.
    posts = _posts_of(connection, [thread_id for _, thread_id in gathered.messages])
    for (guild_id, thread_id), messages in gathered.messages.items():
        is_own = thread_id in gathered.own_threads or thread_id in posts
        if not is_own or thread_id < _first_id(first):
            continue
        known = connection.execute(
            "SELECT messages FROM thread_messages WHERE thread_id = ?", (thread_id,)
        ).fetchone()
        before = known[0] if known is not None else 0
        after = min(before + messages, _ENOUGH)
        connection.execute(
            """
            INSERT INTO thread_messages (thread_id, guild_id, messages) VALUES (?, ?, ?)
            ON CONFLICT (thread_id) DO UPDATE SET messages = excluded.messages
            """,
            (thread_id, guild_id, after),
        )
        if before < _ENOUGH <= after:
            values = _values(week_of(_time_of(thread_id)), guild_id, Usage(threads=1))
            connection.execute(_COUNT, values)


def _time_of(discord_id: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=discord_id >> 22)


def _first_id(day: date) -> int:
    """Return the smallest Discord id of a day, in UTC."""
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return ((begin - _EPOCH) // timedelta(milliseconds=1)) << 22


async def totals(database: Database, *, since: date) -> tuple[WeekUsage, ...]:
    """Return the counts of all servers, by week from the one of a day on, newest first."""
    rows = await database.read(
        f"""
        SELECT week, {_SUMS}
        FROM weekly_counts
        WHERE week >= ?
        GROUP BY week
        ORDER BY week DESC
        """,  # noqa: S608 - names of columns
        (_monday(since).isoformat(),),
    )
    return tuple(WeekUsage(date.fromisoformat(row[0]), Usage(*row[1:])) for row in rows)


async def of_guild(database: Database, guild_id: int, *, now: datetime, weeks: int) -> Usage | None:
    """Return what was counted in a server in its last weeks, the current one included.

    `None` if nothing is counted.
    """
    newest = week_of(now)
    wanted = [(newest - timedelta(weeks=number)).isoformat() for number in range(weeks)]
    (row,) = await database.read(
        f"""
        SELECT (SELECT 1 FROM key_value WHERE key = :key), {_SUMS}
        FROM json_each(:weeks)
        JOIN weekly_counts ON week = value AND guild_id = :guild
        """,  # noqa: S608 - names of columns
        {"key": _KEY, "weeks": json.dumps(wanted), "guild": guild_id},
    )
    is_on, *counted = row
    return Usage(*counted) if is_on else None


async def forget_guild(writer: Writer, guild_id: int) -> None:
    """Move a server's counts to the sums that belong to no server, in a transaction.

    Its threads are forgotten. What is still gathered in memory is the business of
    `GatheredCounts.forget_guild`.
    """
    of_server = "week IN (SELECT week FROM weeks) AND guild_id = ?"
    for statement in (
        f"""
        {_WEEKS}
        INSERT INTO weekly_counts (week, guild_id, {", ".join(_COLUMNS)})
        SELECT week, {NOWHERE}, {", ".join(_COLUMNS)} FROM weekly_counts WHERE {of_server}
        ON CONFLICT (week, guild_id) DO UPDATE
        SET {", ".join(f"{name} = {name} + excluded.{name}" for name in _COLUMNS)}
        """,  # noqa: S608 - names of columns
        f"{_WEEKS} DELETE FROM weekly_counts WHERE {of_server}",  # noqa: S608 - constants
        "DELETE FROM thread_messages WHERE guild_id = ?",
    ):
        await writer.execute(statement, (guild_id,))
