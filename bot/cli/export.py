"""The command `export`."""

import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.execution import existing_database, newest_digest, run_command
from bot.cli.exit_codes import CommandError
from bot.cli.options import choice_parser, choices, day_parser, examples
from bot.cli.output import paper_json
from bot.cli.streams import clean, is_terminal, print_lines
from bot.cli.usage import Command
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
        "export > papers.jsonl", "export --date 2025-02-21 --format markdown > 2025-02-21.md"
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
) -> None:
    """Print digests, newest first: JSON with one paper per line, or Markdown to ingest again.

    JSON has each paper once, with the newest digest that lists it.
    """
    print_digests = _print_json if export_format is Format.JSONL else _print_markdown

    async def work(settings: Settings) -> int:
        async with existing_database(settings) as database:
            newest = await newest_digest(database)
            days = await digests.dates(database)
            if day is not None and day not in days:
                raise CommandError(f"There is no digest of {day}. The newest is of {newest}.")
            await print_digests(database, [*reversed(days)] if day is None else [day])
        return 0

    run_command(context, work)


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
