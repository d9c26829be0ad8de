"""Read what the database has before a list is stored."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from storage.changes import Entry, KnownPaper, KnownState, KnownText
from storage.facts import paper_from_json
from storage.merge import MergedPaper, SourcePaper, Votes, merge
from storage.papers import known_votes, paper_from_row, texts_from_row
from storage.records import SourceList
from storage.times import from_optional_text, from_text


def read_known(connection: sqlite3.Connection, new: SourceList) -> KnownState:
    """Return what is stored of a day, of the papers in its list and of what sources said of them.

    Raises:
        LookupError: There is no such source.
    """
    day = new.date.isoformat()
    ((source_id, precedence, digest_id, last_digest_id, last_paper_id, entries),) = (
        connection.execute(
            """
            SELECT
                (SELECT id FROM sources WHERE name = :source),
                (SELECT precedence FROM sources WHERE name = :source),
                (SELECT id FROM digests WHERE date = :day),
                (SELECT coalesce(max(id), 0) FROM digests),
                (SELECT coalesce(max(id), 0) FROM papers),
                (
                    SELECT json_group_array(json_array(rank, paper_id, votes))
                    FROM (
                        SELECT rank, paper_id, votes
                        FROM digest_papers
                        WHERE digest_id = (SELECT id FROM digests WHERE date = :day)
                        ORDER BY rank
                    )
                )
            """,
            {"source": new.source, "day": day},
        )
    )
    if source_id is None:
        raise LookupError(f"there is no source {new.source!r}")
    said = _source_papers(connection, day) if digest_id is not None else ()
    arxiv_ids = {paper.arxiv_id for paper in new.papers}
    arxiv_ids.update(each.paper.arxiv_id for each in said)
    rows = connection.execute(
        """
        SELECT
            listed_papers.*,
            (
                SELECT day
                FROM texts
                WHERE paper_id = listed_papers.id AND source_id = :source
            ) AS text_day
        FROM listed_papers
        WHERE arxiv_id IN (SELECT value FROM json_each(:ids))
        """,
        {"source": source_id, "ids": json.dumps(list(arxiv_ids))},
    ).fetchall()
    other_days = _other_days(connection, day, [row["id"] for row in rows]) if rows else {}
    return KnownState(
        source_id,
        precedence,
        digest_id,
        last_digest_id,
        last_paper_id,
        tuple(Entry(rank, paper, known_votes(votes)) for rank, paper, votes in json.loads(entries)),
        said,
        {
            row["arxiv_id"]: _known_paper(row, new.source, other_days.get(row["arxiv_id"], ()))
            for row in rows
        },
    )


def _source_papers(connection: sqlite3.Connection, day: str) -> tuple[SourcePaper, ...]:
    """Return what all sources said of a day."""
    rows = connection.execute(
        """
        SELECT source_id, precedence, position, facts, gone_at
        FROM source_days
        CROSS JOIN source_papers USING (source_id, day)
        JOIN sources ON sources.id = source_id
        WHERE source_days.day = ?
        """,
        (day,),
    )
    return tuple(_source_paper(row, day) for row in rows)


def _other_days(
    connection: sqlite3.Connection, day: str, paper_ids: Sequence[int]
) -> dict[str, list[tuple[date, MergedPaper]]]:
    """Return papers, by arXiv id, as the lists of other days have them, the newest first."""
    rows = connection.execute(
        """
        SELECT day, source_id, precedence, position, facts, gone_at
        FROM source_papers
        JOIN sources ON sources.id = source_id
        WHERE paper_id IN (SELECT value FROM json_each(?)) AND day <> ?
        ORDER BY day DESC
        """,
        (json.dumps(paper_ids), day),
    )
    found: dict[str, list[tuple[date, MergedPaper]]] = {}
    for other_day, said in groupby(rows, key=itemgetter("day")):
        for merged in merge(_source_paper(row, other_day) for row in said):
            days = found.setdefault(merged.paper.arxiv_id, [])
            days.append((date.fromisoformat(other_day), merged))
    return found


def _source_paper(row: sqlite3.Row, day: str) -> SourcePaper:
    facts = json.loads(row["facts"])
    votes = known_votes(facts.get("votes"))
    as_of = facts.get("as_of") or f"{day}T00:00:00.000000+00:00"
    return SourcePaper(
        row["source_id"],
        row["precedence"],
        row["position"],
        paper_from_json(facts | {"votes": votes}),
        None
        if votes is None
        else Votes(votes, from_text(as_of), from_text(facts.get("read_at") or as_of)),
        from_optional_text(row["gone_at"]),
    )


def _known_paper(
    row: sqlite3.Row, source: str, other_days: Sequence[tuple[date, MergedPaper]]
) -> KnownPaper:
    listed = paper_from_row(row)
    texts = (text for text in texts_from_row(row) if text.source == source)
    text = next(texts, None)
    day = row["text_day"]
    return KnownPaper(
        row["id"],
        listed,
        from_optional_text(row["votes_as_of"]) if listed.paper.votes is not None else None,
        KnownText(
            text.language if text else None,
            text.sections if text else (),
            date.fromisoformat(day) if day else None,
        ),
        tuple(other_days),
    )
