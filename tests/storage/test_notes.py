from storage import notes
from storage.database import Database


async def test_what_was_noted_last_is_remembered(database: Database) -> None:
    assert await notes.get(database, "commands") is None
    await notes.put(database, "commands", "one")
    await notes.put(database, "other", "")
    await notes.put(database, "commands", "둘")
    assert await notes.get(database, "commands") == "둘"
    assert await notes.get(database, "other") == ""
