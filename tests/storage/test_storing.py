import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, timezone
from typing import Any

import pytest
from storage_samples import DAY, NOW, digest, paper, writer_of

from storage import digests, papers
from storage.database import Database
from storage.records import (
    Digest,
    ListedPaper,
    Media,
    MediaKind,
    Paper,
    Reading,
    Section,
    StoredDigest,
)

Rows = Callable[..., list[tuple[Any, ...]]]
LATER = NOW + timedelta(hours=6)
NEXT_DAY = DAY + timedelta(days=1)
DAY_BEFORE = DAY - timedelta(days=1)


async def _listed(database: Database, number: int = 1) -> ListedPaper:
    listed = await papers.get(database, f"2502.{number:05}")
    assert listed is not None
    return listed


async def _places(database: Database, day: date = DAY) -> list[tuple[int, str, int | None]]:
    listed = await digests.get(database, day)
    assert listed is not None
    return [(paper.rank, paper.paper.title, paper.paper.votes) for paper in listed.papers]


async def test_a_digest_is_stored_with_all_that_it_says(database: Database) -> None:
    whole = replace(
        paper(1),
        media=Media(MediaKind.VIDEO, "https://example.org/a.mp4"),
        authors=("Zoë", "Ada", "Zoë"),
        sections=(Section("What's New", "첫째\n\n- 둘째"), Section(None, "`code` $x$")),
    )
    bare = paper(2, votes=None, authors=(), sections=())
    stored = await digests.store(database, digest(whole, bare), read_at=NOW)
    assert stored == StoredDigest(DAY, is_new=True, new=2, changed=0, same=0)
    assert await _listed(database, 1) == ListedPaper(whole, DAY, 1, NOW)
    assert await _listed(database, 2) == ListedPaper(bare, DAY, 2, None)
    found = await digests.get(database, DAY)
    assert found is not None
    assert (found.date, found.votes_read_at) == (DAY, NOW)
    assert found.papers == (await _listed(database, 1), await _listed(database, 2))


async def test_several_digests_are_stored_as_if_one_after_the_other(database: Database) -> None:
    batch = [digest(paper(1), paper(2)), replace(digest(paper(1), paper(3)), date=NEXT_DAY)]
    stored = await digests.store_all(database, batch, read_at=NOW)
    assert stored == (
        StoredDigest(DAY, is_new=True, new=2, changed=0, same=0),
        StoredDigest(NEXT_DAY, is_new=True, new=1, changed=0, same=1),
    )
    assert (await _listed(database, 1)).digest_date == NEXT_DAY


async def test_of_several_digests_none_is_stored_if_one_fails(database: Database) -> None:
    bad = replace(digest(replace(paper(2), title="a\0b")), date=NEXT_DAY)
    with pytest.raises(ValueError, match="NUL"):
        await digests.store_all(database, [digest(paper(1)), bad], read_at=NOW)
    assert await digests.dates(database) == ()


async def test_papers_beyond_the_rows_of_one_statement_are_stored(database: Database) -> None:
    many = tuple(paper(number, sections=()) for number in range(1, 1_102))
    await digests.store(database, Digest(DAY, many), read_at=NOW)
    listed = await digests.get(database, DAY)
    assert listed is not None
    assert [one.paper for one in listed.papers] == list(many)


async def test_a_digest_without_papers_is_a_digest(database: Database) -> None:
    await digests.store(database, digest(), read_at=NOW)
    found = await digests.get(database, DAY)
    assert found is not None
    assert found.papers == ()
    assert found.votes_read_at is None
    assert await digests.get(database, NEXT_DAY) is None


async def test_the_days_that_have_digests_are_known(database: Database) -> None:
    assert await digests.newest(database) is None
    for day in (NEXT_DAY, DAY_BEFORE, DAY):
        await digests.store(database, digest(day=day), read_at=NOW)
    assert await digests.newest(database) == NEXT_DAY
    assert await digests.dates(database) == (DAY_BEFORE, DAY, NEXT_DAY)


async def test_reading_the_same_again_writes_not_one_row(
    database: Database, outside: sqlite3.Connection
) -> None:
    again = digest(paper(1), paper(2, votes=None), paper(3, authors=(), sections=()))
    await digests.store(database, again, read_at=NOW)
    await digests.store(database, digest(paper(1, votes=12), day=NEXT_DAY), read_at=NOW)
    ((version,),) = outside.execute("PRAGMA data_version")
    writer = await writer_of(database)
    changes = writer.total_changes
    stored = await digests.store(database, again, read_at=LATER)
    assert stored == StoredDigest(DAY, is_new=False, new=0, changed=0, same=3)
    assert writer.total_changes == changes
    assert outside.execute("PRAGMA data_version").fetchone() == (version,)


async def test_new_votes_are_a_new_reading_and_the_old_one_is_kept(database: Database) -> None:
    await digests.store(database, digest(paper(1, votes=5), paper(2)), read_at=NOW)
    stored = await digests.store(database, digest(paper(1, votes=7), paper(2)), read_at=LATER)
    assert stored == StoredDigest(DAY, is_new=False, new=0, changed=1, same=1)
    assert await papers.readings(database, "2502.00001") == (
        Reading(5, NOW),
        Reading(7, LATER),
    )
    listed = await _listed(database)
    assert (listed.paper.votes, listed.votes_read_at) == (7, LATER)
    assert (await _listed(database, 2)).votes_read_at == NOW


async def test_votes_that_go_down_are_a_reading_too(database: Database) -> None:
    for hours, votes in enumerate((5, 3, 5)):
        read_at = NOW + timedelta(hours=hours)
        await digests.store(database, digest(paper(1, votes=votes)), read_at=read_at)
    readings = await papers.readings(database, "2502.00001")
    assert [reading.votes for reading in readings] == [5, 3, 5]


async def test_unknown_votes_leave_the_known_ones_alone(database: Database, rows: Rows) -> None:
    await digests.store(database, digest(paper(1, votes=5)), read_at=NOW)
    stored = await digests.store(database, digest(paper(1, votes=None)), read_at=LATER)
    assert stored.same == 1
    await digests.store(database, digest(paper(1, votes=None), day=NEXT_DAY), read_at=LATER)
    listed = await _listed(database)
    assert (listed.paper.votes, listed.votes_read_at, listed.digest_date) == (5, NOW, NEXT_DAY)
    assert len(await papers.readings(database, "2502.00001")) == 1
    assert rows("SELECT votes FROM digest_papers ORDER BY digest_id") == [(5,), (None,)]


async def test_no_votes_are_known_votes(database: Database) -> None:
    await digests.store(database, digest(paper(1, votes=None)), read_at=NOW)
    assert await papers.readings(database, "2502.00001") == ()
    await digests.store(database, digest(paper(1, votes=0)), read_at=LATER)
    assert await papers.readings(database, "2502.00001") == (Reading(0, LATER),)


async def test_an_older_digest_read_again_does_not_bring_its_votes_back(
    database: Database, outside: sqlite3.Connection
) -> None:
    older, newer = digest(paper(1, votes=5)), digest(paper(1, votes=9), day=NEXT_DAY)
    await digests.store(database, older, read_at=NOW)
    await digests.store(database, newer, read_at=NOW)
    ((version,),) = outside.execute("PRAGMA data_version")
    for _ in range(3):
        await digests.store(database, older, read_at=LATER)
        await digests.store(database, newer, read_at=LATER)
    assert outside.execute("PRAGMA data_version").fetchone() == (version,)
    assert (await _listed(database)).paper.votes == 9


async def test_votes_are_those_of_the_newest_digest_that_has_any(database: Database) -> None:
    await digests.store(database, digest(paper(1, votes=9), day=NEXT_DAY), read_at=NOW)
    await digests.store(database, digest(paper(1, votes=5), day=DAY), read_at=LATER)
    listed = await _listed(database)
    assert (listed.paper.votes, listed.votes_read_at) == (9, NOW)
    assert await papers.readings(database, "2502.00001") == (
        Reading(9, NOW),
        Reading(5, LATER),
    )
    await digests.store(database, digest(paper(2, votes=None), day=NEXT_DAY), read_at=NOW)
    await digests.store(database, digest(paper(2, votes=4), day=DAY), read_at=LATER)
    listed = await _listed(database, 2)
    assert (listed.paper.votes, listed.digest_date) == (4, NEXT_DAY)


@pytest.mark.parametrize("is_newer_first", [True, False])
async def test_of_digests_read_at_the_same_time_the_newest_votes_are_the_reading(
    database: Database, is_newer_first: bool
) -> None:
    batch = [digest(paper(1, votes=5)), digest(paper(1, votes=9), day=NEXT_DAY)]
    await digests.store_all(database, batch[::-1] if is_newer_first else batch, read_at=NOW)
    assert (await _listed(database)).paper.votes == 9
    assert await papers.readings(database, "2502.00001") == (Reading(9, NOW),)


async def test_a_changed_text_replaces_the_old_and_keeps_when(
    database: Database, rows: Rows
) -> None:
    await digests.store(database, digest(paper(1), paper(2)), read_at=NOW)
    changed = paper(
        1,
        title="Another title",
        authors=("Author 1", "Grace Hopper"),
        media=Media(MediaKind.IMAGE, "https://example.org/a.png"),
        sections=(Section(None, "Another body"), Section("More", "text")),
    )
    stored = await digests.store(database, digest(changed, paper(2)), read_at=LATER)
    assert stored == StoredDigest(DAY, is_new=False, new=0, changed=1, same=1)
    assert (await _listed(database)).paper == changed
    moments = [str(moment) for (moment,) in rows("SELECT text_changed_at FROM papers ORDER BY id")]
    assert moments == ["2025-02-22T14:00:00.000000+00:00", "2025-02-22T08:00:00.000000+00:00"]
    assert rows("SELECT first_read_at, changed_at FROM digests") == [tuple(reversed(moments))]


async def test_an_older_digest_read_again_does_not_bring_its_text_back(database: Database) -> None:
    await digests.store(database, digest(paper(1, title="New"), day=NEXT_DAY), read_at=NOW)
    await digests.store(database, digest(paper(1, title="Old"), day=DAY), read_at=LATER)
    listed = await _listed(database)
    assert (listed.paper.title, listed.digest_date, listed.rank) == ("New", NEXT_DAY, 1)
    assert await _places(database, DAY) == [(1, "New", 10)]


@pytest.mark.parametrize("order", [(0, 2, 1), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
async def test_a_text_is_that_of_the_newest_digest_that_has_one(
    database: Database, order: tuple[int, ...]
) -> None:
    texts = [(Section(None, "first"),), (Section(None, "second"),), ()]
    lists = [
        digest(paper(1, sections=sections), day=DAY + timedelta(days=number))
        for number, sections in enumerate(texts)
    ]
    for number in order:
        await digests.store(database, lists[number], read_at=NOW)
    assert (await _listed(database)).paper.sections == texts[1]


async def test_fields_missing_from_a_newer_digest_keep_their_values(database: Database) -> None:
    whole = paper(1, media=Media(MediaKind.IMAGE, "https://example.org/a.png"))
    await digests.store(database, digest(whole), read_at=NOW)
    bare = paper(1, authors=(), sections=(), media=None)
    assert (await digests.store(database, digest(bare), read_at=LATER)).same == 1
    await digests.store(database, digest(bare, day=NEXT_DAY), read_at=LATER)
    assert (await _listed(database)).paper == whole


async def test_a_paper_no_longer_listed_is_ranked_after_the_others(
    database: Database,
) -> None:
    await digests.store(database, digest(*map(paper, (1, 2, 3, 4))), read_at=NOW)
    stored = await digests.store(database, digest(*map(paper, (4, 5, 2))), read_at=LATER)
    assert stored == StoredDigest(DAY, is_new=False, new=1, changed=2, same=0)
    order = ["Title 4", "Title 5", "Title 2", "Title 1", "Title 3"]
    assert [title for _, title, _ in await _places(database)] == order
    assert [rank for rank, _, _ in await _places(database)] == [1, 2, 3, 4, 5]
    assert [(await _listed(database, number)).rank for number in (4, 5, 2, 1, 3)] == [1, 2, 3, 4, 5]
    again = await digests.store(database, digest(*map(paper, (4, 5, 2))), read_at=LATER)
    assert again.same == 3


async def test_a_paper_that_left_an_older_digest_keeps_its_place_in_the_newer(
    database: Database,
) -> None:
    await digests.store(database, digest(paper(1), paper(2)), read_at=NOW)
    await digests.store(database, digest(paper(1), day=NEXT_DAY), read_at=NOW)
    await digests.store(database, digest(paper(2)), read_at=LATER)
    listed = await _listed(database, 1)
    assert (listed.digest_date, listed.rank) == (NEXT_DAY, 1)
    assert await _places(database) == [(1, "Title 2", 20), (2, "Title 1", 10)]


async def test_a_paper_listed_again_by_a_newer_digest_stands_there(database: Database) -> None:
    await digests.store(database, digest(paper(1)), read_at=NOW)
    stored = await digests.store(database, digest(paper(2), paper(1), day=NEXT_DAY), read_at=LATER)
    assert stored == StoredDigest(NEXT_DAY, is_new=True, new=1, changed=0, same=1)
    listed = await _listed(database)
    assert (listed.digest_date, listed.rank) == (NEXT_DAY, 2)
    assert await _places(database, DAY) == [(1, "Title 1", 10)]


async def test_a_known_paper_that_another_day_lists_is_changed_only_where_it_differs(
    database: Database,
) -> None:
    await digests.store(database, digest(paper(1), paper(2), paper(3)), read_at=NOW)
    again = digest(paper(3), paper(2, votes=21), paper(1, title="Another"), day=NEXT_DAY)
    stored = await digests.store(database, again, read_at=LATER)
    assert stored == StoredDigest(NEXT_DAY, is_new=True, new=0, changed=2, same=1)
    older = await digests.store(database, digest(paper(2, votes=5), day=DAY_BEFORE), read_at=LATER)
    assert older == StoredDigest(DAY_BEFORE, is_new=True, new=0, changed=0, same=1)


async def test_votes_and_places_that_change_in_an_older_digest_count_as_changed(
    database: Database,
) -> None:
    await digests.store(database, digest(paper(1), paper(2), paper(3)), read_at=NOW)
    await digests.store(database, digest(*map(paper, (1, 2, 3)), day=NEXT_DAY), read_at=NOW)
    moved = digest(paper(2), paper(1), paper(3, votes=31))
    stored = await digests.store(database, moved, read_at=LATER)
    assert stored == StoredDigest(DAY, is_new=False, new=0, changed=3, same=0)


async def test_times_are_kept_in_utc(database: Database) -> None:
    seoul = timezone(timedelta(hours=9))
    await digests.store(database, digest(paper()), read_at=NOW.astimezone(seoul))
    listed = await _listed(database)
    assert listed.votes_read_at == NOW
    assert listed.votes_read_at.utcoffset() == timedelta(0)
    with pytest.raises(ValueError, match="has no time zone"):
        await digests.store(database, digest(paper(2)), read_at=NOW.replace(tzinfo=None))
    assert await papers.count(database) == 1


@pytest.mark.parametrize(
    "bad",
    [
        paper(9, title="a\0b"),
        paper(9, authors=("a\0b",)),
        paper(9, sections=(Section("a\0b", "c"),)),
        paper(9, sections=(Section(None, "a\0b"),)),
    ],
)
async def test_a_text_with_nul_is_refused_with_the_whole_digest(
    database: Database, rows: Rows, bad: Paper
) -> None:
    with pytest.raises(ValueError, match=r"2502\.00009 has a text that contains NUL"):
        await digests.store(database, digest(paper(1), bad), read_at=NOW)
    assert rows("SELECT count(*) FROM digests") == rows("SELECT count(*) FROM papers") == [(0,)]


async def test_an_invalid_digest_stores_nothing(database: Database, rows: Rows) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await digests.store(database, digest(paper(1), paper(2, votes=-1)), read_at=NOW)
    with pytest.raises(ValueError, match="has a paper twice"):
        await digests.store(database, digest(paper(1), paper(1)), read_at=NOW)
    for table in ("digests", "papers", "sections", "authors", "paper_authors", "vote_readings"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - names of tables


async def test_digests_stored_at_the_same_time_are_each_whole(database: Database) -> None:
    days = [DAY + timedelta(days=number) for number in range(12)]
    many = [
        Digest(day, tuple(paper(10 * number + rank, votes=number) for rank in (1, 2, 11)))
        for number, day in enumerate(days)
    ]
    await asyncio.gather(*(digests.store(database, each, read_at=NOW) for each in many))
    assert await digests.dates(database) == tuple(days)
    for each in many:
        listed = await digests.get(database, each.date)
        assert listed is not None
        assert [p.paper.arxiv_id for p in listed.papers] == [p.arxiv_id for p in each.papers]


async def test_a_large_digest_takes_several_statements(database: Database) -> None:
    large = digest(*(paper(number, votes=None, authors=()) for number in range(2500)))
    await digests.store(database, large, read_at=NOW)
    found = await digests.get(database, DAY)
    assert found is not None
    assert tuple(listed.paper for listed in found.papers) == large.papers
