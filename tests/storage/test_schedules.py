import sqlite3
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
