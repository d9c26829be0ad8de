"""`daily-papers --version`, and with `--verbose` what a bug report needs, but nothing private."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]
PRIVATE = {
    "DAILY_PAPERS_TOKEN": "MTIz.private.token",
    "HF_TOKEN": "hf_private",
    "DAILY_PAPERS_WRITER_KEY": "sk-private",
    "DAILY_PAPERS_WRITER_URL": "https://private.example/v1",
    "DAILY_PAPERS_WRITER_MODEL": "private-model",
    "DAILY_PAPERS_ABOUT_OPERATOR": "Ann Private",
    "DAILY_PAPERS_DIGESTS": "/home/private/digests",
    "DAILY_PAPERS_SOURCES": (
        '[{"name": "private", "kind": "url", "url": "https://private.example/{date:%Y/%m/%d}.md"}]'
    ),
}


def test_the_version_is_one_line(invoke: Invoke) -> None:
    assert invoke("--version").out == f"daily-papers {version('daily-papers-bot')}\n"


@pytest.mark.parametrize("options", [("--version", "--verbose"), ("--verbose", "--version")])
def test_a_report_has_versions_the_machine_and_the_database(
    invoke: Invoke, stored: Path, options: tuple[str, str]
) -> None:
    result = invoke(*options)
    assert (result.status, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("daily-papers ")
    assert f"SQLite {sqlite3.sqlite_version}" in lines
    assert f"aiosqlite {version('aiosqlite')}" in lines
    assert not [line for line in lines if line.startswith(("pytest ", "ruff "))]
    for name in ("Python", "system:", "locale:", "time zone:"):
        assert [line for line in lines if line.startswith(name)], name
    with closing(sqlite3.connect(stored)) as connection:
        ((number,),) = connection.execute("PRAGMA user_version")
    assert re.search(
        rf"^database: schema {number} of {number}, [\d.]+ MB$", result.out, re.MULTILINE
    )
    assert "setting:" not in result.out


def test_a_report_says_which_settings_were_changed_but_nothing_private(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in PRIVATE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DAILY_PAPERS_NEWS_DAYS", "5")
    monkeypatch.setenv("DAILY_PAPERS_LOG_FORMAT", "json")
    result = invoke("--version", "--verbose")
    found = [line for line in result.out.splitlines() if line.startswith("setting: ")]
    assert set(found) >= {
        "setting: token = (secret)",
        "setting: log_format = json",
        "setting: [posting] news_days = 5",
        "setting: [writer] url = (set)",
        "setting: [[sources]] = url",
    }
    assert "private" not in result.out.lower()
    assert not result.err


def test_a_report_is_given_whatever_is_wrong(invoke: Invoke, stored: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(stored)) as connection:
        connection.execute("PRAGMA user_version = 999")
    newer = invoke("--version", "--verbose")
    assert newer.status == 0
    assert "its schema is 999" in newer.out
    stored.write_bytes(b"no database" * 1000)
    assert "is not a database" in invoke("--version", "--verbose").out
    (tmp_path / "daily-papers.toml").write_text("log_level = 'loud'\n")
    wrong = invoke("--version", "--verbose")
    assert wrong.status == 0
    assert "settings: log_level" in wrong.out


def test_a_report_changes_nothing(invoke: Invoke, stored: Path, tmp_path: Path) -> None:
    before = stored.read_bytes()
    invoke("--version", "--verbose")
    assert stored.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [stored.name]


def test_verbose_alone_is_refused(invoke: Invoke) -> None:
    result = invoke("--verbose", "top")
    assert (result.status, result.out) == (2, "")
    assert "--verbose goes with --version." in result.err
