"""What a model reads and answers: prompt, source and JSON."""

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.writer.answer import InvalidAnswerError, parse
from bot.writer.prompt import PROMPT, instructions, possible_terms
from bot.writer.source_text import LONGEST_TEXT, source_of
from storage.records import Basis, Details, Paper

ABSTRACT = "We introduce a gym with 13 tasks for research agents, and it works."
ANSWER = '{"new": [{"text": "a", "quote": "b"}], "method": [], "results": []}'


def paper(abstract: str | None = ABSTRACT, title: str = "A title") -> Paper:
    return Paper("2502.00001", title, details=Details(abstract=abstract))


@pytest.mark.parametrize(
    "content",
    [
        ANSWER,
        f"  {ANSWER}\n",
        f"```json\n{ANSWER}\n```",
        f"```\n{ANSWER}\n```",
        f"<think>{{}} perhaps</think>\n{ANSWER}",
    ],
)
def test_an_answer_may_stand_in_a_fence_and_behind_thoughts(content: str) -> None:
    assert parse(content).new[0].quote == "b"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "A summary.",
        f"Here it is: {ANSWER}",
        ANSWER[:-2],
        "[]",
        '{"new": [], "method": []}',
        ANSWER.replace('"results": []', '"results": [], "more": 1'),
        ANSWER.replace('"quote": "b"', '"quote": 3'),
        ANSWER.replace('"quote": "b"', '"quote": null'),
        ANSWER.replace('"a"', f'"{"x" * 4001}"'),
        ANSWER.replace("[]", "[" + ",".join(['{"text": "a", "quote": "b"}'] * 13) + "]"),
        "{" * 50_000,
    ],
)
def test_anything_else_is_refused_without_being_quoted(content: str) -> None:
    with pytest.raises(InvalidAnswerError) as caught:
        parse(content)
    assert "summary" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_prompt_names_the_language_its_style_and_terms() -> None:
    korean = instructions("ko", {"reward model": "보상 모델"})
    assert "engineers who read Korean" in korean
    assert "합니다체" in korean
    assert "한국어(English) where it first occurs" in korean
    assert "- 보상 모델(reward model)" in korean
    english = instructions("en", {})
    assert "engineers who read English" in english
    assert "합니다체" not in english
    assert "$" not in korean + english
    assert "engineers who read xx" in instructions("xx", {})


def test_a_term_with_a_dollar_sign_is_no_place_to_fill_in() -> None:
    assert "- 값($language)" in instructions("ko", {"$language": "값"})


def test_another_prompt_has_another_version() -> None:
    assert len(PROMPT.version) == 8
    assert type(PROMPT)(PROMPT.text + " ").version != PROMPT.version


def test_terms_are_looked_for_among_few_words_in_a_row() -> None:
    assert {"reward model", "Chain-of-Thought", "a reward model of"} <= possible_terms(
        "We train a reward model of Chain-of-Thought."
    )


def test_a_source_is_title_and_abstract_and_the_full_text_if_there_is_one() -> None:
    source = source_of(paper(), None)
    assert source is not None
    assert (source.text, source.basis) == (
        f"Title: A title\n\nAbstract: {ABSTRACT}",
        Basis.ABSTRACT,
    )
    longer = source_of(paper(), "# Introduction\n\n" + "We say much more. " * 50)
    assert longer is not None
    assert longer.basis is Basis.FULL_TEXT
    assert longer.text.startswith(source.text)
    assert longer.hash != source.hash


@pytest.mark.parametrize("abstract", [None, "", "Withdrawn."])
def test_without_abstract_and_text_there_is_no_source(abstract: str | None) -> None:
    assert source_of(paper(abstract), None) is None
    assert source_of(paper(abstract), "No HTML for this paper.") is None


def test_a_full_text_loses_pictures_links_tags_and_references() -> None:
    text = (
        "# Method\n\n![a figure](https://example.org/a.png) We follow [12](https://example.org/b)"
        " and <b>more</b>.\n" + "Words go on here. " * 40 + "\n\n## References\n\nSomebody, 2024"
    )
    source = source_of(paper(), text)
    assert source is not None
    assert "We follow 12 and more." in source.text
    assert "example.org" not in source.text
    assert "Somebody" not in source.text


def test_a_full_text_is_bounded() -> None:
    source = source_of(paper(), "A line of a very long paper.\n" * 100_000)
    assert source is not None
    assert LONGEST_TEXT / 2 < len(source.text) < LONGEST_TEXT + 1000


@settings(max_examples=scaled(40))
@given(st.text(max_size=400), st.text(max_size=800))
def test_any_text_makes_a_source_or_none(title: str, text: str) -> None:
    source = source_of(paper(text, title), text)
    assert source is None or source.hash
