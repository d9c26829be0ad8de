"""Discord's Markdown as one line of plain text, and as a push notification."""

import re

from bot.discord_markdown.names import Names, mention_text
from bot.discord_markdown.parser import parse, walk

_MENTION = re.compile(r"<(?P<sign>@[!&]?|#)(?P<id>[0-9]{1,20})>")
_KINDS = {"@": "user", "@!": "user", "@&": "role", "#": "channel"}
_SHOWN = frozenset({"text", "code_inline", "emoji"})


def to_line(text: str, names: Names | None) -> str:
    """Return a text without its markup, in one line.

    >>> to_line("**Bold** and [a link](https://example.org)", None)
    'Bold and a link'

    Args:
        text: Anything.
        names: Of what the text mentions; `None` where ids are shown.
    """
    parts: list[str] = []
    for token in walk(parse(text)):
        if token.type in _SHOWN:
            parts.append(token.content)
        elif token.type == "mention":
            parts.append(mention_text(token, names))
        elif token.type == "timestamp":
            parts.append(f"{token.meta['at']:%Y-%m-%d %H:%M} UTC")
        elif token.type == "code_block":
            parts.append(f" {token.content} ")
        elif token.block or token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return " ".join("".join(parts).split())


def with_names(text: str, names: Names) -> str:
    """Return a text with names in place of mentions, and all other markup as it stands.

    Discord's push notifications show texts like this.
    """

    def named(found: re.Match[str]) -> str:
        name: str = getattr(names, _KINDS[found["sign"]])(int(found["id"]))
        return f"{found['sign'][0]}{name}"

    return _MENTION.sub(named, text)
