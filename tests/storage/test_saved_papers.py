"""Papers that people have saved: each person's own, kept with their look-ups until removed."""

import asyncio
from datetime import timedelta

from storage_samples import NOW, digest, paper

from storage import digests, lookups, saved_papers
from storage.database import Database
from storage.lookups import KEPT_AFTER_EXPIRY, StoredLookup
from storage.records import Details, Paper
from storage.saved_papers import MOST, Saving

HOUR = timedelta(hours=1)
ANN, BO = 2**62, 2**62 + 1
FIRST = Paper("2502.00001", "A First Paper")
UNLISTED = Paper("2511.00001", "Not in a List", authors=("Ann Lee", "Bo Kim"), authors_ordered=True)


async def save(database: Database, paper: Paper, user_id: int = ANN) -> Saving:
    return await saved_papers.save(database, user_id, paper, at=NOW)


async def ids(database: Database, user_id: int = ANN) -> list[str]:
    found = await saved_papers.page(database, user_id, limit=MOST, offset=0)
    return [each.arxiv_id for each in found]


async def test_a_paper_is_saved_once_for_each_person(database: Database) -> None:
    assert await save(database, FIRST) is Saving.SAVED
    assert await save(database, FIRST) is Saving.ALREADY
    assert await save(database, UNLISTED) is Saving.SAVED
    assert await save(database, FIRST, BO) is Saving.SAVED
    assert await ids(database) == [UNLISTED.arxiv_id, FIRST.arxiv_id]
    assert await ids(database, BO) == [FIRST.arxiv_id]
    assert await saved_papers.remove(database, ANN, FIRST.arxiv_id)
    assert not await saved_papers.remove(database, ANN, FIRST.arxiv_id)
    assert await ids(database, BO) == [FIRST.arxiv_id]


async def test_saving_twice_at_once_saves_once(database: Database) -> None:
    both = await asyncio.gather(save(database, FIRST), save(database, FIRST))
    assert sorted(each.name for each in both) == ["ALREADY", "SAVED"]


async def test_a_person_can_save_so_many_papers_and_others_still_can(database: Database) -> None:
    for number in range(MOST):
        await save(database, Paper(f"2502.{number:05}", "T"))
    more = Paper("2503.00001", "One More")
    assert await save(database, more) is Saving.FULL
    assert await save(database, Paper("2502.00000", "T")) is Saving.ALREADY
    assert await save(database, more, BO) is Saving.SAVED
    assert await saved_papers.count(database, ANN) == MOST
    second = await saved_papers.page(database, ANN, limit=2, offset=2)
    assert [each.arxiv_id for each in second] == ["2502.00997", "2502.00996"]
    assert len(await saved_papers.facts(database, ANN)) == MOST
    assert await saved_papers.remove(database, ANN, "2502.00500")
    assert await save(database, more) is Saving.SAVED


async def test_a_note_belongs_to_one_person_and_goes_with_the_paper(database: Database) -> None:
    await save(database, FIRST)
    await save(database, FIRST, BO)
    assert await saved_papers.set_note(database, ANN, FIRST.arxiv_id, "read '); DROP \ud800 %")
    assert not await saved_papers.set_note(database, ANN, UNLISTED.arxiv_id, "no")
    found = await saved_papers.get(database, ANN, FIRST.arxiv_id)
    assert found is not None
    assert found.note == "read '); DROP ? %"
    assert found.saved_at == NOW
    other = await saved_papers.get(database, BO, FIRST.arxiv_id)
    assert other is not None
    assert other.note is None
    for empty in ("", None):
        await saved_papers.set_note(database, ANN, FIRST.arxiv_id, "again")
        await saved_papers.set_note(database, ANN, FIRST.arxiv_id, empty)
        found = await saved_papers.get(database, ANN, FIRST.arxiv_id)
        assert found is not None
        assert found.note is None


async def test_everything_of_one_person_is_removed_on_request(database: Database) -> None:
    await save(database, FIRST)
    await save(database, UNLISTED)
    await save(database, FIRST, BO)
    assert await saved_papers.remove_all(database, ANN) == 2
    assert await saved_papers.remove_all(database, ANN) == 0
    assert await ids(database) == []
    assert await saved_papers.get(database, ANN, FIRST.arxiv_id) is None
    assert await ids(database, BO) == [FIRST.arxiv_id]


async def test_title_and_facts_are_those_of_the_list_or_the_look_up(database: Database) -> None:
    listed, gone = paper(7), Paper("2511.00002", "Gone \ud800")
    await save(database, Paper(listed.arxiv_id, "An old title"))
    await save(database, UNLISTED)
    await save(database, gone)
    await digests.store(database, digest(listed), read_at=NOW)
    await lookups.put(database, StoredLookup(UNLISTED.arxiv_id, UNLISTED, "arXiv", NOW, NOW + HOUR))
    found = await saved_papers.facts(database, ANN)
    assert found[0] == Paper("2511.00002", "Gone ?")
    assert found[1] == UNLISTED
    assert (found[2].title, found[2].authors) == (listed.title, listed.authors)
    titles = await saved_papers.page(database, ANN, limit=3, offset=0)
    assert [each.title for each in titles] == ["Gone ?", UNLISTED.title, listed.title]


async def test_a_look_up_is_kept_while_anybody_has_saved_its_paper(database: Database) -> None:
    known = StoredLookup(UNLISTED.arxiv_id, UNLISTED, "arXiv", NOW, NOW + HOUR)
    await lookups.put(database, known)
    await save(database, UNLISTED)
    await save(database, UNLISTED, BO)
    later = NOW + 3 * KEPT_AFTER_EXPIRY
    unrelated = StoredLookup("2502.00008", None, None, later, later + HOUR)
    await lookups.put(database, unrelated)
    assert await lookups.get(database, UNLISTED.arxiv_id) == known
    await saved_papers.remove(database, ANN, UNLISTED.arxiv_id)
    await lookups.put(database, unrelated)
    assert await lookups.get(database, UNLISTED.arxiv_id) == known
    await saved_papers.remove_all(database, BO)
    await lookups.put(database, unrelated)
    assert await lookups.get(database, UNLISTED.arxiv_id) is None


async def test_a_saved_paper_that_no_service_knows_any_more_is_kept(database: Database) -> None:
    await lookups.put(database, StoredLookup(UNLISTED.arxiv_id, UNLISTED, "arXiv", NOW, NOW + HOUR))
    await save(database, UNLISTED)
    later = NOW + 2 * HOUR
    unknown = StoredLookup(UNLISTED.arxiv_id, None, None, later, later + HOUR)
    await lookups.put(database, unknown)
    kept = StoredLookup(UNLISTED.arxiv_id, UNLISTED, "arXiv", NOW, later + HOUR)
    assert await lookups.get(database, UNLISTED.arxiv_id) == kept
    newer = StoredLookup(
        UNLISTED.arxiv_id,
        Paper(UNLISTED.arxiv_id, "New", details=Details(summary="s")),
        "Hugging Face",
        later,
        later + HOUR,
    )
    await lookups.put(database, newer)
    assert await lookups.get(database, UNLISTED.arxiv_id) == newer
    await saved_papers.remove_all(database, ANN)
    await lookups.put(database, unknown)
    assert await lookups.get(database, UNLISTED.arxiv_id) == unknown


async def test_saving_changes_no_content_that_is_cached(database: Database) -> None:
    before = await database.content_version()
    await save(database, FIRST)
    assert await database.content_version() == before
