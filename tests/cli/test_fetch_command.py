"""`daily-papers fetch`, as a process with local services where it fetches."""

import asyncio
import json
import os
import re
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bot_processes import IMPATIENT, BotProcesses
from forked_process import ForkedProcess
from network_guard import GUARDED_PATH
from terminal import on_a_terminal

from bot.demo.services.faults import failing, rate_limited, slow
from bot.demo.services.huggingface import LocalHuggingFace
from bot.sandbox import Sandbox
from storage import digests, sources
from storage.database import Database

Invoke = Callable[..., Any]
LISTS = "/api/daily_papers"
MARCH = ("--from", "2025-03-01", "--to", "2025-03-30")
PATIENCE = 60


def is_tenth(day: date) -> bool:
    return day.day % 10 == 0


@dataclass
class Fetch:
    """Calls `fetch` in a folder."""

    folder: Path
    service: LocalHuggingFace
    variables: dict[str, str] = field(default_factory=dict)
    program: Sequence[str] = ("-m", "bot")

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("DAILY_PAPERS_")}
        return (
            kept
            | {
                "PYTHONPATH": GUARDED_PATH,
                "DAILY_PAPERS_HUGGINGFACE_URL": self.service.url,
                "COLUMNS": "100",
                "TERM": "xterm-256color",
            }
            | self.variables
        )

    async def start(self, *arguments: str) -> ForkedProcess:
        return await ForkedProcess.start(
            *(*self.program, "fetch", *arguments), env=self.environment, cwd=self.folder
        )

    async def __call__(self, *arguments: str) -> tuple[int | None, str, str]:
        """Return the exit status, stdout and stderr."""
        process = await self.start(*arguments)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
        assert b"Traceback" not in err
        return process.returncode, out.decode(), err.decode()

    async def dates(self) -> tuple[date, ...]:
        async with await Database.open(self.folder / "daily-papers.db") as database:
            return await digests.dates(database)


@pytest.fixture
async def fetch(tmp_path: Path) -> AsyncIterator[Fetch]:
    async with LocalHuggingFace(papers_per_day=3, is_empty=is_tenth) as service:
        yield Fetch(tmp_path, service)


async def test_days_are_stored_and_counted_and_not_read_twice(fetch: Fetch) -> None:
    status, out, err = await fetch(*MARCH)
    assert status == 0
    assert out == "30 days: 27 lists, 3 without papers, 0 failed; 81 papers, 81 new.\n"
    lines = err.splitlines()
    assert lines[0] == "huggingface: list of 2025-03-30: no papers"
    assert lines[1] == "huggingface: list of 2025-03-29: 3 papers, 3 new"
    assert len(lines) == 30
    assert len(await fetch.dates()) == 27
    before = len(fetch.service.requests)

    status, out, err = await fetch(*MARCH)
    assert (status, err) == (0, "")
    assert out == (
        "30 days: 30 read before, 0 lists, 0 without papers, 0 failed; 0 papers, 0 new.\n"
    )
    assert len(fetch.service.requests) == before

    status, out, _ = await fetch("--from", "2025-03-29", "--to", "2025-03-30", "--again")
    assert out == "2 days: 1 list, 1 without papers, 0 failed; 3 papers, 0 new.\n"
    assert len(fetch.service.requests) == before + 2


async def test_the_last_30_days_are_read_by_default(fetch: Fetch) -> None:
    status, out, _ = await fetch()
    assert status == 0
    assert out.startswith("30 days: ")
    asked = [date.fromisoformat(request.query["date"]) for request in fetch.service.requests]
    assert asked == [asked[0] - timedelta(days=days) for days in range(30)]


async def test_failed_days_are_named_and_exit_with_status_1(fetch: Fetch) -> None:
    fetch.service.faults.put(LISTS, failing(403), times=2)
    status, out, err = await fetch("--from", "2025-03-01", "--to", "2025-03-05")
    assert status == 1
    assert out == "5 days: 3 lists, 0 without papers, 2 failed; 9 papers, 9 new.\n"
    assert "huggingface: list of 2025-03-05: failed: it answered 403 Forbidden\n" in err
    assert "huggingface: list of 2025-03-04: failed: it answered 403 Forbidden\n" in err


async def test_a_service_that_is_down_is_given_up(fetch: Fetch) -> None:
    fetch.program = IMPATIENT
    fetch.variables["DAILY_PAPERS_HUGGINGFACE_URL"] = "http://127.0.0.1:9"
    status, out, err = await fetch(*MARCH)
    assert status == 1
    assert out == "30 days: 0 lists, 0 without papers, 3 failed, 27 not read; 0 papers, 0 new.\n"
    assert err.count("failed: it couldn't be reached: Connection refused") == 3
    assert "huggingface: fails repeatedly; 27 more days not read" in err


async def test_a_wait_for_the_rate_limit_is_shown(fetch: Fetch) -> None:
    fetch.service.faults.put(LISTS, rate_limited(1), times=1)
    status, out, err = await fetch("--from", "2025-03-05", "--to", "2025-03-05")
    assert status == 0
    assert err.splitlines()[0] == ("huggingface answered 429 Too Many Requests; waiting 1 s")
    assert out == "1 day: 1 list, 0 without papers, 0 failed; 3 papers, 3 new.\n"


async def test_ctrl_c_keeps_what_is_stored_and_the_next_call_goes_on(fetch: Fetch) -> None:
    fetch.service.faults.put(LISTS, slow(PATIENCE))
    fetch.service.faults.put(LISTS, slow(0.0), times=6)
    process = await fetch.start(*MARCH)
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        for _ in range(4):
            await process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = await process.communicate()
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    assert re.search(
        r"30 days: .* not read; .* Run the same command again to continue.", err.decode()
    )
    assert err.endswith(b"Stopped.\n")
    stored = await fetch.dates()
    assert stored
    fetch.service.faults.clear()
    before = len(fetch.service.requests)
    status, _, _ = await fetch(*MARCH)
    assert status == 0
    asked = {request.query["date"] for request in fetch.service.requests[before:]}
    assert not asked & {day.isoformat() for day in stored}
    assert len(await fetch.dates()) == 27


async def test_a_terminal_gets_a_progress_bar_with_the_failures_above_it(fetch: Fetch) -> None:
    fetch.service.faults.put(LISTS, failing(403), times=1)
    fetch.service.faults.put(LISTS, rate_limited(1), times=1)
    status, drawn = await on_a_terminal(["fetch", *MARCH], fetch.environment, fetch.folder)
    assert status == 1
    assert "━" in drawn
    assert "30/30" in drawn
    assert "Fetching huggingface 2025-03-01" in drawn
    assert "Waiting 1 s for huggingface" in drawn
    assert drawn.count("huggingface: list of 2025-03-30: failed: it answered 403 Forbidden") == 1
    assert "list of 2025-03-28" not in drawn
    assert drawn.endswith("27 lists, 2 without papers, 1 failed; 81 papers, 81 new.\r\n")


async def test_one_source_can_be_chosen_and_all_are_recorded(fetch: Fetch) -> None:
    configured = [
        {"name": "theirs", "kind": "url", "url": "http://127.0.0.1:9/{date}.md"},
        {"name": "huggingface", "kind": "huggingface"},
        {"name": "ours", "kind": "folder", "path": "ours"},
    ]
    fetch.variables["DAILY_PAPERS_SOURCES"] = json.dumps(configured)
    status, out, _ = await fetch("--source", "huggingface", *MARCH)
    assert status == 0
    assert out.startswith("30 days: 27 lists")
    async with await Database.open(fetch.folder / "daily-papers.db") as database:
        names = list(await sources.overviews(database))
    assert names == ["theirs", "huggingface", "ours", "files"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--source", "files"], "--source: choose huggingface."),
        (["--from", "yesterday"], "--from: write a day such as 2025-02-21."),
        (["--to", "2999-01-01"], r"--to: choose a day from 1991-08-14 to \d{4}-\d\d-\d\d\."),
        (
            ["--from", "2025-03-02", "--to", "2025-03-01"],
            "--from: choose a day from 1991-08-14 to 2025-03-01.",
        ),
        (["--from", "1990-01-01"], r"--from: choose a day from 1991-08-14 to \d{4}-\d\d-\d\d\."),
    ],
)
def test_wrong_options_exit_with_status_2_and_say_what_to_choose(
    invoke: Invoke, tmp_path: Path, arguments: list[str], message: str
) -> None:
    result = invoke("fetch", *arguments)
    assert (result.status, result.out) == (2, "")
    assert re.search(f"^Error: {message}$", result.err, re.MULTILINE)
    assert not list(tmp_path.iterdir())


def test_without_a_source_over_the_network_there_is_nothing_to_fetch(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_SOURCES", "[]")
    result = invoke("fetch")
    assert result.status == 2
    assert result.err.startswith("No source to fetch from: ")
    assert not list(tmp_path.iterdir())


async def test_a_running_bot_finds_at_once_what_is_fetched(sandbox: Sandbox, fetch: Fetch) -> None:
    guild = sandbox.add_guild("Lab")
    person = guild.add_member("Ann")
    person.channel = guild.add_channel("general")
    fetch.variables["DAILY_PAPERS_DATABASE"] = str(fetch.folder / "papers.db")
    async with BotProcesses(sandbox, fetch.folder) as bots:
        bots.wanted = 1
        await sandbox.wait_connected()
        status, out, _ = await fetch(*MARCH)
        assert status == 0
        assert "81 papers, 81 new" in out
        asked = fetch.service.papers_of(date(2025, 3, 5))[0]
        interaction = await person.slash("paper", query=asked.arxiv_id)
        assert interaction.message is not None
        assert asked.title in str(interaction.message.embeds)
        bots.wanted = 0
        await bots.end(signal.SIGTERM)
    assert "Traceback" not in bots.logs()
