"""The command `fetch`."""

from datetime import date
from typing import Annotated

import typer

from bot.cli.execution import run_command
from bot.cli.options import day_parser, examples
from bot.cli.usage import Command
from config.settings import Settings

commands = typer.Typer(rich_markup_mode=None)


@commands.command(
    cls=Command,
    short_help="Download and store the lists of past days.",
    epilog=examples(
        "fetch", "fetch --from 2025-01-01 --to 2025-03-31", "fetch --source huggingface --again"
    ),
)
def fetch(
    context: typer.Context,
    first: Annotated[
        date | None,
        typer.Option(
            "--from",
            parser=day_parser("--from"),
            metavar="YYYY-MM-DD",
            help="First day. [default: 29 days before the last]",
        ),
    ] = None,
    last: Annotated[
        date | None,
        typer.Option(
            "--to",
            parser=day_parser("--to"),
            metavar="YYYY-MM-DD",
            help="Last day. [default: the newest list's]",
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only this source. [default: all but folders]"),
    ] = None,
    is_again: Annotated[
        bool, typer.Option("--again", help="Also read days that were read before.")
    ] = False,
) -> None:
    """Download lists of past days from Hugging Face and addresses, newest first, and store them.

    Days whose complete list was read before are skipped: after Ctrl-C or a failure, run the same
    command again to continue. Days that can't be read are named on stderr.
    """

    async def work(settings: Settings) -> int:
        # Imported late: aiohttp takes most of the time of `daily-papers fetch --help` otherwise.
        from bot.cli.fetch_process import FetchOptions, fetch_lists  # noqa: PLC0415 - start-up time

        options = FetchOptions(context, first, last, source, is_again=is_again)
        return await fetch_lists(settings, options)

    run_command(context, work)
