from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from storage_samples import NOW, paper, writer_of

from storage import digests, sources
from storage.database import Database
from storage.records import FILES, Digest, Paper, SourceDay, SourceKind, SourceList, SourceState
from storage.sources import SourceContents

Rows = Callable[..., list[tuple[Any, ...]]]
DAY = date(2025, 2, 21)
NEXT_DAY = DAY + timedelta(days=1)
HOUR = timedelta(hours=1)
A, B, C = "first", "second", "third"
FOLDER, LIVE = SourceKind.FOLDER, SourceKind.HUGGINGFACE


async def _configure(database: Database, *names: str) -> None:
    await sources.configure(database, [(name, LIVE) for name in names])


def _list(source: str = A, day: date = DAY, **fields: Any) -> SourceList:  # noqa: ANN401 - a test's
    given: dict[str, Any] = {"papers": (paper(1),), "read_at": NOW, "is_live": True}
    return SourceList(date=day, source=source, **(given | fields))


def _state(name: str, kind: SourceKind = LIVE, **fields: Any) -> SourceState:  # noqa: ANN401 - a test's
    return SourceState(
        **({"succeeded_at": None, "failed_at": None, "error": None} | fields), name=name, kind=kind
    )


async def _states(database: Database) -> dict[str, SourceState]:
    found = await sources.overviews(database)
    return {name: overview.state for name, overview in found.items()}


async def test_a_new_database_has_the_source_of_what_is_ingested(database: Database) -> None:
    assert await _states(database) == {FILES: _state(FILES, FOLDER)}


@pytest.mark.parametrize(
    ("configured", "order"),
    [
        ([], [FILES]),
        ([[A, B]], [A, B, FILES]),
        ([[A, B], [B, A]], [B, A, FILES]),
        ([[A, B], [B]], [B, A, FILES]),
        ([[A, B], []], [A, B, FILES]),
        ([[A, B], [], [C, B]], [C, B, A, FILES]),
        ([[A], [B], [C]], [C, A, B, FILES]),
    ],
)
async def test_sources_have_the_order_of_the_settings(
    database: Database, configured: list[list[str]], order: list[str]
) -> None:
    for names in configured:
        await _configure(database, *names)
    assert list(await _states(database)) == order


async def test_a_source_can_become_one_of_another_kind(database: Database) -> None:
    await sources.configure(database, [(A, FOLDER)])
    await sources.configure(database, [(A, LIVE)])
    assert (await _states(database))[A] == _state(A, LIVE)


async def test_the_same_settings_write_nothing_and_keep_caches_valid(database: Database) -> None:
    await _configure(database, A, B)
    await _configure(database, B)
    before = await database.content_version()
    writer = await writer_of(database)
    changes = writer.total_changes
    await _configure(database, B)
    assert writer.total_changes == changes
    assert await database.content_version() == before


@pytest.mark.parametrize("names", [[B, A], [A], [], [C, A, B]])
async def test_another_order_raises_the_version_of_papers(
    database: Database, names: list[str]
) -> None:
    database.check_every = 3600
    await _configure(database, A, B)
    before = await database.content_version()
    await _configure(database, *names)
    assert await database.content_version() == (before[0] + 1, before[1])


async def test_a_success_ends_a_failure(database: Database) -> None:
    await _configure(database, A, B)
    await sources.failed(database, A, DAY, error="no answer", at=NOW)
    states = await _states(database)
    assert states[A] == _state(A, failed_at=NOW, error="no answer")
    assert states[B] == _state(B)
    seoul = timezone(9 * HOUR)
    await sources.succeeded(database, A, at=(NOW + HOUR).astimezone(seoul))
    states = await _states(database)
    assert states[A] == _state(A, failed_at=NOW, succeeded_at=NOW + HOUR)
    assert states[B] == _state(B)


async def test_a_day_remembers_what_was_read_of_it(database: Database) -> None:
    await _configure(database, A, B)
    opened = NOW - 9 * HOUR
    steps: list[tuple[str, SourceDay]] = []

    async def step(name: str, expected: SourceDay) -> None:
        assert await sources.days(database, A, since=DAY) == {DAY: expected}, name
        steps.append((name, expected))

    await sources.failed(database, A, DAY, error="no answer", at=NOW)
    await step("failed at once", SourceDay(date=DAY, checked_at=NOW, error="no answer"))
    at = NOW + HOUR
    await sources.unchanged(database, A, DAY, at=at)
    await step("no papers yet", SourceDay(date=DAY, checked_at=at, read_at=at))
    at = arrived = NOW + 2 * HOUR
    answer: dict[str, Any] = {"opened_at": opened, "etag": "e", "body_hash": "h"}
    await digests.store_lists(database, [_list(read_at=at, **answer)])
    known: dict[str, Any] = {"date": DAY, "arrived_at": arrived} | answer
    await step("arrived", SourceDay(**known, checked_at=at, read_at=at))
    await sources.failed(database, A, DAY, error="no answer", at=at + HOUR)
    failed = SourceDay(**known, checked_at=at + HOUR, read_at=at, error="no answer")
    await step("failed later", failed)
    at += 2 * HOUR
    await sources.unchanged(database, A, DAY, at=at)
    await step("unchanged", SourceDay(**known, checked_at=at, read_at=at))
    at += HOUR
    answer |= {"etag": None, "body_hash": "i"}
    await digests.store_lists(database, [_list(papers=(), read_at=at, **answer)])
    await step("emptied", SourceDay(**known | answer, checked_at=at, read_at=at))
    assert len(steps) == 6
    assert await sources.days(database, B, since=DAY) == {}


async def test_days_are_those_since_a_day_in_order(database: Database) -> None:
    await _configure(database, A, B)
    for number in (3, 0, 2, 1):
        await sources.unchanged(database, A, DAY + timedelta(number), at=NOW)
    await sources.unchanged(database, B, DAY + timedelta(9), at=NOW)
    found = await sources.days(database, A, since=NEXT_DAY)
    assert list(found) == [DAY + timedelta(number) for number in (1, 2, 3)]


async def test_what_an_unknown_source_reports_is_ignored(database: Database, rows: Rows) -> None:
    await sources.succeeded(database, "nobody", at=NOW)
    await sources.failed(database, "nobody", DAY, error="x", at=NOW)
    await sources.unchanged(database, "nobody", DAY, at=NOW)
    assert rows("SELECT * FROM source_days") == []
    assert list(await _states(database)) == [FILES]


async def _eligible(database: Database, **fields: Any) -> list[int]:  # noqa: ANN401 - a test's
    """Return the days of February that are eligible for a post at `NOW`."""
    given: dict[str, Any] = {"due": NOW, "age": 10 * HOUR, "after": None, "since": date(2025, 2, 1)}
    return [day.day for day in await sources.newest_eligible(database, **(given | fields))]


@pytest.mark.parametrize(
    ("opened_at", "is_eligible"),
    [
        pytest.param(NOW - 10 * HOUR, True, id="exactly as old as it must be"),
        pytest.param(NOW - 11 * HOUR, True, id="older"),
        pytest.param(NOW - 10 * HOUR + timedelta(microseconds=1), False, id="younger"),
        pytest.param(NOW + HOUR, False, id="not open yet"),
        pytest.param(None, True, id="complete when it arrives"),
    ],
)
async def test_a_list_is_eligible_when_it_was_open_long_enough(
    database: Database, opened_at: datetime | None, is_eligible: bool
) -> None:
    await _configure(database, A)
    await digests.store_lists(database, [_list(opened_at=opened_at)])
    assert await _eligible(database) == [DAY.day] * is_eligible
    seoul = NOW.astimezone(timezone(9 * HOUR))
    assert await _eligible(database, due=seoul) == [DAY.day] * is_eligible


async def test_a_day_is_eligible_by_any_source_of_which_papers_came(database: Database) -> None:
    await _configure(database, A, B)
    young, old = NOW - HOUR, NOW - 20 * HOUR
    await digests.store_lists(
        database,
        [
            _list(A, date(2025, 2, 20), opened_at=young),
            _list(B, date(2025, 2, 20), opened_at=old),
            _list(A, date(2025, 2, 19), opened_at=old, papers=(), body_hash="empty"),
            _list(A, date(2025, 2, 18), opened_at=old),
            _list(B, date(2025, 2, 18)),
            _list(A, date(2025, 2, 17), opened_at=young),
        ],
    )
    await sources.failed(database, A, date(2025, 2, 16), error="x", at=NOW)
    await sources.unchanged(database, A, date(2025, 2, 15), at=NOW)
    assert await _eligible(database) == [20, 18]
    # A list that lost all its papers has come all the same.
    lost = _list(A, date(2025, 2, 18), opened_at=old, papers=())
    await digests.store_lists(database, [lost])
    assert await _eligible(database) == [20, 18]


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        ({}, [22, 21, 20]),
        ({"after": date(2025, 2, 20)}, [22, 21]),
        ({"after": date(2025, 2, 22)}, []),
        ({"since": date(2025, 2, 21)}, [22, 21]),
        ({"since": date(2025, 2, 23)}, []),
        ({"after": date(2025, 2, 20), "since": date(2025, 2, 22)}, [22]),
        ({"age": 20 * HOUR}, [21, 20]),
    ],
)
async def test_eligible_days_are_the_newest_first_within_bounds(
    database: Database, bounds: dict[str, object], days: list[int]
) -> None:
    await _configure(database, A)
    opened = {20: NOW - 60 * HOUR, 21: NOW - 36 * HOUR, 22: NOW - 12 * HOUR}
    lists = [_list(day=date(2025, 2, day), opened_at=at) for day, at in opened.items()]
    await digests.store_lists(database, lists)
    assert await _eligible(database, **bounds) == days


# The time now is 8:00 on the 22nd: all is kept from 8:00 on the 20th, hourly from 8:00 on the 15th.
@pytest.mark.parametrize(
    ("read", "kept"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(
            ["20 08:00", "20 08:01", "20 08:02", "22 08:00"],
            ["20 08:00", "20 08:01", "20 08:02", "22 08:00"],
            id="2 days: all",
        ),
        pytest.param(
            ["18 09:00", "18 10:00", "18 10:20", "18 10:59", "18 11:00", "18 11:30"],
            ["18 09:00", "18 10:59", "18 11:30"],
            id="to 7 days: the last of each hour",
        ),
        pytest.param(
            ["18 10:00", "18 10:20", "18 10:59"],
            ["18 10:00", "18 10:59"],
            id="the first of all, though not the last of its hour",
        ),
        pytest.param(
            ["01 10:00", "02 10:00", "02 11:00", "02 23:59", "03 00:00"],
            ["01 10:00", "02 23:59", "03 00:00"],
            id="then: the last of each day",
        ),
        pytest.param(
            ["01 10:00", "15 07:00", "15 07:59", "15 08:00", "15 08:30", "15 09:00"],
            ["01 10:00", "15 07:59", "15 08:30", "15 09:00"],
            id="both on the day between",
        ),
        pytest.param(
            ["01 10:00", "20 07:10", "20 07:50", "20 08:10", "20 08:50"],
            ["01 10:00", "20 07:50", "20 08:10", "20 08:50"],
            id="both in the hours between",
        ),
    ],
)
@pytest.mark.parametrize("zone", [UTC, timezone(9 * HOUR)])
async def test_readings_are_thinned_with_their_age(
    database: Database, read: list[str], kept: list[str], zone: timezone
) -> None:
    await _configure(database, A, B)
    moments = [datetime.fromisoformat(f"2025-02-{each}+00:00") for each in read]
    for number, at in enumerate(moments):
        listed = (paper(1, votes=number), paper(2, votes=number))
        await digests.store_lists(database, [_list(papers=listed, read_at=at)])
    # What another source read between them neither counts as the last, nor is lost.
    between = [at + timedelta(minutes=1) for at in (moments[0], moments[-1])] if read else []
    for number, at in enumerate(between):
        other = _list(B, papers=(paper(1, votes=50 + number),), read_at=at)
        await digests.store_lists(database, [other])
    for _ in range(2):
        async with database.transaction() as writer:
            deleted = await sources.thin_readings(writer, now=NOW.astimezone(zone))
    assert deleted == 0
    left = await database.read(
        "SELECT arxiv_id, name, as_of FROM vote_readings JOIN papers ON papers.id = paper_id"
        " JOIN sources ON sources.id = source_id ORDER BY 1, 2, 3"
    )
    found = [(arxiv_id, name, datetime.fromisoformat(at)) for arxiv_id, name, at in left]
    expected = [datetime.fromisoformat(f"2025-02-{each}+00:00") for each in kept]
    assert found == [
        *(("2502.00001", A, at) for at in expected),
        *(("2502.00001", B, at) for at in between),
        *(("2502.00002", A, at) for at in expected),
    ]


async def test_thinning_says_how_many_readings_it_deleted(database: Database) -> None:
    for minutes in range(5):
        read_at = NOW - timedelta(days=30) + timedelta(minutes=minutes)
        new = SourceList(date=DAY, papers=(paper(1, votes=minutes),), read_at=read_at)
        await digests.store_lists(database, [new])
    async with database.transaction() as writer:
        assert await sources.thin_readings(writer, now=NOW) == 3


async def test_the_contents_of_sources_are_counted(database: Database) -> None:
    await sources.configure(database, [("live", SourceKind.HUGGINGFACE)])
    assert await sources.contents(database) == (
        SourceContents("live", SourceKind.HUGGINGFACE, None, 0),
    )
    first, second = Paper("2502.00001", "One"), Paper("2502.00002", "Two")
    for day, papers in ((date(2025, 2, 20), (first,)), (date(2025, 2, 21), (first, second))):
        await digests.store(database, Digest(day, papers), read_at=NOW)
    assert await sources.contents(database) == (
        SourceContents("live", SourceKind.HUGGINGFACE, None, 0),
        SourceContents("files", SourceKind.FOLDER, date(2025, 2, 21), 2),
    )
