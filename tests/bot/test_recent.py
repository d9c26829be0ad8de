import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

from stage import Stage, shown

from bot.recent import Recent
from storage import digests, notes
from storage.database import Database
from storage.records import Digest, Paper


async def test_what_is_asked_for_again_is_made_once_until_something_is_written(
    database: Database,
) -> None:
    recent, made = Recent(database), list[int]()

    async def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [await recent.get("a", make) for _ in range(3)] == [0, 0, 0]
    assert await recent.get("b", make) == 1
    await notes.put(database, "key", "value")
    assert await recent.get("a", make) == 2
    assert await recent.get("a", make) == 2


async def test_what_another_process_writes_is_seen(database: Database) -> None:
    database.check_every = 0
    recent = Recent(database)

    async def read() -> str | None:
        return await notes.get(database, "key")

    assert await recent.get("key", read) is None
    with closing(sqlite3.connect(database.path)) as other, other:
        other.execute("INSERT INTO notes VALUES ('key', 'from elsewhere')")
    assert await recent.get("key", read) == "from elsewhere"


async def test_what_was_made_while_something_was_written_is_not_kept(database: Database) -> None:
    recent = Recent(database)

    async def make() -> str:
        await recent.get("other", lambda: notes.get(database, "x"))
        await notes.put(database, "x", "y")
        await recent.get("other", lambda: notes.get(database, "x"))
        return "made from what was before"

    await recent.get("a", make)

    async def make_anew() -> str:
        return "made anew"

    assert await recent.get("a", make_anew) == "made anew"


async def test_only_so_much_is_kept(database: Database) -> None:
    recent, made = Recent(database, most=2), list[str]()

    async def ask(key: str) -> None:
        async def make() -> None:
            made.append(key)

        await recent.get(key, make)

    for key in "abacab":
        await ask(key)
    assert made == ["a", "b", "c", "b"]


async def test_new_votes_are_shown_at_once(stage: Stage) -> None:
    before = shown(await stage.member.slash("paper", query="2502.14499"))
    assert "▲ 121" in before.embeds[0]["author"]["name"]
    again = Digest(date(2025, 2, 21), (Paper("2502.14499", "MLGym", 195),))
    await digests.store(stage.database, again, read_at=datetime(2025, 2, 22, tzinfo=UTC))
    after = shown(await stage.member.slash("paper", query="2502.14499"))
    assert "▲ 195" in after.embeds[0]["author"]["name"]
