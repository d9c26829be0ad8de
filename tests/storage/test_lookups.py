from datetime import timedelta

from storage_samples import NOW, paper

from storage import lookups, papers, search, suggestions
from storage.database import Database
from storage.lookups import KEPT_AFTER_EXPIRY, StoredLookup
from storage.records import Details, Paper

HOUR = timedelta(hours=1)
FOUND = Paper("2502.00009", "A Lone \ud800 Surrogate", details=Details(abstract="초록입니다."))


def lookup(found: Paper | None, arxiv_id: str = FOUND.arxiv_id) -> StoredLookup:
    return StoredLookup(arxiv_id, found, "arXiv" if found else None, NOW, NOW + HOUR)


async def test_the_last_answer_for_an_id_is_returned_after_it_expired(database: Database) -> None:
    assert await lookups.get(database, FOUND.arxiv_id) is None
    await lookups.put(database, lookup(None))
    assert await lookups.get(database, FOUND.arxiv_id) == lookup(None)
    await lookups.put(database, lookup(FOUND))
    assert await lookups.get(database, FOUND.arxiv_id) == lookup(FOUND)


async def test_what_expired_long_ago_is_deleted(database: Database) -> None:
    await lookups.put(database, lookup(FOUND))
    later = NOW + HOUR + KEPT_AFTER_EXPIRY
    await lookups.put(database, StoredLookup("2502.00008", None, None, later, later + HOUR))
    assert await lookups.get(database, FOUND.arxiv_id) is not None
    later += timedelta(seconds=1)
    await lookups.put(database, StoredLookup("2502.00008", None, None, later, later + HOUR))
    assert await lookups.get(database, FOUND.arxiv_id) is None


async def test_a_stored_answer_is_in_no_list_search_or_suggestion(database: Database) -> None:
    sought = paper(7)
    before = await database.content_version()
    await lookups.put(database, lookup(sought, sought.arxiv_id))
    assert await database.content_version() == before
    assert await papers.get(database, sought.arxiv_id) is None
    assert await suggestions.suggest(database, sought.arxiv_id) == ()
    assert await suggestions.suggest(database, sought.title) == ()
    assert await suggestions.near(database, "2502.00006") == ()
    found = await search.search(database, search.Request(sought.title), limit=5)
    assert (found.hits, found.total) == ((), 0)
    assert (await papers.top(database, first=None, last=None, limit=10)).total == 0
