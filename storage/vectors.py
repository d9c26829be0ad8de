"""Vectors of papers: which are missing, and those that are there."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from storage import search_index
from storage.database import Database
from storage.normalization import plain
from storage.records import Paper, VectorCounts
from storage.tokens import is_cjk

RECIPE: Final = 1
"""The version of `embedded_text`; with another one all papers are embedded anew."""
_LONGEST: Final = 800
"""How much of a text is embedded; a Korean character counts twice. More takes longer, and finds the
paper less often: what is said first is the most important."""


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A paper that waits to be embedded."""

    paper_id: int
    text: str | None
    """What is embedded; `None` if the paper is gone."""
    has_vector: bool
    """Whether the model has embedded just this text before."""

    @property
    def hash(self) -> bytes:
        """The hash of the text."""
        return _hash(self.text or "")


def embedded_text(title: str, bodies: Iterable[str | None]) -> str:
    r"""Return what is embedded of a paper: its title and the beginnings of its texts.

    >>> embedded_text("A *Title*", ["One sentence.", None])
    'A Title\nOne sentence.'
    """
    text = "\n".join(" ".join(plain(each).split()) for each in (title, *bodies) if each)
    room = _LONGEST
    for place, character in enumerate(text):
        room -= 2 if is_cjk(character) else 1
        if room < 0:
            return text[:place]
    return text


def text_of(paper: Paper) -> str:
    """Return what is embedded of a paper, as if it were stored."""
    texts = [paper.sections, *(text.sections for text in paper.other_texts)]
    bodies = [section.body for sections in texts for section in sections]
    return embedded_text(paper.title, [paper.details.summary, *bodies, paper.details.abstract])


async def use_model(database: Database, name: str) -> int:
    """Return the id of a model; if it isn't the one used last, let it embed all papers."""
    rows = await database.read(
        "SELECT id FROM embedding_models WHERE name = ? AND is_current", (name,)
    )
    if not rows:
        # Vectors of other models stay in their rows until these are written anew.
        async with database.transaction() as writer:
            await writer.execute("UPDATE embedding_models SET is_current = 0")
            rows = list(
                await writer.execute_fetchall(
                    """
                    INSERT INTO embedding_models (name, is_current) VALUES (?, 1)
                    ON CONFLICT (name) DO UPDATE SET is_current = 1
                    RETURNING id
                    """,
                    (name,),
                )
            )
            await writer.execute(
                "INSERT INTO papers_to_embed (paper_id) SELECT id FROM papers WHERE true"
                " ON CONFLICT DO NOTHING"
            )
    return int(rows[0]["id"])


async def current_model(database: Database) -> tuple[int, str] | None:
    """Return the id and the name of the model used last; `None` if there is none."""
    rows = await database.read("SELECT id, name FROM embedding_models WHERE is_current")
    return (rows[0]["id"], rows[0]["name"]) if rows else None


async def counts(database: Database) -> VectorCounts | None:
    """Return how far the model used last is; `None` if there is none."""
    model = await current_model(database)
    if model is None:
        return None
    ((embedded, waiting),) = await database.read(
        "SELECT (SELECT count(*) FROM paper_vectors WHERE model_id = ?),"
        " (SELECT count(*) FROM papers_to_embed)",
        (model[0],),
    )
    return VectorCounts(model[1], embedded, waiting)


async def waiting(database: Database, model_id: int, *, limit: int) -> list[WaitingPaper]:
    """Return papers that wait to be embedded, those added last first.

    A paper that is not indexed as it is waits until it is, so that no change is missed; a few are
    indexed first.
    """
    return await search_index.read(database, _waiting, model_id, limit)


def _waiting(connection: sqlite3.Connection, model_id: int, limit: int) -> list[WaitingPaper]:
    rows = connection.execute(
        "SELECT paper_id FROM papers_to_embed"
        " WHERE paper_id NOT IN (SELECT paper_id FROM stale_papers)"
        " ORDER BY paper_id DESC LIMIT ?",
        (limit,),
    )
    return _read(connection, model_id, [row[0] for row in rows])


def _read(
    connection: sqlite3.Connection, model_id: int, paper_ids: Sequence[int]
) -> list[WaitingPaper]:
    """Return papers in the given order; one that is gone has no text."""
    rows = connection.execute(
        """
        SELECT paper_texts.id, title, summary, sections, abstract, text_hash
        FROM json_each(?) AS wanted
        CROSS JOIN paper_texts ON paper_texts.id = wanted.value
        LEFT JOIN paper_vectors ON paper_id = paper_texts.id AND model_id = ?
        """,
        (json.dumps(paper_ids), model_id),
    )
    found = {}
    for paper_id, title, summary, sections, abstract, text_hash in rows:
        text = embedded_text(title, [summary, *json.loads(sections), abstract])
        found[paper_id] = WaitingPaper(paper_id, text, has_vector=text_hash == _hash(text))
    return [found.get(each, WaitingPaper(each, None, has_vector=True)) for each in paper_ids]


async def store(
    database: Database, model_id: int, embedded: Sequence[tuple[WaitingPaper, bytes | None]]
) -> frozenset[int]:
    """Store the vectors of papers, which then don't wait any more; return which were stored.

    One whose text has changed meanwhile still waits. `None` is the vector of a paper that can't be
    embedded, or needn't be.
    """
    async with database.transaction() as writer:
        return await writer.run(_store, model_id, embedded)


def _store(
    connection: sqlite3.Connection,
    model_id: int,
    embedded: Sequence[tuple[WaitingPaper, bytes | None]],
) -> frozenset[int]:
    ids = [paper.paper_id for paper, _ in embedded]
    now = {paper.paper_id: paper.text for paper in _read(connection, model_id, ids)}
    current = [(paper, vector) for paper, vector in embedded if now[paper.paper_id] == paper.text]
    stored = [(paper, vector) for paper, vector in current if vector is not None]
    connection.executemany(
        """
        INSERT INTO paper_vectors (paper_id, model_id, text_hash, vector) VALUES (?, ?, ?, ?)
        ON CONFLICT (paper_id) DO UPDATE SET
            model_id = excluded.model_id, text_hash = excluded.text_hash, vector = excluded.vector
        """,
        [(paper.paper_id, model_id, paper.hash, vector) for paper, vector in stored],
    )
    connection.executemany(
        "DELETE FROM paper_vectors WHERE paper_id = ?",
        [(paper.paper_id,) for paper, _ in current if paper.text is None],
    )
    connection.executemany(
        "DELETE FROM papers_to_embed WHERE paper_id = ?",
        [(paper.paper_id,) for paper, _ in current],
    )
    return frozenset(paper.paper_id for paper, _ in stored)


async def chunk(
    database: Database, model_id: int, *, below: int | None, limit: int
) -> list[tuple[int, bytes]]:
    """Return the ids and vectors of papers, those added last first, with ids below a number."""
    rows = await database.read(
        "SELECT paper_id, vector FROM paper_vectors"
        " WHERE (? IS NULL OR paper_id < ?) AND model_id = ? ORDER BY paper_id DESC LIMIT ?",
        (below, below, model_id, limit),
    )
    return [(row[0], row[1]) for row in rows]


def of_ids(
    connection: sqlite3.Connection, model_id: int, paper_ids: Sequence[int]
) -> list[tuple[int, bytes]]:
    """Return the ids and vectors of some papers, in no order."""
    return connection.execute(
        "SELECT paper_id, vector FROM paper_vectors"
        " WHERE paper_id IN (SELECT value FROM json_each(?)) AND model_id = ?",
        (json.dumps(paper_ids), model_id),
    ).fetchall()


async def of_paper(database: Database, model_id: int, arxiv_id: str) -> bytes | None:
    """Return the vector of a paper; `None` if there is none."""
    rows = await database.read(
        "SELECT vector FROM paper_vectors WHERE model_id = ?"
        " AND paper_id = (SELECT id FROM papers WHERE arxiv_id = ?)",
        (model_id, arxiv_id),
    )
    return rows[0]["vector"] if rows else None


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
