"""Digests at addresses with the date in them, read from a local server over sockets."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from bot.clock import Clock
from bot.demo.services.addresses import LocalFiles, gzip_bomb
from bot.demo.services.faults import answering, cut_off, failing, too_many_requests
from bot.sources.errors import SourceError
from bot.sources.http import HttpClient
from bot.sources.url import UrlAnswer, UrlSource, first_line

DAY = date(2025, 2, 21)
PATH = "/logs/2025/02/21.md"


@pytest.fixture
async def files(clock: Clock) -> AsyncIterator[LocalFiles]:
    async with LocalFiles(clock.now) as files:
        yield files


@pytest.fixture
def source(client: HttpClient, files: LocalFiles) -> UrlSource:
    return UrlSource(client, files.url + "/logs/{date:%Y/%m/%d}.md")


def test_source_refuses_a_wrong_template(client: HttpClient) -> None:
    with pytest.raises(ValueError, match="the whole date"):
        UrlSource(client, "https://example.org/")


async def test_digest_is_read_at_the_address_of_its_day(
    source: UrlSource, files: LocalFiles
) -> None:
    files.put(PATH, b"# Digest")
    answer = await source.read(DAY)
    assert answer is not None
    assert answer.text == b"# Digest"
    assert source.address(DAY) == files.url + PATH


async def test_missing_digest_is_none(source: UrlSource, files: LocalFiles) -> None:
    assert await source.read(DAY) is None
    files.faults.put(PATH, failing(410))
    assert await source.read(DAY) is None


@pytest.mark.parametrize(("has_etag", "has_modified"), [(1, 1), (1, 0), (0, 1)])
async def test_unchanged_digest_is_not_read_again(
    source: UrlSource, files: LocalFiles, clock: Clock, *, has_etag: bool, has_modified: bool
) -> None:
    files.put(PATH, b"one", has_etag=has_etag, has_modified=has_modified)
    first = await source.read(DAY)
    assert first is not None
    again = await source.read(DAY, etag=first.etag)
    assert again == UrlAnswer(None, first.etag)
    clock.move_to(clock.now() + timedelta(minutes=1))
    files.put(PATH, b"two", has_etag=has_etag, has_modified=has_modified)
    changed = await source.read(DAY, etag=again.etag)
    assert changed is not None
    assert changed.text == b"two"
    assert changed.etag != first.etag


async def test_server_without_validators_gives_none(source: UrlSource, files: LocalFiles) -> None:
    files.put(PATH, b"one", has_etag=False, has_modified=False)
    assert await source.read(DAY) == UrlAnswer(b"one", None)


@pytest.mark.parametrize("etag", ["", "odd", "[]", "{}", '{"etag": 1}', '{"etag": "a\\r\\nb"}'])
async def test_unknown_validators_are_not_sent(
    source: UrlSource, files: LocalFiles, etag: str
) -> None:
    files.put(PATH, b"one")
    answer = await source.read(DAY, etag=etag)
    assert answer is not None
    assert answer.text == b"one"
    assert "If-None-Match" not in files.requests[0].headers


async def test_not_modified_without_being_asked_is_an_error(
    source: UrlSource, files: LocalFiles
) -> None:
    files.faults.put(PATH, failing(304))
    with pytest.raises(SourceError, match=r"^answered 304 Not Modified$"):
        await source.read(DAY)


async def test_answers_that_are_no_digest_are_errors(source: UrlSource, files: LocalFiles) -> None:
    files.faults.put(PATH, failing(403))
    with pytest.raises(SourceError, match=r"^answered 403 Forbidden$") as caught:
        await source.read(DAY)
    assert not caught.value.is_unreachable
    files.faults.put(PATH, too_many_requests(5))
    with pytest.raises(SourceError) as caught:
        await source.read(DAY)
    assert caught.value.retry_after == 5


async def test_digest_over_16_mib_is_refused(source: UrlSource, files: LocalFiles) -> None:
    files.faults.put(PATH, gzip_bomb(16 * 1024 * 1024 + 1))
    with pytest.raises(SourceError, match=r"^answered more than 16 MiB$"):
        await source.read(DAY)


async def test_digest_that_is_cut_off_once_is_read_again(
    source: UrlSource, files: LocalFiles
) -> None:
    files.put(PATH, b"whole")
    files.faults.put(PATH, cut_off(), times=1)
    answer = await source.read(DAY)
    assert answer is not None
    assert answer.text == b"whole"


async def test_redirects_are_followed(source: UrlSource, files: LocalFiles) -> None:
    files.put("/new.md", b"moved")
    files.redirect(PATH, "/new.md", count=5)
    answer = await source.read(DAY)
    assert answer is not None
    assert answer.text == b"moved"


async def test_page_with_200_is_for_the_caller_to_refuse(
    source: UrlSource, files: LocalFiles
) -> None:
    files.faults.put(PATH, answering(b"\n <!doctype html>\n<p>"))
    answer = await source.read(DAY)
    assert answer is not None
    assert first_line(answer.text or b"") == "<!doctype html>"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"", ""),
        (b" \r\n\t\n", ""),
        (b"\xef\xbb\xbf# A\nB", "# A"),
        (b"a\x00b\x1b[31mc\xff", "a b [31mc�"),
        ("가".encode() * 100, "가" * 79 + "…"),
        (b"x" * 80, "x" * 80),
    ],
)
def test_first_line_is_printable_and_short(body: bytes, line: str) -> None:
    assert first_line(body) == line
