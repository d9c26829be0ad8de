"""Texts for a terminal: Discord's Markdown, without control characters."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from rich.text import Text

from bot.discord_markdown.terminal import TerminalMarkdown, title_text
from bot.sandbox.model import GuildState, Json
from bot.sandbox.people.names import Names
from bot.sandbox.people.world import World
from bot.sandbox.terminal.times import write_distance, write_time
from bot.sandbox.terminal.words import Words, words_of

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u2060\u200b\ufeff]")


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of a terminal."""

    world: World
    guild: GuildState | None
    """Whose names are shown; `None` in direct messages."""
    zone: tzinfo = UTC
    """The zone of times."""
    locale: str = "en-US"
    """The language of texts and times."""

    @property
    def words(self) -> Words:
        """The terminal's own texts."""
        return words_of(self.locale)

    @property
    def names(self) -> Names:
        """The names of what texts mention."""
        return Names(self.world, self.guild)

    def write_time(self, at: datetime, style: str) -> str:
        """Return a time in a style of Discord's, or how far away it is."""
        if style == "R":
            return write_distance(at - self.world.clock(), self.locale) or self.words("now")
        return write_time(at, style, self.zone, self.locale)


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


def safe(text: str) -> str:
    """Return a text without control characters and invisible ones."""
    return _INVISIBLE.sub("", _CONTROLS.sub("", text))
