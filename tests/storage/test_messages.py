from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from storage_samples import NOW, add_schedule, message, plan

from storage import deliveries, messages
from storage.database import Database
from storage.records import DeliveryOutcome, Reason, Schedule, StoredMessage

KEEP = timedelta(days=2)
Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
async def schedule(database: Database) -> Schedule:
    return await add_schedule(database)


async def plan_delivery(
    database: Database,
    schedule: Schedule,
    *planned: StoredMessage,
    at: datetime = NOW,
    coverage: str = "day:2025-02-21",
) -> int:
    async with database.transaction() as writer:
        delivery_id = await deliveries.plan(
            writer, schedule, plan(*planned, coverage=coverage), at=at
        )
    assert delivery_id is not None
    return delivery_id


async def delete_unused(database: Database, *, before: datetime) -> int:
    async with database.transaction() as writer:
        return await messages.delete_unused(writer, before=before)


async def test_equal_messages_of_many_deliveries_are_one_row(
    database: Database, schedule: Schedule, rows: Rows
) -> None:
    first = await plan_delivery(database, schedule, message(1), message(2))
    second = await plan_delivery(database, await add_schedule(database), message(2), message(1))
    assert rows("SELECT count(*) FROM messages") == [(2,)]
    assert await messages.of_delivery(database, first) == {1: message(1), 2: message(2)}
    assert await messages.of_delivery(database, second) == {1: message(2), 2: message(1)}


async def test_a_message_that_still_has_to_be_sent_is_never_deleted(
    database: Database, schedule: Schedule
) -> None:
    sent = await plan_delivery(database, schedule, message())
    waiting = await plan_delivery(database, await add_schedule(database), message())
    for delivery in (sent, waiting):
        assert await delete_unused(database, before=NOW + 10 * KEEP) == 0
        async with database.transaction() as writer:
            await deliveries.mark_sent(
                writer, delivery, 1, channel_id=1, message_id=delivery, at=NOW
            )
    assert await delete_unused(database, before=NOW + 10 * KEEP) == 1
    assert await messages.of_delivery(database, sent) == {}
    assert await deliveries.get(database, sent) is not None


async def test_a_message_of_a_completed_delivery_is_not_needed(
    database: Database, schedule: Schedule
) -> None:
    planned = await deliveries.get(database, await plan_delivery(database, schedule, message()))
    assert planned is not None
    async with database.transaction() as writer:
        await deliveries.complete(
            writer, planned, schedule, DeliveryOutcome.GIVEN_UP, at=NOW, reason=Reason.TOO_LATE
        )
    assert await delete_unused(database, before=NOW + KEEP) == 1


async def test_a_message_is_kept_for_as_long_after_its_last_use_as_wanted(
    database: Database, schedule: Schedule
) -> None:
    for coverage, at in (("day:2025-02-21", NOW), ("day:2025-02-22", NOW + KEEP)):
        delivery = await plan_delivery(database, schedule, message(), at=at, coverage=coverage)
        async with database.transaction() as writer:
            await deliveries.mark_sent(
                writer, delivery, 1, channel_id=1, message_id=delivery, at=at
            )
    assert await delete_unused(database, before=NOW + KEEP) == 0
    assert await delete_unused(database, before=NOW + KEEP + timedelta(seconds=1)) == 1


async def test_a_message_is_not_written_again_for_each_of_many_posts(
    database: Database, schedule: Schedule, rows: Rows
) -> None:
    used_at = "SELECT used_at FROM messages"
    await plan_delivery(database, schedule, message())
    before = rows(used_at)
    await plan_delivery(
        database,
        await add_schedule(database),
        message(),
        at=NOW + timedelta(minutes=59, seconds=59),
    )
    assert rows(used_at) == before
    await plan_delivery(
        database, await add_schedule(database), message(), at=NOW + timedelta(hours=1)
    )
    assert rows(used_at) == [("2025-02-22T09:00:00.000000+00:00",)]
