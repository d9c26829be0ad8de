"""The process of `daily-papers demo`: the bot connected to a sandbox."""

import asyncio
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from rich.console import Console

from bot.app import App, AppParts, AppSettings
from bot.cli.exit_codes import CommandError
from bot.cli.signals import stop_on_signals
from bot.cli.streams import flush, print_lines
from bot.client import ConnectionSettings
from bot.clock import Clock
from bot.demo import conversation, scene
from bot.demo.page import open_page
from bot.demo.papers import EVENING, local_papers, store_history
from bot.demo.scene import Beginning
from bot.demo.written import MODEL, local_model
from bot.discord_endpoint import point_at
from bot.ingest import files_in, ingest_files
from bot.ingest.full_texts import FullTexts
from bot.ingest.live_lookup import LiveLookup
from bot.posting.settings import PostingSettings
from bot.sandbox import Sandbox
from bot.sandbox.page import Page
from bot.writer.configured import connect_writer
from config.log_level import LogLevel
from config.logs import configure_logging
from config.settings import Writer
from config.texts import Catalogue
from storage import digests
from storage.database import Database


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """The options of `daily-papers demo` that say how it begins."""

    language: str
    """Of the server and the people in it."""
    is_ready: bool = False
    """Whether there is a schedule; else the server has just added the bot."""
    is_empty: bool = False
    """Whether there are neither papers nor schedules."""
    digests: Path | None = None
    """Folder of digests that the demo uses instead of its sample."""

    @property
    def beginning(self) -> Beginning:
        """What there is when the demo begins."""
        if self.is_empty:
            return Beginning.EMPTY
        return Beginning.READY if self.is_ready else Beginning.NEW


async def show_in_terminal(options: DemoOptions, *, is_interactive: bool) -> None:
    """Print a sample conversation; then take commands from stdin, if it is interactive.

    Raises:
        CommandError: The folder has no digests.
    """
    async with _demo_app(Catalogue.load(), options) as (demo_scene, app):
        console = Console(highlight=False, emoji=False, soft_wrap=False)
        paper = await _top_paper(app.database)
        terminal = await conversation.converse(
            demo_scene, app, console, beginning=options.beginning, paper=paper
        )
        if is_interactive:
            await conversation.run_prompt(demo_scene, app, terminal)


async def show_page(options: DemoOptions, *, port: int, in_browser: bool) -> None:
    """Serve the demo as a web page on 127.0.0.1 until SIGINT or SIGTERM.

    Raises:
        CommandError: The port can't be used, or the folder has no digests.
    """
    catalogue = Catalogue.load()
    async with _demo_app(catalogue, options) as (demo_scene, app):
        page = open_page(demo_scene, app, catalogue, port=port, beginning=options.beginning)
        await _serve(page, in_browser=in_browser)


@asynccontextmanager
async def _demo_app(
    catalogue: Catalogue, options: DemoOptions
) -> AsyncIterator[tuple[scene.Scene, App]]:
    """Connect the bot to a sandbox, with a database of its own."""
    configure_logging(LogLevel.WARNING, ())
    clock = Clock()
    clock.move_to(EVENING)
    has_sample = options.beginning.has_papers and options.digests is None
    with TemporaryDirectory(prefix="daily-papers-") as folder:
        async with (
            await Database.open(Path(folder) / "demo.db") as database,
            # A random token: nobody else on this machine can speak to the sandbox as the bot.
            Sandbox(clock=clock.now, bot_name="Daily Papers", token=token_urlsafe()) as sandbox,
            local_papers(clock, is_empty=not has_sample) as papers,
            local_model(clock) as url,
            connect_writer(
                Writer(url=url, model=MODEL), database, FullTexts(None), now=clock.now
            ) as writing,
        ):
            if has_sample:
                await store_history(database, papers, clock)
            elif options.digests is not None:
                await _store_folder(database, options.digests, clock)
            demo_scene = scene.set_scene(
                sandbox, language=options.language, beginning=options.beginning
            )
            await point_at(sandbox.url)
            app = App(
                database,
                catalogue=catalogue,
                clock=clock,
                settings=AppSettings(
                    posting=PostingSettings(
                        reading_pause=0.0,
                        reading_jitter=timedelta(0),
                        wait_hours=0.0,
                        sources="Hugging Face",
                    ),
                ),
                parts=AppParts(
                    lists=papers.lists,
                    live_lookup=LiveLookup(database, papers.lookups, clock.now),
                    writing=writing,
                ),
                # There is one server, of which it is told at once.
                connection=ConnectionSettings(ready_after=0.3),
            )
            async with scene.connected(app, sandbox):
                await scene.begin(demo_scene, options.beginning)
                yield demo_scene, app


async def _store_folder(database: Database, folder: Path, clock: Clock) -> None:
    """Store a folder's digests, and set the clock to the evening of the newest one's day.

    Raises:
        CommandError: The folder has no digests.
    """
    results = ingest_files(database, files_in([folder]), read_at=Clock().now())
    days = [stored.date async for result in results for stored in result.stored]
    if not days:
        raise CommandError(f"There are no digests in {folder}.")
    clock.move_to(datetime.combine(max(days), EVENING.timetz()))


async def _top_paper(database: Database) -> str | None:
    """Return the id of the first paper of the newest list; `None` if there is none."""
    day = await digests.newest(database)
    newest = await digests.get(database, day) if day is not None else None
    return newest.papers[0].paper.arxiv_id if newest is not None else None


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
