import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from bot.digest import parse
from storage.records import Paper


class Result(Protocol):
    status: int
    out: str
    err: str


class Invoke(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


@pytest.mark.parametrize(
    "text",
    [
        "2502.14499",
        "2502.14499v2",
        "arXiv:2502.14499",
        "https://arxiv.org/pdf/2502.14499v1",
        "https://huggingface.co/papers/2502.14499",
    ],
)
@pytest.mark.usefixtures("stored")
def test_a_paper_is_shown_by_its_id_or_address(invoke: Invoke, text: str) -> None:
    result = invoke("paper", text)
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "MLGym: A New Framework\n"
        "https://arxiv.org/abs/2502.14499\n"
        "Upvotes: 121 (2025-02-21 23:05 UTC) · #1 on 2025-02-21\n"
        "Authors: Deepak Nathani, Lovish Madaan\n"
        "Image: https://example.org/14499.png\n"
        "\n"
        "What's New\n"
        "연구를 하는 에이전트의 **실험장**입니다.\n"
    )


@pytest.mark.usefixtures("stored")
def test_json_of_a_paper_is_one_line(invoke: Invoke) -> None:
    result = invoke("paper", "2502.14739", "--json")
    assert result.status == 0
    assert json.loads(result.out) == {
        "arxiv_id": "2502.14739",
        "title": "SuperGPQA: Scaling LLM Evaluation",
        "url": "https://arxiv.org/abs/2502.14739",
        "votes": 78,
        "authors": [],
        "media": None,
        "sections": [],
        "digest_date": "2025-02-21",
        "rank": 2,
    }


@pytest.mark.parametrize("option", [[], ["--json"]])
@pytest.mark.usefixtures("stored")
def test_an_unknown_paper_is_answered_with_similar_ids(invoke: Invoke, option: list[str]) -> None:
    result = invoke("paper", "2502.14498", *option)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("No digest lists 2502.14498. Similar IDs:\n  2502.14499  MLGym")


@pytest.mark.usefixtures("stored")
def test_a_text_without_an_id_is_a_usage_error(invoke: Invoke) -> None:
    result = invoke("paper", "reinforcement \x1b[2J")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("“reinforcement [2J” has no arXiv ID")


@pytest.mark.parametrize(
    "arguments", [["paper", "2502.14499"], ["top"], ["search", "a"], ["export"]]
)
def test_a_look_up_creates_no_database(
    invoke: Invoke, tmp_path: Path, arguments: list[str]
) -> None:
    result = invoke(*arguments)
    assert (result.status, result.out) == (1, "")
    assert result.err == (
        "No database at daily-papers.db yet. Create one with “daily-papers fetch” or"
        " “daily-papers ingest FOLDER”.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_unreachable_database_is_reported_in_a_sentence(
    invoke: Invoke, tmp_path: Path, lock: Callable[[Path], None]
) -> None:
    (tmp_path / "locked").mkdir()
    lock(tmp_path / "locked")
    result = invoke("--database", "locked/x.db", "top")
    assert (result.status, result.out) == (1, "")
    assert result.err == "The database locked/x.db can't be opened: Permission denied\n"


def test_a_file_that_is_no_database_is_reported_and_not_changed(
    invoke: Invoke, tmp_path: Path
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database at all, " * 100)
    result = invoke("--database", str(file), "top")
    assert (result.status, result.out) == (1, "")
    assert str(file) in result.err
    assert "Traceback" not in result.err
    assert file.read_text() == "not a database at all, " * 100


@pytest.mark.parametrize(
    ("period", "ids"),
    [
        ("today", ["2502.14499", "2502.14739", "2502.14786"]),
        ("week", ["2502.10001", "2502.14499", "2502.14739", "2502.14786"]),
        ("year", ["2502.10001", "2502.14499", "2502.14739", "2502.14786"]),
        ("all", ["2401.00001", "2502.10001", "2502.14499", "2502.14739", "2502.14786"]),
    ],
)
@pytest.mark.usefixtures("stored")
def test_top_ranks_the_papers_of_a_period_by_votes(
    invoke: Invoke, period: str, ids: list[str]
) -> None:
    result = invoke("top", "--period", period, "--json")
    assert result.status == 0
    assert [json.loads(line)["arxiv_id"] for line in result.out.splitlines()] == ids


@pytest.mark.parametrize(
    ("period", "ids"),
    [
        ("today", ["2502.10001", "2502.14739"]),
        ("week", ["2502.10001", "2502.14739"]),
        ("all", ["2401.00001", "2502.10001", "2502.14739"]),
    ],
)
@pytest.mark.usefixtures("stored")
def test_top_of_a_date_ends_the_period_on_it(invoke: Invoke, period: str, ids: list[str]) -> None:
    result = invoke("top", "--period", period, "--date", "2025-02-17", "--json")
    assert result.status == 0
    assert [json.loads(line)["arxiv_id"] for line in result.out.splitlines()] == ids


@pytest.mark.usefixtures("stored")
def test_top_of_a_day_without_papers_names_the_nearest(invoke: Invoke) -> None:
    result = invoke("top", "--date", "2025-02-10")
    assert (result.status, result.out) == (1, "")
    assert result.err == (
        "No digest of 2025-02-10 has papers. The nearest: 2024-01-05 and 2025-02-17.\n"
    )


@pytest.mark.usefixtures("stored")
def test_top_prints_plain_lines_of_the_newest_digest_without_a_terminal(invoke: Invoke) -> None:
    result = invoke("top")
    assert result.out.splitlines() == [
        "1\t121\t2502.14499\t2025-02-21\tMLGym: A New Framework",
        "2\t78\t2502.14739\t2025-02-21\tSuperGPQA: Scaling LLM Evaluation",
        "3\t-\t2502.14786\t2025-02-21\tTitles [red]may[/red] hold [2J anything",
    ]


@pytest.mark.usefixtures("stored")
def test_count_limits_the_number_of_papers(invoke: Invoke) -> None:
    assert len(invoke("top", "--count", "2").out.splitlines()) == 2
    assert len(invoke("search", "supergpqa", "--count", "1").out.splitlines()) == 1


@pytest.mark.usefixtures("stored")
def test_export_has_each_paper_once_with_the_newest_digest_that_lists_it(invoke: Invoke) -> None:
    lines = [json.loads(line) for line in invoke("export").out.splitlines()]
    assert [(line["arxiv_id"], line["digest_date"], line["rank"]) for line in lines] == [
        ("2502.14499", "2025-02-21", 1),
        ("2502.14739", "2025-02-21", 2),
        ("2502.14786", "2025-02-21", 3),
        ("2502.10001", "2025-02-17", 1),
        ("2401.00001", "2024-01-05", 1),
    ]


@pytest.mark.usefixtures("stored")
def test_export_of_a_day_has_that_days_papers(invoke: Invoke) -> None:
    result = invoke("export", "--date", "2025-02-17")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert [(line["arxiv_id"], line["digest_date"]) for line in lines] == [
        ("2502.10001", "2025-02-17"),
        ("2502.14739", "2025-02-17"),
    ]


@pytest.mark.usefixtures("stored")
def test_exported_markdown_can_be_parsed_again(invoke: Invoke) -> None:
    result = invoke("export", "--format", "markdown")
    read, problems = parse(result.out)
    assert result.status == 0
    assert problems == ()
    assert sorted(digest.date for digest in read) == [
        date(2024, 1, 5),
        date(2025, 2, 17),
        date(2025, 2, 21),
    ]
    (newest,) = [digest for digest in read if digest.date == date(2025, 2, 21)]
    assert newest.papers[2] == Paper("2502.14786", "Titles [red]may[/red] hold \x1b[2J anything")


@pytest.mark.usefixtures("stored")
def test_a_day_without_a_digest_is_answered_with_the_newest_date(invoke: Invoke) -> None:
    result = invoke("export", "--date", "2025-02-22")
    assert (result.status, result.out) == (1, "")
    assert result.err == "There is no digest of 2025-02-22. The newest is of 2025-02-21.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["paper"],
        ["top", "--period", "decade"],
        ["top", "--count", "0"],
        ["top", "--count", "99999999999999999999"],
        ["export", "--date", "yesterday"],
        ["export", "--format", "xml"],
        ["no-such-command"],
        ["--no-such-option", "top"],
    ],
    ids=" ".join,
)
def test_a_usage_error_exits_with_status_2(invoke: Invoke, arguments: list[str]) -> None:
    result = invoke(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "Usage: daily-papers" in result.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["top", "--count", "abc"], "--count: choose a number from 1 to 10,000."),
        (["search", "x", "--count", "0"], "--count: choose a number from 1 to 10,000."),
        (["top", "--count", "9" * 5000], "--count: choose a number from 1 to 10,000."),
        (["top", "--period", "x"], "--period: choose today, week, month, year or all."),
        (["export", "--date", "x"], "--date: write a day such as 2025-02-21."),
        (["export", "--format", "x"], "--format: choose jsonl or markdown."),
        (["demo", "--port", "-1"], "--port: choose a number from 0 to 65,535."),
        (["demo", "--language", "de"], "--language: choose en or ko."),
        (["demo", "--empty", "--ready"], "--empty: leave out --ready."),
        (["demo", "--empty", "--digests", "."], "--empty: leave out --digests."),
        (["demo", "--digests", "nowhere"], "--digests: there is no folder nowhere."),
        (
            ["--log-level", "loud", "top"],
            "--log-level: choose debug, info, warning or error.",
        ),
    ],
)
def test_a_wrong_value_of_an_option_is_answered_with_what_to_choose(
    invoke: Invoke, arguments: list[str], sentence: str
) -> None:
    result = invoke(*arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines()[-1] == f"Error: {sentence}"


def test_wrong_settings_exit_with_status_2_and_are_all_named(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_TOKEN", "two words")
    monkeypatch.setenv("DAILY_PAPERS_DATABSE", "x.db")
    result = invoke("top")
    assert (result.status, result.out) == (2, "")
    assert [line.split(" ", 1)[0] for line in result.err.splitlines()] == [
        "DAILY_PAPERS_DATABSE",
        "DAILY_PAPERS_TOKEN",
    ]
    assert "two words" not in result.err


def test_config_names_the_settings_file(invoke: Invoke, stored: Path) -> None:
    moved = stored.rename(stored.with_name("moved.db"))
    (moved.parent / "other.toml").write_text('database = "moved.db"')
    assert invoke("--config", "other.toml", "paper", "2502.14499").status == 0


@pytest.mark.parametrize("command", ["paper", "top", "search", "export", "ingest"])
def test_help_of_each_command_has_examples(invoke: Invoke, command: str) -> None:
    result = invoke(command, "--help")
    assert result.status == 0
    assert f"Examples:\n    daily-papers {command}" in result.out


def test_help_describes_each_command_on_one_line_and_has_examples(
    invoke: Invoke,
) -> None:
    commands, below = invoke("--help").out.split("Commands:\n")[1].split("Examples:\n")
    examples, _ = below.split("Exit status:\n")
    lines = commands.strip().splitlines()
    names = [line.split()[0] for line in lines]
    assert names == [
        "demo",
        "run",
        "ingest",
        "fetch",
        "sources",
        "status",
        "paper",
        "top",
        "search",
        "similar",
        "cite",
        "export",
        "write",
        "reports",
        "backup",
        "restore",
        "doctor",
    ]
    assert [line for line in lines if not line.endswith(".") or line.endswith("..")] == []
    assert {line.split()[1] for line in examples.strip().splitlines()} <= set(names)


def test_help_and_version_work_with_wrong_settings(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_LOG_LEVEL", "wrong")
    assert invoke("--help").status == 0
    version = invoke("--version")
    assert version.status == 0
    assert version.out.startswith("daily-papers ")


@pytest.mark.usefixtures("stored")
def test_a_key_outside_of_its_table_still_works_and_is_named_in_the_log(
    invoke: Invoke, tmp_path: Path
) -> None:
    (tmp_path / "daily-papers.toml").write_text("\nnews_days = 1\n", encoding="utf-8")
    result = invoke("top", "--json")
    assert result.status == 0
    assert len(result.out.splitlines()) == 3
    assert "WARNING" in result.err
    assert "news_days in daily-papers.toml:2: belongs in the table [posting] now" in result.err


@pytest.mark.usefixtures("stored")
def test_a_wrong_setting_in_a_table_has_exit_code_2(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "daily-papers.toml").write_text("[posting]\nnews_days = 99\n", encoding="utf-8")
    result = invoke("top")
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "[posting] news_days in daily-papers.toml:2: expected a number of days, 0 to 31\n"
    )


@pytest.mark.parametrize("command", [("paper", "2502.14499"), ("search", "gym"), ("top",)])
def test_a_database_without_papers_is_explained(
    invoke: Invoke, tmp_path: Path, new_file: bytes, command: tuple[str, ...]
) -> None:
    (tmp_path / "daily-papers.db").write_bytes(new_file)
    result = invoke(*command)
    assert (result.status, result.out) == (1, "")
    assert result.err == (
        "No digests yet. Add some with “daily-papers fetch” or “daily-papers ingest FOLDER”.\n"
    )
