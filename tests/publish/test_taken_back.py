"""A text that was taken back after a report disappears from what was published of it."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from catalogue import CATALOGUE
from published import CLOSED, FINAL, FRIDAY, URL, files_in, made_digest, store
from written_samples import MODEL, report, written_text

from bot.publish.archive import Archive
from bot.publish.publisher import Publisher
from storage import reports, written_texts
from storage.database import Database
from storage.records import Digest
from storage.written_texts import Sentence, WrittenSection

HOUR = timedelta(hours=1)
FIRST, SECOND = (paper.arxiv_id for paper in made_digest().papers[:2])
SENTENCE = "새로운 방법을 제안합니다."
DAY = ("ko/2025/02/21.md", "ko/2025/02/21.html")
OTHER_DAY = ("ko/2025/02/20.md", "ko/2025/02/20.html")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The archive's."""
    return tmp_path / "out"


@pytest.fixture
async def publisher(database: Database, folder: Path) -> Publisher:
    """One that goes on running, as in the bot; two days have a text in Korean."""
    yesterday = made_digest(FRIDAY - timedelta(days=1))
    await store(database, made_digest(), yesterday)
    await written_texts.configure(database, MODEL)
    for arxiv_id in (FIRST, yesterday.papers[0].arxiv_id):
        await written_texts.store(database, written_text(arxiv_id, written_at=CLOSED))
    return Publisher(database, Archive(folder, URL), CATALOGUE)


def with_sentence(folder: Path) -> set[str]:
    """Return the names of the files that have the text."""
    return {name for name, data in files_in(folder).items() if SENTENCE.encode() in data}


async def hide(database: Database, arxiv_id: str = FIRST, *, at: datetime = FINAL + HOUR) -> None:
    found = await reports.get(database, await report(database, arxiv_id))
    assert found is not None
    await reports.hide(database, found, at=at)


async def test_a_hidden_text_disappears_from_final_files_and_other_days_stay_as_they_are(
    database: Database, folder: Path, publisher: Publisher
) -> None:
    await publisher.publish(FINAL)
    assert with_sentence(folder) == {*DAY, *OTHER_DAY, "ko/latest.md"}
    before = files_in(folder)
    times = {name: (folder / name).stat().st_mtime_ns for name in OTHER_DAY}
    await hide(database)
    await publisher.publish(FINAL + 2 * HOUR)
    assert with_sentence(folder) == {*OTHER_DAY}
    after = files_in(folder)
    assert after.keys() == before.keys()
    assert {name for name in before if before[name] != after[name]} == {
        *(*DAY, "ko/latest.md", "ko/feed.xml")
    }
    assert {name: (folder / name).stat().st_mtime_ns for name in OTHER_DAY} == times
    # It is done once: what somebody edits afterwards stays.
    (folder / DAY[0]).write_bytes(after[DAY[0]] + b"edited")
    assert (await publisher.publish(FINAL + 3 * HOUR)).written == 0
    assert (folder / DAY[0]).read_bytes() == after[DAY[0]] + b"edited"


async def test_an_older_day_of_a_running_bot_is_written_again(
    database: Database, folder: Path, publisher: Publisher
) -> None:
    """Days that are final are not read again each hour, but those with such a text are."""
    later = [made_digest(FRIDAY + timedelta(days=number)) for number in range(1, 41)]
    await store(database, *later)
    now = FINAL + timedelta(days=50)
    await publisher.publish(now)
    assert with_sentence(folder) == {*DAY, *OTHER_DAY, "ko/latest.md"}
    older = made_digest(FRIDAY - timedelta(days=1)).papers[0].arxiv_id
    await hide(database, older, at=now + HOUR)
    await publisher.publish(now + 2 * HOUR)
    # The newest list in Korean is still that of Friday.
    assert with_sentence(folder) == {*DAY, "ko/latest.md"}
    await hide(database, at=now + 3 * HOUR)
    await publisher.publish(now + 4 * HOUR)
    assert with_sentence(folder) == set()
    assert (await publisher.publish(now + 5 * HOUR)).written == 0


async def test_a_crash_between_both_files_is_made_good_by_the_next_run(
    database: Database, folder: Path, publisher: Publisher
) -> None:
    await publisher.publish(FINAL)
    before = (folder / DAY[0]).read_bytes()
    times = (folder / DAY[0]).stat()
    await hide(database)
    await publisher.publish(FINAL + 2 * HOUR)
    after = (folder / DAY[0]).read_bytes()
    # As it was before the Markdown was replaced.
    (folder / DAY[0]).write_bytes(before)
    os.utime(folder / DAY[0], ns=(times.st_atime_ns, times.st_mtime_ns))
    again = Publisher(database, Archive(folder, URL), CATALOGUE)
    await again.publish(FINAL + 3 * HOUR)
    assert (folder / DAY[0]).read_bytes() == after


async def test_a_rewritten_text_replaces_the_old_one_once_it_is_there(
    database: Database, folder: Path, publisher: Publisher
) -> None:
    await publisher.publish(FINAL)
    found = await reports.get(database, await report(database, FIRST))
    assert found is not None
    await reports.rewrite(database, found, write=[], at=FINAL + HOUR)
    await publisher.publish(FINAL + 2 * HOUR)
    assert with_sentence(folder) == {*OTHER_DAY}
    section = WrittenSection("What's New", (Sentence("더 나은 문장입니다.", "A quote"),))
    new = written_text(FIRST, sections=(section,), written_at=FINAL + 3 * HOUR)
    await written_texts.store(database, new)
    await publisher.publish(FINAL + 4 * HOUR)
    for name in DAY:
        assert "더 나은 문장입니다." in (folder / name).read_text(encoding="utf-8")


async def test_a_list_that_is_not_final_loses_the_text_as_well(
    database: Database, folder: Path, publisher: Publisher
) -> None:
    await publisher.publish(CLOSED)
    assert with_sentence(folder) == {DAY[1], OTHER_DAY[1], "ko/latest.md"}
    await hide(database)
    yesterday: Digest = made_digest(FRIDAY - timedelta(days=1))
    await hide(database, yesterday.papers[0].arxiv_id)
    await publisher.publish(CLOSED + HOUR)
    assert with_sentence(folder) == set()


async def test_pages_say_who_wrote_a_text_and_show_its_markup_as_it_is_written(
    database: Database, folder: Path, publisher: Publisher
) -> None:
    markup = "**굵은** <b>문장</b> [링크](https://example.org)입니다."
    section = WrittenSection("What's New", (Sentence(markup, "A quote"),))
    await written_texts.store(database, written_text(SECOND, sections=(section,)))
    await publisher.publish(FINAL)
    page = (folder / DAY[1]).read_text(encoding="utf-8")
    assert "AI 요약: small-model · 모든 문장에 초록 인용" in page
    assert "**굵은** &lt;b&gt;문장&lt;/b&gt; [링크](https://example.org)입니다." in page
    assert "writer:" not in page.partition("\n<html")[2]
