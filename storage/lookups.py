"""Papers that no list has, as services described them; kept for some days, or while saved."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from storage.database import Database
from storage.facts import paper_from_json, paper_to_json
from storage.records import Paper
from storage.times import from_text, to_text

KEPT_AFTER_EXPIRY: Final = timedelta(days=30)
"""How long what has expired is kept, for times when no service answers."""

_UNSAVED: Final = (
    "NOT EXISTS (SELECT 1 FROM saved_papers WHERE saved_papers.arxiv_id = lookups.arxiv_id)"
)


@dataclass(frozen=True, slots=True)
class StoredLookup:
    """What services said about an arXiv id."""

    arxiv_id: str
    paper: Paper | None
    """`None`: no service knows it."""
    service: str | None
    """The name of the service that knows it; `None` if none does."""
    fetched_at: datetime
    """UTC."""
    expires_at: datetime
    """UTC; from then on the services are asked again."""


async def get(database: Database, arxiv_id: str) -> StoredLookup | None:
    """Return what is stored for an arXiv id, even if it has expired; `None` if nothing is."""
    rows = await database.read("SELECT * FROM lookups WHERE arxiv_id = ?", (arxiv_id,))
    if not rows:
        return None
    (row,) = rows
    facts = row["facts"]
    return StoredLookup(
        arxiv_id=row["arxiv_id"],
        paper=paper_from_json(json.loads(facts)) if facts is not None else None,
        service=row["service"],
        fetched_at=from_text(row["fetched_at"]),
        expires_at=from_text(row["expires_at"]),
    )


async def put(database: Database, lookup: StoredLookup) -> None:
    """Store what services said, in the place of what was stored for the same id.

    What expired long before `lookup.fetched_at` is deleted, so that the table doesn't grow forever.
    A paper that somebody has saved stays, also if no service knows it any more.
    """
    # With ASCII only, lone surrogates in a service's answer can be stored, too.
    facts = json.dumps(paper_to_json(lookup.paper)) if lookup.paper is not None else None
    values = {
        "arxiv_id": lookup.arxiv_id,
        "facts": facts,
        "service": lookup.service,
        "fetched_at": to_text(lookup.fetched_at),
        "expires_at": to_text(lookup.expires_at),
    }
    async with database.transaction() as writer:
        await writer.execute(
            """
            INSERT INTO lookups (arxiv_id, facts, service, fetched_at, expires_at)
            VALUES (:arxiv_id, :facts, :service, :fetched_at, :expires_at)
            ON CONFLICT (arxiv_id) DO UPDATE SET expires_at = excluded.expires_at
            """,
            values,
        )
        await writer.execute(
            f"""
            UPDATE lookups
            SET facts = :facts, service = :service, fetched_at = :fetched_at
            WHERE arxiv_id = :arxiv_id AND (:facts IS NOT NULL OR facts IS NULL OR {_UNSAVED})
            """,  # noqa: S608 - a constant
            values,
        )
        await writer.execute(
            f"DELETE FROM lookups WHERE expires_at < ? AND {_UNSAVED}",  # noqa: S608 - a constant
            (to_text(lookup.fetched_at - KEPT_AFTER_EXPIRY),),
        )
