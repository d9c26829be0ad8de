"""The command `run`."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.execution import run_command
from bot.cli.exit_codes import USAGE_ERROR, CommandError
from bot.cli.options import GlobalOptions, examples
from bot.cli.usage import Command
from config.settings import Settings

commands = typer.Typer(rich_markup_mode=None)

_HOW_TO_GET_ONE: Final = (
    "The bot needs a token. Create one at https://discord.com/developers/applications (your "
    "application → Bot → Reset Token), and set it as DAILY_PAPERS_TOKEN or as `token` in "
    "daily-papers.toml. To try the bot without a token: “daily-papers demo”."
)


@commands.command(
    "run", cls=Command, epilog=examples("run", "run --digests ./digests", "--config lab.toml run")
)
def run_bot(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--digests",
            metavar="FOLDER",
            help="Folder of digests; new files are picked up while running.",
        ),
    ] = None,
) -> None:
    """Run the Discord bot (stop with Ctrl-C)."""
    options: GlobalOptions = context.obj
    context.obj = replace(options, overrides={**options.overrides, "digests": folder})

    async def work(settings: Settings) -> int:
        if settings.token is None:
            raise CommandError(_HOW_TO_GET_ONE, status=USAGE_ERROR)
        # Imported late: discord.py takes most of the time of `daily-papers --help` otherwise.
        from bot.cli.bot_process import run_until_stopped  # noqa: PLC0415 - start-up time

        await run_until_stopped(settings, settings.token.get_secret_value())
        return 0

    run_command(context, work)
