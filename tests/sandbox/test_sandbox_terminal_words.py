"""The texts of the terminal and of errors: each exists in every language and is used."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import bot.sandbox
from bot.sandbox import NotSentError
from bot.sandbox.people.explanations import explain
from bot.sandbox.terminal.words import VERBS, words_of

SANDBOX = Path(str(files(bot.sandbox)))
RAISERS = ("people", "terminal", "page")
"""Packages whose errors a terminal or a page shows."""


@cache
def texts(language: str, package: str = "terminal") -> dict[str, str]:
    path = SANDBOX / package / "locales" / f"{language}.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def korean_errors() -> dict[str, str]:
    """Return the Korean texts of errors, by the English ones."""
    return texts("ko", "people")


@cache
def trees(package: str) -> tuple[ast.Module, ...]:
    return tuple(
        ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((SANDBOX / package).rglob("*.py"))
    )


def constants(package: str) -> set[str]:
    """Return all literals of a package."""
    return {
        node.value
        for tree in trees(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def errors_of(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of the errors that a module raises."""
    named = [
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "text"
        and isinstance(node.value, ast.Constant)
    ]
    yield from (str(text) for text in named)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "NotSentError":
            text = node.args[0]
            if isinstance(text, ast.Constant):
                yield str(text.value)
            else:
                assert isinstance(text, ast.Name), ast.unparse(node)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def test_each_text_exists_in_each_language_with_the_same_placeholders() -> None:
    english, korean = texts("en"), texts("ko")
    assert not [key for key in english if " " in key]
    assert {key for key in korean if " " not in key} == set(english)
    for key, text in english.items():
        assert placeholders(korean[key]) == placeholders(text), key


def test_each_text_is_used() -> None:
    assert set(texts("en")) <= constants("terminal")
    assert {key for key in texts("ko") if " " in key} <= constants("")
    assert set(korean_errors()) <= constants("")


def test_each_error_that_a_terminal_or_a_page_shows_is_translated() -> None:
    raised = {text for name in RAISERS for tree in trees(name) for text in errors_of(tree)}
    assert len(raised) > 30
    assert raised <= set(korean_errors())
    for text in raised:
        assert placeholders(korean_errors()[text]) <= placeholders(text), text


def test_korean_errors_are_sentences_in_the_style_of_the_bots() -> None:
    known = texts("ko") | korean_errors()
    sentences = [text for key, text in known.items() if " " in key and key != "the menu"]
    polite = re.compile(r"(니다|[해라려] 주세요)\.|: \S[^.]*\.?$")
    assert [text for text in sentences if not polite.search(text)] == []


def test_a_line_begins_with_the_words_of_the_language_or_english_ones() -> None:
    korean = words_of("ko")
    assert [korean.verb(key) for key in VERBS] == list(VERBS)
    assert [korean.verb(texts("ko")[key]) for key in VERBS] == list(VERBS)
    assert words_of("en-GB").verb("누르기") is None
    # Where there are no texts, they are English.
    assert words_of("de") is not korean
    assert words_of("de")("now") == "now"


def test_an_error_is_explained_in_a_sentence() -> None:
    error = NotSentError("{name} is required", name="the menu")
    assert str(error) == "the menu is required"
    assert explain(error, "en-US") == "The menu is required."
    assert explain(error, "ko") == "메뉴 항목을 입력해 주세요."
    unknown = NotSentError("100% {odd")
    assert explain(unknown, "ko") == "100% {odd."
