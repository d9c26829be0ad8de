"""The look-up commands `paper` and `top`."""

from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from bot.cli import output
from bot.cli.execution import existing_database, newest_digest, run_command
from bot.cli.exit_codes import CommandError
from bot.cli.options import choice_parser, choices, day_parser, examples, number_parser
from bot.cli.paper_ids import missing_paper, read_id
from bot.cli.streams import print_lines
from bot.cli.usage import Command
from bot.time_range import TimeRange, first_and_last_day
from config.settings import Settings
from storage import digests, papers
from storage.database import Database
from storage.records import ListedPaper

commands = typer.Typer(rich_markup_mode=None)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, one paper per line.")]
Count = Annotated[
    int,
    typer.Option(
        parser=number_parser("--count", 1, 10_000),
        metavar="N",
        help="Number of papers, 1–10,000.",
    ),
]


@commands.command(
    cls=Command,
    epilog=examples(
        "paper 2502.14499",
        "paper https://huggingface.co/papers/2502.14499",
        "paper 2502.14499 --json",
    ),
)
def paper(
    context: typer.Context,
    paper_id: Annotated[
        str, typer.Argument(metavar="ID", help="arXiv ID, or an arXiv or Hugging Face link.")
    ],
    as_json: Json = False,
) -> None:
    """Show a paper."""

    async def work(settings: Settings) -> int:
        arxiv_id = read_id(paper_id)
        async with existing_database(settings) as database:
            listed = await papers.get(database, arxiv_id)
            if listed is None:
                raise await missing_paper(database, arxiv_id)
        _show_paper(listed, as_json=as_json)
        return 0

    run_command(context, work)


def _show_paper(listed: ListedPaper, *, as_json: bool) -> None:
    if as_json:
        print_lines([output.paper_json(listed)])
    else:
        output.show(lambda: _draw_paper(listed), lambda: output.paper_lines(listed))


def _draw_paper(listed: ListedPaper) -> RenderableType:
    # rich's Markdown takes longer to import than everything else here, and only terminals need it.
    from bot.cli.paper_drawing import draw_paper  # noqa: PLC0415 - start-up time

    return draw_paper(listed)


@commands.command(
    cls=Command,
    epilog=examples(
        "top", "top --period week --count 5", "top --date 2025-02-21", "top --period all --json"
    ),
)
def top(
    context: typer.Context,
    period: Annotated[
        TimeRange,
        typer.Option(
            parser=choice_parser("--period", TimeRange),
            metavar=choices(TimeRange),
            help="The newest digest, the 7, 30 or 365 days up to it, or all digests.",
        ),
    ] = TimeRange.TODAY,
    day: Annotated[
        date | None,
        typer.Option(
            "--date",
            parser=day_parser("--date"),
            metavar="YYYY-MM-DD",
            help="Last day of the period. [default: the newest digest]",
        ),
    ] = None,
    count: Count = 10,
    as_json: Json = False,
) -> None:
    """Show the most upvoted papers."""

    async def work(settings: Settings) -> int:
        async with existing_database(settings) as database:
            newest = await newest_digest(database)
            if day is not None:
                await _check_day(day, database)
            first, last = first_and_last_day(period, day or newest)
            ranking = await papers.top(database, first=first, last=last, limit=count)
        if as_json:
            print_lines(map(output.paper_json, ranking.papers))
        else:
            output.show(
                lambda: output.draw_ranking(ranking),
                lambda: output.table_lines(ranking.papers),
            )
        return 0

    run_command(context, work)


async def _check_day(day: date, database: Database) -> None:
    """Check that a digest of a day has papers.

    Raises:
        CommandError: None has. The text names the nearest days whose digests have some.
    """
    days = await digests.dates_with_papers(database)
    if day in days:
        return
    nearest = [
        *[each for each in days if each < day][-1:],
        *[each for each in days if each > day][:1],
    ]
    known = " and ".join(map(str, nearest))
    raise CommandError(f"No digest of {day} has papers. The nearest: {known}.")
