"""The documents in `cases`: each shows one feature of digests and the expected result.

A document has a sentence, a fence with the text (its info string may have a path), and a fence with
the complete result. Sections are pairs of heading and body, problems are line and kind.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from bot.digest import parse, write
from storage.records import Digest, Media, MediaKind, Paper, Section

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


def read_case(path: Path) -> tuple[str, str | None, dict[str, Any]]:
    tokens = MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8"))
    text, outcome = (token for token in tokens if token.type == "fence")
    language, _, of = text.info.partition(" ")
    assert (language, outcome.info) == ("markdown", "json")
    return text.content, of or None, json.loads(outcome.content)


def paper_of(outcome: Mapping[str, Any]) -> Paper:
    media = [Media(kind, outcome[kind.value]) for kind in MediaKind if kind.value in outcome]
    return Paper(
        arxiv_id=outcome["id"],
        title=outcome["title"],
        votes=outcome.get("votes"),
        authors=tuple(outcome.get("authors", ())),
        media=media[0] if media else None,
        sections=tuple(Section(heading, body) for heading, body in outcome.get("sections", ())),
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_is_parsed_as_its_document_says(path: Path) -> None:
    text, of, outcome = read_case(path)

    digests, problems = parse(text, path=of)

    assert digests == tuple(
        Digest(date.fromisoformat(day["date"]), tuple(map(paper_of, day["papers"])))
        for day in outcome["digests"]
    )
    assert [f"{problem.line} {problem.kind}" for problem in problems] == outcome["problems"]
    for digest in digests:
        assert parse(write(digest)) == ((digest,), ())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_is_parsed_the_same_with_other_newlines_trailing_whitespace_and_unicode_form(
    path: Path,
) -> None:
    text, of, _ = read_case(path)
    outcome = parse(text, path=of)

    assert parse(text.replace("\n", "\r\n"), path=of) == outcome
    assert parse(text.replace("\n", "\r"), path=of) == outcome
    assert parse(text.replace("\n", " \t\n"), path=of) == outcome
    assert parse("\ufeff" + text, path=of) == outcome
    assert parse(unicodedata.normalize("NFD", text), path=of) == outcome
