"""Fixtures: a real browser, and pages of a sandbox with a bot in it.

Playwright's objects belong to one event loop, so all of these tests share the session's.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from browsing import BROWSERS, Demo, OpenTab, Small, Tabs, find_browser, launched
from catalogue import CATALOGUE
from playwright.async_api import Browser, ConsoleMessage, Error
from playwright.async_api import Page as Tab
from small_bot import ManualClock, SmallBot

from bot.app import App
from bot.client import ConnectionSettings
from bot.clock import Clock
from bot.demo.page import open_page
from bot.demo.papers import EVENING, sample_digest
from bot.demo.scene import Beginning, begin, connected, set_scene
from bot.discord_endpoint import point_at
from bot.ingest import ingest_text
from bot.sandbox import Limits, Sandbox
from bot.sandbox.page import Page, PageOptions
from storage import search_index
from storage.database import Database

OUTSIDE = "net::ERR_NAME_NOT_RESOLVED"
"""What the browser says of pictures, which come from outside."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A headless browser."""
    path = find_browser()
    if path is None:
        pytest.skip(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    async with launched(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """Tabs of the browser."""
    return Tabs(browser)


@pytest_asyncio.fixture(loop_scope="session")
async def open_tab(tabs: Tabs) -> AsyncIterator[OpenTab]:
    """Open tabs, and fail the test after an unexpected error in one of them."""
    async with AsyncExitStack() as stack:
        wrong: list[str] = []

        def console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and OUTSIDE not in message.text:
                wrong.append(message.text)

        def page_error(error: Error) -> None:
            wrong.append(str(error))

        async def open_tab(
            url: str,
            **options: Any,  # noqa: ANN401  Playwright's own
        ) -> Tab:
            options = {
                "viewport": {"width": 1280, "height": 800},
                "timezone_id": "UTC",
                # Each picture of an animation is painted, which takes time.
                "reduced_motion": "reduce",
            } | options
            tab = await stack.enter_async_context(tabs.tab(**options))
            tab.on("console", console)
            tab.on("pageerror", page_error)
            stack.callback(tab.remove_listener, "console", console)
            stack.callback(tab.remove_listener, "pageerror", page_error)
            await tab.goto(url)
            return tab

        yield open_tab
    assert not wrong


@pytest_asyncio.fixture(loop_scope="session")
async def small() -> AsyncIterator[Small]:
    clock = ManualClock()
    async with Sandbox(limits=Limits.off(), clock=clock, bot_name="Robo") as sandbox:
        guild = sandbox.add_guild("Lab")
        general = guild.add_channel("general")
        anna = guild.add_member("Anna")
        async with Page(sandbox, PageOptions(people=[anna])) as page:
            yield Small(sandbox, SmallBot(), page, clock, guild, general, anna)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sample_file(tmp_path_factory: pytest.TempPathFactory, new_file: bytes) -> bytes:
    """Return the bytes of a database file with the sample digest, which is indexed for search."""
    path = tmp_path_factory.mktemp("sample") / "papers.db"
    path.write_bytes(new_file)
    async with await Database.open(path) as database:
        await ingest_text(database, sample_digest(), path="sample.md", read_at=EVENING)
        await search_index.catch_up(database, pause=0)
    return path.read_bytes()


@pytest.fixture
def demo_file(tmp_path: Path, sample_file: bytes) -> Path:
    """A copy of that file."""
    path = tmp_path / "papers.db"
    path.write_bytes(sample_file)
    return path


@asynccontextmanager
async def running_demo(path: Path, *, language: str, beginning: Beginning) -> AsyncIterator[Demo]:
    """Run the real bot in the sandbox, with its page, on the evening before a post.

    Args:
        path: Of the database, which has papers.
        language: Of the server and its members.
        beginning: What there is.
    """
    clock = Clock()
    clock.move_to(EVENING)
    async with (
        await Database.open(path) as database,
        Sandbox(
            clock=clock.now, bot_name="Daily Papers", first_answer=timedelta(minutes=1)
        ) as sandbox,
    ):
        scene = set_scene(sandbox, language=language, beginning=beginning)
        await point_at(sandbox.url)
        connection = ConnectionSettings(ready_after=0.05)
        app = App(database, catalogue=CATALOGUE, clock=clock, connection=connection)
        async with connected(app, sandbox):
            await begin(scene, beginning)
            async with open_page(scene, app, CATALOGUE, port=0, beginning=beginning) as page:
                yield Demo(scene, page, app)
        await point_at(None)
        assert not sandbox.refusals, [(r.path, r.answer) for r in sandbox.refusals]


@pytest_asyncio.fixture(loop_scope="session")
async def demo(demo_file: Path) -> AsyncIterator[Demo]:
    """The demo with a schedule."""
    async with running_demo(demo_file, language="en", beginning=Beginning.READY) as demo:
        yield demo


@pytest_asyncio.fixture(loop_scope="session")
async def new_demo(demo_file: Path, request: pytest.FixtureRequest) -> AsyncIterator[Demo]:
    """The demo of a server that has just added the bot, in the language of the parameter."""
    async with running_demo(demo_file, language=request.param, beginning=Beginning.NEW) as demo:
        yield demo
