"""How much of a folder of digests a search finds, against a plain scan of the texts.

The scan knows nothing of the search's tokens: English words are regular expressions of their forms,
Korean ones are looked for in the text without spaces.
"""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

from bot.digest import parse
from storage import digests, search, search_index
from storage.database import Database
from storage.meaning import Meanings, near
from storage.records import Digest, Paper
from storage.search import Request
from storage.terms import IS_WHOLE

READ_AT: Final = datetime(2025, 6, 1, tzinfo=UTC)
_BATCH: Final = 16
_EVERYTHING: Final = 100_000
_FIRST: Final = 10
_PARTS: Final = 8
_NEAR: Final = 50
_SEPARATOR: Final = "\0"
"""Between two texts of a paper; neither a letter nor a blank."""

_KOREAN: Final = (
    "모델 추론 학습 강화학습 확산모델 데이터 데이터셋 생성 이미지 비디오 언어모델 "
    "대규모언어모델 에이전트 벤치마크 평가 성능 정렬 미세조정 사전학습 토큰 트랜스포머 "
    "프롬프트 멀티모달 음성 로봇 그래프 메모리 압축 양자화 검색 번역 코드 수학 합성데이터 "
    "보상 정책 최적화 텍스트 장면 3D재구성 편집 지식 문맥 환각 안전성 시각언어 인간선호"
)
KOREAN: Final = {word: word for word in _KOREAN.split()} | {
    "추론을": "추론",
    "강화학습의": "강화학습",
    "강화 학습으로": "강화학습",
    "데이터에서": "데이터",
    "모델은": "모델",
    "에이전트가": "에이전트",
    "이미지로": "이미지",
    "트랜스포머와": "트랜스포머",
}
"""Queries, and what a paper must have."""
ENGLISH: Final = {
    "agent": "agents?",
    "models": "models?|modell?ing|modell?ed",
    "reasoning": "reason(s|ed|ing)?",
    "learning": "learn(s|ed|ing)?",
    "training": "train(s|ed|ing)?",
    "transformer": "transformers?",
    "attention": "attentions?",
    "self-attention": "self attentions?|selfattentions?",
    "fine-tuning": "fine tun(e|es|ed|ing)|finetun(e|es|ed|ing)",
    "pre-training": "pre train(s|ed|ing)?|pretrain(s|ed|ing)?",
    "benchmark": "benchmark(s|ed|ing)?",
    "dataset": "datasets?",
    "diffusion": "diffusions?",
    "video": "videos?",
    "image": "images?|imaging|imaged",
    "language": "languages?",
    "policy": "polic(y|ies)",
    "token": "tokens?",
    "retrieval": "retrievals?",
    "generation": "generations?",
    "alignment": "alignments?",
    "embedding": "embed(s|ded|ding|dings)?",
    "evaluate": "evaluat(e|es|ed|ing)",
    "optimization": "optimizations?",
    "robot": "robots?",
    "speech": "speech(es)?",
    "code": "cod(e|es|ed|ing)",
    "memory": "memor(y|ies)",
    "graph": "graphs?",
    "scale": "scal(e|es|ed|ing)",
    "quantization": "quantizations?",
    "knowledge": "knowledge",
    "multimodal": "multimodals?",
    "multi-modal": "multi modals?|multimodals?",
    "multi modal": "multi modals?|multimodals?",
    "zero-shot": "zero shots?|zeroshots?",
    "data set": "data sets?|datasets?",
    "few-shot": "few shots?|fewshots?",
    "text-to-image": "text to images?|texttoimages?|text to imag(ed|ing)",
    "chain-of-thought": "chain of thoughts?|chainofthoughts?",
    "reward": "reward(s|ed|ing)?",
    "prompt": "prompt(s|ed|ing)?",
    "GPT-4": "gpt 4|gpt4",
    "LLM": "llms?",
    "3D": "3ds?",
}


def load(folder: Path) -> list[Digest]:
    """Return all digests of a folder, oldest first."""
    found: list[Digest] = []
    for file in sorted(folder.rglob("*.md")):
        found += parse(file.read_text("utf-8"), path=str(file))[0]
    return sorted(found, key=lambda each: each.date)


async def store(database: Database, stored: Sequence[Digest]) -> None:
    """Store digests."""
    for start in range(0, len(stored), _BATCH):
        await digests.store_all(database, stored[start : start + _BATCH], read_at=READ_AT)
    await search_index.catch_up(database, pause=0)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFD", text)
    text = "".join(each for each in text if unicodedata.category(each) != "Mn")
    return unicodedata.normalize("NFC", text)


def _texts(paper: Paper) -> list[str]:
    return [paper.title, *paper.authors, *(section.body for section in paper.sections)]


class Scan:
    """The texts of papers, for plain scans; the newest text of a paper counts."""

    def __init__(self, stored: Iterable[Digest]) -> None:
        papers = {paper.arxiv_id: paper for each in stored for paper in each.papers}
        texts = {
            arxiv_id: _plain(re.sub(r"[*`]", "", _SEPARATOR.join(_texts(paper))))
            for arxiv_id, paper in papers.items()
        }
        self._without_spaces = {
            arxiv_id: re.sub(r"\s", "", text) for arxiv_id, text in texts.items()
        }
        self._words = {arxiv_id: re.sub(r"[-‐-―]", " ", text) for arxiv_id, text in texts.items()}

    def korean(self, word: str) -> set[str]:
        """Return the papers that have a word, whatever the spaces."""
        wanted = re.sub(r"\s", "", _plain(word))
        return {arxiv_id for arxiv_id, text in self._without_spaces.items() if wanted in text}

    def english(self, pattern: str) -> set[str]:
        """Return the papers that have a word; a hyphen is a space."""
        wanted = re.compile(rf"(?<![^\W_가-힣])(?:{pattern})(?![^\W_가-힣])")
        return {arxiv_id for arxiv_id, text in self._words.items() if wanted.search(text)}


@dataclass(frozen=True, slots=True)
class Measured:
    """What searches found of what a scan found."""

    recall: float
    precision: float
    queries: int
    worst: str
    """The query with the lowest recall."""


async def _found(
    database: Database, text: str, *, two_languages: bool, meanings: Meanings | None = None
) -> list[str]:
    result = await search.search(
        database,
        Request(text),
        limit=_EVERYTHING,
        two_languages=two_languages,
        meanings=meanings,
    )
    return [hit.listed.paper.arxiv_id for hit in result.hits]


async def measure(database: Database, scan: Scan, language: str) -> Measured:
    """Measure the queries of a language, without terms of the other."""
    wanted = (
        {typed: scan.korean(word) for typed, word in KOREAN.items()}
        if language == "ko"
        else {word: scan.english(pattern) for word, pattern in ENGLISH.items()}
    )
    expected = got = right = 0
    worst = (1.0, "")
    used = {word: papers for word, papers in wanted.items() if papers}
    for word, papers in used.items():
        found = set(await _found(database, word, two_languages=False))
        expected, got = expected + len(papers), got + len(found)
        right += len(found & papers)
        worst = min(worst, (len(found & papers) / len(papers), word))
    return Measured(right / expected, right / got, len(used), f"{worst[1]} {worst[0]:.3f}")


class Way(NamedTuple):
    """How is searched."""

    two_languages: bool
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class AcrossLanguages:
    """Searches by a term, of the papers that have it in either language."""

    pairs: int
    recall: dict[Way, float]
    """With and without terms of the other language, and meaning."""
    recall_at_10: dict[Way, float]
    """The same of the first ten; of fewer papers, all can be among them."""
    by_meaning_alone: tuple[float, float] | None
    """Both, of what is found if no word is; `None` without a model."""


class _Sums:
    """What searches by pairs of terms found, with and without terms of the other language."""

    def __init__(self, database: Database, scan: Scan, meanings: Meanings | None) -> None:
        self._database = database
        self._scan = scan
        self._meanings = meanings
        self.pairs: set[tuple[str, str]] = set()
        with_meaning = (False,) if meanings is None else (False, True)
        self._alone = [0, 0, 0, 0]
        self._sums = {Way(*each): [0, 0, 0, 0] for each in product((False, True), with_meaning)}

    async def add(self, english: str, korean: str, papers: set[str], *, least: int = 1) -> None:
        """Search for both terms of a pair among some papers, if enough of these have one."""
        words = re.split(r"[\s-]+", _plain(english))
        pattern = r"\s".join(map(re.escape, words)) + "s?"
        wanted = (self._scan.korean(korean) | self._scan.english(pattern)) & papers
        if len(wanted) < least:
            return
        self.pairs.add((english, korean))
        for text in (english, korean):
            for way, sums in self._sums.items():
                found = await _found(
                    self._database,
                    text,
                    two_languages=way.two_languages,
                    meanings=self._meanings if way.by_meaning else None,
                )
                _count(sums, wanted, [each for each in found if each in papers])
            if self._meanings is not None:
                found = await self._near(text)
                _count(self._alone, wanted, [each for each in found if each in papers])

    async def _near(self, text: str) -> list[str]:
        assert self._meanings is not None
        meaning = await self._meanings.of_query(text)
        assert meaning is not None
        ids = await self._database.run(near, meaning, limit=_NEAR)
        rows = await self._database.read("SELECT id, arxiv_id FROM papers")
        names = {row["id"]: row["arxiv_id"] for row in rows}
        return [names[each] for each in ids]

    def result(self) -> AcrossLanguages:
        """Return the shares of all searches together."""
        return AcrossLanguages(
            len(self.pairs),
            {key: sums[0] / sums[1] for key, sums in self._sums.items()},
            {key: sums[2] / sums[3] for key, sums in self._sums.items()},
            None
            if self._meanings is None
            else (self._alone[0] / self._alone[1], self._alone[2] / self._alone[3]),
        )


def _count(sums: list[int], wanted: set[str], found: Sequence[str]) -> None:
    sums[0] += len(wanted.intersection(found))
    sums[1] += len(wanted)
    sums[2] += len(wanted.intersection(found[:_FIRST]))
    sums[3] += min(len(wanted), _FIRST)


_PAIRS: Final = (
    f"SELECT english, korean FROM terms WHERE count >= 2 AND {IS_WHOLE}"  # noqa: S608 - a constant
    " AND korean GLOB '*[가-힣]*' ORDER BY count DESC, english, korean"
)
_IS_LONGER: Final = """
count = 1 AND EXISTS (
    SELECT * FROM terms AS shorter
    WHERE shorter.english = terms.english AND terms.korean LIKE '% ' || shorter.korean
)
"""
"""The condition for a Korean form with a word before it that other texts wouldn't have."""


async def measure_held_out(
    database: Database,
    path: Path,
    stored: Sequence[Digest],
    scan: Scan,
    meanings: Meanings | None = None,
) -> AcrossLanguages:
    """Measure pairs of terms, each on papers whose own terms the table doesn't know.

    The days are divided into parts; the terms of one part are taken out of the table while its
    papers are searched for.
    """
    sums = _Sums(database, scan, meanings)
    with closing(sqlite3.connect(path, isolation_level=None)) as outside:
        for part in range(_PARTS):
            days = json.dumps([each.date.isoformat() for each in stored[part::_PARTS]])
            papers = {paper.arxiv_id for each in stored[part::_PARTS] for paper in each.papers}
            own = outside.execute(
                "SELECT text_terms.* FROM text_terms JOIN texts ON texts.id = text_id"
                " WHERE day IN (SELECT value FROM json_each(?))",
                (days,),
            ).fetchall()
            outside.executemany(
                "DELETE FROM text_terms WHERE text_id = ? AND english = ? AND korean = ?",
                [row[:3] for row in own],
            )
            for english, korean in outside.execute(_PAIRS).fetchall():
                await sums.add(english, korean, papers)
            outside.executemany("INSERT INTO text_terms VALUES (?, ?, ?, ?)", own)
    return sums.result()


async def measure_all_pairs(
    database: Database,
    path: Path,
    stored: Sequence[Digest],
    scan: Scan,
    meanings: Meanings | None = None,
    *,
    most: int = 100,
) -> AcrossLanguages:
    """Measure the pairs that several papers have, as if other texts had them twice more.

    A folder of few digests has most pairs once, which isn't enough to trust them.
    """
    papers = {paper.arxiv_id for each in stored for paper in each.papers}
    sums = _Sums(database, scan, meanings)
    with closing(sqlite3.connect(path, isolation_level=None)) as outside:
        outside.execute("CREATE TEMP TABLE counts AS SELECT * FROM terms")
        outside.execute(
            f"UPDATE terms SET count = count + 2 WHERE NOT ({_IS_LONGER})"  # noqa: S608 - a constant
        )
        for english, korean in outside.execute(_PAIRS).fetchall():
            if len(sums.pairs) < most:
                await sums.add(english, korean, papers, least=2)
        outside.execute(
            "UPDATE terms SET count = counts.count FROM counts"
            " WHERE (counts.english, counts.korean) = (terms.english, terms.korean)"
        )
    return sums.result()
