"""While the database can't be written, commands answer with an error and posts wait."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import disks
import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture, eventually, locked

from bot.sandbox import Channel, Interaction
from storage import schedules
from storage.records import Outcome, Schedule

SENTENCE = "The database is unavailable"
CHANNELS = 5
AFTER_A_PAUSE = timedelta(seconds=10)
"""Longer than jobs wait after the database could not be used."""


@pytest.fixture
def busy_timeout() -> float:
    """Return fewer seconds than the bot has by default, but more than a command waits."""
    return 2.0


@asynccontextmanager
async def running_with_schedules(
    posting: PostingFixture,
    **settings: Any,  # noqa: ANN401 - passed on
) -> AsyncIterator[tuple[list[Channel], list[Schedule]]]:
    """Run a bot with schedules of several channels, all due in the morning."""
    await posting.store()
    channels = [posting.channel(f"papers-{number}") for number in range(CHANNELS)]
    made = [await posting.schedule(channel) for channel in channels]
    async with posting.running(**settings):
        yield channels, made


async def ask(posting: PostingFixture, channel: Channel) -> Interaction:
    """Run a writing and a reading command; like Discord, the sandbox waits 3 seconds for each."""
    owner = posting.sandbox.world.owner
    listed = await owner.slash("schedule list", channel)
    assert listed.message is not None
    assert SENTENCE not in listed.message.content
    added = await owner.slash(
        "schedule add", channel, channel=channel, timezone="UTC", include="agent"
    )
    assert added.message is not None
    return added


async def check_refusal(
    posting: PostingFixture, channels: list[Channel], made: list[Schedule]
) -> None:
    """Check that commands answer with an error, and that nothing is posted or stored."""
    owner, schedule = posting.sandbox.world.owner, made[0].id
    for refused in await asyncio.gather(
        ask(posting, channels[0]),
        owner.slash("schedule pause", channels[0], schedule=f"schedule:{schedule}"),
        owner.slash("schedule edit", channels[0], schedule=f"schedule:{schedule}", count=3),
    ):
        assert refused.message is not None
        assert SENTENCE in refused.message.content
        assert refused.ephemeral
    assert all(not channel.messages for channel in channels)
    assert {each.id for each in await schedules.every(posting.database)} == {
        each.id for each in made
    }


async def check_posts(
    posting: PostingFixture, channels: list[Channel], made: list[Schedule]
) -> None:
    """Check that each post is sent once, and that commands work again."""
    await posting.move_to(MORNING + AFTER_A_PAUSE)
    for schedule in made:
        await posting.until(schedule, Outcome.POSTED)
        assert await posting.outcomes(schedule) == [Outcome.POSTED]
    assert [len(channel.messages) for channel in channels] == [1] * CHANNELS
    added = await ask(posting, channels[0])
    assert added.message is not None
    assert SENTENCE not in added.message.content
    assert len(await schedules.of_guild(posting.database, posting.guild.id)) == CHANNELS + 1
    await posting.settle()
    assert [len(channel.messages) for channel in channels] == [1] * CHANNELS


@pytest.mark.slow
async def test_a_locked_database_delays_posts_and_commands_are_answered_in_time(
    posting: PostingFixture,
) -> None:
    async with running_with_schedules(posting) as (channels, made):
        async with locked(posting.path):
            await asyncio.gather(posting.move_to(MORNING), check_refusal(posting, channels, made))
        await check_posts(posting, channels, made)


class TestOnADisk:
    """Tests with the database in a file that isn't in memory."""

    @pytest.fixture
    def folder(self) -> Iterator[Path]:
        with disks.folder_on_disk() as folder:
            yield folder

    async def test_a_file_that_is_read_only_for_a_while_delays_posts(
        self, posting: PostingFixture
    ) -> None:
        async with running_with_schedules(posting) as (channels, made):
            # Not the file `-shm`: it is mapped into memory, and a write to it would end the
            # process.
            log = posting.path.with_name(f"{posting.path.name}-wal")
            with disks.immutable(posting.path, log):
                await posting.move_to(MORNING)
                await check_refusal(posting, channels, made)
            await check_posts(posting, channels, made)


class TestOnASmallDisk:
    """Tests with the database on a small disk."""

    @pytest.fixture
    def folder(self, small_disk: disks.SmallDisk) -> Path:
        return small_disk.folder

    async def test_a_full_disk_delays_posts(
        self, posting: PostingFixture, small_disk: disks.SmallDisk
    ) -> None:
        async with running_with_schedules(posting) as (channels, made):
            # SQLite reuses free space inside the WAL file even on a full disk, so leave none there.
            with closing(sqlite3.connect(posting.path)) as other:
                other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            small_disk.fill()
            await posting.move_to(MORNING)
            await check_refusal(posting, channels, made)
            small_disk.make_room()
            await check_posts(posting, channels, made)


@pytest.mark.parametrize("busy_timeout", [0.5])
async def test_a_post_that_could_not_be_recorded_is_not_sent_again(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The database is locked after the message was sent and before that is recorded."""
    await posting.store(FRIDAY)
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    is_locked = asyncio.Event()
    slow = posting.sandbox.faults.add("POST", f"/channels/{channel.id}/messages", until=is_locked)
    async with posting.running():
        await posting.move_to(MORNING)
        await eventually(lambda: slow.hits == 1)
        async with locked(posting.path):
            is_locked.set()
            await eventually(lambda: len(channel.messages) == 1)
            # Longer than the bot waits for the lock.
            await eventually(lambda: "the database can't be used" in caplog.text)
        await posting.move_to(MORNING + AFTER_A_PAUSE)
        await posting.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == 1
