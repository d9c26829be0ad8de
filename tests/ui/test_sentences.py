"""The sentence of a post: a whole one, or none."""

from dataclasses import replace

import pytest
from catalogue import CATALOGUE
from examples import scaled
from hypothesis import HealthCheck, given, settings
from strategies import detailed_papers

from bot.ui.columns import width
from bot.ui.markdown import escape
from bot.ui.paper_texts import TextKind
from bot.ui.sentences import COLUMNS, find_sentence
from storage.records import Details, Paper, Section, Text

EN, KO = (CATALOGUE.for_locale(language) for language in ("en", "ko"))
LONG = "A sentence that " + "goes on and on and " * 15 + "ends."
DETAILS = Details(
    summary="It is new.",
    abstract="Models are large. Data is not. In this paper, we present a tool. It helps.",
)


def paper(language: str | None, *bodies: str, details: Details = DETAILS) -> Paper:
    sections = tuple(Section(None, body) for body in bodies)
    return Paper("2511.00001", "T", sections=sections, language=language, details=details)


def sentence(given: Paper, language: str = "en") -> str | None:
    found = find_sentence(given, CATALOGUE.for_locale(language))
    return found.text if found else None


KOREAN = Text("ko", (Section("What's New", "한국어입니다. 둘째."),), "another")


@pytest.mark.parametrize(
    ("given", "language", "expected", "kind"),
    [
        (paper("en", "Own. Second."), "en", "Own.", TextKind.SECTIONS),
        (paper("ko-KR", "우리말입니다. 둘째."), "ko", "우리말입니다.", TextKind.SECTIONS),
        (paper("ko", "우리말입니다."), "en", "(Korean) 우리말입니다.", TextKind.SECTIONS),
        (paper("en", "Other."), "ko", "(영어) Other.", TextKind.SECTIONS),
        (paper("en", LONG), "en", "It is new.", TextKind.SUMMARY),
        (paper("en", LONG), "ko", "(영어) It is new.", TextKind.SUMMARY),
        (
            paper("en", LONG, details=replace(DETAILS, summary=LONG)),
            "en",
            "In this paper, we present a tool.",
            TextKind.ABSTRACT,
        ),
        (
            replace(paper("en", LONG), other_texts=(KOREAN,)),
            "en",
            "(Korean) 한국어입니다.",
            TextKind.SECTIONS,
        ),
        (
            replace(paper("en", "Own."), other_texts=(KOREAN,)),
            "ko",
            "한국어입니다.",
            TextKind.SECTIONS,
        ),
    ],
)
def test_the_first_candidate_that_is_whole_is_taken(
    given: Paper, language: str, expected: str, kind: TextKind
) -> None:
    found = find_sentence(given, CATALOGUE.for_locale(language))
    assert found is not None
    assert (found.text, found.chosen.kind) == (expected, kind)


@pytest.mark.parametrize(
    "given",
    [
        paper("en", details=Details()),
        paper("en", LONG, details=Details(summary=LONG, abstract=LONG)),
        paper("en", "The results are:\n- Good.", details=Details()),
        paper("en", "The source has cut this…", details=Details()),
        paper("en", "word " * 2_000 + "end.", details=Details()),
        paper("en", details=Details(abstract="Models are large. Data is not.")),
        # The abstract's only sentence about the paper has no end within what is read.
        paper("en", details=Details(abstract="We " + "present " * 1_000)),
    ],
)
def test_there_is_no_sentence_rather_than_a_part_of_one(given: Paper) -> None:
    assert sentence(given) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- **Gym** is `new`. More.", "Gym is new."),
        ("It works (cf. Fig. 2) well. More.", "It works (cf. Fig. 2) well."),
        ('They call it "done." More.', 'They call it "done."'),
        ("A noun phrase without a full stop", "A noun phrase without a full stop"),
        ("이 논문은 새로운 모델을 제안합니다.", "새로운 모델을 제안합니다."),
        ("본 연구는 새로운 모델을 제안합니다.", "새로운 모델을 제안합니다."),
        ("이번 논문은 모델을 제안합니다.", "모델을 제안합니다."),
        ("본 논문에서는, 모델을 제안합니다.", "모델을 제안합니다."),
        ("본 연구의 목표는 모델입니다.", "본 연구의 목표는 모델입니다."),
        ("정확도는 61.82%입니다. 다음.", "정확도는 61.82%입니다."),
    ],
)
def test_sentences_end_where_they_end_and_begin_with_what_they_say(
    body: str, expected: str
) -> None:
    assert sentence(paper("ko", body), "ko") == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("Old. We introduce X. New.", "We introduce X."),
        ("Old. This work studies X. We do Y.", "This work studies X."),
        ("As we know, it is hard. To help, we propose X.", "To help, we propose X."),
    ],
)
def test_of_an_abstract_the_sentence_that_presents_is_taken(abstract: str, expected: str) -> None:
    assert sentence(paper(None, details=Details(abstract=abstract))) == expected


def test_wide_characters_count_twice() -> None:
    fits = "가" * (COLUMNS // 2 - 1) + "."
    assert sentence(paper("ko", fits, details=Details()), "ko") == fits
    assert sentence(paper("ko", "가" + fits, details=Details()), "ko") is None


@settings(suppress_health_check=list(HealthCheck), max_examples=scaled(40))
@given(detailed_papers)
def test_any_sentence_is_short_and_in_its_text(given: Paper) -> None:
    for texts in (EN, KO):
        found = find_sentence(given, texts)
        if found is None:
            continue
        assert "\n" not in found.text
        assert width(found.text.replace("\\", "")) <= COLUMNS + 8
    words = " ".join(given.details.summary.split()) if given.details.summary else ""
    found = find_sentence(replace(given, sections=(), other_texts=()), EN)
    if found is not None and found.chosen.kind is TextKind.SUMMARY:
        assert found.text.replace("\\", "").split(" ")[0] in escape(words).replace("\\", "")
