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
