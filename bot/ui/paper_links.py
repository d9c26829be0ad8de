"""The links of a paper: its pages, its code, its video."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from bot.ui import limits
from config.texts import Texts
from storage.addresses import address_fault
from storage.records import MediaKind, Paper

URL: Final = 512
"""The most characters of an address; longer ones are left out."""
_SEPARATOR: Final = " · "
_SAFE: Final = "%/:=&?~#+!$,;'@[]*-._"
"""What stays as it is in the address of a link: parentheses would end it."""
_FEW = 10_000
"""Stars from which they are shown in thousands."""
_MILLION = 1_000_000


def all_links(paper: Paper, texts: Texts, *, is_listed: bool = True) -> list[tuple[str, str]]:
    """Return the labels and addresses of a paper's web pages, the most important first.

    Args:
        paper: The paper.
        texts: In the reader's language.
        is_listed: Whether a list has it. If not, and nobody could vote for it, Hugging Face has no
            page of it.
    """
    links = [("arXiv", paper.url), ("PDF", paper.pdf_url)]
    if is_listed or paper.votes is not None:
        links.append(("Hugging Face", paper.huggingface_url))
    links += further_links(paper, texts)
    video = paper.media.url if paper.media and paper.media.kind is MediaKind.VIDEO else None
    if video is not None and is_sendable(video):
        links.append((texts("paper-video"), video))
    return links


def join_links(links: Iterable[tuple[str, str]], room: int) -> str:
    """Return links on one line as Markdown; those that don't fit `room` characters are left out.

    >>> join_links([("PDF", "https://a.org/(1)"), ("Long", "https://a.org/long")], 40)
    '[PDF](https://a.org/%281%29)'
    """
    line = ""
    for label, url in links:
        link = f"[{label}]({quote(url, safe=_SAFE)})"
        longer = f"{line}{_SEPARATOR}{link}" if line else link
        line = longer if limits.fits(longer, room) else line
    return line


def further_links(paper: Paper, texts: Texts) -> list[tuple[str, str]]:
    """Return the labels and addresses of a paper's code and project page, where known."""
    details = paper.details
    links = [
        (_code_label(details.code_stars, texts), details.code_url),
        (texts("paper-project"), details.project_url),
    ]
    return [(label, url) for label, url in links if url is not None and is_sendable(url)]


def is_sendable(url: str) -> bool:
    """Return whether an address can be a link.

    Sources drop addresses that it doesn't accept, but an older version may have stored one.
    """
    return limits.fits(url, URL) and address_fault(url) is None


def _code_label(stars: int | None, texts: Texts) -> str:
    if not stars:
        return texts("paper-code")
    return texts("paper-code-stars", stars=compact(stars))


def compact(count: int) -> str:
    """Return a number of stars in few characters, rounded down as GitHub does.

    >>> compact(9999), compact(12345), compact(1_000_000)
    ('9,999', '12.3k', '1M')
    """
    if count < _FEW:
        return f"{count:,}"
    unit, name = (1_000, "k") if count < _MILLION else (_MILLION, "M")
    whole, tenths = divmod(count * 10 // unit, 10)
    return f"{whole:,}.{tenths}{name}" if tenths else f"{whole:,}{name}"
