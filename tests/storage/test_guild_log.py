"""Entries for log channels, and the jobs that send them."""

from datetime import timedelta

from storage_samples import NOW, add_schedule

from storage import guild_log, guilds, jobs
from storage.database import Database
from storage.records import Job, LogKind, NewLogEntry

SECOND = timedelta(seconds=1)


def entry(**fields: object) -> NewLogEntry:
    given: dict[str, object] = {"kind": LogKind.RESUMED, "at": NOW}
    return NewLogEntry(**(given | fields))  # type: ignore[arg-type]  # a test's


async def job_of(database: Database, guild_id: int) -> Job | None:
    return await jobs.get(database, f"{guild_log.KEY}{guild_id}")


async def test_an_entry_is_written_with_one_job_only_where_there_is_a_log_channel(
    database: Database,
) -> None:
    schedule = await add_schedule(database)
    async with database.transaction() as writer:
        assert not await guild_log.add(writer, 1, entry(schedule_id=schedule.id))
    await guild_log.set_channel(database, 1, 9)
    async with database.transaction() as writer:
        assert await guild_log.add(writer, 1, entry(schedule_id=schedule.id, actor_id=7))
        assert await guild_log.add(writer, 1, entry(at=NOW + 5 * SECOND, facts={"x": "é"}))
    first, second = await guild_log.waiting(database, 1)
    assert (first.schedule_id, first.actor_id, first.nonce) == (schedule.id, 7, None)
    assert second.facts == {"x": "é"}
    job = await job_of(database, 1)
    assert job is not None
    assert job.run_at == NOW + 10 * SECOND


async def test_an_entry_that_comes_while_the_job_runs_is_gathered_for_another_run(
    database: Database,
) -> None:
    await guild_log.set_channel(database, 1, 9)
    async with database.transaction() as writer:
        await guild_log.add(writer, 1, entry())
    running = await job_of(database, 1)
    assert running is not None
    async with database.transaction() as writer:
        await guild_log.add(writer, 1, entry(at=NOW + 11 * SECOND))
    async with database.transaction() as writer:
        again = await jobs.end(writer, running)
    assert again is not None
    assert again.run_at == NOW + 21 * SECOND


async def test_all_servers_with_a_log_that_the_bot_is_in_are_told_one_after_another(
    database: Database,
) -> None:
    for guild_id in (1, 2, 3):
        await guild_log.set_channel(database, guild_id, 9)
    await guilds.set_left(database, 2, at=NOW)
    async with database.transaction() as writer:
        assert await guild_log.add_everywhere(writer, entry(kind=LogKind.UPDATED)) == 2
    found = [await job_of(database, guild_id) for guild_id in (1, 2, 3)]
    assert found[1] is None
    times = [job.run_at for job in found if job is not None]
    assert times[0] < times[1] < times[0] + SECOND


async def test_entries_go_with_their_schedule_and_with_their_server(database: Database) -> None:
    schedule = await add_schedule(database)
    await guild_log.set_channel(database, 1, 9)
    async with database.transaction() as writer:
        await guild_log.add(writer, 1, entry(schedule_id=schedule.id))
        await guild_log.add(writer, 1, entry(kind=LogKind.UPDATED))
        await writer.execute("DELETE FROM schedules")
    (left,) = await guild_log.waiting(database, 1)
    assert left.kind is LogKind.UPDATED
    async with database.transaction() as writer:
        await guild_log.forget_guild(writer, 1)
    assert await guild_log.waiting(database, 1) == ()
    assert await job_of(database, 1) is None
