"""What a period shows, as a chart and in words."""

from dataclasses import dataclass
from typing import Final

import discord

from bot.charts.chart import ALT_TEXT, MOST_COLUMNS, MOST_ROWS, Chart, Column, Label, Row
from bot.ui import limits
from bot.ui.markdown import escape, one_line
from bot.ui.names import split_title
from bot.ui.papers import COLOUR
from config.texts import Argument, Texts
from storage.records import RisingTerm, Span, TopPaper, Trends

_WEEK: Final = 7
_TOP: Final = 3
"""Papers on the picture, which the message lists anyway."""
_MOST_SPANS: Final = 8
"""The most days in the description: of more, the picture's highest columns are named."""
_NAME_READ: Final = 200
_NAME_ROOM: Final = 80
_TERM_ROOM: Final = 60


@dataclass(frozen=True, slots=True)
class ComparedPeriod:
    """What a period is, and what it is compared with."""

    key: str
    """For the name of the file: letters, digits and hyphens."""
    period: str
    """`week`, `month`, or `days` for so many days."""
    days: int = 0

    @property
    def facts(self) -> dict[str, Argument]:
        """The arguments of the texts that name it."""
        return {"period": self.period, "days": self.days}


def build_chart(
    trends: Trends, compared: ComparedPeriod, texts: Texts, *, as_of: tuple[str, str] = ("", "")
) -> Chart:
    """Return the chart of a period, with all its texts.

    Args:
        trends: What it shows.
        compared: What the period is.
        texts: In the language of the reader.
        as_of: When votes were read, in that language and in `texts.fallback`.
    """

    def label(key: str, **facts: Argument) -> Label:
        text = texts(key, **facts)
        plain = texts.fallback(key, **facts)
        return Label(text, plain if plain != text else "")

    unit = _unit(trends.spans)
    column = "weekday" if unit == "day" and len(trends.spans) <= _WEEK else unit
    return Chart(
        name=f"daily-papers-{compared.key}",
        title=label("chart-title", first=trends.first, last=trends.last),
        subtitle=label("chart-total", papers=trends.papers, votes=trends.votes),
        votes=label(f"chart-votes-{unit}"),
        papers=label(f"chart-papers-{unit}"),
        columns=tuple(
            Column(label(f"chart-column-{column}", day=span.first), span.papers, span.votes)
            for span in trends.spans[-MOST_COLUMNS:]
        ),
        top=label("chart-top"),
        top_rows=tuple(
            Row(Label(_name(paper), paper.arxiv_id), paper.votes, Label(f"{paper.votes:,}"))
            for paper in trends.top[:_TOP]
        ),
        rising=label("chart-rising", **compared.facts),
        rising_rows=tuple(
            Row(
                _short_term(term, texts),
                term.papers,
                label("chart-term-note", papers=term.papers, before=term.before),
                term.before,
            )
            for term in trends.rising[:MOST_ROWS]
        ),
        foot=Label(*as_of),
        alt=describe(trends, compared, texts),
    )


def _unit(spans: tuple[Span, ...]) -> str:
    """Return what spans are: `day`, `month` or `year`."""
    if all(span.first == span.last for span in spans):
        return "day"
    is_monthly = all(
        (span.first.year, span.first.month) == (span.last.year, span.last.month) for span in spans
    )
    return "month" if is_monthly else "year"


def _name(paper: TopPaper) -> str:
    """Return the name of a paper, or else its title, as plain text; its id if that is empty."""
    title = one_line(paper.title, _NAME_READ)
    return split_title(title)[0] or title or paper.arxiv_id


def _term(term: RisingTerm, texts: Texts) -> str:
    """Return a term as plain text, with its Korean form first in Korean."""
    english = one_line(term.english, _TERM_ROOM)
    korean = one_line(term.korean or "", _TERM_ROOM)
    return f"{korean}({english})" if texts.language == "ko" and korean else english


def _short_term(term: RisingTerm, texts: Texts) -> Label:
    """Return a term for the picture: in Korean its Korean form alone."""
    english = one_line(term.english, _TERM_ROOM)
    korean = one_line(term.korean or "", _TERM_ROOM)
    return Label(korean, english) if texts.language == "ko" and korean else Label(english)


def describe(trends: Trends, compared: ComparedPeriod, texts: Texts) -> str:
    """Return what a chart shows as plain text, for people who can't see it."""
    lines = [f"{chart_title(trends, texts)}: {_total(trends, texts)}."]
    if 1 < len(trends.spans) <= _MOST_SPANS:
        unit = _unit(trends.spans)
        each = [
            texts(
                "chart-alt-span",
                span=texts(f"chart-span-{unit}", day=span.first),
                papers=span.papers,
                votes=span.votes,
            )
            for span in trends.spans
        ]
        lines.append("; ".join(each) + ".")
    else:
        lines += [f"{line}." for line in _highest(trends, texts)]
    if trends.top:
        names = [
            f"{limits.shorten(_name(paper), _NAME_ROOM)} ▲{paper.votes}"
            for paper in trends.top[:MOST_ROWS]
        ]
        lines.append(texts("chart-words-top", papers=", ".join(names)) + ".")
    if rising := _rising_terms(trends, compared, texts):
        lines.append(rising if not trends.rising else f"{rising}.")
    return limits.shorten(" ".join(lines), ALT_TEXT)


def words(
    trends: Trends, compared: ComparedPeriod, texts: Texts, *, counts_papers: bool = True
) -> tuple[str, ...]:
    """Return what a chart shows as lines of a message, escaped; the most voted papers aren't in it.

    The lines have some 800 characters at most. `counts_papers` is false where the message says how
    many papers there are already.
    """
    votes = texts("chart-votes-count", votes=trends.votes)
    total = _total(trends, texts) if counts_papers else votes
    facts = " · ".join([total, *_highest(trends, texts)])
    rising = _rising_terms(trends, compared, texts)
    return tuple(escape(line) for line in (facts, rising) if line)


def _total(trends: Trends, texts: Texts) -> str:
    return texts("chart-words-total", papers=trends.papers, votes=trends.votes)


def _highest(trends: Trends, texts: Texts) -> list[str]:
    """Return which days, months or years have the most papers and votes, if single ones do."""
    spans = [span for span in trends.spans if span.papers]
    if len(spans) <= 1:
        return []
    found = []
    unit = _unit(trends.spans)
    for key, field in (("chart-words-most", "papers"), ("chart-words-most-votes", "votes")):
        values: list[int] = [getattr(span, field) for span in spans]
        if values.count(max(values)) == 1:
            most = spans[values.index(max(values))]
            name = texts(f"chart-span-{unit}", day=most.first)
            found.append(texts(key, span=name, **{field: max(values)}))
    return found


def _rising_terms(trends: Trends, compared: ComparedPeriod, texts: Texts) -> str:
    """Return which terms rose; empty if there is nothing to compare with."""
    if not trends.is_compared:
        return ""
    if not trends.rising:
        return texts("chart-words-none", **compared.facts)
    terms = [
        texts(
            "chart-words-term" if at else "chart-words-first",
            term=_term(term, texts),
            papers=term.papers,
            before=term.before,
            **compared.facts,
        )
        for at, term in enumerate(trends.rising)
    ]
    return texts("chart-words-rising", terms=", ".join(terms))


def chart_title(trends: Trends, texts: Texts) -> str:
    """Return the days of a period, as plain text."""
    return texts("chart-title", first=trends.first, last=trends.last)


def render_words(
    trends: Trends, compared: ComparedPeriod, texts: Texts, *, title: str
) -> discord.Embed:
    """Render what a chart shows in words, with the most voted papers as links.

    Args:
        trends: What it shows.
        compared: What the period is.
        texts: In the language of the reader.
        title: Plain text.
    """
    papers = [
        f"[{limits.shorten(escape(_name(paper)), _NAME_ROOM)}]({paper.url}) ▲{paper.votes}"
        for paper in trends.top[:MOST_ROWS]
    ]
    lines = [*words(trends, compared, texts)]
    if papers:
        lines.append(texts("chart-words-top", papers=" · ".join(papers)))
    embed = discord.Embed(title=title, description="\n".join(lines), colour=COLOUR)
    if trends.votes_read_at is not None:
        embed.set_footer(text=texts("top-votes-as-of"))
        embed.timestamp = trends.votes_read_at
    return embed
