"""The command line, and the only place that builds settings, database, bot and scheduler."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

from bot import terminal
from bot.digest import write
from bot.periods import Period, period_range
from config.logs import configure_logging
from config.settings import LogLevel, Settings, SettingsError, load_settings
from storage import digests, papers, search
from storage.database import Database
from storage.errors import StorageError
from storage.records import Digest, ListedPaper, arxiv_id_in

REFUSED: Final = 1
"""Exit status: some input was refused, or something was not found."""
WRONG_CALL: Final = 2
"""Exit status: the call itself or the settings are wrong."""
INTERRUPTED: Final = 130
"""Exit status: ended by Ctrl-C, as shells have it."""

app = typer.Typer(
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


class Refusal(Exception):  # noqa: N818 - nothing went wrong in the program
    """What was asked can't be done; `str()` of it says why, and what to do."""

    def __init__(self, message: str, *, status: int = REFUSED) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Call:
    """What the options before the command ask for."""

    config: Path | None
    overrides: Mapping[str, object]

    def settings(self) -> Settings:
        """Read the settings, and set up the log by them."""
        settings = load_settings(self.config, self.overrides)
        configure_logging(settings.log_level, settings.token)
        return settings


def main() -> None:
    """Run the command line; leaves by `SystemExit` with the status."""
    terminal.prepare()
    app(prog_name="daily-papers")


def examples(*calls: str) -> str:
    """Return what stands below a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  daily-papers {call}" for call in calls)


def execute(
    context: typer.Context, work: Callable[[Settings], Coroutine[Any, Any, int]]
) -> NoReturn:
    """Do a command's work, and leave with its status; what can't be done is said in a sentence."""
    call: Call = context.obj
    try:
        status = asyncio.run(work(call.settings()))
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has seen enough (`| head`). Python would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        terminal.complain("Stopped.")
        status = INTERRUPTED
    except SettingsError as error:
        terminal.complain(str(error))
        status = WRONG_CALL
    except Refusal as refusal:
        terminal.complain(str(refusal))
        status = refusal.status
    except StorageError as error:
        terminal.complain(str(error))
        status = REFUSED
    raise typer.Exit(status)


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Database]:
    """Open the database for a command that only looks something up: it must be there already."""
    if not settings.database.exists():
        raise Refusal(
            f"There is no database at {settings.database} yet: "
            "make one with “daily-papers ingest FOLDER”."
        )
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


@app.callback()
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


Json = Annotated[bool, typer.Option("--json", help="Write JSON, a line a paper.")]


@app.command(
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


@app.command(epilog=examples("top", "top --period week --count 5", "top --period all --json"))
def top(
    context: typer.Context,
    period: Annotated[
        Period,
        typer.Option(
            help="“today” is the newest digest; “week”, “month” and “year” are the 7, 30 and 365 "
            "days up to it."
        ),
    ] = Period.TODAY,
    count: Count = 10,
    as_json: Json = False,
) -> None:
    """Show the papers with the most votes."""

    async def work(settings: Settings) -> int:
        async with reading(settings) as database:
            newest = await _newest(database)
            first, last = period_range(period, newest)
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


@app.command("search", epilog=examples('search "reinforcement learning"', "search 추론 --count 3"))
def search_papers(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Words of the title, the authors or the text.")],
    count: Count = 10,
    as_json: Json = False,
) -> None:
    """Find papers by words, the best match first."""

    async def work(settings: Settings) -> int:
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


@app.command(
    epilog=examples(
        "export > papers.jsonl", "export --date 2025-02-21 --format markdown > 2025-02-21.md"
    )
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
                digest = await digests.get(database, each)
                if digest is None:
                    raise Refusal(f"There is no digest of {each}. The newest is of {newest}.")
                if form is Format.MARKDOWN:
                    # Raw into a file, which is to be read back; not so onto a terminal.
                    text = write(Digest(each, tuple(listed.paper for listed in digest.papers)))
                    terminal.say([terminal.clean(text) if sys.stdout.isatty() else text])
                    continue
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


if __name__ == "__main__":
    main()
