"""What a schedule may be: the checks between what a person typed and what is stored."""

import re
from datetime import time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import discord

from bot.errors import UserError
from config.texts import Argument
from storage import schedules
from storage.database import Database
from storage.records import NewSchedule, Schedule

DEFAULT_TIME = "08:00"
DEFAULT_COUNT = 5
MOST_PAPERS = 25
NEEDED = ("view_channel", "send_messages", "embed_links")
"""The permissions that a post takes in its channel, by discord.py's names."""

_TIME = re.compile(r"\s*(\d{1,2})\s*[::]\s*(\d{2})\s*")
_ZONE_OF_LANGUAGE = {"ko": "Asia/Seoul"}


def parse_time(text: str) -> time:
    """Return the local time that `HH:MM` says.

    Raises:
        UserError: It is no time of day.
    """
    match = _TIME.fullmatch(text)
    try:
        return time(int(match[1]), int(match[2])) if match else time.fromisoformat(text.strip())
    except ValueError:
        raise UserError("schedule-bad-time", text=text[:50]) from None


@lru_cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


def check_zone(text: str) -> str:
    """Return the IANA name of a time zone, however its letters are cased.

    Raises:
        UserError: There is no such zone.
    """
    name = _zones().get(text.strip().replace(" ", "_").casefold())
    if name is None:
        raise UserError("schedule-bad-zone", text=text[:50])
    ZoneInfo(name)
    return name


def zones_like(text: str, *, limit: int) -> list[str]:
    """Return IANA names that contain a text, those of a city that begins with it first."""
    part = text.strip().replace(" ", "_").casefold()
    found = [(folded, name) for folded, name in _zones().items() if part in folded and "/" in name]
    found.sort(key=lambda pair: (not pair[0].rpartition("/")[2].startswith(part), pair[0]))
    return [name for _, name in found[:limit]]


def default_zone(language: str) -> str:
    """Return the zone to suppose where a server's language is all that is known of it."""
    return _ZONE_OF_LANGUAGE.get(language, "UTC")


def lacking(permissions: discord.Permissions) -> tuple[str, ...]:
    """Return which of the permissions that a post needs are not there."""
    return tuple(name for name in NEEDED if not getattr(permissions, name))


async def check(database: Database, wanted: NewSchedule) -> None:
    """Check what a new schedule asks for.

    Raises:
        UserError: It asks for too many papers, or its channel has a schedule already.
    """
    if not 1 <= wanted.count <= MOST_PAPERS:
        raise UserError("schedule-bad-count", count=wanted.count)
    for existing in await schedules.of_guild(database, wanted.guild_id):
        if existing.channel_id == wanted.channel_id:
            raise UserError("schedule-exists", **facts(existing))


def facts(schedule: NewSchedule | Schedule) -> dict[str, Argument]:
    """Return what the texts say of a schedule."""
    return {
        "channel": str(schedule.channel_id),
        "count": schedule.count,
        "time": f"{schedule.time:%H:%M}",
        "zone": schedule.timezone,
    }
