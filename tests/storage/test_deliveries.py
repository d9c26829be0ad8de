import asyncio
import sqlite3
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from storage_samples import DAY, NOW, digest, paper

from storage import deliveries, digests, schedules
from storage.database import Database
from storage.records import Delivery, NewSchedule, Part, PlannedPart, Schedule

CHANNEL = 2**63 - 1
LATER = NOW + timedelta(minutes=1)
NEXT_DAY = DAY + timedelta(days=1)
PARTS = (PlannedPart(1, "hash one", "nonce one"), PlannedPart(2, "hash two", "nonce two"))


@pytest.fixture(autouse=True)
async def two_digests(database: Database) -> None:
    for day in (DAY, NEXT_DAY):
        await digests.store(database, digest(paper(), day=day), read_at=NOW)


@pytest.fixture
async def schedule(database: Database) -> Schedule:
    new = NewSchedule(1, CHANNEL, time(8), "UTC", 5, "en", created_by=2)
    return await schedules.add(database, new, at=NOW)


async def _plan(database: Database, **said: object) -> Delivery | None:
    plan = {
        "schedule_id": None,
        "channel_id": CHANNEL,
        "digest_date": DAY,
        "parts": PARTS,
        "at": NOW,
    } | said
    return await deliveries.plan(database, **plan)  # type: ignore[arg-type]  # a test's


async def _planned(database: Database, **said: object) -> Delivery:
    delivery = await _plan(database, **said)
    assert delivery is not None
    return delivery


async def test_a_delivery_is_written_down_before_it_is_sent(
    database: Database, schedule: Schedule
) -> None:
    planned = await _planned(database, schedule_id=schedule.id)
    assert planned == Delivery(
        id=planned.id,
        channel_id=CHANNEL,
        schedule_id=schedule.id,
        digest_date=DAY,
        planned_at=NOW,
        completed_at=None,
        parts=(
            Part(1, "hash one", "nonce one", None, None),
            Part(2, "hash two", "nonce two", None, None),
        ),
    )
    assert await deliveries.open_ones(database) == (planned,)
    assert await deliveries.of_channel(database, CHANNEL, limit=5) == (planned,)


async def test_the_last_part_completes_a_delivery(database: Database, schedule: Schedule) -> None:
    planned = await _planned(database, schedule_id=schedule.id)
    await deliveries.part_sent(database, planned.id, 2, message_id=22, at=NOW)
    (half,) = await deliveries.open_ones(database)
    assert half.completed_at is None
    assert half.parts == (planned.parts[0], replace(planned.parts[1], message_id=22, sent_at=NOW))
    await deliveries.part_sent(database, planned.id, 1, message_id=2**63 - 2, at=LATER)
    assert await deliveries.open_ones(database) == ()
    (whole,) = await deliveries.of_channel(database, CHANNEL, limit=5)
    assert whole.completed_at == LATER
    assert [part.message_id for part in whole.parts] == [2**63 - 2, 22]


async def test_a_part_told_twice_keeps_what_was_told_first(database: Database) -> None:
    planned = await _planned(database, parts=PARTS[:1])
    await deliveries.part_sent(database, planned.id, 1, message_id=11, at=NOW)
    (before,) = await deliveries.of_channel(database, CHANNEL, limit=1)
    await deliveries.part_sent(database, planned.id, 1, message_id=99, at=LATER)
    assert await deliveries.of_channel(database, CHANNEL, limit=1) == (before,)


async def test_a_part_that_was_not_planned_cannot_be_sent(database: Database) -> None:
    planned = await _planned(database)
    for delivery, part in ((planned.id, 3), (planned.id + 1, 1)):
        with pytest.raises(LookupError):
            await deliveries.part_sent(database, delivery, part, message_id=1, at=NOW)


async def test_a_channel_is_planned_a_digest_once(database: Database) -> None:
    plans = await asyncio.gather(*(_plan(database) for _ in range(5)))
    assert len([plan for plan in plans if plan]) == 1
    assert await _plan(database, digest_date=NEXT_DAY)
    assert await _plan(database, channel_id=5)


async def test_two_processes_do_not_plan_the_same(database: Database) -> None:
    async with await Database.open(database.path) as other:
        plans = await asyncio.gather(_plan(database), _plan(other))
    assert len([plan for plan in plans if plan]) == 1


async def test_the_newest_digest_not_delivered_is_next(database: Database) -> None:
    assert await deliveries.newest_unsent(database, CHANNEL) == NEXT_DAY
    await _planned(database, digest_date=NEXT_DAY)
    assert await deliveries.newest_unsent(database, CHANNEL) == DAY
    await _planned(database, digest_date=DAY)
    assert await deliveries.newest_unsent(database, CHANNEL) is None
    assert await deliveries.newest_unsent(database, CHANNEL - 1) == NEXT_DAY


async def test_without_digests_nothing_is_next(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "empty.db") as empty:
        assert await deliveries.newest_unsent(empty, CHANNEL) is None


async def test_the_deliveries_of_a_removed_schedule_are_kept(
    database: Database, schedule: Schedule
) -> None:
    planned = await _planned(database, schedule_id=schedule.id)
    assert await schedules.remove(database, schedule.id, guild_id=1)
    assert await deliveries.open_ones(database) == (replace(planned, schedule_id=None),)
    late = await _planned(database, schedule_id=schedule.id, digest_date=NEXT_DAY)
    assert late.schedule_id is None


async def test_the_deliveries_of_a_channel_are_newest_first(database: Database) -> None:
    newer = await _planned(database, digest_date=NEXT_DAY)
    older = await _planned(database, digest_date=DAY)
    await _planned(database, channel_id=5)
    assert await deliveries.of_channel(database, CHANNEL, limit=5) == (newer, older)
    assert await deliveries.of_channel(database, CHANNEL, limit=1) == (newer,)


async def test_what_cannot_be_delivered_is_not_planned(database: Database) -> None:
    with pytest.raises(ValueError, match="at least one part"):
        await _plan(database, parts=())
    with pytest.raises(LookupError, match="no digest of 2030-01-01"):
        await _plan(database, digest_date=DAY.replace(year=2030, month=1, day=1))
    with pytest.raises(sqlite3.IntegrityError):
        await _plan(database, parts=(PlannedPart(1, "hash", "n" * 26),))
    assert await deliveries.open_ones(database) == ()
    assert await _plan(database)
