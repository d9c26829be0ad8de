"""Log channels: which servers have one, and what is still to be written there.

An entry is written in the transaction of what it reports, with the job that sends it. Entries of a
few seconds go into one message.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from storage import jobs
from storage.database import Database, Writer
from storage.records import LogEntry, LogKind, NewLogEntry, Reason
from storage.times import from_optional_text, from_text, to_text

JOB: Final = "log"
"""The kind of the jobs that write into log channels."""
LANE: Final = "dm"
"""The lane of what the bot sends to people by itself, one message after another."""
KEY: Final = f"{JOB}:"
"""The beginning of a job's key; the id of the server follows."""
_PRIORITY: Final = 3
"""Direct messages come first."""
_GATHERED: Final = timedelta(seconds=10)
"""How long entries are gathered for one message."""
_KEPT: Final = timedelta(days=1)
"""How long it is tried to write them."""
_APART: Final = timedelta(seconds=0.25)
"""Time between two servers' messages when all servers get an entry."""
_COLUMNS: Final = "guild_id, at, kind, schedule_id, reason, actor_id, facts, for_creator"
_ADD: Final = f"""
    INSERT INTO log_entries ({_COLUMNS})
    SELECT :guild, :at, :kind, :schedule, :reason, :actor, :facts, :for_creator
    FROM guilds
    WHERE id = :guild AND log_channel_id IS NOT NULL
    """  # noqa: S608 - names of columns
_ADD_JOB: Final = f"""
    INSERT INTO jobs (key, kind, lane, priority, run_at, expires_at, write_id)
    VALUES ('{KEY}' || :guild, '{JOB}', '{LANE}', {_PRIORITY}, :run_at, :expires_at, random())
    ON CONFLICT (key) DO UPDATE
    SET
        write_id = excluded.write_id,
        expires_at = excluded.expires_at,
        -- One that runs now is followed by another run.
        run_at = iif(run_at <= :at, excluded.run_at, run_at)
    """  # noqa: S608 - constants


async def channel_of(database: Database, guild_id: int) -> int | None:
    """Return the log channel of a server; `None` if it has none."""
    rows = await database.read("SELECT log_channel_id FROM guilds WHERE id = ?", (guild_id,))
    return rows[0]["log_channel_id"] if rows else None


async def set_channel(database: Database, guild_id: int, channel_id: int | None) -> None:
    """Choose the log channel of a server; `None` for none."""
    async with database.transaction(durable=True) as writer:
        await writer.execute(
            """
            INSERT INTO guilds (id, log_channel_id) VALUES (?, ?)
            ON CONFLICT (id) DO UPDATE SET log_channel_id = excluded.log_channel_id
            """,
            (guild_id, channel_id),
        )


async def add(writer: Writer, guild_id: int, entry: NewLogEntry) -> bool:
    """Write an entry for a server, and the job that sends it, in a transaction.

    Returns:
        Whether the server has a log channel; nothing is written if it has none.
    """
    cursor = await writer.execute(_ADD, _values(guild_id, entry))
    if not cursor.rowcount:
        return False
    await writer.execute(_ADD_JOB, _job_values(guild_id, entry.at, entry.at + _GATHERED))
    return True


async def add_everywhere(writer: Writer, entry: NewLogEntry) -> int:
    """Write an entry for each server with a log channel, as `add`; return how many there are.

    They are sent one after another.
    """
    rows = await writer.execute_fetchall(
        "SELECT id FROM guilds WHERE log_channel_id IS NOT NULL AND left_at IS NULL ORDER BY id"
    )
    ids = [row["id"] for row in rows]
    await writer.executemany(_ADD, [_values(guild_id, entry) for guild_id in ids])
    await writer.executemany(
        _ADD_JOB,
        [
            _job_values(guild_id, entry.at, entry.at + _GATHERED + number * _APART)
            for number, guild_id in enumerate(ids)
        ],
    )
    return len(ids)


def _values(guild_id: int, entry: NewLogEntry) -> dict[str, object]:
    return {
        "guild": guild_id,
        "at": to_text(entry.at),
        "kind": entry.kind,
        "schedule": entry.schedule_id,
        "reason": entry.reason,
        "actor": entry.actor_id,
        "facts": json.dumps(dict(entry.facts), ensure_ascii=False),
        "for_creator": entry.for_creator,
    }


def _job_values(guild_id: int, at: datetime, run_at: datetime) -> dict[str, object]:
    return {
        "guild": guild_id,
        "at": to_text(at),
        "run_at": to_text(run_at),
        "expires_at": to_text(run_at + _KEPT),
    }


async def waiting(database: Database, guild_id: int) -> tuple[LogEntry, ...]:
    """Return the entries of a server that aren't known to be in its log channel, oldest first."""
    rows = await database.read(
        "SELECT * FROM log_entries WHERE guild_id = ? ORDER BY id", (guild_id,)
    )
    return tuple(map(_entry, rows))


def _entry(row: sqlite3.Row) -> LogEntry:
    return LogEntry(
        id=row["id"],
        kind=LogKind(row["kind"]),
        at=from_text(row["at"]),
        schedule_id=row["schedule_id"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        actor_id=row["actor_id"],
        facts=json.loads(row["facts"]),
        for_creator=bool(row["for_creator"]),
        nonce=row["nonce"],
        sent_at=from_optional_text(row["sent_at"]),
    )


async def mark_sent(
    database: Database, entries: Sequence[LogEntry], nonce: str, *, at: datetime
) -> None:
    """Record in which message entries are about to be sent, before it is sent."""
    async with database.transaction(durable=True) as writer:
        await writer.execute(
            """
            UPDATE log_entries SET nonce = ?, sent_at = ?
            WHERE id IN (SELECT value FROM json_each(?))
            """,
            (nonce, to_text(at), _ids(entries)),
        )


async def delete(writer: Writer, entries: Iterable[LogEntry]) -> None:
    """Delete entries that need not be written any more, in a transaction."""
    await writer.execute(
        "DELETE FROM log_entries WHERE id IN (SELECT value FROM json_each(?))", (_ids(entries),)
    )


async def forget_guild(writer: Writer, guild_id: int) -> None:
    """Delete what is waiting for the log of a server, in a transaction."""
    await writer.execute("DELETE FROM log_entries WHERE guild_id = ?", (guild_id,))
    await jobs.remove(writer, f"{KEY}{guild_id}")


def _ids(entries: Iterable[LogEntry]) -> str:
    return json.dumps([entry.id for entry in entries])
