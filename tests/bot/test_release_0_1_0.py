"""A database of version 0.1.0, and the Discord that it was in, are continued by this version."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import release_0_1_0
from mornings import CATALOGUE, eventually

from bot.client import DailyPapers
from bot.demo.scene import connected
from bot.posts.clock import Clock
from bot.discord_endpoint import point_at
from bot.sandbox import Guild, Limits, Sandbox
from storage.database import Database

FACTS = release_0_1_0.FACTS
MARKS = {
    delivery["id"]: [part["mark"] for part in delivery["parts"]] for delivery in FACTS["deliveries"]
}


def marks_in(guild: Guild) -> Counter[str]:
    """Count the messages of the server by the marks that their menus carry."""
    places = [*guild.channels.values(), *guild.threads.values()]
    return Counter(
        str(control["custom_id"]).rpartition(":")[2]
        for place in places
        for message in place.messages
        for control in message.controls
        if str(control["custom_id"]).startswith("post:open:")
    )


async def test_open_deliveries_of_version_0_1_0_are_completed_and_nothing_is_sent_twice(
    tmp_path: Path,
) -> None:
    path = tmp_path / "papers.db"
    release_0_1_0.load(path)
    clock = Clock()
    clock.move_to(release_0_1_0.NOW + timedelta(minutes=3))
    async with Sandbox(clock=clock.now, limits=Limits.off()) as sandbox:
        guild = release_0_1_0.restore(sandbox)
        before = marks_in(guild)
        expected = {mark for delivery in MARKS.values() for mark in delivery}
        assert len(expected - before.keys()) == 5
        await point_at(sandbox.url)
        async with await Database.open(path) as database:
            bot = DailyPapers(database=database, catalogue=CATALOGUE, clock=clock)
            async with connected(bot, sandbox):
                await eventually(lambda: marks_in(guild).keys() >= expected)
                published = FACTS["schedules"]["publish"]["channel_id"]
                await eventually(lambda: guild.channels[published].messages[0].crossposted)
        await point_at(None)
        assert marks_in(guild) == Counter(expected)
        assert not sandbox.refusals, [(r.path, r.answer) for r in sandbox.refusals]
