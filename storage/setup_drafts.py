"""What people have entered on the set-up screen: one draft for each person and schedule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from storage.database import Database, Writer
from storage.integers import fits
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
    chosen_zone: str | None = None
    """The time zone that was chosen last in its server; `None` if none was."""


class DraftGoneError(Exception):
    """A draft was started, cancelled or is too old."""


_COLUMNS: Final = """
    id, guild_id, user_id, schedule_id, draft,
    (SELECT timezone FROM guilds WHERE guilds.id = setup_drafts.guild_id)
    """
"""The columns of `StoredDraft`, in order."""


async def find(
    database: Database, guild_id: int, user_id: int, *, schedule_id: int | None, at: datetime
) -> StoredDraft | None:
    """Return a person's draft that can be continued at a time, or `None`."""
    rows = await database.read(
        f"""
        SELECT {_COLUMNS} FROM setup_drafts
        WHERE guild_id = ? AND user_id = ? AND coalesce(schedule_id, 0) = ? AND updated_at >= ?
        """,  # noqa: S608 - names of columns
        (guild_id, user_id, schedule_id or 0, to_text(at - KEPT)),
    )
    return StoredDraft(*rows[0]) if rows else None


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
            f"""
            INSERT INTO setup_drafts (guild_id, user_id, schedule_id, draft, updated_at)
            VALUES (?, ?, ?, ?, ?)
            RETURNING {_COLUMNS}
            """,  # noqa: S608 - names of columns
            (guild_id, user_id, schedule_id, draft, to_text(at)),
        )
    return StoredDraft(*row)


async def get(database: Database, draft_id: int) -> StoredDraft | None:
    """Return a draft; `None` if it is gone."""
    if not fits(draft_id):
        return None
    rows = await database.read(
        f"SELECT {_COLUMNS} FROM setup_drafts WHERE id = ?",  # noqa: S608 - names of columns
        (draft_id,),
    )
    return StoredDraft(*rows[0]) if rows else None


async def change(database: Database, draft_id: int, draft: str, *, at: datetime) -> bool:
    """Replace what a draft says; return whether it is still there."""
    changed = await database.write(
        "UPDATE setup_drafts SET draft = ?, updated_at = ? WHERE id = ?",
        (draft, to_text(at), draft_id),
    )
    return changed > 0


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
    await database.write("DELETE FROM setup_drafts WHERE id = ?", (draft_id,))
