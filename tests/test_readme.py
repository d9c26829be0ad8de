"""The README is the manual: what can be said, typed or set stands in it."""

import re
from pathlib import Path

import pytest
import typer
from stage import CATALOGUE

from bot.cli.app import app
from config.settings import VARIABLES

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("variable", "path"), VARIABLES.items())
def test_every_setting_is_in_the_readme(variable: str, path: tuple[str, ...]) -> None:
    assert f"| `{path[-1]}` | `{variable}` |" in README


def test_every_command_of_the_shell_is_in_the_readme_with_its_options() -> None:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        (row,) = re.findall(rf"^\| `daily-papers {name}\b.*", README, re.MULTILINE)
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert option in row, f"{name} {option}"
    for parameter in group.params:
        for option in parameter.opts:
            assert option in README, option


def test_the_two_lines_need_nothing_but_python() -> None:
    lines = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert [line.rpartition("&&")[2].strip() for line in lines] == [
        ".venv/bin/daily-papers demo",
        ".venv/bin/pytest",
    ]


def test_the_readme_names_every_language() -> None:
    assert {"en", "ko"} == set(CATALOGUE.languages)
    assert "English and Korean" in README
