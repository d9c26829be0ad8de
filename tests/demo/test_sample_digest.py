import dataclasses
import os
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from bot.digest import parse
from storage.records import Digest, Paper

TEXT = (files("bot.demo") / "sample.md").read_text(encoding="utf-8")
HEADINGS = ["What's New", "Technical Details", "Performance Highlights"]
FIELD_ROOM = 1024
"""Characters of a section that an embed's field can show."""
SHINGLE = 25
"""Characters in a row that two texts of different hands have not in common."""


@pytest.fixture(scope="module")
def sample() -> Digest:
    (digest,), problems = parse(TEXT)
    assert problems == ()
    return digest


@pytest.fixture(scope="module")
def real_digests() -> Path:
    folder = os.environ.get("DAILY_PAPERS_TEST_DIGESTS")
    if not folder:
        pytest.skip("DAILY_PAPERS_TEST_DIGESTS does not name a folder of digests")
    return Path(folder)


def by_id(digest: Digest) -> dict[str, Paper]:
    return {paper.arxiv_id: paper for paper in digest.papers}


def shingles(text: str) -> set[str]:
    return {text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)}


def test_the_sample_is_a_complete_digest(sample: Digest) -> None:
    assert sample.date == date(2025, 2, 21)
    assert len(sample.papers) == 30
    assert [paper.votes for paper in sample.papers[:3]] == [121, 78, 76]
    assert sample.papers[0].arxiv_id == "2502.14499"


def test_every_paper_has_the_three_sections_authors_and_a_picture(sample: Digest) -> None:
    for paper in sample.papers:
        assert [section.heading for section in paper.sections] == HEADINGS
        assert paper.authors
        assert paper.media is not None


def test_the_sample_has_texts_that_must_be_shortened(sample: Digest) -> None:
    papers = by_id(sample)
    assert max(len(section.body) for section in papers["2502.14499"].sections) > FIELD_ROOM
    assert len(papers["2502.14739"].authors) > 90


def test_every_section_is_polite_korean(sample: Digest) -> None:
    for paper in sample.papers:
        for section in paper.sections:
            assert section.body.endswith("니다."), section.body


def test_facts_match_the_real_digest(sample: Digest, real_digests: Path) -> None:
    text = (real_digests / "2025" / "02" / "21.md").read_text(encoding="utf-8")
    (real,), _ = parse(text)
    facts = [dataclasses.replace(paper, sections=()) for paper in real.papers]
    assert [dataclasses.replace(paper, sections=()) for paper in sample.papers] == facts


def test_no_sentence_is_taken_from_a_real_digest(sample: Digest, real_digests: Path) -> None:
    own = {
        shingle
        for paper in sample.papers
        for section in paper.sections
        for shingle in shingles(section.body)
    }
    others = [path.read_text(encoding="utf-8") for path in sorted(real_digests.rglob("*.md"))]
    assert others
    assert [shared for text in others for shared in own & shingles(text)] == []
