"""The command `search`."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Annotated

import typer

from bot.cli import output
from bot.cli.execution import existing_database, newest_digest, run_command
from bot.cli.exit_codes import USAGE_ERROR, CommandError
from bot.cli.lookup import Count, Json
from bot.cli.options import choice_parser, choices, day_parser, examples, number_parser
from bot.cli.paper_ids import missing_paper
from bot.cli.streams import print_error, print_lines
from bot.cli.usage import Command
from bot.semantic.opening import connect_meanings, model_of
from config.settings import Settings
from storage import papers, search, search_index
from storage.database import Database
from storage.errors import StorageError
from storage.query import LONGEST, MOST_TERMS, ProblemKind
from storage.records import MOST_VOTES
from storage.search import Request, Sort

commands = typer.Typer(rich_markup_mode=None)

_MANY = 1_000
"""If more papers are to be indexed, the command says so: that takes more than a second."""
_STEP = 200
"""Papers that are indexed in one transaction; a bot that writes meanwhile waits some 0.2 s."""


@commands.command(
    "search",
    cls=Command,
    epilog=examples(
        'search "reinforcement learning"',
        "search 추론 --since 2025-01-01 --sort date",
        'search --author "Yann LeCun" --json',
    ),
)
def search_papers(  # noqa: PLR0913, PLR0917 - options of a command
    context: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help='Words, "exact phrases", author:NAME, org:NAME; -WORD excludes. Or an arXiv ID or '
            "link.",
        ),
    ] = "",
    author: Annotated[str, typer.Option(metavar="NAME", help="Only papers of this author.")] = "",
    org: Annotated[
        str, typer.Option(metavar="NAME", help="Only papers of this organization.")
    ] = "",
    since: Annotated[
        date | None,
        typer.Option(
            parser=day_parser("--since"), metavar="YYYY-MM-DD", help="Only of this day and later."
        ),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(
            parser=day_parser("--until"), metavar="YYYY-MM-DD", help="Only of this day and earlier."
        ),
    ] = None,
    min_votes: Annotated[
        int | None,
        typer.Option(
            parser=number_parser("--min-votes", 0, MOST_VOTES),
            metavar="N",
            help="Only papers with this many upvotes.",
        ),
    ] = None,
    sort: Annotated[
        Sort,
        typer.Option(
            parser=choice_parser("--sort", Sort), metavar=choices(Sort), help="Order of the papers."
        ),
    ] = Sort.RELEVANCE,
    count: Count = 10,
    as_json: Json = False,
) -> None:
    """Find papers by words in title, text, authors and organization."""

    async def work(settings: Settings) -> int:
        if not any(map(str.strip, (text, author, org))):
            raise CommandError(
                "Enter a word to search for: “daily-papers search reinforcement”, or an --author "
                "or --org.",
                status=USAGE_ERROR,
            )
        if since is not None and until is not None and since > until:
            raise CommandError(
                f"--since {since} is after --until {until}. Swap them, then search again.",
                status=USAGE_ERROR,
            )
        # Bytes that are no text arrive as lone surrogates, which SQLite refuses.
        words, author_name, org_name = (
            given.encode(errors="replace").decode() for given in (text, author, org)
        )
        request = Request(words, author_name, org_name, since, until, min_votes, sort)
        async with existing_database(settings) as database:
            # Papers of an older version's database. One that can't be written is searched as it is.
            with suppress(StorageError):
                await complete_index(database)
            async with connect_meanings(database, model_of(settings.search)) as meanings:
                found = await search.search(
                    database,
                    request,
                    limit=count,
                    two_languages=settings.search.two_languages,
                    meanings=meanings,
                )
            if not found.hits:
                await newest_digest(database)  # else there is nothing to find
                arxiv_id = request.arxiv_id
                if arxiv_id is not None and await papers.get(database, arxiv_id) is None:
                    raise await missing_paper(database, arxiv_id)
        if not found.hits:
            raise CommandError(_describe_nothing(request, found))
        for note in _notes(found):
            print_error(note)
        listed = [hit.listed for hit in found.hits]
        if as_json:
            print_lines(map(output.paper_json, listed))
        else:
            output.show(lambda: output.draw_table(listed), lambda: output.table_lines(listed))
        return 0

    run_command(context, work)


async def complete_index(database: Database) -> None:
    """Index the papers that an older version has stored, and say so if they are many."""
    if (papers := await search_index.count_stale(database)) > _MANY:
        print_error(f"Indexing {papers:,} papers once. Ctrl-C stops; it goes on next time.")
    await search_index.catch_up(database, pause=0, step=_STEP)


def _describe_nothing(request: Request, found: search.SearchPage) -> str:
    typed = " ".join(filter(None, (request.text.strip(), request.author, request.org)))
    sentence = f"No paper matches “{typed}”."
    if not found.query.required and request.arxiv_id is None:
        advice = "a word besides those that are excluded" if found.query.terms else "a word"
        return f"{sentence} Enter {advice}."
    conditions = _conditions(request)
    understood = ", ".join([request.arxiv_id or str(found.query), *conditions])
    sentence += f" Searched for: {understood}."
    if found.similar:
        sentence += f" Did you mean {_quote(found.similar)}?"
    elif conditions:
        sentence += " Try fewer words or conditions."
    else:
        sentence += " Try fewer or other words."
    return "\n".join([sentence, *_problems(found)])


def _conditions(request: Request) -> list[str]:
    return [
        *([f"since {request.since}"] if request.since is not None else []),
        *([f"until {request.until}"] if request.until is not None else []),
        *([f"at least {request.min_votes:,} upvotes"] if request.min_votes else []),
    ]


def _problems(found: search.SearchPage) -> list[str]:
    """Return what of a query wasn't read as it was typed."""
    sentences = {
        ProblemKind.OPEN_QUOTE: "A quotation mark isn't closed, so its words were searched one by "
        "one.",
        ProblemKind.TOO_MANY: f"Only the first {MOST_TERMS} terms were searched.",
        ProblemKind.TOO_LONG: f"Only the first {LONGEST} characters were searched.",
    }
    kinds = {problem.kind for problem in found.query.problems}
    return [sentence for kind, sentence in sentences.items() if kind in kinds]


def _quote(queries: Sequence[str]) -> str:
    return " or ".join(f"“{each}”" for each in queries)


def _notes(found: search.SearchPage) -> list[str]:
    if found.is_by_meaning:
        near = [f"Did you mean {_quote(found.similar)}?"] if found.similar else []
        return [
            *_problems(found),
            *near,
            "No paper has all of these words; nearest in meaning:",
        ]
    notes = _problems(found)
    notes += [f"Also searched: {', '.join(found.also)}."] if found.also else []
    if found.is_partial:
        notes.append("Many papers match: not all of them were compared.")
    if found.is_indexing:
        notes.append("Some papers are not indexed yet and may be missing.")
    return notes
