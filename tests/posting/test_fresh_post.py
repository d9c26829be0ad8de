"""The number of steps and transactions of a fresh post of one message."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from posting_fixture import MORNING, PostingFixture, eventually

from bot.posting import layout, occurrences, pausing, planner
from storage import deliveries, guilds, schedules
from storage.database import Database, Writer
from storage.records import Outcome


def count_calls(
    monkeypatch: pytest.MonkeyPatch, counts: Counter[str], target: object, name: str
) -> None:
    """Count the calls of a function; the real function still runs.

    It is wrapped, because how often it is called shows nowhere else.
    """
    original: Callable[..., Any] = getattr(target, name)

    def counted(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - passed on
        counts[name] += 1
        return original(*args, **options)

    monkeypatch.setattr(target, name, counted)


def count_transactions(monkeypatch: pytest.MonkeyPatch, counts: Counter[str]) -> None:
    """Count the transactions of every database, with durable ones counted separately.

    The real method is wrapped, because SQLite doesn't tell which commits waited for the disk.
    """
    original = Database.transaction

    @asynccontextmanager
    async def counted(self: Database, *, durable: bool = False) -> AsyncIterator[Writer]:
        counts["durable" if durable else "not durable"] += 1
        async with original(self, durable=durable) as writer:
            yield writer

    monkeypatch.setattr(Database, "transaction", counted)


async def test_a_fresh_post_of_one_message_takes_each_step_once_and_two_durable_transactions(
    posting: PostingFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    counts: Counter[str] = Counter()

    async def is_recorded() -> bool:
        return not await guilds.not_welcomed(posting.database, [posting.guild.id])

    async with posting.running():
        # Once it is ready, the bot records which servers it was in.
        await eventually(is_recorded)
        await posting.move_to(MORNING.replace(hour=7, minute=59, second=59))
        await posting.settle()
        for target, name in (
            (schedules, "get"),
            (pausing, "find_channel"),
            (pausing, "check_channel"),
            (occurrences, "find_usable_channel"),
            (planner, "select"),
            (layout, "_render"),
            (deliveries, "plan"),
            (deliveries, "get"),
        ):
            count_calls(monkeypatch, counts, target, name)
        count_transactions(monkeypatch, counts)
        requests = len(posting.sandbox.requests)
        posting.clock.move_to(MORNING)
        await posting.until(schedule, Outcome.POSTED)
        await posting.settle()
        sent = [each.method for each in list(posting.sandbox.requests)[requests:]]
        taken = Counter(counts)  # the stop writes how much was read
    assert len(channel.messages) == 1
    assert sent == ["POST"]
    assert taken == {
        "get": 1,
        "find_channel": 1,
        "check_channel": 1,
        "find_usable_channel": 1,
        "select": 1,
        "_render": 1,
        "plan": 1,
        "durable": 2,
    }


async def test_equal_posts_are_selected_and_rendered_once(
    posting: PostingFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await posting.store()
    channels = [posting.channel(f"c{number}") for number in range(20)]
    for channel in channels:
        await posting.schedule(channel)
    counts: Counter[str] = Counter()
    count_calls(monkeypatch, counts, planner, "select")
    count_calls(monkeypatch, counts, layout, "_render")
    async with posting.running():
        await posting.wait_for(MORNING)
    assert [len(channel.messages) for channel in channels] == [1] * 20
    assert counts == {"select": 1, "_render": 1}
