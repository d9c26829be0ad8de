"""Names of papers, and the lines of plain text that consist of them. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from bot.ui import limits
from bot.ui.columns import shorten, width
from bot.ui.markdown import WORD_JOINER, escape, is_invisible, title_of
from storage.records import ListedPaper, Paper

CONTENT_COLUMNS: Final = 110
"""The most columns of a post's first line: what a notification shows of it."""
_TITLE_COLUMNS: Final = 70
_LINK_ROOM: Final = 120
_NAMES: Final = 2
"""Names after the title in a post's first line."""
_NAMES_OF_THREAD: Final = 3

_COLON: Final = re.compile(r":\s+|：\s*")
_PLAIN: Final = str.maketrans(
    {
        "\\": "∖",
        "`": "'",
        "*": "∗",
        "_": "ˍ",
        "~": "∼",
        "|": "∣",
        "[": "(",
        "]": ")",
        "<": "‹",
        ">": "›",
        "▲": "△",
        "@": f"@{WORD_JOINER}",
    }
)
"""Characters of Markdown and mentions, and what is shown instead: a notification shows escapes."""
_LINE_MARKS: Final = re.compile(r"\A(?:-?#+|[-+](?=\s))")


def split_title(title: str) -> tuple[str | None, str]:
    """Return the name that a title begins with, up to its colon, and the rest of the title.

    >>> split_title("SigLIP 2: Multilingual Encoders")
    ('SigLIP 2', 'Multilingual Encoders')
    >>> split_title("Attention Is All You Need")
    (None, 'Attention Is All You Need')
    """
    colon = _COLON.search(title)
    if colon is not None:
        name, rest = title[: colon.start()].strip(), title[colon.end() :].strip()
        if not is_invisible(name) and not is_invisible(rest):
            return name, rest
    return None, title


def name_of(paper: Paper) -> str | None:
    """Return the name that a paper's title begins with; `None` if the title has no colon."""
    return split_title(title_of(paper))[0]


def plain(text: str) -> str:
    """Replace the characters of a line that Discord would take for markup, mentions or links."""
    marks = _LINE_MARKS.match(text)
    if marks:
        text = marks[0].replace("#", "♯").replace("-", "–").replace("+", "＋") + text[marks.end() :]
    return text.translate(_PLAIN).replace("://", f":{WORD_JOINER}//")


def content_line(papers: Sequence[ListedPaper], total: int) -> str:
    """Return the line of a post that a notification shows, at most `CONTENT_COLUMNS` wide.

    It has the first paper's title and votes, up to two names of the others, and how many papers of
    the coverage are not named.

    Args:
        papers: 1 to 25, in the order of the post.
        total: The number of papers in the coverage.
    """
    first = papers[0].paper
    votes = f" ▲{first.votes}" if first.votes is not None else ""
    names = [plain(name) for each in papers[1:] if (name := name_of(each.paper))][:_NAMES]
    title = line_title(first)
    for count in range(len(names), -1, -1):
        more = total - 1 - count
        tail = votes + "".join(f" · {name}" for name in names[:count])
        tail += f" +{more}" if more > 0 else ""
        if width(title + tail) <= CONTENT_COLUMNS:
            break
    return shorten(title, CONTENT_COLUMNS - width(tail)) + tail


def thread_name(when: str, papers: Sequence[ListedPaper]) -> str:
    """Return the name of a post's thread, which a sidebar shows: its day and its papers.

    Args:
        when: The day, week or month.
        papers: At least one. If none has a name, the title of the first one is shown.
    """
    names = [name for each in papers if (name := name_of(each.paper))][:_NAMES_OF_THREAD]
    names = names or [title_of(papers[0].paper)]
    while len(names) > 1 and not limits.fits(_name(when, names), limits.THREAD_NAME):
        names.pop()
    return limits.shorten(_name(when, names), limits.THREAD_NAME)


def line_title(paper: Paper) -> str:
    """Return a paper's title for a line of text that a notification shows, without markup."""
    return shorten(plain(title_of(paper)), _TITLE_COLUMNS)


def link_title(paper: Paper) -> str:
    """Return a paper's title as the text of a link, escaped."""
    return limits.shorten(escape(title_of(paper)), _LINK_ROOM)


def paper_thread_name(paper: Paper) -> str:
    """Return the name of a thread about one paper: its title."""
    return limits.shorten(title_of(paper), limits.THREAD_NAME)


def _name(when: str, names: Sequence[str]) -> str:
    return f"{when} · {', '.join(names)}"
