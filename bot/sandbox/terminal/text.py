"""Discord's Markdown for a terminal, without control characters."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from rich.markdown import Markdown

from bot.sandbox.model import Json
from bot.sandbox.people.world import World

_DRIVES_TERMINAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u2060\u200b\ufeff]")
_STAMP = re.compile(r"<t:(-?\d+)(?::([tTdDfFR]))?>")
_CHANNEL = re.compile(r"<#(\d+)>")
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_COMMAND = re.compile(r"</([^:<>\n]+):\d+>")
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
TIMES = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%Y-%m-%d",
    "D": "%Y-%m-%d",
    "f": "%Y-%m-%d %H:%M %Z",
    "F": "%A %Y-%m-%d %H:%M %Z",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of a terminal."""

    world: World
    zone: tzinfo = UTC
    """The zone of times."""


def markdown(reader: Reader, text: str) -> Markdown:
    """Return Markdown, with mentions and timestamps replaced by text."""
    world = reader.world
    text = _STAMP.sub(lambda match: _when(reader, int(match[1]), match[2] or "f"), safe(text))
    text = _CHANNEL.sub(lambda match: f"#{_name(world.channels.get(int(match[1])))}", text)
    text = _USER.sub(lambda match: f"@{_name(world.users.get(int(match[1])))}", text)
    text = _ROLE.sub(lambda match: f"@{_name(_role(world, int(match[1])))}", text)
    text = _COMMAND.sub(r"/\1", text)
    # Discord breaks lines where the text does.
    return Markdown(text.replace("\n", "  \n"), hyperlinks=False)


def mention_of(reader: Reader, value: Json) -> str:
    """Return the name of a menu's default value, such as `@user` or `#channel`."""
    world = reader.world
    number = int(value["id"])
    if value["type"] == "channel":
        return f"#{_name(world.channels.get(number))}"
    known = _role(world, number) if value["type"] == "role" else world.users.get(number)
    return f"@{_name(known)}"


def _name(known: object) -> str:
    return str(getattr(known, "name", "unknown"))


def _role(world: World, role_id: int) -> object:
    roles = (guild.roles.get(role_id) for guild in world.guilds.values())
    return next(filter(None, roles), None)


def _when(reader: Reader, seconds: int, style: str) -> str:
    if style == "R":
        return _relative(round(seconds - reader.world.clock().timestamp()))
    return f"{datetime.fromtimestamp(seconds, reader.zone):{TIMES[style]}}"


def _relative(seconds: int) -> str:
    """Return a relative time: `in 3 hours`, `2 days ago`, `now`."""
    for unit, size in _UNITS:
        count = round(abs(seconds) / size)
        if count:
            amount = f"{count} {unit}" if count == 1 else f"{count} {unit}s"
            return f"in {amount}" if seconds > 0 else f"{amount} ago"
    return "now"


def safe(text: str) -> str:
    """Return a text without control characters."""
    return _INVISIBLE.sub("", _DRIVES_TERMINAL.sub("", text))


def unescaped(text: str) -> str:
    """Return a text without the backslashes before its punctuation."""
    return re.sub(r"\\([^\w\s])", r"\1", text)
