"""`daily-papers run` as a separate process whose database is missing, locked or unwritable."""

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path

import disks
import pytest
from bot_processes import IMPATIENT, ROOT, environment
from forked_process import ForkedProcess

from bot.sandbox import Sandbox
from storage.database import Database
from storage.process_lock import ProcessLock

PATIENCE = 60
"""Seconds in which a database that was taken away must be noticed."""
WORKS = "registered"
"""What the log says once the bot uses the database, before it connects."""
Process = asyncio.subprocess.Process | ForkedProcess


@asynccontextmanager
async def running(
    sandbox: Sandbox,
    path: Path,
    *before: str,
    program: Sequence[str] = ("-m", "bot"),
    config: Path | None = None,
) -> AsyncIterator[Process]:
    """Run the bot on a database; `before` is put before its command line."""
    variables = environment(sandbox, path)
    if config is not None:
        del variables["DAILY_PAPERS_TOKEN"]
    options = [] if config is None else ["--config", str(config)]
    arguments = [*program, *options, "run"]
    process: Process
    if before:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(*before, sys.executable, *arguments),
            env=variables,
            cwd=ROOT,
            stdout=pipe,
            stderr=pipe,
        )
    else:
        process = await ForkedProcess.start(*arguments, env=variables, cwd=ROOT)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def read_log_until(process: Process, text: str) -> str:
    """Read the log until a line contains a text, and return all lines read."""
    assert process.stderr is not None
    read = ""
    async with asyncio.timeout(PATIENCE):
        async for line in process.stderr:
            read += line.decode()
            if text in read:
                return read
    raise AssertionError(f"the process ended without saying {text!r}: {read}")


async def wait_for_end(process: Process) -> tuple[int | None, str]:
    """Wait for the end; return the exit code and the rest of the log."""
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, err.decode()


def without_roots_rights() -> list[str]:
    """Return what is put before a command so that file permissions hold for root, too."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may use any file, and there is no setpriv here")
    rights = "-dac_override,-dac_read_search"
    return [setpriv, f"--bounding-set={rights}", f"--inh-caps={rights}"]


async def make(path: Path) -> None:
    async with await Database.open(path):
        pass


# While it runs


def delete(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def replace(path: Path) -> None:
    other = path.with_name("other.db")
    with closing(sqlite3.connect(path)) as mine, closing(sqlite3.connect(other)) as copy:
        mine.backup(copy)
    os.replace(other, path)  # noqa: PTH105 - what programs do that replace a file


@pytest.mark.parametrize("take_away", [delete, replace])
async def test_a_deleted_or_replaced_database_exits_with_status_2(
    sandbox: Sandbox, tmp_path: Path, take_away: Callable[[Path], None]
) -> None:
    path = tmp_path / "papers.db"
    async with running(sandbox, path) as process:
        await read_log_until(process, WORKS)
        take_away(path)
        status, log = await wait_for_end(process)
    assert status == 2
    assert "CRITICAL" in log
    assert f"{path} was deleted or replaced while it was in use" in log
    assert "Traceback" not in log
    assert path.exists() == (take_away is replace)
    if path.exists():
        with closing(sqlite3.connect(path)) as replaced:
            assert replaced.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# At the start


async def check_refusal(process: Process, sentence: str) -> None:
    status, log = await wait_for_end(process)
    assert status == 2
    assert sentence in log
    assert "another process" not in log.lower()
    assert "Traceback" not in log


async def test_a_database_on_a_read_only_disk_exits_with_status_2(
    sandbox: Sandbox, small_disk: disks.SmallDisk
) -> None:
    path = small_disk.folder / "papers.db"
    await make(path)
    small_disk.make_read_only()
    async with running(sandbox, path) as process:
        await check_refusal(process, "cannot be written")


async def test_a_database_without_write_permission_exits_with_status_2(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "papers.db"
    await make(path)
    os.chmod(path, 0o400)  # noqa: PTH101 - of a moment
    async with running(sandbox, path, *without_roots_rights()) as process:
        await check_refusal(process, "cannot be written. Give this user the right to write it")


async def test_an_immutable_database_exits_with_status_2(sandbox: Sandbox) -> None:
    with disks.folder_on_disk() as folder:
        path = folder / "papers.db"
        await make(path)
        with disks.immutable(path):
            async with running(sandbox, path) as process:
                await check_refusal(process, "cannot be written")


async def test_a_pipe_as_database_exits_with_status_2(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    os.mkfifo(path)
    async with running(sandbox, path) as process:
        await check_refusal(process, "is not a database file")


async def test_a_newer_database_exits_with_status_2(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    await make(path)
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 999")
    async with running(sandbox, path) as process:
        await check_refusal(process, "Update the program")


@pytest.mark.parametrize("is_there", [True, False], ids=["existing", "new"])
async def test_the_bot_waits_for_a_full_disk(
    sandbox: Sandbox, small_disk: disks.SmallDisk, is_there: bool
) -> None:
    path = small_disk.folder / "papers.db"
    if is_there:
        await make(path)
    small_disk.fill()
    async with running(sandbox, path, program=IMPATIENT) as process:
        for _ in range(2):
            log = await read_log_until(process, "the database can't be used yet, tried again")
            assert "There is no room left" in log
        small_disk.make_room()
        log = await read_log_until(process, WORKS)
        assert "another process" not in log


async def test_the_bot_waits_for_a_locked_database(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    await make(path)
    # While it is missing, the bot waits first whether another process makes it.
    ProcessLock(path).path.touch()
    async with running(sandbox, path, program=IMPATIENT) as process:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await read_log_until(process, "the database can't be used yet, tried again")
        await read_log_until(process, WORKS)


# The config file


@pytest.mark.skipif(os.name != "posix", reason="there are no permissions of others here")
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o400])
async def test_a_config_file_with_a_token_that_others_can_read_is_warned_about(
    sandbox: Sandbox, tmp_path: Path, mode: int
) -> None:
    config = tmp_path / "daily-papers.toml"
    config.write_text(f'token = "{sandbox.token}"\n', encoding="utf-8")
    os.chmod(config, mode)  # noqa: PTH101 - of a moment
    async with running(sandbox, tmp_path / "papers.db", config=config) as process:
        log = await read_log_until(process, WORKS)
    assert (f"run “chmod 600 {config}”" in log) == bool(mode & 0o077)
    assert sandbox.token not in log
