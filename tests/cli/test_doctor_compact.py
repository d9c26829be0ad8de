"""`daily-papers doctor --compact` makes an old database smaller, if there is room for that."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import disks
import pytest
from doctor_reports import copied, lose_a_paper_in_the_index, parsed

Invoke = Callable[..., Any]


def test_compacting_makes_the_file_small_and_the_index_anew(
    invoke: Invoke, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_TOKEN", "any")
    lose_a_paper_in_the_index(stored)
    with closing(sqlite3.connect(stored)) as connection:
        rows = [(f"{n}", "x" * 4000) for n in range(1_000)]
        connection.executemany("INSERT INTO key_value VALUES (?, ?)", rows)
        connection.execute("DELETE FROM key_value")
        connection.commit()
    before = stored.stat().st_size
    result = invoke("doctor", "--offline", "--compact")
    report = parsed(result.status, result.out)
    assert (report.status, report.to_do) == (0, [])
    assert report.ok[0].startswith("compacted: daily-papers.db: ")
    assert stored.stat().st_size < before / 4
    with closing(sqlite3.connect(stored)) as connection:
        assert connection.execute("PRAGMA auto_vacuum").fetchall() == [(2,)]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert "Never indexed" in invoke("search", "never indexed").out


def test_without_room_nothing_is_compacted(
    invoke: Invoke, stored: Path, small_disk: disks.SmallDisk
) -> None:
    path = copied(stored, small_disk)
    result = invoke("--database", str(path), "doctor", "--offline", "--compact")
    assert result.status == 1
    assert "Make room on its disk" in result.err
    assert path.read_bytes() == stored.read_bytes()
