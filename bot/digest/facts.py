"""Parse single lines of a digest: date, paper link, votes, authors, media, section heading.

Each function maps text to a value; `parser` and `paper` decide what the value means at its place.
All take linear time: quantifiers that could backtrack over the same text are possessive.
"""

import re
from dataclasses import dataclass
from datetime import date

from bot.digest.escapes import ESCAPED, unescape
from storage.records import MOST_VOTES, Media, MediaKind, arxiv_id_in

KNOWN_HEADINGS = ("What's New", "Technical Details", "Performance Highlights")
"""Section headings of most digests. A curly apostrophe in them was put in by an editor."""

_VIDEO_FILES = (".mp4", ".webm", ".mov", ".m4v", ".ogv")

_DATE = re.compile(
    r"(?<![0-9])(?P<year>[0-9]{4})([-./])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?![0-9])"
)
_LONGEST_ADDRESS = 2_000
_LINKS_TRIED = 100

_VOTES = re.compile(r"\*{0,3}votes?\*{0,3}[ \t]*+[:：]\*{0,3}(?P<votes>.*)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,19}|[0-9]{1,3}(?:,[0-9]{3}){1,5}")
_DIGITS = re.compile(r"[0-9][0-9,]*")
_UNKNOWN_VOTES = frozenset({"", "-", "–", "—", "?", "none", "null", "n/a", "unknown"})

_AUTHORS = re.compile(r"\*{0,3}authors?\*{0,3}[ \t]*+[:：]\*{0,3}(?P<authors>.*)", re.IGNORECASE)
_MORE = "+"
"""The source abbreviates a long list of authors with this sign, which is no name."""
_QUOTED = re.compile(
    r"""[ \t]*+(?:'(?P<single>(?:[^'\\]|\\.)*+)'|"(?P<double>(?:[^"\\]|\\.)*+)")[ \t]*+(?:,|\Z)"""
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")

_PICTURE = re.compile(r"!\[[^\]]*+\]\([ \t]*+<?(?P<url>[^\s<>]*)>?(?:[ \t].*)?\)")
_WATCH = re.compile(
    r"\[?watch[ \t]++video\]?[ \t]*+:?[ \t]*+"
    r"(?:\([ \t]*+<?(?P<link>[^\s<>]*)>?[ \t]*\)|<?(?P<bare>[^\s<>()]*+)>?)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?P<name>div|p|center|br|span|figure|video|source|iframe|img)\b(?P<rest>[^<>]*+)>",
    re.IGNORECASE,
)
_SRC = re.compile(
    r"""(?:\A|[\s"'])src[ \t]*+=[ \t]*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)

_HEADED = re.compile(
    r"\*{2,3}(?P<name>[^*]+)"
    r"(?:\*{1,3}[ \t]*+[:：]|(?P<colon_inside>(?<=[:：])\*{1,3}))[ \t]*+(?P<text>.*)"
)
_UNCLOSED = re.compile(
    r"\*{2,3}(?P<name>What['’]s New|Technical Details|Performance Highlights)[:：](?P<text>.*)"
)
_BOLD = re.compile(r"\*{2,3}(?P<name>[^*]++)\*{2,3}")


def date_in(heading: str) -> tuple[date | None, str | None]:
    """Return the first date in a heading; if it is invalid, `None` and its text."""
    found = _DATE.search(heading)
    if found is None:
        return None, None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])), None
    except ValueError:
        return None, found[0]


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A heading that links to a paper."""

    arxiv_id: str
    title: str
    """May be empty."""
    rest: str
    """The text after the link."""


def paper_in(heading: str) -> PaperLink | None:
    """Return the paper that a heading links to: `[Title](https://arxiv.org/abs/2502.14499)`.

    The title ends at the first address of a paper, so it may contain brackets.
    """
    if not heading.startswith("["):
        return None
    end = 0
    for _ in range(_LINKS_TRIED):
        end = heading.find("](", end + 1)
        if end < 0:
            return None
        close = heading.find(")", end, end + _LONGEST_ADDRESS)
        arxiv_id = arxiv_id_in(heading[end + 2 : close]) if close > 0 else None
        if arxiv_id:
            title, rest = heading[1:end].strip(" \t"), heading[close + 1 :].strip(" \t")
            if rest == ESCAPED:
                return PaperLink(arxiv_id, unescape(title).replace("\n", " "), "")
            return PaperLink(arxiv_id, title, rest)
    return None


@dataclass(frozen=True, slots=True)
class Votes:
    """The value of a line of votes."""

    votes: int | None
    unreadable: str | None
    """The text, if it is neither a valid number nor a word for unknown votes."""
    is_too_many: bool = False
    """Whether the unreadable text is a number over `MOST_VOTES`."""


def votes_in(line: str) -> Votes | None:
    """Return the votes in a line (`Vote: 16`, `Vote: -`), or `None` if it is no line of votes."""
    found = _VOTES.fullmatch(line)
    if found is None:
        return None
    text = found["votes"].strip(" \t")
    if _NUMBER.fullmatch(text):
        votes = int(text.replace(",", ""))
        if votes <= MOST_VOTES:
            return Votes(votes, None)
    unreadable = None if text.lower() in _UNKNOWN_VOTES else text
    return Votes(None, unreadable, is_too_many=_DIGITS.fullmatch(text) is not None)


@dataclass(frozen=True, slots=True)
class Authors:
    """The value of a line of authors."""

    names: tuple[str, ...]
    well_formed: bool
    """Whether a Python list is complete and its quotes are correct."""


def authors_in(line: str) -> Authors | None:
    """Return the authors in a line, or `None` if it is no line of authors.

    The formats are `Authors: A, B and C` and a Python list, `Authors: ['A', "B"]`. The list is
    scanned, not evaluated, because the text is not trusted.
    """
    found = _AUTHORS.fullmatch(line)
    if found is None:
        return None
    text = found["authors"].strip(" \t")
    if not text.startswith("["):
        return Authors(_plain_names(text), well_formed=True)
    closed = text.endswith("]")
    text = text[1:-1] if closed else text[1:]
    names: list[str] = []
    position = 0
    while quoted := _QUOTED.match(text, position):
        name = quoted["single"] if quoted["single"] is not None else quoted["double"]
        if name.strip(" \t") not in ("", _MORE):
            names.append(_ESCAPE.sub(_character, name.strip(" \t")))
        position = quoted.end()
    if rest := text[position:].strip(" \t"):
        names += _plain_names(rest.replace("'", "").replace('"', ""))
    return Authors(tuple(names), well_formed=closed and not rest)


def _plain_names(text: str) -> tuple[str, ...]:
    *names, last = text.split(",")
    # Only the last name can follow "and"; elsewhere "and" is part of the name of a group.
    names += last.strip(" \t").removeprefix("and ").split(" and ")
    stripped = (name.strip(" \t") for name in names)
    return tuple(name for name in stripped if name and name != _MORE)


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return {"n": "\n", "t": "\t", "r": "\r"}.get(match[4], match[4])
    number = int(digits, 16)
    usable = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 - the range of Unicode
    return chr(number) if usable else match[0]


def media_in(line: str) -> Media | None:
    """Return the picture or video in a line of Markdown, or `None` if it is another line.

    The address is not checked: it may be relative, or empty (`Watch Video` without a link).
    """
    if found := _PICTURE.fullmatch(line):
        url = found["url"]
        # Some digests use the Markdown of a picture for a video.
        path = url.split("?", 1)[0].split("#", 1)[0].lower()
        return Media(MediaKind.VIDEO if path.endswith(_VIDEO_FILES) else MediaKind.IMAGE, url)
    if found := _WATCH.fullmatch(line):
        return Media(MediaKind.VIDEO, found["link"] or found["bare"] or "")
    return None


def media_in_html(text: str) -> tuple[tuple[Media, ...], bool]:
    """Return the media in HTML, addresses unchecked, and whether there is text besides tags."""
    shown = []
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name in ("video", "source", "iframe", "img") and (src := _SRC.search(tag["rest"])):
            kind = MediaKind.IMAGE if name == "img" else MediaKind.VIDEO
            shown.append(Media(kind, src[1] or src[2] or src[3] or ""))
    return tuple(shown), bool(_TAG.sub("", text).strip())


def section_heading_in(line: str) -> tuple[str, str] | None:
    """Return the section heading at the start of a line and the text after it, or `None`.

    A heading is in two or three asterisks before a colon (`***What's New***: …`). The colon may be
    inside, and one or two of the closing asterisks may be missing; of `KNOWN_HEADINGS` all may be.
    """
    if not line.startswith("**"):
        return None
    found = _HEADED.match(line)
    if found:
        name = found["name"][:-1] if found["colon_inside"] is not None else found["name"]
    elif found := _UNCLOSED.match(line):
        name = found["name"]
    else:
        return None
    name = name.strip(" \t")
    return (_straight(name), found["text"].strip(" \t")) if name.strip() else None


def bold_in(line: str) -> str | None:
    """Return the heading if the whole line is in asterisks, without a colon; else `None`."""
    found = _BOLD.fullmatch(line)
    return _straight(found["name"].strip(" \t")) if found and found["name"].strip() else None


def _straight(name: str) -> str:
    straight = name.replace("’", "'")
    return straight if straight in KNOWN_HEADINGS else name
