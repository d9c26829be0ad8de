"""A database from before there were sources has the same content after the upgrade."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from full_text_check import assert_in_step
from releases import Release
from storage_samples import in_language, writer_of
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.output import paper_json
from bot.digest import parse, write
from storage import digests, migrations, papers, search, search_index, sources
from storage.database import Database
from storage.records import (
    FILES,
    MOST_VOTES,
    Digest,
    ListedPaper,
    Media,
    MediaKind,
    Paper,
    Reading,
    Section,
    SourceDay,
)

LAST = 5
"""How many migrations there were before."""
NEXT = datetime.fromisoformat("2025-03-01T08:00:00+00:00")

# What the database of 0.1.0 lacks: papers in several digests, other languages, unusual votes.
MORE = """
INSERT INTO digests (id, date, first_read_at, changed_at) VALUES
    (8, '2025-02-20', '2025-02-21T08:00:00.000000+00:00', '2025-02-21T09:00:00.000000+00:00'),
    (9, '2025-02-15', '2025-02-21T08:00:00.000000+00:00', '2025-02-21T08:00:00.000000+00:00'),
    (10, '2025-02-16', '2025-02-21T08:00:00.000000+00:00', '2025-02-21T08:00:00.000000+00:00');
INSERT INTO papers VALUES
    (99, 'hep-th/9901001', 'An "Old" Paper | of 1999', NULL, NULL,
     '2025-02-21T09:00:00.000000+00:00', 0, '2025-02-21T09:00:00.000000+00:00', '2025-02-20', 3),
    (100, '2502.20002', 'Believed by Nobody', NULL, NULL,
     '2025-02-21T08:00:00.000000+00:00', 10000001, '2025-02-21T08:00:00.000000+00:00',
     '2025-02-20', 4);
INSERT INTO sections VALUES
    (99, 1, NULL, 'Only English here, in *two* parts.'),
    (99, 2, 'Results', '- One' || char(10) || '- Two');
INSERT INTO authors VALUES (900, 'Ann Solo'), (901, '한 사람');
INSERT INTO paper_authors VALUES (99, 1, 901), (99, 2, 900), (99, 3, 901);
INSERT INTO digest_papers (digest_id, rank, paper_id, votes) VALUES
    (8, 1, 1, 150), (8, 2, 2, NULL), (8, 3, 99, 0), (8, 4, 100, 10000001),
    (9, 1, 99, 7), (9, 2, 1, 145);
INSERT INTO vote_readings (paper_id, digest_id, votes, read_at) VALUES
    (1, 8, 148, '2025-02-21T08:00:00.000000+00:00'),
    (1, 8, 150, '2025-02-21T09:00:00.000000+00:00'),
    (1, 9, 145, '2025-02-21T08:00:00.000000+00:00'),
    (99, 8, 0, '2025-02-21T09:00:00.000000+00:00'),
    (99, 9, 7, '2025-02-21T08:00:00.000000+00:00'),
    (100, 8, 10000001, '2025-02-21T08:00:00.000000+00:00');
UPDATE papers SET votes = 150, votes_read_at = '2025-02-21T09:00:00.000000+00:00',
    digest_date = '2025-02-20', rank = 1 WHERE id = 1;
UPDATE papers SET digest_date = '2025-02-20', rank = 2 WHERE id = 2;
"""


@pytest.fixture
def older(path: Path) -> Iterator[sqlite3.Connection]:
    """A database before the upgrade."""
    Release("0.1.0").load(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migrations.apply(connection, migrations.load()[:LAST], path=path)
        connection.executescript(f"BEGIN; {MORE}; COMMIT")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        yield connection


def _listed(row: sqlite3.Row) -> ListedPaper:
    """Return the paper of a row, as the version before the upgrade read it."""
    is_known = row["votes"] is not None and row["votes"] <= MOST_VOTES
    kind, read_at = row["media_kind"], row["votes_read_at"]
    paper = Paper(
        row["arxiv_id"],
        row["title"],
        row["votes"] if is_known else None,
        tuple(json.loads(row["authors"])),
        Media(MediaKind(kind), row["media_url"]) if kind else None,
        tuple(Section(*each) for each in json.loads(row["sections"])),
    )
    return ListedPaper(
        in_language(paper),
        date.fromisoformat(row["digest_date"]),
        row["rank"],
        datetime.fromisoformat(read_at) if is_known and read_at else None,
    )


def _papers(older: sqlite3.Connection) -> dict[int, ListedPaper]:
    """Return all papers by their row's id."""
    return {row["id"]: _listed(row) for row in older.execute("SELECT * FROM listed_papers")}


def _digests(older: sqlite3.Connection) -> dict[date, list[tuple[ListedPaper, int | None]]]:
    """Return the papers of all days in order, with their votes in the digest; oldest first."""
    known = _papers(older)
    found = {}
    for digest_id, day in older.execute("SELECT id, date FROM digests ORDER BY date").fetchall():
        rows = older.execute(
            "SELECT paper_id, votes FROM digest_papers WHERE digest_id = ? ORDER BY rank",
            (digest_id,),
        ).fetchall()
        found[date.fromisoformat(day)] = [
            (known[paper_id], votes if votes is None or votes <= MOST_VOTES else None)
            for paper_id, votes in rows
        ]
    return found


def _as_read(older: sqlite3.Connection) -> list[Digest]:
    """Return the digests of all days as their files have them."""
    return [
        Digest(
            day,
            tuple(
                Paper(
                    each.paper.arxiv_id,
                    each.paper.title,
                    votes,
                    each.paper.authors,
                    each.paper.media,
                    each.paper.sections,
                )
                for each, votes in listed
            ),
        )
        for day, listed in _digests(older).items()
    ]


async def test_papers_and_digests_are_the_same(older: sqlite3.Connection, path: Path) -> None:
    all_papers, all_digests = _papers(older), _digests(older)
    assert len(all_papers) == 100
    async with await Database.open(path) as database:
        for listed in all_papers.values():
            assert await papers.get(database, listed.paper.arxiv_id) == listed
        assert await digests.dates(database) == tuple(all_digests)
        for day, expected in all_digests.items():
            found = await digests.get(database, day)
            as_read = await digests.get_as_read(database, day)
            assert found is not None
            assert as_read is not None
            assert [(each.rank, each.paper) for each in found.papers] == [
                (rank, each.paper) for rank, (each, _) in enumerate(expected, start=1)
            ]
            assert [each.votes for each in as_read.papers] == [votes for _, votes in expected]


async def test_readings_of_votes_are_kept(older: sqlite3.Connection, path: Path) -> None:
    rows = older.execute(
        "SELECT arxiv_id, vote_readings.votes, read_at FROM vote_readings"
        " JOIN papers ON papers.id = paper_id WHERE vote_readings.votes <= ?",
        (MOST_VOTES,),
    ).fetchall()
    before: dict[str, set[tuple[int, str]]] = {}
    for arxiv_id, votes, read_at in rows:
        before.setdefault(arxiv_id, set()).add((votes, read_at))
    # At the same time there were 148 votes in a newer and 145 in an older digest.
    before["2501.30001"] -= {(145, "2025-02-21T08:00:00.000000+00:00")}
    async with await Database.open(path) as database:
        for arxiv_id, expected in before.items():
            assert set(await papers.readings(database, arxiv_id)) == {
                Reading(votes, datetime.fromisoformat(read_at)) for votes, read_at in expected
            }


async def test_searches_find_what_they_found_before(older: sqlite3.Connection, path: Path) -> None:
    words = ("학습", "planning", "model", "english two", "사람", "solo", "parts", "manuals 30")

    def found(text: str) -> list[int]:
        match = " ".join(f'"{word}"*' for word in text.split())
        rows = older.execute("SELECT rowid FROM paper_words (?)", (match,))
        return [row[0] for row in rows]

    before = {text: found(text) for text in words}
    ids = {row["id"]: row["arxiv_id"] for row in older.execute("SELECT id, arxiv_id FROM papers")}
    assert all(before.values())
    async with await Database.open(path) as database:
        await search_index.catch_up(database, pause=0)
        for text, expected in before.items():
            hits = (await search.search(database, search.Request(text), limit=100)).hits
            found_now = {hit.listed.paper.arxiv_id for hit in hits}
            assert found_now >= {ids[each] for each in expected}
    assert older.execute("PRAGMA foreign_key_check").fetchall() == []
    assert_in_step(older)


def _export(path: Path, *options: str) -> str:
    command = ["--database", str(path), "export", *options]
    result = CliRunner().invoke(app, command, prog_name="daily-papers")
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_the_export_is_the_same(older: sqlite3.Connection, path: Path) -> None:
    lines: dict[str, str] = {}
    for day, listed in reversed(_digests(older).items()):
        for rank, (each, _) in enumerate(listed, start=1):
            here = ListedPaper(each.paper, day, rank, each.votes_read_at)
            lines.setdefault(each.paper.arxiv_id, paper_json(here))
    markdown = [write(each) for each in reversed(_as_read(older))]
    assert _export(path) == "".join(f"{line}\n" for line in lines.values())
    assert _export(path, "--format", "markdown") == "".join(f"{text}\n" for text in markdown)


async def test_reading_the_files_again_changes_nothing(
    older: sqlite3.Connection, path: Path
) -> None:
    files = [digest for each in _as_read(older) for digest in parse(write(each))[0]]
    assert files == _as_read(older)
    async with await Database.open(path) as database:
        content = await database.content_version()
        writer = await writer_of(database)
        changes = writer.total_changes
        for each in await digests.store_all(database, files, read_at=NEXT):
            assert (each.is_new, each.new, each.changed) == (False, 0, 0)
        assert writer.total_changes == changes
        assert await database.content_version() == content


async def test_days_are_known_as_read_from_files(older: sqlite3.Connection, path: Path) -> None:
    digest = older.execute("SELECT * FROM digests WHERE date = '2025-02-18'").fetchone()
    first, last = (datetime.fromisoformat(digest[name]) for name in ("first_read_at", "changed_at"))
    empty_at = datetime.fromisoformat("2025-02-21T08:00:00+00:00")
    days = [date.fromisoformat(day) for (day,) in older.execute("SELECT date FROM digests")]
    async with await Database.open(path) as database:
        known = await sources.days(database, FILES, since=date(2020, 1, 1))
        eligible = await sources.newest_eligible(
            database, due=NEXT, age=timedelta(hours=10), after=None, since=date(2020, 1, 1)
        )
    day, empty = date(2025, 2, 18), date(2025, 2, 16)
    assert list(known) == sorted(days)
    assert known[day] == SourceDay(date=day, arrived_at=first, checked_at=last, read_at=last)
    assert known[empty] == SourceDay(date=empty, checked_at=empty_at, read_at=empty_at)
    assert eligible == tuple(sorted(set(days) - {empty}, reverse=True))
