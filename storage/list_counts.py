"""How many papers the lists of past days have, and whether there are texts in a language."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Database
from storage.times import from_text


async def per_day(database: Database, *, since: date) -> dict[date, int]:
    """Return the number of papers of each list, of the day `since` and later, oldest first."""
    rows = await database.read(
        """
        SELECT date, (SELECT count(*) FROM digest_papers WHERE digest_id = digests.id) AS papers
        FROM digests
        WHERE date >= ? AND papers > 0
        ORDER BY date
        """,
        (since.isoformat(),),
    )
    return {date.fromisoformat(row["date"]): row["papers"] for row in rows}


@dataclass(frozen=True, slots=True)
class NewestList:
    """The newest list of papers."""

    day: date
    papers: int
    received_at: datetime
    """UTC; when it was first read."""


async def newest(database: Database) -> NewestList | None:
    """Return the newest list; `None` if there is none."""
    rows = await database.read(
        """
        SELECT
            date,
            (SELECT count(*) FROM digest_papers WHERE digest_id = digests.id) AS papers,
            first_read_at
        FROM digests
        ORDER BY date DESC
        LIMIT 1
        """
    )
    for row in rows:
        received_at = from_text(row["first_read_at"])
        return NewestList(date.fromisoformat(row["date"]), row["papers"], received_at)
    return None


async def has_texts(database: Database, language: str, *, day: date) -> bool:
    """Return whether any paper of a day's list has a text in a language."""
    ((found,),) = await database.read(
        """
        SELECT EXISTS (
            SELECT 1
            FROM digests
            JOIN digest_papers ON digest_papers.digest_id = digests.id
            JOIN texts ON texts.paper_id = digest_papers.paper_id
            WHERE digests.date = ? AND texts.language = ?
        )
        """,
        (day.isoformat(), language),
    )
    return bool(found)
