"""Watching a folder on a real file system."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from bot.sources.folder import watch

TIMEOUT = 20


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


class Watcher:
    """A running watch, and the batches that it yielded."""

    def __init__(
        self, folder: Path, *, poll: float, settle: float = 0.02, max_unsettled: float = 60
    ) -> None:
        self.stop = asyncio.Event()
        self._batches: asyncio.Queue[frozenset[Path]] = asyncio.Queue()
        self._watch = watch(
            folder, stop=self.stop, poll=poll, settle=settle, max_unsettled=max_unsettled
        )
        self.task = asyncio.create_task(self._run(), name="watch")

    async def _run(self) -> None:
        async with aclosing(self._watch) as batches:
            async for batch in batches:
                await self._batches.put(batch)

    async def next(self) -> frozenset[Path]:
        return await asyncio.wait_for(self._batches.get(), TIMEOUT)

    async def until(self, path: Path) -> set[Path]:
        """Return all that is yielded up to a path."""
        found: set[Path] = set()
        while path not in found:
            found |= await self.next()
        return found


@asynccontextmanager
async def watching(
    folder: Path, *, poll: float = 0.05, settle: float = 0.02, max_unsettled: float = 60
) -> AsyncIterator[Watcher]:
    watcher = Watcher(folder, poll=poll, settle=settle, max_unsettled=max_unsettled)
    try:
        yield watcher
    finally:
        watcher.stop.set()
        await asyncio.wait_for(watcher.task, TIMEOUT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    write(folder / "old.md", "old")
    return folder


async def test_existing_digests_are_yielded_first(folder: Path) -> None:
    async with watching(folder) as watcher:
        assert await watcher.next() == {folder / "old.md"}


async def test_new_and_changed_digests_are_yielded(folder: Path) -> None:
    async with watching(folder) as watcher:
        await watcher.next()
        write(folder / "new.md", "new")
        assert await watcher.next() == {folder / "new.md"}
        write(folder / "old.md", "old, and more")
        assert await watcher.next() == {folder / "old.md"}


async def test_new_digest_is_yielded_with_the_default_intervals(folder: Path) -> None:
    stop = asyncio.Event()
    async with aclosing(watch(folder, stop=stop)) as batches:
        await anext(batches)
        write(folder / "new.md", "new")
        assert await asyncio.wait_for(anext(batches), TIMEOUT) == {folder / "new.md"}


async def test_digest_of_the_same_size_and_time_under_a_new_inode_is_yielded(folder: Path) -> None:
    async with watching(folder) as watcher:
        await watcher.next()
        status = (folder / "old.md").stat()
        write(folder / "old.tmp", "new")
        os.utime(folder / "old.tmp", ns=(status.st_atime_ns, status.st_mtime_ns))
        shutil.move(folder / "old.tmp", folder / "old.md")
        assert await watcher.next() == {folder / "old.md"}


async def test_digest_in_new_subfolders_is_yielded(folder: Path) -> None:
    async with watching(folder) as watcher:
        await watcher.next()
        file = folder / "2025" / "04" / "01.md"
        write(file, "deep")
        assert await watcher.next() == {file}


async def test_file_that_an_editor_renames_is_yielded_under_its_final_name_only(
    folder: Path,
) -> None:
    async with watching(folder) as watcher:
        await watcher.next()
        for name in (".new.md.swp", "new.md~", "#new.md#", "new.tmp", "4913"):
            write(folder / name, "draft")
        shutil.move(folder / "new.tmp", folder / "new.md")
        assert await watcher.next() == {folder / "new.md"}


async def test_growing_file_is_yielded_once_it_stays_the_same(folder: Path) -> None:
    async with watching(folder, settle=0.2) as watcher:
        await watcher.next()
        write(folder / "other.md", "other")
        for number in range(10):
            write(folder / "growing.md", "word " * number)
            await asyncio.sleep(0.05)
        found: list[Path] = []
        while {*found} != {folder / "growing.md", folder / "other.md"}:
            found += await watcher.next()
        # Reading it too early does no harm, but reading it at each of the ten changes would.
        assert found.count(folder / "growing.md") <= 3


async def test_file_that_never_stays_the_same_is_yielded_in_the_end(folder: Path) -> None:
    async with watching(folder, settle=0.1, max_unsettled=0.3) as watcher:
        await watcher.next()

        async def append() -> None:
            number = 0
            while True:
                number += 1
                write(folder / "log.md", "line\n" * number)
                await asyncio.sleep(0.01)

        appending = asyncio.create_task(append(), name="append")
        assert await watcher.next() == {folder / "log.md"}
        appending.cancel()


async def test_deleted_digest_is_not_yielded(folder: Path) -> None:
    async with watching(folder) as watcher:
        await watcher.next()
        (folder / "old.md").unlink()
        write(folder / "last.md", "last")
        assert await watcher.until(folder / "last.md") == {folder / "last.md"}


async def test_folder_that_is_created_later_is_watched(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    async with watching(folder) as watcher:
        await asyncio.sleep(0.1)
        write(folder / "first.md", "first")
        assert await watcher.until(folder / "first.md") == {folder / "first.md"}


async def test_folder_that_is_deleted_and_created_again_is_watched(folder: Path) -> None:
    async with watching(folder) as watcher:
        await watcher.next()
        shutil.rmtree(folder)
        write(folder / "again.md", "again")
        await watcher.until(folder / "again.md")
        write(folder / "more.md", "more")
        await watcher.until(folder / "more.md")


async def test_folder_that_is_replaced_by_another_is_watched(folder: Path, tmp_path: Path) -> None:
    async with watching(folder) as watcher:
        await watcher.next()
        shutil.move(folder, tmp_path / "elsewhere")
        write(folder / "again.md", "again")
        await watcher.until(folder / "again.md")


async def test_folder_that_is_away_for_a_while_is_not_read_again(
    folder: Path, tmp_path: Path
) -> None:
    async with watching(folder, poll=0.02) as watcher:
        await watcher.next()
        shutil.move(folder, tmp_path / "elsewhere")
        await asyncio.sleep(0.2)
        shutil.move(tmp_path / "elsewhere", folder)
        write(folder / "new.md", "new")
        assert await watcher.until(folder / "new.md") == {folder / "new.md"}


async def test_unreadable_folder_is_yielded_once_and_its_digests_when_it_can_be_read(
    folder: Path, lock: Callable[[Path], None]
) -> None:
    locked = folder / "locked"
    write(locked / "a.md", "a")
    lock(locked)
    async with watching(folder) as watcher:
        assert await watcher.next() == {folder / "old.md", locked}
        write(folder / "new.md", "new")
        assert await watcher.next() == {folder / "new.md"}
        locked.chmod(0o755)
        assert await watcher.next() == {locked / "a.md"}


async def test_stop_ends_a_watch_at_once(folder: Path, tmp_path: Path) -> None:
    for path in (folder, tmp_path / "never"):
        async with watching(path, poll=3600) as watcher:
            await asyncio.sleep(0)
            watcher.stop.set()
            await asyncio.wait_for(watcher.task, TIMEOUT)


async def test_cancelled_watch_does_not_set_the_stop_event(folder: Path) -> None:
    watcher = Watcher(folder, poll=3600)
    await watcher.next()
    watcher.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watcher.task
    assert not watcher.stop.is_set()
