from storage import key_value
from storage.database import Database


async def test_the_value_stored_last_under_a_key_is_returned(database: Database) -> None:
    assert await key_value.get(database, "commands") is None
    await key_value.put(database, "commands", "one")
    await key_value.put(database, "other", "")
    await key_value.put(database, "commands", "둘")
    assert await key_value.get(database, "commands") == "둘"
    assert await key_value.get(database, "other") == ""
