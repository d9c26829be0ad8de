"""Texts as a terminal shows them: Discord's Markdown, and nothing that controls the terminal."""

import re
from datetime import UTC, datetime

from rich.markdown import Markdown

from bot.sandbox.world import World

_DRIVES_TERMINAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u2060\u200b\ufeff]")
_STAMP = re.compile(r"<t:(-?\d+)(?::([tTdDfFR]))?>")
_CHANNEL = re.compile(r"<#(\d+)>")
_USER = re.compile(r"<@!?(\d+)>")
TIMES = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%Y-%m-%d",
    "D": "%Y-%m-%d",
    "f": "%Y-%m-%d %H:%M %Z",
    "F": "%A %Y-%m-%d %H:%M %Z",
    "R": "%Y-%m-%d %H:%M %Z",
}


def markdown(world: World, text: str) -> Markdown:
    """Return Markdown, with what only Discord understands written out."""
    text = _STAMP.sub(lambda match: _when(int(match[1]), match[2] or "f"), safe(text))
    text = _CHANNEL.sub(lambda match: f"#{_name(world.channels.get(int(match[1])))}", text)
    text = _USER.sub(lambda match: f"@{_name(world.users.get(int(match[1])))}", text)
    # Discord breaks lines where the text does.
    return Markdown(text.replace("\n", "  \n"), hyperlinks=False)


def _name(known: object) -> str:
    return str(getattr(known, "name", "unknown"))


def _when(seconds: int, style: str) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):{TIMES[style]}}"


def safe(text: str) -> str:
    """Return a text that can't drive the terminal."""
    return _INVISIBLE.sub("", _DRIVES_TERMINAL.sub("", text))


def unescaped(text: str) -> str:
    """Return a text without the backslashes before its punctuation."""
    return re.sub(r"\\([^\w\s])", r"\1", text)
