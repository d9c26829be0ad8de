"""Korean compounds in what a person types as the words of a filter.

One of the words of a filter is enough, so that 강화 학습 would find whatever mentions 학습. Where
the table of terms knows a compound, its words are one.
"""

import re
import sqlite3
from typing import Final

from storage.database import Database
from storage.query import Term
from storage.tokens import CJK_CHARACTER, words_in
from storage.translations import find_spans

_QUOTED: Final = re.compile(r'("[^"]*")')
_BETWEEN: Final = r"\s,;、，；"
_RUN: Final = re.compile(
    rf"(?<![^{_BETWEEN}]){CJK_CHARACTER}+(?: +{CJK_CHARACTER}+)+(?![^{_BETWEEN}])"
)


async def join_compounds(database: Database, typed: str) -> str:
    """Return a typed filter in which the words of each known Korean compound are one word.

    `강화 학습, LLM` becomes `강화학습, LLM`. What is in quotation marks stays as it is.

    Raises:
        StorageError: The database can't be read.
    """
    return await database.run(_join, typed) if _RUN.search(typed) else typed


def _join(connection: sqlite3.Connection, typed: str) -> str:
    def joined(match: re.Match[str]) -> str:
        words = match[0].split()
        parts = [[word] for word in words]
        for span in find_spans(connection, [Term(words_in(word)) for word in words]):
            for place in range(span.first + 1, span.last + 1):
                parts[span.first] += parts[place]
                parts[place] = []
        return " ".join("".join(part) for part in parts if part)

    pieces = _QUOTED.split(typed)
    pieces[::2] = [_RUN.sub(joined, piece) for piece in pieces[::2]]
    return "".join(pieces)
