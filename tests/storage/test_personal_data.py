"""What is stored about a person is shown, exported and deleted, and nothing of others."""

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from personal_samples import AT, ME, OTHER, cells, fill, places_of
from storage_samples import NOW

from storage import personal_data, reports
from storage.database import Database
from storage.personal_data import EXPORT


async def forget(database: Database, user_id: int = ME.user) -> None:
    async with database.transaction(durable=True) as writer:
        await personal_data.forget(writer, user_id)


async def test_a_summary_counts_what_is_stored(
    database: Database, outside: sqlite3.Connection
) -> None:
    assert (await personal_data.summary(database, ME.user)).is_empty
    fill(outside)
    summary = await personal_data.summary(database, ME.user)
    assert (summary.saved, summary.notes, summary.reports) == (40, 40, 2)
    assert (summary.drafts, summary.channels, summary.changes) == (1, (ME.channel,), 1)
    assert not summary.is_empty


async def test_an_export_has_everything_of_a_person_and_nothing_of_others(
    database: Database, outside: sqlite3.Connection
) -> None:
    fill(outside)
    data = await personal_data.export(database, ME.user, at=NOW)
    assert list(data) == ["format", "user_id", "exported_at", *EXPORT]
    assert (data["format"], data["user_id"], data["exported_at"]) == (1, str(ME.user), AT)
    assert [len(data[key]) for key in EXPORT] == [40, 2, 1, 1, 1, 1]
    assert data["saved_papers"][0]["note"].startswith(ME.typed)
    assert data["setup_drafts"][0]["draft"] == {"keywords": f"{ME.typed} draft"}
    schedule = data["schedules"][0]
    assert (schedule["guild_id"], schedule["mention"]) == (str(ME.guild), str(ME.role))
    assert (schedule["refresh"], schedule["silent"]) == (True, False)
    text = json.dumps(data)
    assert OTHER.typed not in text
    for number in (OTHER.user, *OTHER.of_server):
        assert str(number) not in text


async def test_forgetting_leaves_nothing_of_a_person_and_everything_else(
    database: Database, outside: sqlite3.Connection
) -> None:
    fill(outside)
    before = cells(outside)
    await forget(database)
    assert not places_of(outside, ME.user)
    # What belongs to the server stays.
    assert places_of(outside, ME.typed) == {
        "schedules.include",
        "schedules.exclude",
        "guilds.timezone",
        "guilds.language",
        "messages.hash",
        "parts.mark",
        "parts.nonce",
        "parts.message_hash",
        "searches.request",
    }
    after = cells(outside)
    for table in ("schedules", "history", "deliveries", "parts", "guilds", "jobs", "log_entries"):
        for place, values in before.items():
            if place.startswith(f"{table}.") and place not in personal_data.FORGET:
                assert after[place] == values, place
    assert (await personal_data.summary(database, ME.user)).is_empty
    other = await personal_data.summary(database, OTHER.user)
    assert (other.saved, other.reports, other.drafts, other.changes) == (40, 2, 1, 1)
    await forget(database)  # twice is once
    assert cells(outside) == after


async def test_what_was_done_about_a_report_outlives_its_reporter(
    database: Database, outside: sqlite3.Connection, rows: Callable[..., list[tuple[Any, ...]]]
) -> None:
    fill(outside)
    await forget(database)
    assert rows("SELECT user_id, reason, resolution FROM reports WHERE user_id IS NULL") == [
        (None, "", "rewritten")
    ]
    listed = await reports.every(database)
    assert [report.user_id for report in listed] == [OTHER.user, None, OTHER.user]
    await reports.forget_old(database, now=NOW.replace(year=2026))
    assert len(await reports.every(database)) == 1
