import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import deliveries, history, leases, schedules
from storage.database import Database
from storage.errors import LeaseLostError
from storage.records import (
    Delivery,
    DeliveryOutcome,
    NewSchedule,
    Outcome,
    Part,
    PlannedPart,
    Schedule,
)

NOW = datetime(2025, 2, 22, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
CHANNEL = 2**63 - 1
DAY, NEXT_DAY = "day:2025-02-21", "day:2025-02-22"
PARTS = (PlannedPart(1, "hash one", "nonce one"), PlannedPart(2, "hash two", "nonce two"))
NEW = NewSchedule(
    guild_id=1,
    channel_id=CHANNEL,
    time=time(8),
    timezone="UTC",
    count=5,
    language="en",
    created_by=2,
)


@pytest.fixture
async def schedule(database: Database) -> Schedule:
    return await schedules.add(database, NEW, at=NOW)


async def plan(
    database: Database, schedule: Schedule, subject: str = DAY, **said: object
) -> Delivery | None:
    given = {"parts": PARTS, "frozen": '{"papers": []}', "at": NOW} | said
    return await deliveries.plan(database, schedule, subject, **given)  # type: ignore[arg-type]


async def planned(
    database: Database, schedule: Schedule, subject: str = DAY, **said: object
) -> Delivery:
    delivery = await plan(database, schedule, subject, **said)
    assert delivery is not None
    return delivery


async def sent(database: Database, delivery: Delivery, part: int, message: int | None) -> None:
    channel = CHANNEL if message is not None else None
    await deliveries.part_sent(
        database, delivery.id, part, channel_id=channel, message_id=message, at=LATER
    )


async def test_a_delivery_is_written_down_before_it_is_sent(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule, publish=True, refresh_at=LATER)
    assert made == Delivery(
        id=made.id,
        channel_id=CHANNEL,
        schedule_id=schedule.id,
        subject=DAY,
        serial=0,
        by_hand=False,
        plan='{"papers": []}',
        planned_at=NOW,
        looked_at=None,
        completed_at=None,
        outcome=None,
        publish=True,
        refresh_at=LATER,
        parts=(
            Part(1, "hash one", "nonce one", None, None, None),
            Part(2, "hash two", "nonce two", None, None, None),
        ),
    )
    assert await deliveries.open_ones(database) == ((made.id, CHANNEL),)
    assert await deliveries.of_channel(database, CHANNEL, limit=5) == (made,)
    assert await deliveries.of_mark(database, "nonce two") == made
    assert await deliveries.of_mark(database, "nonce three") is None


async def test_the_last_part_completes_a_delivery_and_history_has_its_messages(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule)
    await sent(database, made, 2, 22)
    assert await deliveries.open_ones(database)
    await sent(database, made, 1, 2**63 - 2)
    whole = await deliveries.get(database, made.id)
    assert whole is not None
    assert (whole.completed_at, whole.outcome) == (LATER, DeliveryOutcome.POSTED)
    (line,) = await history.of_guild(database, 1, limit=5)
    assert (line.outcome, line.subject, line.detail) == (Outcome.POSTED, DAY, "clock")
    assert line.messages == ((CHANNEL, 2**63 - 2), (CHANNEL, 22))


async def test_a_part_told_twice_keeps_what_was_told_first(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule)
    await sent(database, made, 1, None)
    await sent(database, made, 1, 99)
    await sent(database, made, 2, 22)
    await sent(database, made, 2, None)
    whole = await deliveries.get(database, made.id)
    assert whole is not None
    assert [part.message_id for part in whole.parts] == [None, 22]
    assert len(await history.of_guild(database, 1, limit=5)) == 1


async def test_a_part_that_was_not_planned_cannot_be_sent(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule)
    for delivery, part in ((made, 3), (replace(made, id=made.id + 1), 1)):
        with pytest.raises(LookupError):
            await sent(database, delivery, part, 1)


async def test_a_schedule_is_planned_a_subject_once(database: Database, schedule: Schedule) -> None:
    plans = await asyncio.gather(*(plan(database, schedule) for _ in range(5)))
    assert len([each for each in plans if each]) == 1
    assert await plan(database, schedule, NEXT_DAY)
    other = await schedules.add(database, NEW, at=NOW)
    assert await plan(database, other)


async def test_by_hand_it_is_planned_again_each_time(
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


async def test_without_the_lease_nothing_is_planned(database: Database, schedule: Schedule) -> None:
    lasting = timedelta(seconds=30)
    assert await leases.take(database, leases.POSTS, "a", at=NOW, lasting=lasting) is None
    assert await plan(database, schedule, holder="a")
    with pytest.raises(LeaseLostError):
        await plan(database, schedule, NEXT_DAY, holder="b")
    assert len(await deliveries.open_ones(database)) == 1


async def test_a_lease_is_taken_when_it_has_lapsed_or_was_given_up(database: Database) -> None:
    lasting = timedelta(seconds=30)

    async def take(holder: str, at: datetime) -> str | None:
        return await leases.take(database, leases.POSTS, holder, at=at, lasting=lasting)

    assert await take("a", NOW) is None
    assert await take("b", NOW + timedelta(seconds=29)) == "a"
    assert await take("a", NOW + timedelta(seconds=29)) is None
    assert await take("b", NOW + timedelta(seconds=58)) == "a"
    assert await take("b", NOW + timedelta(seconds=60)) is None
    assert await take("a", NOW + timedelta(seconds=61)) == "b"
    await leases.give_up(database, leases.POSTS, "a")
    assert await take("a", NOW + timedelta(seconds=61)) == "b"
    await leases.give_up(database, leases.POSTS, "b")
    assert await take("a", NOW + timedelta(seconds=61)) is None
    # The machine's time was put back by a day: nobody could wait so long.
    assert await take("b", NOW - timedelta(days=1)) is None


async def test_what_a_removed_schedule_posted_counts_for_one_made_anew(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule)
    assert await schedules.remove(database, schedule.id, guild_id=1)
    kept = await deliveries.get(database, made.id)
    assert kept == replace(made, schedule_id=None)
    assert await plan(database, schedule, NEXT_DAY) is None
    anew = await schedules.add(database, NEW, at=NOW)
    assert await deliveries.newest_had(database, anew.id, CHANNEL) == date(2025, 2, 21)
    assert await deliveries.had(database, anew.id, CHANNEL, DAY)
    assert await plan(database, anew) is None
    assert await deliveries.newest_had(database, anew.id, CHANNEL - 1) is None


async def test_without_parts_there_is_nothing_to_send_and_history_says_so(
    database: Database, schedule: Schedule
) -> None:
    made = await planned(database, schedule, parts=(), publish=True, refresh_at=NOW)
    assert made.outcome is DeliveryOutcome.NOTHING
    assert await deliveries.open_ones(database) == ()
    assert await deliveries.to_publish(database) == ()
    assert await deliveries.to_refresh(database, until=LATER) == ()
    (line,) = await history.of_guild(database, 1, limit=5)
    assert (line.outcome, line.messages) == (Outcome.FILTERED_OUT, ())


async def test_what_is_given_up_is_closed_once(database: Database, schedule: Schedule) -> None:
    made = await planned(database, schedule)
    for _ in range(2):
        await deliveries.give_up(database, made.id, at=LATER, detail="too_late")
    assert await deliveries.open_ones(database) == ()
    (line,) = await history.of_guild(database, 1, limit=5)
    assert (line.outcome, line.detail) == (Outcome.GIVEN_UP, "too_late")


async def test_publishing_and_refreshing_are_noted(database: Database, schedule: Schedule) -> None:
    made = await planned(database, schedule, publish=True, refresh_at=LATER)
    assert await deliveries.to_publish(database) == ()
    await sent(database, made, 1, 11)
    await sent(database, made, 2, 22)
    assert await deliveries.to_publish(database) == ((made.id, CHANNEL),)
    assert await deliveries.to_refresh(database, until=NOW) == ()
    assert await deliveries.to_refresh(database, until=LATER) == ((made.id, CHANNEL),)
    await deliveries.part_published(database, made.id, 1, at=LATER)
    await deliveries.part_refreshed(database, made.id, 2, content_hash="new")
    await deliveries.publishing_done(database, made.id)
    await deliveries.refreshing_done(database, made.id)
    done = await deliveries.get(database, made.id)
    assert done is not None
    assert [part.published_at for part in done.parts] == [LATER, None]
    assert [part.content_hash for part in done.parts] == ["hash one", "new"]
    assert (done.publish, done.refresh_at) == (False, None)


async def test_a_nonce_longer_than_discord_takes_is_not_kept(
    database: Database, schedule: Schedule
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await plan(database, schedule, parts=(PlannedPart(1, "hash", "n" * 26),))
    assert await deliveries.open_ones(database) == ()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(st.data())
def test_whatever_is_told_in_whatever_order_the_first_word_counts(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    parts = data.draw(st.integers(1, 4))
    told = data.draw(
        st.lists(st.tuples(st.integers(1, parts), st.none() | st.integers(1, 99)), max_size=12)
    )

    async def work() -> None:
        path = tmp_path_factory.mktemp("ledger") / "papers.db"
        async with await Database.open(path) as database:
            schedule = await schedules.add(database, NEW, at=NOW)
            wanted = [PlannedPart(n, f"hash {n}", f"nonce {n}") for n in range(1, parts + 1)]
            made = await planned(database, schedule, parts=wanted)
            first: dict[int, int | None] = {}
            for part, message in told:
                await sent(database, made, part, message)
                first.setdefault(part, message)
                now = await deliveries.get(database, made.id)
                assert now is not None
                assert {p.part: p.message_id for p in now.parts if p.sent_at} == first
                is_whole = len(first) == parts
                assert (now.completed_at is not None) == is_whole
                assert (await deliveries.open_ones(database) == ()) == is_whole
                assert len(await history.of_guild(database, 1, limit=9)) == is_whole

    asyncio.run(work())
