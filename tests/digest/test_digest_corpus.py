"""Real digests of every format from 2023 to 2025, compared with a parser of regular expressions."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.digest import ProblemKind, decode, parse, write
from storage.records import Media, MediaKind, Paper

PAPERS = {
    "2023/11/20": 11,
    "2023/11/22": 8,
    "2023/12/12": 13,
    "2024/01/02": 8,
    "2024/06/12": 16,
    "2024/07/16": 16,
    "2024/08/15": 8,
    "2024/08/26": 11,
    "2024/10/18": 9,
    "2024/10/21": 50,
    "2024/12/11": 27,
    "2025/01/02": 3,
    "2025/02/19": 68,
    "2025/02/21": 30,
    "2025/03/12": 50,
    "2025/03/14": 38,
}
RELATIVE_PICTURES = {"2024/06/12": 217, "2024/08/26": 65}
FACT = re.compile(r"### \[|## |Vote: |Authors: |!\[\]\(|\[Watch Video\]\(|<div><video ")

days = pytest.mark.parametrize("day", PAPERS)


def papers_of(folder: Path, day: str) -> tuple[Paper, ...]:
    (digest,), _ = parse(decode((folder / f"{day}.md").read_bytes()))
    assert digest.date.strftime("%Y/%m/%d") == day
    return digest.papers


def texts_of(folder: Path, day: str) -> list[str]:
    """Return the source of each paper, found by a regular expression."""
    text = (folder / f"{day}.md").read_text(encoding="utf-8")
    return re.findall(r"^### \[.*?(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)


def media_of(text: str) -> Media | None:
    if video := re.search(r"^\[Watch Video\]\((https://\S+)\)$", text, re.MULTILINE):
        return Media(MediaKind.VIDEO, video[1])
    if picture := re.search(r"^!\[\]\((https://\S+)\)$", text, re.MULTILINE):
        is_video = picture[1].endswith(".webm")
        return Media(MediaKind.VIDEO if is_video else MediaKind.IMAGE, picture[1])
    return None


def authors_of(text: str) -> tuple[str, ...]:
    found = re.search(r"^Authors: (.*)$", text, re.MULTILINE)
    if found is None:
        return ()
    listed = found[1].startswith("[")
    names = ast.literal_eval(found[1]) if listed else found[1].split(", ")
    return tuple(name for name in names if name != "+")


@days
def test_every_paper_and_its_facts_are_parsed(digests_folder: Path, day: str) -> None:
    papers, texts = papers_of(digests_folder, day), texts_of(digests_folder, day)

    assert len(papers) == len(texts) == PAPERS[day]
    for paper, text in zip(papers, texts, strict=True):
        heading = re.match(r"### \[(.*)\]\(https://arxiv\.org/abs/(\d{4}\.\d{5})\)\n", text)
        assert heading
        votes = re.search(r"^Vote: (\d+)$", text, re.MULTILINE)
        assert paper.title == heading[1]
        assert paper.arxiv_id == heading[2]
        assert paper.votes == (int(votes[1]) if votes else None)
        assert paper.media == media_of(text)
        assert paper.authors == authors_of(text)


@days
def test_every_word_of_every_body_is_kept(digests_folder: Path, day: str) -> None:
    papers, texts = papers_of(digests_folder, day), texts_of(digests_folder, day)

    for paper, text in zip(papers, texts, strict=True):
        source = [line for line in text.split("\n") if not FACT.match(line)]
        kept = [f"{section.heading or ''}\n{section.body}" for section in paper.sections]
        assert Counter(re.findall(r"\w+", "\n".join(kept))) == Counter(
            re.findall(r"\w+", "\n".join(source))
        )
        headings = re.findall(r"^- \*{2,3}([^*:]+)\*{1,3}:", text, re.MULTILINE)
        assert [section.heading for section in paper.sections if section.heading] == headings


@days
def test_only_relative_pictures_are_reported(digests_folder: Path, day: str) -> None:
    _, problems = parse(decode((digests_folder / f"{day}.md").read_bytes()))

    expected = [RELATIVE_PICTURES[day]] if day in RELATIVE_PICTURES else []
    assert [problem.line for problem in problems] == expected
    assert all(problem.kind is ProblemKind.MEDIA_DROPPED for problem in problems)


@days
def test_real_digest_reads_back_equal_when_written(digests_folder: Path, day: str) -> None:
    ((digest,), _) = parse(decode((digests_folder / f"{day}.md").read_bytes()))

    assert parse(write(digest)) == ((digest,), ())


def test_newest_real_digest_is_written_unchanged(digests_folder: Path) -> None:
    text = decode((digests_folder / "2025/03/14.md").read_bytes())
    ((digest,), _) = parse(text)

    assert write(digest).rstrip("\n") == text.rstrip("\n")


def test_there_are_366_papers_in_all(digests_folder: Path) -> None:
    assert sum(len(papers_of(digests_folder, day)) for day in PAPERS) == 366
