"""Reports of texts that a language model wrote."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest
from full_text_check import assert_in_step
from storage_samples import NOW, digest, job, paper
from written_samples import MODEL, report, written_text

from storage import digests, jobs, papers, reports, search, written_texts
from storage.database import Database
from storage.reports import (
    PER_DAY,
    AlreadyReportedError,
    Report,
    Resolution,
    TooManyReportsError,
)
from storage.written_texts import UnknownPaperError

ANN, BO = 11, 2**63 - 1
EARLIER = date(2025, 2, 17)
REQUEST = search.Request("제안합니다")


@pytest.fixture(autouse=True)
async def written(database: Database) -> None:
    """Seven papers with a written text."""
    listed = [paper(number, sections=()) for number in range(1, 8)]
    await digests.store(database, digest(*listed), read_at=NOW)
    await written_texts.configure(database, MODEL)
    for each in listed:
        await written_texts.store(database, written_text(each.arxiv_id))


async def add(database: Database, number: int = 1, *, user: int = ANN, hours: float = 0) -> int:
    return await report(
        database,
        f"2502.{number:05}",
        user_id=user,
        reason=" 숫자가 틀렸습니다. ",
        at=NOW + timedelta(hours=hours),
    )


async def get(database: Database, report_id: int) -> Report:
    found = await reports.get(database, report_id)
    assert found is not None
    return found


async def test_a_report_says_who_what_and_why(database: Database) -> None:
    report_id = await add(database, user=BO)
    assert await reports.every(database) == (
        Report(
            id=report_id,
            arxiv_id="2502.00001",
            title="Title 1",
            language="ko",
            model=MODEL,
            user_id=BO,
            reason="숫자가 틀렸습니다.",
            at=NOW,
            resolved_at=None,
            resolution=None,
        ),
    )


async def test_a_person_reports_five_texts_a_day(database: Database) -> None:
    for number in range(1, PER_DAY + 1):
        await add(database, number)
    with pytest.raises(TooManyReportsError):
        await add(database, 6)
    await add(database, 6, user=BO)
    await add(database, 6, hours=24)
    assert len(await reports.every(database)) == PER_DAY + 2


async def test_a_person_reports_a_text_once_until_it_is_another_one(database: Database) -> None:
    await add(database)
    with pytest.raises(AlreadyReportedError):
        await add(database, hours=1)
    await add(database, user=BO)
    again = written_text(written_at=NOW + timedelta(hours=2))
    await written_texts.store(database, again)
    await add(database, hours=3)
    assert [each.user_id for each in await reports.every(database)] == [ANN, BO, ANN]


async def test_two_reports_at_once_are_one(database: Database) -> None:
    results = await asyncio.gather(*(add(database) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(each, int) for each in results) == 1
    assert len(await reports.every(database)) == 1


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "a\0b"])
async def test_a_reason_that_says_nothing_or_too_much_is_refused(
    database: Database, reason: str
) -> None:
    with pytest.raises(ValueError, match="1 to 500"):
        await report(database, "2502.00001", reason=reason, at=NOW)


async def test_only_a_text_that_readers_see_can_be_reported(database: Database) -> None:
    seen = written_text()
    for text in (
        replace(seen, language="en"),
        replace(seen, arxiv_id="2502.01234"),
        # Rewritten since the reader has seen it.
        replace(seen, written_at=seen.written_at - timedelta(seconds=1)),
    ):
        with pytest.raises(UnknownPaperError):
            await reports.check(database, text, user_id=ANN, at=NOW)
        with pytest.raises(UnknownPaperError):
            await reports.add(database, text, user_id=ANN, reason="?", at=NOW)


async def test_days_are_known_whose_texts_were_taken_back(database: Database) -> None:
    hidden, rewritten = await add(database, 1), await add(database, 2)
    await digests.store(database, digest(paper(2), day=EARLIER), read_at=NOW)
    day = digest(paper(1)).date
    assert await reports.taken_back(database) == ()
    later, last = NOW + timedelta(days=1), NOW + timedelta(days=2)
    await reports.hide(database, await get(database, hidden), at=NOW)
    await reports.rewrite(database, await get(database, rewritten), write=[], at=later)
    changed = {(day, "ko", later), (EARLIER, "ko", later)}
    assert set(await reports.taken_back(database)) == changed
    await written_texts.store(database, written_text("2502.00002", written_at=last))
    changed = {(day, "ko", last), (EARLIER, "ko", last)}
    assert set(await reports.taken_back(database)) == changed
    await reports.forget_old(database, now=NOW + timedelta(days=200))
    assert set(await reports.taken_back(database)) == {(day, "ko", NOW)}


async def test_a_hidden_text_is_neither_shown_nor_found(
    database: Database, outside: sqlite3.Connection
) -> None:
    first, second = await add(database), await add(database, user=BO)
    assert (await search.search(database, REQUEST, limit=9)).total == 7
    version = await database.content_version()
    for _ in range(2):
        await reports.hide(database, await get(database, first), at=NOW)
    found = await papers.get(database, "2502.00001")
    assert found is not None
    assert (found.paper.sections, found.paper.language) == ((), None)
    assert await database.content_version() > version
    assert (await search.search(database, REQUEST, limit=9)).total == 6
    assert_in_step(outside)
    assert await written_texts.get(database, "2502.00001", "ko") is None
    hidden = await written_texts.get(database, "2502.00001", "ko", or_hidden=True)
    assert hidden is not None
    assert hidden.hidden_at == NOW
    assert await written_texts.without_text(database, ("2502.00001",), "ko") == ()
    assert {(await get(database, each)).resolution for each in (first, second)} == {
        Resolution.HIDDEN
    }
    with pytest.raises(UnknownPaperError):
        await add(database)


async def test_a_text_to_rewrite_is_deleted_and_its_job_is_stored(database: Database) -> None:
    found = await get(database, await add(database))
    await reports.rewrite(database, found, write=[job("write:2502.00001:ko")], at=NOW)
    assert await written_texts.get(database, "2502.00001", "ko", or_hidden=True) is None
    assert await jobs.get(database, "write:2502.00001:ko") is not None
    assert (await get(database, found.id)).resolution is Resolution.REWRITTEN


async def test_open_reports_come_first_and_resolved_ones_are_forgotten(database: Database) -> None:
    first, second = await add(database), await add(database, 2)
    await reports.hide(database, await get(database, first), at=NOW)
    assert [each.id for each in await reports.every(database)] == [second, first]
    assert await reports.forget_old(database, now=NOW + timedelta(days=91)) == 1
    assert [each.id for each in await reports.every(database)] == [second]


@pytest.mark.parametrize("report_id", [0, -1, 10**30])
async def test_there_is_no_report_with_an_odd_id(database: Database, report_id: int) -> None:
    assert await reports.get(database, report_id) is None
