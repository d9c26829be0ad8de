"""arXiv's Atom feeds to papers. Pure.

Source: https://info.arxiv.org/help/api/user-manual.html, section 3.3.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.digest.limits import MAX_AUTHORS, MAX_LINE, MAX_PAPER, MAX_SECTION, size
from bot.sources.plain_text import moment_in, one_line, paragraphs
from storage.records import Details, Paper, arxiv_id_in

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ARXIV: Final = "{http://arxiv.org/schemas/atom}"
_WITHDRAWN = re.compile(r"\bwithdrawn\b(?!\s+from\b(?!\s+arxiv))", re.IGNORECASE)
_WITHDRAWN_ABSTRACT = re.compile(
    r"(?:this|the)\s+(?:paper|article|submission|manuscript)\s+(?:has\s+been|was|is)\s+withdrawn\b",
    re.IGNORECASE,
)


def paper_in(body: bytes, arxiv_id: str) -> Paper | None:
    """Return the paper that a feed has under an id; `None` for a feed without it.

    An entry about an error, or without a title, is none about a paper.

    Raises:
        ValueError: The body is no Atom feed.
    """
    try:
        feed: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ValueError("no XML") from error
    if feed.tag != f"{_ATOM}feed":
        raise ValueError("no Atom feed")
    papers = (_paper(entry) for entry in feed.findall(f"{_ATOM}entry"))
    return next((paper for paper in papers if paper and paper.arxiv_id == arxiv_id), None)


def _paper(entry: Element) -> Paper | None:
    arxiv_id = arxiv_id_in(_text(entry, "id"))
    title = one_line(_text(entry, "title"), MAX_LINE)
    if arxiv_id is None or not title:
        return None
    abstract = "\n\n".join(paragraphs(_text(entry, "summary"), MAX_SECTION))
    comment = entry.findtext(f"{_ARXIV}comment") or ""
    is_withdrawn = _WITHDRAWN.search(comment) or _WITHDRAWN_ABSTRACT.match(abstract)
    return Paper(
        arxiv_id,
        title,
        authors=_authors(entry, MAX_PAPER - size(title)),
        details=Details(
            abstract=abstract or None,
            submitted_at=moment_in(_text(entry, "published")),
            # Withdrawing makes a new version, which is the last one.
            withdrawn_at=moment_in(_text(entry, "updated")) if is_withdrawn else None,
        ),
        authors_ordered=True,
    )


def _authors(entry: Element, most: int) -> tuple[str, ...]:
    """Return the names of the authors in order, in at most `most` bytes."""
    names: list[str] = []
    for author in entry.findall(f"{_ATOM}author")[:MAX_AUTHORS]:
        name = one_line(_text(author, "name"), MAX_LINE)
        most -= size(name)
        if most < 0:
            break
        if name:
            names.append(name)
    return tuple(names)


def _text(element: Element, name: str) -> str:
    return element.findtext(f"{_ATOM}{name}") or ""
