"""Discord's Markdown as one line of plain text, and as a push notification."""

import re
from dataclasses import dataclass
from datetime import datetime

from markdown_it.token import Token

from bot.discord_markdown.names import Names, mention_text
from bot.discord_markdown.parser import parse, walk

_MENTION = re.compile(r"<(?P<sign>@[!&]?|#)(?P<id>[0-9]{1,20})>")
_KINDS = {"@": "user", "@!": "user", "@&": "role", "#": "channel"}
_BLANKS = re.compile(r"\s+")
_SHOWN = frozenset({"text", "code_inline", "emoji"})


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp within a text: whoever shows it knows the reader's language and zone."""

    at: datetime
    style: str
    """One of Discord's styles: t, T, d, D, f, F, s, S or R."""


def to_line(text: str, names: Names | None) -> list[str | Stamp]:
    """Return a text without its markup, in one line: its words, and its timestamps between them.

    >>> to_line("**Bold** and [a link](https://example.org)", None)
    ['Bold and a link']

    Args:
        text: Anything.
        names: Of what the text mentions; `None` where ids are shown.
    """
    parts: list[str | Stamp] = []
    words: list[str] = []
    for token in walk(parse(text)):
        if token.type == "timestamp":
            parts += ["".join(words), Stamp(token.meta["at"], token.meta["style"])]
            words = []
        else:
            words.append(_content(token, names))
    parts.append("".join(words))
    shown = [_BLANKS.sub(" ", part) if isinstance(part, str) else part for part in parts]
    if isinstance(first := shown[0], str):
        shown[0] = first.lstrip()
    if isinstance(last := shown[-1], str):
        shown[-1] = last.rstrip()
    return [part for part in shown if part]


def _content(token: Token, names: Names | None) -> str:
    if token.type in _SHOWN:
        return token.content
    if token.type == "mention":
        return mention_text(token, names)
    if token.type == "code_block":
        return f" {token.content} "
    return " " if token.block or token.type in ("softbreak", "hardbreak") else ""


def with_names(text: str, names: Names) -> str:
    """Return a text with names in place of mentions, and all other markup as it stands.

    Discord's push notifications show texts like this.
    """

    def name_of(found: re.Match[str]) -> str:
        name: str = getattr(names, _KINDS[found["sign"]])(int(found["id"]))
        return f"{found['sign'][0]}{name}"

    return _MENTION.sub(name_of, text)
