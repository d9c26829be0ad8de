"""What people have entered on the set-up screen: one draft for each person and schedule."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from storage.database import Database, Writer, fits
from storage.times import to_text

KEPT: Final = timedelta(days=1)
"""How long a draft can be continued."""


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it is stored."""

    id: int
    guild_id: int
    user_id: int
    """Whose it is."""
    schedule_id: int | None
    """The schedule that it changes; `None` for a new one."""
    draft: str
    """JSON."""


class DraftGoneError(Exception):
    """A draft was started, cancelled or is too old."""


def _from_row(row: sqlite3.Row) -> StoredDraft:
    return StoredDraft(row["id"], row["guild_id"], row["user_id"], row["schedule_id"], row["draft"])


async def find(
    database: Database, guild_id: int, user_id: int, *, schedule_id: int | None, at: datetime
) -> StoredDraft | None:
    """Return a person's draft that can be continued at a time, or `None`."""
    rows = await database.read(
        """
        SELECT * FROM setup_drafts
        WHERE guild_id = ? AND user_id = ? AND coalesce(schedule_id, 0) = ? AND updated_at >= ?
        """,
        (guild_id, user_id, schedule_id or 0, to_text(at - KEPT)),
    )
    return _from_row(rows[0]) if rows else None


async def begin(
    database: Database,
    guild_id: int,
    user_id: int,
    *,
    schedule_id: int | None,
    draft: str,
    at: datetime,
) -> StoredDraft:
    """Store a new draft in the place of the person's older one, and return it.

    Drafts of anybody that are too old to be continued are deleted.
    """
    async with database.transaction() as writer:
        await writer.execute(
            """
            DELETE FROM setup_drafts
            WHERE updated_at < :since
                OR (guild_id = :guild AND user_id = :user AND coalesce(schedule_id, 0) = :schedule)
            """,
            {
                "since": to_text(at - KEPT),
                "guild": guild_id,
                "user": user_id,
                "schedule": schedule_id or 0,
            },
        )
        (row,) = await writer.execute_fetchall(
            """
            INSERT INTO setup_drafts (guild_id, user_id, schedule_id, draft, updated_at)
            VALUES (?, ?, ?, ?, ?)
            RETURNING *
            """,
            (guild_id, user_id, schedule_id, draft, to_text(at)),
        )
    return _from_row(row)


async def get(database: Database, draft_id: int) -> StoredDraft | None:
    """Return a draft; `None` if it is gone."""
    if not fits(draft_id):
        return None
    rows = await database.read("SELECT * FROM setup_drafts WHERE id = ?", (draft_id,))
    return _from_row(rows[0]) if rows else None


async def change(database: Database, draft_id: int, draft: str, *, at: datetime) -> bool:
    """Replace what a draft says; return whether it is still there."""
    async with database.transaction() as writer:
        cursor = await writer.execute(
            "UPDATE setup_drafts SET draft = ?, updated_at = ? WHERE id = ?",
            (draft, to_text(at), draft_id),
        )
    return cursor.rowcount > 0


async def take(writer: Writer, draft_id: int) -> None:
    """Delete a draft, in the transaction that stores its schedule.

    Raises:
        DraftGoneError: It is gone: its schedule was stored before.
    """
    cursor = await writer.execute("DELETE FROM setup_drafts WHERE id = ?", (draft_id,))
    if not cursor.rowcount:
        raise DraftGoneError


async def discard(database: Database, draft_id: int) -> None:
    """Delete a draft that nobody wants any more."""
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM setup_drafts WHERE id = ?", (draft_id,))
