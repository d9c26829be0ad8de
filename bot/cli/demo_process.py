"""The process of `daily-papers demo`: the bot connected to a sandbox."""

import asyncio
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from rich.console import Console

from bot.app import App
from bot.cli.exit_codes import CommandError
from bot.cli.signals import stop_on_signals
from bot.cli.streams import flush, print_lines
from bot.clock import Clock
from bot.demo import conversation, scene
from bot.demo.page import open_page
from bot.demo.papers import local_papers, sample_digest
from bot.discord_endpoint import point_at
from bot.ingest import ingest_text
from bot.ingest.live_lookup import LiveLookup
from bot.posting.settings import PostingSettings
from bot.sandbox import Sandbox
from bot.sandbox.page import Page
from config.log_level import LogLevel
from config.logs import configure_logging
from config.texts import Catalogue
from storage.database import Database


async def show_in_terminal(language: str, *, is_interactive: bool) -> None:
    """Print a sample conversation; then take commands from stdin, if it is interactive."""
    async with _demo_app(Catalogue.load(), language) as (demo_scene, app):
        console = Console(highlight=False, emoji=False, soft_wrap=False)
        terminal = await conversation.converse(demo_scene, app, console)
        if is_interactive:
            await conversation.run_prompt(demo_scene, app, terminal)


async def show_page(language: str, *, port: int, in_browser: bool) -> None:
    """Serve the demo as a web page on 127.0.0.1 until SIGINT or SIGTERM.

    Raises:
        CommandError: The port can't be used.
    """
    catalogue = Catalogue.load()
    async with _demo_app(catalogue, language) as (demo_scene, app):
        page = await open_page(demo_scene, app, catalogue, port=port)
        await _serve(page, in_browser=in_browser)


@asynccontextmanager
async def _demo_app(catalogue: Catalogue, language: str) -> AsyncIterator[tuple[scene.Scene, App]]:
    """Connect the bot to a sandbox, with the sample digest in a database of its own."""
    configure_logging(LogLevel.WARNING, ())
    clock = Clock()
    clock.move_to(scene.EVENING)
    with TemporaryDirectory(prefix="daily-papers-") as folder:
        async with (
            await Database.open(Path(folder) / "demo.db") as database,
            # A random token: nobody else on this machine can speak to the sandbox as the bot.
            Sandbox(clock=clock.now, bot_name="Daily Papers", token=token_urlsafe()) as sandbox,
            local_papers(clock) as papers,
        ):
            await ingest_text(database, sample_digest(), path="sample.md", read_at=clock.now())
            demo_scene = scene.set_scene(sandbox, language=language)
            await point_at(sandbox.url)
            app = App(
                database,
                catalogue=catalogue,
                clock=clock,
                posting=PostingSettings(
                    reading_pause=0.0,
                    reading_jitter=timedelta(0),
                    wait_hours=0.0,
                    sources="Hugging Face",
                ),
                lists=papers.lists,
                live_lookup=LiveLookup(database, papers.lookups, clock.now),
            )
            async with scene.connected(app, sandbox):
                yield demo_scene, app


async def _serve(page: Page, *, in_browser: bool) -> None:
    stop = asyncio.Event()
    try:
        await page.start()
    except OSError as error:
        raise CommandError(f"The page can't be served: {error.strerror or error}") from error
    try:
        async with stop_on_signals(stop.set):
            print_lines([f"The demo runs at {page.url} (stop with Ctrl-C)"])
            flush()
            if in_browser:
                await asyncio.to_thread(webbrowser.open, page.url)
            await stop.wait()
    finally:
        await page.stop()
