"""Fill a database with many papers in two languages, with word frequencies as in real texts.

Sentences are drawn from a pool, so that words which occur together do so in many papers; each title
has rare words, too. Papers are indexed as they are written.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from storage import search_index
from storage.database import Database

READ_AT = "2025-02-21T22:00:00.000000+00:00"
_ENGLISH = (
    "model data language learning training method large task performance image based network "
    "reasoning video generation agent diffusion attention benchmark visual text inference policy "
    "reinforcement transformer alignment sparse memory retrieval robot speech graph protein"
)
_KOREAN = (
    "모델 학습 데이터 성능 추론 언어 이미지 생성 강화 확산 비디오 평가 에이전트 벤치마크 정렬 음성 "
    "로봇 그래프 주의 기억 검색 단백질 미세 조정"
)
ENGLISH = _ENGLISH.split()
KOREAN = _KOREAN.split()
PARTICLES = ("을", "를", "은", "는", "이", "가", "의", "에서", "으로", "하는", "", "", "", "")
SYLLABLES = (
    "가나다라마바사아자차카타파하거너더러머버서어저처고노도로모보소오조초구누두루무부수우주추"
)
LETTERS = (
    "ba",
    "co",
    "de",
    "fi",
    "gra",
    "lu",
    "mo",
    "ne",
    "pi",
    "ro",
    "sta",
    "ti",
    "ver",
    "xo",
    "za",
)
WORDS = 40_000
"""Different words of a language."""
SENTENCES = 20_000
A_DAY = 30
_CHUNK = 600


def rare_word(number: int) -> str:
    """Return a made English word."""
    word = ""
    number += 1
    while number:
        number, part = divmod(number, len(LETTERS))
        word += LETTERS[part]
    return word + "n"


def _korean_word(number: int) -> str:
    first, rest = divmod(number, len(SYLLABLES))
    return "".join(SYLLABLES[each % len(SYLLABLES)] for each in (number, first, rest * 7 + first))


class Pool:
    """Sentences to draw from."""

    def __init__(self, chance: Random) -> None:
        weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))
        self.english = [*ENGLISH, *(rare_word(n) for n in range(WORDS - len(ENGLISH)))]
        self.korean = [*KOREAN, *(_korean_word(n) for n in range(WORDS - len(KOREAN)))]
        self.sentences = {
            "en": [
                " ".join(chance.choices(self.english, cum_weights=weights, k=20)) + "."
                for _ in range(SENTENCES)
            ],
            "ko": [
                " ".join(
                    word + chance.choice(PARTICLES)
                    for word in chance.choices(self.korean, cum_weights=weights, k=14)
                )
                + "."
                for _ in range(SENTENCES)
            ],
        }
        self.weights = weights

    def text(self, language: str, chance: Random, sentences: int) -> str:
        """Return a text of some sentences."""
        return " ".join(chance.choices(self.sentences[language], k=sentences))


def author(number: int) -> str:
    """Return the name of an author."""
    return f"{rare_word(number % 5_000).title()} {rare_word(number // 40 % 20_000).title()}"


async def fill(path: Path, size: int, newest: date) -> None:
    """Store papers on lists of `A_DAY`, and index them.

    Args:
        path: A file that doesn't exist yet.
        size: How many papers.
        newest: The day of the last list.
    """
    async with await Database.open(path):
        pass  # its migrations
    days = [newest - timedelta(days=back) for back in range(-(-size // A_DAY))][::-1]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO digests (id, date, first_read_at, changed_at) VALUES (?, ?, ?, ?)",
            [(number, day.isoformat(), READ_AT, READ_AT) for number, day in enumerate(days, 1)],
        )
        connection.executemany(
            "INSERT INTO authors (id, name) VALUES (?, ?)",
            [(n + 1, f"{author(n)} {n}") for n in range(min(size, 200_000))],
        )
        connection.execute(
            "INSERT INTO terms (english, korean, count) VALUES"
            " ('diffusion model', '확산 모델', 9), ('reinforcement learning', '강화 학습', 9)"
        )
        chance = Random(size)
        pool = Pool(chance)
        for first in range(0, size, _CHUNK):
            ids = range(first, min(first + _CHUNK, size))
            _write(connection, pool, ids, days, chance)
            search_index.index_stale(connection, limit=_CHUNK)
            connection.execute("COMMIT")
            connection.execute("BEGIN")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _write(
    connection: sqlite3.Connection,
    pool: Pool,
    numbers: Sequence[int],
    days: Sequence[date],
    chance: Random,
) -> None:
    authors = min(len(days) * A_DAY, 200_000)
    connection.executemany(
        """
        INSERT INTO papers (
            id, arxiv_id, title, text_changed_at, votes, votes_read_at, digest_date, rank, abstract,
            keywords, organization
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        _papers(pool, numbers, days, chance),
    )
    connection.executemany(
        "INSERT INTO digest_papers (digest_id, rank, paper_id) VALUES (?, ?, ?)",
        [(n // A_DAY + 1, n % A_DAY + 1, n + 1) for n in numbers],
    )
    connection.executemany(
        "INSERT INTO paper_authors (paper_id, position, author_id) VALUES (?, ?, ?)",
        [
            (n + 1, place, int(chance.paretovariate(0.5)) % authors % 199_000 + 1)
            for n in numbers
            for place in range(1, 7)
        ],
    )
    connection.executemany(
        "INSERT INTO texts (id, paper_id, language, source_id, written_at)"
        " VALUES (?, ?, 'ko', 1, ?)",
        [(n + 1, n + 1, READ_AT) for n in numbers],
    )
    connection.executemany(
        "INSERT INTO sections (text_id, position, heading, body) VALUES (?, ?, ?, ?)",
        [
            (n + 1, place, None, pool.text("ko", chance, 4))
            for n in numbers
            for place in range(1, 4)
        ],
    )


def _papers(
    pool: Pool, numbers: Sequence[int], days: Sequence[date], chance: Random
) -> Iterator[tuple[object, ...]]:
    for number in numbers:
        month = number // 50_000
        words = chance.choices(pool.english, cum_weights=pool.weights, k=6)
        title = f"{rare_word(chance.randrange(10**6))}: {' '.join(words)}".title()
        yield (
            number + 1,
            f"{month // 12:02}{month % 12 + 1:02}.{number % 50_000:05}",
            title,
            READ_AT,
            min(int(chance.paretovariate(1) * 3), 400),
            READ_AT,
            days[number // A_DAY].isoformat(),
            number % A_DAY + 1,
            pool.text("en", chance, 7),
            json.dumps(chance.choices(pool.english, cum_weights=pool.weights, k=3)),
            f"{rare_word(chance.randrange(3_000)).title()} University",
        )
