"""What people read while the database has no papers, and while no new ones come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from bot_fixture import READ_AT, BotFixture, shown
from catalogue import CATALOGUE
from layouts import text_of
from posting_fixture import eventually
from screens import open_screen

from bot.app import App, AppParts
from bot.clock import Clock
from bot.demo.scene import connected
from bot.discord_endpoint import point_at
from bot.ingest.lists import ListSource
from bot.ingest.timetable import LiveTimetable
from bot.sandbox import Limits, Sandbox
from storage.database import Database
from storage.records import SourceDay, SourceKind

NONE = "No papers yet. They appear here after the first daily update."
TO_MANAGERS = f"{NONE} If it doesn't come, the reason is in the bot's log."
READING = "No papers yet. I'm loading them now; please try again in a minute."


class SlowLists:
    """A source whose first list takes long."""

    name = "huggingface"
    kind = SourceKind.HUGGINGFACE
    timetable = LiveTimetable()

    async def read(self, _day: date, _known: SourceDay | None) -> None:
        await asyncio.Event().wait()


@asynccontextmanager
async def empty_bot(path: Path, *lists: ListSource) -> AsyncIterator[BotFixture]:
    clock = Clock()
    clock.move_to(READ_AT)
    async with Sandbox(clock=clock.now, limits=Limits.off()) as sandbox:
        guild = sandbox.add_guild("Lab", locale="en-US")
        general = guild.add_channel("general")
        admin, member = sandbox.world.owner, guild.add_member("Bo")
        korean = guild.add_member("지민", locale="ko")
        for person in (admin, member, korean):
            person.channel = general
        async with await Database.open(path) as database:
            await point_at(sandbox.url)
            parts = AppParts(lists=lists)
            app = App(database, catalogue=CATALOGUE, clock=clock, parts=parts)
            async with connected(app, sandbox):
                yield BotFixture(
                    sandbox, app, database, clock, guild, general, admin, member, korean
                )
            await point_at(None)


@pytest.fixture
def empty(tmp_path: Path, new_file: bytes) -> Path:
    (path := tmp_path / "empty.db").write_bytes(new_file)
    return path


async def test_an_empty_database_is_explained(empty: Path) -> None:
    async with empty_bot(empty) as fixture:
        added = await fixture.admin.slash("schedule add", timezone="UTC", channel=fixture.general)
        assert shown(added).content.endswith(f"\n{TO_MANAGERS}")
        unknown = shown(await fixture.member.slash("paper", query="2502.14499")).content
        assert unknown.endswith(f"\n{NONE}")
        fixture.member.say(f"{fixture.sandbox.world.bot.mention} 2502.14499")
        await eventually(lambda: len(fixture.general.messages) > 1)
        assert fixture.general.messages[-1].content == unknown
        assert NONE in shown(await fixture.member.slash("about")).content
        commands: list[tuple[str, dict[str, Any]]] = [
            ("top", {}),
            ("paper", {"query": "zebra"}),
            ("search", {"text": "zebra"}),
        ]
        for command, options in commands:
            answer = await fixture.member.slash(command, None, options)
            assert (shown(answer).content, answer.ephemeral) == (NONE, True)
            assert shown(await fixture.admin.slash(command, None, options)).content == TO_MANAGERS
            korean = shown(await fixture.korean.slash(command, None, options, force=True))
            assert korean.content == "아직 논문이 없습니다. 첫 업데이트 이후 여기에 표시됩니다."
        listed = shown(await fixture.admin.slash("schedule list"))
        assert TO_MANAGERS in text_of(listed)
        screen = await open_screen(fixture.admin)
        assert TO_MANAGERS in screen.text
        await screen.fill_in("Keywords…", words="zebra")
        assert TO_MANAGERS in screen.text
        for command in ("schedule preview", "schedule post"):
            answer = await fixture.admin.slash(command, schedule="schedule:1")
            assert shown(answer).content == TO_MANAGERS


async def test_while_the_first_lists_are_read_people_are_asked_to_wait(empty: Path) -> None:
    async with empty_bot(empty, SlowLists()) as fixture:
        await eventually(fixture.app.posting.is_reading)
        assert shown(await fixture.admin.slash("top")).content == READING


async def test_the_list_of_schedules_says_since_when_no_papers_have_come(
    own_bot: BotFixture,
) -> None:
    for number in range(9):
        await own_bot.admin.slash(
            "schedule add", timezone="UTC", channel=own_bot.general, include=f"word{number}"
        )
    assert "Newest papers: " in text_of(shown(await own_bot.admin.slash("schedule list")))
    await own_bot.app.move_clock(datetime(2025, 2, 26, 13, tzinfo=UTC))
    listed = shown(await own_bot.admin.slash("schedule list"))
    warning = "⚠ No new papers since Monday, February 24, 2025."
    assert warning in text_of(listed)
    turned = await own_bot.admin.press(listed, "Next")
    assert warning in text_of(shown(turned))
