"""A bot whose health is watched, in a sandbox."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from posting_fixture import EVENING, PostingFixture
from seconds import Seconds

from bot.clock import Clock
from bot.discord_endpoint import point_at
from bot.health.monitor import Monitoring
from bot.sandbox import Limits, Sandbox
from storage.database import Database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the database's folder."""
    return tmp_path


@pytest.fixture
async def posting(folder: Path, new_file: bytes) -> AsyncIterator[PostingFixture]:
    """A server and a database, on the evening before FRIDAY's digest is posted."""
    clock = Clock()
    clock.move_to(EVENING)
    (path := folder / "papers.db").write_bytes(new_file)
    seconds = Seconds()
    async with Sandbox(
        clock=clock.now, limits=Limits.off(), require_allowed_mentions=True, timer=seconds.time
    ) as sandbox:
        await point_at(sandbox.url)
        async with await Database.open(path, busy_timeout=0.1) as database:
            yield PostingFixture(
                sandbox,
                path,
                database,
                clock,
                sandbox.add_guild("Lab"),
                seconds,
                monitoring=Monitoring("127.0.0.1", 0, most_lag=0.5),
            )
        await point_at(None)
