from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import guilds, setup_drafts
from storage.database import Database
from storage.guilds import GuildDefaults
from storage.setup_drafts import DraftGoneError, StoredDraft

AT = datetime(2025, 2, 21, 8, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path, new_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as database:
        yield database


async def begin(database: Database, user_id: int, at: datetime = AT) -> StoredDraft:
    return await setup_drafts.begin(database, 1, user_id, schedule_id=None, draft="{}", at=at)


async def test_a_draft_is_found_for_a_day_after_its_last_change(database: Database) -> None:
    draft = await begin(database, 2)
    later = AT + timedelta(hours=20)
    assert await setup_drafts.change(database, draft.id, '{"a": 1}', at=later)
    for after, is_found in ((timedelta(hours=43), True), (timedelta(hours=45), False)):
        found = await setup_drafts.find(database, 1, 2, schedule_id=None, at=AT + after)
        assert (found is not None) == is_found
    assert await setup_drafts.find(database, 1, 3, schedule_id=None, at=AT) is None


async def test_a_person_has_one_draft_of_a_new_schedule_and_ids_are_not_given_twice(
    database: Database,
) -> None:
    first = await begin(database, 2)
    other = await begin(database, 3)
    second = await begin(database, 2)
    assert second.id > other.id > first.id
    assert await setup_drafts.get(database, first.id) is None
    assert await setup_drafts.get(database, other.id) == other


async def test_a_draft_says_which_time_zone_its_server_has_chosen(database: Database) -> None:
    assert (await begin(database, 2)).chosen_zone is None
    async with database.transaction() as writer:
        await guilds.remember(writer, 1, GuildDefaults("Asia/Seoul", "ko"))
    draft = await begin(database, 2)
    assert draft.chosen_zone == "Asia/Seoul"
    assert await setup_drafts.get(database, draft.id) == draft
    assert await setup_drafts.find(database, 1, 2, schedule_id=None, at=AT) == draft


async def test_old_drafts_of_anybody_are_deleted_when_another_begins(database: Database) -> None:
    old = await begin(database, 2)
    await begin(database, 3, AT + timedelta(days=2))
    assert await setup_drafts.get(database, old.id) is None


async def test_a_draft_is_taken_once(database: Database) -> None:
    draft = await begin(database, 2)
    async with database.transaction() as writer:
        await setup_drafts.take(writer, draft.id)
    with pytest.raises(DraftGoneError):
        async with database.transaction() as writer:
            await setup_drafts.take(writer, draft.id)
    assert not await setup_drafts.change(database, draft.id, "{}", at=AT)
