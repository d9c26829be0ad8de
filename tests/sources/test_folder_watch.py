"""Watching a folder, with a real file system and its real notices."""

import asyncio
import errno
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from bot.sources.folder import watch


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


class Watching:
    """A watch, and what it has yielded."""

    def __init__(self, folder: Path, *, at_least_every: float) -> None:
        self.stop = asyncio.Event()
        self._found: asyncio.Queue[frozenset[Path]] = asyncio.Queue()
        self._watch = watch(folder, stop=self.stop, quiet=0.05, at_least_every=at_least_every)
        self.task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        async with aclosing(self._watch) as batches:
            async for batch in batches:
                await self._found.put(batch)

    async def next(self) -> frozenset[Path]:
        return await asyncio.wait_for(self._found.get(), 20)

    async def until(self, path: Path) -> set[Path]:
        """Return all that comes up to a path."""
        found: set[Path] = set()
        while path not in found:
            found |= await self.next()
        return found


@asynccontextmanager
async def watching(folder: Path, *, at_least_every: float = 60) -> AsyncIterator[Watching]:
    watching = Watching(folder, at_least_every=at_least_every)
    try:
        yield watching
    finally:
        watching.stop.set()
        await asyncio.wait_for(watching.task, 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    write(folder / "there.md", "there")
    return folder


async def test_digests_that_are_there_come_first(folder: Path) -> None:
    async with watching(folder) as watch:
        assert await watch.next() == {folder / "there.md"}


async def test_digest_that_is_added_or_changed_comes_again(folder: Path) -> None:
    async with watching(folder) as watch:
        await watch.next()
        write(folder / "new.md", "new")
        assert await watch.next() == {folder / "new.md"}
        write(folder / "there.md", "there, and more")
        assert await watch.next() == {folder / "there.md"}


async def test_digest_in_folders_made_with_it_comes(folder: Path) -> None:
    async with watching(folder) as watch:
        await watch.next()
        file = folder / "2025" / "04" / "01.md"
        write(file, "deep")
        assert await watch.next() == {file}


async def test_file_saved_under_another_name_first_comes_under_its_own(folder: Path) -> None:
    async with watching(folder) as watch:
        await watch.next()
        for name in (".new.md.swp", "new.md~", "#new.md#", "new.tmp", "4913"):
            write(folder / name, "draft")
        shutil.move(folder / "new.tmp", folder / "new.md")
        assert await watch.next() == {folder / "new.md"}


async def test_deleted_digest_does_not_come(folder: Path) -> None:
    async with watching(folder) as watch:
        await watch.next()
        (folder / "there.md").unlink()
        write(folder / "last.md", "last")
        assert await watch.until(folder / "last.md") == {folder / "last.md"}


async def test_folder_that_comes_later_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    async with watching(folder, at_least_every=0.05) as watch:
        await asyncio.sleep(0)
        write(folder / "first.md", "first")
        assert await watch.until(folder / "first.md") == {folder / "first.md"}


async def test_folder_deleted_and_made_again_is_watched_again(folder: Path) -> None:
    async with watching(folder, at_least_every=0.1) as watch:
        await watch.next()
        shutil.rmtree(folder)
        write(folder / "again.md", "again")
        await watch.until(folder / "again.md")
        write(folder / "more.md", "more")
        await watch.until(folder / "more.md")


async def test_folder_replaced_by_another_is_watched(folder: Path, tmp_path: Path) -> None:
    async with watching(folder, at_least_every=0.1) as watch:
        await watch.next()
        shutil.move(folder, tmp_path / "old")
        write(folder / "again.md", "again")
        await watch.until(folder / "again.md")


async def test_folder_without_notices_is_looked_at_from_time_to_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # In place of a system that is out of watches, which a test can't bring about for itself alone.
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "OS file watch limit reached")

    monkeypatch.setattr("bot.sources.folder.awatch", refuse)
    async with watching(folder, at_least_every=0.05) as watch:
        await watch.next()
        write(folder / "new.md", "new")
        assert await watch.next() == {folder / "new.md"}
    assert "can't be watched ([Errno 28] OS file watch limit reached)" in caplog.text


async def test_what_cannot_be_looked_at_comes_once_and_its_digests_when_it_can(
    folder: Path, lock: Callable[[Path], None]
) -> None:
    shut = folder / "shut"
    write(shut / "a.md", "a")
    lock(shut)
    async with watching(folder, at_least_every=0.05) as watch:
        assert await watch.next() == {folder / "there.md", shut}
        write(folder / "new.md", "new")
        assert await watch.next() == {folder / "new.md"}
        shut.chmod(0o755)
        assert await watch.next() == {shut / "a.md"}


async def test_stop_ends_a_watch_that_waits_for_its_folder(tmp_path: Path) -> None:
    async with watching(tmp_path / "never") as watch:
        await asyncio.sleep(0)
        watch.stop.set()
        await asyncio.wait_for(watch.task, 20)


async def test_cancelled_watch_leaves_the_stop_of_others_alone(folder: Path) -> None:
    watch = Watching(folder, at_least_every=60)
    await watch.next()
    write(folder / "new.md", "new")
    await watch.next()
    watch.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watch.task
    assert not watch.stop.is_set()
