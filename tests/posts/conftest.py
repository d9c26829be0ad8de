"""A place for mornings: the real bot over sockets, on a database that outlives it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from mornings import EVENING, Mornings
from seconds import Seconds

from bot.posts.clock import Clock
from bot.discord_endpoint import point_at
from bot.sandbox import Limits, Sandbox
from storage.database import Database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path


@pytest.fixture
async def mornings(
    folder: Path, check_contract: Callable[[Sandbox], None]
) -> AsyncIterator[Mornings]:
    clock = Clock()
    clock.move_to(EVENING)
    path = folder / "papers.db"
    seconds = Seconds()
    async with Sandbox(
        clock=clock.now,
        limits=Limits.off(),
        require_allowed_mentions=True,
        timer=seconds.time,
    ) as sandbox:
        await point_at(sandbox.url)
        place = Mornings(
            sandbox, path, await Database.open(path), clock, sandbox.add_guild("Lab"), seconds
        )
        try:
            yield place
        finally:
            await place.database.close()
            await point_at(None)
        assert not sandbox.complaints
        check_contract(sandbox)
