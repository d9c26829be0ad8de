"""This version continues with a database and a Discord server of version 0.1.0."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from catalogue import CATALOGUE
from releases import Release

from bot.app import App, AppSettings
from bot.clock import Clock
from bot.demo.scene import connected
from bot.discord_endpoint import point_at
from bot.posting.settings import PostingSettings
from bot.sandbox import Channel, Guild, Limits, Message, Person, Sandbox
from storage import deliveries, digests, jobs, schedules
from storage.database import Database
from storage.records import DeliveryOutcome, Digest, Paper, PartState, Reason, Schedule

RELEASE = Release("0.1.0")
FACTS = RELEASE.facts
OPEN = [each["id"] for each in FACTS["deliveries"] if each["outcome"] is None]
MARKS = {part["mark"] for delivery in FACTS["deliveries"] for part in delivery["parts"]}
MORNING = RELEASE.now + timedelta(minutes=3)


@dataclass
class Upgrade:
    """The server of version 0.1.0, and its database."""

    sandbox: Sandbox
    guild: Guild
    path: Path
    clock: Clock

    @asynccontextmanager
    async def start(self) -> AsyncIterator[App]:
        """Run the bot inside the context, after it has run all jobs that can run at once."""
        async with await Database.open(self.path) as database:
            # No request for a forum post is in progress at Discord any more.
            settings = AppSettings(posting=PostingSettings(settling=0.0))
            app = App(database, catalogue=CATALOGUE, clock=self.clock, settings=settings)
            async with connected(app, self.sandbox):
                await app.posting.until_idle()
                yield app

    def channel(self, schedule: str) -> Channel:
        return self.guild.channels[FACTS["schedules"][schedule]["channel_id"]]

    def marks(self) -> Counter[str]:
        """Count the messages of the server by their marks."""
        return Counter(
            str(control["custom_id"]).rpartition(":")[2]
            for message in self.messages()
            for control in message.controls
            if str(control["custom_id"]).removeprefix("2:").startswith("post:open:")
        )

    def messages(self) -> list[Message]:
        channels = [*self.guild.channels.values(), *self.guild.threads.values()]
        return [message for channel in channels for message in channel.messages]


@pytest.fixture
async def upgrade(tmp_path: Path) -> AsyncIterator[Upgrade]:
    path = tmp_path / "papers.db"
    RELEASE.load(path)
    clock = Clock()
    clock.move_to(MORNING)
    async with Sandbox(clock=clock.now, limits=Limits.off()) as sandbox:
        guild = RELEASE.restore(sandbox)
        await point_at(sandbox.url)
        yield Upgrade(sandbox, guild, path, clock)
        await point_at(None)
        assert not sandbox.refusals, [(each.path, each.answer) for each in sandbox.refusals]


async def schedule(app: App, name: str) -> Schedule:
    found = await schedules.get(app.database, FACTS["schedules"][name]["id"])
    assert found is not None
    return found


async def until(holds: Callable[[], bool]) -> None:
    """Poll until a condition holds, after an event of the gateway."""
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - the sandbox's world tells nobody
            await asyncio.sleep(0.02)


async def test_open_deliveries_are_completed_with_their_marks_and_nothing_is_sent_twice(
    upgrade: Upgrade,
) -> None:
    assert len(MARKS - upgrade.marks().keys()) == 5
    async with upgrade.start() as app:
        found = [await deliveries.get(app.database, each) for each in OPEN]
    assert upgrade.marks() == Counter(MARKS)
    assert len(found) == 5
    for delivery in found:
        assert delivery is not None
        assert delivery.outcome is DeliveryOutcome.POSTED
        assert {each.state for each in delivery.parts} == {PartState.SENT}


async def test_posts_of_0_1_0_are_published_and_refreshed(
    upgrade: Upgrade,
) -> None:
    due = {
        part["message_id"]
        for each in FACTS["deliveries"]
        if each["refresh_at"] and each["outcome"]
        for part in each["parts"]
    }
    assert due
    async with upgrade.start() as app:
        assert [each.crossposted for each in upgrade.channel("publish").messages] == [True]
        assert await jobs.of_kind(app.database, "publish") == ()
        before = {each.id: each.edited_at for each in upgrade.messages()}
        await app.move_clock(datetime(2025, 2, 22, 1, 30, tzinfo=UTC))
        await app.posting.until_idle()
        assert await jobs.of_kind(app.database, "refresh") == ()
    edited = {each.id for each in upgrade.messages() if each.edited_at != before.get(each.id)}
    assert edited >= due
    assert upgrade.marks() == Counter(MARKS)


async def test_a_waiting_schedule_posts_the_late_digest(upgrade: Upgrade) -> None:
    channel = upgrade.channel("waiting")
    before = len(channel.messages)
    day = date(2025, 2, 21)
    digest = Digest(day, (Paper("2502.21001", "A Late Paper", 12, ("Ann",)),))
    async with upgrade.start() as app:
        assert len(channel.messages) == before
        await digests.store(app.database, digest, read_at=upgrade.clock.now())
        app.posting.digests_stored()
        await app.posting.until_idle()
        last_day = (await schedule(app, "waiting")).last_day
    assert len(channel.messages) == before + 1
    assert "A Late Paper" in str(channel.messages[-1].embeds)
    assert last_day == day
    # All other schedules have posted their occurrence of that day.
    assert upgrade.marks().keys() - MARKS == {
        str(channel.messages[-1].controls[0]["custom_id"]).rpartition(":")[2]
    }


async def test_paused_schedules_stay_paused_until_the_cause_is_gone(
    upgrade: Upgrade,
) -> None:
    asked, closed = upgrade.channel("asked"), upgrade.channel("lacks_permission")
    before = len(asked.messages), len(closed.messages)
    async with upgrade.start() as app:
        assert (await schedule(app, "asked")).paused_reason is Reason.PAUSED_BY_PERSON
        blocked = await schedule(app, "lacks_permission")
        assert blocked.paused_reason is Reason.LACKS_PERMISSION
        assert [each.key for each in await jobs.of_kind(app.database, "recheck")] == [
            f"recheck:{blocked.id}"
        ]
        assert (len(asked.messages), len(closed.messages)) == before

        upgrade.guild.set_overwrite(closed, upgrade.guild.everyone)
        upgrade.guild.set_overwrite(closed, upgrade.sandbox.world.bot)
        await until(lambda: len(closed.messages) > before[1])
        await app.posting.until_idle()
        assert (await schedule(app, "lacks_permission")).paused_at is None
        assert len(asked.messages) == before[0]

        await app.posting.resume((await schedule(app, "asked")).id, actor_id=FACTS["admin"]["id"])
        await app.move_clock(datetime(2025, 2, 22, 8, 0, 1, tzinfo=UTC))
        await app.posting.until_idle()
        assert (await schedule(app, "asked")).paused_at is None
    assert len(asked.messages) == before[0] + 1


async def test_the_history_is_readable(upgrade: Upgrade) -> None:
    admin = upgrade.sandbox.world.users[FACTS["admin"]["id"]]
    assert isinstance(admin, Person)
    admin.channel = upgrade.channel("waiting")
    async with upgrade.start():
        interaction = await admin.slash("schedule history")
    assert interaction.message is not None
    text = interaction.message.embeds[0]["description"]
    assert "**posted**" in text
    assert "**paused**" in text
    assert "discord.com/channels/" in text


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("schedules", "deliveries", "parts", "jobs", "history", "messages")
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()  # noqa: S608 - names of tables
            for name in tables
        }


async def test_a_second_start_changes_nothing(upgrade: Upgrade) -> None:
    async with upgrade.start():
        pass
    before, messages = rows(upgrade.path), [each.id for each in upgrade.messages()]
    assert len(before["jobs"]) > len(FACTS["schedules"])
    async with upgrade.start():
        pass
    after = rows(upgrade.path)
    assert {name: after[name] for name in before} == before
    assert [each.id for each in upgrade.messages()] == messages
