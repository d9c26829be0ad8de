"""Texts for a terminal: Discord's Markdown, without control characters."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from rich.text import Text

from bot.discord_markdown.terminal import TerminalMarkdown, title_text
from bot.sandbox.model import GuildState, Json
from bot.sandbox.people.names import Names
from bot.sandbox.people.world import World

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u2060\u200b\ufeff]")
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
_FORMATS = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%Y-%m-%d",
    "D": "%Y-%m-%d",
    "f": "%Y-%m-%d %H:%M %Z",
    "F": "%A %Y-%m-%d %H:%M %Z",
    "s": "%Y-%m-%d %H:%M",
    "S": "%Y-%m-%d %H:%M:%S",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of a terminal."""

    world: World
    guild: GuildState | None
    """Whose names are shown; `None` in direct messages."""
    zone: tzinfo = UTC
    """The zone of times."""

    @property
    def names(self) -> Names:
        """The names of what texts mention."""
        return Names(self.world, self.guild)

    def write_time(self, at: datetime, style: str) -> str:
        """Return a time in a style of Discord's, or how far away it is."""
        if style == "R":
            return _relative(round((at - self.world.clock()).total_seconds()))
        return f"{at.astimezone(self.zone):{_FORMATS[style]}}"


def markdown(reader: Reader, text: str) -> TerminalMarkdown:
    """Return Markdown, with mentions and timestamps replaced by text."""
    return TerminalMarkdown(safe(text), reader.names, reader.write_time)


def title(text: str) -> Text:
    """Return the title of an embed, or the name of a field."""
    return title_text(safe(text))


def mention_of(reader: Reader, value: Json) -> str:
    """Return the mention of a select menu's default value, such as `#general`."""
    number = int(value["id"])
    if value["type"] == "channel":
        return f"#{reader.names.channel(number)}"
    names = reader.names
    return f"@{names.role(number) if value['type'] == 'role' else names.user(number)}"


def _relative(seconds: int) -> str:
    """Return a relative time: `in 3 hours`, `2 days ago`, `now`."""
    for unit, size in _UNITS:
        count = round(abs(seconds) / size)
        if count:
            amount = f"{count} {unit}" if count == 1 else f"{count} {unit}s"
            return f"in {amount}" if seconds > 0 else f"{amount} ago"
    return "now"


def safe(text: str) -> str:
    """Return a text without control characters and invisible ones."""
    return _INVISIBLE.sub("", _CONTROLS.sub("", text))
