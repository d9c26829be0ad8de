"""Run a command: read the settings, set up the log, open the database."""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, NoReturn

import typer

from bot.cli.exit_codes import CommandError, run_and_exit
from bot.cli.options import GlobalOptions
from bot.log_ids import log_ids
from config.loading import exposed_token_file, load_settings, outdated_keys
from config.logs import configure_logging
from config.settings import Settings
from storage import digests
from storage.database import Database

log = logging.getLogger(__name__)


def run_command(
    context: typer.Context, work: Callable[[Settings], Coroutine[Any, Any, int]]
) -> NoReturn:
    """Run a command with the settings of this call, and exit with the status that it returns."""
    options: GlobalOptions = context.obj
    run_and_exit(lambda: work(read_settings(options)))


def read_settings(options: GlobalOptions) -> Settings:
    """Read the settings, set up the log, and log what is wrong with the config file.

    Raises:
        SettingsError: They can't be used.
    """
    settings = load_settings(options.config, options.overrides)
    configure_logging(settings.log_level, settings.secrets(), form=settings.log_format, ids=log_ids)
    if (exposed := exposed_token_file(options.config)) is not None:
        log.warning(
            "%s holds a token, and other users may read it: run “chmod 600 %s”",
            exposed,
            exposed,
        )
    for sentence in outdated_keys(options.config):
        log.warning("%s", sentence)
    return settings


@asynccontextmanager
async def existing_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database for a command that only reads; it must exist already.

    Raises:
        CommandError: It does not exist, or can't be opened.
    """
    if not has_database(settings):
        raise CommandError(
            f"No database at {settings.database} yet. "
            "Create one with “daily-papers fetch” or “daily-papers ingest FOLDER”."
        )
    async with await Database.open(settings.database) as database:
        yield database


def has_database(settings: Settings) -> bool:
    """Return whether there is a database file.

    Raises:
        CommandError: It can't be found out.
    """
    try:
        settings.database.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise CommandError(
            f"The database {settings.database} can't be opened: {error.strerror}"
        ) from error
    return True


async def newest_digest(database: Database) -> date:
    """Return the date of the newest digest.

    Raises:
        CommandError: There is no digest yet.
    """
    newest = await digests.newest(database)
    if newest is None:
        raise CommandError(
            "No digests yet. Add some with “daily-papers fetch” or “daily-papers ingest FOLDER”."
        )
    return newest
