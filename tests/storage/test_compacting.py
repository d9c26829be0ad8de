"""Compacting that is interrupted leaves the database as it was."""

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import disks
import pytest
from forked_process import ForkedProcess

from storage import compacting
from storage.database_file import size_of
from storage.errors import DiskFullError

KILLED: Final = """
import os, signal, sqlite3, sys
from pathlib import Path
from storage import compacting
moment, before = sys.argv[2], compacting.connect
def connect(*arguments):
    connection = before(*arguments)
    def on_statement(statement):
        # "VACUUM": within the statement that copies everything. "wal_checkpoint": when it is done,
        # but the copy is in the log only.
        if moment in statement:
            if moment == "VACUUM":
                connection.set_progress_handler(lambda: os.kill(os.getpid(), signal.SIGKILL), 500)
            else:
                os.kill(os.getpid(), signal.SIGKILL)
    connection.set_trace_callback(on_statement)
    return connection
compacting.connect = connect
compacting.compact(Path(sys.argv[1]))
"""
ROWS: Final = 300


@pytest.fixture
def sparse(existing: Path) -> Path:
    """A database of an older version's kind, most of whose pages are empty."""
    with closing(sqlite3.connect(existing)) as connection:
        rows = [(f"{number}", "x" * 3000) for number in range(ROWS)]
        connection.executemany("INSERT INTO key_value VALUES (?, ?)", rows)
        connection.execute("DELETE FROM key_value WHERE key % 10")
        connection.commit()
    return existing


def check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM key_value").fetchall() == [(ROWS // 10,)]


@pytest.mark.parametrize("moment", ["BEGIN IMMEDIATE", "COMMIT", "VACUUM", "wal_checkpoint"])
async def test_killed_while_it_compacts_the_database_is_whole(sparse: Path, moment: str) -> None:
    before = size_of(sparse)
    process = await ForkedProcess.start("-c", KILLED, str(sparse), moment)
    assert await process.wait() == -signal.SIGKILL
    check(sparse)
    compacting.compact(sparse)
    check(sparse)
    assert size_of(sparse) < before / 3


def test_a_disk_that_fills_up_meanwhile_changes_nothing(
    sparse: Path, small_disk: disks.SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_disk.folder / "papers.db"
    shutil.copy(sparse, path)
    small_disk.fill()
    # Others use up the room between the look at it and the copy.
    disks.look_empty(monkeypatch)
    with pytest.raises(DiskFullError, match="no room left"):
        compacting.compact(path)
    small_disk.make_room()
    check(path)
    assert [each.name for each in small_disk.folder.iterdir()] == ["papers.db"]
