import asyncio
import sqlite3
from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest
from storage_samples import GUILD, add_schedule, job, occurrence_job, settings

from storage import jobs, schedules
from storage.database import Database
from storage.records import Frequency, Layout, NewSchedule, Schedule, ScheduleEdit, ScheduleSettings
from storage.schedule_limits import Limits, Scope, TooManySchedulesError

NOW = datetime(2025, 2, 21, 12, 30, 15, 42, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LARGE = 2**63 - 1  # what a Discord id may be
FULL = ScheduleSettings(
    channel_id=LARGE - 1,
    time=time(8, 30),
    timezone="Asia/Seoul",
    count=25,
    language="ko",
    period=Frequency.WEEK,
    layout=Layout.THREAD,
    days=0b0011111,
    min_votes=10,
    include='"large model" 추론',
    exclude="author:Bo",
    mention=LARGE,
    silent=True,
    publish=True,
    refresh=False,
    catch_up=0,
)


async def change(
    database: Database,
    schedule: Schedule,
    *,
    guild_id: int = GUILD,
    limits: Limits | None = None,
    **changes: Any,  # noqa: ANN401 - of several types
) -> Schedule | None:
    return await schedules.change(
        database,
        ScheduleEdit(schedule.id, guild_id, replace(schedule.settings, **changes)),
        at=LATER,
        next_job=occurrence_job,
        limits=limits,
    )


async def test_a_schedule_is_stored_as_it_was_made(database: Database) -> None:
    made = await schedules.add(
        database,
        NewSchedule(LARGE, LARGE - 2, FULL),
        at=NOW.astimezone(timezone(timedelta(hours=9))),
        next_job=occurrence_job,
    )
    assert made == Schedule(
        id=made.id, guild_id=LARGE, created_by=LARGE - 2, created_at=NOW, settings=FULL
    )
    assert await schedules.get(database, made.id) == made
    assert await schedules.get(database, 2**63) is None


async def test_every_setting_is_stored(database: Database) -> None:
    plain = settings()
    for wanted in (FULL, plain):
        stored = (await add_schedule(database, wanted)).settings
        for field in fields(ScheduleSettings):
            assert getattr(stored, field.name) == getattr(wanted, field.name), field.name
    differing = [
        field.name
        for field in fields(ScheduleSettings)
        if getattr(FULL, field.name) != getattr(plain, field.name)
    ]
    assert len(differing) == len(fields(ScheduleSettings))


async def test_a_new_schedule_has_the_job_of_its_first_occurrence(database: Database) -> None:
    made = await add_schedule(database)
    assert await jobs.of_kind(database, "occurrence") == (occurrence_job(made),)


async def test_a_schedule_is_not_stored_without_its_job(database: Database) -> None:
    def fail(schedule: Schedule) -> None:
        raise RuntimeError(schedule.id)

    with pytest.raises(RuntimeError):
        await schedules.add(
            database,
            NewSchedule(GUILD, 2, FULL),
            at=NOW,
            next_job=fail,  # type: ignore[arg-type]  # returns no job
        )
    assert await schedules.every(database) == ()


async def test_a_server_has_its_own_schedules(database: Database) -> None:
    one = await add_schedule(database, guild_id=1)
    other = await add_schedule(database, guild_id=2)
    second = await add_schedule(database, settings(count=25), guild_id=1)
    assert await schedules.of_guild(database, 1) == (one, second)
    assert await schedules.of_guild(database, 3) == ()
    assert await schedules.every(database) == (one, other, second)


async def test_every_setting_is_changed_but_not_whose_schedule_it_is(database: Database) -> None:
    made = await add_schedule(database, FULL)
    wanted = settings(layout=Layout.BRIEF, channel_id=9)
    changed = await schedules.change(
        database, ScheduleEdit(made.id, GUILD, wanted), at=LATER, next_job=occurrence_job
    )
    assert changed == replace(made, settings=wanted, version=2, timed_at=LATER)
    assert await schedules.get(database, made.id) == changed
    assert await change(database, made, guild_id=5) is None
    assert await change(database, replace(made, id=made.id + 1)) is None


async def test_a_change_writes_the_job_of_the_next_occurrence(database: Database) -> None:
    made = await add_schedule(database)
    moved = job(f"occurrence:{made.id}", schedule_id=made.id, lane="another")
    await schedules.change(
        database, ScheduleEdit(made.id, GUILD, FULL), at=LATER, next_job=lambda _: moved
    )
    assert await jobs.get(database, moved.key) == moved


@pytest.mark.parametrize(
    ("changes", "timed_at"),
    [
        ({"count": 3}, None),
        ({"channel_id": 3}, None),
        ({"timezone": "UTC"}, LATER),
        ({"days": 1}, LATER),
        ({"period": Frequency.MONTH}, LATER),
        ({"time": time(8, 31)}, LATER),
    ],
)
async def test_occurrences_count_anew_only_after_a_change_of_times(
    database: Database, changes: dict[str, Any], timed_at: datetime | None
) -> None:
    changed = await change(database, await add_schedule(database, FULL), **changes)
    assert changed is not None
    assert changed.timed_at == timed_at


async def test_each_change_raises_the_version(database: Database) -> None:
    made = await add_schedule(database)
    for version in (2, 3):
        changed = await change(database, made)
        assert changed is not None
        assert changed.version == version


@pytest.mark.parametrize("count", [0, 26, -1])
async def test_a_count_out_of_range_is_not_stored(database: Database, count: int) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await add_schedule(database, settings(count=count))
    assert await schedules.every(database) == ()


@pytest.mark.parametrize("text", ["24:00", "8:00", "08:60", "08:00:00", "", "noon"])
async def test_a_text_that_is_no_time_is_not_stored(database: Database, text: str) -> None:
    await add_schedule(database)
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as writer:
            await writer.execute("UPDATE schedules SET time = ?", (text,))


async def test_adds_at_the_same_time_stay_within_the_limits(database: Database) -> None:
    limits = Limits(per_server=4, per_channel=3)
    # Each process has a connection of its own, and waits for the other's transactions.
    async with (
        await Database.open(database.path, busy_timeout=60.0) as one,
        await Database.open(database.path, busy_timeout=60.0) as other,
    ):
        results = await asyncio.gather(
            *(
                add_schedule(where, settings(channel_id=channel), limits=limits)
                for channel in (1, 2)
                for where in (one, other) * 5
            ),
            return_exceptions=True,
        )
    kept = await schedules.of_guild(database, GUILD)
    assert len(kept) == 4
    assert max(Counter(each.settings.channel_id for each in kept).values()) <= 3
    refused = [each for each in results if not isinstance(each, Schedule)]
    assert len(refused) == 16
    assert all(isinstance(each, TooManySchedulesError) for each in refused)


async def test_moves_at_the_same_time_stay_within_the_limit_of_the_channel(
    database: Database,
) -> None:
    limits = Limits(per_channel=3)
    made = [await add_schedule(database, settings(channel_id=channel)) for channel in range(1, 9)]
    results = await asyncio.gather(
        *(change(database, each, channel_id=1, limits=limits) for each in made[1:]),
        return_exceptions=True,
    )
    kept = await schedules.of_guild(database, GUILD)
    assert Counter(each.settings.channel_id for each in kept)[1] == 3
    refused = [each for each in results if isinstance(each, TooManySchedulesError)]
    assert [(each.scope, each.limit) for each in refused] == [(Scope.CHANNEL, 3)] * 5


async def test_a_channel_over_its_limit_keeps_its_schedules_and_they_can_change(
    database: Database,
) -> None:
    made = [await add_schedule(database) for _ in range(3)]
    limits = Limits(per_server=1, per_channel=1)
    changed = await change(database, made[0], count=9, limits=limits)
    assert changed is not None
    assert changed.settings.count == 9
