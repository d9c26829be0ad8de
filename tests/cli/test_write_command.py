"""`daily-papers write` and `daily-papers reports`, with a local server of language models."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from writer_fixture import BARE, GYM, MODEL, NOW, papers_to_write
from written_samples import report

from bot.demo.services.chat import ROUTE, UNTRUE, Behaviour, LocalChat
from bot.demo.services.faults import failing
from storage import digests, jobs, written_texts
from storage.database import Database
from storage.written_texts import WrittenText

Invoke = Callable[..., Any]
KEY = "sk-made-up-for-this-test"


@pytest.fixture
def chat() -> Iterator[LocalChat]:
    """A server in a thread of its own: commands run an event loop in this one."""
    server = LocalChat(key=KEY)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Any) -> None:  # noqa: ANN401 - a coroutine of any type
        asyncio.run_coroutine_threadsafe(work, loop).result(10)

    run(server.__aenter__())
    yield server
    run(server.__aexit__(None, None, None))
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def configured(tmp_path: Path, new_file: bytes, chat: LocalChat) -> Path:
    """A database with papers, and settings with the model."""
    (tmp_path / "daily-papers.toml").write_text(
        f'sources = []\n[writer]\nurl = "{chat.base}"\nmodel = "{MODEL}"\nkey = "{KEY}"\n', "utf-8"
    )
    (tmp_path / "daily-papers.toml").chmod(0o600)
    (path := tmp_path / "daily-papers.db").write_bytes(new_file)
    in_database(path, lambda database: digests.store(database, papers_to_write(), read_at=NOW))
    return path


def in_database(path: Path, work: Callable[[Database], Any]) -> Any:  # noqa: ANN401 - of the work
    async def run() -> Any:  # noqa: ANN401 - of the work
        async with await Database.open(path) as database:
            return await work(database)

    return asyncio.run(run())


def text_of(path: Path, language: str = "ko") -> WrittenText | None:
    text: WrittenText | None = in_database(
        path, lambda database: written_texts.get(database, GYM, language)
    )
    return text


def test_a_paper_is_written_stored_and_printed_with_its_quotes(
    invoke: Invoke, configured: Path
) -> None:
    result = invoke("write", f"https://arxiv.org/abs/{GYM}v2")
    assert result.status == 0
    text = text_of(configured)
    assert text is not None
    assert result.out.splitlines()[:3] == [
        "What's New",
        f"- {text.sections[0].sentences[0].text}",
        f"  > {text.sections[0].sentences[0].quote}",
    ]
    assert result.err.startswith(f"{MODEL}: 0 of 4 sentences left out, ")
    assert result.err.endswith(" tokens, from the abstract\n")


def test_a_dry_run_prints_the_same_and_stores_nothing(
    invoke: Invoke, configured: Path, chat: LocalChat
) -> None:
    chat.behaviour = Behaviour.INVENTS_NUMBERS
    before = configured.read_bytes()
    result = invoke("write", GYM, "--language", "en", "--dry-run")
    assert result.status == 0
    assert "- The authors write: Agents that plan experiments" in result.out
    assert f"left out (number): The {UNTRUE} accuracy improves by 98765%." in result.err
    assert result.err.endswith("; nothing is stored\n")
    assert UNTRUE not in result.out
    assert text_of(configured, "en") is None
    assert configured.read_bytes() == before


def test_writing_twice_replaces_the_text(invoke: Invoke, configured: Path) -> None:
    for _ in range(2):
        assert invoke("write", GYM).status == 0
    rows = in_database(configured, lambda database: database.read("SELECT count(*) FROM texts"))
    assert tuple(rows[0]) == (1,)


def test_the_daily_limits_do_not_apply(
    invoke: Invoke, configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_WRITER_PAPERS_PER_DAY", "0")
    assert invoke("write", GYM).status == 0
    assert text_of(configured) is not None


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["something"], 2, "“something” has no arXiv ID."),
        ([GYM, "--language", "Korean"], 2, "--language: choose the code of a language"),
        (["2502.99999"], 1, "No digest lists 2502.99999."),
        ([BARE], 1, f"Not written: {MODEL} has neither an abstract nor a text to read."),
    ],
)
def test_what_cannot_be_written_is_said(
    invoke: Invoke, arguments: list[str], status: int, message: str
) -> None:
    result = invoke("write", *arguments)
    assert (result.status, result.out) == (status, "")
    assert result.err.startswith(message)


@pytest.mark.usefixtures("configured")
def test_a_failure_of_the_server_is_said_without_key_and_address(
    invoke: Invoke, chat: LocalChat
) -> None:
    chat.faults.put(ROUTE, failing(403))
    result = invoke("--log-level", "debug", "write", GYM)
    assert (result.status, result.out) == (1, "")
    assert f"Not written: {MODEL} answered 403." in result.err
    assert KEY not in result.err
    assert chat.url not in result.err


def test_without_a_model_nothing_can_be_written(invoke: Invoke, stored: Path) -> None:
    assert stored.is_file()
    result = invoke("write", "2502.14499")
    assert result.status == 2
    assert result.err.startswith("No language model is set: [writer] url and model")


@pytest.fixture
def report_id(invoke: Invoke, configured: Path) -> int:
    """A report of the written text of a paper."""
    assert invoke("write", GYM).status == 0
    found: int = in_database(
        configured,
        lambda database: report(
            database, GYM, user_id=2**62, reason="숫자가\t틀렸\x1b[2J습니다", at=NOW
        ),
    )
    return found


def test_reports_are_listed(invoke: Invoke, report_id: int) -> None:
    line = invoke("reports").out
    assert line.startswith(f"{report_id}\t2025-02-22 ")
    assert line.split("\t")[2:] == ["open", GYM, "ko", MODEL, "숫자가 틀렸[2J습니다\n"]
    listed = json.loads(invoke("reports", "--json").out)
    assert (listed["id"], listed["user_id"], listed["resolution"]) == (report_id, str(2**62), None)


def test_hiding_hides_the_text_and_resolves_the_report(
    invoke: Invoke, configured: Path, report_id: int
) -> None:
    result = invoke("reports", "--hide", str(report_id))
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith(f"Hidden: the text of {GYM} in “ko”.")
    assert text_of(configured) is None
    assert invoke("paper", GYM, "--json").out.count('"sections": []') == 1
    assert invoke("reports").out.split("\t")[2] == "hidden"


def test_rewriting_deletes_the_text_and_leaves_a_job_for_the_bot(
    invoke: Invoke, configured: Path, report_id: int
) -> None:
    assert invoke("reports", "--rewrite", str(report_id)).status == 0
    assert text_of(configured) is None
    key = f"write:{GYM}:ko"
    assert in_database(configured, lambda database: jobs.get(database, key)) is not None
    assert invoke("reports").out.split("\t")[2] == "rewritten"


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--hide", "7"], 1, "There is no report 7."),
        (["--rewrite", "7"], 1, "There is no report 7."),
        (["--hide", "1", "--rewrite", "1"], 2, "Choose one of --hide and --rewrite."),
        (["--hide", "0"], 2, ""),
    ],
)
def test_what_cannot_be_done_about_a_report_is_said(
    invoke: Invoke, arguments: list[str], status: int, message: str
) -> None:
    result = invoke("reports", *arguments)
    assert result.status == status
    assert result.err.startswith(message)


def test_without_a_model_no_text_can_be_rewritten(invoke: Invoke, stored: Path) -> None:
    assert stored.is_file()
    assert invoke("reports", "--rewrite", "1").status == 2
    assert invoke("reports").out == ""
