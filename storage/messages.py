"""Stored messages: what posts say, kept once for all channels that get the same."""

from collections.abc import Sequence
from datetime import datetime

from storage.database import Database, Writer
from storage.records import StoredMessage
from storage.times import to_text


async def put(writer: Writer, messages: Sequence[StoredMessage], *, at: datetime) -> None:
    """Store messages that are not stored yet, and note that they are in use."""
    await writer.executemany(
        """
        INSERT INTO messages (hash, format, body, used_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (hash) DO UPDATE SET used_at = excluded.used_at
        WHERE substr(used_at, 1, 13) < substr(excluded.used_at, 1, 13)
        """,
        [(each.hash, each.format, each.body, to_text(at)) for each in messages],
    )


async def of_delivery(database: Database, delivery_id: int) -> dict[int, StoredMessage]:
    """Return the stored messages of a delivery by the position of their parts."""
    rows = await database.read(
        """
        SELECT position, hash, format, body
        FROM parts JOIN messages ON messages.hash = parts.message_hash
        WHERE delivery_id = ?
        """,
        (delivery_id,),
    )
    return {row["position"]: StoredMessage(row["hash"], row["format"], row["body"]) for row in rows}


async def delete_unused(writer: Writer, *, before: datetime) -> int:
    """Delete messages last planned before a time that no part still has to send.

    Returns:
        How many there were.
    """
    cursor = await writer.execute(
        """
        DELETE FROM messages
        WHERE used_at < ? AND NOT EXISTS (
            SELECT 1 FROM parts WHERE message_hash = messages.hash AND state = 'planned'
        )
        """,
        (to_text(before),),
    )
    return cursor.rowcount
