import asyncio
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from storage import schedules
from storage.database import Database
from storage.records import NewSchedule, Schedule

NOW = datetime(2025, 2, 21, 12, 30, 15, 42, tzinfo=UTC)
LARGE = 2**63 - 1  # what a Discord id may be
NEW = NewSchedule(
    guild_id=LARGE,
    channel_id=LARGE - 1,
    time=time(8, 5),
    timezone="Asia/Seoul",
    count=5,
    language="ko",
    created_by=LARGE - 2,
)


async def test_a_schedule_is_kept_as_it_was_made(database: Database) -> None:
    made = await schedules.add(database, NEW, at=NOW.astimezone(timezone(timedelta(hours=9))))
    assert made == Schedule(
        guild_id=LARGE,
        channel_id=LARGE - 1,
        time=time(8, 5),
        timezone="Asia/Seoul",
        count=5,
        language="ko",
        created_by=LARGE - 2,
        id=made.id,
        created_at=NOW,
    )
    assert await schedules.get(database, made.id) == made


async def test_a_server_has_its_own_schedules(database: Database) -> None:
    one = await schedules.add(database, replace(NEW, guild_id=1), at=NOW)
    other = await schedules.add(database, replace(NEW, guild_id=2), at=NOW)
    second = await schedules.add(database, replace(NEW, guild_id=1, count=25), at=NOW)
    assert await schedules.of_guild(database, 1) == (one, second)
    assert await schedules.of_guild(database, 3) == ()
    assert await schedules.all_of_them(database) == (one, other, second)


async def test_a_schedule_is_removed_by_its_own_server_alone(database: Database) -> None:
    made = await schedules.add(database, replace(NEW, guild_id=1), at=NOW)
    assert not await schedules.remove(database, made.id, guild_id=2)
    assert await schedules.get(database, made.id) == made
    assert await schedules.remove(database, made.id, guild_id=1)
    assert not await schedules.remove(database, made.id, guild_id=1)
    assert await schedules.get(database, made.id) is None


async def test_the_id_of_a_removed_schedule_is_not_given_again(database: Database) -> None:
    made = await schedules.add(database, NEW, at=NOW)
    await schedules.remove(database, made.id, guild_id=NEW.guild_id)
    assert (await schedules.add(database, NEW, at=NOW)).id > made.id


@pytest.mark.parametrize("count", [0, 26, -1])
async def test_a_count_out_of_range_is_not_kept(database: Database, count: int) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await schedules.add(database, replace(NEW, count=count), at=NOW)
    assert await schedules.all_of_them(database) == ()


@pytest.mark.parametrize("text", ["24:00", "8:00", "08:60", "08:00:00", "", "noon"])
async def test_a_time_that_is_none_is_not_kept(database: Database, text: str) -> None:
    await schedules.add(database, NEW, at=NOW)
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as writer:
            await writer.execute("UPDATE schedules SET time = ?", (text,))


async def test_adds_at_the_same_time_stay_within_the_limits(database: Database) -> None:
    limits = schedules.Limits(per_server=4, per_channel=3)
    # A second process has a connection of its own.
    async with await Database.open(database.path) as other:
        results = await asyncio.gather(
            *(
                schedules.add(where, replace(NEW, channel_id=channel), at=NOW, limits=limits)
                for channel in (1, 2)
                for where in (database, other) * 5
            ),
            return_exceptions=True,
        )
    kept = await schedules.of_guild(database, NEW.guild_id)
    assert len(kept) == 4
    assert max(Counter(each.channel_id for each in kept).values()) <= 3
    refused = [each for each in results if not isinstance(each, Schedule)]
    assert len(refused) == 16
    assert all(isinstance(each, schedules.TooManySchedulesError) for each in refused)


async def test_moves_at_the_same_time_stay_within_the_limit_of_the_channel(
    database: Database,
) -> None:
    limits = schedules.Limits(per_channel=3)
    made = [
        await schedules.add(database, replace(NEW, channel_id=channel), at=NOW)
        for channel in range(1, 9)
    ]
    results = await asyncio.gather(
        *(
            schedules.change(database, replace(each, channel_id=1), at=NOW, limits=limits)
            for each in made[1:]
        ),
        return_exceptions=True,
    )
    assert len(await schedules.of_channel(database, 1)) == 3
    refused = [each for each in results if isinstance(each, schedules.TooManySchedulesError)]
    assert [(each.scope, each.limit) for each in refused] == [(schedules.Scope.CHANNEL, 3)] * 5


async def test_a_channel_over_its_limit_keeps_its_schedules_and_they_can_change(
    database: Database,
) -> None:
    made = [await schedules.add(database, NEW, at=NOW) for _ in range(3)]
    limits = schedules.Limits(per_server=1, per_channel=1)
    changed = await schedules.change(database, replace(made[0], count=9), at=NOW, limits=limits)
    assert changed is not None
    assert changed.count == 9
