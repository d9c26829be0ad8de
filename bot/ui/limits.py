"""Discord's limits, and texts made to fit them.

Source: https://docs.discord.com/developers/resources/message#embed-object-embed-limits
"""

import re

import discord

CONTENT = 2_000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4_096
EMBED_FIELDS = 25
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1_024
EMBEDS = 10
EMBEDS_TEXT = 6_000
"""Characters in all embeds of one message together."""
SELECT_OPTIONS = 25
OPTION_TEXT = 100
BUTTON_LABEL = 80
BUTTON_URL = 512
CHOICES = 25
CHOICE_NAME = 100
CUSTOM_ID = 100
NONCE = 25
THREAD_NAME = 100
PLACEHOLDER = 150
FILE_BYTES = 1024 * 1024
"""Below what every server accepts, and more than a digest says of any paper."""

ELLIPSIS = "…"
CUT_MARK = " […]"
"""Stands where a text was cut."""

_LONGEST_CLUSTER = 64
"""Characters that are taken for one at most; a longer row of joiners is cut anywhere."""
_SENTENCE_END = re.compile(r"(?<=[.!?。！？…])[\"'”’)\]]?(?=\s)|\n")


def length(text: str) -> int:
    """Return how long Discord may count a text: in UTF-16 units, where an emoji is two."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def embed_length(embed: discord.Embed) -> int:
    """Return how many of a message's `EMBEDS_TEXT` characters an embed takes."""
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
    """Say whether a text is at most `room` characters long as Discord may count it."""
    # No text is shorter in UTF-16 units, so a long one need not be encoded to know.
    return len(text) <= room and length(text) <= room


def _head(text: str, room: int) -> str:
    """Return as much of the beginning as fits, never half of what the eye sees as one."""
    if fits(text, room):
        return text
    end = max(min(room, len(text)), 0)
    # Each character dropped takes one or two units with it, so this never drops too many.
    while (over := length(text[:end]) - room) > 0 and end:
        end -= -(-over // 2)
    # A combining mark, a variation selector or a joiner belongs to what stands before it.
    whole = end
    while whole and (text[whole] in "\u200d\ufe0e\ufe0f" or text[whole - 1] == "\u200d"):
        whole -= 1
        if end - whole > _LONGEST_CLUSTER:
            return text[:end]
    return text[:whole] if whole else text[:end]


def shorten(text: str, room: int) -> str:
    """Cut one line to `room` characters, the last an ellipsis, at a word where one is near."""
    if fits(text, room):
        return text
    head = _head(text, max(room - 1, 0))
    space = head.rfind(" ")
    if space > len(head) * 0.7:
        head = head[:space]
    return _whole_escapes(head.rstrip()) + ELLIPSIS if room > 0 else ""


def cut(text: str, room: int, *, is_whole: bool = True) -> str:
    """Cut Markdown to `room` characters at the end of a sentence, and show that it was cut.

    Where no sentence ends in the second half of what fits, a word is the place; an opened code
    block is closed again. Returns the empty text where not even the mark fits.

    Args:
        text: What is cut where it doesn't fit.
        room: In characters as `length` counts them.
        is_whole: Whether `text` is all there is. Else it is shown as cut even where it fits.
    """
    if is_whole and fits(text, room):
        return text
    fence = "\n```"
    for reserve in (0, len(fence)):
        head = _head(text, room - len(CUT_MARK) - reserve)
        if not head:
            return ""
        ends = [match.end() for match in _SENTENCE_END.finditer(head)]
        if ends and ends[-1] >= len(head) // 2:
            head = head[: ends[-1]]
        elif (space := head.rfind(" ")) > len(head) // 2:
            head = head[:space]
        head = _whole_escapes(head.rstrip())
        if head.count("```") % 2 == 0:
            return head + CUT_MARK
        if reserve:
            return head + fence + CUT_MARK
    return ""


def _whole_escapes(head: str) -> str:
    """Drop a backslash at the end that has lost what it escaped."""
    backslashes = len(head) - len(head.rstrip("\\"))
    return head[:-1] if backslashes % 2 else head


def pieces(text: str, room: int) -> list[str]:
    """Split a text into parts of at most `room` characters, at line ends or sentences if it can."""
    parts = []
    at = 0
    while at < len(text):
        window = text[at : at + room + 1]
        head = _head(window, room)
        if len(head) < len(window):
            for mark in ("\n", ". ", " "):
                space = head.rfind(mark)
                if space > len(head) // 2:
                    head = head[: space + len(mark)]
                    break
            head = _whole_escapes(head) or head
        parts.append(head)
        # Not even one character of two units may fit: then it is left out, so that this ends.
        at += len(head) or 1
    return [part for part in map(str.strip, parts) if part]
