"""Text from a digest as Discord shows it: what is markup stays, what would act does not."""

import re
import unicodedata

_MARKUP = re.compile(r"([\\`*_~|\[\]<>#])")
_LINE_START = re.compile(r"^(\s*)(#{1,3} |-# |>{1,3} )", re.MULTILINE)
_ACTS = re.compile(r"<(?=[@#:/a-z]|id:|t:)|@(?=everyone|here)|\|\||\](?=\()", re.IGNORECASE)
_BULLET = re.compile(r"^(\s*)[*+] ", re.MULTILINE)
_BLANKS = re.compile(r"\n{3,}")
_WORD_JOINER = "\u2060"
# Unicode's explicit directional formatting: it can make a line read as another.
# Source: https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


def clean(text: str) -> str:
    """Drop control characters and marks of direction, keeping line ends and tabs as blanks."""
    text = text.translate(_DIRECTION).replace("\t", " ")
    if text.isprintable():
        return text
    return "".join(
        character
        for character in text
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
    )


def plain(text: str) -> str:
    """Return one line that Discord shows letter by letter, with nothing taken for markup."""
    escaped = _MARKUP.sub(r"\\\1", " ".join(clean(text).split()))
    return escaped.replace("@everyone", f"@{_WORD_JOINER}everyone").replace(
        "@here", f"@{_WORD_JOINER}here"
    )


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
