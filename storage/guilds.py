"""Servers: what is known of one beyond its schedules."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database, Writer
from storage.times import to_optional_text


@dataclass(frozen=True, slots=True)
class GuildDefaults:
    """What was chosen last in a server, for its next schedules."""

    timezone: str | None = None
    """IANA name."""
    language: str | None = None
    """Of posts."""


async def defaults(database: Database, guild_id: int) -> GuildDefaults:
    """Return the time zone and language that were chosen last in a server."""
    rows = await database.read("SELECT timezone, language FROM guilds WHERE id = ?", (guild_id,))
    return GuildDefaults(*rows[0]) if rows else GuildDefaults()


async def remember(writer: Writer, guild_id: int, chosen: GuildDefaults) -> None:
    """Remember what was chosen in a server, in the transaction that stores its schedule."""
    await writer.execute(
        """
        INSERT INTO guilds (id, timezone, language) VALUES (:id, :timezone, :language)
        ON CONFLICT (id) DO UPDATE SET timezone = excluded.timezone, language = excluded.language
        """,
        {"id": guild_id, "timezone": chosen.timezone, "language": chosen.language},
    )


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
