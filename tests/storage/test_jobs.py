from dataclasses import replace
from datetime import timedelta, timezone

from storage_samples import NOW, add_schedule, digest, job, message, paper, plan

from storage import deliveries, digests, jobs
from storage.database import Database
from storage.records import Job, Reason

MINUTE = timedelta(minutes=1)
LATER = NOW + MINUTE


async def put(database: Database, *new: Job) -> None:
    async with database.transaction() as writer:
        await jobs.put(writer, *new)


async def stored(database: Database, key: str) -> Job:
    found = await jobs.get(database, key)
    assert found is not None
    return found


async def due(database: Database, **options: object) -> list[str]:
    given = {"now": NOW} | options
    return [each.key for each in await jobs.due(database, **given)]  # type: ignore[arg-type]  # a test's


async def test_every_field_of_a_job_is_stored(database: Database) -> None:
    schedule = await add_schedule(database)
    full = job(
        "full",
        schedule_id=schedule.id,
        payload='{"a": "나"}',
        not_before=LATER,
        expires_at=LATER + MINUTE,
        attempts=3,
        reason=Reason.RATE_LIMITED,
    )
    await put(database, full, job("plain"))
    assert await jobs.get(database, "full") == full
    assert await jobs.get(database, "plain") == job("plain")
    assert await jobs.get(database, "unknown") is None


async def test_a_job_replaces_the_one_with_its_key_and_forgets_its_attempts(
    database: Database,
) -> None:
    await put(database, job(attempts=4, not_before=LATER, reason=Reason.INTERNAL))
    await put(database, job(lane="other"))
    assert await jobs.of_kind(database, "test") == (job(lane="other"),)


async def test_times_of_any_zone_are_stored_as_utc(database: Database) -> None:
    seoul = timezone(timedelta(hours=9))
    await put(database, job(run_at=NOW.astimezone(seoul)))
    assert await jobs.get(database, "test:1") == job()
    assert await due(database, now=NOW.astimezone(seoul)) == ["test:1"]


async def test_due_jobs_come_by_priority_then_time_then_key(database: Database) -> None:
    await put(
        database,
        job("c", priority=1, run_at=NOW - MINUTE),
        job("b", priority=1),
        job("a", priority=1),
        job("by hand", priority=0),
        job("refresh", priority=3, run_at=NOW - 2 * MINUTE),
        job("later", run_at=LATER),
    )
    assert await due(database) == ["by hand", "c", "a", "b", "refresh"]
    assert await due(database, limit=2) == ["by hand", "c"]


async def test_a_job_is_due_when_both_its_time_and_its_wait_are_over(database: Database) -> None:
    await put(
        database,
        job("waits", not_before=LATER),
        job("in future", run_at=LATER, not_before=NOW),
        job("over", not_before=NOW),
    )
    assert await due(database) == ["over"]
    assert await due(database, now=LATER) == ["over", "waits", "in future"]
    assert await due(database, now=LATER, since=NOW) == ["waits", "in future"]


async def test_a_postponed_job_keeps_its_place_in_its_lane(database: Database) -> None:
    await put(database, job("first", run_at=NOW - MINUTE), job("second"))
    first = await stored(database, "first")
    async with database.transaction() as writer:
        await jobs.postpone(
            writer, first, not_before=LATER, attempts=2, reason=Reason.DISCORD_UNAVAILABLE
        )
    assert await due(database) == ["second"]
    assert await due(database, now=LATER) == ["first", "second"]
    assert await jobs.get(database, "first") == job(
        "first",
        run_at=NOW - MINUTE,
        not_before=LATER,
        attempts=2,
        reason=Reason.DISCORD_UNAVAILABLE,
    )


async def test_only_jobs_that_discord_keeps_back_wait_for_it(database: Database) -> None:
    waiting = [job(each, not_before=LATER, reason=each) for each in Reason]
    await put(database, *waiting)
    found = await jobs.waiting_for_discord(database, now=NOW)
    assert {each.key for each in found} == {each for each in Reason if each.is_discord_error}


async def test_jobs_wait_for_discord_after_their_due_time_the_longest_wait_last(
    database: Database,
) -> None:
    waiting = job(not_before=LATER, reason=Reason.RATE_LIMITED)
    await put(
        database,
        replace(waiting, key="longer", not_before=LATER + MINUTE),
        waiting,
        replace(waiting, key="over", not_before=NOW),
        replace(waiting, key="future", run_at=LATER, not_before=None),
    )
    found = await jobs.waiting_for_discord(database, now=NOW)
    assert [each.key for each in found] == [waiting.key, "longer"]


async def test_a_woken_job_is_due_at_once_but_never_before_its_wait_is_over(
    database: Database,
) -> None:
    await put(
        database,
        job("free", run_at=LATER),
        job("waits", run_at=LATER, not_before=NOW + timedelta(seconds=30)),
        job("other", run_at=LATER),
    )
    assert await jobs.wake(database, ["free", "waits", "unknown"], at=NOW) == 2
    assert await due(database) == ["free"]
    assert await due(database, now=NOW + timedelta(seconds=30)) == ["free", "waits"]


async def test_waking_a_job_that_is_due_does_not_put_it_behind_others(database: Database) -> None:
    await put(database, job("b", run_at=NOW - MINUTE), job("a", run_at=NOW - MINUTE / 2))
    assert await jobs.wake(database, ["b"], at=NOW) == 0
    assert await due(database) == ["b", "a"]


async def test_a_removed_job_is_gone_and_an_unknown_one_is_no_error(database: Database) -> None:
    await jobs.enqueue(database, [job("a"), job("b")])
    async with database.transaction() as writer:
        await jobs.remove(writer, "a")
        await jobs.remove(writer, "unknown")
    assert await due(database) == ["b"]


async def test_jobs_go_with_their_schedule_and_their_delivery(database: Database) -> None:
    schedule = await add_schedule(database)
    async with database.transaction() as writer:
        delivery_id = await deliveries.plan(writer, schedule, plan(message()), at=NOW)
        await jobs.put(
            writer,
            job("of schedule", schedule_id=schedule.id),
            job("of delivery", delivery_id=delivery_id),
            job("of nothing"),
        )
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM deliveries")
    assert await due(database) == ["of nothing", "of schedule"]
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM schedules")
    assert await due(database) == ["of nothing"]


async def test_a_new_digest_wakes_the_jobs_that_wait_for_one_and_no_others(
    database: Database,
) -> None:
    await put(
        database,
        job("digest", not_before=LATER, reason=Reason.NO_DIGEST),
        job("discord", not_before=LATER, reason=Reason.RATE_LIMITED),
    )
    await digests.store(database, digest(paper()), read_at=NOW)
    assert await due(database) == ["digest"]


async def test_a_digest_that_brings_nothing_new_wakes_nothing(database: Database) -> None:
    await digests.store(database, digest(paper()), read_at=NOW)
    await put(database, job(not_before=LATER, reason=Reason.NO_DIGEST))
    await digests.store(database, digest(paper()), read_at=LATER)
    assert await due(database) == []


async def test_a_job_that_was_written_again_is_neither_ended_nor_postponed(
    database: Database,
) -> None:
    await put(database, job())
    before = await stored(database, "test:1")
    await put(database, job())
    async with database.transaction() as writer:
        again = await jobs.end(writer, before)
        assert again is not None
        postponed = await jobs.postpone(
            writer, before, not_before=LATER, attempts=1, reason=Reason.INTERNAL
        )
        assert postponed == again == job()
    assert await stored(database, "test:1") == job()
    async with database.transaction() as writer:
        assert await jobs.end(writer, again) is None
        assert await jobs.end(writer, again) is None
    assert await jobs.get(database, "test:1") is None
