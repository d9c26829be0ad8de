"""Terms that Korean digests give with their English form: `강화 학습(Reinforcement Learning; RL)`.

For each pair the texts are counted that have it, where a digest's text is stored: a term that one
text repeats is no better known. What language models write isn't counted, since they are given
these terms.

How many Korean words belong to a term can only be guessed from one text: as many as the English
form has, or one more, such as `미세 조정(finetuning)`. Both forms are counted; `IS_WHOLE` tells
which of them is the term.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, product
from typing import Final

from storage import key_value
from storage.database import Database
from storage.records import Section, SourceKind

_KOREAN: Final = "ko"
_COUNTED: Final = "terms"
"""The key under which it is remembered by which rule all texts have been counted."""
_RULE: Final = "texts"
"""The rule of `pairs_in` and `write_terms`: with another one all texts are counted anew."""
_BATCH: Final = 500
_ENGLISH: Final = re.compile(
    r"\((?P<names>[A-Za-z][A-Za-z0-9 .&/+'-]{1,60}(?:[;,:][A-Za-z0-9 .&/+'-]{1,60})?)\)"
)
_BETWEEN_NAMES: Final = re.compile("[;,:]")
_BREAK: Final = re.compile(r"[^가-힣A-Za-z0-9 -]")
_READ_BEFORE: Final = 80
"""Characters before a term; a Korean form is shorter."""
_MAX_ROWS: Final = 1000
"""Rows of one statement."""
_MOST_PAIRS: Final = 200
"""The most pairs of a text: a long one has a tenth of that."""
_ABBREVIATION: Final = re.compile("[A-Z]{2,}s?")
_HANGUL_WORD: Final = re.compile(r"[A-Za-z0-9-]*[가-힣]+[가-힣A-Za-z0-9-]*")
_ENDS_PHRASE: Final = re.compile(
    r"(?:[은는을를의와과및]|에서?|으로|이나|하는|되는|통해|통한|위한|위해|있는|새로운|기반한|대한|된|같은|다양한|또한)\Z"
)
"""The end of a Korean word that belongs to what stands before a term."""
_MOST_WORDS: Final = 5
_LEAST_CAPITALS: Final = 2

IS_WHOLE: Final = """
NOT EXISTS (
    SELECT * FROM terms AS longer
    WHERE longer.english = terms.english
        AND longer.count >= 2
        AND longer.count * 2 > terms.count
        AND longer.korean LIKE '% ' || terms.korean
)
"""
"""The condition for a row of `terms` that its Korean form isn't the end of a longer one, which more
than half of the texts have."""


def pairs_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the English terms and abbreviations of a text, each with its Korean forms.

    A Korean form has as many words as the English one, or as an abbreviation has letters, and then
    again one more; where a particle ends a word, it begins behind it.

    >>> list(pairs_in("우리는 강화 학습(Reinforcement Learning)으로 대규모 언어 모델(LLM)을"))
    [('Reinforcement Learning', '강화 학습'), ('LLM', '대규모 언어 모델')]
    >>> list(pairs_in("자기 지도 학습(self-supervised learning; SSL)"))
    [('self-supervised learning', '자기 지도 학습'), ('SSL', '자기 지도 학습')]
    >>> list(pairs_in("미세 조정(finetuning)"))
    [('finetuning', '조정'), ('finetuning', '미세 조정')]
    """
    for mark in "*`_":
        text = text.replace(mark, "")
    for match in islice(_ENGLISH.finditer(text), _MOST_PAIRS):
        names = _names(match["names"])
        if not names:
            continue
        words = re.split(r"[ -]", names[0])
        if len(words) > _MOST_WORDS:
            continue
        is_abbreviation = _ABBREVIATION.fullmatch(names[0]) is not None
        most = min(len(names[0].removesuffix("s")) if is_abbreviation else len(words), _MOST_WORDS)
        before = _BREAK.split(text[max(match.start() - _READ_BEFORE, 0) : match.start()])[-1]
        forms = dict.fromkeys(_words_before(before, count) for count in (most, most + 1))
        yield from product(names, filter(None, forms))


def _names(text: str) -> tuple[str, ...]:
    """Return the term within parentheses, and its abbreviation if there is one.

    Two names of which neither abbreviates the other are a list, or a remark.
    """
    found = [" ".join(each.split()).rstrip(" .,-/&+'") for each in _BETWEEN_NAMES.split(text)]
    if len(found) == 1:
        return tuple(filter(None, found))
    long, short = sorted(found, key=len, reverse=True)
    return (long, short) if _abbreviates(short, long) else ()


def _abbreviates(short: str, long: str) -> bool:
    """Return whether a name has capitals, and letters that another name has in the same order.

    >>> _abbreviates("LLMs", "large language models"), _abbreviates("CLIP", "Claude")
    (True, False)
    """
    if sum(map(str.isupper, short)) < _LEAST_CAPITALS or len(short) == len(long):
        return False
    letters = [each for each in short.removesuffix("s").casefold() if each.isalnum()]
    rest = iter(long.casefold())
    return long[0].casefold() == letters[0] and all(each in rest for each in letters)


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
        (text_id, english, korean, 1)
        for text_id, language, sections in texts
        if language == _KOREAN
        for english, korean in _pairs(section.body for section in sections)
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


def _pairs(bodies: Iterable[str]) -> set[tuple[str, str]]:
    """Return the pairs of a text, an English term always in the case in which it comes first."""
    forms: dict[str, str] = {}
    return {
        (forms.setdefault(english.casefold(), english), korean)
        for body in bodies
        for english, korean in pairs_in(body)
    }


async def count_older(database: Database) -> None:
    """Count the terms of texts that were stored by a version with another rule, or without any."""
    if await key_value.get(database, _COUNTED) == _RULE:
        return
    last = 0
    while True:
        async with database.transaction() as writer:
            following = await writer.run(_count_batch, last)
        if following is None:
            break
        last = following
    await key_value.put(database, _COUNTED, _RULE)


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
    connection.execute(
        "DELETE FROM text_terms WHERE text_id IN (SELECT value FROM json_each(?))",
        (json.dumps([row["id"] for row in rows]),),
    )
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
        least: How many texts must have a form.
    """
    rows = await database.read(
        f"""
        SELECT english, korean
        FROM (
            SELECT
                english, korean, count,
                row_number() OVER (PARTITION BY english ORDER BY count DESC, korean) AS place
            FROM terms
            WHERE english IN (SELECT value FROM json_each(?)) AND count >= ? AND {IS_WHOLE}
        )
        WHERE place = 1
        ORDER BY count DESC, english
        """,  # noqa: S608 - a constant
        (json.dumps(sorted(set(english))), least),
    )
    return {row["english"]: row["korean"] for row in rows}
