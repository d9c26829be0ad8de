"""`daily-papers run` and `demo` as separate processes."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from bot_processes import IMPATIENT
from forked_process import ForkedProcess
from network_guard import GUARDED_PATH

from bot.digest import write
from bot.sandbox import ClosePoint, Sandbox
from storage.records import Digest, Paper

CALL = [sys.executable, "-m", "bot"]
PATIENCE = 30
Start = Callable[..., AbstractAsyncContextManager[Process | ForkedProcess]]


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DAILY_PAPERS_")}
    guarded = {"PYTHONPATH": GUARDED_PATH, "DAILY_PAPERS_SOURCES": "[]"}
    return {**kept, **guarded, "COLUMNS": "100", **more}


@asynccontextmanager
async def started(folder: Path, *arguments: str, **variables: str) -> AsyncIterator[Process]:
    """Run the program in a process that imports all that it needs."""
    process = await asyncio.create_subprocess_exec(
        *CALL,
        *arguments,
        env=environment(**variables),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def forked(
    folder: Path,
    *arguments: str,
    program: Sequence[str] = ("-m", "bot"),
    has_stdin: bool = False,
    **variables: str,
) -> AsyncIterator[ForkedProcess]:
    """Run the program in a process that does not import it anew, nor the extra."""
    process = await ForkedProcess.start(
        *(*program, *arguments),
        env=environment(DAILY_PAPERS_SEARCH_SEMANTIC="false", **variables),
        cwd=folder,
        has_stdin=has_stdin,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def read_log_until(process: Process | ForkedProcess, text: str) -> str:
    """Read the log until a line contains a text, and return that line."""
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        async for line in process.stderr:
            if text in line.decode():
                return line.decode()
    raise AssertionError(f"the process ended without saying {text!r}")


async def test_run_without_a_token_explains_how_to_get_one_and_names_the_demo(
    tmp_path: Path,
) -> None:
    async with forked(tmp_path, "run") as process:
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 2
    assert b"https://discord.com/developers/applications" in err
    assert b"daily-papers demo" in err
    assert not list(tmp_path.iterdir())  # noqa: ASYNC240 - of a moment


@pytest.mark.slow
@pytest.mark.parametrize(("start", "ending"), [(started, signal.SIGTERM), (forked, signal.SIGINT)])
async def test_a_new_digest_in_the_folder_is_ingested_and_a_signal_stops_the_bot(
    sandbox: Sandbox, tmp_path: Path, start: Start, ending: signal.Signals
) -> None:
    guild = sandbox.add_guild("Lab")
    person = guild.add_member("Ann")
    person.channel = guild.add_channel("general")
    (tmp_path / "digests").mkdir()
    async with start(
        tmp_path,
        *("run", "--digests", "digests"),
        DAILY_PAPERS_TOKEN=sandbox.token,
        DAILY_PAPERS_DISCORD_URL=sandbox.url,
    ) as process:
        await sandbox.wait_connected()
        digest = Digest(date(2025, 2, 21), (Paper("2502.14499", "MLGym", 121),))
        (tmp_path / "digests" / "today.md").write_text(write(digest), encoding="utf-8")
        await read_log_until(process, "stored the digest of 2025-02-21: 1 papers new")
        interaction = await person.slash("paper", query="2502.14499")
        assert interaction.message is not None
        assert interaction.message.embeds
        process.send_signal(ending)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert not sandbox.refusals


async def test_a_wrong_token_is_reported_and_never_shown(sandbox: Sandbox, tmp_path: Path) -> None:
    async with forked(
        tmp_path,
        "--log-level",
        "debug",
        "run",
        DAILY_PAPERS_TOKEN="not-the.right-token",
        DAILY_PAPERS_DISCORD_URL=sandbox.url,
    ) as process:
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode == 2
        assert "Discord does not know this token" in err.decode()
        assert b"not-the.right-token" not in out + err
        assert b"Traceback" not in err


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
async def test_an_unreachable_discord_is_retried_until_a_signal(
    tmp_path: Path, ending: signal.Signals
) -> None:
    async with forked(
        tmp_path,
        "run",
        program=IMPATIENT,
        DAILY_PAPERS_TOKEN="some.token",
        DAILY_PAPERS_DISCORD_URL="http://127.0.0.1:9/api/v10",
    ) as process:
        for _ in range(2):
            line = await read_log_until(process, "can't reach Discord")
            assert "check discord_url" in line
            assert "next attempt in" in line
        process.send_signal(ending)
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode == 0
        assert b"Traceback" not in err


async def test_every_transient_failure_at_start_is_retried(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    faults = [
        sandbox.faults.add("GET", "/gateway", status=502),
        # aiohttp itself repeats a request whose connection breaks.
        sandbox.faults.add("GET", "/users/@me", broken=True, times=2),
        sandbox.faults.add("GET", "/oauth2/applications/@me", status=503),
        sandbox.faults.add("PUT", "/applications/*/commands", status=503),
        sandbox.faults.add("GET", "/gateway/bot", status=503, times=2),
    ]
    refused = sandbox.gateway.close_next(4000)
    sandbox.gateway.refusals_left = 1
    async with forked(
        tmp_path,
        "run",
        program=IMPATIENT,
        DAILY_PAPERS_TOKEN=sandbox.token,
        DAILY_PAPERS_DISCORD_URL=sandbox.url,
    ) as process:
        for what in (
            "reach Discord",
            "log in to Discord",
            "log in to Discord",
            "register the commands at Discord",
            "ask Discord for its gateway",
            "connect shard 0 to the gateway",
            "connect shard 0 to the gateway",
        ):
            assert "next attempt in" in await read_log_until(process, f"can't {what}")
        await read_log_until(process, "connected as")
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert [fault.left for fault in faults] == [0] * len(faults)
    assert refused.left == 0


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (4004, "Make a new one at https://discord.com/developers/applications"),
        # The other codes are checked in tests/bot/test_gateway_client.py, without a process.
        (4014, "needs no privileged intents"),
    ],
)
async def test_a_fatal_close_code_exits_with_status_2_and_says_what_to_do(
    sandbox: Sandbox, tmp_path: Path, code: int, advice: str
) -> None:
    closed = sandbox.gateway.close_next(code, at=ClosePoint.IDENTIFIED, times=None)
    async with forked(
        tmp_path, "run", DAILY_PAPERS_TOKEN=sandbox.token, DAILY_PAPERS_DISCORD_URL=sandbox.url
    ) as process:
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 2
    assert advice in " ".join(err.decode().split())
    assert b"Traceback" not in err
    assert closed.hits == 1


@pytest.mark.slow
async def test_the_demo_in_a_terminal_shows_a_conversation_then_takes_commands(
    tmp_path: Path,
) -> None:
    async with forked(tmp_path, "demo", "--terminal", has_stdin=True) as process:
        typed = (
            b"/top period:week count:3\n/top count:25\npress Next\n"
            b"/nonsense\npress Nowhere\nhelp\nquit\n"
        )
        out, err = await asyncio.wait_for(process.communicate(typed), 2 * PATIENCE)
        text = out.decode()
        assert process.returncode == 0
        assert err == b""
        post, _, rest = text.partition("/paper 2502.14499")
        assert re.search(r"Hi! .*/help\s+\[Set up\].*press Set up.*press Start", post, re.DOTALL)
        assert "Friday, February 21 · top 5 of 30" in post
        assert post.count("arxiv.org/abs/") == 5
        assert "https://huggingface.co/papers/2502.14499" in rest
        assert "Top 10 · 24 Feb" in rest
        assert "Top 3 of the past 7 days" in rest
        assert "Page 2 of 3" in rest
        assert "There is no /nonsense" in rest
        assert "No message here has such a button" in rest
        assert "/schedule add channel" in rest
        for word in ("press", "choose", "fill", "submit", "dismiss", "morning"):
            assert re.search(f"^{word} .*—", rest, re.MULTILINE), word


async def demo_once(folder: Path, *options: str) -> tuple[int | None, str, str]:
    """Run `demo --once`; return the exit status, stdout and stderr."""
    async with forked(folder, "demo", "--once", *options) as process:
        out, err = await asyncio.wait_for(process.communicate(), 2 * PATIENCE)
        return process.returncode, out.decode(), err.decode()


@pytest.mark.slow
async def test_the_demo_once_in_korean_prints_a_conversation_and_exits(tmp_path: Path) -> None:
    status, text, _ = await demo_once(tmp_path, "--language", "ko")
    assert status == 0
    assert "2월 21일 금요일 · 30편 중 추천 상위 5편" in text
    assert "오전 8:00(서울)" in text
    assert "이제 2025년 2월 24일 월요일 오전 8:00입니다." in text
    assert "첫 게시: 2025년 2월 24일 월요일 오전 8:00 (2일 후)" in text
    for english in ("only you can see this", "(edited)", "press ", " in #", "  /paper", "  /top"):
        assert english not in text
    assert "상위 10편" in text
    assert not list(tmp_path.iterdir())  # noqa: ASYNC240 - of a moment


@pytest.mark.slow
async def test_the_empty_demo_has_no_papers(tmp_path: Path) -> None:
    status, text, _ = await demo_once(tmp_path, "--empty")
    assert status == 0
    assert "arxiv.org/abs" not in text


@pytest.mark.slow
async def test_the_demo_can_have_digests_of_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    _, _, err = await demo_once(tmp_path, "--digests", "own")
    assert "There are no digests in own." in err
    (folder / "2024-05-03.md").write_text(
        "## Daily Papers (2024-05-03)\n\n"
        "### [My paper](https://arxiv.org/abs/2405.00001)\n\nVote: 7\n",
        encoding="utf-8",
    )
    status, text, err = await demo_once(tmp_path, "--ready", "--digests", "own")
    assert (status, err) == (0, "")
    assert "Set up" not in text
    assert "Friday, May 3" in text
    assert "/paper 2405.00001" in text
    assert "MLGym" not in text
