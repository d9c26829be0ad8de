"""Fixtures: an HTTP client that does not wait, and a clock for the local services."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from virtual_time import VirtualTime

from bot.clock import Clock
from bot.sources.http import HttpClient

WEDNESDAY_NOON = datetime(2025, 7, 16, 12, tzinfo=UTC)


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


@pytest.fixture
async def client(time: VirtualTime) -> AsyncIterator[HttpClient]:
    client = HttpClient(timer=time.timer, sleep=time.sleep, timeout=20)
    yield client
    await client.close()


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.move_to(WEDNESDAY_NOON)
    return clock
