"""Removal of posts that are long over, in small steps, and of the room that they took.

What a schedule needs in order to go on stays: of each schedule and channel the newest period that
was planned, and whatever a stored job still works on. Of a schedule that was deleted nothing stays.
Ids grow with time, so that a look through the tables ends at the first rows that are too young.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.database import Database
from storage.times import to_text

ROWS: Final = 500
"""How many rows one step looks at, which is one transaction."""
_PAGES: Final = 500
"""Pages of one step of freeing room: 2 MB."""
_FREE_SHARE: Final = 0.1
"""How much of the file may be empty: what is posted next uses it again."""
LEAST_FREE: Final = 1_000
"""How many pages may be empty in any case."""
_INCREMENTAL: Final = 2
"""The value of `PRAGMA auto_vacuum` with which a file can be made smaller in steps."""

_OVER: Final = """
completed_at < :before
AND (
    deliveries.schedule_id IS NULL
    OR EXISTS (
        -- A later period of the same kind, by the same schedule, in the same channel.
        SELECT 1
        FROM deliveries AS later
        WHERE later.channel_id = deliveries.channel_id
            AND later.coverage > deliveries.coverage
            AND later.coverage < substr(deliveries.coverage, 1, instr(deliveries.coverage, ':') - 1)
                || ';' -- the character after ':'
            AND later.schedule_id = deliveries.schedule_id
    )
)
AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.delivery_id = deliveries.id)
"""
"""Whether nothing needs a delivery any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """The result of one step."""

    removed: int
    next_id: int | None
    """Where the next step begins; `None` if this was the last one."""


async def prune_deliveries(
    database: Database, *, before: datetime, from_id: int = 0, rows: int = ROWS
) -> Step:
    """Delete deliveries that ended before a moment, with their parts; one step.

    Args:
        database: Where they are.
        before: Any time zone.
        from_id: Where to begin: the `next_id` of the step before.
        rows: How many rows to look at.
    """
    seen = await database.read(
        f"""
        SELECT id, planned_at < :before AS is_old, {_OVER} AS is_over
        FROM deliveries
        WHERE id >= :from
        ORDER BY id
        LIMIT :limit
        """,  # noqa: S608 - a constant
        {"before": to_text(before), "from": from_id, "limit": rows},
    )
    over = [row["id"] for row in seen if row["is_over"]]
    removed = 0
    if over:
        async with database.transaction() as writer:
            # Looked at once more: a job may have been written meanwhile.
            cursor = await writer.execute(
                f"""
                DELETE FROM deliveries
                WHERE id IN (SELECT value FROM json_each(:ids)) AND {_OVER}
                """,  # noqa: S608 - a constant
                {"ids": json.dumps(over), "before": to_text(before)},
            )
            removed = cursor.rowcount
    is_last = len(seen) < rows or not any(row["is_old"] for row in seen)
    return Step(removed, None if is_last else seen[-1]["id"] + 1)


async def prune_history(
    database: Database, *, before: datetime, from_id: int = 0, rows: int = ROWS
) -> Step:
    """Delete lines of the history from before a moment; one step, as `prune_deliveries` does."""
    seen = await database.read(
        """
        SELECT id, at < :before AS is_old
        FROM history
        WHERE id >= :from
        ORDER BY id
        LIMIT :limit
        """,
        {"before": to_text(before), "from": from_id, "limit": rows},
    )
    old = [row["id"] for row in seen if row["is_old"]]
    if old:
        async with database.transaction() as writer:
            await writer.execute(
                "DELETE FROM history WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(old),),
            )
    is_last = len(seen) < rows or not old
    return Step(len(old), None if is_last else seen[-1]["id"] + 1)


async def free_room(database: Database) -> bool:
    """Give some of the empty pages of the file back to the disk, if there are many; one step.

    A file of version 0.4.0 or older can't be made smaller in steps until it is compacted.

    Returns:
        Whether there is more to do.
    """
    ((mode,),) = await database.read("PRAGMA auto_vacuum")
    ((pages,),) = await database.read("PRAGMA page_count")
    ((free,),) = await database.read("PRAGMA freelist_count")
    spare = free - max(LEAST_FREE, int(pages * _FREE_SHARE))
    if mode != _INCREMENTAL or spare <= 0:
        return False
    async with database.transaction() as writer:
        await writer.run(_free_pages, min(spare, _PAGES))
    return bool(spare > _PAGES)


def _free_pages(connection: sqlite3.Connection, count: int) -> None:
    # SQLite frees a page per step, and Python takes a single step of what returns no columns.
    for _ in range(count):
        connection.execute("PRAGMA incremental_vacuum(1)")
