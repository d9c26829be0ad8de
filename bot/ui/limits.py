"""Discord's limits, and functions that shorten or split texts to fit them.

Source: https://docs.discord.com/developers/resources/message#embed-object-embed-limits
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The command line uses this module, too, and starts without discord.py.
    import discord

CONTENT = 2_000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4_096
EMBED_FIELDS = 25
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1_024
EMBEDS = 10
EMBEDS_TEXT = 6_000
"""The most characters in all embeds of one message together."""
SELECT_OPTIONS = 25
OPTION_TEXT = 100
BUTTON_LABEL = 80
CHOICES = 25
CHOICE_NAME = 100
CUSTOM_ID = 100
NONCE = 25
THREAD_NAME = 100
PLACEHOLDER = 150
FILE_BYTES = 1024 * 1024
"""The most bytes in a file we send: every server accepts it, and no known paper is longer."""

ELLIPSIS = "…"
CUT_MARK = " […]"
"""Marks the place where a text was cut."""

_LONGEST_CLUSTER = 64
"""The most code points we keep together as one visible character."""
_SENTENCE_END = re.compile(r"(?<=[.!?。！？…])[\"'”’)\]]?(?=\s)|\n")


def length(text: str) -> int:
    """Return the length of a text as Discord may count it: in UTF-16 units, an emoji is two."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def embed_length(embed: "discord.Embed") -> int:
    """Return how many of a message's `EMBEDS_TEXT` characters an embed uses."""
    return sum(
        length(text)
        for text in (
            embed.title or "",
            embed.description or "",
            embed.author.name or "",
            embed.footer.text or "",
            *(field.name or "" for field in embed.fields),
            *(field.value or "" for field in embed.fields),
        )
    )


def fits(text: str, room: int) -> bool:
    """Return whether a text is at most `room` characters long, as `length` counts them."""
    # UTF-16 units are never fewer than code points, so a long text need not be encoded.
    return len(text) <= room and length(text) <= room


def prefix(text: str, room: int) -> str:
    """Return the longest prefix that fits and ends with a whole visible character."""
    if fits(text, room):
        return text
    end = max(min(room, len(text)), 0)
    # A code point has one or two units, so this never drops too many.
    while (over := length(text[:end]) - room) > 0 and end:
        end -= -(-over // 2)
    # A variation selector or a joiner belongs to the character before it.
    whole = end
    while whole and (text[whole] in "\u200d\ufe0e\ufe0f" or text[whole - 1] == "\u200d"):
        whole -= 1
        if end - whole > _LONGEST_CLUSTER:
            return text[:end]
    return text[:whole] if whole else text[:end]


def shorten(text: str, room: int) -> str:
    """Shorten a line to `room` characters, between words if possible, and add an ellipsis."""
    if fits(text, room):
        return text
    head = prefix(text, max(room - 1, 0))
    space = head.rfind(" ")
    if space > len(head) * 0.7:
        head = head[:space]
    return _drop_broken_escape(head.rstrip()) + ELLIPSIS if room > 0 else ""


def cut(text: str, room: int, *, is_whole: bool = True) -> str:
    """Cut Markdown to `room` characters after a sentence, and add `CUT_MARK`.

    If no sentence ends in the second half of what fits, it is cut between words. An open code
    block is closed. The result is empty if not even the mark fits.

    Args:
        text: Markdown.
        room: The most characters, as `length` counts them.
        is_whole: Whether `text` is complete. If not, the mark is added even if `text` fits.
    """
    if is_whole and fits(text, room):
        return text
    fence = "\n```"
    for reserve in (0, len(fence)):
        head = prefix(text, room - len(CUT_MARK) - reserve)
        if not head:
            return ""
        ends = [match.end() for match in _SENTENCE_END.finditer(head)]
        if ends and ends[-1] >= len(head) // 2:
            head = head[: ends[-1]]
        elif (space := head.rfind(" ")) > len(head) // 2:
            head = head[:space]
        head = _drop_broken_escape(head.rstrip())
        if head.count("```") % 2 == 0:
            return head + CUT_MARK
        if reserve:
            return head + fence + CUT_MARK
    return ""


def _drop_broken_escape(head: str) -> str:
    """Drop a backslash at the end whose escaped character was cut off."""
    backslashes = len(head) - len(head.rstrip("\\"))
    return head[:-1] if backslashes % 2 else head


def pieces(text: str, room: int) -> list[str]:
    """Split a text into parts of at most `room` characters, after lines or sentences if it can."""
    parts = []
    at = 0
    while at < len(text):
        window = text[at : at + room + 1]
        head = prefix(window, room)
        if len(head) < len(window):
            for mark in ("\n", ". ", " "):
                space = head.rfind(mark)
                if space > len(head) // 2:
                    head = head[: space + len(mark)]
                    break
            head = _drop_broken_escape(head) or head
        parts.append(head)
        # If not even one character fits, it is left out, so that the loop ends.
        at += len(head) or 1
    return [part for part in map(str.strip, parts) if part]
