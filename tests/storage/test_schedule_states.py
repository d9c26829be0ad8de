import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from storage import deliveries, history, migrations, schedules
from storage.database import Database
from storage.records import Layout, NewSchedule, Outcome, Schedule, Span

NOW = datetime(2025, 2, 22, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FULL = NewSchedule(
    guild_id=1,
    channel_id=2,
    time=time(8, 30),
    timezone="Asia/Seoul",
    count=25,
    language="ko",
    created_by=3,
    period=Span.WEEK,
    layout=Layout.THREAD,
    days=0b0011111,
    min_votes=10,
    include='"large model" 추론',
    exclude="author:Bo",
    mention=2**63 - 1,
    silent=True,
    publish=True,
    refresh=False,
    catch_up=0,
)


@pytest.fixture
async def schedule(database: Database) -> Schedule:
    return await schedules.add(database, FULL, at=NOW)


async def test_every_option_is_kept(database: Database, schedule: Schedule) -> None:
    for field in fields(NewSchedule):
        assert getattr(schedule, field.name) == getattr(FULL, field.name), field.name
    assert await schedules.get(database, schedule.id) == schedule
    plain = replace(FULL, period=Span.DAY, min_votes=None, mention=None, refresh=True)
    assert (await schedules.add(database, plain, at=NOW)).min_votes is None


async def test_every_option_is_changed_but_not_whose_it_is(
    database: Database, schedule: Schedule
) -> None:
    wanted = replace(
        schedule,
        channel_id=9,
        time=time(9),
        count=1,
        layout=Layout.COMPACT,
        include="",
        mention=None,
        silent=False,
        created_by=77,
    )
    changed = await schedules.change(database, wanted, at=LATER)
    assert changed == replace(wanted, created_by=3, timed_at=LATER)
    assert await schedules.change(database, replace(wanted, guild_id=5), at=LATER) is None


async def test_times_count_from_their_change_and_from_no_other(
    database: Database, schedule: Schedule
) -> None:
    looks = await schedules.change(database, replace(schedule, count=3), at=LATER)
    assert looks is not None
    assert looks.timed_at is None
    for change in ({"timezone": "UTC"}, {"days": 1}, {"period": Span.MONTH}):
        moved = await schedules.change(database, replace(schedule, **change), at=LATER)
        assert moved is not None
        assert moved.timed_at == LATER


async def test_a_day_has_one_turn(database: Database, schedule: Schedule) -> None:
    async def take(day: date) -> bool:
        return await schedules.take_turn(database, schedule, day=day, due=NOW, waiting_until=LATER)

    assert await take(date(2025, 2, 22))
    assert not await take(date(2025, 2, 22))
    assert not await take(date(2025, 2, 21))
    (waiting,) = await schedules.waiting(database)
    assert (waiting.last_day, waiting.last_due) == (date(2025, 2, 22), NOW)
    assert waiting.waiting_until == LATER
    assert await take(date(2025, 2, 23))


async def test_a_turn_given_back_is_open_again(database: Database, schedule: Schedule) -> None:
    day = date(2025, 2, 22)
    await schedules.take_turn(database, schedule, day=day, due=NOW, waiting_until=LATER)
    await schedules.give_turn_back(database, schedule, day=day)
    assert await schedules.get(database, schedule.id) == schedule


async def test_quiet_days_are_counted_until_something_is_posted(
    database: Database, schedule: Schedule
) -> None:
    async def quiet() -> int:
        return await schedules.end_turn(
            database, schedule, Outcome.NOTHING_NEW, at=NOW, is_quiet=True
        )

    assert [await quiet(), await quiet()] == [1, 2]
    assert await schedules.tell(database, schedule.id, "quiet")
    assert not await schedules.tell(database, schedule.id, "quiet")
    await deliveries.plan(database, schedule, "week:2025-02-17", parts=(), frozen="{}", at=NOW)
    assert await quiet() == 1
    assert await schedules.tell(database, schedule.id, "quiet")
    await schedules.remove(database, schedule.id, guild_id=1)
    assert await quiet() == 0


async def test_a_pause_that_was_asked_for_is_the_stronger(
    database: Database, schedule: Schedule
) -> None:
    async def pause(reason: str) -> Schedule | None:
        return await schedules.pause(database, schedule.id, reason=reason, at=NOW)

    assert await pause("lacks_permission")
    assert await pause("lacks_permission") is None
    assert await pause("asked")
    assert await pause("channel_gone") is None
    (paused,) = await schedules.paused(database)
    assert (paused.paused_reason, paused.paused_at) == ("asked", NOW)
    resumed = await schedules.resume(database, schedule.id, at=LATER)
    assert resumed is not None
    # What came due while someone had it paused was not missed.
    assert (resumed.paused_at, resumed.paused_reason, resumed.timed_at) == (None, None, LATER)
    assert await schedules.resume(database, schedule.id, at=LATER) is None
    lines = await history.of_guild(database, 1, limit=9)
    assert [(line.outcome, line.detail) for line in reversed(lines)] == [
        (Outcome.PAUSED, "lacks_permission"),
        (Outcome.PAUSED, "asked"),
        (Outcome.RESUMED, "asked"),
    ]


async def test_what_came_due_while_something_was_in_the_way_was_missed(
    database: Database, schedule: Schedule
) -> None:
    await schedules.pause(database, schedule.id, reason="channel_gone", at=NOW)
    resumed = await schedules.resume(database, schedule.id, at=LATER)
    assert resumed is not None
    assert resumed.timed_at is None


async def test_history_is_a_server_s_own_newest_first(
    database: Database, schedule: Schedule
) -> None:
    other = await schedules.add(database, FULL, at=NOW)
    foreign = await schedules.add(database, replace(FULL, guild_id=8), at=NOW)
    for each in (schedule, other, foreign):
        await history.add(database, each, Outcome.MISSED, at=NOW)
    both = await history.of_guild(database, 1, limit=9)
    assert [line.schedule_id for line in both] == [other.id, schedule.id]
    one = await history.of_guild(database, 1, schedule_id=schedule.id, limit=9)
    assert [line.schedule_id for line in one] == [schedule.id]
    assert len(await history.of_guild(database, 1, limit=1)) == 1


async def test_a_database_of_the_version_before_keeps_what_it_knows(path: Path) -> None:
    before = [step for step in migrations.load() if step.name < "0004"]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.apply(connection, before, path=path)
    at = NOW.isoformat(timespec="microseconds")
    with closing(sqlite3.connect(path, isolation_level=None)) as outside:
        outside.execute(
            "INSERT INTO schedules VALUES (4, 1, 2, '08:00', 'Asia/Seoul', 5, 'ko', 3, ?)", (at,)
        )
        for number, day in enumerate(("2025-02-20", "2025-02-21"), start=1):
            outside.execute("INSERT INTO digests VALUES (?, ?, ?, ?)", (number, day, at, at))
        outside.execute("INSERT INTO deliveries VALUES (1, 2, 1, 4, ?, ?)", (at, at))
        outside.execute("INSERT INTO deliveries VALUES (2, 2, 2, NULL, ?, NULL)", (at,))
        outside.execute("INSERT INTO delivery_parts VALUES (1, 1, 'h', 'n1', 11, ?)", (at,))
        outside.execute("INSERT INTO delivery_parts VALUES (2, 1, 'h', 'n2', NULL, NULL)")
    async with await Database.open(path) as database:
        (schedule,) = await schedules.all_of_them(database)
        assert (schedule.id, schedule.period, schedule.layout) == (4, Span.DAY, Layout.CARDS)
        assert (schedule.days, schedule.refresh, schedule.catch_up) == (127, True, 24)
        second, first = await deliveries.of_channel(database, 2, limit=9)
        assert (first.subject, first.completed_at) == ("day:2025-02-20", NOW)
        assert [(p.channel_id, p.message_id) for p in first.parts] == [(2, 11)]
        # Cut off without a mark to be known by: it is let be, rather than sent a second time.
        assert (second.subject, second.outcome) == ("day:2025-02-21", "given_up")
        assert await deliveries.open_ones(database) == ()
        assert await deliveries.newest_had(database, 4, 2) == date(2025, 2, 21)
