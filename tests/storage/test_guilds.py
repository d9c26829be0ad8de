from collections.abc import Callable
from typing import Any

from storage_samples import NOW

from storage import guilds
from storage.database import Database


async def test_when_a_server_removed_the_bot_is_stored_until_it_is_back(
    database: Database, rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    largest = 2**63 - 1
    await guilds.set_left(database, largest, at=NOW)
    await guilds.set_left(database, 2, at=None)
    sql = "SELECT id, left_at FROM guilds ORDER BY id"
    assert rows(sql) == [(2, None), (largest, "2025-02-22T08:00:00.000000+00:00")]
    await guilds.set_left(database, largest, at=None)
    assert rows(sql) == [(2, None), (largest, None)]


async def test_a_server_is_claimed_for_a_welcome_once(database: Database) -> None:
    await guilds.set_left(database, 1, at=NOW)
    assert await guilds.not_welcomed(database, (3, 1, 2)) == (3, 1, 2)
    assert [await guilds.claim_welcome(database, 1, at=NOW) for _ in range(2)] == [True, False]
    assert await guilds.not_welcomed(database, (3, 1, 2)) == (3, 2)
    await guilds.give_back_welcome(database, 1)
    assert await guilds.claim_welcome(database, 1, at=NOW)


async def test_only_the_servers_of_the_first_start_count_as_welcomed(database: Database) -> None:
    await guilds.begin_welcomes(database, (1, 2), at=NOW)
    await guilds.begin_welcomes(database, (1, 2, 3), at=NOW)
    assert await guilds.not_welcomed(database, (1, 2, 3)) == (3,)


async def test_the_language_of_a_server_is_unknown_until_it_is_chosen(database: Database) -> None:
    assert await guilds.language(database, 1) is None
    async with database.transaction() as writer:
        await writer.execute("INSERT INTO guilds (id, language) VALUES (1, 'ko')")
    assert await guilds.language(database, 1) == "ko"
