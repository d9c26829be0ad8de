"""Which files are written when: real files and a real database."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import disks
import pytest
from catalogue import CATALOGUE
from network_guard import GUARDED_PATH
from published import (
    CLOSED,
    FINAL,
    FRIDAY,
    MINUTE,
    URL,
    files_in,
    made_digest,
    publish,
    store,
    with_body,
)

from bot.digest import parse
from bot.digest.published import is_published
from bot.publish.archive import Archive
from bot.publish.publisher import Publisher
from storage import sources
from storage.database import Database
from storage.records import Digest, Paper, SourceKind

DAY, PAGE = "en/2025/02/21.md", "en/2025/02/21.html"
MARKED = b"<!-- Published by Daily Papers. Language: en. Texts: files. -->\n"


def read(path: Path) -> tuple[Digest, ...]:
    """Return the digests of a file, which has no problems."""
    found, problems = parse(path.read_text(encoding="utf-8"))
    assert not problems
    return found


async def test_paths_and_marker_of_the_archive_never_change(
    database: Database, tmp_path: Path
) -> None:
    await store(database, made_digest())
    await publish(database, tmp_path / "out", url=URL)
    found = files_in(tmp_path / "out")
    assert [*found] == [
        *("en/2025/02/21.html", "en/2025/02/21.md", "en/2025/02/index.html"),
        *("en/feed.xml", "en/index.html", "en/latest.md", "index.html"),
    ]
    assert found[DAY].startswith(MARKED + b"\n## Daily Papers (2025-02-21)\n")
    assert all(map(is_published, found.values()))


@pytest.mark.parametrize(("now", "is_final"), [(FINAL - MINUTE, False), (FINAL, True)])
async def test_a_list_is_written_for_good_seven_days_after_its_day_has_ended(
    database: Database, tmp_path: Path, now: datetime, is_final: bool
) -> None:
    await store(database, made_digest())
    result = await publish(database, tmp_path, now)
    assert result.finished == ([FRIDAY] if is_final else [])
    assert (tmp_path / DAY).exists() == is_final
    (latest,) = read(tmp_path / "en/latest.md")
    assert latest.papers[0].title == "Paper 1 of 2025-02-21"


async def test_a_live_list_is_final_seven_days_after_it_has_closed(
    database: Database, tmp_path: Path
) -> None:
    closed = CLOSED - timedelta(hours=9)
    await sources.configure(database, [("live", SourceKind.HUGGINGFACE)])
    await store(database, made_digest(), source="live", closed_at=closed)
    await publish(database, tmp_path, closed + timedelta(days=7) - MINUTE)
    assert not (tmp_path / DAY).exists()
    await publish(database, tmp_path, closed + timedelta(days=7))
    assert (tmp_path / DAY).exists()


async def test_a_list_without_texts_is_published_in_english(
    database: Database, tmp_path: Path
) -> None:
    await store(database, Digest(FRIDAY, (Paper("2502.00001", "Bare"),)))
    await publish(database, tmp_path)
    (day,) = read(tmp_path / DAY)
    assert day.papers[0].sections == ()


async def test_each_language_has_its_own_texts(database: Database, tmp_path: Path) -> None:
    await sources.configure(database, [("ours", SourceKind.FOLDER)])
    korean = with_body(made_digest(papers=1), "한국어입니다.", "ko")
    await store(database, made_digest())
    await store(database, korean, source="ours")
    await publish(database, tmp_path)
    (day,) = read(tmp_path / DAY)
    assert [paper.sections[0].body for paper in day.papers] == [
        f"What *paper {rank}* says." for rank in (1, 2, 3)
    ]
    (day,) = read(tmp_path / "ko/2025/02/21.md")
    assert [paper.sections for paper in day.papers] == [korean.papers[0].sections, (), ()]
    first = (tmp_path / "ko/2025/02/21.md").read_text(encoding="utf-8").partition("\n")[0]
    assert first == "<!-- Published by Daily Papers. Language: ko. Texts: ours. -->"


async def test_a_language_that_a_day_gets_later_is_added_within_a_day(
    database: Database, tmp_path: Path
) -> None:
    await sources.configure(database, [("ours", SourceKind.FOLDER)])
    days = [FRIDAY - timedelta(days=number) for number in range(40)]
    await store(database, *(made_digest(day, papers=1) for day in days))
    publisher = Publisher(database, Archive(tmp_path), CATALOGUE)
    await publisher.publish(FINAL)
    before = (tmp_path / DAY).read_bytes()
    late = with_body(made_digest(days[-1], papers=1), "한국어입니다.", "ko")
    await store(database, late, source="ours")
    await publisher.publish(FINAL + timedelta(days=1))
    assert (tmp_path / f"ko/{days[-1]:%Y/%m/%d}.md").exists()
    assert (tmp_path / DAY).read_bytes() == before


async def test_latest_has_the_lists_that_are_not_final_and_changes_with_them(
    database: Database, tmp_path: Path
) -> None:
    days = [FRIDAY + timedelta(days=number) for number in range(3)]
    await store(database, *map(made_digest, days))
    await publish(database, tmp_path, FINAL)
    latest = tmp_path / "en/latest.md"
    assert [each.date for each in read(latest)] == [days[2], days[1]]
    before = latest.stat()
    result = await publish(database, tmp_path, FINAL)
    assert result.written == 0
    assert latest.stat().st_mtime_ns == before.st_mtime_ns
    await store(database, made_digest(days[2], votes=500))
    await publish(database, tmp_path, FINAL)
    assert read(latest)[0].papers[0].votes == 499


async def test_a_final_list_is_not_changed_any_more(database: Database, tmp_path: Path) -> None:
    await store(database, made_digest())
    await publish(database, tmp_path)
    before = files_in(tmp_path / "en/2025/02")
    await store(database, made_digest(votes=500))
    await publish(database, tmp_path, FINAL + timedelta(days=2))
    assert files_in(tmp_path / "en/2025/02") == before


async def test_a_deleted_file_is_written_again_and_an_edited_day_is_left_alone(
    database: Database, tmp_path: Path
) -> None:
    await store(database, made_digest(), made_digest(FRIDAY - timedelta(days=1)))
    folder = tmp_path / "out"
    publisher = Publisher(database, Archive(folder, URL), CATALOGUE)
    await publisher.publish(FINAL)
    before = files_in(folder)
    for name in (DAY, "en/2025/02/20.html", "en/feed.xml", "en/2025/02/index.html"):
        (folder / name).unlink()
    await publisher.publish(FINAL)
    assert files_in(folder) == before
    for name in (DAY, PAGE, "en/latest.md"):
        (folder / name).write_bytes(before[name] + b"edited")
    await publisher.publish(FINAL)
    assert files_in(folder) == before | {name: before[name] + b"edited" for name in (DAY, PAGE)}


async def test_a_file_of_somebody_else_is_never_overwritten(
    database: Database, tmp_path: Path
) -> None:
    await store(database, made_digest())
    foreign = [tmp_path / name for name in ("index.html", "en/latest.md", PAGE)]
    for path in foreign:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    result = await publish(database, tmp_path)
    assert result.foreign == set(foreign)
    assert {path.read_text(encoding="utf-8") for path in foreign} == {"mine"}
    assert (tmp_path / DAY).exists()


async def test_an_unfinished_page_is_replaced_when_its_list_becomes_final(
    database: Database, tmp_path: Path
) -> None:
    await store(database, made_digest())
    await publish(database, tmp_path, CLOSED)
    assert b"latest.md" in (tmp_path / PAGE).read_bytes()
    await store(database, made_digest(votes=500))
    await publish(database, tmp_path, FINAL)
    assert b"499" in (tmp_path / PAGE).read_bytes()
    assert b"latest.md" not in (tmp_path / PAGE).read_bytes()


async def test_an_archive_that_was_read_back_is_published_with_the_same_bytes(
    database: Database, tmp_path: Path, new_file: bytes
) -> None:
    await store(database, made_digest(), made_digest(FRIDAY - timedelta(days=1)))
    await publish(database, tmp_path / "one", url=URL)
    (other_file := tmp_path / "other.db").write_bytes(new_file)
    async with await Database.open(other_file) as other:
        for path in sorted((tmp_path / "one").rglob("[0-9]*.md")):
            await store(other, *read(path))
        await publish(other, tmp_path / "two", url=URL)
    assert files_in(tmp_path / "two") == files_in(tmp_path / "one")


async def test_several_publishers_at_once_end_with_the_same_files(
    database: Database, tmp_path: Path
) -> None:
    days = [FRIDAY - timedelta(days=number) for number in range(4)]
    await store(database, *map(made_digest, days))
    await publish(database, tmp_path / "one", url=URL)
    await asyncio.gather(*(publish(database, tmp_path / "two", url=URL) for _ in range(3)))
    assert files_in(tmp_path / "two") == files_in(tmp_path / "one")


EXPORT = "from bot.__main__ import main; main()"


def start_export(path: Path, folder: Path) -> subprocess.Popen[bytes]:
    call = ["--database", str(path), "export", "--format", "markdown", "--folder", str(folder)]
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", EXPORT, *call],
        env={"PYTHONPATH": GUARDED_PATH, "PATH": os.environ["PATH"]},
        stdout=subprocess.DEVNULL,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
async def test_after_a_kill_the_next_run_ends_with_the_same_files(
    database: Database, tmp_path: Path
) -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(60)]
    await store(database, *(made_digest(day, papers=8) for day in days))
    await publish(database, tmp_path / "one")
    with start_export(database.path, tmp_path / "two") as killed:
        while killed.poll() is None and not [*(tmp_path / "two").rglob("*.md")]:
            time.sleep(0.002)  # noqa: ASYNC251 - nothing else runs here
        killed.kill()
    left = [path for path in (tmp_path / "two").rglob("*") if path.is_file()]
    assert len(left) < len(files_in(tmp_path / "one"))
    assert all(is_published(path.read_bytes()) for path in left if path.suffix != ".tmp")
    # As if it had been killed while it wrote a file, an hour and more ago.
    (temporary := tmp_path / "two/en/2024/02/.daily-papers-0123456789abcdef.tmp").write_bytes(b"<")
    for path in (tmp_path / "two").rglob(".daily-papers-*"):
        os.utime(path, (time.time() - 3_700,) * 2)
    await publish(database, tmp_path / "two")
    assert not temporary.exists()
    assert files_in(tmp_path / "two") == files_in(tmp_path / "one")


async def test_a_folder_that_may_not_be_written_is_reported_with_its_path(
    database: Database, tmp_path: Path, lock: Callable[[Path, int], None]
) -> None:
    await store(database, made_digest())
    (folder := tmp_path / "out").mkdir()
    lock(folder, 0o500)
    # Rights are those of a thread and of those that it starts.
    result = await publish(database, folder)
    assert result.written == 0
    assert result.failures[0] == f"{folder / PAGE}: Permission denied"
    lock(folder, 0o700)
    assert not (await publish(database, folder)).failures
    assert (folder / DAY).exists()


async def test_a_full_disk_leaves_whole_files_and_the_rest_comes_later(
    database: Database, small_disk: disks.SmallDisk, tmp_path: Path
) -> None:
    days = [FRIDAY - timedelta(days=number) for number in range(4)]
    await store(database, *map(made_digest, days))
    await publish(database, tmp_path / "one")
    folder = small_disk.folder / "out"
    small_disk.fill()
    result = await publish(database, folder)
    assert result.failures[0].startswith(str(folder))
    assert not files_in(folder)
    small_disk.make_room()
    assert not (await publish(database, folder)).failures
    assert files_in(folder) == files_in(tmp_path / "one")


async def test_a_day_that_cannot_be_written_does_not_keep_others_back(
    database: Database, tmp_path: Path
) -> None:
    await store(database, made_digest(), made_digest(date(2025, 1, 2)))
    (tmp_path / "en/2025").mkdir(parents=True)
    (tmp_path / "en/2025/02").write_text("a file in place of a folder", encoding="utf-8")
    result = await publish(database, tmp_path)
    assert result.failures
    assert (tmp_path / "en/2025/01/02.md").exists()
    assert (tmp_path / "index.html").exists()


async def test_a_run_without_time_goes_on_in_the_next_one(
    database: Database, tmp_path: Path
) -> None:
    await store(database, made_digest())
    publisher = Publisher(database, Archive(tmp_path), CATALOGUE)
    assert not (await publisher.publish(FINAL, seconds=-1)).is_complete
    assert (await publisher.publish(FINAL, seconds=60)).is_complete
    assert (tmp_path / DAY).exists()


@pytest.mark.skipif(os.name != "posix", reason="there are no such permissions")
async def test_a_web_server_may_read_the_archive_whatever_the_umask(
    database: Database, tmp_path: Path
) -> None:
    await store(database, made_digest())
    before = os.umask(0o077)
    try:
        await publish(database, tmp_path / "out")
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "out").rglob("*.*")}
    assert modes == {0o644}
    assert (tmp_path / "out/en").stat().st_mode & 0o777 == 0o755
