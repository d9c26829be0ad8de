"""Check what is on this machine: time zones, the database, the disk, the copies."""

import asyncio
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.charts.fonts import has_korean
from bot.doctor.finding import Finding, ok, skipped, to_do
from config.settings import Backup
from storage import checkup
from storage.backups import readable_size
from storage.checkup import Checkup
from storage.errors import StorageError
from storage.records import Frequency, Schedule, ScheduleSettings

_LEAST_FREE: Final = 100_000_000
"""Bytes that should be free beside the size of the database, for its log and a copy."""
_OLDEST_COPY: Final = 2 * 24 * 3600.0
_MUCH_EMPTY: Final = 0.3
"""The share of a file that is worth a word."""
_ANY_ZONE: Final = "Asia/Seoul"


def check_time_zones(schedules: Iterable[Schedule]) -> Finding:
    """Check that the time zones of the schedules are known on this machine."""
    zones = {_ANY_ZONE, *(schedule.settings.timezone for schedule in schedules)}
    unknown = sorted(zone for zone in zones if not _is_known(zone))
    if unknown:
        return to_do(
            "time zones",
            f"{', '.join(unknown)} can't be found: install the package tzdata anew"
            " (pip install --force-reinstall tzdata)",
        )
    return ok("time zones", f"{len(zones)} looked up")


def _is_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError):  # `ZoneInfoNotFoundError` is a `KeyError`
        return False
    except KeyError:
        return False
    return True


def check_fonts(schedules: Iterable[Schedule]) -> Finding:
    """Check that charts of Korean posts can have Korean texts."""
    if not any(_has_korean_chart(schedule.settings) for schedule in schedules):
        return ok("fonts", "charts in English need none")
    if has_korean():
        return ok("fonts", "there is one with Korean letters")
    return to_do(
        "fonts",
        "there is none with Korean letters, so charts in Korean posts have English texts: install"
        " one (on Debian: apt-get install fonts-nanum) and start the bot again",
    )


def _has_korean_chart(settings: ScheduleSettings) -> bool:
    return settings.language == "ko" and settings.period is not Frequency.DAY


async def check_database(path: Path) -> list[Finding]:
    """Check the database's file."""
    if not await asyncio.to_thread(path.exists):
        if await asyncio.to_thread(os.access, path.parent, os.W_OK):
            return [ok("database", f"{path} is not there yet; it is made at first use")]
        text = f"{path} is not there, and its folder can't be written: make the folder"
        return [to_do("database", f"{text}, or set `database` to another path")]
    try:
        found = await asyncio.to_thread(checkup.examine, path)
    except StorageError as error:
        return [to_do("database", str(error))]
    return list(_findings(path, found))


def _findings(path: Path, found: Checkup) -> Iterator[Finding]:
    restore = "put a backup in its place with “daily-papers restore FILE”"
    if found.damages:
        yield to_do("database", f"{path} is damaged ({'; '.join(found.damages)}): {restore}")
    elif found.orphans:
        tables = ", ".join(found.orphans)
        yield to_do("database", f"rows of {tables} refer to nothing: {restore}, and report it")
    else:
        yield ok("database", f"{path}, {_size(found)}{_upgrade(found)}")
    if found.wrong_indexes is None:
        yield skipped("full-text index", f"not looked at: {found.not_looked_at}")
    elif found.wrong_indexes:
        yield to_do(
            "full-text index",
            f"{' and '.join(found.wrong_indexes)} don't have what the papers say: stop the bot, and"
            " make them anew with “daily-papers doctor --compact”",
        )
    else:
        yield ok("full-text index", "in step with the papers")


def _size(found: Checkup) -> str:
    empty = ""
    if found.empty > found.size * _MUCH_EMPTY:
        empty = f", {readable_size(found.empty)} of it empty"
        if not found.shrinks:
            empty += " (“daily-papers doctor --compact” gives that back)"
    return f"{readable_size(found.size)}{empty}"


def _upgrade(found: Checkup) -> str:
    if found.version == found.newest_version:
        return ""
    steps = f"{found.version} → {found.newest_version}"
    return f"; of an older version, and upgraded at the next start ({steps})"


async def check_disk(database: Path) -> Finding:
    """Check that the database has room to grow."""
    try:
        free = (await asyncio.to_thread(shutil.disk_usage, database.parent)).free
        size = (await asyncio.to_thread(database.stat)).st_size
    except FileNotFoundError:
        size = 0
        if not await asyncio.to_thread(database.parent.is_dir):
            return to_do("disk", f"the folder {database.parent} is not there: make it")
    except OSError as error:
        return to_do("disk", f"{database.parent} can't be read: {error.strerror}")
    wanted = size + _LEAST_FREE
    if free < wanted:
        return to_do(
            "disk",
            f"{readable_size(free)} are free beside {database}:"
            f" make room for {readable_size(wanted)}",
        )
    return ok("disk", f"{readable_size(free)} are free")


async def check_copies(database: Path, backup: Backup) -> Finding:
    """Check that the daily copies of the database are made."""
    if backup.folder is None:
        return skipped("backups", "none are made: [backup] folder is not set")
    return await asyncio.to_thread(_check_copies, database, backup.folder)


def _check_copies(database: Path, folder: Path) -> Finding:
    try:
        if not folder.exists():
            return ok("backups", f"{folder} is not there yet; the bot makes it")
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            return to_do("backups", f"{folder} can't be written: give the bot's user the right to")
        names = folder.glob(f"{database.stem}-*{database.suffix}")
        newest = max((path.stat().st_mtime for path in names), default=None)
    except OSError as error:
        return to_do("backups", f"{folder} can't be read: {error.strerror}")
    if newest is None:
        return ok("backups", f"none in {folder} yet")
    age = time.time() - newest
    if age > _OLDEST_COPY:
        return to_do(
            "backups",
            f"the newest in {folder} is {age / 86_400:.0f} days old: the log of the bot says why",
        )
    return ok("backups", f"the newest in {folder} is {age / 3_600:.0f} hours old")
