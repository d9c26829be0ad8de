"""Servers: what is known of one beyond its schedules."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.database import Database, Writer
from storage.times import to_optional_text, to_text

_CLAIM: Final = """
    INSERT INTO guilds (id, welcomed_at) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET welcomed_at = excluded.welcomed_at
    WHERE guilds.welcomed_at IS NULL
    """


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


async def language(database: Database, guild_id: int) -> str | None:
    """Return the language that was chosen for a server; `None` if none was."""
    rows = await database.read("SELECT language FROM guilds WHERE id = ?", (guild_id,))
    return rows[0]["language"] if rows else None


async def not_welcomed(database: Database, guild_ids: Iterable[int]) -> tuple[int, ...]:
    """Return those of some servers that the bot has never welcomed, in the same order."""
    guild_ids = tuple(guild_ids)
    rows = await database.read(
        """
        SELECT id FROM guilds
        WHERE id IN (SELECT value FROM json_each(?)) AND welcomed_at IS NOT NULL
        """,
        (json.dumps(guild_ids),),
    )
    welcomed = {row["id"] for row in rows}
    return tuple(guild_id for guild_id in guild_ids if guild_id not in welcomed)


async def claim_welcome(database: Database, guild_id: int, *, at: datetime) -> bool:
    """Record that a server is welcomed; return whether it hadn't been before.

    It is recorded before the welcome is sent: none is better than two.
    """
    async with database.transaction(durable=True) as writer:
        cursor = await writer.execute(_CLAIM, (guild_id, to_text(at)))
    return cursor.rowcount > 0


async def give_back_welcome(database: Database, guild_id: int) -> None:
    """Record that a server was not welcomed after all."""
    async with database.transaction() as writer:
        await writer.execute("UPDATE guilds SET welcomed_at = NULL WHERE id = ?", (guild_id,))


async def begin_welcomes(database: Database, guild_ids: Iterable[int], *, at: datetime) -> None:
    """Record servers as welcomed, the first time that this is called for a database.

    The bot has been in them since before it welcomed any.
    """
    async with database.transaction(durable=True) as writer:
        cursor = await writer.execute(
            """
            INSERT INTO key_value (key, value) VALUES ('welcomes since', ?)
            ON CONFLICT (key) DO NOTHING
            """,
            (to_text(at),),
        )
        if cursor.rowcount > 0:
            await writer.executemany(_CLAIM, [(guild_id, to_text(at)) for guild_id in guild_ids])
