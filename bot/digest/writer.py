"""Write digests as Markdown, in the newest format of real digests."""

import re
import unicodedata

from bot.digest.escapes import BARE, ESCAPED, escape_body, escape_line
from bot.digest.facts import authors_in, media_in, paper_in, section_heading_in
from bot.digest.parser import parse
from bot.digest.problems import DigestError
from bot.digest.source import lines_of
from storage.records import Digest, Media, MediaKind, Paper, Section

_INDENT = "  "
_BLOCK = re.compile(
    r"(?:[-+*]|[0-9]{1,9}[.)]|#{1,6})(?:[ \t]|$)|[>|<]|```|~~~|[-_*=]{3}|[ \t]", re.MULTILINE
)
"""Markdown that has a meaning only at the start of a line, not after a section heading."""
_LIST_TEST_PAGE = """\
## Daily Papers (2000-01-01)
### [Title](https://arxiv.org/abs/0001.00001)
- ***Before***: -
{}
- ***After***: -
"""


def write(digest: Digest) -> str:
    """Return a digest as Markdown: `parse(write(digest)) == ((digest,), ())`.

    That holds for each valid digest within the limits of `parse`. It has ids that `arxiv_id_in`
    returns unchanged, votes from 0 to `MOST_VOTES`, and valid addresses. Its titles, names and
    headings aren't empty, its bodies not blank. It has neither NUL nor lone surrogates. Text that
    the parser would change (trailing whitespace, a title with `](`, decomposed characters) is
    escaped; see `escapes`.
    """
    parts = [f"## Daily Papers ({digest.date.isoformat()})\n"]
    parts += [_paper(paper) for paper in digest.papers]
    return "\n".join(parts)


def _paper(paper: Paper) -> str:
    parts = [_heading(paper)]
    if paper.media is not None:
        parts.append(_media(paper.media))
    parts.append(f"Vote: {'-' if paper.votes is None else paper.votes}\n")
    if paper.authors:
        parts.append(f"Authors: {_authors(paper.authors)}\n")
    if paper.sections:
        parts.append(_sections(paper.sections))
    return "\n".join(parts)


def _heading(paper: Paper) -> str:
    plain = f"[{paper.title}]({paper.url})"
    read = paper_in(plain)
    if _is_plain_line(paper.title) and read and (read.title, read.rest) == (paper.title, ""):
        return f"### {plain}\n"
    # Unescaped, "](" would end the title.
    return f"### [{escape_line(paper.title, also='](')}]({paper.url}) {ESCAPED}\n"


def _media(media: Media) -> str:
    picture = f"![]({media.url})"
    if media.kind is MediaKind.VIDEO:
        return (
            f"[Watch Video]({media.url})\n"
            f'<div><video controls src="{media.url}" muted="false"></video></div>\n'
        )
    # The parser tells pictures and videos apart by the ending of the address.
    return f"{picture}\n" if media_in(picture) == media else f'<div><img src="{media.url}"></div>\n'


def _authors(names: tuple[str, ...]) -> str:
    plain = ", ".join(names)
    read = authors_in(f"Authors: {plain}")
    if read and read.names == names and _is_plain_line(plain):
        return plain
    return "[" + ", ".join(_quoted_name(name) for name in names) + "]"


def _quoted_name(name: str) -> str:
    if all(map(_is_printable, name)) and _is_plain_line(name) and name != "+":
        return repr(name)
    return (
        "'" + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08x}" for c in name) + "'"
    )


def _is_printable(character: str) -> bool:
    """Return whether a character is written as it is; the same in every version of Python.

    `str.isprintable` depends on the version of Unicode that a Python knows.
    """
    return character == " " or unicodedata.ucd_3_2_0.category(character)[0] not in "CZ"


def _sections(sections: tuple[Section, ...]) -> str:
    text = ""
    was_list = False
    for section in sections:
        is_list = not was_list and _is_list(section)
        text += f"{section.body}\n" if is_list else _item(section)
        was_list = is_list
    return text


def _is_list(section: Section) -> bool:
    """Return whether a section can be written as a plain list of items without heading.

    The parser decides: between two other sections the body must be read back unchanged.
    """
    if section.heading is not None or not section.body.startswith(("-", "+", "*")):
        return False
    try:
        digests, problems = parse(_LIST_TEST_PAGE.format(section.body))
    except DigestError:
        return False
    papers = [paper for digest in digests for paper in digest.papers]
    return not problems and len(papers) == 1 and papers[0].sections[1:-1] == (section,)


def _item(section: Section) -> str:
    heading, body = section.heading, section.body
    is_escaped = not _is_plain(body) or (heading is not None and not _is_plain_heading(heading))
    if is_escaped:
        body = escape_body(body)
        heading = None if heading is None else escape_line(heading, also="*’")
    parts = ["-"]
    if heading is not None:
        parts.append(f"***{heading}***:")
    if is_escaped or heading is None:
        parts.append(ESCAPED if is_escaped else BARE)
    elif not _BLOCK.match(body):
        first, _, body = body.partition("\n")
        parts.append(first)
    lines = [" ".join(parts)]
    if body:
        lines += [_INDENT + line if line else "" for line in body.split("\n")]
    return "\n".join(lines) + "\n"


def _is_plain(text: str) -> bool:
    """Return whether the parser leaves a text unchanged."""
    try:
        return "\n".join(lines_of(text)).strip("\n") == text
    except DigestError:
        return False


def _is_plain_line(text: str) -> bool:
    return "\n" not in text and text == text.strip(" \t") and _is_plain(text)


def _is_plain_heading(heading: str) -> bool:
    return _is_plain_line(heading) and section_heading_in(f"***{heading}***: -") == (heading, "-")
