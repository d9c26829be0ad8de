"""The database can't be written for a while: commands say so in time, posts wait for its end."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import disks
import pytest
from mornings import FRIDAY, MORNING, Mornings, eventually

from bot.sandbox import Channel, Exchange
from storage import schedules
from storage.records import Outcome, Schedule

SENTENCE = "The database can't be used"
CHANNELS = 5


@asynccontextmanager
async def morning_with(
    mornings: Mornings,
    **rules: Any,  # noqa: ANN401 - passed on
) -> AsyncIterator[tuple[list[Channel], list[Schedule]]]:
    """Run a bot with schedules of several channels, all due in the morning."""
    await mornings.store()
    channels = [mornings.channel(f"papers-{number}") for number in range(CHANNELS)]
    made = [await mornings.schedule(channel) for channel in channels]
    async with mornings.running(**rules):
        yield channels, made


async def ask(mornings: Mornings, channel: Channel) -> Exchange:
    """Let the owner write, and read: the sandbox waits 3 seconds for an answer, as Discord does."""
    owner = mornings.sandbox.world.owner
    listed = await owner.slash("schedule list", channel)
    assert listed.message is not None
    assert SENTENCE not in listed.message.content
    added = await owner.slash("schedule add", channel, channel=channel)
    assert added.message is not None
    return added


async def check_refusal(mornings: Mornings, channels: list[Channel], made: list[Schedule]) -> None:
    """Check that commands say that it can't be done now, and that nothing is posted or stored."""
    owner, schedule = mornings.sandbox.world.owner, made[0].id
    for refused in (
        await ask(mornings, channels[0]),
        await owner.slash("schedule pause", channels[0], schedule=schedule),
        await owner.slash("schedule remove", channels[0], schedule=schedule),
        await owner.slash("schedule edit", channels[0], schedule=schedule, count=3),
    ):
        assert refused.message is not None
        assert SENTENCE in refused.message.content
        assert refused.ephemeral
    assert all(not channel.messages for channel in channels)
    assert {each.id for each in await schedules.all_of_them(mornings.database)} == {
        each.id for each in made
    }


async def check_posts(mornings: Mornings, channels: list[Channel], made: list[Schedule]) -> None:
    """Check that everything is posted once, and that commands work again."""
    for schedule in made:
        await mornings.until(schedule, Outcome.POSTED)
        assert await mornings.outcomes(schedule) == [Outcome.POSTED]
    assert [len(channel.messages) for channel in channels] == [1] * CHANNELS
    added = await ask(mornings, channels[0])
    assert added.message is not None
    assert SENTENCE not in added.message.content
    assert len(await schedules.of_guild(mornings.database, mornings.guild.id)) == CHANNELS + 1
    await mornings.settle()
    assert [len(channel.messages) for channel in channels] == [1] * CHANNELS


@contextmanager
def locked(path: Path, begin: str) -> Iterator[None]:
    """Lock the database for others, as a program does that writes for a long time."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(begin)
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
async def test_a_locked_database_delays_posts_and_commands_are_answered_in_time(
    mornings: Mornings, begin: str
) -> None:
    async with morning_with(mornings) as (channels, made):
        with locked(mornings.path, begin):
            mornings.bot.worker.move_to(MORNING)
            await check_refusal(mornings, channels, made)
        await check_posts(mornings, channels, made)


async def test_a_database_locked_for_longer_than_the_lease_lasts_delays_posts(
    mornings: Mornings, caplog: pytest.LogCaptureFixture
) -> None:
    async with morning_with(mornings, lease=timedelta(seconds=2)) as (channels, made):
        with locked(mornings.path, "BEGIN IMMEDIATE"):
            mornings.bot.worker.move_to(MORNING)
            await eventually(lambda: not mornings.bot.worker.is_working)
            await eventually(lambda: "the lease can't be renewed" in caplog.text)
            await check_refusal(mornings, channels, made)
        await check_posts(mornings, channels, made)
    assert "another process (" not in caplog.text


async def test_a_file_that_is_read_only_for_a_while_delays_posts(mornings: Mornings) -> None:
    async with morning_with(mornings) as (channels, made):
        # Not the file `-shm`: it is mapped into memory, and a write to it would end the process.
        log = mornings.path.with_name(f"{mornings.path.name}-wal")
        with disks.immutable(mornings.path, log):
            mornings.bot.worker.move_to(MORNING)
            await check_refusal(mornings, channels, made)
        await check_posts(mornings, channels, made)


class TestOnASmallDisk:
    """The database is on a disk that fills up."""

    @pytest.fixture
    def folder(self, small_disk: disks.SmallDisk) -> Path:
        return small_disk.folder

    async def test_a_full_disk_delays_posts(
        self, mornings: Mornings, small_disk: disks.SmallDisk
    ) -> None:
        async with morning_with(mornings) as (channels, made):
            # What is free inside the log is written to even on a full disk: leave nothing there.
            with closing(sqlite3.connect(mornings.path)) as other:
                other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            small_disk.fill()
            mornings.bot.worker.move_to(MORNING)
            await check_refusal(mornings, channels, made)
            small_disk.make_room()
            await check_posts(mornings, channels, made)


async def test_a_post_that_could_not_be_noted_is_not_sent_again(
    mornings: Mornings, caplog: pytest.LogCaptureFixture
) -> None:
    """The database is locked between the message and the note that it was sent."""
    await mornings.store(FRIDAY)
    channel = mornings.channel()
    schedule = await mornings.schedule(channel)
    slow = mornings.sandbox.faults.add("POST", f"/channels/{channel.id}/messages", delay=1.0)
    async with mornings.running():
        mornings.bot.worker.move_to(MORNING)
        await eventually(lambda: slow.hits == 1)
        with locked(mornings.path, "BEGIN IMMEDIATE"):
            await eventually(lambda: len(channel.messages) == 1)
            # Longer than the bot waits for the lock.
            await eventually(lambda: "tried again" in caplog.text)
        await mornings.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == 1
