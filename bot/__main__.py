"""The command line, and the only place that builds settings, database, bot and scheduler."""

import asyncio
import logging
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final, NoReturn

import aiohttp
import discord
import typer
from rich.console import Console

from bot import terminal
from bot.app import App
from bot.availability import open_writable, watch_file
from bot.clock import Clock
from bot.demo import conversation, scene
from bot.demo.page import open_page
from bot.digest import ProblemKind, write
from bot.digest.source import MAX_BYTES
from bot.endings import REFUSED, WRONG_CALL, Refusal, end_with, ended_by_signals
from bot.gateway_client import GatewayRefusedError
from bot.ingest import Ingested, files_in, ingest_files, ingest_text, watch
from bot.posting.settings import PostingSettings
from bot.redirect import point_at
from bot.retry import Backoff, retry
from bot.sandbox import Sandbox
from bot.sandbox.page import Page
from bot.time_range import TimeRange, first_and_last_day
from config.logs import configure_logging
from config.settings import LogLevel, Settings, exposed_token_file, load_settings
from config.texts import Catalogue
from storage import digests, papers, search
from storage.database import Database
from storage.errors import (
    NewerDatabaseError,
    NotADatabaseError,
    ReplacedDatabaseError,
    UnwritableDatabaseError,
)
from storage.records import ListedPaper, arxiv_id_in
from storage.schedules import Limits

log = logging.getLogger(__name__)

_STDIN: Final = Path("-")
_LONGEST_END: Final = 6.0
"""Seconds for the bot to end in good order."""
_PART: Final = 65_536
"""Bytes of a pipe at a time."""
_PAPERS_LEFT_OUT: Final = {
    ProblemKind.DATE_UNREADABLE,
    ProblemKind.PAPER_UNREADABLE,
    ProblemKind.PAPER_UNDATED,
}
"""Problems that cost a paper; the others cost a detail of one, and all went well without it."""

cli = typer.Typer(
    name="daily-papers",
    no_args_is_help=True,
    # Typer's own tracebacks can show the values of variables, the token among them.
    pretty_exceptions_enable=False,
    # Plain help is read as well on a terminal, and by grep; it also starts faster.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How `export` writes papers."""

    JSONL = "jsonl"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Call:
    """What the options before the command ask for."""

    config: Path | None
    overrides: Mapping[str, object]

    def settings(self) -> Settings:
        """Read the settings, and set up the log by them."""
        settings = load_settings(self.config, self.overrides)
        configure_logging(settings.log_level, settings.token)
        if (exposed := exposed_token_file(self.config)) is not None:
            log.warning(
                "%s holds the bot's token, and other users may read it: run “chmod 600 %s”",
                exposed,
                exposed,
            )
        return settings


def main() -> None:
    """Run the command line; leaves by `SystemExit` with the status."""
    terminal.prepare()
    cli(prog_name="daily-papers")


def examples(*calls: str) -> str:
    """Return what stands below a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  daily-papers {call}" for call in calls)


def execute(
    context: typer.Context, work: Callable[[Settings], Coroutine[Any, Any, int]]
) -> NoReturn:
    """Do a command's work with the settings that the call asks for, and leave with its status."""
    call: Call = context.obj
    end_with(lambda: work(call.settings()))


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Database]:
    """Open the database for a command that only looks something up: it must be there already."""
    try:
        settings.database.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise Refusal(
            f"There is no database at {settings.database} yet: "
            "make one with “daily-papers ingest FOLDER”."
        ) from None
    except OSError as error:
        raise Refusal(
            f"The database {settings.database} can't be opened: {error.strerror}"
        ) from error
    async with await Database.open(settings.database) as database:
        yield database


def _print_version(asked: bool) -> None:
    if asked:
        try:
            number = version("daily-papers-bot")
        except PackageNotFoundError:
            number = "(not installed)"
        typer.echo(f"daily-papers {number}")
        raise typer.Exit


@cli.callback(
    epilog=examples(
        "demo --open", "ingest digests/", "top --period week", 'search "reinforcement learning"'
    )
)
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings. [default: daily-papers.toml, if it is here]"),
    ] = None,
    database: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Database. [default: daily-papers.db]")
    ] = None,
    log_level: Annotated[
        LogLevel | None, typer.Option(help="How much to log. [default: info]")
    ] = None,
    show_version: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option("--version", help="Show the version.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Post the day's most voted AI papers to Discord each morning, and find any of them again.

    Every setting can stand in daily-papers.toml or in the environment (DAILY_PAPERS_DATABASE …).
    Results go to stdout, progress and problems to stderr. Exit status: 0 all went well, 1 some
    input was refused or something was not found, 2 the call itself was wrong.
    """
    context.obj = Call(config, {"database": database, "log_level": log_level})


def _are_there(paths: list[Path]) -> list[Path]:
    """Check what was named; Typer's own check takes “-” for a file."""
    for path in paths:
        if path == _STDIN:
            continue
        name = terminal.clean_line(str(path))
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise typer.BadParameter(f"There is no {name}.") from None
        except OSError as error:
            raise typer.BadParameter(f"{name} can't be read: {error.strerror}.") from None
    return paths


@cli.command(
    short_help="Read digests and store them.",
    epilog=examples(
        "ingest digests/", "ingest 2025-02-21.md 2025-02-24.md", "ingest - < 2025-02-21.md"
    ),
)
def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            callback=_are_there,
            help="Digests, folders of them (each .md file, with subfolders), or - for stdin.",
        ),
    ],
) -> None:
    """Read digests and store them; what is stored already is not written again.

    What can't be read is named on stderr as “file:line: kind: message”, and the rest is stored.
    """

    def work(settings: Settings) -> Coroutine[Any, Any, int]:
        # Read before there is an event loop, which would keep Ctrl-C waiting for the input's end.
        piped = {path: _piped(path) for path in paths if _is_pipe(path)}
        return _ingest(settings, [path for path in paths if path not in piped], piped)

    execute(context, work)


def _is_pipe(path: Path) -> bool:
    """Tell whether reading something may have to wait for someone who writes: stdin, a FIFO."""
    return path == _STDIN or not (path.is_file() or path.is_dir())


def _piped(path: Path) -> bytes | str:
    """Return what a pipe gives, or enough of it to see that it is too large; or why nothing."""
    if path == _STDIN and sys.stdin is None:
        return "is closed"
    data = bytearray()
    try:
        with nullcontext(sys.stdin.buffer) if path == _STDIN else path.open("rb") as stream:
            # Part by part, because Ctrl-C is heard in between.
            while len(data) <= MAX_BYTES and (part := stream.read(_PART)):
                data += part
    except OSError as error:
        return f"can't be read: {error.strerror or error}"
    return bytes(data)


async def _ingest(
    settings: Settings, paths: Sequence[Path], piped: Mapping[Path, bytes | str]
) -> int:
    files = files_in(paths)
    if not piped and not files:
        raise Refusal(f"There is no .md file in {', '.join(map(str, paths))}.")
    now = datetime.now(UTC)
    results: list[Ingested] = []
    async with await Database.open(settings.database) as database:
        with terminal.progress(len(files) + len(piped)) as report:
            for path, data in piped.items():
                name = str(path)
                if isinstance(data, str):
                    results.append(Ingested(name, refused=data))
                else:
                    results.append(await ingest_text(database, data, path=name, read_at=now))
                report(results[-1])
            async with aclosing(ingest_files(database, files, read_at=now)) as ingested:
                async for result in ingested:
                    results.append(result)
                    report(result)
    terminal.say([terminal.summary(results)])
    left_out = any(p.kind in _PAPERS_LEFT_OUT for result in results for p in result.problems)
    return REFUSED if left_out or any(result.refused for result in results) else 0


Json = Annotated[bool, typer.Option("--json", help="Write JSON, a line a paper.")]


@cli.command(
    epilog=examples(
        "paper 2502.14499",
        "paper https://huggingface.co/papers/2502.14499",
        "paper 2502.14499 --json",
    )
)
def paper(
    context: typer.Context,
    paper_id: Annotated[
        str, typer.Argument(metavar="ID", help="arXiv id, or an arXiv or Hugging Face address.")
    ],
    as_json: Json = False,
) -> None:
    """Show a paper."""

    async def work(settings: Settings) -> int:
        arxiv_id = arxiv_id_in(paper_id)
        if arxiv_id is None:
            raise Refusal(
                f"“{paper_id}” is neither an arXiv id such as 2502.14499 nor an address with one. "
                "For words of a title there is “daily-papers search”.",
                status=WRONG_CALL,
            )
        async with reading(settings) as database:
            listed = await papers.get(database, arxiv_id)
            near = await papers.near(database, arxiv_id) if listed is None else ()
        if listed is None:
            message = f"No digest has listed {arxiv_id}."
            if near:
                names = "\n".join(f"  {terminal.name_line(name)}" for name in near)
                message += f" Near it are:\n{names}"
            raise Refusal(message)
        _show_one(listed, as_json=as_json)
        return 0

    execute(context, work)


def _show_one(listed: ListedPaper, *, as_json: bool) -> None:
    if as_json:
        terminal.say([terminal.paper_json(listed)])
    else:
        terminal.show(lambda: terminal.draw_paper(listed), lambda: terminal.paper_lines(listed))


Count = Annotated[int, typer.Option(min=1, max=10_000, help="How many papers at most.")]


@cli.command(epilog=examples("top", "top --period week --count 5", "top --period all --json"))
def top(
    context: typer.Context,
    period: Annotated[
        TimeRange,
        typer.Option(
            help="“today” is the newest digest; “week”, “month” and “year” are the 7, 30 and 365 "
            "days up to it."
        ),
    ] = TimeRange.TODAY,
    count: Count = 10,
    as_json: Json = False,
) -> None:
    """Show the papers with the most votes."""

    async def work(settings: Settings) -> int:
        async with reading(settings) as database:
            newest = await _newest(database)
            first, last = first_and_last_day(period, newest)
            ranking = await papers.top(database, first=first, last=last, limit=count)
        if as_json:
            terminal.say(map(terminal.paper_json, ranking.papers))
        else:
            terminal.show(
                lambda: terminal.draw_ranking(ranking),
                lambda: terminal.table_lines(ranking.papers),
            )
        return 0

    execute(context, work)


@cli.command("search", epilog=examples('search "reinforcement learning"', "search 추론 --count 3"))
def search_papers(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Words of the title, the authors or the text.")],
    count: Count = 10,
    as_json: Json = False,
) -> None:
    """Find papers by words, the best match first."""

    async def work(settings: Settings) -> int:
        if not text.strip():
            raise Refusal(
                "Type a word to search for: “daily-papers search reinforcement”.",
                status=WRONG_CALL,
            )
        # A shell passes on bytes that are no text as half characters, which no database takes.
        words = text.encode(errors="replace").decode()
        async with reading(settings) as database:
            found = await search.search(database, words, limit=count)
        if not found:
            raise Refusal(f"No paper has “{words}”.")
        if as_json:
            terminal.say(map(terminal.paper_json, found))
        else:
            terminal.show(lambda: terminal.draw_table(found), lambda: terminal.table_lines(found))
        return 0

    execute(context, work)


@cli.command(
    short_help="Write digests out, as JSON or as Markdown.",
    epilog=examples(
        "export > papers.jsonl", "export --date 2025-02-21 --format markdown > 2025-02-21.md"
    ),
)
def export(
    context: typer.Context,
    day: Annotated[
        datetime | None,
        typer.Option(
            "--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="This day's digest alone."
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.JSONL,
) -> None:
    """Write digests out, newest first: as JSON, a line a paper, or as Markdown to ingest again.

    Without a date it is all of them. JSON then has each paper once, with the newest digest that
    lists it.
    """

    async def work(settings: Settings) -> int:
        async with reading(settings) as database:
            newest = await _newest(database)
            days = [day.date()] if day is not None else reversed(await digests.dates(database))
            exported: set[str] = set()
            for each in days:
                if form is Format.MARKDOWN:
                    day_read = await digests.get_as_read(database, each)
                    if day_read is None:
                        raise Refusal(f"There is no digest of {each}. The newest is of {newest}.")
                    # Raw into a file, which is to be read back; not so onto a terminal.
                    text = write(day_read)
                    terminal.say([terminal.clean(text) if sys.stdout.isatty() else text])
                    continue
                digest = await digests.get(database, each)
                if digest is None:
                    raise Refusal(f"There is no digest of {each}. The newest is of {newest}.")
                terminal.say(
                    terminal.paper_json(listed)
                    for listed in digest.papers
                    if listed.paper.arxiv_id not in exported
                )
                exported.update(listed.paper.arxiv_id for listed in digest.papers)
        return 0

    execute(context, work)


async def _newest(database: Database) -> date:
    newest = await digests.newest(database)
    if newest is None:
        raise Refusal("There is no digest yet: add some with “daily-papers ingest FOLDER”.")
    return newest


_HOW_WITHOUT: Final = (
    "The bot needs a token to be on Discord. Get one at "
    "https://discord.com/developers/applications (your application → Bot → Reset Token) and set it "
    "as DAILY_PAPERS_TOKEN, or as `token` in daily-papers.toml. To try the bot without one: "
    "“daily-papers demo”."
)
_HOW_ANEW: Final = (
    "Discord does not know this token. Make a new one at "
    "https://discord.com/developers/applications (your application → Bot → Reset Token) and set it "
    "as DAILY_PAPERS_TOKEN."
)


@cli.command("run", epilog=examples("run", "run --digests ./digests", "--config lab.toml run"))
def run_bot(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option("--digests", metavar="FOLDER", help="Digests to read, now and as they come."),
    ] = None,
) -> None:
    """Be the bot on Discord, until Ctrl-C or SIGTERM."""
    call: Call = context.obj
    context.obj = Call(call.config, {**call.overrides, "digests": folder})

    async def work(settings: Settings) -> int:
        if settings.token is None:
            raise Refusal(_HOW_WITHOUT, status=WRONG_CALL)
        async with await _open_for_bot(settings.database) as database:
            try:
                await _attend(settings, database, settings.token.get_secret_value())
            except ReplacedDatabaseError as error:
                raise Refusal(str(error), status=WRONG_CALL) from error
            except discord.LoginFailure:
                raise Refusal(_HOW_ANEW, status=WRONG_CALL) from None
            except GatewayRefusedError as error:
                raise Refusal(str(error), status=WRONG_CALL) from None
            except (ConnectionError, aiohttp.ClientError, discord.DiscordException) as error:
                raise Refusal(f"Discord can't be reached: {error}") from error
        return 0

    execute(context, work)


async def _open_for_bot(path: Path) -> Database:
    """Open the database; a disk without room and another process's lock are waited for."""
    try:
        return await open_writable(path)
    except (NotADatabaseError, NewerDatabaseError, UnwritableDatabaseError) as error:
        raise Refusal(str(error), status=WRONG_CALL) from error


async def _attend(settings: Settings, database: Database, token: str) -> None:
    """Be the bot until this process is asked to end."""
    stop = asyncio.Event()
    app = App(
        database,
        posting=PostingSettings(news_days=settings.news_days, wait_hours=settings.wait_hours),
        requests_per_second=settings.requests_per_second,
        limits=Limits(
            per_server=settings.schedules_per_server, per_channel=settings.schedules_per_channel
        ),
    )

    async def connect() -> None:
        await retry("reach Discord", lambda: point_at(settings.discord_url), backoff=Backoff())
        await app.run(token)

    async def end() -> None:
        stop.set()

    async with ended_by_signals(end):
        connecting = asyncio.create_task(connect(), name="bot")
        watching = asyncio.create_task(watch_file(database, stop=stop), name="database file")
        work = {connecting, watching, asyncio.create_task(stop.wait(), name="end")}
        if settings.digests is not None:
            following = watch(
                database,
                settings.digests,
                now=app.clock.now,
                stop=stop,
                stored=app.posting.digests_stored,
            )
            work.add(asyncio.create_task(following, name="digests"))
        try:
            await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            app.stop()
            await asyncio.wait({connecting}, timeout=_LONGEST_END)
            connecting.cancel()
            await asyncio.wait(work)
        for task in work:
            if not task.cancelled():
                await task


class Language(StrEnum):
    """A language that there are texts in."""

    ENGLISH = "en"
    KOREAN = "ko"


@cli.command(
    short_help="Show the bot at work, without account or token.",
    epilog=examples("demo", "demo --open", "demo --terminal", "demo --once"),
)
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Of the page, on 127.0.0.1; 0 is a free one.")
    ] = 0,
    in_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    here: Annotated[
        bool, typer.Option("--terminal", help="Talk here instead of on a page.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Show a conversation here, without asking, and end.")
    ] = False,
    language: Annotated[
        Language, typer.Option(help="What the server and the people in it speak.")
    ] = Language.ENGLISH,
) -> None:
    """Show the bot at work in a Discord on this machine: no account, no token, no network.

    It is served as a page, until Ctrl-C: open the address in a browser.
    """

    async def work() -> int:
        configure_logging(LogLevel.WARNING, None)
        catalogue = Catalogue.load()
        async with _staged(catalogue, language.value) as (there, app):
            if here or once:
                console = Console(highlight=False, emoji=False, soft_wrap=False)
                in_terminal = await conversation.converse(there, app, console)
                if not once:
                    await conversation.take_turns(there, app, in_terminal)
            else:
                page = await open_page(there, app, catalogue, port=port)
                await _serve(page, in_browser=in_browser)
        return 0

    end_with(work)


@asynccontextmanager
async def _staged(catalogue: Catalogue, language: str) -> AsyncIterator[tuple[scene.Scene, App]]:
    """Have the bot connected to a Discord of its own, the sample digest stored."""
    clock = Clock()
    clock.move_to(scene.EVENING)
    with TemporaryDirectory(prefix="daily-papers-") as folder:
        async with (
            await Database.open(Path(folder) / "demo.db") as database,
            # Nobody else on this machine is to speak to it as the bot.
            Sandbox(clock=clock.now, bot_name="Daily Papers", token=token_urlsafe()) as sandbox,
        ):
            digest = scene.sample_digest()
            await ingest_text(database, digest, path="sample.md", read_at=clock.now())
            there = scene.set_scene(sandbox, language=language)
            await point_at(sandbox.url)
            app = App(database, catalogue=catalogue, clock=clock)
            async with scene.connected(app, sandbox):
                yield there, app


async def _serve(page: Page, *, in_browser: bool) -> None:
    """Serve a page until this process is asked to end."""
    stop = asyncio.Event()

    async def end() -> None:
        stop.set()

    try:
        await page.start()
    except OSError as error:
        raise Refusal(f"The page can't be served: {error.strerror or error}") from error
    try:
        async with ended_by_signals(end):
            terminal.say([f"The bot is at work at {page.url} (Ctrl-C ends it)"])
            terminal.flush()
            if in_browser:
                await asyncio.to_thread(webbrowser.open, page.url)
            await stop.wait()
    finally:
        await page.stop()


if __name__ == "__main__":
    main()
