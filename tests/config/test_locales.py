"""The text files of the program: complete in every language, and each text used by the code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from itertools import product
from pathlib import Path

import discord
import pytest
from bot_code import nodes
from catalogue import CATALOGUE
from discord import app_commands
from fluent.runtime import FluentResource
from fluent.syntax import ast as fluent_ast
from fluent.syntax.visitor import Visitor
from storage_samples import settings

from bot.app import App
from bot.commands.charts import CHART_NEEDS
from bot.commands.discussions import BOT_NEEDS
from bot.posting.channels import KINDS, ChannelFacts, missing_permissions
from bot.posting.setup_draft import Missing, Preset
from bot.time_range import TIME_RANGES
from config.texts import FALLBACK
from storage.database import Database
from storage.query import ProblemKind
from storage.records import Frequency, Layout, LogKind, Outcome, Reason, ScheduleSettings
from storage.schedule_limits import Scope

# What finds the texts and their uses is computed once.
pytestmark = pytest.mark.xdist_group("texts")

KEYS = sorted(CATALOGUE.for_locale(FALLBACK).keys())


class Needs(Visitor):
    """Collects the variables of a message and the other messages it refers to."""

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
    keys: frozenset[str]
    """Which it can ask for."""
    arguments: frozenset[str] | None
    """The names it passes; `None` where `**` hides them."""


def keys_of(node: ast.expr) -> Iterator[frozenset[str]]:
    """Yield what keys a literal is, and those of the texts that an f-string can be.

    Of an expression that chooses between such, each is yielded; of another one, nothing.
    """
    match node:
        case ast.Constant(value=str(key)):
            yield frozenset({key})
        case ast.IfExp(body=body, orelse=orelse):
            yield from keys_of(body)
            yield from keys_of(orelse)
        case ast.JoinedStr(values=parts):
            pattern = "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_-]+"
                for part in parts
            )
            yield frozenset(filter(re.compile(pattern).fullmatch, KEYS))


def is_texts(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.lstrip("_") == "texts"


@cache
def uses() -> tuple[Use, ...]:
    return tuple(
        Use(
            f"{name}:{node.lineno}",
            keys,
            None
            if any(keyword.arg is None for keyword in node.keywords)
            else frozenset(str(keyword.arg) for keyword in node.keywords),
        )
        for name, module in nodes().items()
        for node in module
        if isinstance(node, ast.Call) and is_texts(node.func) and node.args
        for keys in keys_of(node.args[0])
    )


def sample(language: str, key: str) -> dict[str, str | int | date]:
    """Return arguments for a text: a date for each variable of a date function, else 3."""

    def functions(key: str) -> dict[str, str]:
        needed = needs(language)[key]
        found = dict(needed.functions)
        for other in needed.references:
            found |= functions(other)
        return found

    kinds = functions(key)
    return {
        name: datetime(2025, 2, 21, 22, tzinfo=UTC)
        if kinds.get(name) in {"DATETIME", "DATE", "DATES"}
        else 3
        for name in variables(language, key)
    }


def reasons_notified() -> set[Reason]:
    """Return the reasons that people are told: those of `Blocked`, of entries of logs …

    Read from the code of `bot.posting`, where a dict has the reasons of Discord's error codes, and
    its `get` the reason of all others. Nobody is told of `LEFT`: the bot is not in the server.
    """
    functions = ("Blocked", "RefusedMessage", "NewLogEntry", ".get")
    found = [
        node
        for name, module in nodes().items()
        if name.startswith("posting/")
        for node in module
        if isinstance(node, ast.Dict)
        or (isinstance(node, ast.Call) and ast.unparse(node.func).endswith(functions))
    ]
    names = re.findall(r"\bReason\.([A-Z_]+)", "\n".join(map(ast.unparse, found)))
    return {Reason[name] for name in names} - {Reason.LEFT}


def permissions() -> set[str]:
    """Return every permission that can be missing for a post."""
    facts = (
        ChannelFacts(1, kind, discord.Permissions.none(), is_locked, lacks_tag)
        for kind, is_locked, lacks_tag in product(KINDS, (False, True), (False, True))
    )
    return {
        name
        for each, layout in product(facts, Layout)
        for name in missing_permissions(each, settings(layout=layout))
    }


def _built_by_setup() -> dict[str, set[str]]:
    forms = {"keywords", "style", "days", "hour", "city"}
    described = {"words", "skipped", "authors", "publish", "time", "zone", "log"}
    fields_of_forms = described | {
        *("votes", "layout", "count", "language", "mention", "silent", "pattern", "days")
    }
    presses = {"start", "save", "preview", "cancel", "check", "repeat", "back"}
    of_schedule = {"now", "manage", "pause", "resume", "post", "history", "delete", "erase"}
    return {
        "change-": {field.name for field in fields(ScheduleSettings)},
        "change-period-": {*Frequency},
        "setup-already-": {*Frequency},
        "setup-button-": forms | presses | of_schedule | {"keep", "undo", "restore"},
        "setup-choose-": {"preset", "time", "zone"},
        "setup-days-": {"weekdays", "daily", "single"},
        "setup-field-": fields_of_forms | {f"{name}-description" for name in described},
        "setup-form-": forms,
        "setup-layout-": {*Layout, *(f"{each}-description" for each in Layout)},
        "setup-missing-": {*Missing},
        "setup-preset-": {*Preset},
        "setup-what-": {*Frequency},
    }


def _kinds_of_logs() -> set[str]:
    """Return what happens to schedules; pausing and resuming also as what a person did."""
    by_persons = {LogKind.PAUSED, LogKind.RESUMED}
    kinds = {*LogKind} - {LogKind.NO_PAPERS, LogKind.UPDATED}
    return {*kinds, *(f"{kind}-by" for kind in by_persons)}


@cache
def built_keys() -> frozenset[str]:
    """Return the keys that the code puts together, from the values it puts into them."""
    units = {"day", "month", "year"}
    words: dict[str, set[str]] = {
        "chart-column-": {"weekday", *units},
        "chart-papers-": units,
        "chart-span-": units,
        "chart-votes-": units,
        "day-": {"mon", "tue", "wed", "thu", "fri", "sat", "sun"},
        "days-": {"daily", "weekdays", "weekends", "some"},
        "days-alone-": {"daily", "weekdays", "weekends", "some"},
        "filter-": {*ProblemKind},
        "history-": {outcome.replace("_", "-") for outcome in Outcome},
        "permission-": permissions() | {*BOT_NEEDS, *CHART_NEEDS},
        "reason-": {reason.replace("_", "-") for reason in Reason} | {"other"},
        "schedule-choice-": {*Frequency},
        "schedule-line-": {*Frequency},
        "schedule-too-many-": {*Scope},
        "schedule-what-": {*Frequency},
        "log-name-": {*Frequency},
        "log-what-": {"paused-by-someone", *_kinds_of_logs()},
        "log-why-": {reason.replace("_", "-") for reason in reasons_notified()},
        "dm-": {reason.replace("_", "-") for reason in reasons_notified()},
        "top-title-": {*TIME_RANGES},
        **_built_by_setup(),
    }
    return frozenset(prefix + word for prefix, found in words.items() for word in found)


class LabelRecorder(app_commands.Translator):
    """Records the keys of the names and descriptions of commands."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,  # noqa: ARG002 - discord.py's signature
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - the same
    ) -> str | None:
        if "key" in string.extras:
            self.keys.add(string.extras["key"])
        return None


@pytest.fixture
async def label_keys(tmp_path: Path) -> set[str]:
    """The keys of the names and descriptions of all commands, options and choices."""
    recorder = LabelRecorder()
    async with await Database.open(tmp_path / "papers.db") as database:
        tree = App(database, catalogue=CATALOGUE).tree
        for command in tree.get_commands():
            await command.get_translated_payload(tree, recorder)
    return recorder.keys


def test_there_are_texts_and_uses_to_check() -> None:
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
def test_every_text_can_be_formatted(language: str) -> None:
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


def test_every_key_in_the_code_exists() -> None:
    missing = [use for use in uses() if not use.keys or not use.keys <= set(KEYS)]
    assert missing == []


def test_the_code_passes_every_argument_that_a_text_needs() -> None:
    lacking = [
        (use.place, key, needed - use.arguments)
        for use in uses()
        for key in use.keys
        if (needed := variables(FALLBACK, key)) and use.arguments is not None
        if not needed <= use.arguments
    ]
    assert lacking == []


def test_every_key_that_the_code_puts_together_exists() -> None:
    assert built_keys() - set(KEYS) == set()


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_reason_has_a_text_in_every_language(language: str) -> None:
    needed = {f"reason-{reason.replace('_', '-')}" for reason in Reason}
    assert needed - set(CATALOGUE.for_locale(language).keys()) == set()


def test_every_text_is_used(label_keys: set[str]) -> None:
    constants = {
        node.value
        for module in nodes().values()
        for node in module
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    referred_to = set().union(*(needed.references for needed in needs(FALLBACK).values()))
    assert set(KEYS) - constants - referred_to - built_keys() - label_keys == set()
