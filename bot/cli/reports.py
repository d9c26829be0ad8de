"""The command `reports`."""

import json
from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import typer

from bot.cli.execution import existing_database, run_command
from bot.cli.exit_codes import USAGE_ERROR, CommandError
from bot.cli.options import examples, number_parser
from bot.cli.streams import clean_line, print_error, print_lines
from bot.cli.usage import Command
from bot.clock import Clock
from config.settings import Settings
from storage import reports
from storage.database import Database
from storage.reports import Report, Resolution

commands = typer.Typer(rich_markup_mode=None)

_MOST: Final = 10**9


@commands.command(
    "reports",
    cls=Command,
    short_help="Show and act on reports of written summaries.",
    epilog=examples("reports", "reports --hide 3", "reports --rewrite 3", "reports --json"),
)
def show_reports(
    context: typer.Context,
    hide: Annotated[
        int | None,
        typer.Option(
            parser=number_parser("--hide", 1, _MOST),
            metavar="ID",
            help="Hide the text that this report is about.",
        ),
    ] = None,
    rewrite: Annotated[
        int | None,
        typer.Option(
            parser=number_parser("--rewrite", 1, _MOST),
            metavar="ID",
            help="Delete that text, and let the bot write it again.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, one report per line.")
    ] = False,
) -> None:
    """Show what readers report of texts that the language model wrote; open reports come first.

    With --hide or --rewrite, all reports of that text are resolved. A resolved report is kept for
    90 days.
    """

    async def work(settings: Settings) -> int:
        if hide is not None and rewrite is not None:
            raise CommandError("Choose one of --hide and --rewrite.", status=USAGE_ERROR)
        if rewrite is not None and not settings.writer.is_on:
            raise CommandError(
                "No language model is set that could write it again: see [writer] url and model.",
                status=USAGE_ERROR,
            )
        async with existing_database(settings) as database:
            if hide is not None:
                await _resolve(database, hide, Resolution.HIDDEN)
            elif rewrite is not None:
                await _resolve(database, rewrite, Resolution.REWRITTEN)
            else:
                found = await reports.every(database)
                print_lines(map(_json, found) if as_json else _lines(found))
        return 0

    run_command(context, work)


async def _resolve(database: Database, report_id: int, resolution: Resolution) -> None:
    report = await reports.get(database, report_id)
    if report is None:
        raise CommandError(f"There is no report {report_id}. “daily-papers reports” lists them.")
    now = Clock().now()
    text = f"the text of {report.arxiv_id} in “{report.language}”"
    if resolution is Resolution.HIDDEN:
        await reports.hide(database, report, at=now)
        print_error(f"Hidden: {text}. “reports --rewrite {report.id}” lets it be written again.")
        return
    # Imported late: only this needs the kinds of the writer's jobs.
    from bot.writer.service import write_job  # noqa: PLC0415 - start-up time

    job = write_job(report.arxiv_id, report.language, now)
    await reports.rewrite(database, report, write=[job], at=now)
    print_error(f"Deleted: {text}. The bot writes it again, now if it runs.")


def _json(report: Report) -> str:
    return json.dumps(
        {
            "id": report.id,
            "arxiv_id": report.arxiv_id,
            "title": report.title,
            "language": report.language,
            "model": report.model,
            "user_id": None if report.user_id is None else str(report.user_id),
            "reason": report.reason,
            "at": report.at.isoformat(),
            "resolved_at": None if report.resolved_at is None else report.resolved_at.isoformat(),
            "resolution": report.resolution,
        },
        ensure_ascii=False,
    )


def _lines(found: Sequence[Report]) -> Iterator[str]:
    """Yield a line per report, separated by tabs."""
    for report in found:
        cells = (
            str(report.id),
            f"{report.at.astimezone():%Y-%m-%d %H:%M %Z}",
            report.resolution or "open",
            report.arxiv_id,
            report.language,
            report.model,
            report.reason,
        )
        yield "\t".join(map(clean_line, cells))
