from pathlib import Path

from storage_samples import NOW, in_language, writer_of

from bot.digest import decode, parse
from storage import digests, papers
from storage.database import Database
from storage.records import Digest


def _read(folder: Path) -> list[Digest]:
    return [
        digest
        for path in sorted(folder.rglob("*.md"))
        for digest in parse(decode(path.read_bytes()), path=str(path))[0]
    ]


async def test_real_digests_come_back_as_they_were_read(
    database: Database, digests_folder: Path
) -> None:
    read = _read(digests_folder)
    for digest in read:
        await digests.store(database, digest, read_at=NOW)
    assert await papers.count(database) == len(
        {paper.arxiv_id for digest in read for paper in digest.papers}
    )
    # A paper listed again later has its later text and votes in the older digest too.
    newest = {paper.arxiv_id: in_language(paper) for digest in read for paper in digest.papers}
    for digest in read:
        listed = await digests.get(database, digest.date)
        assert listed is not None
        assert tuple(each.paper for each in listed.papers) == tuple(
            newest[paper.arxiv_id] for paper in digest.papers
        )
    writer = await writer_of(database)
    changes = writer.total_changes
    for digest in read:
        stored = await digests.store(database, digest, read_at=NOW)
        assert stored.same == len(digest.papers)
    assert writer.total_changes == changes
