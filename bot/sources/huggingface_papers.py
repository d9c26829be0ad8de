"""Hugging Face's JSON to papers. Pure, and lenient: what is missing or odd is not known.

The shapes are those of `/api/daily_papers` (an outer object with a `paper` in it) and of
`/api/papers/{id}` (the inner object alone).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from bot.digest.limits import MAX_AUTHORS, MAX_LINE, MAX_PAPER, MAX_SECTION, size
from bot.sources.plain_text import moment_in, one_line, paragraphs
from storage.addresses import address_fault
from storage.records import MOST_VOTES, Details, Media, MediaKind, Paper, arxiv_id_in

_MAX_KEYWORDS: Final = 64
_MAX_NAME: Final = 256
"""Bytes of an organization's name or a keyword."""
_IMAGES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_VIDEOS: Final = (".mp4",)
_NO_FIGURES: Final = ("cdn-avatars.huggingface.co", "cdn-thumbnails.huggingface.co")
"""Hosts of portraits, and of social cards, which show only the title."""

Json = Mapping[str, Any]


def paper_from(item: object) -> Paper:
    """Return the paper that an item of a list or a single answer describes.

    Raises:
        ValueError: It is no object, or has no arXiv id or no title; the text is a predicate.
    """
    if not isinstance(item, Mapping):
        raise ValueError("is no object")  # noqa: TRY004 - one error for all odd items
    inner = item.get("paper")
    fields = _Fields(inner if isinstance(inner, Mapping) else item, item)
    arxiv_id = arxiv_id_in(fields.line("id", MAX_LINE) or "")
    if arxiv_id is None:
        raise ValueError("has no arXiv id")
    title = fields.line("title", MAX_LINE)
    if title is None:
        raise ValueError("has no title")
    return Paper(
        arxiv_id,
        title,
        votes=fields.inner_number("upvotes"),
        authors=_authors(fields.inner.get("authors"), MAX_PAPER - size(title)),
        media=_media(fields),
        details=_details(fields),
        authors_ordered=True,
    )


class _Fields:
    """An inner object and the one around it; a field of the inner one comes first."""

    def __init__(self, inner: Json, outer: Json) -> None:
        self.inner = inner
        self.outer = outer

    def values(self, name: str) -> Iterator[Any]:
        yield from (part[name] for part in (self.inner, self.outer) if name in part)

    def line(self, name: str, most: int) -> str | None:
        """Return a field as one line; `None` if it is missing or blank."""
        texts = (one_line(text, most) for text in self.values(name) if isinstance(text, str))
        return next(filter(None, texts), None)

    def inner_number(self, name: str) -> int | None:
        return _number(self.inner.get(name))

    def outer_number(self, name: str) -> int | None:
        number = _number(self.outer.get(name))
        return self.inner_number(name) if number is None else number


def _details(fields: _Fields) -> Details:
    return Details(
        abstract=_abstract(fields),
        summary=fields.line("ai_summary", MAX_LINE),
        keywords=_keywords(fields.inner.get("ai_keywords")),
        organization=_organization(fields),
        code_url=_address(fields.inner.get("githubRepo")),
        code_stars=fields.inner_number("githubStars"),
        project_url=_address(fields.inner.get("projectPage")),
        comments=fields.outer_number("numComments"),
        submitted_at=moment_in(fields.inner.get("publishedAt")),
        withdrawn_at=moment_in(fields.inner.get("withdrawnAt")),
    )


def _abstract(fields: _Fields) -> str | None:
    texts = (text for text in fields.values("summary") if isinstance(text, str))
    joined = ("\n\n".join(paragraphs(text, MAX_SECTION)) for text in texts)
    return next(filter(None, joined), None)


def _authors(value: object, most: int) -> tuple[str, ...]:
    """Return the names of the authors who are not hidden, in order, in at most `most` bytes."""
    names: list[str] = []
    for author in value if isinstance(value, list) else ():
        if not isinstance(author, Mapping) or author.get("hidden") is True:
            continue
        name = author.get("name")
        text = one_line(name, MAX_LINE) if isinstance(name, str) else ""
        most -= size(text)
        if most < 0 or len(names) == MAX_AUTHORS:
            break
        if text:
            names.append(text)
    return tuple(names)


def _keywords(value: object) -> tuple[str, ...]:
    words = value[:_MAX_KEYWORDS] if isinstance(value, list) else ()
    lines = (one_line(word, _MAX_NAME) for word in words if isinstance(word, str))
    return tuple(dict.fromkeys(filter(None, lines)))


def _organization(fields: _Fields) -> str | None:
    for organization in fields.values("organization"):
        if isinstance(organization, Mapping):
            full = _Fields({}, organization)
            if name := full.line("fullname", _MAX_NAME) or full.line("name", _MAX_NAME):
                return name
    return None


def _media(fields: _Fields) -> Media | None:
    """Return the first picture or video that Discord can show."""
    for addresses in fields.values("mediaUrls"):
        for value in addresses if isinstance(addresses, list) else ():
            url = _address(value)
            if url is None:
                continue
            parts = urlsplit(url)
            path = parts.path.lower()
            if parts.hostname in _NO_FIGURES:
                continue
            if path.endswith(_IMAGES):
                return Media(MediaKind.IMAGE, url)
            if path.endswith(_VIDEOS):
                return Media(MediaKind.VIDEO, url)
    return None


def _address(value: object) -> str | None:
    """Return an address that may be shown; `None` for a relative or private one."""
    url = value.strip() if isinstance(value, str) else ""
    return url if url and address_fault(url) is None else None


def _number(value: object) -> int | None:
    """Return a number from 0 to `MOST_VOTES`; `None` for all else, which is not 0."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= MOST_VOTES else None
