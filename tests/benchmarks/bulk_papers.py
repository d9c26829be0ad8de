"""Fill a database with very many papers in seconds, for benchmarks.

It writes the tables directly, without the triggers of the full-text index: what is searched by
words isn't found in such a database.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

from storage.database import Database

READ_AT = "2025-02-21T22:00:00.000000+00:00"
ENGLISH = ("agents", "diffusion", "reasoning", "video", "language", "scaling", "models", "with")
KOREAN = ("추론을", "모델은", "학습하는", "데이터의", "성능을", "언어", "평가에서", "새로운")
BODIES = 500
"""Different texts in each language; papers share them."""
AUTHORS = 5_000
AUTHORS_OF_A_PAPER = 3


async def fill_in_bulk(path: Path, size: int, a_day: int, newest: date) -> None:
    """Store `size` papers on lists of `a_day`, with English and Korean texts.

    Args:
        path: A file that doesn't exist yet.
        size: How many papers.
        a_day: How many papers a list has.
        newest: The day of the last list.
    """
    days = [newest - timedelta(days=back) for back in range(-(-size // a_day))]
    days.reverse()
    async with await Database.open(path):
        pass  # its migrations
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        _write(connection, size, a_day, days)
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("UPDATE content_versions SET papers = papers + 1, votes = votes + 1")
        connection.execute("COMMIT")


def _write(connection: sqlite3.Connection, size: int, a_day: int, days: list[date]) -> None:
    chance = Random(size)
    bodies = {
        language: [" ".join(chance.choices(words, k=30)) + "." for _ in range(BODIES)]
        for language, words in (("en", ENGLISH), ("ko", KOREAN))
    }
    (source,) = connection.execute(
        "INSERT INTO sources (name, kind, precedence) VALUES ('bulk', 'folder', 0) RETURNING id"
    ).fetchone()
    connection.executemany(
        "INSERT INTO digests (id, date, first_read_at, changed_at) VALUES (?, ?, ?, ?)",
        ((number, day.isoformat(), READ_AT, READ_AT) for number, day in enumerate(days, 1)),
    )
    connection.executemany(
        """
        INSERT INTO papers (
            id, arxiv_id, title, text_changed_at, votes, votes_read_at, digest_date, rank, abstract,
            keywords, votes_as_of
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        _papers(size, a_day, days, chance),
    )
    connection.executemany(
        "INSERT INTO digest_papers (digest_id, rank, paper_id, votes) VALUES (?, ?, ?, ?)",
        ((n // a_day + 1, n % a_day + 1, n + 1, n % 200) for n in range(size)),
    )
    connection.executemany(
        "INSERT INTO authors (id, name) VALUES (?, ?)",
        ((number, f"Author Number{number}") for number in range(1, AUTHORS + 1)),
    )
    connection.executemany(
        "INSERT INTO paper_authors (paper_id, position, author_id) VALUES (?, ?, ?)",
        (
            (n + 1, place + 1, (n * 31 + place * 17) % AUTHORS + 1)
            for n in range(size)
            for place in range(AUTHORS_OF_A_PAPER)
        ),
    )
    # The first text is English in every other paper.
    connection.executemany(
        "INSERT INTO texts (id, paper_id, language, source_id, written_at, day)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, number // 2 + 1, _language(number), source, READ_AT, days[0].isoformat())
            for number in range(2 * size)
        ),
    )
    connection.executemany(
        "INSERT INTO sections (text_id, position, heading, body) VALUES (?, 1, ?, ?)",
        (
            (number, "What's New", chance.choice(bodies[_language(number)]))
            for number in range(2 * size)
        ),
    )


def _language(text: int) -> str:
    paper, place = divmod(text, 2)
    return ("en", "ko")[(paper + place) % 2]


def _papers(
    size: int, a_day: int, days: list[date], chance: Random
) -> Iterator[tuple[object, ...]]:
    keywords = json.dumps(["agents", "benchmark"])
    for number in range(size):
        month = number // 50_000
        title = f"{' '.join(chance.choices(ENGLISH, k=7)).title()} {number % 997}"
        yield (
            number + 1,
            f"{month // 12:02}{month % 12 + 1:02}.{number % 50_000:05}",
            title,
            READ_AT,
            number % 200,
            READ_AT,
            days[number // a_day].isoformat(),
            number % a_day + 1,
            f"We study {title.lower()}.",
            keywords,
            READ_AT,
        )
