"""The results of commands: tables on a terminal, plain lines elsewhere, JSON on request.

Texts of digests are untrusted: they are never read as rich's markup, and all of them go through
`streams.clean` or `streams.clean_line`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.cli.streams import clean, clean_line, print_lines, writing
from bot.ui.markdown import READ, one_line, title_of
from storage.records import ListedPaper, Paper, PaperName, Ranking, Section

_MAX_WIDTH: Final = 100
"""Columns; longer lines are hard to read."""
_UNKNOWN: Final = "-"
_JSON_CONTROLS: Final = (*map(chr, range(0x7F, 0xA0)), "\u2028", "\u2029")


def show(draw: Callable[[], RenderableType], lines: Callable[[], Iterable[str]]) -> None:
    """Draw on a terminal; print plain lines elsewhere. Raises as `streams.print_lines` does."""
    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        drawing = draw()
        parts = drawing.renderables if isinstance(drawing, Group) else [drawing]
        with writing():
            # In parts: the beginning of a long paper is visible at once, and Ctrl-C is heard.
            for part in parts:
                console.print(part, width=min(console.width, _MAX_WIDTH))
    else:
        print_lines(lines())


def paper_json(listed: ListedPaper, **more: object) -> str:
    """Return a paper as one line of JSON, without anything that could control a terminal.

    `more` are further values, such as the words that it shares with another paper.
    """
    paper = listed.paper
    values: dict[str, Any] = {
        "arxiv_id": paper.arxiv_id,
        "title": paper.title,
        "url": paper.url,
        "votes": paper.votes,
        "authors": list(paper.authors),
        "media": {"kind": paper.media.kind, "url": paper.media.url} if paper.media else None,
        "sections": _sections(paper.sections),
        "digest_date": listed.digest_date.isoformat(),
        "rank": listed.rank,
    }
    line = json.dumps(values | _known_facts(paper) | more, ensure_ascii=False)
    # JSON requires escapes only below U+0020.
    for character in _JSON_CONTROLS:
        line = line.replace(character, f"\\u{ord(character):04x}")
    return line


def _known_facts(paper: Paper) -> dict[str, Any]:
    """Return what only some sources know of a paper, without what is not known."""
    details = paper.details
    facts = {
        # Only where a paper has several texts, so that what was exported before stays the same.
        "language": paper.language if paper.other_texts else None,
        "texts": [
            {
                "language": text.language,
                "source": text.source,
                "sections": _sections(text.sections),
            }
            for text in paper.other_texts
        ],
        "abstract": details.abstract,
        "summary": details.summary,
        "keywords": list(details.keywords),
        "organization": details.organization,
        "code_url": details.code_url,
        "code_stars": details.code_stars,
        "project_url": details.project_url,
        "comments": details.comments,
        "submitted_at": details.submitted_at.isoformat() if details.submitted_at else None,
        "withdrawn_at": details.withdrawn_at.isoformat() if details.withdrawn_at else None,
    }
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def _sections(sections: Iterable[Section]) -> list[dict[str, str | None]]:
    return [{"heading": section.heading, "body": section.body} for section in sections]


def facts_of(paper: Paper) -> Iterable[tuple[str, str]]:
    """Yield names and values of a paper's short facts, of those that are known."""
    details = paper.details
    if paper.media is not None:
        yield paper.media.kind.capitalize(), clean_line(one_line(paper.media.url))
    if details.organization:
        yield "Organization", clean_line(one_line(details.organization))
    if details.keywords:
        yield "Keywords", clean_line(one_line(", ".join(details.keywords)))
    if details.code_url:
        stars = f" (★{details.code_stars:,})" if details.code_stars is not None else ""
        yield "Code", clean_line(one_line(details.code_url)) + stars
    if details.project_url:
        yield "Project", clean_line(one_line(details.project_url))
    if details.comments is not None:
        yield "Comments", f"{details.comments:,}"
    if details.submitted_at is not None:
        yield "Submitted", _minute(details.submitted_at)
    if details.withdrawn_at is not None:
        yield "Withdrawn", _minute(details.withdrawn_at)


@dataclass(frozen=True, slots=True)
class TitledText:
    """One of a paper's texts."""

    title: str | None
    """What stands above it; `None` for the first one."""
    sections: tuple[Section, ...]
    is_markdown: bool = True


def texts_of(paper: Paper) -> Iterable[TitledText]:
    """Yield all texts of a paper, those of its digest first."""
    yield TitledText(None, paper.sections)
    for text in paper.other_texts:
        title = f"In {text.language or 'an unknown language'} ({text.source})"
        yield TitledText(title, text.sections)
    details = paper.details
    if details.summary:
        summary = (Section(None, details.summary),)
        yield TitledText("AI summary by Hugging Face", summary, is_markdown=False)
    if details.abstract:
        yield TitledText("Abstract", (Section(None, details.abstract),), is_markdown=False)


def paper_lines(listed: ListedPaper) -> Iterable[str]:
    """Yield a whole paper as plain lines."""
    paper = listed.paper
    yield clean_line(title_of(paper, READ))
    yield paper.url
    yield votes_and_rank(listed)
    if paper.authors:
        yield f"Authors: {clean_line(', '.join(paper.authors))}"
    for name, value in facts_of(paper):
        yield f"{name}: {value}"
    for text in texts_of(paper):
        if text.title is not None:
            yield ""
            yield clean_line(text.title)
        for section in text.sections:
            yield ""
            if section.heading is not None:
                yield clean_line(section.heading)
            yield clean(section.body)


def table_lines(
    papers: Iterable[ListedPaper], shares: Sequence[Sequence[str]] = ()
) -> Iterable[str]:
    """Yield a line per paper, separated by tabs: position, votes, id, digest's date, title.

    The words that each shares with another paper follow, if they are given.
    """
    for position, listed in enumerate(papers, start=1):
        paper = listed.paper
        yield "\t".join(
            [
                str(position),
                _votes(paper.votes),
                paper.arxiv_id,
                listed.digest_date.isoformat(),
                clean_line(title_of(paper, READ)),
                *(_join(words) for words in shares[position - 1 : position]),
            ]
        )


def name_line(name: PaperName) -> str:
    """Return one line with the id and the title of a paper."""
    return f"{name.arxiv_id}  {clean_line(title_of(name, READ))}"


def draw_ranking(ranking: Ranking) -> RenderableType:
    """Return a table of papers by votes, with the dates covered and the time of the votes."""
    caption = f"{len(ranking.papers)} of {ranking.total}"
    if ranking.first is not None and ranking.last is not None:
        days = [ranking.first.isoformat(), ranking.last.isoformat()]
        caption += f" · {' to '.join(dict.fromkeys(days))}"
    if ranking.votes_read_at is not None:
        caption += f" · upvotes as of {_minute(ranking.votes_read_at)}"
    return Group(draw_table(ranking.papers), Text(f" {caption}", style="dim"))


def draw_table(
    papers: Iterable[ListedPaper], shares: Sequence[Sequence[str]] = ()
) -> RenderableType:
    """Return a table with a row per paper; the words that it shares are below its title."""
    table = Table(box=SIMPLE_HEAD)
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("Upvotes", justify="right", style="red", no_wrap=True)
    table.add_column("Paper")
    table.add_column("arXiv", style="cyan", no_wrap=True)
    table.add_column("Digest", style="dim", no_wrap=True)
    for position, listed in enumerate(papers, start=1):
        paper = listed.paper
        title = Text(clean_line(title_of(paper, READ)))
        for words in shares[position - 1 : position]:
            title.append(f"\nShares: {_join(words)}" if words else "", style="dim")
        table.add_row(
            str(position),
            _votes(paper.votes),
            title,
            Text(paper.arxiv_id, style=f"link {paper.url}"),
            listed.digest_date.isoformat(),
        )
    return table


def _join(words: Sequence[str]) -> str:
    return clean_line(", ".join(words))


def votes_and_rank(listed: ListedPaper) -> str:
    """Return a line such as "Upvotes: 121 (2025-02-21 23:05 UTC) · #1 on 2025-02-21"."""
    votes = listed.paper.votes
    text = f"Upvotes: {votes if votes is not None else 'unknown'}"
    if listed.votes_time is not None:
        text += f" ({_minute(listed.votes_time)})"
    return f"{text} · #{listed.rank} on {listed.digest_date.isoformat()}"


def _votes(votes: int | None) -> str:
    return str(votes) if votes is not None else _UNKNOWN


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
