"""Servers that removed the bot are forgotten later; a post that is being sent stops nothing."""

import asyncio
from datetime import datetime, timedelta

import pytest
from personal_samples import places_of
from posting_fixture import EVENING, FRIDAY, MORNING, PostingFixture, eventually
from storage_samples import job

from bot.jobs.outcomes import Skipped, Wait
from bot.keeping.forgetting import BotHooks, Forgetting
from bot.keeping.settings import KeepingSettings
from bot.sandbox import Channel
from storage import guild_data, guilds, jobs, schedules
from storage.records import Reason, Schedule

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def thirty_days(posting: PostingFixture) -> None:
    posting.keeping = KeepingSettings(left_server_days=30)


async def columns_with(posting: PostingFixture, *wanted: int) -> set[str]:
    async with posting.database.transaction() as writer:
        return await writer.run(places_of, *wanted)


async def left_at(posting: PostingFixture, guild_id: int | None = None) -> datetime | None:
    rows = await posting.database.read(
        "SELECT left_at FROM guilds WHERE id = ?", (guild_id or posting.guild.id,)
    )
    found = rows[0][0] if rows else None
    return found and datetime.fromisoformat(found)


async def post_once(posting: PostingFixture) -> tuple[Channel, Schedule]:
    """Post in a channel on Saturday morning, with a bot that runs."""
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    await posting.store()
    await posting.wait_for(MORNING + MINUTE)
    assert len(channel.all_messages) == 1
    return channel, schedule


async def until_ready(posting: PostingFixture) -> None:
    """Wait until the bot knows in which servers it is."""
    await eventually(posting.app.client.is_ready)
    await until_handled(posting)


async def until_handled(posting: PostingFixture) -> None:
    """Wait until the bot has handled the events so far: those of servers keep their order."""
    probe = posting.sandbox.add_guild("Probe", with_bot=False)
    probe.add_bot()

    async def is_known() -> bool:
        return bool(await posting.database.read("SELECT 1 FROM guilds WHERE id = ?", (probe.id,)))

    await eventually(is_known)


async def daily_job(posting: PostingFixture) -> None:
    """Let the day's job run, whenever it is due."""
    (found,) = await jobs.of_kind(posting.database, "remove_left")
    await posting.wait_for(max(found.run_at, posting.clock.now()) + MINUTE)


async def test_a_server_is_forgotten_30_days_after_it_removed_the_bot(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with posting.running():
        channel, schedule = await post_once(posting)
        await until_ready(posting)
        posting.guild.remove_bot()
        removed_at = posting.clock.now()
        await eventually(lambda: left_known(posting))
        await posting.wait_for(removed_at + 29 * DAY)
        assert (await posting.get(schedule)).paused_reason is Reason.LEFT
        await posting.wait_for(removed_at + 30 * DAY + MINUTE)
        await daily_job(posting)
        await daily_job(posting)
    assert not await columns_with(posting, posting.guild.id, channel.id, schedule.created_by or 0)
    assert "deleted the data of 1 server that removed the bot more than 30 days ago" in caplog.text


async def left_known(posting: PostingFixture) -> bool:
    return await left_at(posting) is not None


async def test_a_server_that_adds_the_bot_again_loses_nothing(posting: PostingFixture) -> None:
    async with posting.running():
        channel, schedule = await post_once(posting)
        await until_ready(posting)
        posting.guild.remove_bot()
        removed_at = posting.clock.now()
        await eventually(lambda: left_known(posting))
        await posting.move_to(removed_at + 29 * DAY)
        posting.guild.add_bot()

        async def is_resumed() -> bool:
            await posting.settle()
            return (await posting.get(schedule)).paused_at is None

        await eventually(is_resumed)
        assert await left_at(posting) is None
        await daily_job(posting)
        await posting.wait_for(removed_at + 60 * DAY)
        await daily_job(posting)
        assert (await posting.get(schedule)).settings.channel_id == channel.id


async def test_what_happened_while_the_bot_was_offline_is_noticed_at_its_start(
    posting: PostingFixture,
) -> None:
    returned = posting.sandbox.add_guild("Returned")
    unavailable = posting.sandbox.add_guild("Unavailable")
    for guild_id, at in ((returned.id, EVENING), (unavailable.id, None), (5, EVENING)):
        await guilds.set_left(posting.database, guild_id, at=at)
    schedule = await posting.schedule(posting.channel())
    posting.guild.remove_bot()
    unavailable.set_available(False)
    async with posting.running():

        async def is_paused() -> bool:
            return (await posting.get(schedule)).paused_reason is Reason.LEFT

        await eventually(is_paused)
        removed_at = await left_at(posting)
        assert removed_at is not None
        assert EVENING <= removed_at <= posting.clock.now()
        await eventually(lambda: returned_known(posting, returned.id))
        assert await left_at(posting, unavailable.id) is None
        assert await left_at(posting, 5) == EVENING
    await posting.move_to(MORNING)
    async with posting.running():
        await until_handled(posting)
        assert await left_at(posting) == removed_at, "it doesn't begin anew at each start"


async def returned_known(posting: PostingFixture, guild_id: int) -> bool:
    return await left_at(posting, guild_id) is None


async def test_an_outage_of_a_server_is_no_removal(posting: PostingFixture) -> None:
    async with posting.running():
        _, schedule = await post_once(posting)
        await until_ready(posting)
        posting.guild.set_available(False)
        await until_ready(posting)
        await posting.wait_for(MORNING + 40 * DAY)
        await daily_job(posting)
        assert await left_at(posting) is None
        assert (await posting.get(schedule)).paused_at is None
        posting.guild.set_available(True)


async def test_without_a_limit_servers_are_kept_and_a_bot_that_is_not_ready_waits(
    posting: PostingFixture,
) -> None:
    await guilds.set_left(posting.database, 5, at=EVENING - 90 * DAY)
    is_ready, is_in = False, False
    hooks = BotHooks(
        running=tuple,
        wake=lambda: None,
        forget_planned=lambda _: None,
        forget_counted=lambda _: None,
        is_ready=lambda: is_ready,
        is_in=lambda _: is_in,
    )

    def forgetting(days: int | None) -> Forgetting:
        return Forgetting(
            posting.database,
            left_server_days=days,
            now=posting.clock.now,
            hooks=hooks,
        )

    async def left() -> tuple[int, ...]:
        return await guild_data.left_before(posting.database, EVENING)

    never = forgetting(None)
    await never.start()
    assert not await jobs.of_kind(posting.database, "remove_left")
    assert isinstance(await never.remove_left(job()), Skipped)
    later = forgetting(30)
    await later.remove_left(job())
    assert await left() == (5,), "it isn't known yet in which servers the bot is"
    is_ready, is_in = True, True
    await later.remove_left(job())
    assert await left() == (5,), "the bot is in it, whatever was stored"
    is_in = False
    await later.remove_left(job())
    assert await left() == ()


async def test_the_files_are_cleared_as_soon_as_nobody_reads_them(posting: PostingFixture) -> None:
    hooks = BotHooks(
        running=tuple,
        wake=lambda: None,
        forget_planned=lambda _: None,
        forget_counted=lambda _: None,
        is_ready=lambda: True,
        is_in=lambda _: True,
    )
    forgetting = Forgetting(
        posting.database, left_server_days=None, now=posting.clock.now, hooks=hooks
    )
    async with posting.other_database() as other:
        async with other.transaction():
            pass
        reader = other.readers[0]
        await reader.execute("BEGIN")
        await reader.execute_fetchall("SELECT count(*) FROM jobs")
        await forgetting.forget_person(1)
        (stored,) = await jobs.of_kind(posting.database, "erase")
        assert isinstance(await forgetting.erase(stored), Wait)
        await reader.execute("ROLLBACK")
        assert not isinstance(await forgetting.erase(stored), Wait)


async def test_a_post_that_is_being_sent_is_sent_once_and_forgotten_afterwards(
    posting: PostingFixture,
) -> None:
    async with posting.running():
        channel = posting.channel()
        schedule = await posting.schedule(channel)
        quiet = await posting.schedule(
            posting.channel("quiet"), time=MORNING.time().replace(hour=9)
        )
        await posting.store()
        is_forgotten = asyncio.Event()
        slow_answer = posting.sandbox.faults.add("POST", "/channels/*/messages", until=is_forgotten)
        await posting.move_to(MORNING)
        await eventually(lambda: slow_answer.hits == 1)
        forgetting = posting.app.services.forgetting
        assert not await forgetting.forget_server(posting.guild.id, ())
        assert not await schedules.of_guild(posting.database, posting.guild.id)
        assert await columns_with(posting, quiet.settings.channel_id) == set()
        # A schedule that is made meanwhile belongs to the server's new life.
        new = await posting.schedule(posting.channel("new"))
        is_forgotten.set()

        async def is_over() -> bool:
            posting.app.posting.runner.wake()
            await posting.move_to(posting.clock.now() + timedelta(seconds=3))
            return not await posting.database.read(
                "SELECT 1 FROM schedules WHERE id = ?", (schedule.id,)
            )

        await eventually(is_over)
        await posting.settle()
        assert len(channel.all_messages) == 1
        assert not await columns_with(posting, channel.id)
        assert [
            each.id for each in await schedules.of_guild(posting.database, posting.guild.id)
        ] == [new.id]
        await posting.store(FRIDAY + DAY)
        await posting.wait_for(MORNING + DAY + MINUTE)
        assert await columns_with(posting, new.settings.channel_id)
        assert len(channel.all_messages) == 1


async def test_two_people_who_forget_at_once_and_a_server_meanwhile(
    posting: PostingFixture,
) -> None:
    async with posting.running():
        _, schedule = await post_once(posting)
        forgetting = posting.app.services.forgetting
        assert schedule.created_by is not None
        await asyncio.gather(
            forgetting.forget_person(schedule.created_by),
            forgetting.forget_person(7),
            forgetting.forget_server(posting.guild.id, ()),
            forgetting.forget_server(posting.guild.id, ()),
        )
        await posting.settle()
        assert not await columns_with(posting, schedule.created_by, schedule.settings.channel_id)
        assert not await jobs.of_kind(posting.database, "erase")


async def test_a_schedule_without_its_creator_is_told_about_in_the_server(
    posting: PostingFixture,
) -> None:
    system = posting.channel("system")
    posting.guild.system_channel_id = system.id
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    await posting.store()
    async with posting.running():
        assert schedule.created_by is not None
        await posting.app.services.forgetting.forget_person(schedule.created_by)
        posting.guild.set_overwrite(channel, posting.sandbox.world.bot, deny=2048)
        await posting.wait_for(MORNING + MINUTE)
        await eventually(lambda: bool(system.messages))
    assert f"<#{channel.id}>" in system.messages[0].content
    assert not posting.sandbox.dm(posting.sandbox.world.owner).messages
