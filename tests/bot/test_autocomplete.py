import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from stage import Stage

from bot.sandbox import Person

SLOW = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 5000000)
SELECT count(*) FROM numbers
"""
"""Takes long, and ends by itself where it is cancelled before it has begun."""
READERS = 8
"""More than the database has connections to read with."""


@asynccontextmanager
async def slow_database(stage: Stage) -> AsyncIterator[None]:
    """Keep all readers of the database busy while inside."""
    reads = [asyncio.create_task(stage.database.read(SLOW)) for _ in range(READERS)]
    await asyncio.sleep(0)
    try:
        yield
    finally:
        for read in reads:
            read.cancel()
        await asyncio.gather(*reads, return_exceptions=True)


async def typed(
    stage: Stage, person: Person, text: str
) -> asyncio.Task[list[dict[str, str | int]]]:
    """Type something, and wait until the bot has been told of it."""
    told = asyncio.create_task(stage.bot.wait_for("interaction"))
    await asyncio.sleep(0)
    task = asyncio.create_task(person.autocomplete("paper", "query", text))
    await told
    return task


async def test_an_older_request_of_the_same_person_is_dropped(stage: Stage) -> None:
    async with slow_database(stage):
        other = await typed(stage, stage.member, "hep")
        older = [await typed(stage, stage.admin, text) for text in ("a", "a l", "a lo")]
        newest = await typed(stage, stage.admin, "a long")
    assert "2502.00001" in [choice["value"] for choice in await newest]
    assert await other == []
    # Where it is answered at all, it is before this.
    assert await stage.admin.autocomplete("paper", "query", "strings")
    asked = [each for each in stage.sandbox.world.exchanges.values() if each.name == "paper"]
    answered = [each.data["options"][0]["value"] for each in asked if each.choices is not None]
    assert answered == ["hep", "a long", "strings"]
    for task in older:
        assert not task.done()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_person_who_types_on_is_answered_again(stage: Stage) -> None:
    for text in ("a", "a l", "a lo", "a long"):
        choices = await stage.admin.autocomplete("paper", "query", text)
        assert "2502.00001" in [choice["value"] for choice in choices]
