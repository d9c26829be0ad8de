"""`daily-papers cite` prints citations of papers that the database has."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
import rispy
from pybtex.database import parse_string

from storage import lookups
from storage.database import Database
from storage.lookups import StoredLookup
from storage.records import Paper


class Result(Protocol):
    status: int
    out: str
    err: str


class Invoke(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


@pytest.mark.usefixtures("stored")
def test_bibtex_is_printed_unless_another_format_is_chosen(invoke: Invoke) -> None:
    result = invoke("cite", "https://arxiv.org/abs/2502.14499v2")
    assert (result.status, result.err) == (0, "")
    ((key, entry),) = parse_string(result.out, "bibtex").entries.items()
    assert key == "arxiv2025mlgym"
    assert entry.fields["title"] == "{MLGym}: A New Framework"
    assert entry.fields["note"].startswith("The order of the authors is not known")
    assert result.out.endswith("}\n")
    assert invoke("cite", "2502.14499", "--format", "bibtex").out == result.out


@pytest.mark.usefixtures("stored")
def test_the_other_formats_can_be_chosen(invoke: Invoke) -> None:
    (item,) = json.loads(invoke("cite", "2502.14786", "--format", "csl").out)
    assert item["title"] == "Titles [red]may[/red] hold [2J anything"
    (entry,) = rispy.loads(invoke("cite", "2502.14786", "--format", "ris").out)
    assert entry["title"] == item["title"]
    wrong = invoke("cite", "2502.14786", "--format", "word")
    assert (wrong.status, wrong.out) == (2, "")
    assert "--format: choose bibtex, ris or csl." in wrong.err


@pytest.mark.usefixtures("stored")
def test_an_id_without_a_paper_is_answered_with_that(invoke: Invoke) -> None:
    missing = invoke("cite", "2502.99999")
    assert (missing.status, missing.out) == (1, "")
    assert missing.err.startswith("No digest lists 2502.99999.")
    impossible = invoke("cite", "9999.99999")
    assert (impossible.status, impossible.out) == (2, "")
    assert impossible.err.startswith("No stored paper has the ID 9999.99999.")


def test_a_paper_that_was_looked_up_is_cited_too(invoke: Invoke, stored: Path) -> None:
    paper = Paper("2511.00001", "Not in a List", authors=("Ann Lee",), authors_ordered=True)
    now = datetime(2025, 11, 2, tzinfo=UTC)

    async def store() -> None:
        async with await Database.open(stored) as database:
            lookup = StoredLookup(paper.arxiv_id, paper, "arXiv", now, now + timedelta(hours=1))
            await lookups.put(database, lookup)

    asyncio.run(store())
    ((key, entry),) = parse_string(invoke("cite", "2511.00001").out, "bibtex").entries.items()
    assert key == "lee2025not"
    assert [str(person) for person in entry.persons["author"]] == ["Lee, Ann"]


@pytest.mark.usefixtures("stored")
def test_unknown_papers_and_texts_without_an_id_are_errors(invoke: Invoke) -> None:
    unknown = invoke("cite", "2502.14498")
    assert (unknown.status, unknown.out) == (1, "")
    assert unknown.err.startswith("No digest lists 2502.14498. Similar IDs:\n  2502.14499  MLGym")
    words = invoke("cite", "words")
    assert (words.status, words.out) == (2, "")
    assert words.err.startswith("“words” has no arXiv ID.")
