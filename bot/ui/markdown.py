"""Text from a digest as Discord shows it: what is markup stays, what would act does not."""

import re

_MARKUP = re.compile(r"[\\`*_~|\[\]<>#]")
_NOTIFIES = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_LINE_START = re.compile(r"^(\s*)(#{1,3} |-# |>{1,3} )", re.MULTILINE)
_ACTS = re.compile(r"<(?=[@#:/a-z]|id:|t:)|@(?=everyone|here)|\|\||\](?=\()", re.IGNORECASE)
_BULLET = re.compile(r"^(\s*)[*+] ", re.MULTILINE)
_BLANKS = re.compile(r"\n{3,}")
_WORD_JOINER = "\u2060"
# Control characters, halves of surrogate pairs, and Unicode's explicit directional formatting,
# which can make a line read as another.
# Source: https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Drop control characters and marks of direction, keeping line ends and tabs."""
    return _UNWANTED.sub("", text)


def plain(text: str) -> str:
    """Return one line that Discord shows letter by letter, with nothing taken for markup."""
    escaped = _MARKUP.sub(r"\\\g<0>", " ".join(clean(text).split()))
    return _NOTIFIES.sub(f"@{_WORD_JOINER}", escaped) if "@" in escaped else escaped


def body(text: str) -> str:
    """Return a section's Markdown with lists, emphasis and code kept.

    Headings, quotes, spoilers, mentions, custom emoji, time stamps and masked links, which could
    pass for something that this bot says or hide where they lead, are shown as they are written.
    """
    text = _BLANKS.sub("\n\n", clean(text))
    text = _BULLET.sub(r"\1- ", text)
    text = _LINE_START.sub(r"\1\\\2", text)
    return _ACTS.sub(_disarm, text).strip()


def _disarm(match: re.Match[str]) -> str:
    mark = match[0]
    if mark == "@":
        return f"@{_WORD_JOINER}"
    if mark == "||":
        return "\\|\\|"
    if mark == "]":
        return "]\\"
    return "\\<"
