"""`daily-papers backup` and `daily-papers restore`."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bot_processes import environment
from forked_process import ForkedProcess

from bot.sandbox import Sandbox

Invoke = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def papers_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM papers")
        return int(count)


def test_a_backup_is_restored_over_a_database_that_is_kept(
    invoke: Invoke, stored: Path, tmp_path: Path
) -> None:
    made = invoke("backup", "copy.db")
    assert (made.status, made.err) == (0, "")
    assert made.out.startswith("copy.db: ")
    assert made.out.endswith(" MB, checked\n")
    with closing(sqlite3.connect(stored)) as connection:
        connection.execute("DELETE FROM digest_papers")
        connection.commit()
    restored = invoke("restore", "copy.db")
    assert (restored.status, restored.err) == (0, "")
    (kept,) = tmp_path.glob("daily-papers.db.2*")
    assert restored.out.splitlines() == [
        "daily-papers.db: restored from copy.db",
        f"{kept}: the database before",
    ]
    assert invoke("top").status == 0


def test_an_existing_file_takes_force(invoke: Invoke, stored: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    refused = invoke("backup", "copy.db")
    assert refused.status == 1
    assert "replace it with --force" in refused.err
    assert (tmp_path / "copy.db").read_text() == "mine"
    assert invoke("backup", "--force", "copy.db").status == 0
    assert papers_in(tmp_path / "copy.db") == papers_in(stored)


def test_without_a_database_there_is_no_backup(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("backup", "copy.db")
    assert (result.status, result.out) == (1, "")
    assert "No database at daily-papers.db yet" in result.err
    assert not list(tmp_path.iterdir())


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 8 * 4096)


@pytest.mark.parametrize(
    ("spoil", "words"), [(newer, "a newer version of this program"), (damage, "damaged")]
)
def test_a_backup_that_can_not_be_used_is_refused_and_the_database_stays(
    invoke: Invoke, stored: Path, tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    assert invoke("backup", "copy.db").status == 0
    spoil(tmp_path / "copy.db")
    before = stored.read_bytes()
    refused = invoke("restore", "copy.db")
    assert (refused.status, refused.out) == (1, "")
    assert words in refused.err
    assert stored.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} - {"daily-papers.db.lock"} == {
        *("copy.db", stored.name)
    }


def test_a_damaged_database_gives_no_backup(invoke: Invoke, stored: Path, tmp_path: Path) -> None:
    damage(stored)
    refused = invoke("backup", "copy.db")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("daily-papers.db is ")
    assert "damaged" in refused.err
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize(
    "call",
    ["top", "search MLGym", "ingest digest.md", "export", "backup copy.db", "reports", "doctor"],
)
def test_an_older_version_refuses_a_newer_database_and_changes_nothing(
    invoke: Invoke, stored: Path, tmp_path: Path, call: str
) -> None:
    newer(stored)
    (tmp_path / "digest.md").write_text("## Daily Papers (2025-02-24)\n")
    before = stored.read_bytes()
    refused = invoke(*call.split(), *(["--offline"] if call == "doctor" else []))
    assert refused.status != 0
    said = refused.out + refused.err
    assert "was written by a newer version of this program (its schema is 999, the newest" in said
    assert "Update the program, or put a copy of the database from before the update" in said
    assert "Traceback" not in said
    assert stored.read_bytes() == before


@pytest.mark.slow
async def test_while_the_bot_runs_a_backup_works_but_no_restore_and_no_compacting(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    variables = environment(sandbox, tmp_path / "papers.db")
    bot = await ForkedProcess.start("-m", "bot", "run", env=variables, cwd=ROOT)
    try:
        assert bot.stderr is not None
        async for line in bot.stderr:
            if b"registered" in line:
                break
        copy = str(tmp_path / "copy.db")
        statuses, errors = [], b""
        for call in (("backup", copy), ("restore", copy), ("doctor", "--offline", "--compact")):
            process = await ForkedProcess.start("-m", "bot", *call, env=variables, cwd=ROOT)
            _, err = await process.communicate()
            statuses.append(process.returncode)
            errors += err
        assert statuses == [0, 1, 1]
        assert errors.count(b"The bot runs with this database. Stop it") == 2
        assert bot.returncode is None
    finally:
        bot.kill()
        await bot.communicate()
    process = await ForkedProcess.start("-m", "bot", "restore", copy, env=variables, cwd=ROOT)
    await process.communicate()
    assert process.returncode == 0
    assert papers_in(tmp_path / "papers.db") == 0
