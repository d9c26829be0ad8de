"""What is stored about a person: shown, exported, and deleted at once.

`data_register.py` lists the columns. Statements here name each of those with ids of people.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from storage.database import Database, Writer
from storage.records import PersonalSummary
from storage.times import to_text

FORMAT: Final = 1
"""The version of an export; see docs/format.md."""

FORGET: Final[Mapping[str, str]] = MappingProxyType(
    {
        "saved_papers.user_id": "DELETE FROM saved_papers WHERE user_id = :user",
        "setup_drafts.user_id": "DELETE FROM setup_drafts WHERE user_id = :user",
        # What was done about a report stays for 90 days: the published archive follows from it.
        "reports.user_id": """
            UPDATE reports SET user_id = NULL, reason = ''
            WHERE user_id = :user AND resolved_at IS NOT NULL
            """,
        "reports.reason": "DELETE FROM reports WHERE user_id = :user",
        "schedules.created_by": "UPDATE schedules SET created_by = NULL WHERE created_by = :user",
        "history.actor_id": "UPDATE history SET actor_id = NULL WHERE actor_id = :user",
        "log_entries.actor_id": "UPDATE log_entries SET actor_id = NULL WHERE actor_id = :user",
    }
)
"""The statements that delete what is stored about a person, by what they delete, in order."""

EXPORT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "saved_papers": """
            SELECT arxiv_id, title, note, saved_at
            FROM saved_papers
            WHERE user_id = :user
            ORDER BY id
            """,
        "reports": """
            SELECT
                reports.id, arxiv_id, title, reports.language, reason, at, resolved_at, resolution
            FROM reports
            JOIN papers ON papers.id = paper_id
            WHERE user_id = :user
            ORDER BY reports.id
            """,
        "setup_drafts": """
            SELECT id, CAST(guild_id AS TEXT) AS guild_id, schedule_id, updated_at, draft
            FROM setup_drafts
            WHERE user_id = :user
            ORDER BY id
            """,
        "schedules": """
            SELECT
                id, CAST(guild_id AS TEXT) AS guild_id, CAST(channel_id AS TEXT) AS channel_id,
                created_at, time, timezone, count, language, period, layout, days, min_votes,
                include, exclude, CAST(mention AS TEXT) AS mention, silent, publish, refresh,
                catch_up, paused_at, paused_reason, deleted_at
            FROM schedules
            WHERE created_by = :user
            ORDER BY id
            """,
        "history": """
            SELECT
                at, CAST(guild_id AS TEXT) AS guild_id, CAST(channel_id AS TEXT) AS channel_id,
                schedule_id, outcome, reason
            FROM history
            WHERE actor_id = :user
            ORDER BY id
            """,
        "log_entries": """
            SELECT at, CAST(guild_id AS TEXT) AS guild_id, schedule_id, kind, reason
            FROM log_entries
            WHERE actor_id = :user
            ORDER BY id
            """,
    }
)
"""The queries of an export by its keys, each with the rows that belong to a person."""

_BOOLEANS: Final = frozenset({"silent", "publish", "refresh"})


async def summary(database: Database, user_id: int) -> PersonalSummary:
    """Return how much is stored about a person."""
    (row,) = await database.read(
        """
        SELECT
            (SELECT count(*) FROM saved_papers WHERE user_id = :user) AS saved,
            (SELECT count(note) FROM saved_papers WHERE user_id = :user) AS notes,
            (SELECT count(*) FROM reports WHERE user_id = :user) AS reports,
            (SELECT count(*) FROM setup_drafts WHERE user_id = :user) AS drafts,
            (
                SELECT json_group_array(channel_id)
                FROM (SELECT channel_id FROM schedules WHERE created_by = :user ORDER BY id)
            ) AS channels,
            (SELECT count(*) FROM history WHERE actor_id = :user) AS changes
        """,
        {"user": user_id},
    )
    return PersonalSummary(
        saved=row["saved"],
        notes=row["notes"],
        reports=row["reports"],
        drafts=row["drafts"],
        channels=tuple(json.loads(row["channels"])),
        changes=row["changes"],
    )


async def export(database: Database, user_id: int, *, at: datetime) -> dict[str, Any]:
    """Return all that is stored about a person at one moment, as values of JSON.

    Ids of Discord are texts, since many programs can't hold numbers of that size.
    """
    head = {"format": FORMAT, "user_id": str(user_id), "exported_at": to_text(at)}
    return head | await database.run(_export, user_id)


def _export(connection: sqlite3.Connection, user_id: int) -> dict[str, Any]:
    connection.execute("BEGIN")
    try:
        return {
            key: [_values(row) for row in connection.execute(query, {"user": user_id})]
            for key, query in EXPORT.items()
        }
    finally:
        connection.rollback()


def _values(row: sqlite3.Row) -> dict[str, Any]:
    values = dict(zip(row.keys(), row, strict=True))
    for key in _BOOLEANS & values.keys():
        values[key] = bool(values[key])
    if "draft" in values:
        values["draft"] = json.loads(values["draft"])
    return values


async def forget(writer: Writer, user_id: int) -> None:
    """Delete all that is stored about a person, in a transaction.

    Schedules and the history of a server stay, and don't say any more whose they are.
    """
    for statement in FORGET.values():
        await writer.execute(statement, {"user": user_id})
