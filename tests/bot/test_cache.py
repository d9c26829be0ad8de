import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import pytest
from bot_fixture import BotFixture, shown

from bot.cache import Cache
from storage import digests
from storage.records import Digest, Paper


class Source:
    """A value with a version, and a slow function that reads it."""

    def __init__(self) -> None:
        self.version = 0
        self.value = "old"
        self.calls = 0
        self.proceed = asyncio.Event()
        self.proceed.set()

    async def read_version(self) -> int:
        return self.version

    async def read(self) -> str:
        """Read the value, then wait."""
        self.calls += 1
        value = self.value
        await self.proceed.wait()
        return value

    def change(self, value: str) -> None:
        self.value = value
        self.version += 1


async def settle() -> None:
    """Let every task run until it waits."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_value_is_computed_once_until_the_version_changes() -> None:
    source = Source()
    cache = Cache(source.read_version)
    assert [await cache.get("a", source.read) for _ in range(3)] == ["old"] * 3
    assert source.calls == 1
    source.change("new")
    assert [await cache.get("a", source.read) for _ in range(3)] == ["new"] * 3
    assert source.calls == 2


async def test_concurrent_requests_for_a_key_compute_it_once() -> None:
    source = Source()
    cache = Cache(source.read_version)
    source.proceed.clear()
    requests = [asyncio.create_task(cache.get("a", source.read)) for _ in range(50)]
    await settle()
    source.proceed.set()
    assert await asyncio.gather(*requests) == ["old"] * 50
    assert source.calls == 1


async def test_a_value_computed_before_an_invalidation_is_not_served_after_it() -> None:
    source = Source()
    cache = Cache(source.read_version)
    source.proceed.clear()
    before = asyncio.create_task(cache.get("a", source.read))
    await settle()
    source.change("new")
    after = asyncio.create_task(cache.get("a", source.read))
    await settle()
    source.proceed.set()
    assert await after == "new"
    await before
    assert await cache.get("a", source.read) == "new"
    assert source.calls == 2


async def test_a_value_whose_version_changes_while_it_is_read_is_not_served() -> None:
    """One request has read the version but not compared it when another one reads a newer one."""
    source = Source()
    versions = [asyncio.Event(), asyncio.Event()]
    reads = iter(versions)

    async def slow_version() -> int:
        version = source.version
        event = next(reads, None)
        if event is not None:
            await event.wait()
        return version

    cache = Cache(slow_version)
    early = asyncio.create_task(cache.get("a", source.read))
    await settle()
    source.change("new")
    late = asyncio.create_task(cache.get("a", source.read))
    await settle()
    versions[1].set()
    assert await late == "new"
    source.change("newest")
    versions[0].set()
    await early
    assert await cache.get("a", source.read) == "newest"


async def test_a_cancelled_request_cancels_no_other() -> None:
    source = Source()
    cache = Cache(source.read_version)
    source.proceed.clear()
    first, second = (asyncio.create_task(cache.get("a", source.read)) for _ in range(2))
    await settle()
    first.cancel()
    await settle()
    source.proceed.set()
    assert await second == "old"
    assert source.calls == 2  # the cancelled one did not finish
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_an_error_reaches_every_request_and_is_not_cached() -> None:
    source = Source()
    cache = Cache(source.read_version)
    failures = [ValueError("no")]
    source.proceed.clear()

    async def read() -> str:
        await source.proceed.wait()
        if failures:
            raise failures.pop()
        return await source.read()

    requests = [asyncio.create_task(cache.get("a", read)) for _ in range(3)]
    await settle()
    source.proceed.set()
    results = await asyncio.gather(*requests, return_exceptions=True)
    assert [type(result) for result in results] == [ValueError] * 3
    assert await cache.get("a", read) == "old"


async def test_an_error_of_an_outdated_computation_keeps_the_new_value() -> None:
    source = Source()
    cache = Cache(source.read_version)
    proceed = asyncio.Event()

    async def fail() -> str:
        await proceed.wait()
        raise ValueError("no")

    outdated = asyncio.create_task(cache.get("a", fail))
    await settle()
    source.change("new")
    assert await cache.get("a", source.read) == "new"
    proceed.set()
    with pytest.raises(ValueError, match="no"):
        await outdated
    assert await cache.get("a", source.read) == "new"
    assert source.calls == 1


async def test_the_most_recently_used_values_are_kept() -> None:
    source = Source()
    cache = Cache(source.read_version, size=2)
    computed: list[str] = []

    def compute(key: str) -> Callable[[], Awaitable[str]]:
        async def read() -> str:
            computed.append(key)
            return key

        return read

    for key in "abacab":
        await cache.get(key, compute(key))
    assert computed == ["a", "b", "c", "b"]


async def test_new_votes_are_shown_at_once(own_bot: BotFixture) -> None:
    before = shown(await own_bot.member.slash("paper", query="2502.14499"))
    assert "▲ 121" in before.embeds[0]["author"]["name"]
    again = Digest(date(2025, 2, 21), (Paper("2502.14499", "MLGym", 195),))
    await digests.store(own_bot.database, again, read_at=datetime(2025, 2, 22, tzinfo=UTC))
    after = shown(await own_bot.member.slash("paper", query="2502.14499"))
    assert "▲ 195" in after.embeds[0]["author"]["name"]
