"""Run `daily-papers doctor`: gather what it checks, and print the findings."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.cli.exit_codes import FAILURE, CommandError
from bot.cli.options import GlobalOptions
from bot.cli.streams import clean_line, flush, print_lines
from bot.doctor.discord_checks import check_discord
from bot.doctor.finding import Finding, State, ok, skipped, to_do
from bot.doctor.installation import (
    check_copies,
    check_database,
    check_disk,
    check_fonts,
    check_time_zones,
)
from bot.doctor.meaning import check_meaning
from bot.doctor.services import check_folders, check_services
from bot.semantic.opening import model_of
from config.errors import SettingsError as WrongSettingsError
from config.loading import exposed_token_file, load_settings, outdated_keys
from config.logs import configure_logging
from config.settings import Settings
from storage import compacting, schedules
from storage.backups import readable_size
from storage.database import Database
from storage.errors import StorageError
from storage.process_lock import ProcessLock
from storage.records import Schedule

_WITHOUT: Final = (
    "none is set: copy it from https://discord.com/developers/applications (your application → Bot"
    " → Reset Token) and set it as DAILY_PAPERS_TOKEN"
)


@dataclass(frozen=True, slots=True)
class DoctorOptions:
    """The options of the command."""

    is_offline: bool
    is_compact: bool


async def diagnose(given: GlobalOptions, options: DoctorOptions) -> int:
    """Check everything and print a line for each check, as soon as it is done.

    Raises:
        CommandError: The bot runs, so that its database can't be compacted.
        StorageError: The database can't be compacted.
    """
    try:
        settings = load_settings(given.config, given.overrides)
        files = _check_files(given)
    except WrongSettingsError as error:
        _print([to_do("settings", problem) for problem in error.problems])
        return FAILURE
    configure_logging(settings.log_level, settings.secrets())
    if options.is_compact:
        await _compact(settings.database)
    is_well = _print(files)
    async for findings in _check(settings, is_offline=options.is_offline):
        is_well = _print(findings) and is_well
    return 0 if is_well else FAILURE


async def _compact(path: Path) -> None:
    if not await asyncio.to_thread(path.exists):
        raise CommandError(f"No database at {path} yet.")
    lock = ProcessLock(path)
    if not await lock.acquire_now():
        raise CommandError(
            "The bot runs with this database. Stop it, and any process that stands by."
        )
    try:
        before, after = await asyncio.to_thread(compacting.compact, path)
    finally:
        lock.release()
    _print([ok("compacted", f"{path}: {readable_size(before)} before, {readable_size(after)} now")])


def _check_files(given: GlobalOptions) -> list[Finding]:
    """Check what commands only warn about."""
    findings = [to_do("settings", sentence) for sentence in outdated_keys(given.config)]
    if (exposed := exposed_token_file(given.config)) is not None:
        text = f"{exposed} holds a token, and other users may read it: run “chmod 600 {exposed}”"
        findings.append(to_do("settings", text))
    return findings or [ok("settings", "they can be used")]


async def _check(settings: Settings, *, is_offline: bool) -> AsyncIterator[Sequence[Finding]]:
    yield await check_database(settings.database)
    known = await _read_schedules(settings.database)
    yield [await check_disk(settings.database)]
    yield [await check_copies(settings.database, settings.backup)]
    yield [check_time_zones(known or ()), await asyncio.to_thread(check_fonts, known or ())]
    yield await asyncio.to_thread(check_folders, settings)
    yield [await check_meaning(model_of(settings.search), is_on=settings.search.semantic)]
    if settings.token is None:
        yield [to_do("token", _WITHOUT)]
    if is_offline:
        yield [skipped("network", "left alone")]
        return
    if settings.token is not None:
        token = settings.token.get_secret_value()
        yield await check_discord(token, settings.discord_url, known)
    yield await check_services(settings)


async def _read_schedules(path: Path) -> Sequence[Schedule] | None:
    """Return all schedules; `None` if they can't be read, for which another line has the reason."""
    if not await asyncio.to_thread(path.exists):
        return ()
    try:
        async with await Database.open_read_only(path) as database:
            return await schedules.every(database)
    except StorageError:
        return None


def _print(findings: Sequence[Finding]) -> bool:
    """Print findings; return whether nothing is to be done."""
    print_lines(f"{each.state:<8}{each.subject}: {clean_line(each.text)}" for each in findings)
    flush()
    return all(each.state is not State.TO_DO for each in findings)
