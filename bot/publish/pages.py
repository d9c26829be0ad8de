"""The web pages of the archive. Pure.

Links between pages are relative, so that the folder can be served at any address. Dates are written
as 2025-02-21, and no text depends on the machine, so that equal content gives equal bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from bot.digest.published import marker
from bot.publish.archive import FEED, INDEX, LATEST, link, path_in, path_of_day, path_of_month
from bot.publish.days import text_sources, visible_title
from bot.publish.markup import escape, render_body, render_plain
from bot.ui.paper_texts import (
    ChosenText,
    TextKind,
    choose_texts,
    heading_of,
    language_label,
    name_of_source,
    name_sources,
    translate_heading,
)
from config.texts import Texts
from storage.addresses import address_fault
from storage.records import Digest, MediaKind, Paper

_STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "overflow-wrap:anywhere}"
    "article{margin:2.5rem 0}h2{font-size:1.2rem;margin:0}h3{font-size:1rem;margin:1rem 0 0}"
    "img{max-width:100%;max-height:24rem}.facts,footer{opacity:.75;font-size:.9rem}"
    ".plain{white-space:pre-line}"
)
_POLICY: Final = "default-src 'none'; img-src http: https:; style-src 'unsafe-inline'"
_RECENT: Final = 7
"""Days on the page of a language."""
_NAMED: Final = 3
"""Titles in the description of a day."""


@dataclass(frozen=True, slots=True)
class DaySummary:
    """What other pages say of a day's page."""

    date: date
    papers: int
    lead: str
    """The title of the first paper."""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the pages of a language have in common."""

    language: str
    """The code of the language, the name of its folder."""
    texts: Texts
    """In that language, or in English if the program doesn't speak it."""
    url: str | None = None
    """The address of the archive; `None` if it has none."""


def render_day(digest: Digest, options: PageOptions, *, is_final: bool) -> bytes:
    """Return the page of a day.

    Args:
        digest: The day's list with the texts in all languages.
        options: Those of the language.
        is_final: Whether the day has its own Markdown file.
    """
    texts, language = options.texts, options.language
    path = path_of_day(language, digest.date, "html")
    markdown = path_of_day(language, digest.date, "md") if is_final else path_in(language, LATEST)
    title = texts("archive-day", day=digest.date.isoformat())
    month = path_of_month(language, digest.date)
    links = [
        f'<a href="{link(path, month)}">{digest.date.isoformat()[:7]}</a>',
        f'<a href="{link(path, markdown)}">Markdown</a>',
    ]
    body = [f"<h1>{escape(title)}</h1>", f"<nav>{' · '.join(links)}</nav>"]
    body += [_paper(rank, paper, options) for rank, paper in enumerate(digest.papers, start=1)]
    head = [*_feed_link(path, options), *_preview(title, path, digest, options)]
    return _page(title, body, options, head=head, sources=text_sources(digest, language))


def _paper(rank: int, paper: Paper, options: PageOptions) -> str:
    texts = options.texts
    votes = (
        texts("archive-votes-unknown")
        if paper.votes is None
        else texts("archive-votes", votes=paper.votes)
    )
    facts = [
        f"#{rank}",
        escape(votes),
        f'<a href="{escape(paper.url)}">arXiv</a>',
        f'<a href="{escape(paper.pdf_url)}">PDF</a>',
        f'<a href="{escape(paper.huggingface_url)}">Hugging Face</a>',
    ]
    parts = [
        f'<article id="{escape(paper.arxiv_id)}">',
        f'<h2><a href="{escape(paper.url)}">{escape(visible_title(paper))}</a></h2>',
        f'<p class="facts">{" · ".join(facts)}</p>',
        *_media(paper, texts),
    ]
    if paper.authors:
        parts.append(f'<p class="facts">{escape(", ".join(paper.authors))}</p>')
    for chosen in choose_texts(paper, options.language):
        parts += _text(paper, chosen, texts)
    return "\n".join([*parts, "</article>"])


def _media(paper: Paper, texts: Texts) -> Iterator[str]:
    media = paper.media
    if media is None or address_fault(media.url) is not None:
        return
    url = escape(media.url)
    if media.kind is MediaKind.IMAGE:
        yield f'<p><img src="{url}" alt="" loading="lazy" referrerpolicy="no-referrer"></p>'
    else:
        yield f'<p><a href="{url}">{escape(texts("archive-video"))}</a></p>'


def _text(paper: Paper, chosen: ChosenText, texts: Texts) -> Iterator[str]:
    """Yield one of a paper's texts; one in another language is marked."""
    language = f' lang="{escape(chosen.foreign)}"' if chosen.foreign else ""
    yield f"<section{language}>"
    if chosen.kind is TextKind.SECTIONS:
        if label := language_label(chosen, texts):
            yield f'<p class="facts">{escape(label)}</p>'
        for section in chosen.sections:
            if section.heading:
                yield f"<h3>{escape(translate_heading(section.heading, texts))}</h3>"
            yield render_plain(section.body) if chosen.is_written else render_body(section.body)
        if chosen.is_written:
            yield f'<p class="facts">{escape(", ".join(name_sources([chosen], texts)))}</p>'
    else:
        is_summary = chosen.kind is TextKind.SUMMARY
        yield f"<h3>{escape(heading_of(chosen, texts))}</h3>"
        details = paper.details
        yield render_plain((details.summary if is_summary else details.abstract) or "")
    yield "</section>"


def _preview(title: str, path: str, digest: Digest, options: PageOptions) -> Iterator[str]:
    """Yield what other sites show of a link to a page, as https://ogp.me has it."""
    if options.url is None:
        return
    address = f"{options.url}/{path}"
    titles = " · ".join(visible_title(paper) for paper in digest.papers[:_NAMED])
    yield f'<link rel="canonical" href="{escape(address)}">'
    facts = {
        "og:type": "article",
        "og:site_name": options.texts("archive-title"),
        "og:title": title,
        "og:description": titles,
        "og:url": address,
    }
    pictures = (
        paper.media.url
        for paper in digest.papers
        if paper.media is not None and paper.media.kind is MediaKind.IMAGE
    )
    picture = next((url for url in pictures if address_fault(url) is None), None)
    if picture is not None:
        facts["og:image"] = picture
    for name, value in facts.items():
        yield f'<meta property="{name}" content="{escape(value)}">'
    card = "summary" if picture is None else "summary_large_image"
    yield f'<meta name="twitter:card" content="{card}">'


def _feed_link(path: str, options: PageOptions) -> Iterator[str]:
    """Yield where readers of feeds find the one of the language."""
    if options.url is not None:
        feed = link(path, path_in(options.language, FEED))
        yield f'<link rel="alternate" type="application/atom+xml" href="{feed}">'


def render_month(days: Sequence[DaySummary], options: PageOptions) -> bytes:
    """Return the page of a month; `days` are those with a list, the newest first."""
    first = days[0].date
    path = path_of_month(options.language, first)
    month = f"{first.year:04}-{first.month:02}"
    title = options.texts("archive-day", day=month)
    index = link(path, path_in(options.language, INDEX))
    body = [
        f"<h1>{escape(title)}</h1>",
        f'<nav><a href="{index}">{escape(options.texts("archive-months"))}</a></nav>',
        *_list_of_days(path, days, options),
    ]
    return _page(title, body, options)


def render_months(days: Sequence[DaySummary], options: PageOptions) -> bytes:
    """Return the page of a language, with all its months; `days` are the newest first."""
    path = path_in(options.language, INDEX)
    texts = options.texts
    title = texts("archive-title")
    months = ["<ul>"]
    for (year, month), group in groupby(days, key=lambda each: (each.date.year, each.date.month)):
        first = next(group).date
        page = link(path, path_of_month(options.language, first))
        months.append(f'<li><a href="{page}">{year:04}-{month:02}</a></li>')
    latest = link(path, path_in(options.language, LATEST))
    body = [
        f"<h1>{escape(title)}</h1>",
        f'<nav><a href="{latest}">{escape(texts("archive-latest"))} (Markdown)</a></nav>',
        *_list_of_days(path, days[:_RECENT], options),
        f"<h2>{escape(texts('archive-months'))}</h2>",
        *months,
        "</ul>",
    ]
    return _page(title, body, options, head=_feed_link(path, options))


def render_languages(options: Iterable[PageOptions]) -> bytes:
    """Return the first page of the archive, with its languages."""
    options = tuple(options)
    items = [
        f'<li><a href="{path_in(each.language, INDEX)}" lang="{each.language}">'
        f"{escape(each.texts.language_name(each.language))}</a></li>"
        for each in options
    ]
    title = options[0].texts("archive-title")
    return _page(title, [f"<h1>{escape(title)}</h1>", "<ul>", *items, "</ul>"], options[0])


def _list_of_days(path: str, days: Iterable[DaySummary], options: PageOptions) -> Iterator[str]:
    yield "<ul>"
    for day in days:
        page = link(path, path_of_day(options.language, day.date, "html"))
        count = escape(options.texts("archive-papers", count=day.papers))
        yield (
            f'<li><a href="{page}">{day.date.isoformat()}</a> · {count} · {escape(day.lead)}</li>'
        )
    yield "</ul>"


def names_of(sources: Iterable[str]) -> str:
    """Return the names of sources, or of the models that they stand for, as readers see them."""
    return ", ".join(map(name_of_source, sources))


def _page(
    title: str,
    body: Iterable[str],
    options: PageOptions,
    *,
    head: Iterable[str] = (),
    sources: Sequence[str] = (),
) -> bytes:
    texts = options.texts
    footer = [texts("archive-texts", sources=names_of(sources))] if sources else []
    footer.append(texts("archive-rights"))
    lines = [
        "<!DOCTYPE html>",
        marker(options.language, sources),
        f'<html lang="{escape(options.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">',
        f"<title>{escape(title)}</title>",
        *head,
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *body,
        f"<footer><p>{escape(' '.join(footer))}</p></footer>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()
