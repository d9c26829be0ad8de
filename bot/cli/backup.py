"""The commands `backup` and `restore`."""

import asyncio
import threading
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.execution import has_database, run_command
from bot.cli.exit_codes import CommandError
from bot.cli.options import examples
from bot.cli.streams import print_lines
from bot.cli.usage import Command
from bot.clock import Clock
from config.settings import Settings
from storage import backups
from storage.process_lock import ProcessLock

commands = typer.Typer(rich_markup_mode=None)


@commands.command(
    cls=Command,
    short_help="Write a checked copy of the database, also while the bot runs.",
    epilog=examples("backup papers-backup.db", "backup --force /backup/papers.db"),
)
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write.")],
    is_forced: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> None:
    """Write a checked copy of the database to one file. The bot can keep running.

    The copy has the state of one moment. It is checked and takes its name when it is complete:
    after an interruption, FILE is as it was before.
    """

    async def work(settings: Settings) -> int:
        if not has_database(settings):
            raise CommandError(f"No database at {settings.database} yet.")
        stop = threading.Event()
        try:
            size = await asyncio.to_thread(
                backups.back_up, settings.database, file, replace=is_forced, stop=stop
            )
        except asyncio.CancelledError:
            stop.set()
            raise
        print_lines([f"{file}: {backups.readable_size(size)}, checked"])
        return 0

    run_command(context, work)


@commands.command(
    cls=Command,
    short_help="Put a backup in the place of the database.",
    epilog=examples("restore papers-backup.db"),
)
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup, which stays.")],
) -> None:
    """Put a checked copy of a backup in the place of the database. Stop the bot before.

    The old database is kept beside it, under a name with the date. What was posted after the backup
    isn't known any more, and may be posted again while it is news.
    """

    async def work(settings: Settings) -> int:
        if not settings.database.parent.is_dir():
            raise CommandError(f"The folder {settings.database.parent} is not there.")
        lock = ProcessLock(settings.database)
        if not await lock.acquire_now():
            raise CommandError(
                "The bot runs with this database. Stop it, and any process that stands by."
            )
        try:
            kept = await asyncio.to_thread(
                backups.restore, file, settings.database, at=Clock().now()
            )
        finally:
            lock.release()
        print_lines(
            [
                f"{settings.database}: restored from {file}",
                *([] if kept is None else [f"{kept}: the database before"]),
            ]
        )
        return 0

    run_command(context, work)
