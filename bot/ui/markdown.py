"""Escaping and sanitizing of text from digests: no mentions, headings, masked links or markup.

Every function reads a bounded part of its text, and none of the patterns backtracks, so that the
longest stored paper takes a few milliseconds.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from bot.ui import limits
from storage.records import Paper, PaperName

READ = 2 * limits.EMBED_DESCRIPTION
"""The most characters that are read of a line: twice the longest text that Discord shows."""
_TITLE_READ = 2 * limits.EMBED_TITLE
_SENTENCE_READ = 512
_VISIBLE_WITHIN = 64
"""A title must have a visible character among its first 64, so that every label has one."""

_MARKUP = {ord(mark): f"\\{mark}" for mark in "\\`*_~|[]<>#"}
_ITEM = re.compile(r"([0-9]{1,9}(?=[.)])|(?=[-+]))[-+.)](?=[ \\]|\Z)")
"""The mark of a list item, in a line whose other markup is escaped."""
_MASS_MENTION = re.compile(r"@(?=everyone|here)", re.IGNORECASE)

_BLANK = r"[^\S\n]"
_LISTS = rf"(?:{_BLANK}|[-*+](?={_BLANK})|[0-9]{{1,9}}+[.)](?={_BLANK}))*+"
_LINE_START = re.compile(rf"^({_LISTS})(?=(?:\#{{1,3}}+|-\#|>{{1,3}}+)(?:\s|\Z))", re.MULTILINE)
"""The beginning of a heading, small text or a quote, also within a list item."""
_BULLET = re.compile(rf"^({_BLANK}*+)[*+](?= )", re.MULTILINE)
_BLANK_LINES = re.compile(rf"\n(?:{_BLANK}*+\n){{2,}}+")
_ACTIVE = re.compile(
    r"<(?=[@#]|a?:\w|t:|id:|/[^<>:\n]{1,100}+:[0-9]|(?:https?|mailto|tel|sms):)"
    r"|@(?=everyone|here)",
    re.IGNORECASE,
)
"""The first character of a mention, custom emoji, time stamp, or URL in angle brackets."""

_LIST_MARKS = re.compile(r"(?:(?:[-*+]|[0-9]{1,9}+[.)]|\#{1,6}+|>)\s++)*+")
_EMPHASIS = re.compile(r"`++|\*{1,3}+|__|~~")
_SENTENCE = re.compile(r"(?<=[.!?。！？])[\"'”’)\]]*+(?=\s)")
_LINE_END = re.compile(r"(?<=[^\s:,;])(?=\n)")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|et al|vs|cf|Fig|Eq|Sec|No|resp|approx|Dr)\.\Z")
_LONGEST_ABBREVIATION = 8
"""The most characters of an abbreviation, with the one before it."""

WORD_JOINER = "\u2060"
"""An invisible character without width, between characters that would be markup together."""
# Control characters, lone surrogates, and bidirectional formatting characters, which can make one
# line look like another.
# Source: https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Mn", "Mc", "Me", "Zs", "Zl", "Zp"})
"""Unicode categories of characters that are invisible by themselves."""
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Invisible letters and symbols: Hangul fillers and the empty Braille pattern."""


def clean(text: str) -> str:
    """Drop control and bidirectional formatting characters, but keep line ends and tabs."""
    # A printable text has none of them; to see that is quicker than the pattern.
    return text if text.isprintable() else _UNWANTED.sub("", text)


def one_line(text: str, read: int = READ) -> str:
    """Join the lines of a text with spaces; a text of over `read` characters gets an ellipsis."""
    line = " ".join(clean(text[:read]).split())
    return line + limits.ELLIPSIS if line and len(text) > read else line


def escape(text: str, read: int = READ) -> str:
    r"""Escape all Markdown in a text, and join its lines.

    `@everyone` and `@here` get an invisible character, because Discord has no escape for them.

    >>> escape("a *b* <@1>")
    'a \\*b\\* \\<@1\\>'

    Args:
        text: Anything.
        read: The most characters that are read; a longer text ends with an ellipsis.
    """
    # With a backslash within its `://` a URL is not a link.
    escaped = one_line(text, read).translate(_MARKUP).replace("://", ":\\//")
    if item := _ITEM.match(escaped):
        escaped = f"{item[1]}\\{escaped[item.end(1) :]}"
    return _MASS_MENTION.sub(f"@{WORD_JOINER}", escaped) if "@" in escaped else escaped


def is_invisible(text: str) -> bool:
    """Return whether a text has only blanks, control characters and combining characters."""
    return all(
        character in _FILLERS or unicodedata.category(character) in _INVISIBLE for character in text
    )


def title_of(paper: Paper | PaperName, read: int = _TITLE_READ) -> str:
    """Return a paper's title on one line, or its arXiv id if the title is invisible."""
    title = one_line(paper.title, read)
    return paper.arxiv_id if is_invisible(title[:_VISIBLE_WITHIN]) else title


def sanitize(text: str) -> str:
    """Return a section's Markdown in which only lists, emphasis and code are rendered.

    Headings, quotes, spoilers, mentions, custom emoji, time stamps and masked links are shown as
    they are written: they could look like the bot's own words, or hide where a link leads. We break
    them with an invisible character. A backslash would fail after another backslash or a URL, and
    would be visible within code.

    Args:
        text: All of it is read; callers cut it first.
    """
    text = _BLANK_LINES.sub("\n\n", clean(text))
    text = _BULLET.sub(r"\1-", text)
    text = _ACTIVE.sub(rf"\g<0>{WORD_JOINER}", without_blocks(text))
    for before, after in ("](", "||", "||"):  # twice, as three bars in a row have two pairs
        text = text.replace(before + after, f"{before}{WORD_JOINER}{after}")
    return text.strip()


def without_blocks(text: str) -> str:
    """Return Markdown in which headings, small text and quotes are shown as they are written."""
    return _LINE_START.sub(rf"\1{WORD_JOINER}", text)


def first_line(text: str, read: int) -> tuple[str, bool]:
    """Return the first line of Markdown without list marks and emphasis, and whether it is whole.

    Args:
        text: Markdown.
        read: The most characters that are read of it.
    """
    lines = [line for line in map(str.strip, clean(text[:read]).splitlines()) if line]
    if not lines:
        return "", len(text) <= read
    marks = _LIST_MARKS.match(lines[0])
    line = _without_emphasis(lines[0][marks.end() :] if marks else lines[0])
    return line, len(lines) > 1 or len(text) <= read


def split_sentences(line: str) -> Iterator[str]:
    """Yield the sentences of a line; the last one may be cut off, or end without a full stop."""
    start = 0
    for match in _SENTENCE.finditer(line):
        if not _is_abbreviation(line, match.start()):
            yield line[start : match.end()].strip()
            start = match.end()
    if rest := line[start:].strip():
        yield rest


def first_sentences(text: str, count: int) -> tuple[str, bool]:
    """Return the first sentences of a plain text, escaped, on one line, and whether that is all."""
    read = count * _SENTENCE_READ
    line = one_line(text, read)
    end = _end_of_sentence(line, count)
    return escape(line[:end]), end == len(line) and len(text) <= read


def _end_of_sentence(line: str, number: int) -> int:
    """Return where the sentence of a number (1-based) ends in a line."""
    ends = (
        match.start()
        for match in _SENTENCE.finditer(line)
        if not _is_abbreviation(line, match.start())
    )
    return next(islice(ends, number - 1, None), len(line))


def _is_abbreviation(line: str, end: int) -> bool:
    """Return whether the full stop before a place belongs to an abbreviation."""
    return bool(_ABBREVIATION.search(line[max(end - _LONGEST_ABBREVIATION, 0) : end]))


def keep_sentences(text: str, room: int, *, is_whole: bool = True) -> str:
    """Cut Markdown to the whole sentences and lines that fit, and add `limits.CUT_MARK`.

    Args:
        text: Markdown, or escaped text.
        room: The most characters, as `limits.length` counts them.
        is_whole: Whether `text` is complete. If not, its last sentence is taken for a part of one.

    Returns:
        The text; empty if not even its first sentence fits.
    """
    if is_whole and limits.fits(text, room):
        return text
    head = limits.prefix(text, max(room - len(limits.CUT_MARK), 0))
    # The character after what fits decides whether a sentence ends there.
    window = text[: len(head) + 1]
    ends = [match.start() for match in _LINE_END.finditer(window)]
    ends += [
        match.end()
        for match in _SENTENCE.finditer(window)
        if match.end() <= len(head) and not _is_abbreviation(window, match.start())
    ]
    kept = head[: max(ends, default=0)].rstrip()
    if kept.count("```") % 2:
        kept = kept[: kept.rfind("```")].rstrip()
    return kept + limits.CUT_MARK if kept else ""


def escape_paragraphs(text: str) -> str:
    """Escape all Markdown in a plain text, with an empty line between its paragraphs.

    Args:
        text: All of it is read; callers cut it first.
    """
    escaped = (escape(line, len(line)) for line in text.splitlines())
    return "\n\n".join(filter(None, escaped))


def _without_emphasis(line: str) -> str:
    """Remove the marks around emphasis and code; a mark without its counterpart stays."""
    marks = list(_EMPHASIS.finditer(line))
    closing_tick: dict[int, int] = {}
    ahead: dict[str, int] = {}
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index][0]
        if mark[0] == "`":
            if mark in ahead:
                closing_tick[index] = ahead[mark]
            ahead[mark] = index
    dropped: list[re.Match[str]] = []
    opened: dict[str, re.Match[str]] = {}
    index = 0
    while index < len(marks):
        match = marks[index]
        mark, start, end = match[0], match.start(), match.end()
        if mark[0] == "`":
            if index in closing_tick:
                dropped += match, marks[closing_tick[index]]
                index = closing_tick[index]
        elif (
            (opener := opened.get(mark)) and opener.end() < start and not line[start - 1].isspace()
        ):
            dropped += opener, match
            opened = {m: o for m, o in opened.items() if o.start() < opener.start()}
        elif end < len(line) and not line[end].isspace():
            opened.setdefault(mark, match)
        index += 1
    parts = []
    at = 0
    for match in sorted(dropped, key=re.Match.start):
        parts.append(line[at : match.start()])
        at = match.end()
    return "".join(parts) + line[at:]
