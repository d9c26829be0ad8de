"""What is written into a log channel: once, in one message, and who is told if it can't be."""

from datetime import time, timedelta

import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture, eventually

from bot.sandbox import Channel, Guild, Message, Permission
from storage import guild_log, guilds, jobs
from storage.guilds import GuildDefaults
from storage.records import LogKind, NewLogEntry, Outcome, Reason

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LATER = MORNING + 11 * SECOND


def direct_messages(posting: PostingFixture) -> list[Message]:
    return posting.sandbox.dm(posting.sandbox.world.owner).messages


def forbid(posting: PostingFixture, channel: Channel) -> None:
    posting.guild.set_overwrite(channel, posting.guild.everyone, deny=Permission.SEND_MESSAGES)


def allow(posting: PostingFixture, channel: Channel) -> None:
    posting.guild.set_overwrite(channel, posting.guild.everyone)


async def add_log(posting: PostingFixture, guild: Guild) -> Channel:
    """Add a log channel to a server."""
    channel = guild.add_channel("log")
    await guild_log.set_channel(posting.database, guild.id, channel.id)
    return channel


@pytest.fixture
async def log(posting: PostingFixture) -> Channel:
    """The log channel of the server."""
    await posting.store()
    return await add_log(posting, posting.guild)


async def wait_for_direct_messages(posting: PostingFixture, count: int) -> None:
    """Wait until the owner has got so many direct messages."""
    await eventually(lambda: len(direct_messages(posting)) == count)


async def is_over(posting: PostingFixture) -> bool:
    return not await guild_log.waiting(posting.database, posting.guild.id)


async def test_schedules_that_pause_and_resume_together_are_named_in_one_message(
    posting: PostingFixture, log: Channel
) -> None:
    channels = [posting.channel(f"c{number}") for number in range(12)]
    for channel in channels:
        await posting.schedule(channel)
        forbid(posting, channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert log.messages == []
        await posting.wait_for(LATER)
        (paused,) = log.messages
        assert paused.content.startswith(
            f"⏸ 12 schedules are paused: {channels[0].mention} (8:00\u202fAM)"
        )
        assert "and 2 more. I lack a permission there. I resume automatically" in paused.content
        for channel in channels:
            allow(posting, channel)
        await eventually(lambda: all(each.messages for each in channels))
        await posting.wait_for(MORNING + MINUTE)
        assert [each.content[:29] for each in log.messages[1:]] == ["▶️ 12 schedules are resumed: "]
        await posting.wait_for(MORNING + HOUR)
    async with posting.running():
        await posting.wait_for(MORNING + 2 * HOUR)
    assert len(log.messages) == 2
    assert direct_messages(posting) == []


async def test_a_refusal_that_no_check_detects_is_tried_less_and_less_often_and_told_once(
    posting: PostingFixture, log: Channel
) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    path = f"/channels/{channel.id}/messages"
    refused = posting.sandbox.faults.add("POST", path, status=400, code=20009, times=None)
    async with posting.running():
        await posting.wait_for(MORNING)
        tried = []
        for quarters in range(1, 4 * 12):
            hits = refused.hits
            await posting.wait_for(MORNING + quarters * 15 * MINUTE)
            if refused.hits > hits:
                tried.append(quarters / 4)
        (paused,) = log.messages
        assert "Discord rejected the post" in paused.content
        refused.left = 0
        await posting.wait_for(MORNING + 14 * HOUR)
        await posting.until(schedule, Outcome.POSTED)
        await posting.wait_for(MORNING + 14 * HOUR + MINUTE)
    # A little more than 1, 2 and 4 hours after the pause before.
    assert tried == [1.25, 3.5, 7.75]
    assert [each.content for each in log.messages[1:]] == [
        f"▶️ Resumed: {channel.mention} (8:00\u202fAM)."
    ]
    assert direct_messages(posting) == []


async def test_a_refusal_is_told_again_after_a_person_has_resumed_the_schedule(
    posting: PostingFixture, log: Channel
) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    path = f"/channels/{channel.id}/messages"
    posting.sandbox.faults.add("POST", path, status=400, code=20009, times=None)
    async with posting.running() as app:
        await posting.wait_for(MORNING)
        await posting.wait_for(LATER)
        await posting.wait_for(MORNING + 4 * HOUR)
        await app.posting.resume(schedule.id, actor_id=posting.sandbox.world.owner.id)
        await posting.settle()
        await posting.wait_for(MORNING + 4 * HOUR + MINUTE)
    first, resumed = log.messages
    assert resumed.content.count("resumed a schedule") == 1
    assert first.content in resumed.content


async def test_what_persons_do_names_them_without_notifying_them(
    posting: PostingFixture, log: Channel
) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel, time=time(9))
    admin = posting.sandbox.world.owner
    async with posting.running() as app:
        await app.posting.pause(schedule.id, actor_id=admin.id)
        await app.posting.resume(schedule.id, actor_id=admin.id)
        await posting.wait_for(posting.clock.now() + MINUTE)
        name = f"{channel.mention} (9:00\u202fAM)"
        (message,) = log.messages
    assert message.content == (
        f"⏸ {admin.mention} paused a schedule: {name}.\n"
        f"▶️ {admin.mention} resumed a schedule: {name}."
    )
    assert message.pings == frozenset()


async def test_a_post_that_an_error_delays_and_one_that_is_refused_are_told_in_the_log(
    posting: PostingFixture, log: Channel
) -> None:
    broken, refused = posting.channel("broken"), posting.channel("refused")
    for channel in (broken, refused):
        await posting.schedule(channel, catch_up=1)
    posting.sandbox.faults.add("POST", f"/channels/{broken.id}/messages", garbled=True, times=None)
    posting.sandbox.faults.add(
        "POST", f"/channels/{refused.id}/messages", status=400, code=50035, times=None
    )
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + 61 * MINUTE)
        await posting.wait_for(MORNING + 62 * MINUTE)
        await eventually(lambda: len(log.messages) > 1)
    text = "\n".join(each.content for each in log.messages)
    assert text.count("delayed for an hour by an error in the bot") == 1
    assert text.count(f"Discord rejected a post: {refused.mention}") == 1
    assert direct_messages(posting) == []


async def test_korean_servers_are_told_in_korean(posting: PostingFixture, log: Channel) -> None:
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.database.transaction() as writer:
        await guilds.remember(writer, posting.guild.id, GuildDefaults(language="ko"))
    forbid(posting, channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(LATER)
    (message,) = log.messages
    assert message.content.startswith(
        f"⏸ 자동 게시를 일시 중지했습니다: {channel.mention}(오전 8:00). 권한이 없습니다."
    )


async def test_creators_are_told_directly_if_the_log_can_not_be_written(
    posting: PostingFixture,
) -> None:
    """One server after the other, each with a trouble of its own."""
    await posting.store()
    guilds = {
        trouble: posting.sandbox.add_guild(trouble)
        for trouble in ("forbidden", "deleted", "turned off", "refused")
    }
    logs = {trouble: await add_log(posting, guild) for trouble, guild in guilds.items()}
    async with posting.running() as app:
        for number, (trouble, guild) in enumerate(guilds.items()):
            log, due = logs[trouble], MORNING + 4 * number * HOUR
            posting.guild = guild
            channels = [posting.channel(f"c{number}") for number in range(2)]
            for channel in channels:
                await posting.schedule(channel, time=due.time())
                forbid(posting, channel)
            other = await posting.schedule(posting.channel("other"), time=due.time())
            before = len(direct_messages(posting))
            await posting.wait_for(due)
            await app.posting.pause(other.id, actor_id=1)
            if trouble == "forbidden":
                forbid(posting, log)
            elif trouble == "deleted":
                guild.remove_channel(log)
            elif trouble == "turned off":
                await guild_log.set_channel(posting.database, guild.id, None)
            else:
                path = f"/channels/{log.id}/messages"
                posting.sandbox.faults.add("POST", path, status=403, code=50013)
            await posting.wait_for(due + 11 * SECOND)
            await wait_for_direct_messages(posting, before + len(channels))
            assert await is_over(posting), trouble
            allow(posting, log)
            await posting.wait_for(due + 3 * HOUR)
            assert log.messages == [], trouble
            contents = [each.content for each in direct_messages(posting)]
            assert len(contents) == before + len(channels), trouble
            for channel in channels:
                assert sum(channel.mention in text for text in contents) == 1, trouble


@pytest.mark.parametrize("minutes", [1, 30])
@pytest.mark.parametrize("is_sent", [True, False])
async def test_after_a_stop_in_between_a_message_is_in_the_log_once(
    posting: PostingFixture, log: Channel, *, is_sent: bool, minutes: int
) -> None:
    channel = posting.channel()
    await posting.schedule(channel)
    forbid(posting, channel)
    path = f"/channels/{log.id}/messages"
    fault = posting.sandbox.faults.add("POST", path, broken=True, after=is_sent, times=None)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(LATER)
        await eventually(lambda: fault.hits > 0)
    assert len(log.messages) == is_sent
    fault.left = 0
    posting.clock.move_to(LATER + minutes * MINUTE)
    async with posting.running():
        await posting.wait_for(LATER + (minutes + 1) * MINUTE)
        await eventually(lambda: bool(log.messages))

        async def done() -> bool:
            return await is_over(posting)

        await eventually(done)
    assert len(log.messages) == 1
    assert direct_messages(posting) == []


async def test_without_the_history_a_message_that_may_be_there_is_not_sent_again(
    posting: PostingFixture, log: Channel
) -> None:
    channel = posting.channel()
    await posting.schedule(channel)
    forbid(posting, channel)
    posting.guild.set_overwrite(log, posting.guild.everyone, deny=Permission.READ_MESSAGE_HISTORY)
    path = f"/channels/{log.id}/messages"
    fault = posting.sandbox.faults.add("POST", path, broken=True, after=True, times=None)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(LATER)
        await eventually(lambda: fault.hits > 0)
    fault.left = 0
    posting.clock.move_to(LATER + HOUR)
    async with posting.running():
        await posting.wait_for(LATER + HOUR + MINUTE)
        assert await is_over(posting)
    assert len(log.messages) == 1


async def test_an_update_is_told_once_and_not_at_the_first_start(
    posting: PostingFixture, log: Channel
) -> None:
    quiet = posting.sandbox.add_guild("Without a log")
    general = quiet.add_channel("general")
    for version in ("1.0", "1.0", "1.1", "1.1"):
        async with posting.running(version=version):
            await posting.wait_for(posting.clock.now() + MINUTE)
    assert [each.content for each in log.messages] == ["I was updated from version 1.0 to 1.1."]
    assert not [each for each in general.messages if "updated" in each.content]


async def test_missing_papers_are_told_once_until_papers_have_come_again(
    posting: PostingFixture, log: Channel
) -> None:
    async with posting.running() as app:
        await posting.wait_for(MORNING + timedelta(days=3))  # Tuesday; Monday's can still come
        await app.posting.check()
        await posting.wait_for(MORNING + timedelta(days=5))
        await app.posting.check()
        await app.posting.check()
        await posting.wait_for(posting.clock.now() + MINUTE)
    async with posting.running() as app:
        await app.posting.check()
        await posting.wait_for(posting.clock.now() + timedelta(days=1))
        await app.posting.check()
        await posting.wait_for(posting.clock.now() + MINUTE)
        (message,) = log.messages
        assert message.content == "⚠ No new papers since Monday, February 24, 2025."
        await posting.store(FRIDAY + timedelta(days=7))
        await posting.wait_for(MORNING + timedelta(days=12))
        await app.posting.check()
        await posting.wait_for(posting.clock.now() + MINUTE)
    assert [each.content for each in log.messages[1:]] == [
        "⚠ No new papers since Monday, March 3, 2025."
    ]


async def test_an_outage_of_one_server_keeps_no_other_one_from_being_told(
    posting: PostingFixture, log: Channel
) -> None:
    other_log = await add_log(posting, posting.sandbox.add_guild("Other"))
    async with posting.running():
        await announce_in_outage(posting, other_log)
        assert log.messages == []
        posting.guild.set_available(True)
        await posting.sandbox.world.owner.slash("help", other_log)
        await posting.wait_for(posting.clock.now() + 6 * MINUTE)
        assert len(log.messages) == 1


async def test_after_a_start_in_an_outage_of_one_server_others_are_told_at_once(
    posting: PostingFixture, log: Channel
) -> None:
    other_log = await add_log(posting, posting.sandbox.add_guild("Other"))
    async with posting.running():
        await announce_in_outage(posting, other_log)
    async with posting.running():
        await announce(posting)
        await posting.wait_for(posting.clock.now() + MINUTE)
        assert len(other_log.messages) == 2
        assert log.messages == []


async def announce_in_outage(posting: PostingFixture, other_log: Channel) -> None:
    """Let the first server be unavailable, announce an update, and check that the other gets it."""
    posting.guild.set_available(False)
    await posting.sandbox.world.owner.slash("help", other_log)
    await announce(posting)
    await posting.wait_for(posting.clock.now() + MINUTE)
    assert len(other_log.messages) == 1


async def announce(posting: PostingFixture) -> None:
    """Announce an update of the bot in the log channels of both servers."""
    entry = NewLogEntry(
        kind=LogKind.UPDATED, at=posting.clock.now(), facts={"old": "1", "new": "2"}
    )
    async with posting.database.transaction() as writer:
        assert await guild_log.add_everywhere(writer, entry) == 2


async def enter(posting: PostingFixture) -> None:
    """Write an entry for the log, as it is done when a schedule is paused."""
    schedule = await posting.schedule(posting.channel())
    entry = NewLogEntry(
        kind=LogKind.PAUSED,
        at=posting.clock.now(),
        schedule_id=schedule.id,
        reason=Reason.REFUSED,
        for_creator=True,
    )
    async with posting.database.transaction() as writer:
        assert await guild_log.add(writer, posting.guild.id, entry)


async def test_what_can_not_be_written_for_a_day_is_given_up(
    posting: PostingFixture, log: Channel
) -> None:
    await enter(posting)
    posting.sandbox.faults.add("POST", f"/channels/{log.id}/messages", status=503, times=None)
    async with posting.running():
        for hours in range(0, 28, 3):
            await posting.wait_for(posting.clock.now() + hours * HOUR)
        assert await is_over(posting)
    assert direct_messages(posting) == []


@pytest.mark.slow  # until the bot knows that it is in no server
async def test_nobody_is_told_of_a_server_that_has_removed_the_bot(
    posting: PostingFixture, log: Channel
) -> None:
    async with posting.running() as app:
        await enter(posting)
        posting.guild.remove_bot()
        await app.client.wait_until_ready()
        await posting.wait_for(posting.clock.now() + MINUTE)
        assert await is_over(posting)
        assert not await jobs.of_kind(posting.database, guild_log.JOB)
    assert log.messages == direct_messages(posting) == []
