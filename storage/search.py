"""Full-text search of papers by title, authors and text."""

from storage.database import Database
from storage.papers import paper_from_row
from storage.records import ListedPaper
from storage.words import prefix_query


async def search(
    database: Database, text: str, *, limit: int, among: int | None = None
) -> tuple[ListedPaper, ...]:
    """Return the papers that contain all words, each as the prefix of a word, best match first.

    A match in a title weighs more than one in an author's name, and that more than one in the text.
    A text without words finds nothing.

    Args:
        database: Where they are.
        text: The words.
        limit: How many papers to return at most.
        among: How many matches to rank, those added last; `None` for all, which is slow if there
            are very many.
    """
    query = prefix_query(text)
    if query is None:
        return ()
    rows = await database.read(
        """
        SELECT listed_papers.*
        FROM (
            SELECT id, score
            FROM (
                SELECT rowid AS id, bm25(paper_words, 8.0, 4.0, 1.0) AS score
                FROM paper_words
                WHERE paper_words MATCH ?
                ORDER BY rowid DESC
                LIMIT ?
            )
            ORDER BY score, id DESC
            LIMIT ?
        ) AS found
        CROSS JOIN listed_papers ON listed_papers.id = found.id
        ORDER BY score, listed_papers.id DESC
        """,
        # A negative limit means no limit.
        (query, -1 if among is None else among, limit),
    )
    return tuple(map(paper_from_row, rows))
