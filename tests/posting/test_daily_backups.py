"""The bot copies its database every day, beside everything else it does."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import disks
import pytest
from posting_fixture import MORNING, PostingFixture
from storage_samples import job

from bot.jobs.outcomes import Skipped
from bot.keeping.backing_up import BackingUp
from bot.keeping.settings import KeepingSettings
from storage import backups, jobs

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def copies_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.db"))


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each for each in caplog.messages if "back" in each and "up" in each]


async def test_a_copy_is_made_after_each_days_last_post_and_the_oldest_are_removed(
    posting: PostingFixture, tmp_path: Path
) -> None:
    folder = tmp_path / "copies" / "daily"
    posting.keeping = KeepingSettings(backup_folder=folder, backups=3)
    await posting.store()
    await posting.schedule(posting.channel())
    async with posting.running():
        await posting.wait_for(posting.clock.now() + 6 * MINUTE)
        (first,) = copies_in(folder)
        (folder / "papers-mine.db").write_text("of somebody else")
        await posting.wait_for(MORNING + MINUTE)
        await posting.wait_for(MORNING + 29 * MINUTE)
        assert copies_in(folder) == [first, "papers-mine.db"]
        await posting.wait_for(MORNING + 31 * MINUTE)
        first, second, mine = copies_in(folder)
        with closing(sqlite3.connect(folder / second)) as copy:
            found = copy.execute("SELECT outcome FROM deliveries").fetchall()
        assert found == [("posted",)]
        for day in (1, 2, 3):
            await posting.wait_for(MORNING + day * DAY + (40 + day) * MINUTE)
    names = copies_in(folder)
    assert len(names) == 4
    assert {first, second} & {*names} == set()
    assert names[-1] == mine == "papers-mine.db"
    # A restart makes no further copy before it is due.
    async with posting.running():
        await posting.wait_for(posting.clock.now() + HOUR)
    assert copies_in(folder) == names


async def test_a_disk_without_room_is_logged_once_and_tried_again(
    posting: PostingFixture, small_disk: disks.SmallDisk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    folder = small_disk.folder
    posting.keeping = KeepingSettings(backup_folder=folder)
    small_disk.fill()
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + 2 * HOUR)
        assert len(channel.all_messages) == 1
        assert copies_in(folder) == []
        small_disk.make_room()
        await posting.wait_for(MORNING + 3 * HOUR + MINUTE)
        (name,) = copies_in(folder)
    first, second, third = messages(caplog)
    assert first.startswith(
        f"the database can't be backed up: There is no room for {folder}/papers-"
    )
    assert first.endswith("free; it is tried again")
    assert second.startswith(f"backed up the database to {folder / name}, ")
    assert third == "the database can be backed up again"


async def test_a_read_only_disk_is_named_and_older_copies_stay(
    posting: PostingFixture, small_disk: disks.SmallDisk, caplog: pytest.LogCaptureFixture
) -> None:
    folder = small_disk.folder
    (folder / "papers-20250101T000000Z.db").write_text("older")
    small_disk.make_read_only()
    settings = KeepingSettings(backup_folder=folder, backups=1)
    backing_up = BackingUp(posting.database, settings, posts="post", now=posting.clock.now)
    await backing_up.run(job())
    await backing_up.run(job())
    (message,) = messages(caplog)
    assert f"{folder}/papers-" in message
    assert message.endswith("can't be written: Read-only file system; it is tried again")
    assert copies_in(folder) == ["papers-20250101T000000Z.db"]


async def test_a_damaged_database_is_named_and_older_copies_stay(
    posting: PostingFixture, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder := tmp_path / "copies").mkdir()
    (folder / "papers-20250101T000000Z.db").write_text("older")
    for day in range(3):
        await posting.store(posting.clock.now().date() - day * DAY)
    settings = KeepingSettings(backup_folder=folder, backups=1)
    async with posting.other_database() as database:
        with closing(sqlite3.connect(posting.path)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = posting.path.read_bytes()
        with posting.path.open("r+b") as file:
            file.seek(len(whole) // 2 // 4096 * 4096)
            file.write(b"\xff" * 8 * 4096)
        backing_up = BackingUp(database, settings, posts="post", now=posting.clock.now)
        await backing_up.run(job())
        await backing_up.run(job())
        (message,) = messages(caplog)
        assert str(posting.path) in message
        assert "damaged" in message
        assert message.endswith("it is tried again")
        assert copies_in(folder) == ["papers-20250101T000000Z.db"]
        posting.path.write_bytes(whole)
        await backing_up.run(job())
    assert len(copies_in(folder)) == 1
    assert "papers-20250101T000000Z.db" not in copies_in(folder)


async def test_a_copy_is_given_up_when_the_bot_stops(
    posting: PostingFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    given_up: list[BaseException] = []
    back_up = backups.back_up

    def watched(path: Path, target: Path, *, replace: bool, stop: threading.Event) -> int:
        loop.call_soon_threadsafe(begun.set)
        try:
            # The moment of the stop is to come before the copy is complete.
            stop.wait()
            return back_up(path, target, replace=replace, stop=stop)
        except backups.StoppedError as error:
            given_up.append(error)
            raise
        finally:
            loop.call_soon_threadsafe(ended.set)

    # The real function, and a sign when its thread has ended.
    monkeypatch.setattr(backups, "back_up", watched)
    folder = tmp_path / "copies"
    settings = KeepingSettings(backup_folder=folder)
    backing_up = BackingUp(posting.database, settings, posts="post", now=posting.clock.now)
    running = asyncio.create_task(backing_up.run(job()))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await ended.wait()
    assert given_up
    assert not [*folder.iterdir()]


async def test_without_a_folder_nothing_is_copied(posting: PostingFixture) -> None:
    backing_up = BackingUp(posting.database, KeepingSettings(), posts="post", now=posting.clock.now)
    await backing_up.start()
    assert not await jobs.of_kind(posting.database, "backup")
    assert isinstance(await backing_up.run(job()), Skipped)


async def test_a_missing_job_is_written_again(posting: PostingFixture, tmp_path: Path) -> None:
    now = posting.clock.now
    settings = KeepingSettings(backup_folder=tmp_path)
    backing_up = BackingUp(posting.database, settings, posts="post", now=now)
    await backing_up.check()
    (known,) = await jobs.of_kind(posting.database, "backup")
    await backing_up.check()
    assert await jobs.of_kind(posting.database, "backup") == (known,)
    posting.clock.move_to(now() - timedelta(days=2))
    await backing_up.check()
    (again,) = await jobs.of_kind(posting.database, "backup")
    assert again.run_at < known.run_at
