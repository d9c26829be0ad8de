"""The command `doctor`."""

from typing import Annotated

import typer

from bot.cli.exit_codes import run_and_exit
from bot.cli.options import GlobalOptions, examples
from bot.cli.usage import Command

commands = typer.Typer(rich_markup_mode=None)


@commands.command(
    cls=Command,
    short_help="Check everything, and say what to do about what is wrong.",
    epilog=examples("doctor", "doctor --offline", "doctor --compact"),
)
def doctor(
    context: typer.Context,
    is_offline: Annotated[bool, typer.Option("--offline", help="Leave the network alone.")] = False,
    is_compact: Annotated[
        bool,
        typer.Option("--compact", help="First compact the database; the bot must not run."),
    ] = False,
) -> None:
    """Check settings, token, database, disk, clock, sources and the permissions in every channel.

    The bot can keep running. Each line says “ok”, or “to do” and what to do. The exit status is 1
    if something needs doing.
    """

    async def work() -> int:
        # Imported late: discord.py takes most of the time of `doctor --help` otherwise.
        from bot.cli.doctor_process import DoctorOptions, diagnose  # noqa: PLC0415 - start-up time

        options: GlobalOptions = context.obj
        return await diagnose(options, DoctorOptions(is_offline=is_offline, is_compact=is_compact))

    run_and_exit(work)
