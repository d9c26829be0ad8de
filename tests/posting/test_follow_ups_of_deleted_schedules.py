"""Publishing and refreshing a post while its schedule is deleted but can be restored."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from catalogue import CATALOGUE
from posting_fixture import eventually
from seconds import Seconds
from storage_samples import digest, paper

from bot.app import App, AppSettings
from bot.client import ConnectionSettings
from bot.clock import Clock
from bot.demo.scene import connected
from bot.discord_endpoint import point_at
from bot.posting.settings import PostingSettings
from bot.sandbox import ChannelType, Limits, Sandbox
from storage import digests
from storage.database import Database
from storage.records import EVERY_DAY, Layout, ScheduleSettings

EVENING = datetime(2025, 2, 21, 22, tzinfo=UTC)
MORNING = datetime(2025, 2, 22, 8, tzinfo=UTC)
NIGHT = datetime(2025, 2, 23, tzinfo=UTC)


async def test_a_post_is_published_and_refreshed_also_while_its_schedule_is_deleted(
    tmp_path: Path, new_file: bytes
) -> None:
    clock, seconds = Clock(), Seconds()
    clock.move_to(EVENING)
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with (
        Sandbox(clock=clock.now, limits=Limits.off(), timer=seconds.time) as sandbox,
        await Database.open(path) as database,
    ):
        await point_at(sandbox.url)
        guild = sandbox.add_guild("Lab")
        channel = guild.add_channel("papers", type=ChannelType.ANNOUNCEMENT)
        posting = PostingSettings(first_backoff=0.05, tick=0.1, refresh_jitter=timedelta(0))
        app = App(
            database,
            catalogue=CATALOGUE,
            clock=clock,
            settings=AppSettings(posting=posting),
            connection=ConnectionSettings(time_source=seconds),
        )
        settings = ScheduleSettings(
            channel_id=channel.id,
            time=time(8),
            timezone="UTC",
            layout=Layout.CARDS,
            days=EVERY_DAY,
            language="en",
            publish=True,
        )
        await digests.store(database, digest(paper(votes=1)), read_at=EVENING)
        is_down = True
        crosspost = sandbox.faults.add(
            "POST",
            "/channels/*/messages/*/crosspost",
            status=503,
            times=None,
            when=lambda _: is_down,
        )
        try:
            async with connected(app, sandbox), asyncio.timeout(30):
                schedule = await app.posting.add(
                    settings, guild_id=guild.id, created_by=sandbox.world.owner.id
                )
                await app.move_clock(MORNING)
                await eventually(lambda: crosspost.hits > 0)
                await app.posting.until_idle()
                assert await app.posting.delete(schedule.id, guild_id=guild.id)
                is_down = False
                await app.move_clock(MORNING + timedelta(minutes=5))
                await eventually(lambda: channel.messages[0].crossposted)
                assert await app.posting.restore(schedule.id, guild_id=guild.id)
                await digests.store(database, digest(paper(votes=2)), read_at=clock.now())
                await app.move_clock(NIGHT - timedelta(minutes=5))
                assert await app.posting.delete(schedule.id, guild_id=guild.id)
                await app.move_clock(NIGHT)
                await eventually(lambda: channel.messages[0].edited_at is not None)
        finally:
            await point_at(None)
