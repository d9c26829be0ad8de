"""`daily-papers similar` lists papers that share the distinctive words of one."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest

from storage import digests
from storage.database import Database
from storage.records import Digest, Paper


class Result(Protocol):
    status: int
    out: str
    err: str


class Invoke(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


@pytest.fixture
def alike(stored: Path) -> None:
    """Store papers that are similar to each other."""
    papers = tuple(Paper(f"2502.3000{number}", f"Lattice Walks {number}") for number in range(4))

    async def store() -> None:
        async with await Database.open(stored) as database:
            day = Digest(date(2025, 2, 23), papers)
            await digests.store(database, day, read_at=datetime(2025, 2, 24, tzinfo=UTC))

    asyncio.run(store())


@pytest.mark.usefixtures("alike")
def test_similar_papers_are_printed_with_what_they_share(invoke: Invoke) -> None:
    result = invoke("similar", "https://arxiv.org/abs/2502.30001")
    assert (result.status, result.err) == (0, "")
    lines = [line.split("\t") for line in result.out.splitlines()]
    assert {line[2] for line in lines} == {"2502.30000", "2502.30002", "2502.30003"}
    assert {line[-1] for line in lines} <= {"lattice, walks", "walks, lattice"}
    assert len(invoke("similar", "2502.30001", "--count", "2").out.splitlines()) == 2


@pytest.mark.usefixtures("alike")
def test_json_has_what_they_share_after_the_keys_of_a_paper(invoke: Invoke) -> None:
    first, *_ = map(json.loads, invoke("similar", "2502.30001", "--json").out.splitlines())
    assert first["title"].startswith("Lattice Walks")
    assert sorted(first["shares"]) == ["lattice", "walks"]
    assert list(first)[-1] == "shares"


@pytest.mark.usefixtures("alike")
def test_a_paper_without_similar_ones_and_one_that_is_unknown_are_errors(invoke: Invoke) -> None:
    alone = invoke("similar", "2502.14499")
    assert (alone.status, alone.out) == (1, "")
    assert alone.err == "No other paper shares enough distinctive words with 2502.14499.\n"
    unknown = invoke("similar", "2502.30009")
    assert (unknown.status, unknown.out) == (1, "")
    assert unknown.err.startswith("No digest lists 2502.30009.")
    many = invoke("similar", "2502.30001", "--count", "51")
    assert (many.status, many.out) == (2, "")
