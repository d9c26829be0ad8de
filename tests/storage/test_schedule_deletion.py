from dataclasses import replace
from datetime import timedelta

import pytest
from storage_samples import (
    CHANNEL,
    GUILD,
    NOW,
    add_schedule,
    job,
    message,
    occurrence_job,
    plan,
    settings,
)

from storage import (
    deliveries,
    history,
    jobs,
    messages,
    schedule_deletion,
    schedule_states,
    schedules,
)
from storage.database import Database
from storage.records import (
    Delivery,
    DeliveryOutcome,
    Outcome,
    PartState,
    Reason,
    Schedule,
    ScheduleEdit,
    ScheduleRestore,
)
from storage.schedule_limits import Limits, Scope, TooManySchedulesError

LATER = NOW + timedelta(minutes=5)
DAY = "day:2025-02-21"


@pytest.fixture
async def schedule(database: Database) -> Schedule:
    return await add_schedule(database)


async def delete(database: Database, schedule: Schedule, *, guild_id: int = GUILD) -> bool:
    purge = job(f"purge:{schedule.id}", kind="purge", schedule_id=schedule.id, run_at=LATER)
    return await schedule_deletion.delete(
        database, schedule.id, guild_id=guild_id, at=LATER, purge=purge
    )


async def restore(
    database: Database,
    schedule: Schedule,
    *,
    guild_id: int = GUILD,
    limits: Limits | None = None,
) -> Schedule | None:
    return await schedule_deletion.restore(
        database,
        ScheduleRestore(schedule.id, guild_id),
        at=LATER,
        next_job=occurrence_job,
        limits=limits,
    )


async def purge(database: Database, schedule: Schedule) -> None:
    async with database.transaction() as writer:
        await schedule_deletion.purge(writer, schedule.id, at=LATER)


async def keys(database: Database) -> set[str]:
    every = await jobs.due(database, now=NOW + timedelta(days=9))
    return {each.key for each in every}


async def plan_delivery(database: Database, schedule: Schedule, coverage: str = DAY) -> Delivery:
    async with database.transaction() as writer:
        delivery_id = await deliveries.plan(
            writer, schedule, plan(message(), coverage=coverage), at=NOW
        )
        assert delivery_id is not None
        await jobs.put(
            writer,
            *(
                job(
                    f"{kind}:{delivery_id}",
                    kind=kind,
                    schedule_id=schedule.id,
                    delivery_id=delivery_id,
                )
                for kind in ("delivery", "refresh")
            ),
        )
    made = await deliveries.get(database, delivery_id)
    assert made is not None
    return made


async def test_a_schedule_is_deleted_by_its_own_server_alone(
    database: Database, schedule: Schedule
) -> None:
    assert not await delete(database, schedule, guild_id=2)
    assert await schedules.get(database, schedule.id) == schedule
    assert await delete(database, schedule)
    assert not await delete(database, schedule)
    assert await schedules.get(database, schedule.id) is None
    deleted = await schedules.get(database, schedule.id, include_deleted=True)
    assert deleted == replace(schedule, deleted_at=LATER)
    assert await schedules.of_guild(database, GUILD) == ()
    assert await schedules.every(database) == ()


async def test_a_deleted_schedule_is_not_edited_paused_resumed_or_claimed(
    database: Database, schedule: Schedule
) -> None:
    async with database.transaction() as writer:
        await schedule_states.pause(writer, schedule.id, reason=Reason.PAUSED_BY_PERSON, at=NOW)
    await delete(database, schedule)
    changed = await schedules.change(
        database,
        ScheduleEdit(schedule.id, GUILD, settings(count=1)),
        at=LATER,
        next_job=occurrence_job,
    )
    assert changed is None
    async with database.transaction() as writer:
        claimed = await schedule_states.claim(writer, schedule, day=NOW.date(), due=NOW)
        paused = await schedule_states.pause(writer, schedule.id, reason=Reason.LEFT, at=NOW)
        resumed = await schedule_states.resume(writer, schedule.id, at=NOW, next_job=occurrence_job)
    assert (claimed, paused, resumed) == (None, None, None)
    assert await keys(database) == {f"purge:{schedule.id}"}


async def test_a_deletion_ends_posts_but_not_the_refresh_of_what_was_posted(
    database: Database, schedule: Schedule
) -> None:
    other = await add_schedule(database)
    made = await plan_delivery(database, schedule)
    await delete(database, schedule)
    assert await keys(database) == {
        f"occurrence:{other.id}",
        f"purge:{schedule.id}",
        f"refresh:{made.id}",
    }


async def test_a_deletion_can_be_undone_and_occurrences_meanwhile_do_not_count(
    database: Database, schedule: Schedule
) -> None:
    assert await restore(database, schedule) is None
    await delete(database, schedule)
    assert await restore(database, schedule, guild_id=2) is None
    restored = await restore(database, schedule)
    assert restored == replace(schedule, version=2, timed_at=LATER)
    assert await schedules.get(database, schedule.id) == restored
    assert await keys(database) == {f"occurrence:{schedule.id}"}
    assert await restore(database, schedule) is None


async def test_a_purge_removes_a_deleted_schedule_and_gives_up_what_it_had_to_send(
    database: Database, schedule: Schedule
) -> None:
    done, made = (
        await plan_delivery(database, schedule),
        await plan_delivery(database, schedule, "day:2025-02-22"),
    )
    async with database.transaction() as writer:
        await deliveries.mark_sent(writer, done.id, 1, channel_id=CHANNEL, message_id=11, at=NOW)
        await deliveries.complete(writer, done, schedule, DeliveryOutcome.POSTED, at=NOW)
    await delete(database, schedule)
    await purge(database, schedule)
    assert await restore(database, schedule) is None
    assert await keys(database) == set()
    given_up = await deliveries.get(database, made.id)
    assert given_up is not None
    assert (given_up.schedule_id, given_up.outcome) == (None, DeliveryOutcome.GIVEN_UP)
    assert [(each.state, each.reason) for each in given_up.parts] == [
        (PartState.SKIPPED, Reason.DELETED)
    ]
    events = await history.of_guild(database, GUILD, schedule_id=schedule.id, limit=9)
    assert [(each.outcome, each.reason, each.messages) for each in events] == [
        (Outcome.GIVEN_UP, Reason.DELETED, ()),
        (Outcome.POSTED, Reason.SCHEDULED, ((CHANNEL, 11),)),
    ]
    async with database.transaction() as writer:
        unused = await messages.delete_unused(writer, before=NOW + timedelta(days=3))
    assert unused == 1


async def test_a_purge_of_a_schedule_that_was_restored_changes_nothing(
    database: Database, schedule: Schedule
) -> None:
    made = await plan_delivery(database, schedule)
    await delete(database, schedule)
    restored = await restore(database, schedule)
    await purge(database, schedule)
    assert await schedules.get(database, schedule.id) == restored
    assert await deliveries.open_ones(database) == (made,)


async def test_the_id_of_a_purged_schedule_is_not_given_again(
    database: Database, schedule: Schedule
) -> None:
    await delete(database, schedule)
    await purge(database, schedule)
    assert (await add_schedule(database)).id > schedule.id


async def test_deleted_schedules_do_not_count_within_the_limits(
    database: Database, schedule: Schedule
) -> None:
    limits = Limits(per_server=2, per_channel=1)
    with pytest.raises(TooManySchedulesError):
        await add_schedule(database, limits=limits)
    await delete(database, schedule)
    await add_schedule(database, limits=limits)


@pytest.mark.parametrize(
    ("limits", "scope"),
    [
        (Limits(per_server=1, per_channel=5), Scope.SERVER),
        (Limits(per_server=5, per_channel=1), Scope.CHANNEL),
    ],
)
async def test_a_schedule_is_not_restored_over_the_limits(
    database: Database, schedule: Schedule, limits: Limits, scope: Scope
) -> None:
    await delete(database, schedule)
    await add_schedule(database, limits=limits)
    with pytest.raises(TooManySchedulesError) as refused:
        await restore(database, schedule, limits=limits)
    assert refused.value.scope is scope
    assert await restore(database, schedule, limits=Limits(per_server=2, per_channel=2))
