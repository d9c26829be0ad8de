"""Published Markdown is read back as it was."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from digest_strategies import DIGESTS, ONE_LINE
from examples import scaled
from hypothesis import example, given, settings
from hypothesis import strategies as st
from published import FINAL, FRIDAY, made_digest, publish, store
from storage_samples import in_language

from bot.digest import decode, parse
from bot.digest.published import is_published, marker, published_language
from bot.publish.markdown import render_markdown
from storage.database import Database
from storage.records import Digest, Section, Text

OTHER = Text("fr", (Section("Nouveau", "En français."),), "another")


def real_digests(folder: Path) -> list[Digest]:
    return [
        digest
        for path in sorted(folder.rglob("*.md"))
        for digest in parse(decode(path.read_bytes()))[0]
    ]


def facts(digest: Digest) -> list[tuple[object, ...]]:
    """Return what the format carries of a digest."""
    return [
        (paper.arxiv_id, paper.title, paper.votes, paper.authors, paper.media, paper.sections)
        for paper in digest.papers
    ]


@settings(max_examples=scaled(50))
@given(st.lists(DIGESTS, min_size=1, max_size=2, unique_by=lambda digest: digest.date))
def test_any_digests_are_read_back_as_they_were(digests: list[Digest]) -> None:
    known = [replace(each, papers=tuple(map(in_language, each.papers))) for each in digests]
    for language in ("en", "ko"):
        data = render_markdown(known, language)
        assert is_published(data)
        assert published_language(data) == language
        read, problems = parse(decode(data))
        assert not problems
        assert [each.date for each in read] == [each.date for each in known]
        for found, expected in zip(read, known, strict=True):
            own = [
                paper if paper.language == language else replace(paper, sections=())
                for paper in expected.papers
            ]
            assert facts(found) == facts(replace(expected, papers=tuple(own)))


def test_only_texts_of_the_language_are_written() -> None:
    (paper,) = made_digest(papers=1).papers
    digest = Digest(FRIDAY, (replace(paper, other_texts=(OTHER,)),))
    ((french,), _) = parse(decode(render_markdown([digest], "fr")))
    assert french.papers[0].sections == OTHER.sections
    ((english,), _) = parse(decode(render_markdown([digest], "en")))
    assert english.papers[0].sections == paper.sections


def test_lists_that_would_make_a_file_unreadable_are_left_out() -> None:
    (paper,) = made_digest(papers=1).papers
    long = replace(paper, sections=tuple(Section(None, "x" * 60_000) for _ in range(4)))
    digests = [
        Digest(
            FRIDAY - timedelta(days=number),
            tuple(replace(long, arxiv_id=f"2502.{rank:05}") for rank in range(30)),
        )
        for number in range(3)
    ]
    read, problems = parse(decode(render_markdown(digests, "en")))
    assert not problems
    assert [each.date for each in read] == [each.date for each in digests[:2]]


@given(st.lists(ONE_LINE, max_size=2))
@example(["<<", "a-->b", "--"])
def test_the_marker_is_one_comment_whatever_the_sources_are_called(names: list[str]) -> None:
    line = marker("ko", names)
    assert is_published(line.encode())
    assert line.count("<!--") == line.count("-->") == 1
    assert "--" not in line[4:-3]
    assert "\n" not in line


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (marker("en").encode(), True),
        (b"\xef\xbb\xbf" + marker("en").encode(), True),
        (b"<!DOCTYPE html>\r\n" + marker("en").encode(), True),
        (b"## Daily Papers (2025-02-21)\n" + marker("en").encode(), False),
        (b"\n\n" + marker("en").encode(), False),
        (b"", False),
    ],
)
def test_the_marker_is_known_in_the_first_two_lines_only(data: bytes, expected: bool) -> None:
    assert is_published(data) == expected


async def test_all_real_digests_are_read_back_as_they_were(
    digests_folder: Path, database: Database, tmp_path: Path
) -> None:
    real = real_digests(digests_folder)
    await store(database, *real)
    await publish(database, tmp_path / "out", FINAL + timedelta(days=60))
    for digest in real:
        path = tmp_path / f"out/ko/{digest.date:%Y/%m/%d}.md"
        ((found,), problems) = parse(decode(path.read_bytes()))
        assert not problems
        assert facts(found) == facts(digest)
