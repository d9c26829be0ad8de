"""The text files that come with the program: complete, and in step with the code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import ast as fluent_ast
from fluent.syntax.visitor import Visitor

from config.texts import FALLBACK, Catalogue

CODE = Path(str(files("bot")))
BUILT_KEYS = ("command-",)
"""How keys begin that the code puts together from the names of commands and options."""
CATALOGUE = Catalogue.load()
KEYS = sorted(CATALOGUE.for_locale(FALLBACK).keys())


class Needs(Visitor):
    """Collects what a message needs: its variables, and what other messages it shows."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()
        self.functions: dict[str, str] = {}

    def visit_VariableReference(self, node: fluent_ast.VariableReference) -> None:  # noqa: N802 - Fluent's name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: fluent_ast.MessageReference) -> None:  # noqa: N802 - the same
        self.references.add(node.id.name)

    def visit_FunctionReference(self, node: fluent_ast.FunctionReference) -> None:  # noqa: N802 - the same
        for argument in node.arguments.positional:
            if isinstance(argument, fluent_ast.VariableReference):
                self.functions[argument.id.name] = node.id.name
        self.generic_visit(node)

    def visit_SelectExpression(self, node: fluent_ast.SelectExpression) -> None:  # noqa: N802 - the same
        if isinstance(node.selector, fluent_ast.VariableReference):
            self.functions.setdefault(node.selector.id.name, "select")
        self.generic_visit(node)


@cache
def needs(language: str) -> dict[str, Needs]:
    found: dict[str, Needs] = {}
    for file in (files("config") / "locales" / language).iterdir():
        for entry in FluentResource(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, fluent_ast.Message):
                found[entry.id.name] = Needs()
                found[entry.id.name].visit(entry)
    return found


def variables(language: str, key: str) -> set[str]:
    needed = needs(language)[key]
    return needed.variables.union(*(variables(language, other) for other in needed.references))


@dataclass(frozen=True)
class Use:
    """One `texts(…)` in the code."""

    place: str
    key: re.Pattern[str]
    """Which keys it may ask for."""
    arguments: frozenset[str] | None
    """The names it passes; `None` where `**` hides them."""


def keys_of(node: ast.expr) -> Iterator[re.Pattern[str]]:
    """Yield what keys an expression may stand for; none where only running it would tell."""
    match node:
        case ast.Constant(value=str(key)):
            yield re.compile(re.escape(key))
        case ast.IfExp(body=body, orelse=orelse):
            yield from keys_of(body)
            yield from keys_of(orelse)
        case ast.JoinedStr(values=parts):
            yield re.compile(
                "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_-]+"
                    for part in parts
                )
            )


def is_texts(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.lstrip("_") == "texts"


@cache
def trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(CODE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(CODE.rglob("*.py"))
    }


@cache
def uses() -> tuple[Use, ...]:
    return tuple(
        Use(
            f"{name}:{node.lineno}",
            key,
            None
            if any(keyword.arg is None for keyword in node.keywords)
            else frozenset(str(keyword.arg) for keyword in node.keywords),
        )
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_texts(node.func) and node.args
        for key in keys_of(node.args[0])
    )


def sample(language: str, key: str) -> dict[str, str | int | date]:
    """Return arguments that fit: a date where it is shown as one, a number where it is counted."""

    def functions(key: str) -> dict[str, str]:
        needed = needs(language)[key]
        found = dict(needed.functions)
        for other in needed.references:
            found |= functions(other)
        return found

    kinds = functions(key)
    return {
        name: datetime(2025, 2, 21, 22, tzinfo=UTC) if kinds.get(name) == "DATETIME" else 3
        for name in variables(language, key)
    }


def test_there_are_texts_and_the_code_uses_them() -> None:
    assert CATALOGUE.languages == ("en", "ko")
    assert KEYS
    assert uses()


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert sorted(CATALOGUE.for_locale(language).keys()) == KEYS


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_language_has_the_same_variables_in_each_text(language: str) -> None:
    expected = {key: variables(FALLBACK, key) for key in KEYS}
    assert {key: variables(language, key) for key in KEYS} == expected


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_text_can_be_shown(language: str) -> None:
    texts = CATALOGUE.for_locale(language)
    for key in KEYS:
        shown = texts(key, **sample(language, key))
        assert shown.strip() == shown, key
        assert shown, key


def test_korean_texts_are_in_korean() -> None:
    korean, english = CATALOGUE.for_locale("ko"), CATALOGUE.for_locale(FALLBACK)
    same = [
        key
        for key in KEYS
        if korean(key, **sample("ko", key)) == english(key, **sample(FALLBACK, key))
        and re.search(
            r"[A-Za-z]{3}", re.sub("arXiv|Daily Papers", "", korean(key, **sample("ko", key)))
        )
    ]
    assert same == []


def test_every_key_that_the_code_asks_for_exists() -> None:
    missing = [use for use in uses() if not any(map(use.key.fullmatch, KEYS))]
    assert missing == []


def test_the_code_passes_every_argument_that_a_text_needs() -> None:
    lacking = [
        (use.place, key, needed - use.arguments)
        for use in uses()
        for key in filter(use.key.fullmatch, KEYS)
        if (needed := variables(FALLBACK, key)) and use.arguments is not None
        if not needed <= use.arguments
    ]
    assert lacking == []


def built_keys() -> Iterator[re.Pattern[str]]:
    """Yield the keys that an f-string may build which the code keeps before it asks for a text."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                start = node.values[0]
                if isinstance(start, ast.Constant) and re.fullmatch("[a-z-]+-", str(start.value)):
                    yield from keys_of(node)


def test_every_text_is_used() -> None:
    built = tuple(built_keys())
    constants = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    shown_by_others = set().union(*(needed.references for needed in needs(FALLBACK).values()))
    unused = [
        key
        for key in KEYS
        if key not in constants | shown_by_others
        and not key.startswith(BUILT_KEYS)
        and not any(use.key.fullmatch(key) for use in uses())
        and not any(pattern.fullmatch(key) for pattern in built)
    ]
    assert unused == []
