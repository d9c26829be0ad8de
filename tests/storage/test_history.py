from collections.abc import Callable
from dataclasses import replace
from typing import Any

from storage_samples import CHANNEL, GUILD, NOW, add_schedule, message, plan, settings

from storage import deliveries, history
from storage.database import Database
from storage.records import DeliveryOutcome, Event, NewEvent, Outcome, Reason

LARGEST = 2**63 - 1


async def test_a_server_reads_its_own_history_newest_first(database: Database) -> None:
    schedule = await add_schedule(database)
    other = await add_schedule(database)
    foreign = await add_schedule(database, guild_id=8)
    async with database.transaction() as writer:
        for each in (schedule, other, foreign):
            await history.write(writer, each, NewEvent(Outcome.MISSED, NOW))
    both = await history.of_guild(database, GUILD, limit=9)
    assert [event.schedule_id for event in both] == [other.id, schedule.id]
    one = await history.of_guild(database, GUILD, schedule_id=schedule.id, limit=9)
    assert [event.schedule_id for event in one] == [schedule.id]
    assert len(await history.of_guild(database, GUILD, limit=1)) == 1
    assert await history.of_guild(database, GUILD, schedule_id=2**63, limit=9) == ()


async def test_an_event_says_what_happened_and_who_did_it(database: Database) -> None:
    schedule = await add_schedule(database, settings(channel_id=3))
    async with database.transaction() as writer:
        event = NewEvent(
            Outcome.PAUSED,
            NOW,
            reason=Reason.PAUSED_BY_PERSON,
            coverage="day:2025-02-21",
            actor_id=LARGEST,
        )
        await history.write(writer, schedule, event)
    assert await history.of_guild(database, GUILD, limit=9) == (
        Event(
            NOW,
            schedule.id,
            3,
            Outcome.PAUSED,
            Reason.PAUSED_BY_PERSON,
            "day:2025-02-21",
            (),
            LARGEST,
        ),
    )


async def test_events_outlive_the_delivery_that_they_are_about(
    database: Database, rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    schedule = await add_schedule(database)
    async with database.transaction() as writer:
        delivery_id = await deliveries.plan(writer, schedule, plan(message()), at=NOW)
        assert delivery_id is not None
        await deliveries.mark_sent(
            writer, delivery_id, 1, channel_id=CHANNEL, message_id=11, at=NOW
        )
    delivery = await deliveries.get(database, delivery_id)
    assert delivery is not None
    async with database.transaction() as writer:
        await deliveries.complete(writer, delivery, schedule, DeliveryOutcome.POSTED, at=NOW)
    (event,) = await history.of_guild(database, GUILD, limit=9)
    assert event.messages == ((CHANNEL, 11),)
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM deliveries")
    assert rows("SELECT delivery_id FROM history") == [(None,)]
    (left,) = await history.of_guild(database, GUILD, limit=9)
    assert (left.outcome, left.coverage, left.messages) == (Outcome.POSTED, "day:2025-02-21", ())


async def test_an_unknown_reason_is_read_as_internal(database: Database) -> None:
    schedule = await add_schedule(database)
    async with database.transaction() as writer:
        await history.write(writer, schedule, NewEvent(Outcome.GIVEN_UP, NOW))
        await writer.execute("UPDATE history SET reason = 'something new'")
    (event,) = await history.of_guild(database, GUILD, limit=9)
    assert event.reason is Reason.INTERNAL


async def test_pauses_count_until_a_post_a_resumption_by_a_person_or_a_move(
    database: Database,
) -> None:
    schedule = await add_schedule(database)
    moved = replace(schedule, settings=replace(schedule.settings, channel_id=CHANNEL - 1))
    paused = NewEvent(Outcome.PAUSED, NOW, Reason.REFUSED)
    by_bot = NewEvent(Outcome.RESUMED, NOW, Reason.REFUSED)
    async with database.transaction() as writer:
        for event in (paused, by_bot, paused):
            await history.write(writer, schedule, event)
        assert await history.pauses(writer, schedule) == (Reason.REFUSED, Reason.REFUSED)
        assert await history.pauses(writer, moved) == ()
        for end in (replace(by_bot, actor_id=5), NewEvent(Outcome.POSTED, NOW)):
            await history.write(writer, schedule, end)
            assert await history.pauses(writer, schedule) == ()
            await history.write(writer, schedule, paused)
            assert await history.pauses(writer, schedule) == (Reason.REFUSED,)
