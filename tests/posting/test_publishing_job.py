"""The bot publishes what it has read, beside everything else it does."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from catalogue import CATALOGUE
from posting_fixture import FRIDAY, MORNING, PostingFixture
from published import CLOSED, FINAL, made_digest, store
from storage_samples import job

from bot.jobs.outcomes import Skipped
from bot.publish.archive import Archive
from bot.publish.publishing import Publishing
from storage import jobs, sources
from storage.records import Reason

DAY, PAGE = "en/2025/02/21.md", "en/2025/02/21.html"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def messages(caplog: pytest.LogCaptureFixture, *parts: str) -> list[str]:
    return [each for each in caplog.messages if any(part in each for part in parts)]


async def test_a_bot_publishes_each_list_once_and_keeps_the_newest_up_to_date(
    posting: PostingFixture, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    folder = tmp_path / "out"
    posting.archive = Archive(folder)
    await posting.store()
    async with posting.running():
        assert not folder.exists()
        await posting.wait_for(posting.clock.now() + MINUTE)
        assert (folder / "en/latest.md").exists()
        assert (folder / PAGE).exists()
        await posting.wait_for(FINAL - MINUTE)
        assert not (folder / DAY).exists()
        await posting.wait_for(FINAL + HOUR)
        before = (folder / DAY).read_bytes()
        await posting.store(votes=900)
        await posting.wait_for(FINAL + 2 * HOUR)
        assert (folder / DAY).read_bytes() == before
    assert messages(caplog, "published") == ["published 1 list, the newest of 2025-02-21"]
    async with posting.running():
        await posting.wait_for(posting.clock.now() + MINUTE)
    assert (folder / DAY).read_bytes() == before


async def test_a_folder_that_cannot_be_written_is_logged_once_and_posts_go_on(
    posting: PostingFixture, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    (obstacle := tmp_path / "out").write_text("a file", encoding="utf-8")
    posting.archive = Archive(obstacle / "archive")
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(posting.clock.now() + MINUTE)
        await posting.wait_for(MORNING)
        assert len(channel.all_messages) == 1
        await posting.wait_for(MORNING + HOUR)
        obstacle.unlink()
        await posting.wait_for(MORNING + HOUR + 11 * MINUTE)
        assert (obstacle / "archive/en/latest.md").exists()
    path = obstacle / "archive" / PAGE
    assert messages(caplog, "archive") == [
        f"the archive can't be written: {path}: Not a directory; it is tried again",
        "the archive can be written again",
    ]


async def test_a_list_is_not_final_while_lists_are_being_read(
    posting: PostingFixture, tmp_path: Path
) -> None:
    await store(posting.database, made_digest(FRIDAY))
    now = posting.clock.now
    publishing = Publishing(posting.database, Archive(tmp_path), catalogue=CATALOGUE, now=now)
    posting.clock.move_to(FINAL)
    reading = job("read:live", kind=sources.READ_JOB, run_at=CLOSED)
    await jobs.enqueue(posting.database, [reading])
    await publishing.run(job())
    assert not (tmp_path / DAY).exists()
    # A source that fails is not waited for.
    await jobs.enqueue(posting.database, [replace(reading, reason=Reason.SOURCE_UNAVAILABLE)])
    await publishing.run(job())
    assert (tmp_path / DAY).exists()


async def test_a_job_of_an_archive_that_the_settings_do_not_have_any_more_ends(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    left = job("archive:folder", kind="archive", lane="archive:folder", run_at=CLOSED)
    await jobs.enqueue(posting.database, [left])
    posting.clock.move_to(FINAL)
    async with posting.running():
        assert await jobs.get(posting.database, left.key) is None
    assert not messages(caplog, "archive")
    publishing = Publishing(posting.database, None, catalogue=CATALOGUE, now=posting.clock.now)
    assert isinstance(await publishing.run(left), Skipped)


async def test_a_missing_job_is_written_again(posting: PostingFixture, tmp_path: Path) -> None:
    now = posting.clock.now
    publishing = Publishing(posting.database, Archive(tmp_path), catalogue=CATALOGUE, now=now)
    await publishing.check()
    (known,) = await jobs.of_kind(posting.database, "archive")
    await publishing.check()
    assert await jobs.of_kind(posting.database, "archive") == (known,)
    posting.clock.move_to(now() - timedelta(days=2))
    await publishing.check()
    (again,) = await jobs.of_kind(posting.database, "archive")
    assert again.run_at < known.run_at
