import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from storage_samples import NOW, digest, paper, writer_of

from storage import digests, key_value
from storage.database import Database
from storage.database_file import connect
from storage.errors import (
    BusyDatabaseError,
    DiskFullError,
    NewerDatabaseError,
    NotADatabaseError,
    StorageError,
    UnwritableDatabaseError,
    storage_error,
)
from storage.records import Section

Rows = Callable[..., list[tuple[Any, ...]]]


async def _open_fails(path: Path, error: type[StorageError]) -> str:
    with pytest.raises(error) as raised:
        await Database.open(path, busy_timeout=0.1)
    assert raised.value.path == path
    assert str(path.parent) in str(raised.value)
    return str(raised.value)


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _make(path: Path, content: bytes) -> dict[str, bytes]:
    path.write_bytes(content)
    return _files(path.parent)


async def test_open_creates_a_missing_database(path: Path) -> None:
    async with await Database.open(path) as database:
        await key_value.put(database, "greeting", "안녕")
    assert list(_files(path.parent)) == [path.name]
    async with await Database.open(path) as database:
        assert await key_value.get(database, "greeting") == "안녕"


async def test_an_empty_file_becomes_a_database(path: Path) -> None:
    _make(path, b"")
    async with await Database.open(path) as database:
        assert await digests.newest(database) is None


async def test_a_path_may_contain_characters_that_are_special_in_a_uri(tmp_path: Path) -> None:
    path = tmp_path / "100% of? #1 'papers'.db"
    async with await Database.open(path) as database:
        await key_value.put(database, "key", "value")
        assert await key_value.get(database, "key") == "value"
    assert path.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"hello",
        b"## Daily Papers (2025-02-21)\n" * 200,
        b"\x00" * 8192,
        b"SQLite format 2\x00" * 64,
    ],
)
async def test_a_file_that_is_no_database_is_refused_and_left_unchanged(
    path: Path, content: bytes
) -> None:
    before = _make(path, content)
    assert "set `database` to another path" in await _open_fails(path, NotADatabaseError)
    assert _files(path.parent) == before


@pytest.mark.usefixtures("existing")
async def test_a_truncated_database_is_reported_as_damaged(path: Path) -> None:
    async with await Database.open(path):
        pass
    whole = _files(path.parent)[path.name]
    _make(path, whole[: len(whole) // 2])
    assert "damaged" in await _open_fails(path, NotADatabaseError)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE theirs (id)",
        "PRAGMA application_id = 7",
        "PRAGMA user_version = 3",
        "PRAGMA journal_mode = WAL; CREATE TABLE theirs (id); INSERT INTO theirs VALUES (1)",
    ],
)
async def test_the_database_of_another_program_is_refused_and_left_unchanged(
    path: Path, script: str
) -> None:
    with closing(sqlite3.connect(path)) as theirs:
        theirs.executescript(script)
    before = _files(path.parent)
    assert "another program" in await _open_fails(path, NotADatabaseError)
    assert _files(path.parent) == before


@pytest.mark.usefixtures("existing")
async def test_the_database_of_a_newer_version_is_refused_and_left_unchanged(path: Path) -> None:
    async with await Database.open(path):
        pass
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 999")
    before = _files(path.parent)
    assert "Update the program" in await _open_fails(path, NewerDatabaseError)
    assert _files(path.parent) == before


async def test_the_error_names_a_missing_folder(tmp_path: Path) -> None:
    path = tmp_path / "no such folder" / "papers.db"
    message = await _open_fails(path, UnwritableDatabaseError)
    assert f"The folder {path.parent} is not there. Make it" in message
    assert not path.parent.exists()


async def test_a_file_deleted_while_it_is_opened_leaves_no_thread(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Replaced, because nobody can delete the file at the very moment after it was made.
    monkeypatch.setattr(
        "storage.database.open_writer",
        lambda _, uri, busy_timeout: connect(f"{uri}?mode=rw", busy_timeout),
    )
    before = set(threading.enumerate())
    await _open_fails(path, UnwritableDatabaseError)
    left = set(threading.enumerate()) - before
    assert [thread.name for thread in left if not thread.name.startswith("asyncio_")] == []


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "is a folder" in await _open_fails(tmp_path, UnwritableDatabaseError)


async def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    await _open_fails(tmp_path / "file" / "papers.db", UnwritableDatabaseError)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc here")
async def test_a_folder_that_cannot_be_written_is_refused() -> None:
    await _open_fails(Path("/proc/papers.db"), UnwritableDatabaseError)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write any file")
async def test_a_file_that_cannot_be_written_is_refused(path: Path) -> None:
    async with await Database.open(path):
        pass
    os.chmod(path, 0o444)  # noqa: PTH101 - of a moment
    await _open_fails(path, UnwritableDatabaseError)


async def test_an_impossible_name_is_refused(tmp_path: Path) -> None:
    message = await _open_fails(tmp_path / ("long" * 100), UnwritableDatabaseError)
    assert "too long" in message


@pytest.mark.usefixtures("existing")
async def test_a_database_locked_by_another_process_is_refused_after_a_while(path: Path) -> None:
    async with await Database.open(path):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "Another process" in await _open_fails(path, BusyDatabaseError)


async def test_a_full_disk_rolls_back_the_transaction(database: Database, rows: Rows) -> None:
    await key_value.put(database, "before", "kept")
    async with database.transaction() as writer:
        ((pages,),) = await writer.execute_fetchall("PRAGMA page_count")
    # To SQLite a file at its limit is a disk without room: the same error at the same place.
    await writer.execute(f"PRAGMA max_page_count = {pages}")
    papers = digest(paper(sections=(Section(None, "large " * 200_000),)))
    with pytest.raises(DiskFullError, match="make room"):
        await digests.store(database, papers, read_at=NOW)
    assert rows("SELECT count(*) FROM digests") == [(0,)]
    assert rows("SELECT key FROM key_value") == [("before",)]
    await writer.execute("PRAGMA max_page_count = 1000000")
    assert (await digests.store(database, papers, read_at=NOW)).new == 1
    assert rows("SELECT count(*) FROM digests") == [(1,)]


async def test_sql_errors_and_violated_constraints_are_not_translated(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await database.read("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as writer:
            await writer.execute("INSERT INTO key_value (key) VALUES ('valueless')")


def test_an_error_without_a_code_is_not_translated() -> None:
    assert storage_error(sqlite3.ProgrammingError("closed"), path=Path("papers.db")) is None


async def test_readers_see_the_state_before_a_transaction_until_its_commit(
    database: Database, rows: Rows
) -> None:
    async with database.transaction() as writer:
        await writer.execute("INSERT INTO key_value VALUES ('key', 'value')")
        assert await key_value.get(database, "key") is None
        assert rows("SELECT * FROM key_value") == []
    assert await key_value.get(database, "key") == "value"
    assert rows("SELECT * FROM key_value") == [("key", "value")]


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(UnwritableDatabaseError):
        await database.read("INSERT INTO key_value VALUES ('key', 'value')")


async def test_one_task_writes_at_a_time(database: Database) -> None:
    async def count_up() -> None:
        async with database.transaction() as writer:
            ((count,),) = await writer.execute_fetchall("SELECT count(*) FROM key_value")
            await asyncio.sleep(0)
            await writer.execute("INSERT INTO key_value VALUES (?, '')", (f"{count}",))

    await asyncio.gather(*(count_up() for _ in range(20)))
    ((count,),) = await database.read("SELECT count(*) FROM key_value")
    assert count == 20


async def test_an_exception_rolls_back_the_transaction(database: Database, rows: Rows) -> None:
    async def write() -> None:
        async with database.transaction() as writer:
            await writer.execute("INSERT INTO key_value VALUES ('key', 'value')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write()
    assert rows("SELECT * FROM key_value") == []
    await key_value.put(database, "next", "value")
    assert rows("SELECT key FROM key_value") == [("next",)]


async def test_a_cancelled_task_rolls_back_its_transaction(database: Database, rows: Rows) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with database.transaction() as writer:
            await writer.execute("INSERT INTO key_value VALUES ('key', 'value')")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert rows("SELECT * FROM key_value") == []
    await key_value.put(database, "next", "value")
    assert rows("SELECT key FROM key_value") == [("next",)]


async def test_a_transaction_cancelled_at_any_step_is_committed_whole_or_rolled_back(
    database: Database, rows: Rows
) -> None:
    async def write(key: str) -> None:
        async with database.transaction(durable=True) as writer:
            await writer.execute("INSERT INTO key_value VALUES (?, 'one')", (f"{key} a",))
            await writer.execute("INSERT INTO key_value VALUES (?, 'two')", (f"{key} b",))

    writer = await writer_of(database)
    for steps in range(40):
        task = asyncio.create_task(write(f"{steps}"))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert not writer.in_transaction
    ((one,), (two,)) = rows("SELECT count(*) FROM key_value GROUP BY value") or [(0,), (0,)]
    assert one == two


async def test_a_cancellation_during_the_commit_is_raised_after_it(
    database: Database, rows: Rows
) -> None:
    loop = asyncio.get_running_loop()
    writer = await writer_of(database)

    async def write() -> None:
        async with database.transaction():
            await writer.execute("INSERT INTO key_value VALUES ('key', 'value')")

    task = asyncio.create_task(write())

    def cancel_at_the_end(statement: str) -> None:
        if statement == "COMMIT":
            loop.call_soon_threadsafe(task.cancel)

    await writer.set_trace_callback(cancel_at_the_end)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert rows("SELECT * FROM key_value") == [("key", "value")]
    await writer.set_trace_callback(None)  # type: ignore[arg-type]  # as sqlite3 has it
    await key_value.put(database, "next", "value")


@pytest.mark.usefixtures("existing")
async def test_readers_do_not_wait_for_a_writer_that_waits_for_another_process(path: Path) -> None:
    async with await Database.open(path, busy_timeout=30) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("INSERT INTO key_value VALUES ('theirs', '')")
            waiting = asyncio.create_task(key_value.put(database, "ours", ""))
            for _ in range(20):
                assert await key_value.get(database, "theirs") is None
            assert not waiting.done()
            other.execute("COMMIT")
        await waiting
        assert (
            await key_value.get(database, "ours") == await key_value.get(database, "theirs") == ""
        )


@pytest.mark.usefixtures("existing")
async def test_a_cancelled_wait_for_another_process_leaves_no_open_transaction(
    path: Path,
) -> None:
    async with await Database.open(path, busy_timeout=30) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            waiting = asyncio.create_task(key_value.put(database, "cancelled", ""))
            await key_value.get(database, "anything")
            waiting.cancel()
            await key_value.get(database, "anything")
            other.execute("COMMIT")
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert not (await writer_of(database)).in_transaction
        await key_value.put(database, "next", "")
        assert await key_value.get(database, "next") == ""
        assert await key_value.get(database, "cancelled") is None


async def test_a_write_lock_held_too_long_by_another_process_raises_busy(
    database: Database, outside: sqlite3.Connection
) -> None:
    outside.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyDatabaseError, match="do it again"):
        await key_value.put(database, "key", "value")
    outside.execute("ROLLBACK")
    await key_value.put(database, "key", "value")


SET_VALUE = "UPDATE key_value SET value = ? WHERE key = ?"


async def test_a_statement_on_its_own_is_committed_and_counts_its_rows(
    database: Database, rows: Rows
) -> None:
    await key_value.put(database, "key", "old")
    assert await database.write(SET_VALUE, ("new", "key")) == 1
    assert rows("SELECT * FROM key_value") == [("key", "new")]
    assert await database.write(SET_VALUE, ("new", "other")) == 0


@pytest.mark.usefixtures("existing")
async def test_a_statement_on_its_own_waits_for_transactions_and_other_processes(
    path: Path,
) -> None:
    async with await Database.open(path, busy_timeout=30) as database:
        await key_value.put(database, "key", "")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            async with database.transaction() as writer:
                waiting = asyncio.create_task(database.write(SET_VALUE, ("b", "key")))
                await writer.execute(SET_VALUE, ("a", "key"))
                assert not waiting.done()
            assert await waiting == 1
            assert await key_value.get(database, "key") == "b"
            other.execute("BEGIN IMMEDIATE")
            waiting = asyncio.create_task(database.write(SET_VALUE, ("c", "key")))
            for _ in range(20):
                assert await key_value.get(database, "key") == "b"
            assert not waiting.done()
            other.execute("ROLLBACK")
        assert await waiting == 1
        assert await key_value.get(database, "key") == "c"


async def test_a_statement_on_its_own_raises_busy_and_other_errors(
    database: Database, outside: sqlite3.Connection
) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await database.write("DELETE FROM no_table")
    outside.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyDatabaseError, match="do it again"):
        await database.write(SET_VALUE, ("", "key"))
    outside.execute("ROLLBACK")
    await key_value.put(database, "key", "value")


ENDLESS = """
WITH RECURSIVE numbers (n) AS (SELECT started() UNION ALL SELECT n + 1 FROM numbers)
SELECT count(*) FROM numbers
"""


async def _ask_endlessly(database: Database, times: int) -> list[asyncio.Task[Any]]:
    loop = asyncio.get_running_loop()
    started = asyncio.Semaphore(0)

    def start() -> int:
        loop.call_soon_threadsafe(started.release)
        return 0

    for reader in database.readers:
        await reader.create_function("started", 0, start)
    tasks = [asyncio.create_task(database.read(ENDLESS)) for _ in range(times)]
    for _ in tasks:
        await started.acquire()
    return tasks


async def test_long_queries_do_not_block_short_ones(database: Database) -> None:
    long_ones = await _ask_endlessly(database, 3)
    answers = await asyncio.gather(*(key_value.get(database, "key") for _ in range(50)))
    assert answers == [None] * 50
    assert not any(task.done() for task in long_ones)
    for task in long_ones:
        task.cancel()
    await asyncio.wait(long_ones)


async def test_a_cancelled_query_is_interrupted(database: Database) -> None:
    readers = len(database.readers)
    for _ in range(2):
        tasks = await _ask_endlessly(database, readers)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    assert await key_value.get(database, "key") is None


async def test_a_query_cancelled_before_its_thread_begins_it_is_not_run(
    database: Database,
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def block() -> int:
        begun.release()
        go_on.wait()
        return 0

    for reader in database.readers:
        await reader.create_function("block", 0, block)
        await reader.create_function("started", 0, lambda: 0)
    # Every thread is busy with another statement, so that the queries wait before it.
    blocked = [
        asyncio.create_task(_execute(reader, "SELECT block()")) for reader in database.readers
    ]
    for _ in blocked:
        await asyncio.to_thread(begun.acquire)
    queries = [asyncio.create_task(database.read(ENDLESS)) for _ in database.readers]
    for _ in range(10):
        await asyncio.sleep(0)
    for query in queries:
        query.cancel()
    for _ in range(10):
        await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(*blocked, return_exceptions=True)
    await asyncio.wait(queries)
    assert all(query.cancelled() for query in queries)
    assert await key_value.get(database, "key") is None


async def _execute(reader: aiosqlite.Connection, sql: str) -> None:
    await reader.execute_fetchall(sql)


@pytest.mark.parametrize(("durable", "level"), [(False, 1), (True, 2)])
async def test_only_durable_transactions_wait_for_the_disk(
    database: Database, durable: bool, level: int
) -> None:
    for _ in range(2):
        async with database.transaction(durable=durable) as writer:
            ((synchronous,),) = await writer.execute_fetchall("PRAGMA synchronous")
        assert synchronous == level
    ((after,),) = await writer.execute_fetchall("PRAGMA synchronous")
    assert after == 1
    with suppress(ZeroDivisionError):
        async with database.transaction(durable=durable) as writer:
            raise ZeroDivisionError
    ((after,),) = await writer.execute_fetchall("PRAGMA synchronous")
    assert after == 1


@pytest.mark.usefixtures("existing")
async def test_close_waits_for_the_running_transaction(path: Path) -> None:
    database = await Database.open(path)
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with database.transaction() as writer:
            inside.set()
            await go_on.wait()
            await writer.execute("INSERT INTO key_value VALUES ('key', 'value')")

    writing = asyncio.create_task(write())
    await inside.wait()
    closing_it = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(writing, closing_it)
    async with await Database.open(path) as again:
        assert await key_value.get(again, "key") == "value"
