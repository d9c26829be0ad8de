"""The papers of past lists, as far as it takes to tell which of them a filter keeps."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from storage.database import Database
from storage.papers import paper_from_row
from storage.records import Paper


@dataclass(frozen=True, slots=True)
class PastPaper:
    """A paper on the list of a day, without its texts."""

    day: date
    paper_id: int
    votes: int | None
    """The newest ones that are known."""

    def has_votes(self, least: int | None) -> bool:
        """Return whether it has at least so many votes; any paper has `None` of them."""
        return least is None or (self.votes is not None and self.votes >= least)


async def since(database: Database, day: date, *, limit: int) -> tuple[PastPaper, ...]:
    """Return the papers of the lists of a day and later, newest day first; at most `limit`."""
    rows = await database.read(
        """
        SELECT digests.date, papers.id, papers.votes
        FROM digests
        CROSS JOIN digest_papers ON digest_papers.digest_id = digests.id
        CROSS JOIN papers ON papers.id = digest_papers.paper_id
        WHERE digests.date >= ?
        ORDER BY digests.date DESC, digest_papers.rank
        LIMIT ?
        """,
        (day.isoformat(), limit),
    )
    return tuple(PastPaper(date.fromisoformat(day), id_, votes) for day, id_, votes in rows)


async def get(database: Database, paper_ids: Collection[int]) -> dict[int, Paper]:
    """Return papers with their texts, by their ids in the database."""
    rows = await database.read(
        "SELECT * FROM listed_papers WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(paper_ids)),),
    )
    return {row["id"]: paper_from_row(row).paper for row in rows}
