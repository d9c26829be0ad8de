"""Terms that Korean digests give with their English form: `강화 학습(Reinforcement Learning)`.

They are counted where a digest's text is stored; what language models write isn't counted, since
they are given these terms.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from storage import key_value
from storage.database import Database
from storage.records import Section, SourceKind

_KOREAN: Final = "ko"
_COUNTED: Final = "terms"
"""The key under which it is remembered that older texts have been counted."""
_BATCH: Final = 500
_ENGLISH: Final = re.compile(r"\((?P<english>[A-Za-z][A-Za-z0-9 .&/+'-]{1,60})\)")
_BREAK: Final = re.compile(r"[^가-힣A-Za-z0-9 -]")
_READ_BEFORE: Final = 80
"""Characters before a term; a Korean form is shorter."""
_MAX_ROWS: Final = 1000
"""Of one statement."""
_MOST_PAIRS: Final = 200
"""Of one text: a long one has a tenth of that."""
_ABBREVIATION: Final = re.compile("[A-Z]{2,}s?")
_HANGUL_WORD: Final = re.compile(r"[A-Za-z0-9-]*[가-힣]+[가-힣A-Za-z0-9-]*")
_ENDS_PHRASE: Final = re.compile(
    r"(?:[은는을를의와과및]|에서?|으로|이나|하는|되는|통해|통한|위한|위해|있는|새로운|기반한|대한|된|같은|다양한|또한)\Z"
)
"""The end of a Korean word that belongs to what stands before a term."""
_MOST_WORDS: Final = 5


def pairs_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the English terms of a text, each with its Korean form.

    A Korean form has as many words as the English one, or as an abbreviation has letters; where a
    particle ends a word, it begins behind it.

    >>> list(pairs_in("우리는 강화 학습(Reinforcement Learning)으로 대규모 언어 모델(LLM)을"))
    [('Reinforcement Learning', '강화 학습'), ('LLM', '대규모 언어 모델')]
    """
    for mark in "*`_":
        text = text.replace(mark, "")
    for match in islice(_ENGLISH.finditer(text), _MOST_PAIRS):
        english = " ".join(match["english"].split()).rstrip(" .,-/&+'")
        words = re.split(r"[ -]", english)
        letters = len(english.removesuffix("s")) if _ABBREVIATION.fullmatch(english) else 0
        most = min(letters or len(words), _MOST_WORDS)
        before = text[max(match.start() - _READ_BEFORE, 0) : match.start()]
        korean = _words_before(_BREAK.split(before)[-1], most)
        if korean and english and len(words) <= _MOST_WORDS:
            yield english, korean


def _words_before(text: str, most: int) -> str:
    taken: list[str] = []
    if text != text.rstrip():
        return ""  # a remark, and not the other name of the word before it
    for word in reversed(text.split()):
        is_part = _HANGUL_WORD.fullmatch(word) and not (taken and _ENDS_PHRASE.search(word))
        if len(taken) == most or not is_part:
            break
        taken.insert(0, word)
    return " ".join(taken)


def write_terms(
    connection: sqlite3.Connection,
    texts: Iterable[tuple[int, str, Sequence[Section]]],
) -> None:
    """Count the terms of new texts: id, language and sections of each."""
    found = [
        (text_id, english, korean, count)
        for text_id, language, sections in texts
        if language == _KOREAN
        for (english, korean), count in _count(section.body for section in sections).items()
    ]
    for start in range(0, len(found), _MAX_ROWS):
        rows = found[start : start + _MAX_ROWS]
        connection.execute(
            f"""
            INSERT INTO text_terms (text_id, english, korean, count)
            VALUES {", ".join(["(?, ?, ?, ?)"] * len(rows))}
            ON CONFLICT (text_id, english, korean) DO NOTHING
            """,  # noqa: S608 - only places of values
            tuple(chain.from_iterable(rows)),
        )


def _count(bodies: Iterable[str]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    forms: dict[str, str] = {}
    for body in bodies:
        for english, korean in pairs_in(body):
            found[forms.setdefault(english.casefold(), english), korean] += 1
    return found


async def count_older(database: Database) -> None:
    """Count the terms of texts that were stored before terms were counted; once per database."""
    if await key_value.get(database, _COUNTED) is not None:
        return
    last = 0
    while True:
        async with database.transaction() as writer:
            following = await writer.run(_count_batch, last)
        if following is None:
            break
        last = following
    await key_value.put(database, _COUNTED, "counted")


def _count_batch(connection: sqlite3.Connection, after: int) -> int | None:
    rows = connection.execute(
        """
        SELECT texts.id, language, json_group_array(body) AS bodies
        FROM texts
        JOIN sources ON sources.id = source_id
        JOIN sections ON text_id = texts.id
        WHERE texts.id > ? AND language = ? AND kind <> ?
        GROUP BY texts.id
        ORDER BY texts.id
        LIMIT ?
        """,
        (after, _KOREAN, SourceKind.WRITER, _BATCH),
    ).fetchall()
    write_terms(
        connection,
        [
            (
                row["id"],
                row["language"],
                [Section(None, body) for body in json.loads(row["bodies"])],
            )
            for row in rows
        ],
    )
    return rows[-1]["id"] if rows else None


async def korean_forms(
    database: Database, english: Iterable[str], *, least: int = 2
) -> dict[str, str]:
    """Return the most frequent Korean form of each English term that has one.

    Args:
        database: Where the terms are.
        english: In any case; the result has them as they were first written.
        least: How often a form must have been used.
    """
    rows = await database.read(
        """
        SELECT english, korean
        FROM (
            SELECT
                english, korean, count,
                row_number() OVER (PARTITION BY english ORDER BY count DESC, korean) AS place
            FROM terms
            WHERE english IN (SELECT value FROM json_each(?)) AND count >= ?
        )
        WHERE place = 1
        ORDER BY count DESC, english
        """,
        (json.dumps(sorted(set(english))), least),
    )
    return {row["english"]: row["korean"] for row in rows}
