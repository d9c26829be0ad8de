"""The feed of a language: an entry for each day that is over, with its top papers. Pure.

Atom wants ids that never change and differ from those of all other feeds. Only an address on the
web is that, so there is no feed without one. The time of an entry is the end of its day in UTC:
votes that grow later, and a database that is built anew, don't make it new to readers.

Source: https://www.rfc-editor.org/rfc/rfc4287
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.digest.published import marker
from bot.publish.archive import FEED, INDEX, path_in, path_of_day
from bot.publish.days import text_sources, visible_title
from bot.publish.markup import escape
from bot.publish.pages import PageOptions, names_of
from storage.records import Digest

DAYS: Final = 30
"""How many days a feed has."""
_PAPERS: Final = 10
"""How many papers of a day an entry has."""


def render_feed(digests: Sequence[Digest], options: PageOptions, url: str) -> bytes:
    """Return a feed.

    Args:
        digests: The lists of days that are over, at least one, the newest first.
        options: Those of the language.
        url: The address of the archive.
    """
    texts, language = options.texts, options.language
    address = escape(f"{url}/{path_in(language, FEED)}")
    sources = sorted({name for each in digests for name in text_sources(each, language)})
    title = escape(texts("archive-title"))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        marker(language, sources),
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(language)}">',
        f"<title>{title}</title>",
        f"<id>{address}</id>",
        f'<link rel="self" type="application/atom+xml" href="{address}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(f"{url}/{language}/{INDEX}")}"/>',
        f"<updated>{_end_of(digests[0].date)}</updated>",
        f"<author><name>{title}</name></author>",
        f"<rights>{escape(texts('archive-rights'))}</rights>",
    ]
    for digest in digests:
        lines += _entry(digest, options, url)
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _entry(digest: Digest, options: PageOptions, url: str) -> Iterator[str]:
    texts, language = options.texts, options.language
    address = escape(f"{url}/{path_of_day(language, digest.date, 'html')}")
    yield "<entry>"
    yield f"<title>{escape(texts('archive-day', day=digest.date.isoformat()))}</title>"
    yield f"<id>{address}</id>"
    yield f'<link rel="alternate" type="text/html" href="{address}"/>'
    yield f"<published>{_end_of(digest.date)}</published>"
    yield f"<updated>{_end_of(digest.date)}</updated>"
    # HTML within XML: it is escaped once more.
    yield f'<content type="html">{escape("".join(_content(digest, options)))}</content>'
    yield "</entry>"


def _content(digest: Digest, options: PageOptions) -> Iterator[str]:
    texts = options.texts
    yield "<ol>"
    for paper in digest.papers[:_PAPERS]:
        votes = "" if paper.votes is None else f" · {texts('archive-votes', votes=paper.votes)}"
        title = escape(visible_title(paper))
        yield f'<li><a href="{escape(paper.url)}">{title}</a>{escape(votes)}</li>'
    yield "</ol>"
    count = escape(texts("archive-papers", count=len(digest.papers)))
    if sources := text_sources(digest, options.language):
        count += f" · {escape(texts('archive-texts', sources=names_of(sources)))}"
    yield f"<p>{count}</p>"


def _end_of(day: date) -> str:
    """Return the end of a day in UTC, as RFC 3339 has it."""
    return f"{(datetime.combine(day, time()) + timedelta(days=1)).isoformat()}Z"
