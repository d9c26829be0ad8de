"""Papers and digests to store: what a test does not say of them is the same each time."""

from datetime import UTC, date, datetime

from storage.records import Digest, Paper, Section

DAY = date(2025, 2, 21)
NOW = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)


def paper(number: int = 1, **fields: object) -> Paper:
    given: dict[str, object] = {
        "title": f"Title {number}",
        "votes": 10 * number,
        "authors": ("Ada Lovelace", f"Author {number}"),
        "sections": (Section("What's New", f"Body of {number}"),),
    }
    return Paper(f"2502.{number:05}", **(given | fields))  # type: ignore[arg-type]  # a test's


def digest(*papers: Paper, day: date = DAY) -> Digest:
    return Digest(day, papers)
