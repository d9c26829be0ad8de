"""Weekly counts: what is added to which week, once, and what is deleted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from storage_samples import NOW, add_schedule, message, plan

from storage import deliveries, schedule_deletion, usage
from storage.database import Database
from storage.records import DeliveryOutcome, Schedule, Usage, WeekUsage
from storage.usage import GatheredCounts

MONDAY = date(2025, 2, 17)
"""Of the week of NOW."""
WEEK = timedelta(weeks=1)
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def discord_id(at: datetime, number: int = 0) -> int:
    return (int((at - EPOCH) / timedelta(milliseconds=1)) << 22) + number


async def post(
    database: Database, schedule: Schedule, coverage: str, *ids: int, at: datetime = NOW
) -> None:
    """Post messages with some ids."""
    wanted = plan(*(message(number) for number, _ in enumerate(ids, 1)), coverage=coverage)
    async with database.transaction() as writer:
        delivery_id = await deliveries.plan(writer, schedule, wanted, at=at)
        assert delivery_id is not None
        for position, message_id in enumerate(ids, 1):
            await deliveries.mark_sent(
                writer, delivery_id, position, channel_id=5, message_id=message_id, at=at
            )
    delivery = await deliveries.get(database, delivery_id)
    assert delivery is not None
    async with database.transaction() as writer:
        await deliveries.complete(writer, delivery, schedule, DeliveryOutcome.POSTED, at=at)


async def counted(database: Database, guild_id: int = 1) -> Usage:
    found = await usage.of_guild(database, guild_id, now=NOW, weeks=1)
    assert found is not None
    return found


async def add(
    database: Database, gathered: GatheredCounts | None = None, *, weeks: int = 4
) -> None:
    await usage.add(database, gathered or GatheredCounts(), now=NOW, weeks=weeks)


async def test_posts_are_counted_once_from_the_history_since_counting_began(
    database: Database,
) -> None:
    schedule = await add_schedule(database)
    await post(database, schedule, "day:2025-02-18", 10)
    await usage.begin(database, weeks=4)
    assert not await usage.is_behind(database)
    await post(database, schedule, "day:2025-02-19", 11)
    await post(database, schedule, "day:2025-02-20", 12)
    assert await usage.is_behind(database)
    await usage.begin(database, weeks=4)  # as at another start
    await add(database)
    await add(database)
    assert not await usage.is_behind(database)
    assert await counted(database) == Usage(posts=2)


async def test_a_post_of_several_messages_is_opened_once_and_other_messages_do_not_count(
    database: Database,
) -> None:
    schedule = await add_schedule(database)
    await usage.begin(database, weeks=4)
    await post(database, schedule, "day:2025-02-18", 10, 11)
    await post(database, schedule, "day:2025-02-19", 12)
    await add(database, GatheredCounts(opens={(1, 10): 2, (1, 11): 1, (1, 99): 7}))
    await add(database, GatheredCounts(opens={(1, 10): 1}))
    found = await counted(database)
    assert found == Usage(posts=2, opens=4, opened_posts=1)
    assert (found.opens_per_post, found.opened_share) == (2.0, 0.5)


async def test_a_late_press_counts_in_the_week_of_its_post_as_long_as_that_is_kept(
    database: Database,
) -> None:
    schedule = await add_schedule(database)
    await usage.begin(database, weeks=4)
    for weeks in range(6):
        at = NOW - weeks * WEEK
        await post(database, schedule, f"day:{at:%Y-%m-%d}", 100 + weeks, at=at)
    await add(database, GatheredCounts(opens={(1, 100 + weeks): 1 for weeks in range(6)}))
    found = await usage.totals(database, since=date(2020, 1, 1))
    assert [(each.week, each.usage) for each in found] == [
        (MONDAY - weeks * WEEK, Usage(posts=1, opens=1, opened_posts=1)) for weeks in range(4)
    ]


async def test_a_thread_counts_from_the_second_message_on_in_the_week_it_began(
    database: Database, rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    schedule = await add_schedule(database)
    await usage.begin(database, weeks=4)
    own, on_post, strange, old = (
        discord_id(NOW, 1),
        discord_id(NOW, 2),
        discord_id(NOW, 3),
        discord_id(NOW - 9 * WEEK),
    )
    await post(database, schedule, "day:2025-02-18", on_post)
    threads = (own, on_post, strange, old)
    once = {(1, each): 1 for each in threads}
    await add(database, GatheredCounts(messages=once, own_threads={own, old}))
    assert (await counted(database)).threads == 0
    await add(database, GatheredCounts(messages=once, own_threads={own, old}))
    await add(database, GatheredCounts(messages=once, own_threads={own, old}))
    assert (await counted(database)).threads == 2
    assert rows("SELECT thread_id, messages FROM thread_messages ORDER BY 1") == [
        (own, 2),
        (on_post, 2),
    ]


async def test_counts_of_several_servers_are_added_up_and_of_one_kept_apart(
    database: Database,
) -> None:
    await usage.begin(database, weeks=4)
    await add(
        database,
        GatheredCounts(
            counts={
                (MONDAY, 1, "searches"): 2,
                (MONDAY, 0, "searches"): 3,
                (MONDAY, 2, "added"): 1,
                (MONDAY - WEEK, 1, "searches"): 4,
            }
        ),
    )
    assert await counted(database) == Usage(searches=2)
    both = await usage.of_guild(database, 1, now=NOW, weeks=2)
    assert both == Usage(searches=6)
    newest, before = await usage.totals(database, since=MONDAY - WEEK)
    assert newest.usage == Usage(searches=5, added=1)
    assert before.usage == Usage(searches=4)


async def test_a_schedule_that_is_deleted_for_good_within_a_week_counts(
    database: Database,
) -> None:
    await usage.begin(database, weeks=4)
    for days in (6, 8):
        schedule = await add_schedule(database)
        at = NOW + timedelta(days=days)
        async with database.transaction() as writer:
            await writer.execute(
                "UPDATE schedules SET deleted_at = ? WHERE id = ?", (at.isoformat(), schedule.id)
            )
            await schedule_deletion.purge(writer, schedule.id, at=at + timedelta(minutes=15))
    assert await usage.totals(database, since=MONDAY) == (
        WeekUsage(MONDAY + WEEK, Usage(deleted_early=1)),
    )


async def test_nothing_is_counted_until_it_is_turned_on_and_all_is_deleted_when_it_is_off(
    database: Database, rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    schedule = await add_schedule(database)
    thread = discord_id(NOW)
    gathered = GatheredCounts(
        opens={(1, 10): 1},
        counts={(MONDAY, 1, "searches"): 1},
        messages={(1, thread): 2},
        own_threads={thread},
    )
    await post(database, schedule, "day:2025-02-18", 10)
    async with database.transaction() as writer:
        await usage.count(writer, 1, Usage(added=1), at=NOW)
    await add(database, gathered)
    assert await usage.of_guild(database, 1, now=NOW, weeks=4) is None
    assert not await usage.is_behind(database)
    await usage.begin(database, weeks=4)
    await add(database, gathered)
    assert (await counted(database)) == Usage(opens=1, opened_posts=1, threads=1, searches=1)
    await usage.begin(database, weeks=0)
    for table in ("weekly_counts", "opened_posts", "thread_messages"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - a constant
    assert await usage.of_guild(database, 1, now=NOW, weeks=4) is None


async def test_a_server_that_is_forgotten_leaves_its_numbers_without_its_id(
    database: Database,
) -> None:
    await usage.begin(database, weeks=4)
    await add(
        database,
        GatheredCounts(
            counts={(MONDAY, guild_id, "searches"): 1 + guild_id for guild_id in (0, 1, 2)}
        ),
    )
    async with database.transaction() as writer:
        await usage.forget_guild(writer, 1)
        await usage.forget_guild(writer, 1)
    assert await counted(database, 1) == Usage()
    assert await counted(database, usage.NOWHERE) == Usage(searches=3)
    assert [each.usage.searches for each in await usage.totals(database, since=MONDAY)] == [6]


async def test_ids_of_the_history_that_are_given_again_are_counted(
    database: Database,
) -> None:
    schedule = await add_schedule(database)
    await usage.begin(database, weeks=4)
    await post(database, schedule, "day:2025-02-18", 10)
    await add(database)
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM history")
    assert await usage.is_behind(database)
    await add(database)
    assert not await usage.is_behind(database)
    other = replace(schedule, guild_id=2)
    await post(database, other, "day:2025-02-19", 11)
    await add(database)
    assert await counted(database, 2) == Usage(posts=1)
