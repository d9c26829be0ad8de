"""Papers that are found by their id, and the authors whom a query names."""

from storage_samples import NOW, digest, paper

from storage import digests, search
from storage.database import Database
from storage.search import Request


async def test_an_id_or_an_address_finds_its_paper(database: Database) -> None:
    ann = paper(1, authors=("Ann Lee",), votes=3)
    await digests.store(database, digest(ann, paper(2)), read_at=NOW)

    async def found(request: Request) -> list[str]:
        result = await search.search(database, request, limit=9)
        assert result.total == len(result.hits)
        return [hit.listed.paper.arxiv_id for hit in result.hits]

    for text in (ann.arxiv_id, f"arXiv:{ann.arxiv_id}v3", f"https://hf.co/papers/{ann.arxiv_id}"):
        assert await found(Request(text)) == [ann.arxiv_id]
        assert await found(Request(text, author="lee", min_votes=3)) == [ann.arxiv_id]
        assert await found(Request(text, author="kim")) == []
        assert await found(Request(text, min_votes=4)) == []
    assert await found(Request("2502.99999")) == []


async def test_results_have_the_authors_who_were_asked_for(database: Database) -> None:
    names = ("Lee-Ann Fox", "Leela Ray", "Ann Lee", "Zoë Quux", "김철수")
    await digests.store(database, digest(paper(1, authors=names)), read_at=NOW)

    async def named(request: Request) -> tuple[str, ...]:
        (hit,) = (await search.search(database, request, limit=9)).hits
        return hit.authors

    assert await named(Request("author:lee")) == ("Lee-Ann Fox", "Ann Lee", "Leela Ray")
    assert await named(Request("author:ray author:quux")) == ("Leela Ray", "Zoë Quux")
    assert await named(Request(author="quux z.")) == ("Zoë Quux",)
    assert await named(Request(author="김철수")) == ("김철수",)
    assert await named(Request("lee -author:kim")) == ()
