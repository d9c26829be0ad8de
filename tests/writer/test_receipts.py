"""Sentences with quotes: what is supported, what is dropped, and how many are dropped wrongly."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from bot.writer.receipts import SourceText, Verdict, judge

CASES: Final = Path(__file__).with_name("receipts.md")
_CASE: Final = re.compile(
    r"^- (?P<truth>true|false) (?P<verdict>\w+): (?P<sentence>.+)\n  > (?P<quote>.+)$", re.MULTILINE
)
MOST_FALSE_DROPS: Final = 0.08
"""Of sentences that a person would let stand."""


@dataclass(frozen=True)
class Case:
    """A sentence of the document."""

    source: str
    language: str
    is_true: bool
    verdict: Verdict
    sentence: str
    quote: str


def cases() -> Iterator[Case]:
    _, *parts = re.split(r"^## Source: \w+\n", CASES.read_text("utf-8"), flags=re.MULTILINE)
    for part in parts:
        source, *languages = re.split(r"^### (?=ko$|en$)", part, flags=re.MULTILINE)
        for each in languages:
            for case in _CASE.finditer(each):
                yield Case(
                    source,
                    each[:2],
                    case["truth"] == "true",
                    Verdict(case["verdict"]),
                    case["sentence"],
                    case["quote"],
                )


ALL: Final = tuple(cases())


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.verdict}-{case.sentence[:30]}")
def test_sentence_gets_the_verdict_of_the_document(case: Case) -> None:
    assert judge(case.sentence, case.quote, SourceText(case.source), case.language) is case.verdict


def test_document_has_at_least_a_hundred_sentences_in_two_languages() -> None:
    languages = Counter(case.language for case in ALL)
    assert len(ALL) >= 100
    assert len({case.sentence for case in ALL}) == len(ALL)
    assert min(languages["ko"], languages["en"]) >= 40
    assert CASES.read_text("utf-8").count("\n- ") == len(ALL)


def test_few_true_sentences_are_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    true = Counter(case.language for case in ALL if case.is_true)
    dropped = Counter(
        case.language for case in ALL if case.is_true and case.verdict is not Verdict.SUPPORTED
    )
    kept_wrong = sum(not case.is_true and case.verdict is Verdict.SUPPORTED for case in ALL)
    with capsys.disabled():
        sys.stdout.write(
            f"\nfalse drops: {sum(dropped.values())} of {sum(true.values())} true sentences"
            f" (ko {dropped['ko']}/{true['ko']}, en {dropped['en']}/{true['en']});"
            f" {kept_wrong} of {len(ALL) - sum(true.values())} false ones kept\n"
        )
    assert sum(dropped.values()) <= MOST_FALSE_DROPS * sum(true.values())


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "   ",
        "13 diverse",  # too short
        "onsists of 13 diverse tasks",  # begins within a word
        "It consists of 13 diverse task",  # ends within one
        "consists of 1",
        "It consists of … tasks from chemistry",  # with something left out
        "x" * 501,
    ],
)
def test_quote_must_be_a_passage_of_whole_words(quote: str) -> None:
    assert not SourceText(ALL[0].source).has_quote(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "IT CONSISTS of  13\ndiverse tasks",
        "“It consists of 13 diverse tasks”",
        "It consists of 13 diverse tasks...",
        "It\u00a0consists of \uff11\uff13 diverse\u200b tasks",
        "*It consists* of `13` diverse tasks".replace("`", ""),
    ],
)
def test_white_space_case_and_unicode_forms_of_a_quote_do_not_matter(quote: str) -> None:
    assert SourceText(ALL[0].source).has_quote(quote)
