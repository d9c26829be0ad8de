"""Single values that the program remembers, such as a hash of the registered commands."""

from storage.database import Database, Writer


async def get(database: Database, key: str) -> str | None:
    """Return what was put under a key; `None` where nothing was."""
    rows = await database.read("SELECT value FROM key_value WHERE key = ?", (key,))
    return rows[0]["value"] if rows else None


async def put(database: Database, key: str, value: str) -> None:
    """Remember a value under a key, in the place of any before it."""
    async with database.transaction() as writer:
        await put_in(writer, key, value)


async def put_in(writer: Writer, key: str, value: str) -> None:
    """Store a value under a key, as a part of a transaction."""
    await writer.execute(
        """
        INSERT INTO key_value (key, value) VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """,
        (key, value),
    )
