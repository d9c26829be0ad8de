"""Lists of several sources of one day, and of several days, in one database."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from full_text_check import index_and_check
from storage_samples import DAY, NOW, paper, writer_of

from storage import digests, papers, search, sources
from storage.database import Database
from storage.records import (
    FILES,
    Details,
    ListedPaper,
    Media,
    MediaKind,
    Paper,
    Reading,
    Section,
    SourceKind,
    SourceList,
    StoredDigest,
    Text,
)

Rows = Callable[..., list[tuple[Any, ...]]]
KOREAN, LIVE = "korean", "live"
HOUR = timedelta(hours=1)
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
NEXT_DAY = DAY + timedelta(days=1)
BEGIN = datetime(2025, 2, 21, tzinfo=UTC)
"""Of `DAY`: as of when the votes of its files are."""
BOTH = [(KOREAN, SourceKind.FOLDER), (LIVE, SourceKind.HUGGINGFACE)]
KOREAN_TEXT = (Section("새로운 점", "벤치마크를 제안합니다."),)
ENGLISH_TEXT = (Section("What's New", "Proposes a benchmark."),)
ABSTRACT = Details(abstract="We study gyms.", summary="A gym for agents.", comments=3, code_stars=9)


@pytest.fixture
async def database(database: Database) -> Database:
    """A database for a folder with Korean digests, and behind it a live list."""
    await sources.configure(database, BOTH)
    return database


def korean(*listed: Paper, day: date = DAY, read_at: datetime = NOW) -> SourceList:
    return SourceList(date=day, papers=listed, read_at=read_at, source=KOREAN, language="ko")


def live(*listed: Paper, day: date = DAY, read_at: datetime = NOW, **fields: Any) -> SourceList:  # noqa: ANN401 - a test's
    return SourceList(date=day, papers=listed, read_at=read_at, source=LIVE, is_live=True, **fields)


def in_korean(number: int = 1, **fields: object) -> Paper:
    """Return a paper as the folder has it: a text, shuffled authors, hardly any facts."""
    return paper(number, **({"sections": KOREAN_TEXT, "language": "ko"} | fields))


def on_site(number: int = 1, **fields: object) -> Paper:
    """Return a paper as the live list has it: no text, authors in order, many facts."""
    given = {"sections": (), "title": f"Title {number}", "authors": (f"Author {number}", "Ada")}
    return paper(number, **(given | {"authors_ordered": True, "details": ABSTRACT} | fields))


async def store(database: Database, *lists: SourceList) -> tuple[StoredDigest, ...]:
    return await digests.store_lists(database, lists)


async def get(database: Database, number: int = 1) -> ListedPaper:
    listed = await papers.get(database, f"2502.{number:05}")
    assert listed is not None
    return listed


async def votes_of(database: Database, number: int = 1) -> tuple[int | None, datetime | None]:
    listed = await get(database, number)
    return listed.paper.votes, listed.votes_read_at


async def numbers(database: Database, day: date = DAY) -> list[int]:
    """Return the numbers of a day's papers by rank."""
    found = await digests.get(database, day)
    assert found is not None
    assert [each.rank for each in found.papers] == list(range(1, len(found.papers) + 1))
    return [int(each.paper.arxiv_id.removeprefix("2502.")) for each in found.papers]


async def growth(database: Database, *lists: SourceList) -> tuple[int, int]:
    """Store lists, and return by how much the versions of papers and of votes grow."""
    before = await database.content_version()
    await store(database, *lists)
    after = await database.content_version()
    return after[0] - before[0], after[1] - before[1]


async def test_what_two_sources_know_of_a_paper_is_put_together(database: Database) -> None:
    picture = Media(MediaKind.IMAGE, "https://example.org/a.png")
    results = await store(
        database,
        korean(in_korean(title="From the folder", votes=None)),
        live(on_site(media=picture, votes=7)),
    )
    assert (await get(database)).paper == in_korean(
        title="From the folder",
        votes=7,
        authors=("Author 1", "Ada"),
        authors_ordered=True,
        media=picture,
        details=ABSTRACT,
    )
    assert results == (
        StoredDigest(DAY, is_new=True, new=1, changed=0, same=0),
        StoredDigest(DAY, is_new=False, new=0, changed=1, same=0),
    )


@pytest.mark.parametrize("is_korean_first", [True, False])
async def test_texts_of_several_sources_stand_side_by_side(
    database: Database, is_korean_first: bool
) -> None:
    lists = [korean(in_korean()), live(on_site(sections=ENGLISH_TEXT, language="en"))]
    for each in lists if is_korean_first else reversed(lists):
        await store(database, each)
    stored = (await get(database)).paper
    assert (stored.sections, stored.language) == (KOREAN_TEXT, "ko")
    assert stored.other_texts == (Text("en", ENGLISH_TEXT, LIVE),)


async def test_the_text_is_that_of_the_first_source_that_has_any(database: Database) -> None:
    lists = (korean(in_korean(sections=())), live(on_site(sections=ENGLISH_TEXT, language="en")))
    await store(database, *lists)
    stored = (await get(database)).paper
    assert (stored.sections, stored.language, stored.other_texts) == (ENGLISH_TEXT, "en", ())


async def test_a_new_text_of_one_source_leaves_that_of_another(database: Database) -> None:
    await store(database, korean(in_korean()), live(on_site(sections=ENGLISH_TEXT)))
    corrected = (Section(None, "고친 글입니다."),)
    await store(database, korean(in_korean(sections=corrected), read_at=LATER))
    stored = (await get(database)).paper
    assert stored.sections == corrected
    assert stored.other_texts == (Text("en", ENGLISH_TEXT, LIVE),)
    await store(database, korean(in_korean(sections=()), read_at=LAST))
    assert (await get(database)).paper == stored


async def test_the_language_of_a_list_is_that_of_its_texts_unless_they_say_another(
    database: Database,
) -> None:
    untold = replace(in_korean(sections=ENGLISH_TEXT), language=None)
    await store(database, korean(untold, replace(in_korean(2), language="xx")))
    assert [(await get(database, number)).paper.language for number in (1, 2)] == ["ko", "xx"]


async def test_live_votes_replace_those_of_a_file(database: Database) -> None:
    await store(database, korean(in_korean(votes=90)))
    await store(database, live(on_site(votes=5), read_at=LATER))
    assert await votes_of(database) == (5, LATER)


async def test_a_file_that_is_read_later_does_not_replace_live_votes(database: Database) -> None:
    await store(database, live(on_site(votes=5)))
    result = await store(database, korean(in_korean(votes=90), read_at=LATER))
    assert await votes_of(database) == (5, NOW)
    found = await digests.get_as_read(database, DAY)
    assert found is not None
    assert [each.votes for each in found.papers] == [5]
    assert result[0].changed == 1  # for its text


async def test_a_file_of_a_later_day_has_newer_votes_only_than_live_ones_before_that_day(
    database: Database,
) -> None:
    before = BEGIN + timedelta(hours=20)
    for number, read_at in ((1, before), (2, BEGIN + timedelta(hours=30))):
        await store(database, live(on_site(number, votes=5), read_at=read_at))
        later = korean(in_korean(number, votes=90), day=NEXT_DAY, read_at=LAST)
        await store(database, later)
    assert await votes_of(database, 1) == (90, LAST)
    assert await votes_of(database, 2) == (5, BEGIN + timedelta(hours=30))


async def test_a_file_that_is_dated_ahead_has_older_votes_than_a_later_live_reading(
    database: Database,
) -> None:
    await store(database, korean(in_korean(votes=90), day=NEXT_DAY, read_at=BEGIN + 20 * HOUR))
    await store(database, live(on_site(votes=5), read_at=BEGIN + 22 * HOUR))
    assert await votes_of(database) == (5, BEGIN + 22 * HOUR)


async def test_a_file_of_another_day_does_not_replace_live_votes(database: Database) -> None:
    await store(database, live(on_site(votes=5)))
    await store(database, korean(in_korean(votes=90), day=NEXT_DAY, read_at=LATER))
    await store(database, korean(in_korean(votes=80), day=DAY - timedelta(9), read_at=LAST))
    assert await votes_of(database) == (5, NOW)
    assert (await get(database)).digest_date == NEXT_DAY
    await store(database, live(on_site(votes=6), read_at=LAST))
    assert await votes_of(database) == (6, LAST)
    assert (await get(database)).digest_date == NEXT_DAY


async def test_only_votes_that_changed_are_a_live_reading(database: Database) -> None:
    for hours, votes in enumerate((5, 5, 6, 6, None, 6, 5)):
        read_at = NOW + timedelta(hours=hours)
        await store(database, live(on_site(votes=votes), read_at=read_at))
    assert await papers.readings(database, "2502.00001") == (
        Reading(5, NOW),
        Reading(6, NOW + timedelta(hours=2)),
        Reading(5, NOW + timedelta(hours=6)),
    )
    assert await votes_of(database) == (5, NOW + timedelta(hours=6))


async def test_papers_stand_in_the_order_of_the_first_source_then_of_the_next(
    database: Database,
) -> None:
    await store(database, live(*map(on_site, (3, 2, 1, 4))))
    assert await numbers(database) == [3, 2, 1, 4]
    await store(database, korean(*map(in_korean, (1, 2)), read_at=LATER))
    assert await numbers(database) == [1, 2, 3, 4]
    assert [(await get(database, number)).rank for number in (1, 2, 3, 4)] == [1, 2, 3, 4]


async def test_a_list_that_shrinks_removes_nothing(database: Database, rows: Rows) -> None:
    await store(database, live(*map(on_site, (1, 2, 3))))
    before = [await get(database, number) for number in (1, 2, 3)]
    await store(database, live(on_site(3), read_at=LATER))
    assert await numbers(database) == [3, 1, 2]
    await store(database, live(read_at=LAST))
    assert await numbers(database) == [3, 1, 2]
    after = [await get(database, number) for number in (1, 2, 3)]
    assert [each.paper for each in after] == [each.paper for each in before]
    gone = rows("SELECT gone_at FROM source_papers ORDER BY paper_id")
    assert [datetime.fromisoformat(at) for (at,) in gone] == [LATER, LATER, LAST]


async def test_a_paper_that_is_listed_again_comes_back(database: Database, rows: Rows) -> None:
    await store(database, live(*map(on_site, (1, 2, 3))))
    await store(database, live(on_site(3), read_at=LATER))
    await store(database, live(*map(on_site, (2, 3)), read_at=LAST))
    assert await numbers(database) == [2, 3, 1]
    assert rows("SELECT paper_id FROM source_papers WHERE gone_at IS NOT NULL") == [(1,)]


async def test_a_paper_that_one_source_lost_stands_where_another_has_it(
    database: Database,
) -> None:
    await store(database, korean(*map(in_korean, (1, 2))), live(*map(on_site, (3, 1))))
    assert await numbers(database) == [1, 2, 3]
    await store(database, korean(in_korean(2), read_at=LATER))
    assert await numbers(database) == [2, 3, 1]
    assert (await get(database)).paper.sections == KOREAN_TEXT


async def test_a_paper_in_two_days_lists_belongs_to_the_newer(database: Database) -> None:
    sunday, monday = DAY, NEXT_DAY
    await store(database, live(on_site(2), on_site(1, votes=5), day=sunday))
    await store(database, live(on_site(1, votes=6), day=monday, read_at=LATER))
    listed = await get(database)
    assert (listed.digest_date, listed.rank, listed.paper.votes) == (monday, 1, 6)
    # The older list is read on, and knows newer votes.
    await store(database, live(on_site(1, votes=8), on_site(2), day=sunday, read_at=LAST))
    listed = await get(database)
    assert (listed.digest_date, listed.rank, listed.paper.votes) == (monday, 1, 8)
    assert listed.votes_read_at == LAST
    assert await numbers(database, sunday) == [1, 2]


async def test_what_a_newer_days_list_lacks_follows_the_older_days_list(
    database: Database,
) -> None:
    await store(database, live(on_site()))
    await store(database, korean(in_korean(title="Newer"), day=NEXT_DAY, read_at=LATER))
    changed = Details(abstract="Corrected.", comments=8)
    await store(database, live(on_site(details=changed, title="Older"), read_at=LAST))
    stored = await get(database)
    assert (stored.paper.title, stored.digest_date) == ("Newer", NEXT_DAY)
    assert stored.paper.details == replace(ABSTRACT, abstract="Corrected.", comments=8)


async def test_ids_are_the_callers_business(database: Database) -> None:
    versions = [replace(on_site(), arxiv_id=f"2502.00001{end}") for end in ("", "v2")]
    (result,) = await store(database, live(*versions))
    assert result.new == 2


@pytest.fixture
async def full(database: Database) -> list[SourceList]:
    """Store lists of two sources and two days, and return them."""
    lists = [
        korean(in_korean(1), in_korean(2, votes=None)),
        live(on_site(1, sections=ENGLISH_TEXT), on_site(3), day=DAY, etag="one", body_hash="a"),
        live(on_site(1, votes=99), day=NEXT_DAY, read_at=LATER, body_hash="b"),
        live(day=DAY + timedelta(days=2), body_hash="c"),
        korean(in_korean(2), read_at=LATER),
    ]
    await store(database, *lists)
    return lists


def _tables(outside: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    tables = outside.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'source_days'"
        " AND name NOT LIKE '%\\_words%' ESCAPE '\\'"
    ).fetchall()
    return {name: outside.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}  # noqa: S608 - names of tables


async def test_reading_the_same_again_records_only_that_it_was_read(
    database: Database, full: list[SourceList], outside: sqlite3.Connection
) -> None:
    tables = _tables(outside)
    assert len(tables) > 15
    writer = await writer_of(database)
    changes = writer.total_changes
    again = [replace(each, read_at=LAST) for each in full[1:]]
    for result, new in zip(await store(database, *again), again, strict=True):
        assert (result.is_new, result.new, result.changed) == (False, 0, 0)
        assert result.same == len(new.papers)
    assert writer.total_changes - changes == 3  # those with a hash
    assert _tables(outside) == tables
    days = await sources.days(database, LIVE, since=DAY)
    assert [days[day].checked_at for day in sorted(days)] == [LAST] * 3
    assert [days[day].arrived_at for day in sorted(days)] == [NOW, LATER, None]
    assert [days[day].body_hash for day in sorted(days)] == ["a", "b", "c"]
    assert days[DAY].etag == "one"


@pytest.mark.usefixtures("full")
async def test_comments_and_stars_change_without_the_paper_being_indexed_again(
    database: Database, outside: sqlite3.Connection
) -> None:
    query = "SELECT id, title, text_changed_at FROM papers"
    before = outside.execute(query).fetchall()
    indexed: list[str] = []
    writer = await writer_of(database)
    await writer.set_trace_callback(indexed.append)
    counted = replace(ABSTRACT, comments=4, code_stars=10)
    new = on_site(1, sections=ENGLISH_TEXT, details=counted, votes=99)
    (result,) = await store(database, live(new, day=NEXT_DAY, read_at=LAST))
    await writer.set_trace_callback(None)  # type: ignore[arg-type]  # sqlite3 takes None
    assert result.changed == 1
    assert (await get(database)).paper.details == counted
    assert outside.execute(query).fetchall() == before
    assert any("UPDATE papers" in sql for sql in indexed)
    assert not any("paper_words" in sql for sql in indexed)


async def test_each_kind_of_change_raises_its_content_version(database: Database) -> None:
    assert await growth(database, live(on_site(votes=5))) == (1, 1)
    assert await growth(database, live(on_site(votes=5), read_at=LATER)) == (0, 0)
    assert await growth(database, live(on_site(votes=6), read_at=LATER)) == (0, 1)
    assert await growth(database, live(on_site(votes=6, title="New"), read_at=LAST)) == (1, 0)
    assert await growth(database, live(on_site(title="New"), on_site(2, votes=None))) == (1, 1)
    assert await growth(database, korean(in_korean(votes=None, title="New"))) == (1, 0)


async def test_other_numbers_raise_the_version_of_votes_alone(database: Database) -> None:
    await store(database, live(on_site()))
    for counted in (replace(ABSTRACT, comments=4), replace(ABSTRACT, comments=4, code_stars=8)):
        assert await growth(database, live(on_site(details=counted))) == (0, 1)


async def test_votes_that_count_after_a_new_precedence_raise_the_version_of_votes(
    database: Database,
) -> None:
    folders = [(KOREAN, SourceKind.FOLDER), ("other", SourceKind.FOLDER)]
    await sources.configure(database, folders)
    other = replace(korean(in_korean(votes=5)), source="other")
    await store(database, korean(in_korean(votes=3)), other)
    assert (await votes_of(database))[0] == 3
    await sources.configure(database, folders[::-1])
    assert await growth(database, other) == (0, 1)
    assert (await votes_of(database))[0] == 5


async def test_a_new_precedence_counts_with_the_next_list(database: Database) -> None:
    await store(database, korean(*map(in_korean, (1, 2)), in_korean(3, title="제목")))
    await store(database, live(*map(on_site, (3, 2, 1)), on_site(4, sections=ENGLISH_TEXT)))
    assert await numbers(database) == [1, 2, 3, 4]
    await sources.configure(database, BOTH[::-1])
    assert await numbers(database) == [1, 2, 3, 4]
    await store(database, korean(*map(in_korean, (1, 2)), in_korean(3, title="제목")))
    assert await numbers(database) == [3, 2, 1, 4]
    assert (await get(database, 3)).paper.title == "Title 3"


async def test_the_texts_of_all_papers_follow_a_new_precedence_at_once(
    database: Database,
) -> None:
    await store(database, korean(in_korean()), live(on_site(sections=ENGLISH_TEXT)))
    await sources.configure(database, BOTH[::-1])
    stored = (await get(database)).paper
    assert stored.sections == ENGLISH_TEXT
    assert stored.other_texts == (Text("ko", KOREAN_TEXT, KOREAN),)


async def test_a_source_that_the_settings_lost_keeps_what_it_said(database: Database) -> None:
    await store(database, korean(*map(in_korean, (1, 2))), live(*map(on_site, (3, 1))))
    await sources.configure(database, BOTH[1:])
    await store(database, live(*map(on_site, (3, 1)), read_at=LATER))
    assert await numbers(database) == [3, 1, 2]
    assert (await get(database)).paper.sections == KOREAN_TEXT
    await sources.configure(database, BOTH)
    await store(database, live(*map(on_site, (3, 1)), read_at=LATER))
    assert await numbers(database) == [1, 2, 3]


async def test_what_is_ingested_comes_after_all_sources(database: Database) -> None:
    ingested = replace(korean(in_korean(4), in_korean(1, title="Ingested")), source=FILES)
    await store(database, ingested, live(*map(on_site, (1, 2))))
    assert await numbers(database) == [1, 2, 4]
    assert (await get(database)).paper.title == "Title 1"
    assert (await get(database)).paper.sections == KOREAN_TEXT


async def test_an_unknown_source_can_store_nothing(database: Database, rows: Rows) -> None:
    unknown = replace(live(on_site(1)), source="nobody")
    with pytest.raises(LookupError, match="nobody"):
        await store(database, live(on_site(2)), unknown)
    assert rows("SELECT count(*) FROM digests") == rows("SELECT count(*) FROM papers") == [(0,)]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(live(on_site(8), on_site(8)), id="a paper twice"),
        pytest.param(live(on_site(8, details=Details(abstract="a\0b"))), id="NUL in an abstract"),
        pytest.param(live(on_site(8, details=Details(keywords=("a\0b",)))), id="NUL in a keyword"),
        pytest.param(live(on_site(title="a\0b")), id="NUL in a title that another list hides"),
        pytest.param(live(on_site(8, sections=(Section("\0", "b"),))), id="NUL in a heading"),
        pytest.param(live(on_site(8, sections=(Section(None, "\0"),))), id="NUL in a body"),
        pytest.param(live(on_site(8), read_at=NOW.replace(tzinfo=None)), id="no time zone"),
        pytest.param(live(on_site(8, title="\ud800")), id="no Unicode"),
    ],
)
@pytest.mark.usefixtures("full")
async def test_an_invalid_list_stores_nothing(
    database: Database, outside: sqlite3.Connection, wrong: SourceList
) -> None:
    tables = _tables(outside)
    with pytest.raises(ValueError):  # noqa: PT011 - their messages differ
        await store(database, live(on_site(9), day=NEXT_DAY), wrong)
    assert _tables(outside) == tables
    index_and_check(outside)


async def test_all_texts_abstracts_and_summaries_are_searched(
    database: Database, outside: sqlite3.Connection
) -> None:
    async def found(text: str) -> list[str]:
        hits = (await search.search(database, search.Request(text), limit=5)).hits
        return [hit.listed.paper.arxiv_id for hit in hits]

    await store(database, korean(in_korean()))
    await store(database, live(on_site(sections=ENGLISH_TEXT), on_site(2, details=Details())))
    index_and_check(outside)
    for text in ("벤치마크", "proposes", "study gyms", "for agents", "Author 1"):
        assert await found(text) == ["2502.00001"], text
    abstract = replace(ABSTRACT, abstract="We revise nothing.")
    replaced = on_site(sections=(Section(None, "Another wording."),), details=abstract)
    await store(database, live(replaced, on_site(2), read_at=LATER))
    index_and_check(outside)
    assert await found("proposes") == []
    assert await found("study gyms") == ["2502.00002"]
    assert await found("revise") == await found("wording") == await found("벤치마크")
    assert sorted(await found("for agents")) == ["2502.00001", "2502.00002"]


async def test_the_index_is_in_step_after_all_kinds_of_changes(
    database: Database, full: list[SourceList], outside: sqlite3.Connection
) -> None:
    for number, each in enumerate(full):
        changed = tuple(
            replace(one, title=f"{one.title} {number}", sections=ENGLISH_TEXT[:number])
            for one in each.papers[::-1]
        )
        await store(database, replace(each, papers=(*changed, on_site(number + 20))))
        index_and_check(outside)
    assert outside.execute("PRAGMA foreign_key_check").fetchall() == []
