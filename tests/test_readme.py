"""The documentation lists every command, option and setting once, and names only what exists."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from catalogue import CATALOGUE
from typer.testing import CliRunner

from bot.cli.app import app
from config.loading import load_settings
from config.setting_keys import VARIABLES

ROOT: Final = Path(__file__).parents[1]
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL: Final = [
    ROOT / "README.md",
    ROOT / "docs" / "command-line.md",
    ROOT / "docs" / "settings.md",
]
"""What has the rows of commands, options and settings."""
DOCUMENTS: Final = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
PLACEHOLDERS: Final = {
    "token": "t.o.k",
    "log_format": "json",
    "discord_url": "http://127.0.0.1:8080/api/v10",
    "[[sources]]": "[]",
    "[huggingface] url": "http://127.0.0.1:8080",
    "[huggingface] token": "t.o.k",
    "[arxiv] url": "http://127.0.0.1:8080",
    "[writer] url": "http://127.0.0.1:8080/v1",
    "[writer] languages": "fr",
    "[writer] all": "true",
    "[search] two_languages": "false",
    "[search] semantic": "false",
    "[publish] url": "https://example.org/papers",
    "[http] host": "::1",
    "[http] port": "9090",
    "[about] operator": "Ann",
    "[about] invite": "public",
}
"""Valid values of settings that can't be any text."""


def rows() -> list[list[str]]:
    """Return the cells of every row of the manual's tables."""
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for path in MANUAL
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]


def first_cells() -> list[str]:
    return [row[0] for row in rows()]


def help_of(*command: str) -> str:
    """Return what `--help` prints."""
    runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1"})
    result = runner.invoke(app, [*command, "--help"], prog_name="daily-papers")
    assert result.exit_code == 0
    return result.stdout


def options_in(text: str) -> set[str]:
    """Return the long options that a help text lists."""
    return set(re.findall(r"^\W*(?:-\w, )?(--[\w-]+)", text, re.MULTILINE))


def commands_in(text: str) -> list[str]:
    """Return the commands that a help text lists."""
    listed = re.split(r"^.*Commands.*$", text, flags=re.MULTILINE)[1]
    listed = re.split(r"^.*(?:Examples|Exit).*$", listed, maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^(?:  |│ )([a-z]+)\s{2,}", listed, re.MULTILINE)


@pytest.fixture(scope="module")
def help_texts() -> dict[str, str]:
    """The help of each command by its name, and that of all under "daily-papers"."""
    general = help_of()
    return {"daily-papers": general} | {name: help_of(name) for name in commands_in(general)}


def test_each_command_of_the_command_line_has_its_own_row(help_texts: dict[str, str]) -> None:
    assert len(help_texts) > 6
    named = [re.match(r"`daily-papers ([a-z]+)[^`]*`$", cell) for cell in first_cells()]
    assert sorted(match[1] for match in named if match) == sorted(
        name for name in help_texts if name != "daily-papers"
    )


def test_each_option_of_the_command_line_has_its_own_row(help_texts: dict[str, str]) -> None:
    expected = [
        f"{name} {option}"
        for name, text in help_texts.items()
        for option in options_in(text)
        if name == "daily-papers" or option != "--help"
    ]
    found = [re.match(r"`([a-z-]+)` `(--[\w-]+)", cell) for cell in first_cells()]
    assert sorted(f"{match[1]} {match[2]}" for match in found if match) == sorted(expected)


def flat(values: Mapping[str, object], table: str = "") -> Iterator[tuple[str, object]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"[{key}] ")
        elif key == "sources":
            yield "[[sources]]", value
        else:
            yield f"{table}{key}", value


SETTINGS: Final = {
    **dict(flat(tomllib.loads((ROOT / "config" / "default.toml").read_text(encoding="utf-8")))),
    # Only a comment in that file.
    "[[sources]]": "",
}


def test_each_setting_has_its_own_row_with_its_default() -> None:
    found = [row for row in rows() if len(row) == 4 and row[1].strip("`") in VARIABLES]
    assert sorted(row[0].strip("`") for row in found) == sorted(SETTINGS)
    assert len({row[1] for row in found}) == len(found)
    for key, _, default, _ in found:
        value = SETTINGS[key.strip("`")]
        # As in TOML, but texts without their quotation marks.
        shown = value if isinstance(value, str) else json.dumps(value)
        assert default == (f"`{shown}`" if shown else ""), key


@pytest.mark.parametrize("key", SETTINGS)
def test_the_environment_variable_of_each_row_sets_its_setting(
    key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    (variable,) = [row[1].strip("`") for row in rows() if row[0] == f"`{key}`" and len(row) == 4]
    before = load_settings(None, {}).model_dump()
    default = SETTINGS[key]
    other = PLACEHOLDERS.get(key, "debug")
    if isinstance(default, int) and not isinstance(default, bool):
        other = str(default + 1)
    monkeypatch.setenv(variable, other)
    after = load_settings(None, {}).model_dump()
    changed = {name for name, value in flat(after) if dict(flat(before))[name] != value}
    assert changed == {key}


def test_the_readme_has_the_demo_and_the_tests_in_one_line_each() -> None:
    assert re.findall(r"^python3 -m venv .*$", README, re.MULTILINE) == [
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/daily-papers demo",
        "python3 -m venv .venv && .venv/bin/pip install -e '.[test,semantic]' && .venv/bin/pytest",
    ]


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) < 250


def test_the_examples_of_settings_in_the_readme_are_valid(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    found = []
    for example in re.findall(r"```toml\n(.*?)```", README, re.DOTALL):
        (tmp_path / "daily-papers.toml").write_text(example, encoding="utf-8")
        (tmp_path / "daily-papers.toml").chmod(0o600)
        found.append(load_settings(None, {}))
    of_sources, of_a_community = found
    assert [source.name for source in of_sources.active_sources()] == ["huggingface", "archive"]
    assert of_a_community.about.operator == "Ada, ada@example.org"


def test_the_readme_names_every_language() -> None:
    assert {"en", "ko"} == set(CATALOGUE.languages)
    assert "English and Korean" in README


def test_the_newest_version_in_the_changelog_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([\d.]+)\]", changelog, re.MULTILINE)
    assert versions[0] == project["version"]
    numbers = [tuple(map(int, version.split("."))) for version in versions]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_lead_to_files(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?://)([^)#…]+)", text):
        assert (document.parent / target).is_file(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_modules_that_a_document_names_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for path in re.findall(r"(?<![\w/.])((?:bot|storage|config|tests)/[\w./*-]+\w)", text):
        assert [*ROOT.glob(path), *ROOT.glob(f"{path}.py")], path


def test_the_architecture_names_each_module_of_jobs_and_posting() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for module in [*ROOT.glob("bot/posting/*.py"), *ROOT.glob("bot/jobs/*.py")]:
        if module.name != "__init__.py":
            assert re.search(rf"`(?:jobs/)?{module.stem}(?:\.py)?`", architecture), module.name


def test_the_contributors_document_names_each_benchmark() -> None:
    document = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    for script in (ROOT / "tests" / "benchmarks").glob("*.py"):
        assert script.name in document, script.name


def test_log_entries_that_the_operators_document_names_are_in_the_code() -> None:
    operating = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    section = operating.split("## What the log says")[1]
    entries = re.findall(r"^\| `([^`]+)` \| (?:info|warning|error)", section, re.MULTILINE)
    assert len(entries) > 10
    messages = [
        message
        for package in ("bot", "storage", "config")
        for path in (ROOT / package).rglob("*.py")
        for message in logged_messages(path.read_text(encoding="utf-8"))
    ]
    for entry in entries:
        pattern = ".{0,40}".join(re.escape(part.strip()) for part in entry.split("…"))
        assert any(re.search(pattern, message) for message in messages), entry


def logged_messages(code: str) -> Iterator[str]:
    """Yield the texts that are arguments of calls such as `log.info("…")`."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(ast.Attribute(ast.Name("log"))):
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value
