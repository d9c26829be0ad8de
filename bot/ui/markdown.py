"""Text from a digest as Discord shows it: what is markup stays, what would act does not.

Every function reads a bounded part of its text before it looks for anything in it, and none of the
patterns backtracks, so that the longest stored paper costs no more than a few milliseconds.
"""

import re
import unicodedata

from bot.ui import limits
from storage.records import Paper, PaperName

READ = 2 * limits.EMBED_DESCRIPTION
"""Characters that are read of a line at most: twice the longest that Discord shows at once."""
_TITLE_READ = 2 * limits.EMBED_TITLE
_SENTENCE_READ = 512
_VISIBLE_WITHIN = 64
"""Characters, shorter than every label, within which a title must have something to see."""

_MARKUP = {ord(mark): f"\\{mark}" for mark in "\\`*_~|[]<>#"}
_ITEM = re.compile(r"\A([0-9]{1,9}(?=[.)])|(?=[-+]))([-+.)])(?=[ \\]|\Z)")
"""What begins an item of a list, in a line whose other markup is escaped."""
_NOTIFIES = re.compile(r"@(?=everyone|here)", re.IGNORECASE)

_BLANK = r"[^\S\n]"
_LISTS = rf"(?:{_BLANK}|[-*+](?={_BLANK})|[0-9]{{1,9}}+[.)](?={_BLANK}))*+"
_LINE_START = re.compile(rf"^({_LISTS})(?=(?:\#{{1,3}}+|-\#|>{{1,3}}+)(?:\s|\Z))", re.MULTILINE)
"""Where a heading, small text or a quote begins, in a list's item as well."""
_BULLET = re.compile(rf"^({_BLANK}*+)[*+](?= )", re.MULTILINE)
_BLANK_LINES = re.compile(rf"\n(?:{_BLANK}*+\n){{2,}}+")
_ACTS = re.compile(
    r"<(?=[@#]|a?:\w|t:|id:|/[^<>:\n]{1,100}+:[0-9]|(?:https?|mailto|tel|sms):)"
    r"|@(?=everyone|here)",
    re.IGNORECASE,
)
"""The first character of a mention, a custom emoji, a time, or an address in angles."""

_LIST_MARKS = re.compile(r"(?:(?:[-*+]|[0-9]{1,9}+[.)]|\#{1,6}+|>)\s++)*+")
_EMPHASIS = re.compile(r"`++|\*{1,3}+|__|~~")
_SENTENCE = re.compile(r"(?<=[.!?。！？])[\"'”’)\]]*+(?=\s)")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|et al|vs|cf|Fig|Eq|Sec|No|resp|approx|Dr)\.\Z")
_LONGEST_ABBREVIATION = 8
"""With the character before it."""

_WORD_JOINER = "\u2060"
# Control characters, halves of surrogate pairs, and Unicode's explicit directional formatting,
# which can make a line read as another.
# Source: https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Mn", "Mc", "Me", "Zs", "Zl", "Zp"})
"""Categories of characters that show nothing by themselves."""
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols without ink: Hangul fillers and the empty Braille pattern."""


def clean(text: str) -> str:
    """Drop control characters and marks of direction, keeping line ends and tabs."""
    return _UNWANTED.sub("", text)


def one_line(text: str, read: int = READ) -> str:
    """Return a text on one line, cut after `read` characters."""
    line = " ".join(clean(text[:read]).split())
    return line + limits.ELLIPSIS if line and len(text) > read else line


def escape(text: str, read: int = READ) -> str:
    """Return one line that Discord shows letter by letter, with nothing taken for markup.

    Only `@everyone` and `@here` get an invisible character, as Discord knows no escape for them.

    Args:
        text: Anything.
        read: Characters of it that are read at most; a longer text ends with an ellipsis.
    """
    # An address is no link any more with a backslash within its `://`.
    escaped = one_line(text, read).translate(_MARKUP).replace("://", ":\\//")
    escaped = _ITEM.sub(r"\1\\\2", escaped)
    return _NOTIFIES.sub(f"@{_WORD_JOINER}", escaped) if "@" in escaped else escaped


def is_invisible(text: str) -> bool:
    """Say whether a text has nothing to see: blanks, control or combining characters alone."""
    return all(
        character in _FILLERS or unicodedata.category(character) in _INVISIBLE for character in text
    )


def title_of(paper: Paper | PaperName, read: int = _TITLE_READ) -> str:
    """Return a paper's title on one line, or its arXiv id where the title has nothing to see."""
    title = one_line(paper.title, read)
    return paper.arxiv_id if is_invisible(title[:_VISIBLE_WITHIN]) else title


def sanitize(text: str) -> str:
    """Return a section's Markdown with lists, emphasis and code kept.

    Headings, quotes, spoilers, mentions, custom emoji, time stamps and masked links, which could
    pass for something that this bot says or hide where they lead, are shown as they are written.
    An invisible character takes their meaning from them: a backslash does not where the text has
    one already or an address before it, and would be shown within code.

    Args:
        text: All of it is read; callers cut it to what they have room for.
    """
    text = _BLANK_LINES.sub("\n\n", clean(text))
    text = _BULLET.sub(r"\1-", text)
    text = _ACTS.sub(rf"\g<0>{_WORD_JOINER}", without_blocks(text))
    for before, after in ("](", "||", "||"):  # twice, as three bars in a row have two pairs
        text = text.replace(before + after, f"{before}{_WORD_JOINER}{after}")
    return text.strip()


def without_blocks(text: str) -> str:
    """Return Markdown in which no line is a heading, small text or a quote."""
    return _LINE_START.sub(rf"\1{_WORD_JOINER}", text)


def first_sentence(text: str) -> str:
    """Return the first sentence of a section's Markdown, letter by letter, on one line."""
    read = clean(text[:_SENTENCE_READ])
    line = next(filter(None, map(str.strip, read.splitlines())), "")
    marks = _LIST_MARKS.match(line)
    line = _without_emphasis(line[marks.end() :] if marks else line)
    end = next(
        (
            match.start()
            for match in _SENTENCE.finditer(line)
            if not _ABBREVIATED.search(
                line[max(match.start() - _LONGEST_ABBREVIATION, 0) : match.start()]
            )
        ),
        len(line),
    )
    return escape(line[:end])


def _without_emphasis(line: str) -> str:
    """Drop the pairs of marks around emphasis and code."""
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
