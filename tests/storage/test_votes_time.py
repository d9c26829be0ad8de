"""When votes were as they are: not when a file was read long after its day."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage import digests, papers, trends
from storage.database import Database
from storage.records import Digest, Paper, SourceList
from storage.trends import Periods

DAY = date(2025, 2, 21)
MIDNIGHT = datetime(2025, 2, 21, tzinfo=UTC)
PAPER = Paper("2502.00001", "T", 3)


@pytest.mark.parametrize(("hours", "is_known"), [(22, True), (48, True), (49, False)])
async def test_votes_of_a_file_have_a_time_if_it_is_read_within_two_days(
    tmp_path: Path, hours: int, *, is_known: bool
) -> None:
    read_at = MIDNIGHT + timedelta(hours=hours)
    async with await Database.open(tmp_path / "papers.db") as database:
        await digests.store(database, Digest(DAY, (PAPER,)), read_at=read_at)
        digest = await digests.get(database, DAY)
        alone = await papers.get(database, PAPER.arxiv_id)
        ranking = await papers.top(database, first=None, last=None, limit=1)
        week = await trends.read(database, Periods(DAY, DAY, DAY - timedelta(1)))
    assert digest is not None
    assert alone is not None
    for listed in (digest.papers[0], alone):
        assert listed.votes_read_at == read_at
        assert listed.votes_as_of == MIDNIGHT
        assert listed.votes_time == (read_at if is_known else None)
    assert ranking.votes_read_at == (read_at if is_known else None)
    assert week is not None
    assert week.votes_read_at == (read_at if is_known else None)


async def test_votes_that_are_read_live_have_the_time_of_reading(tmp_path: Path) -> None:
    read_at = MIDNIGHT + timedelta(days=30)
    found = SourceList(date=DAY, papers=(PAPER,), read_at=read_at, is_live=True)
    async with await Database.open(tmp_path / "papers.db") as database:
        await digests.store_lists(database, [found])
        digest = await digests.get(database, DAY)
    assert digest is not None
    assert digest.papers[0].votes_time == read_at
