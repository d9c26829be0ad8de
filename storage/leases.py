"""Leases: which of several processes on one database works.

Whoever holds a lease renews it well before it lapses; one that has lapsed is anybody's. Its times
are the machine's, which all processes on one database share.
"""

from datetime import datetime, timedelta
from typing import Final

from storage.database import Database, Writer
from storage.errors import LeaseLostError
from storage.times import from_text, to_text

POSTS: Final = "posts"
"""The lease of who posts."""


async def take(
    database: Database, name: str, holder: str, *, at: datetime, lasting: timedelta
) -> str | None:
    """Take a lease that is free or has lapsed, or renew one's own.

    Args:
        database: Where it is.
        name: Of what only one may do.
        holder: Who wants it; no other process has this name.
        at: The machine's time now.
        lasting: After which time it lapses, unless it is renewed.

    Returns:
        `None` where it is the holder's now, else who has it.
    """
    async with database.transaction() as writer:
        rows = list(
            await writer.execute_fetchall(
                "SELECT holder, expires_at FROM leases WHERE name = ?", (name,)
            )
        )
        # One that lapses later than any of ours could was written before the machine's time was
        # put back: waiting for it to lapse could take for ever.
        if rows and rows[0]["holder"] != holder:
            left = from_text(rows[0]["expires_at"]) - at
            if timedelta(0) < left <= 2 * lasting:
                return str(rows[0]["holder"])
        await writer.execute(
            """
            INSERT INTO leases (name, holder, expires_at) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE
            SET holder = excluded.holder, expires_at = excluded.expires_at
            """,
            (name, holder, to_text(at + lasting)),
        )
    return None


async def give_up(database: Database, name: str, holder: str) -> None:
    """Let another process have it at once; where it is another's already, nothing changes."""
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM leases WHERE name = ? AND holder = ?", (name, holder))


async def check(writer: Writer, name: str, holder: str) -> None:
    """See that a lease is still a holder's, in the transaction of what depends on it.

    Raises:
        LeaseLostError: It is not; the transaction is undone.
    """
    rows = await writer.execute_fetchall(
        "SELECT 1 FROM leases WHERE name = ? AND holder = ?", (name, holder)
    )
    if not list(rows):
        raise LeaseLostError(f"{holder} does not hold “{name}” any more")
