import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from forked_process import ForkedProcess
from network_guard import GUARDED_PATH

from bot.digest import write
from storage import digests
from storage.database import Database
from storage.records import Digest, ListedDigest, Paper

# A shell makes background processes ignore SIGINT, and their children inherit that.
_HEARS_CTRL_C = """
import signal
from bot.cli.app import main

signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


class Result(Protocol):
    status: int
    out: str
    err: str


class Invoke(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


def digest(day: date, *, votes: int | None = None, papers: int = 2) -> Digest:
    return Digest(
        day,
        tuple(
            Paper(f"{day:%y%m}.{day.day * 100 + number:05}", f"Paper {number}", votes=votes)
            for number in range(papers)
        ),
    )


def stored_digests(path: Path) -> list[ListedDigest]:
    async def read() -> list[ListedDigest]:
        async with await Database.open(path) as database:
            found = [await digests.get(database, day) for day in await digests.dates(database)]
            return [each for each in found if each is not None]

    return asyncio.run(read())


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file below the working folder."""

    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


def test_a_folder_is_read_with_its_subfolders(
    invoke: Invoke, put: Callable[[str, str], Path], tmp_path: Path
) -> None:
    put("digests/2025/02/20.md", write(digest(date(2025, 2, 20), votes=3)))
    put("digests/2025/02/21.md", write(digest(date(2025, 2, 21), papers=3)))
    result = invoke("ingest", "digests")
    assert result.status == 0
    assert result.out == ("2 digests, 2 new; 5 papers new, 0 changed, 0 the same; 0 problems.\n")
    assert result.err == (
        "digests/2025/02/20.md: digest of 2025-02-20: 2 new, 0 changed, 0 the same\n"
        "digests/2025/02/21.md: digest of 2025-02-21: 3 new, 0 changed, 0 the same\n"
    )
    assert [each.date.day for each in stored_digests(tmp_path / "daily-papers.db")] == [20, 21]


def test_ingesting_again_counts_what_changed(
    invoke: Invoke, put: Callable[[str, str], Path]
) -> None:
    file = put("2025-02-20.md", write(digest(date(2025, 2, 20), votes=3)))
    invoke("ingest", str(file))
    assert invoke("ingest", str(file)).out == (
        "1 digest, 0 new; 0 papers new, 0 changed, 2 the same; 0 problems.\n"
    )
    put("2025-02-20.md", write(digest(date(2025, 2, 20), votes=4)))
    assert invoke("ingest", str(file)).out == (
        "1 digest, 0 new; 0 papers new, 2 changed, 0 the same; 0 problems.\n"
    )


def test_a_dash_reads_stdin(invoke: Invoke) -> None:
    result = invoke("ingest", "-", stdin=write(digest(date(2025, 2, 20))).encode())
    assert (result.status, result.err) == (
        0,
        "-: digest of 2025-02-20: 2 new, 0 changed, 0 the same\n",
    )
    assert result.out.startswith("1 digest, 1 new; 2 papers new")


def test_a_dropped_detail_is_reported_with_its_line_and_the_status_is_0(
    invoke: Invoke, put: Callable[[str, str], Path]
) -> None:
    text = write(digest(date(2025, 2, 20), papers=1)) + "\n![](/avatars/a.svg)\n"
    put("a.md", text)
    result = invoke("ingest", "a.md")
    line = text.splitlines().index("![](/avatars/a.svg)") + 1
    assert result.status == 0
    assert result.err.startswith(f"a.md:{line}: media-dropped: ")
    assert result.out.endswith("; 1 problem.\n")


def test_an_unreadable_paper_is_reported_and_the_others_are_stored(
    invoke: Invoke, put: Callable[[str, str], Path], tmp_path: Path
) -> None:
    put("a.md", write(digest(date(2025, 2, 20))) + "\n### [No id](https://example.org/\x1b[2J)\n")
    result = invoke("ingest", "a.md")
    assert result.status == 1
    assert ": paper-unreadable: " in result.err
    assert "\x1b" not in result.err
    assert len(stored_digests(tmp_path / "daily-papers.db")[0].papers) == 2


def test_a_file_that_is_not_a_digest_is_rejected_and_the_others_are_stored(
    invoke: Invoke, put: Callable[[str, str], Path]
) -> None:
    put("a.md", "Shopping: milk, bread")
    put("b.md", write(digest(date(2025, 2, 20))))
    result = invoke("ingest", "a.md", "b.md")
    assert result.status == 1
    assert result.err.startswith("a.md: refused: is no digest")
    assert result.out == (
        "1 digest, 1 new; 2 papers new, 0 changed, 0 the same; 0 problems; 1 file refused.\n"
    )


def test_a_file_that_is_not_utf_8_is_refused_with_the_offset(invoke: Invoke) -> None:
    result = invoke("ingest", "-", stdin=b"## Daily \xff")
    assert result.status == 1
    assert "-: refused: is not UTF-8" in result.err
    assert "offset 9" in result.err


def test_a_folder_without_digests_is_rejected_and_no_database_is_created(
    invoke: Invoke, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    result = invoke("ingest", "empty")
    assert (result.status, result.out) == (1, "")
    assert result.err == "empty: no .md files there.\n"
    assert not (tmp_path / "daily-papers.db").exists()


def test_a_missing_path_is_a_usage_error(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("ingest", "nowhere.md")
    assert (result.status, result.out) == (2, "")
    assert "Error: nowhere.md: no such file or folder." in result.err
    assert not (tmp_path / "daily-papers.db").exists()


def test_an_unreachable_path_is_a_usage_error(
    invoke: Invoke, put: Callable[[str, str], Path], lock: Callable[[Path], None]
) -> None:
    lock(put("locked/a.md", "a").parent)
    result = invoke("ingest", "locked/a.md")
    assert (result.status, result.out) == (2, "")
    assert "locked/a.md: can't be read: Permission denied." in result.err


def test_a_name_that_is_too_long_is_a_usage_error(invoke: Invoke) -> None:
    result = invoke("ingest", "x" * 5000)
    assert (result.status, result.out) == (2, "")
    assert "can't be read: File name too long." in " ".join(result.err.split())


def test_a_folder_without_permission_is_reported_and_the_others_are_stored(
    invoke: Invoke, put: Callable[[str, str], Path], lock: Callable[..., None]
) -> None:
    put("digests/a.md", write(digest(date(2025, 2, 20))))
    lock(put("digests/locked/b.md", write(digest(date(2025, 2, 21)))).parent)
    lock(put("digests/listed/c.md", write(digest(date(2025, 2, 22)))).parent, 0o444)
    result = invoke("ingest", "digests")
    assert result.status == 1
    assert "1 digest, 1 new; " in result.out
    assert "2 files refused" in result.out
    assert "digests/locked: refused: can't be read: Permission denied\n" in result.err
    assert "digests/listed/c.md: refused: can't be read: Permission denied\n" in result.err


def test_a_database_that_cannot_be_created_is_reported_in_a_sentence(
    invoke: Invoke, put: Callable[[str, str], Path]
) -> None:
    put("a.md", write(digest(date(2025, 2, 20))))
    result = invoke("--database", "no/folder/a.db", "ingest", "a.md")
    assert (result.status, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert "no/folder" in result.err


def test_every_real_digest_is_stored(invoke: Invoke, real_digests: Path) -> None:
    result = invoke("ingest", str(real_digests))
    assert result.status == 0
    assert result.out.startswith("16 digests, 16 new; 366 papers new, 0 changed")


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., Awaitable[ForkedProcess]]:
    """Start the command line as a separate process with pipes as streams."""

    async def start(*arguments: str) -> ForkedProcess:
        return await ForkedProcess.start(
            *("-m", "bot", *arguments), env=os.environ, cwd=tmp_path, has_stdin=True
        )

    return start


def test_ctrl_c_keeps_complete_digests_and_running_again_stores_the_rest(
    invoke: Invoke, put: Callable[[str, str], Path], tmp_path: Path
) -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(150)]
    for day in days:
        # The lines fill the pipe, which nobody reads, so it can't finish before the signal.
        put(f"digests/{'x' * 250}/{'x' * 250}/{day}.md", write(digest(day)))
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _HEARS_CTRL_C, "ingest", "digests"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": GUARDED_PATH},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert b"digest of 2024-01-01" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    assert out == b""
    assert err.splitlines()[-1] == b"Stopped."
    kept = stored_digests(tmp_path / "daily-papers.db")
    assert 0 < len(kept) < len(days)
    assert {len(each.papers) for each in kept} == {2}
    assert invoke("ingest", "digests").out.startswith(f"150 digests, {150 - len(kept)} new; ")


async def test_ctrl_c_does_not_wait_for_the_end_of_stdin(
    start: Callable[..., Awaitable[ForkedProcess]], tmp_path: Path
) -> None:
    process = await start("ingest", "-")
    assert process.stdin is not None
    # More than a pipe holds: once this is written, the process reads.
    process.stdin.write(b"x" * 1_000_000)
    process.send_signal(signal.SIGINT)
    # Signals are handled between two parts, so write parts until nobody reads.
    with suppress(BrokenPipeError):
        while True:
            process.stdin.write(b"x" * 100_000)
    _, err = await process.communicate()
    assert (process.returncode, err) == (130, b"Stopped.\n")
    assert not (tmp_path / "daily-papers.db").exists()


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    path = tmp_path / "fifo"
    os.mkfifo(path)
    return path


async def test_a_named_pipe_is_read(
    start: Callable[..., Awaitable[ForkedProcess]], fifo: Path
) -> None:
    process = await start("ingest", "fifo")
    text = write(digest(date(2025, 2, 20)))
    await asyncio.to_thread(fifo.write_text, text, encoding="utf-8")
    out, err = await process.communicate()
    assert process.returncode == 0
    assert out.startswith(b"1 digest, 1 new; ")
    assert err == b"fifo: digest of 2025-02-20: 2 new, 0 changed, 0 the same\n"


async def test_ctrl_c_does_not_wait_for_the_end_of_a_named_pipe(
    start: Callable[..., Awaitable[ForkedProcess]], fifo: Path
) -> None:
    process = await start("ingest", "fifo")
    # Opening blocks until another process has opened it for reading.
    with fifo.open("wb", buffering=0) as pipe:
        process.send_signal(signal.SIGINT)
        # A signal just before the read is handled after the next part; the pipe stays open.
        with suppress(BrokenPipeError):
            pipe.write(b"x" * 200_000)
        try:
            async with asyncio.timeout(20):
                _, err = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
    assert (process.returncode, err) == (130, b"Stopped.\n")


def test_an_unreadable_pipe_is_reported_and_the_others_are_stored(
    invoke: Invoke,
    put: Callable[[str, str], Path],
    fifo: Path,
    lock: Callable[[Path], None],
) -> None:
    put("a.md", write(digest(date(2025, 2, 20))))
    lock(fifo)
    result = invoke("ingest", "fifo", "a.md")
    assert result.status == 1
    assert result.out.startswith("1 digest, 1 new; ")
    assert result.err.startswith("fifo: refused: can't be read: Permission denied\n")
