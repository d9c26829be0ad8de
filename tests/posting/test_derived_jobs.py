"""Each schedule has one job, for its next occurrence; equal posts share stored messages."""

import json
from datetime import timedelta

import pytest
from posting_fixture import MORNING, PostingFixture, papers_in

from bot.posting import job_factory
from bot.posting.job_factory import JobKind
from bot.posting.recurrence import next_run
from storage import jobs
from storage.records import Job, Outcome, Schedule

DAY = timedelta(days=1)


async def job_of(posting: PostingFixture, schedule: Schedule) -> Job | None:
    return await jobs.get(posting.database, f"occurrence:{schedule.id}")


async def remove(posting: PostingFixture, key: str) -> None:
    async with posting.database.transaction() as writer:
        await jobs.remove(writer, key)


async def test_adding_a_schedule_writes_the_job_of_its_next_occurrence(
    posting: PostingFixture,
) -> None:
    schedule = await posting.schedule(posting.channel())
    job = await job_of(posting, schedule)
    assert job is not None
    assert job.run_at == MORNING
    async with posting.running():
        await posting.edit(schedule, time=MORNING.time().replace(hour=9))
        job = await job_of(posting, schedule)
    assert job is not None
    assert job.run_at == MORNING + timedelta(hours=1)


async def test_running_an_occurrence_writes_the_job_of_the_next_one(
    posting: PostingFixture,
) -> None:
    await posting.store()
    schedule = await posting.schedule(posting.channel())
    async with posting.running():
        await posting.wait_for(MORNING)
        job = await job_of(posting, schedule)
    assert job is not None
    assert job.run_at == MORNING + DAY


async def test_a_missing_job_is_written_at_start_and_the_occurrence_is_posted(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    await remove(posting, f"occurrence:{schedule.id}")
    posting.clock.move_to(MORNING + timedelta(hours=1))
    async with posting.running():
        await posting.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == 1


async def test_a_wrong_job_is_repaired_by_the_hourly_check_with_an_error_in_the_log(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    schedule = await posting.schedule(posting.channel())
    other = await posting.schedule(posting.channel("other"))
    async with posting.running() as app:
        for damage in ("missing", "late"):
            if damage == "missing":
                await remove(posting, f"occurrence:{schedule.id}")
            else:
                wrong = job_factory.occurrence_at(schedule, MORNING + 9 * DAY)
                await jobs.enqueue(posting.database, [wrong])
            await app.posting.check()
            job = await job_of(posting, schedule)
            assert job is not None, damage
            assert job.run_at == MORNING, damage
            (error,) = [each for each in caplog.records if each.levelname == "ERROR"]
            assert f"occurrence:{schedule.id}" in error.getMessage()
            assert f"occurrence:{other.id}" not in error.getMessage()
            caplog.clear()
            await app.posting.check()
            assert not [each for each in caplog.records if each.levelname == "ERROR"], damage


async def test_job_times_are_corrected_after_a_clock_step(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    schedule = await posting.schedule(posting.channel())
    async with posting.running():
        for hours in (-40, 100, -200):
            await posting.wait_for(MORNING + timedelta(hours=hours))
            job = await job_of(posting, schedule)
            assert job is not None
            if job.not_before is None:
                assert job.run_at == next_run(schedule, posting.clock.now())
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


async def test_equal_posts_of_many_channels_share_their_stored_messages(
    posting: PostingFixture,
) -> None:
    await posting.store()
    for number in range(12):
        await posting.schedule(posting.channel(f"c{number}"), count=12)
    await posting.schedule(posting.channel("other"), count=2)
    async with posting.running():
        await posting.wait_for(MORNING)
    ((stored,),) = await posting.database.read("SELECT count(*) FROM messages")
    ((parts,),) = await posting.database.read("SELECT count(*) FROM parts WHERE state = 'sent'")
    assert (stored, parts) == (3 + 1, 12 * 3 + 1)


async def test_marks_and_nonces_are_random_for_each_part(posting: PostingFixture) -> None:
    await posting.store()
    channels = [posting.channel(f"c{number}") for number in range(5)]
    for channel in channels:
        await posting.schedule(channel, count=12)
    async with posting.running():
        await posting.wait_for(MORNING)
    rows = await posting.database.read("SELECT mark, nonce FROM parts")
    assert len({row["mark"] for row in rows}) == len({row["nonce"] for row in rows}) == 15
    messages = [message for channel in channels for message in channel.messages]
    assert {message.nonce for message in messages} == {row["nonce"] for row in rows}
    # A mark is in the custom_id of its message, and in no other.
    shown = [json.dumps(message.components) for message in messages]
    assert all(sum(row["mark"] in each for each in shown) == 1 for row in rows)


async def test_messages_are_deleted_two_days_after_their_post(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)

    async def stored() -> int:
        ((count,),) = await posting.database.read("SELECT count(*) FROM messages")
        return int(count)

    async with posting.running():
        await posting.wait_for(MORNING)
        assert await stored() == 1
        await posting.wait_for(MORNING + DAY)
        assert await stored() == 1
        await posting.wait_for(MORNING + 4 * DAY)
        await posting.wait_for(MORNING + 5 * DAY)
        assert await stored() == 0


async def test_messages_of_an_open_delivery_are_kept(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, count=12, catch_up=168)
    async with posting.running():
        await posting.cut_off(channel, recorded=1)
    posting.clock.move_to(MORNING + 6 * DAY)
    posting.sandbox.faults.add("POST", "/channels/*/messages", status=503, times=3)
    async with posting.running():
        await posting.until(schedule, Outcome.POSTED)
        assert await jobs.of_kind(posting.database, JobKind.CLEAN)
    assert papers_in(channel.messages) == [f"2502.21{rank:03}" for rank in range(1, 13)]
