"""The wording of what people read: short enough for a phone, and without words that we avoid."""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest
import typer
from bot_code import nodes
from catalogue import CATALOGUE
from fluent.runtime import FluentResource
from fluent.syntax import ast as fluent_ast
from typer.testing import CliRunner

from bot.cli.app import app
from bot.ui.columns import width
from config.texts import FALLBACK
from storage.records import Layout

KEYS: Final = sorted(CATALOGUE.for_locale(FALLBACK).keys())

BUTTONS: Final = re.compile(
    r".*-button-.*|about-invite|demo-next-morning"
    r"|paper-(?:abstract|cite|discuss|quotes|report|save|share|similar|whole)"
    r"|post-(?:again|all|discuss|leave)"
    r"|top-(?:chart|next|previous|day-before|day-after)|welcome-set-up"
)
PLACEHOLDERS: Final = re.compile(r".*-choose(?:-.*)?|post-menu|paper-more")
MODAL_TEXTS: Final = re.compile(r".*-(?:form|field)-(?:.*(?<!-description))")
"""Titles of modals and labels of their fields."""
COMMAND_NAMES: Final = re.compile(r"command-.*-name")
DESCRIPTIONS: Final = re.compile(r"command-.*(?<!-name)|.*-field-.*-description")
"""Descriptions and choices of commands, and descriptions of fields of modals."""

BUTTON_COLUMNS: Final = 20
"""What fits on a phone beside a second button."""
PLACEHOLDER_COLUMNS: Final = 40
"""What a menu on a phone shows of the text."""
DESCRIPTION_LENGTH: Final = 100
"""Discord's limit."""
MODAL_LABEL_LENGTH: Final = 45
"""Discord's limit."""

AVOIDED: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        # Not the words of an interface.
        r"\bshall\b",
        r"\bha(?:s|ve) had\b",
        r"\bunless you say\b",
        r"\bgoes on\b",
        r"\bgo on\b",
        r"\bnone with\b",
        r"\bby hand\b",
        r"\bfor years\b",
        r"\bwhat is now so\b",
        # Words of the code for what people call otherwise.
        r"\bdigests?\b",
        r"\bmost voted\b",
        r"\bvotes?\b",
        r"\bvoted\b",
        r"\bturns?\b(?! o(?:n|ff)\b)",
        r"\bma(?:de|ke) up for\b",
        r"\bup to date\b",
        r"\bembed a paper\b",
        r"\bthe one who runs\b",
        r"\d UTC\b",
        # Discord's own texts have straight ones.
        r"’",
    ),
    "ko": (
        r"일정",
        r"만회",
        r"고쳐 쓰",
        r"고쳐 씁",
        r"임베드",
        r"전문(?!가)",
        r"적지 않으면",
        r"(?:최신|어느|그날의) 목록",
        r"[AP]M \d",
        r"\d–\d",
        r"\S님",
        r"\s및\s(?!역할)",
        # 합니다체, not the style of a chat.
        r"(?<!안녕)(?:어|아|해|예|이에|하세|으세)요(?=[.!?]|$)",
        r"digest",
    ),
}

TYPERS_WORDS: Final = (
    "Aborted",
    "Got unexpected",
    "Input should be",
    "Invalid value",
    "Missing argument",
    "Missing command",
    "Missing option",
    "Missing parameter",
    "No such command",
    "No such option",
    "Value error",
    "does not take a value",
    "is not a valid",
    "is not one of",
    "requires an argument",
    "validation error",
    "<list[",
    "<str>",
    "<int",
    "{PATH",
)


@cache
def sources(language: str) -> Mapping[str, str]:
    """Return the source of each text by its key."""
    found = {}
    for file in (files("config") / "locales" / language).iterdir():
        source = file.read_text(encoding="utf-8")
        for entry in FluentResource(source).body:
            if isinstance(entry, fluent_ast.Message) and entry.value is not None:
                span = entry.value.span
                assert span is not None, "the parser sets the span of each text"
                found[entry.id.name] = source[span.start : span.end]
    return found


def words_of(language: str) -> Iterator[tuple[str, str]]:
    """Yield key and source of each text, without the names that people don't read."""
    for key, source in sources(language).items():
        yield key, re.sub(r"\$[\w-]+|\{ [a-z][\w-]* \}", "", source)


def avoided(language: str, text: str) -> list[str]:
    """Return the words in a text that we avoid."""
    found = [re.search(each, text, re.IGNORECASE | re.MULTILINE) for each in AVOIDED[language]]
    return [match[0] for match in found if match is not None]


def needs_arguments(key: str) -> bool:
    """Return whether a text has variables."""
    return "$" in sources(FALLBACK)[key]


def formatted(language: str, key: str) -> str:
    """Return a text as it is shown, with numbers of three digits."""
    source = sources(language)[key]
    dates = re.findall(r"DATE(?:TIME|S)?\(\$(\w+)(?:, \$(\w+))?", source)
    moment = datetime(2025, 12, 24, 22, tzinfo=UTC)
    arguments: dict[str, int | datetime] = dict.fromkeys(re.findall(r"\$(\w+)", source), 100)
    arguments |= {name: moment for pair in dates for name in pair if name}
    return CATALOGUE.for_locale(language)(key, **arguments)


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_language_has_a_text_for_every_key(language: str) -> None:
    assert sorted(CATALOGUE.for_locale(language).keys()) == KEYS


@pytest.mark.parametrize(
    "place",
    [BUTTONS, PLACEHOLDERS, DESCRIPTIONS, MODAL_TEXTS],
    ids=["buttons", "menus", "descriptions", "modals"],
)
def test_there_are_texts_for_each_place(place: re.Pattern[str]) -> None:
    assert any(map(place.fullmatch, KEYS))


def keys_given_to(argument: str) -> Iterator[str]:
    """Yield the keys of the texts that the code passes as an argument, such as `label`."""
    for module in nodes().values():
        for node in module:
            if not isinstance(node, ast.keyword) or node.arg != argument:
                continue
            for found in re.findall(r"\btexts\(f?['\"]([^'\"]+)['\"]", ast.unparse(node.value)):
                pattern = re.sub(r"\\{[^}]*\\}", "[a-z_-]+", re.escape(found))
                yield from (key for key in KEYS if re.fullmatch(pattern, key))


@pytest.mark.xdist_group("texts")  # whose other tests have read the code, too
@pytest.mark.parametrize(("argument", "place"), [("label", BUTTONS), ("placeholder", PLACEHOLDERS)])
def test_each_button_and_menu_in_the_code_is_measured(
    argument: str, place: re.Pattern[str]
) -> None:
    keys = set(keys_given_to(argument))
    assert len(keys) >= 2
    assert {key for key in keys if not place.fullmatch(key)} == set()


@pytest.mark.parametrize("language", CATALOGUE.languages)
@pytest.mark.parametrize(
    ("place", "columns"),
    [(BUTTONS, BUTTON_COLUMNS), (PLACEHOLDERS, PLACEHOLDER_COLUMNS)],
    ids=["buttons", "menus"],
)
def test_buttons_and_menus_fit_on_a_phone(
    place: re.Pattern[str], columns: int, language: str
) -> None:
    shown = {key: formatted(language, key) for key in filter(place.fullmatch, KEYS)}
    assert {key: text for key, text in shown.items() if width(text) > columns} == {}


@pytest.mark.parametrize("language", CATALOGUE.languages)
@pytest.mark.parametrize(
    ("place", "most"),
    [(DESCRIPTIONS, DESCRIPTION_LENGTH), (MODAL_TEXTS, MODAL_LABEL_LENGTH)],
    ids=["descriptions", "modals"],
)
def test_descriptions_and_labels_are_within_discords_limits(
    place: re.Pattern[str], most: int, language: str
) -> None:
    shown = {key: formatted(language, key) for key in filter(place.fullmatch, KEYS)}
    assert {key: text for key, text in shown.items() if len(text) > most} == {}


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_no_text_has_a_word_that_we_avoid(language: str) -> None:
    found = [(key, words) for key, text in words_of(language) if (words := avoided(language, text))]
    assert found == []


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("en", "One digest, most voted"),
        ("en", "The votes are read"),
        ("en", "Shall it be posted?"),
        ("en", "It has had this already"),
        ("en", "unless you say: 5"),
        ("en", "The one who runs this bot"),
        ("en", "Upvotes as of 22:00 UTC"),
        ("en", "a missed turn is made up for"),
        ("en", "It couldn’t be posted"),
        ("ko", "일정을 추가했습니다."),
        ("ko", "최대 2시간 안에 만회"),
        ("ko", "추천 수를 고쳐 씁니다."),
        ("ko", "논문마다 임베드 하나"),
        ("ko", "요약 전문 보기"),
        ("ko", "기본값은 적지 않으면 5"),
        ("ko", "추천: 금요일 PM 10:00 기준"),
        ("ko", "논문 수, 1–25"),
        ("ko", "{ $user }님이 공유했습니다."),
        ("ko", "이미 올렸어요."),
        ("ko", "/설정으로 시작하세요."),
        ("ko", "Digest가 없습니다."),
    ],
)
def test_words_that_we_avoid_are_found(language: str, wrong: str) -> None:
    assert avoided(language, wrong)


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_a_style_has_the_same_name_everywhere(layout: Layout, language: str) -> None:
    texts = CATALOGUE.for_locale(language)
    name, explanation = texts(f"setup-layout-{layout}"), f"setup-layout-{layout}-description"
    choice = texts(f"command-schedule-option-layout-{layout}")
    assert choice == f"{name}: {texts(explanation)[0].lower()}{texts(explanation)[1:]}"


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_commands_are_named_by_links_and_buttons_by_their_labels(language: str) -> None:
    texts = CATALOGUE.for_locale(language)
    labels = {texts(key) for key in KEYS if BUTTONS.fullmatch(key) and not needs_arguments(key)}
    for key, text in words_of(language):
        if key.startswith("demo-"):  # its page shows plain text
            continue
        assert not re.search(r"(?<![\w<:/.])/[a-z가-힣]{3,}", text), key
        if key.startswith(("setup-", "delete-", "schedule-")):
            assert set(re.findall(r"\*\*(?!\{)([^*{}]+)\*\*", text)) <= labels, key


@pytest.mark.parametrize(
    "arguments",
    [
        ["--config"],
        ["--config", "missing.toml", "top"],
        ["--database", "x"],
        ["--log-level", "loud", "top"],
        ["--no-such-option", "top"],
        ["--version=1"],
        ["demo", "--language", "de"],
        ["demo", "--port", "web"],
        ["export", "--date", "yesterday"],
        ["export", "--day", "2025-02-21"],
        ["export", "--format", "xml"],
        ["fetch", "--from", "soon"],
        ["fetch", "--source", "nowhere"],
        ["fetch", "2025-02-21"],
        ["ingest"],
        ["ingest", "--config", "x", "."],
        ["ingest", "nothere"],
        ["no-such-command"],
        ["paper"],
        ["paper", "words"],
        ["run", "--digests"],
        ["search"],
        ["search", "reinforcement", "learning"],
        ["sources", "--jsn"],
        ["top", "--count", "many"],
        ["top", "--count"],
        ["top", "--json=3"],
        ["top", "--period", "fortnight"],
        ["top", "-x"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_answered_without_a_librarys_words(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, arguments, prog_name="daily-papers")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()[-1]) > 10
    assert [words for words in TYPERS_WORDS if words in result.stderr] == []


@pytest.mark.parametrize(
    "arguments",
    [["--count", "many"], ["--count"], ["--such"], ["one"], ["--help"]],
    ids=" ".join,
)
def test_a_librarys_words_would_be_found(arguments: list[str]) -> None:
    plain = typer.Typer(rich_markup_mode=None)

    @plain.command()
    def top(count: int = 1, paths: list[Path] = typer.Option(())) -> None:  # noqa: B008 - as Typer wants it
        pass

    result = CliRunner().invoke(plain, arguments)
    assert [words for words in TYPERS_WORDS if words in result.output]


@pytest.mark.parametrize(
    "setting",
    [
        'log_level = "loud"',
        "token = 1",
        "database = 1",
        'sources = "x"',
        "[posting]\nnews_days = 99",
        '[posting]\nrequests_per_second = "a"',
        "[posting]\nno_such_setting = 1",
        '[[sources]]\nkind = "x"',
        "no_such_setting = 1",
        "not TOML",
    ],
)
def test_a_wrong_setting_is_answered_without_a_librarys_words(
    setting: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "daily-papers.toml").write_text(setting, encoding="utf-8")
    result = CliRunner().invoke(app, ["top"], prog_name="daily-papers")
    assert result.exit_code == 2
    assert "daily-papers.toml" in result.stderr
    assert [words for words in TYPERS_WORDS if words in result.stderr] == []


@pytest.mark.parametrize(
    "command",
    ["", "demo", "run", "ingest", "fetch", "sources", "paper", "top", "search", "export"],
)
def test_help_has_no_python_types_and_no_words_that_we_avoid(command: str) -> None:
    arguments = [*command.split(), "--help"]
    result = CliRunner().invoke(app, arguments, prog_name="daily-papers")
    assert result.exit_code == 0
    assert [words for words in TYPERS_WORDS if words in result.stdout] == []
    prose = re.sub(r"--[\w-]+|<[^>]*>", "", result.stdout)
    found = [each for each in avoided("en", prose) if not each.startswith("digest")]
    assert found == []


def test_help_of_all_says_first_how_to_begin_and_last_the_exit_statuses() -> None:
    text = CliRunner().invoke(app, ["--help"], prog_name="daily-papers").stdout
    places = ["daily-papers demo", "daily-papers run", "Commands:", "Examples:", "Exit status:"]
    assert [text.index(place) for place in places] == sorted(map(text.index, places))
