"""Texts that a language model wrote: sentences in sections, each with the passage it rests on."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from storage.database import Database, Writer
from storage.records import Basis, SourceKind, model_of, source_of_model
from storage.times import from_optional_text, from_text, to_text

_CURRENT: Final = 2_000_000
"""The precedence of the model in use: behind every digest's text, also those of `files`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the passage that it rests on."""

    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section of a written text."""

    heading: str
    sentences: tuple[Sentence, ...]
    """Not empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenText:
    """A text that a language model wrote."""

    arxiv_id: str
    language: str
    model: str
    sections: tuple[WrittenSection, ...]
    """Not empty."""
    basis: Basis
    basis_hash: str
    """Of what the model was given to read."""
    prompt_version: str
    written_at: datetime
    """UTC."""
    hidden_at: datetime | None = None
    """UTC; since when readers don't see it. `None`: they do."""


class UnknownPaperError(LookupError):
    """No list has the paper, or it has no such text."""


async def configure(database: Database, model: str) -> None:
    """Record which model writes now: its texts come before those of other models."""
    async with database.transaction() as writer:
        await writer.execute(
            """
            UPDATE sources SET precedence = :current + id
            WHERE kind = :kind AND name <> :name AND precedence = :current
            """,
            {"current": _CURRENT, "kind": SourceKind.WRITER, "name": source_of_model(model)},
        )
        await writer.execute(
            """
            INSERT INTO sources (name, kind, precedence) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET precedence = excluded.precedence
            WHERE precedence <> excluded.precedence
            """,
            (source_of_model(model), SourceKind.WRITER, _CURRENT),
        )


async def store(database: Database, text: WrittenText) -> None:
    """Store a text in place of any that a model wrote of the paper in this language before.

    Raises:
        UnknownPaperError: No list has the paper.
        StorageError: It could not be written; nothing was stored.
    """
    try:
        async with database.transaction() as writer:
            await writer.run(_store, text)
    finally:
        database.content_changed()


def _store(connection: sqlite3.Connection, text: WrittenText) -> None:
    paper_id = _paper_id(connection, text.arxiv_id)
    _delete(connection, paper_id, text.language)
    ((source_id,),) = connection.execute(
        "SELECT id FROM sources WHERE name = ?", (source_of_model(text.model),)
    )
    ((text_id,),) = connection.execute(
        """
        INSERT INTO texts (
            paper_id, language, source_id, written_at, basis, basis_hash, prompt_version
        )
        VALUES (?, ?, ?, ?, ?, ?, ?)
        RETURNING id
        """,
        (
            paper_id,
            text.language,
            source_id,
            to_text(text.written_at),
            text.basis,
            text.basis_hash,
            text.prompt_version,
        ),
    ).fetchall()
    for number, section in enumerate(text.sections, start=1):
        body = " ".join(sentence.text for sentence in section.sentences)
        connection.execute(
            "INSERT INTO sections (text_id, position, heading, body) VALUES (?, ?, ?, ?)",
            (text_id, number, section.heading, body),
        )
        connection.executemany(
            """
            INSERT INTO receipts (text_id, section, position, sentence, quote)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                (text_id, number, position, sentence.text, sentence.quote)
                for position, sentence in enumerate(section.sentences, start=1)
            ],
        )
    announce(connection)


async def delete(writer: Writer, arxiv_id: str, language: str) -> None:
    """Delete what models wrote of a paper in a language, in the transaction of what replaces it.

    Raises:
        UnknownPaperError: No list has the paper.
    """
    await writer.run(_delete_of, arxiv_id, language)


def _delete_of(connection: sqlite3.Connection, arxiv_id: str, language: str) -> None:
    _delete(connection, _paper_id(connection, arxiv_id), language)
    announce(connection)


def _delete(connection: sqlite3.Connection, paper_id: int, language: str) -> None:
    # Sections first: their triggers need the text to find the paper.
    wanted = """
        SELECT texts.id
        FROM texts
        JOIN sources ON sources.id = source_id
        WHERE paper_id = ? AND language = ? AND kind = 'writer'
    """
    for statement in (
        f"DELETE FROM sections WHERE text_id IN ({wanted})",  # noqa: S608 - a constant
        f"DELETE FROM texts WHERE id IN ({wanted})",  # noqa: S608 - a constant
    ):
        connection.execute(statement, (paper_id, language))


def announce(connection: sqlite3.Connection) -> None:
    """Increment the content version: a paper has another text."""
    connection.execute("UPDATE content_versions SET papers = papers + 1")


def _paper_id(connection: sqlite3.Connection, arxiv_id: str) -> int:
    found = connection.execute("SELECT id FROM papers WHERE arxiv_id = ?", (arxiv_id,)).fetchone()
    if found is None:
        raise UnknownPaperError(arxiv_id)
    return int(found[0])


async def get(
    database: Database, arxiv_id: str, language: str, *, or_hidden: bool = False
) -> WrittenText | None:
    """Return what a model wrote of a paper in a language; `None` if there is nothing.

    Args:
        database: Where it is.
        arxiv_id: The paper.
        language: The code of the language.
        or_hidden: Whether a hidden text is returned, too.
    """
    rows = await database.read(
        """
        SELECT
            arxiv_id, texts.language, sources.name AS source, basis, basis_hash, prompt_version,
            written_at, hidden_at, sections.position AS section, heading, receipts.sentence,
            receipts.quote
        FROM papers
        JOIN texts ON texts.paper_id = papers.id
        JOIN sources ON sources.id = texts.source_id
        JOIN sections ON sections.text_id = texts.id
        JOIN receipts ON receipts.text_id = texts.id AND receipts.section = sections.position
        WHERE arxiv_id = ? AND texts.language = ? AND kind = 'writer'
            AND (hidden_at IS NULL OR ?)
        ORDER BY sections.position, receipts.position
        """,
        (arxiv_id, language, or_hidden),
    )
    return _written_text(rows) if rows else None


def _written_text(rows: list[sqlite3.Row]) -> WrittenText:
    first = rows[0]
    sections = groupby(rows, key=lambda row: (row["section"], row["heading"]))
    return WrittenText(
        arxiv_id=first["arxiv_id"],
        language=first["language"],
        model=model_of(first["source"]) or "",
        sections=tuple(
            WrittenSection(heading, tuple(Sentence(row["sentence"], row["quote"]) for row in each))
            for (_, heading), each in sections
        ),
        basis=Basis(first["basis"]),
        basis_hash=first["basis_hash"],
        prompt_version=first["prompt_version"],
        written_at=from_text(first["written_at"]),
        hidden_at=from_optional_text(first["hidden_at"]),
    )


async def without_text(
    database: Database, arxiv_ids: tuple[str, ...], language: str
) -> tuple[str, ...]:
    """Return those of some papers that have no text in a language, in the same order.

    A text that was hidden counts: it isn't written again without being asked for. So does one of a
    region, such as `en-GB`. Papers that no list has, and withdrawn ones, are left out.
    """
    rows = await database.read(
        f"""
        SELECT arxiv_id
        FROM json_each(:ids) AS wanted
        JOIN papers ON papers.arxiv_id = wanted.value
        WHERE {_LACKS_TEXT}
        ORDER BY wanted.key
        """,  # noqa: S608 - a constant
        {"ids": json.dumps(arxiv_ids), "language": language},
    )
    return tuple(row["arxiv_id"] for row in rows)


async def has_text(database: Database, arxiv_id: str, language: str) -> bool:
    """Return whether readers see a text of a paper in a language, whoever wrote it."""
    rows = await database.read(
        """
        SELECT 1
        FROM papers
        JOIN texts ON texts.paper_id = papers.id
        WHERE arxiv_id = :id AND hidden_at IS NULL
            AND (language = :language OR language GLOB :language || '[-_]*')
        LIMIT 1
        """,
        {"id": arxiv_id, "language": language},
    )
    return bool(rows)


async def newest_without_text(database: Database, language: str, *, limit: int) -> tuple[str, ...]:
    """Return papers that have no text in a language: the newest first, then the most voted."""
    rows = await database.read(
        f"""
        SELECT arxiv_id
        FROM papers
        WHERE {_LACKS_TEXT}
        ORDER BY digest_date DESC, votes DESC, rank, arxiv_id
        LIMIT :limit
        """,  # noqa: S608 - a constant
        {"language": language, "limit": limit},
    )
    return tuple(row["arxiv_id"] for row in rows)


_LACKS_TEXT: Final = """
    withdrawn_at IS NULL AND NOT EXISTS (
        SELECT 1
        FROM texts
        WHERE texts.paper_id = papers.id
            AND (language = :language OR language GLOB :language || '[-_]*')
    )
"""
