"""Servers: what is known of one beyond its schedules."""

from datetime import datetime

from storage.database import Database
from storage.times import to_optional_text


async def set_left(database: Database, guild_id: int, *, at: datetime | None) -> None:
    """Record when a server removed the bot; `None` if the bot is in it."""
    async with database.transaction() as writer:
        await writer.execute(
            """
            INSERT INTO guilds (id, left_at) VALUES (:id, :at)
            ON CONFLICT (id) DO UPDATE SET left_at = excluded.left_at
            """,
            {"id": guild_id, "at": to_optional_text(at)},
        )
