import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot_fixture import BotFixture

from bot.sandbox import Person

SLOW = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 5000000)
SELECT count(*) FROM numbers
"""
"""Takes long, and ends by itself where it is cancelled before it has begun."""
READERS = 8
"""More than the database has connections to read with."""


@asynccontextmanager
async def slow_database(fixture: BotFixture) -> AsyncIterator[None]:
    """Keep all readers of the database busy while inside."""
    reads = [asyncio.create_task(fixture.database.read(SLOW)) for _ in range(READERS)]
    await asyncio.sleep(0)
    try:
        yield
    finally:
        for read in reads:
            read.cancel()
        await asyncio.gather(*reads, return_exceptions=True)


async def typed(
    fixture: BotFixture, person: Person, text: str
) -> asyncio.Task[list[dict[str, str | int]]]:
    """Type a text, and wait until the bot has received the interaction."""
    received = asyncio.create_task(fixture.app.client.wait_for("interaction"))
    await asyncio.sleep(0)
    task = asyncio.create_task(person.autocomplete("paper", "query", text))
    await received
    return task


async def test_an_older_request_of_the_same_person_is_dropped(own_bot: BotFixture) -> None:
    async with slow_database(own_bot):
        other = await typed(own_bot, own_bot.member, "hep")
        older = [await typed(own_bot, own_bot.admin, text) for text in ("a", "a l", "a lo")]
        newest = await typed(own_bot, own_bot.admin, "a long")
    assert "2502.00001" in [choice["value"] for choice in await newest]
    assert await other == []
    # A response to it would have come before this one.
    assert await own_bot.admin.autocomplete("paper", "query", "strings")
    asked = [each for each in own_bot.sandbox.world.interactions.values() if each.name == "paper"]
    answered = [each.data["options"][0]["value"] for each in asked if each.choices is not None]
    assert answered == ["hep", "a long", "strings"]
    for task in older:
        assert not task.done()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_person_who_types_on_is_answered_again(fixture: BotFixture) -> None:
    for text in ("a", "a l", "a lo", "a long"):
        choices = await fixture.admin.autocomplete("paper", "query", text)
        assert "2502.00001" in [choice["value"] for choice in choices]
