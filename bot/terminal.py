"""What the command line shows: pleasant on a terminal, plain lines elsewhere, JSON where asked for.

Texts of digests come from strangers. None is read as rich's markup, and what could drive a terminal
is taken out of all that is shown.
"""

import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from markdown_it import MarkdownIt
from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from bot.ingest import Ingested
from bot.ui import limits
from bot.ui.markdown import READ, one_line, title_of
from storage.records import ListedPaper, PaperName, Ranking

_WIDTH = 100
"""Columns at most: longer lines are hard to read."""

_MARKDOWN_ROOM = 2_048
"""Characters of a section that are read as Markdown; a longer one is drawn as it is written.

Some texts cost the Markdown parser time by the square of their length.
"""

_UNKNOWN = "-"

# Control characters, among them the escape that begins every command to a terminal, and the marks
# with which a text can be made to read in another order than it is written.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_BREAKS = "\t\n\u2028\u2029"
_JSON_CONTROLS = re.compile(r"[\x7f-\x9f\u2028\u2029]")


class OutputError(Exception):
    """Nobody gets what is written to stdout; `str()` says why."""


def prepare() -> None:
    """Make both streams able to write any letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What is piped on is UTF-8 in every locale; a terminal that can't show a letter
            # shows its number.
            stream.reconfigure(
                encoding=None if stream.isatty() else "utf-8", errors="backslashreplace"
            )


def complain(text: str) -> None:
    """Say on stderr what went wrong, where there is one."""
    with suppress(OSError):
        if sys.stderr is not None:
            sys.stderr.write(f"{clean(text)}\n")


def say(lines: Iterable[str]) -> None:
    """Write lines to stdout as they are.

    Raises:
        OutputError: It can't be written.
        BrokenPipeError: Who reads has seen enough.
    """
    with _writing():
        for line in lines:
            sys.stdout.write(f"{line}\n")


def show(drawing: Callable[[], RenderableType], lines: Callable[[], Iterable[str]]) -> None:
    """Draw on a terminal; write plain lines elsewhere. Raises as `say` does."""
    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        drawn = drawing()
        parts = drawn.renderables if isinstance(drawn, Group) else [drawn]
        with _writing():
            # Part by part, so that a long paper is seen at once and can be interrupted.
            for part in parts:
                console.print(part, width=min(console.width, _WIDTH))
    else:
        say(lines())


def flush() -> None:
    """Have all that was written to stdout arrive. Raises as `say` does."""
    # Who said nothing does not mind that it is closed.
    if sys.stdout is not None:
        with _writing():
            sys.stdout.flush()


@contextmanager
def _writing() -> Iterator[None]:
    if sys.stdout is None:
        raise OutputError("it is closed")
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from error


def clean(text: str) -> str:
    """Return a text of several lines without what could drive a terminal."""
    return _CONTROLS.sub("", text)


def clean_line(text: str) -> str:
    """Return a text on one line, without what could drive a terminal."""
    text = clean(text)
    for mark in _BREAKS:
        text = text.replace(mark, " ")
    return text


def paper_json(listed: ListedPaper) -> str:
    """Return a paper as one line of JSON, in which nothing could drive a terminal either."""
    paper = listed.paper
    line = json.dumps(
        {
            "arxiv_id": paper.arxiv_id,
            "title": paper.title,
            "url": paper.url,
            "votes": paper.votes,
            "authors": list(paper.authors),
            "media": {"kind": paper.media.kind, "url": paper.media.url} if paper.media else None,
            "sections": [{"heading": s.heading, "body": s.body} for s in paper.sections],
            "digest_date": listed.digest_date.isoformat(),
            "rank": listed.rank,
        },
        ensure_ascii=False,
    )
    # JSON itself asks for an escape of those below U+0020 alone.
    if line.isascii():
        return line.replace("\x7f", "\\u007f")
    return _JSON_CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def paper_lines(listed: ListedPaper) -> Iterable[str]:
    """Yield a paper as plain lines, whole."""
    paper = listed.paper
    yield clean_line(title_of(paper, READ))
    yield paper.url
    yield _standing(listed)
    if paper.authors:
        yield f"Authors: {clean_line(', '.join(paper.authors))}"
    if paper.media is not None:
        yield f"{paper.media.kind.capitalize()}: {clean_line(paper.media.url)}"
    for section in paper.sections:
        yield ""
        if section.heading is not None:
            yield clean_line(section.heading)
        yield clean(section.body)


def table_lines(papers: Iterable[ListedPaper]) -> Iterable[str]:
    """Yield a line a paper: place, votes, id, date of the digest, title, with tabs between."""
    for place, listed in enumerate(papers, start=1):
        paper = listed.paper
        yield "\t".join(
            [
                str(place),
                _votes(paper.votes),
                paper.arxiv_id,
                listed.digest_date.isoformat(),
                clean_line(title_of(paper, READ)),
            ]
        )


def name_line(name: PaperName) -> str:
    """Return one line that offers a paper."""
    return f"{name.arxiv_id}  {clean_line(title_of(name, READ))}"


def problem_lines(result: Ingested) -> Iterable[str]:
    """Yield a line for each thing in a file that was not taken as it stands."""
    path = clean_line(result.path)
    if result.refused is not None:
        yield f"{path}: refused: {clean_line(result.refused)}"
    for problem in result.problems:
        yield f"{path}:{problem.line}: {problem.kind}: {clean_line(problem.message)}"


def stored_lines(result: Ingested) -> Iterable[str]:
    """Yield a line for each digest of a file that was stored."""
    for digest in result.stored:
        counts = f"{digest.new} new, {digest.changed} changed, {digest.same} the same"
        yield f"{clean_line(result.path)}: digest of {digest.date.isoformat()}: {counts}"


def summary(results: Sequence[Ingested]) -> str:
    """Say in a line what a run stored and what it did not."""
    stored = [digest for result in results for digest in result.stored]
    line = (
        f"{_counted(len(stored), 'digest')}, {sum(digest.is_new for digest in stored):,} new; "
        f"{_counted(sum(digest.new for digest in stored), 'paper')} new, "
        f"{sum(digest.changed for digest in stored):,} changed, "
        f"{sum(digest.same for digest in stored):,} the same; "
        f"{_counted(sum(len(result.problems) for result in results), 'problem')}"
    )
    if refused := sum(result.refused is not None for result in results):
        line += f"; {_counted(refused, 'file')} refused"
    return f"{line}."


@contextmanager
def progress(total: int) -> Iterator[Callable[[Ingested], None]]:
    """Tell on stderr how far a run over `total` files is, and what is wrong with them.

    A terminal gets a bar, with the problems above it; elsewhere there is a line a digest as well.
    """
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        yield _report
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading digests", total=total)

        def report(result: Ingested) -> None:
            for line in problem_lines(result):
                bar.console.print(Text(line), soft_wrap=True)
            bar.advance(task)

        yield report


def _report(result: Ingested) -> None:
    for line in (*problem_lines(result), *stored_lines(result)):
        complain(line)


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def draw_paper(listed: ListedPaper) -> Group:
    """Draw a paper, whole, its sections as the Markdown they are."""
    paper = listed.paper
    head = Text.assemble(
        (clean_line(title_of(paper, READ)), f"bold link {paper.url}"),
        "\n",
        (_standing(listed), "dim"),
    )
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="cyan", no_wrap=True)
    facts.add_column()
    facts.add_row("arXiv", Text(paper.url))
    if paper.media is not None:
        facts.add_row(paper.media.kind.capitalize(), Text(clean_line(one_line(paper.media.url))))
    authors = clean_line(", ".join(paper.authors))
    is_long = len(authors) > _MARKDOWN_ROOM
    if authors and not is_long:
        facts.add_row("Authors", Text(authors))
    parts: list[RenderableType] = [Panel(head, border_style="red"), Padding(facts, (0, 1))]
    if is_long:
        parts += [_heading("Authors"), *_as_written(authors)]
    for section in paper.sections:
        parts.append(_heading(section.heading) if section.heading is not None else Text())
        if len(section.body) > _MARKDOWN_ROOM:
            parts += _as_written(section.body)
        else:
            parts.append(Padding(_Markdown(section.body), (0, 1)))
    return Group(*parts)


def _heading(text: str) -> RenderableType:
    return Padding(Text(clean_line(one_line(text)), style="bold"), (1, 1, 0, 1))


def _as_written(text: str) -> Iterable[RenderableType]:
    """Draw a long text in parts, none of which takes long."""
    for piece in limits.pieces(clean(text), _MARKDOWN_ROOM):
        yield Padding(Text(piece), (0, 1))


def draw_ranking(ranking: Ranking) -> RenderableType:
    """Draw papers by votes, with the dates covered and when votes were read."""
    caption = f"{len(ranking.papers)} of {ranking.total}"
    if ranking.first is not None and ranking.last is not None:
        days = [ranking.first.isoformat(), ranking.last.isoformat()]
        caption += f" · {' to '.join(dict.fromkeys(days))}"
    if ranking.votes_read_at is not None:
        caption += f" · votes as of {_minute(ranking.votes_read_at)}"
    return Group(draw_table(ranking.papers), Text(f" {caption}", style="dim"))


def draw_table(papers: Iterable[ListedPaper]) -> RenderableType:
    """Draw a row a paper."""
    table = Table(box=SIMPLE_HEAD)
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("Votes", justify="right", style="red", no_wrap=True)
    table.add_column("Paper")
    table.add_column("arXiv", style="cyan", no_wrap=True)
    table.add_column("Digest", style="dim", no_wrap=True)
    for place, listed in enumerate(papers, start=1):
        paper = listed.paper
        table.add_row(
            str(place),
            _votes(paper.votes),
            Text(clean_line(title_of(paper, READ))),
            Text(paper.arxiv_id, style=f"link {paper.url}"),
            listed.digest_date.isoformat(),
        )
    return table


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Rich leaves out what it takes for HTML, and papers are full of “<think>”.
    return MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])


@dataclass(frozen=True, slots=True)
class _Markdown:
    """Markdown that is parsed when it is drawn."""

    body: str

    def __rich__(self) -> Markdown:
        drawn = Markdown("", hyperlinks=False)
        drawn.parsed = _parser().parse(clean(self.body))
        for token in drawn.parsed:
            if token.type == "fence":
                # Without a language nothing is highlighted: patterns of some lexers backtrack.
                token.info = ""
        return drawn


def _standing(listed: ListedPaper) -> str:
    votes = listed.paper.votes
    text = f"Votes: {votes if votes is not None else 'not known'}"
    if listed.votes_read_at is not None:
        text += f" ({_minute(listed.votes_read_at)})"
    return f"{text} · No. {listed.rank} of {listed.digest_date.isoformat()}"


def _votes(votes: int | None) -> str:
    return str(votes) if votes is not None else _UNKNOWN


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
