import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from examples import scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_samples import CHANNEL, GUILD, NOW, add_schedule, job, message, part
from storage_samples import plan as plan_of
from storage_samples import settings as schedule_settings

from storage import deliveries, history, messages, schedule_deletion, schedule_states, schedules
from storage.database import Database
from storage.posted import posted_before
from storage.records import (
    Delivery,
    DeliveryOutcome,
    Outcome,
    PartState,
    Reason,
    Schedule,
    ScheduleEdit,
)

LATER = NOW + timedelta(minutes=1)
DAY, NEXT_DAY = "day:2025-02-21", "day:2025-02-22"
PLAN = '{"papers": []}'
Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
async def schedule(database: Database) -> Schedule:
    return await add_schedule(database)


async def plan(
    database: Database,
    schedule: Schedule,
    coverage: str = DAY,
    *,
    count: int = 2,
    again: bool = False,
    **fields: object,
) -> int | None:
    """Plan a delivery of some messages; return its id."""
    messages = map(message, range(1, count + 1))
    given: dict[str, object] = {"coverage": coverage, "json": PLAN}
    wanted = plan_of(*messages, **(given | fields))
    async with database.transaction() as writer:
        return await deliveries.plan(writer, schedule, wanted, at=NOW, again=again)


async def planned(
    database: Database,
    schedule: Schedule,
    coverage: str = DAY,
    **given: Any,  # noqa: ANN401 - of several types
) -> Delivery:
    delivery_id = await plan(database, schedule, coverage, **given)
    assert delivery_id is not None
    return await stored(database, delivery_id)


async def stored(database: Database, delivery_id: int) -> Delivery:
    delivery = await deliveries.get(database, delivery_id)
    assert delivery is not None
    return delivery


async def mark_sent(
    database: Database,
    delivery: Delivery,
    position: int,
    message_id: int,
    channel_id: int = CHANNEL,
) -> None:
    async with database.transaction() as writer:
        await deliveries.mark_sent(
            writer, delivery.id, position, channel_id=channel_id, message_id=message_id, at=LATER
        )


async def mark_skipped(database: Database, delivery: Delivery, position: int) -> None:
    async with database.transaction() as writer:
        await deliveries.mark_skipped(writer, delivery.id, position, reason=Reason.UNKNOWN)


async def complete(
    database: Database,
    delivery: Delivery,
    schedule: Schedule,
    outcome: DeliveryOutcome = DeliveryOutcome.POSTED,
    reason: Reason | None = None,
) -> None:
    async with database.transaction() as writer:
        await deliveries.complete(writer, delivery, schedule, outcome, at=LATER, reason=reason)


async def delete(database: Database, schedule: Schedule) -> None:
    purge = job(f"purge:{schedule.id}", schedule_id=schedule.id)
    assert await schedule_deletion.delete(
        database, schedule.id, guild_id=GUILD, at=LATER, purge=purge
    )


async def purge(database: Database, schedule: Schedule) -> None:
    async with database.transaction() as writer:
        await schedule_deletion.purge(writer, schedule.id, at=LATER)


async def test_a_delivery_is_stored_before_it_is_sent(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule, by_hand=True)
    assert made == Delivery(
        id=made.id,
        channel_id=CHANNEL,
        schedule_id=schedule.id,
        coverage=DAY,
        by_hand=True,
        plan=PLAN,
        planned_at=NOW,
        parts=(part(1), part(2)),
    )
    assert await deliveries.open_ones(database) == (made,)
    assert await messages.of_delivery(database, made.id) == {1: message(1), 2: message(2)}
    assert await history.of_guild(database, GUILD, limit=5) == ()
    assert await deliveries.get(database, made.id + 1) is None


async def test_a_sent_part_has_its_message_and_completion_writes_the_history(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule)
    thread = CHANNEL - 1
    await mark_sent(database, made, 2, 22, thread)
    await mark_sent(database, made, 1, 2**63 - 2)
    assert await deliveries.open_ones(database)
    await complete(database, made, schedule)
    whole = await stored(database, made.id)
    assert (whole.completed_at, whole.outcome) == (LATER, DeliveryOutcome.POSTED)
    assert [(p.state, p.channel_id, p.message_id, p.sent_at) for p in whole.parts] == [
        (PartState.SENT, CHANNEL, 2**63 - 2, LATER),
        (PartState.SENT, thread, 22, LATER),
    ]
    assert await deliveries.open_ones(database) == ()
    (event,) = await history.of_guild(database, GUILD, limit=5)
    assert (event.outcome, event.coverage, event.reason) == (
        Outcome.POSTED,
        DAY,
        Reason.SCHEDULED,
    )
    assert event.messages == ((CHANNEL, 2**63 - 2), (thread, 22))


async def test_the_history_says_that_a_post_was_made_by_hand(
    database: Database, schedule: Schedule
) -> None:
    await complete(database, await planned(database, schedule, by_hand=True), schedule)
    (event,) = await history.of_guild(database, GUILD, limit=5)
    assert (event.outcome, event.reason) == (Outcome.POSTED, Reason.BY_HAND)


async def test_the_first_record_of_a_part_is_kept(database: Database, schedule: Schedule) -> None:
    made = await planned(database, schedule)
    await mark_skipped(database, made, 1)
    await mark_sent(database, made, 1, 99)
    await mark_sent(database, made, 2, 22)
    await mark_sent(database, made, 2, 23)
    await mark_skipped(database, made, 2)
    first, second = (await stored(database, made.id)).parts
    assert (first.state, first.reason, first.message_id) == (
        PartState.SKIPPED,
        Reason.UNKNOWN,
        None,
    )
    assert (second.state, second.reason, second.message_id) == (PartState.SENT, None, 22)


async def test_a_delivery_is_completed_once(database: Database, schedule: Schedule) -> None:
    made = await planned(database, schedule)
    await complete(database, made, schedule, DeliveryOutcome.GIVEN_UP, Reason.TOO_LATE)
    await complete(database, made, schedule)
    whole = await stored(database, made.id)
    assert whole.outcome is DeliveryOutcome.GIVEN_UP
    assert {(each.state, each.reason) for each in whole.parts} == {
        (PartState.SKIPPED, Reason.TOO_LATE)
    }
    (event,) = await history.of_guild(database, GUILD, limit=5)
    assert (event.outcome, event.reason) == (Outcome.GIVEN_UP, Reason.TOO_LATE)


async def test_a_schedule_plans_a_coverage_once(database: Database, schedule: Schedule) -> None:
    plans = await asyncio.gather(*(plan(database, schedule) for _ in range(5)))
    assert len([each for each in plans if each]) == 1
    assert await plan(database, schedule, NEXT_DAY)
    assert await plan(database, await add_schedule(database))


async def test_by_hand_a_coverage_is_planned_again_each_time(
    database: Database, schedule: Schedule
) -> None:
    serials = [
        (await planned(database, schedule, again=True, by_hand=True)).serial for _ in range(3)
    ]
    assert serials == [0, 1, 2]
    assert await plan(database, schedule) is None


async def test_two_processes_do_not_plan_the_same(database: Database, schedule: Schedule) -> None:
    async with await Database.open(database.path) as other:
        plans = await asyncio.gather(plan(database, schedule), plan(other, schedule))
    assert len([each for each in plans if each]) == 1


@pytest.mark.parametrize("is_purged", [False, True])
async def test_posts_of_a_deleted_schedule_count_for_a_new_one_in_the_same_channel(
    database: Database, schedule: Schedule, *, is_purged: bool
) -> None:
    made = await planned(database, schedule)
    await complete(database, made, schedule)
    await delete(database, schedule)
    if is_purged:
        await purge(database, schedule)
    kept = await stored(database, made.id)
    assert kept.schedule_id == (None if is_purged else schedule.id)
    anew = await add_schedule(database)
    assert (await posted_before(database, anew.id, CHANNEL, since=NOW)).newest == date(2025, 2, 21)
    assert (await posted_before(database, anew.id, CHANNEL, since=NOW)).planned_at == NOW
    assert await deliveries.is_posted(database, anew.id, CHANNEL, DAY)
    assert await plan(database, anew) is None
    assert (await posted_before(database, anew.id, CHANNEL - 1, since=NOW)).newest is None
    assert (await posted_before(database, anew.id, CHANNEL - 1, since=NOW)).planned_at is None
    assert (await planned(database, anew, again=True)).serial == 1


async def test_posts_of_another_schedule_do_not_count(
    database: Database, schedule: Schedule
) -> None:
    await plan(database, schedule)
    other = await add_schedule(database)
    assert (await posted_before(database, other.id, CHANNEL, since=NOW)).newest is None
    assert not await deliveries.is_posted(database, other.id, CHANNEL, DAY)


async def test_weeks_and_months_are_no_newest_digest(
    database: Database, schedule: Schedule
) -> None:
    await plan(database, schedule, "week:2025-02-17")
    await plan(database, schedule, "month:2025-02")
    assert (await posted_before(database, schedule.id, CHANNEL, since=NOW)).newest is None
    await plan(database, schedule, "day:2024-12-31")
    await plan(database, schedule, "day:2025-01-01")
    assert (await posted_before(database, schedule.id, CHANNEL, since=NOW)).newest == date(
        2025, 1, 1
    )


async def test_without_messages_a_delivery_is_complete_and_the_history_says_so(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule, count=0)
    assert (made.outcome, made.completed_at) == (DeliveryOutcome.NOTHING, NOW)
    assert await deliveries.open_ones(database) == ()
    (event,) = await history.of_guild(database, GUILD, limit=5)
    assert (event.outcome, event.messages) == (Outcome.FILTERED_OUT, ())


async def test_a_search_of_the_channel_is_recorded_for_parts_that_are_missing(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule)
    await mark_sent(database, made, 1, 11)
    async with database.transaction() as writer:
        await deliveries.mark_reconciled(writer, made.id, at=LATER)
    parts = (await stored(database, made.id)).parts
    assert [each.reconciled_at for each in parts] == [None, LATER]


async def test_publishing_and_edits_are_recorded(database: Database, schedule: Schedule) -> None:
    made = await planned(database, schedule)
    await mark_sent(database, made, 1, 11)
    async with database.transaction() as writer:
        for at in (LATER, LATER + timedelta(hours=1)):
            await deliveries.mark_published(writer, made.id, 1, at=at)
        await deliveries.set_message(writer, made.id, 1, message(7), at=LATER)
        await deliveries.set_message_hash(writer, made.id, 2, "edited")
    first, second = (await stored(database, made.id)).parts
    assert (first.published_at, second.published_at) == (LATER, None)
    assert (first.message_hash, second.message_hash) == (message(7).hash, "edited")
    assert await messages.of_delivery(database, made.id) == {1: message(7)}


async def test_a_post_clears_the_reason_its_creator_was_notified_of(
    database: Database, schedule: Schedule
) -> None:
    async def notified() -> Reason | None:
        found = await schedules.get(database, schedule.id)
        assert found is not None
        return found.notified

    async with database.transaction() as writer:
        await schedule_states.set_notified(writer, schedule.id, Reason.REFUSED)
    given_up = await planned(database, schedule)
    await complete(database, given_up, schedule, DeliveryOutcome.GIVEN_UP, Reason.REFUSED)
    assert await notified() is Reason.REFUSED
    await complete(database, await planned(database, schedule, NEXT_DAY), schedule)
    assert await notified() is None


async def test_a_nonce_longer_than_discord_takes_is_not_stored(
    database: Database, schedule: Schedule
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await plan(database, schedule, count=1, parts=(part(nonce="n" * 26),))
    assert await deliveries.open_ones(database) == ()


async def replace_plan(database: Database, delivery: Delivery, channel_id: int) -> bool:
    async with database.transaction() as writer:
        return await deliveries.replace_plan(
            writer,
            delivery,
            plan_of(
                message(3),
                parts=(part(1, message_hash=message(3).hash, mark="new mark"),),
                json='{"papers": ["2502.14499"]}',
            ),
            channel_id=channel_id,
            at=LATER,
        )


async def test_a_plan_is_replaced_with_its_parts(database: Database, schedule: Schedule) -> None:
    made = await planned(database, schedule)
    await schedules.change(
        database,
        ScheduleEdit(schedule.id, GUILD, schedule.settings),
        at=LATER,
        next_job=lambda each: job(schedule_id=each.id),
    )
    edited = await stored(database, made.id)
    assert edited == replace(made, replan=True)
    assert await replace_plan(database, edited, 3)
    anew = await stored(database, made.id)
    assert anew == replace(
        made,
        channel_id=3,
        plan='{"papers": ["2502.14499"]}',
        planned_at=LATER,
        parts=(part(1, message_hash=message(3).hash, mark="new mark"),),
    )


async def test_a_delivery_is_not_moved_to_a_channel_that_has_had_its_coverage(
    database: Database, schedule: Schedule
) -> None:
    """A schedule that goes to another channel and back posts a day once in each."""
    await complete(database, await planned(database, schedule), schedule)
    elsewhere = replace(schedule, settings=schedule_settings(channel_id=3))
    moved = await planned(database, elsewhere)
    assert not await replace_plan(database, moved, CHANNEL)
    assert await stored(database, moved.id) == moved
    assert await replace_plan(database, moved, 3)
    again = await planned(database, elsewhere, again=True)
    assert await replace_plan(database, again, CHANNEL)
    assert [(each.channel_id, each.serial) for each in await deliveries.open_ones(database)] == [
        (3, 0),
        (CHANNEL, 1),
    ]


async def test_open_deliveries_of_a_schedule_are_read_in_a_transaction(
    database: Database, schedule: Schedule
) -> None:
    made = [await planned(database, schedule, coverage) for coverage in (DAY, NEXT_DAY)]
    await plan(database, await add_schedule(database))
    done = await planned(database, schedule, "day:2025-02-20")
    await complete(database, done, schedule)
    async with database.transaction() as writer:
        assert await deliveries.open_in(writer, schedule.id) == tuple(made)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=scaled(30))
@given(st.data())
def test_in_whatever_order_parts_are_recorded_the_first_record_counts(
    tmp_path_factory: pytest.TempPathFactory, new_file: bytes, data: st.DataObject
) -> None:
    parts = data.draw(st.integers(1, 4))
    records = data.draw(
        st.lists(st.tuples(st.integers(1, parts), st.none() | st.integers(1, 99)), max_size=12)
    )

    async def work() -> None:
        path = tmp_path_factory.mktemp("deliveries") / "papers.db"
        path.write_bytes(new_file)
        async with await Database.open(path) as database:
            schedule = await add_schedule(database)
            made = await planned(database, schedule, count=parts)
            first: dict[int, int | None] = {}
            for position, message_id in records:
                if message_id is None:
                    await mark_skipped(database, made, position)
                else:
                    await mark_sent(database, made, position, message_id)
                first.setdefault(position, message_id)
                now = await stored(database, made.id)
                assert {
                    each.position: each.message_id
                    for each in now.parts
                    if each.state is not PartState.PLANNED
                } == first
                assert await deliveries.open_ones(database) == (now,)

    asyncio.run(work())
