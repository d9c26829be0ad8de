"""Forum posts have no nonce, so the bot searches for them before it sends them again."""

from datetime import timedelta

import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture, papers_in

from bot.posting.job_factory import JobKind
from bot.sandbox import Channel, ChannelType, Permission
from storage import deliveries, jobs
from storage.records import Outcome, PartState, Schedule

THREADS = "POST", "/channels/*/threads"


async def test_forum_posts_are_searched_only_after_discord_had_time_to_create_them(
    posting: PostingFixture,
) -> None:
    await posting.store()
    forum = posting.channel("forum", type=ChannelType.FORUM)
    await posting.schedule(forum)
    fault = posting.sandbox.faults.add(*THREADS, status=503)
    async with posting.running(settling=600.0):
        for minute in range(4):  # it is tried again after each step of the clock
            await posting.wait_for(MORNING + timedelta(minutes=minute))
        (job,) = await jobs.of_kind(posting.database, JobKind.DELIVERY)
        assert (fault.hits, job.attempts) == (1, 4)
        looks = [r for r in posting.sandbox.requests if r.path.endswith("/threads/active")]
        assert looks == []
        (delivery,) = await deliveries.open_ones(posting.database)
        assert delivery.parts[0].state is PartState.PLANNED


async def test_an_archived_forum_post_is_found(posting: PostingFixture) -> None:
    await posting.store()
    forum = posting.channel("forum", type=ChannelType.FORUM)
    schedule = await posting.schedule(forum, count=12)
    posting.sandbox.faults.add(*THREADS, status=503, after=True)
    async with posting.running():
        with posting.sandbox.subscribe() as events:
            await posting.move_to(MORNING)
            thread = (await events.next("THREAD_CREATE")).subject
        assert isinstance(thread, Channel)
        assert thread.thread is not None
        thread.thread.archived = True
        await posting.until(schedule, Outcome.POSTED)
    (thread,) = posting.guild.threads.values()
    assert papers_in(thread.messages) == [f"2502.21{rank:03}" for rank in range(1, 13)]


async def two_in_an_unreadable_forum(posting: PostingFixture) -> list[Schedule]:
    """Add two schedules whose posts have the same name, by which alone they can be found."""
    await posting.store()
    forum = posting.channel("forum", type=ChannelType.FORUM)
    posting.guild.set_overwrite(forum, posting.guild.everyone, deny=Permission.READ_MESSAGE_HISTORY)
    return [await posting.schedule(forum), await posting.schedule(forum, count=3)]


async def test_an_ambiguous_forum_post_is_not_sent_again(
    posting: PostingFixture,
) -> None:
    schedules = await two_in_an_unreadable_forum(posting)
    begun = posting.guild.threads

    def has_begun_again(_: object) -> bool:
        if len(begun) != 1:
            return False
        # Somebody has made the bot post the same in another way.
        (thread,) = begun.values()
        assert thread.parent is not None
        posting.guild.add_thread(thread.parent, thread.name, posting.sandbox.world.bot)
        return True

    posting.sandbox.faults.add(*THREADS, status=503, after=True, when=has_begun_again)
    async with posting.running():
        await posting.move_to(MORNING)
        for schedule in schedules:
            await posting.until(schedule, Outcome.POSTED)  # it counts as sent
        await posting.wait_for(MORNING + timedelta(hours=2))
    rows = await posting.database.read("SELECT state, reason FROM parts ORDER BY delivery_id")
    assert [tuple(row) for row in rows] == [("sent", None), ("skipped", "unknown")]


@pytest.mark.parametrize("was_sent", [True, False])
async def test_a_forum_post_of_another_schedule_is_not_taken_for_a_schedules_own(
    posting: PostingFixture, *, was_sent: bool
) -> None:
    schedules = await two_in_an_unreadable_forum(posting)
    begun = posting.guild.threads
    posting.sandbox.faults.add(*THREADS, status=503, after=was_sent, when=lambda _: len(begun) == 1)
    async with posting.running():
        await posting.move_to(MORNING)
        for schedule in schedules:
            await posting.until(schedule, Outcome.POSTED)
        await posting.wait_for(MORNING + timedelta(hours=2))
    rows = await posting.database.read("SELECT state, message_id FROM parts ORDER BY delivery_id")
    assert [tuple(row) for row in rows] == [("sent", thread_id) for thread_id in sorted(begun)]
    assert [len(papers_in(thread.messages)) for thread in begun.values()] == [5, 3]


async def test_forum_posts_with_the_same_name_are_told_apart_by_their_marks(
    posting: PostingFixture,
) -> None:
    """Posts are named after their papers, so two schedules name theirs alike."""
    await posting.store()
    forum = posting.channel("forum", type=ChannelType.FORUM)
    first = await posting.schedule(forum)
    second = await posting.schedule(forum)
    begun = posting.guild.threads
    posting.sandbox.faults.add(*THREADS, status=503, after=True, when=lambda _: len(begun) == 1)
    async with posting.running():
        await posting.move_to(MORNING)
        for schedule in (first, second):
            await posting.until(schedule, Outcome.POSTED)
        await posting.wait_for(MORNING + timedelta(hours=2))
    names = [thread.name for thread in begun.values()]
    assert names == [f"Feb 21 · Paper 1 of {FRIDAY}"] * 2
    rows = await posting.database.read("SELECT state, message_id FROM parts ORDER BY delivery_id")
    assert [tuple(row) for row in rows] == [("sent", thread_id) for thread_id in sorted(begun)]


async def test_the_channel_is_searched_before_every_attempt_after_the_first(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, count=12)
    posting.sandbox.faults.add("POST", "/channels/*/messages", status=503)
    async with posting.running():
        await posting.move_to(MORNING)
        await posting.until(schedule, Outcome.POSTED)
    requests = [r.method for r in posting.sandbox.requests if r.route.endswith("/messages")]
    assert requests == ["POST", "GET", "POST", "POST", "POST"]
    rows = await posting.database.read("SELECT reconciled_at FROM parts")
    assert all(row["reconciled_at"] is not None for row in rows)
