from dataclasses import replace
from datetime import date, timedelta

import pytest
from storage_samples import GUILD, NOW, add_schedule, job, occurrence_job, settings

from storage import history, jobs, schedule_states, schedules
from storage.database import Database
from storage.records import Outcome, Reason, Schedule, ScheduleEdit

LATER = NOW + timedelta(hours=1)
ADMIN = 2**63 - 1


@pytest.fixture
async def schedule(database: Database) -> Schedule:
    return await add_schedule(database)


async def claim(database: Database, schedule: Schedule, day: date) -> Schedule | None:
    async with database.transaction() as writer:
        return await schedule_states.claim(writer, schedule, day=day, due=NOW)


async def pause(
    database: Database, schedule: Schedule, reason: Reason, actor_id: int | None = None
) -> Schedule | None:
    async with database.transaction() as writer:
        return await schedule_states.pause(
            writer, schedule.id, reason=reason, at=NOW, actor_id=actor_id
        )


async def resume(
    database: Database, schedule: Schedule, actor_id: int | None = None
) -> Schedule | None:
    async with database.transaction() as writer:
        return await schedule_states.resume(
            writer, schedule.id, at=LATER, next_job=occurrence_job, actor_id=actor_id
        )


async def test_a_day_has_one_occurrence(database: Database, schedule: Schedule) -> None:
    claimed = await claim(database, schedule, date(2025, 2, 22))
    assert claimed == replace(schedule, last_day=date(2025, 2, 22), last_due=NOW)
    assert await schedules.get(database, schedule.id) == claimed
    assert await claim(database, schedule, date(2025, 2, 22)) is None
    assert await claim(database, schedule, date(2025, 2, 21)) is None
    assert await claim(database, schedule, date(2025, 2, 23))


async def test_an_occurrence_is_not_claimed_for_a_schedule_edited_since_it_was_read(
    database: Database, schedule: Schedule
) -> None:
    edited = await schedules.change(
        database,
        ScheduleEdit(schedule.id, GUILD, settings(count=1)),
        at=LATER,
        next_job=occurrence_job,
    )
    assert edited is not None
    assert await claim(database, schedule, date(2025, 2, 22)) is None
    assert await claim(database, edited, date(2025, 2, 22))


async def test_an_occurrence_is_not_claimed_while_a_schedule_is_paused(
    database: Database, schedule: Schedule
) -> None:
    await pause(database, schedule, Reason.LEFT)
    assert await claim(database, schedule, date(2025, 2, 22)) is None
    resumed = await resume(database, schedule)
    assert resumed is not None
    assert await claim(database, resumed, date(2025, 2, 22))


async def test_an_occurrence_that_is_not_recorded_can_be_claimed_again(
    database: Database, schedule: Schedule
) -> None:
    async def claim_and_fail() -> None:
        async with database.transaction() as writer:
            assert await schedule_states.claim(writer, schedule, day=date(2025, 2, 22), due=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await claim_and_fail()
    assert await schedules.get(database, schedule.id) == schedule


async def test_a_pause_by_a_person_replaces_one_by_the_bot_and_not_the_reverse(
    database: Database, schedule: Schedule
) -> None:
    assert await pause(database, schedule, Reason.LACKS_PERMISSION)
    assert await pause(database, schedule, Reason.LACKS_PERMISSION) is None
    paused = await pause(database, schedule, Reason.PAUSED_BY_PERSON, ADMIN)
    assert paused == replace(schedule, paused_at=NOW, paused_reason=Reason.PAUSED_BY_PERSON)
    assert await pause(database, schedule, Reason.CHANNEL_GONE) is None
    assert await schedules.get(database, schedule.id) == paused
    resumed = await resume(database, schedule, ADMIN)
    # Occurrences while a person had it paused were not missed.
    assert resumed == replace(schedule, timed_at=LATER)
    assert await resume(database, schedule) is None
    events = await history.of_guild(database, GUILD, limit=9)
    assert [(each.outcome, each.reason, each.actor_id) for each in reversed(events)] == [
        (Outcome.PAUSED, Reason.LACKS_PERMISSION, None),
        (Outcome.PAUSED, Reason.PAUSED_BY_PERSON, ADMIN),
        (Outcome.RESUMED, Reason.PAUSED_BY_PERSON, ADMIN),
    ]


async def test_occurrences_while_the_bot_had_it_paused_were_missed(
    database: Database, schedule: Schedule
) -> None:
    await pause(database, schedule, Reason.CHANNEL_GONE)
    resumed = await resume(database, schedule)
    assert resumed is not None
    assert resumed.timed_at is None


async def test_pausing_and_resuming_replace_the_jobs(
    database: Database, schedule: Schedule
) -> None:
    key = f"recheck:{schedule.id}"
    await pause(database, schedule, Reason.LEFT)
    await jobs.enqueue(database, [job(key, schedule_id=schedule.id)])
    await pause(database, schedule, Reason.PAUSED_BY_PERSON)
    assert await jobs.get(database, key) is None
    await jobs.enqueue(database, [job(key, schedule_id=schedule.id)])
    async with database.transaction() as writer:
        await jobs.remove(writer, f"occurrence:{schedule.id}")
    await resume(database, schedule)
    assert await jobs.get(database, key) is None
    assert await jobs.get(database, f"occurrence:{schedule.id}") == occurrence_job(schedule)


async def test_a_creator_is_told_the_same_thing_once(
    database: Database, schedule: Schedule
) -> None:
    async def set_notified(reason: Reason) -> bool:
        async with database.transaction() as writer:
            return await schedule_states.set_notified(writer, schedule.id, reason)

    assert await set_notified(Reason.REFUSED)
    assert not await set_notified(Reason.REFUSED)
    assert await set_notified(Reason.LEFT)
    found = await schedules.get(database, schedule.id)
    assert found == replace(schedule, notified=Reason.LEFT)
