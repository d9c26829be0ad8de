"""The command `export`."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.execution import existing_database, newest_digest, run_command
from bot.cli.exit_codes import FAILURE, CommandError
from bot.cli.options import OptionError, choice_parser, choices, day_parser, examples
from bot.cli.output import paper_json
from bot.cli.streams import clean, is_terminal, print_error, print_lines
from bot.cli.usage import Command
from bot.clock import Clock
from bot.digest import write
from config.settings import Settings
from storage import digests
from storage.database import Database

commands = typer.Typer(rich_markup_mode=None)


class Format(StrEnum):
    """How `export` writes papers."""

    JSONL = "jsonl"
    MARKDOWN = "markdown"


@commands.command(
    cls=Command,
    short_help="Print digests as JSON or Markdown.",
    epilog=examples(
        "export > papers.jsonl",
        "export --date 2025-02-21 --format markdown > 2025-02-21.md",
        "export --format markdown --folder archive",
    ),
)
def export(
    context: typer.Context,
    day: Annotated[
        date | None,
        typer.Option(
            "--date",
            parser=day_parser("--date"),
            metavar="YYYY-MM-DD",
            help="Only this day. [default: all days]",
        ),
    ] = None,
    export_format: Annotated[
        Format,
        typer.Option(
            "--format",
            parser=choice_parser("--format", Format),
            metavar=choices(Format),
            help="Output format.",
        ),
    ] = Format.JSONL,
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Write all days as the archive that [publish] keeps, with pages and feeds.",
        ),
    ] = None,
) -> None:
    """Print digests, newest first: JSON with one paper per line, or Markdown to ingest again.

    JSON has each paper once, with the newest digest that lists it.
    """
    if folder is not None and export_format is not Format.MARKDOWN:
        raise OptionError("--folder: add --format markdown.")
    if folder is not None and day is not None:
        raise OptionError("--folder: all days are written; leave out --date.")
    print_digests = _print_json if export_format is Format.JSONL else _print_markdown

    async def work(settings: Settings) -> int:
        async with existing_database(settings) as database:
            newest = await newest_digest(database)
            if folder is not None:
                return await _write_archive(database, folder, settings.publish.url)
            days = await digests.dates(database)
            if day is not None and day not in days:
                raise CommandError(f"There is no digest of {day}. The newest is of {newest}.")
            await print_digests(database, [*reversed(days)] if day is None else [day])
        return 0

    run_command(context, work)


async def _write_archive(database: Database, folder: Path, url: str | None) -> int:
    # Imported late: the texts of its pages take time that other exports don't need.
    from bot.publish.archive import Archive  # noqa: PLC0415 - start-up time
    from bot.publish.publisher import Publisher  # noqa: PLC0415 - as above
    from config.texts import Catalogue  # noqa: PLC0415 - as above

    publisher = Publisher(database, Archive(folder, url), Catalogue.load())
    result = await publisher.publish(Clock().now())
    for path in sorted(result.foreign):
        print_error(f"{path} is no file of the archive and is left alone")
    for failure in result.failures:
        print_error(failure)
    print_lines([f"{result.written:,} files written in {clean(str(folder))}"])
    return FAILURE if result.failures or result.foreign else 0


async def _print_json(database: Database, days: list[date]) -> None:
    """Print each paper once, with the newest digest that lists it."""
    exported: set[str] = set()
    for day in days:
        if (digest := await digests.get(database, day)) is not None:
            print_lines(
                paper_json(listed)
                for listed in digest.papers
                if listed.paper.arxiv_id not in exported
            )
            exported.update(listed.paper.arxiv_id for listed in digest.papers)


async def _print_markdown(database: Database, days: list[date]) -> None:
    for day in days:
        if (digest := await digests.get_as_read(database, day)) is not None:
            text = write(digest)
            # A file gets it unchanged, so that `ingest` reads the same again; a terminal doesn't.
            print_lines([clean(text) if is_terminal(sys.stdout) else text])
