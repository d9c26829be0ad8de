"""This version continues with the database and the Discord server of each release."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from catalogue import CATALOGUE
from releases import VERSIONS, Release

from bot.app import App, AppSettings
from bot.clock import Clock
from bot.demo.scene import connected
from bot.discord_endpoint import point_at
from bot.posting.recurrence import next_run
from bot.posting.settings import PostingSettings
from bot.sandbox import Guild, Limits, Person, Sandbox
from storage import deliveries, digests, schedules, search_index
from storage.database import Database
from storage.records import DeliveryOutcome, Digest, Frequency, Paper, PartState, Section

EMPTIED = {"jobs", "messages", "setup_drafts", "stale_papers", "word_counts"}
"""Tables whose rows come and go, or are derived from others."""
SCHEDULES = "SELECT id, channel_id, time, timezone, count, language, period FROM schedules"


def counts(path: Path) -> dict[str, int]:
    """Return the number of rows of each table that keeps what people and sources have given."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE '%\\_index\\_%' ESCAPE '\\'"
            " AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\'"
        ).fetchall()
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - a table
            for (name,) in names
            if name not in EMPTIED
        }


def marks(guild: Guild) -> Counter[str]:
    """Count the messages of a server by their marks."""
    return Counter(
        str(control["custom_id"]).rpartition(":")[2]
        for channel in (*guild.channels.values(), *guild.threads.values())
        for message in channel.messages
        for control in message.controls
        if str(control["custom_id"]).removeprefix("2:").startswith("post:open:")
    )


async def begun(path: Path) -> dict[str, int]:
    """Upgrade a database; return how many rows its tables have."""
    async with await Database.open(path) as database:
        await search_index.catch_up(database, pause=0)
    return counts(path)


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_upgrade_keeps_everything_and_the_bot_posts_on(
    version: str, tmp_path: Path
) -> None:
    release = Release(version)
    release.load(path := tmp_path / "papers.db")
    before = counts(path)
    with closing(sqlite3.connect(path)) as connection:
        schedules_before = connection.execute(SCHEDULES).fetchall()
        history = connection.execute("SELECT id, at, schedule_id FROM history").fetchall()
    after = await begun(path)
    assert {name: after[name] for name in before if name in after} == {
        name: count for name, count in before.items() if name in after
    }
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(SCHEDULES).fetchall() == schedules_before
        assert connection.execute("SELECT id, at, schedule_id FROM history").fetchall() == history
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    clock = Clock()
    clock.move_to(release.now + timedelta(minutes=3))
    async with Sandbox(clock=clock.now, limits=Limits.off()) as sandbox:
        guild = release.restore(sandbox)
        await point_at(sandbox.url)
        async with await Database.open(path) as database:
            settings = AppSettings(posting=PostingSettings(settling=0.0))
            app = App(database, catalogue=CATALOGUE, clock=clock, settings=settings)
            async with connected(app, sandbox):
                await app.posting.until_idle()
                await check_open_deliveries(release, app, guild)
                await check_next_morning(release, app)
                await check_search(release, sandbox)
        await point_at(None)
        assert not sandbox.refusals


async def check_open_deliveries(release: Release, app: App, guild: Guild) -> None:
    """Check that what was begun is completed, and nothing is sent a second time."""
    open_ones = [each["id"] for each in release.facts["deliveries"] if each["outcome"] is None]
    assert open_ones
    for number in open_ones:
        delivery = await deliveries.get(app.database, number)
        assert delivery is not None
        assert delivery.outcome is DeliveryOutcome.POSTED
        assert {part.state for part in delivery.parts} == {PartState.SENT}
    planned = {part["mark"] for each in release.facts["deliveries"] for part in each["parts"]}
    assert {mark: marks(guild)[mark] for mark in planned} == dict.fromkeys(planned, 1)


async def check_next_morning(release: Release, app: App) -> None:
    """Check that just the schedules that aren't paused post the next day's papers."""
    day = release.now.date()
    papers = tuple(
        Paper(
            f"{day:%y%m}.{90_000 + rank}",
            f"{title} after an Upgrade",
            50 - rank,
            ("Ada Example", "김하늘"),
            sections=(Section(None, "New."),),
        )
        for rank, title in enumerate(("Planning", "Robots", "Attention"), start=1)
    )
    await digests.store(app.database, Digest(day, papers), read_at=app.clock.now())
    app.posting.digests_stored()
    now, morning = app.clock.now(), release.now + timedelta(days=1, minutes=3)
    known = await schedules.every(app.database)
    assert {each.id: each.paused_at is None for each in known} == {
        each["id"]: each["paused_reason"] is None for each in release.facts["schedules"].values()
    }
    due = {
        each.id
        for each in known
        if each.paused_at is None
        and each.settings.period is Frequency.DAY
        and next_run(each, now) <= morning
    }
    assert len(due) >= 4
    await app.move_clock(morning)
    await app.posting.until_idle()
    rows = await app.database.read(
        "SELECT schedule_id FROM deliveries WHERE coverage = ? AND outcome = 'posted'",
        (f"day:{day}",),
    )
    assert {schedule_id for (schedule_id,) in rows} >= due
    assert len(rows) == len({schedule_id for (schedule_id,) in rows})


async def check_search(release: Release, sandbox: Sandbox) -> None:
    """Check that papers of the release are found, in both languages."""
    admin = sandbox.world.users[release.facts["admin"]["id"]]
    assert isinstance(admin, Person)
    admin.channel = sandbox.world.channels[release.facts["channels"][0]["id"]]
    for text in ("planning part", "어텐션"):
        answer = await admin.slash("search", text=text)
        assert answer.message is not None
        assert "Part 1" in str(answer.message.embeds)
