"""Searches that buttons belong to, so that these work after a restart. They name no person."""

import json
from datetime import date, timedelta
from typing import Any, Final

from storage.database import Database, Writer
from storage.search import Request, Sort

KEPT: Final = timedelta(days=400)
"""How long a search is kept after its last use."""


async def keep(database: Database, request: Request, *, today: date) -> int:
    """Store a search, and return its id; an equal one is stored once.

    Raises:
        StorageError: It could not be stored.
    """
    async with database.transaction() as writer:
        ((search_id,),) = await writer.execute_fetchall(
            """
            INSERT INTO searches (request, used_on) VALUES (?, ?)
            ON CONFLICT (request) DO UPDATE SET used_on = excluded.used_on
            RETURNING id
            """,
            (_encode(request), today.isoformat()),
        )
    return int(search_id)


async def get(database: Database, search_id: int) -> Request | None:
    """Return a search; `None` if it isn't kept any more."""
    rows = await database.read("SELECT request FROM searches WHERE id = ?", (search_id,))
    return _decode(rows[0]["request"]) if rows else None


async def delete_unused(writer: Writer, *, today: date) -> None:
    """Delete searches that nobody has used for long."""
    await writer.execute("DELETE FROM searches WHERE used_on < ?", ((today - KEPT).isoformat(),))


def _encode(request: Request) -> str:
    values = {
        "text": request.text,
        "author": request.author,
        "org": request.org,
        "since": request.since and request.since.isoformat(),
        "until": request.until and request.until.isoformat(),
        "min_votes": request.min_votes,
        "sort": request.sort if request.sort is not Sort.RELEVANCE else None,
    }
    given = {key: value for key, value in values.items() if value not in (None, "")}
    return json.dumps(given, ensure_ascii=False, sort_keys=True)


def _decode(text: str) -> Request:
    values: dict[str, Any] = json.loads(text)
    for key in ("since", "until"):
        if key in values:
            values[key] = date.fromisoformat(values[key])
    return Request(**(values | {"sort": Sort(values.get("sort", Sort.RELEVANCE))}))
