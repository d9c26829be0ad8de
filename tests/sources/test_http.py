"""The HTTP client against local servers, over sockets."""

import asyncio
import base64
import gzip
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from virtual_time import VirtualTime

from bot.demo.services.addresses import LocalFiles, gzip_bomb
from bot.demo.services.faults import (
    Fault,
    answering,
    cut_off,
    failing,
    hung_up,
    rate_limited,
    slow,
    too_many_requests,
)
from bot.sources.errors import SourceError
from bot.sources.http import HttpClient
from bot.sources.rate_limit_headers import LONGEST_WAIT, seconds_to_wait

SECRET = "s3cr3t"


@pytest.fixture
async def files() -> AsyncIterator[LocalFiles]:
    async with LocalFiles() as files:
        files.put("/a", b"text")
        yield files


@asynccontextmanager
async def raw_server(answer: bytes) -> AsyncIterator[str]:
    """Serve bytes that no web server would send; yield the address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"


async def test_answer_has_status_headers_body_and_address(
    client: HttpClient, files: LocalFiles
) -> None:
    response = await client.get(files.url + "/a", headers={"X-Test": "1"})
    assert (response.status, response.body) == (200, b"text")
    assert response.headers["etag"] == response.headers["ETag"]
    assert response.url == files.url + "/a"
    (request,) = files.requests
    assert request.headers["X-Test"] == "1"
    assert request.headers["User-Agent"].startswith("daily-papers-bot")
    assert (await client.get(files.url + "/none")).status == 404


async def test_client_can_be_used_again_after_closing(files: LocalFiles) -> None:
    client = HttpClient(user_agent="reader/1")
    await client.close()
    assert (await client.get(files.url + "/a")).body == b"text"
    await client.close()
    assert (await client.get(files.url + "/a")).body == b"text"
    await client.close()
    assert files.requests[0].headers["User-Agent"] == "reader/1"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "/a", "", "http://["])
async def test_only_web_addresses_are_read(client: HttpClient, url: str) -> None:
    with pytest.raises(SourceError, match=r"^has an address that is none of the web$"):
        await client.get(url)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "http://["])
async def test_redirect_to_another_scheme_is_refused(
    client: HttpClient, files: LocalFiles, to: str
) -> None:
    files.redirect("/r", to)
    with pytest.raises(SourceError, match=r"^redirected to what is no web address$") as caught:
        await client.get(files.url + "/r")
    assert not caught.value.is_unreachable


async def test_five_redirects_are_followed_and_six_are_not(
    client: HttpClient, files: LocalFiles
) -> None:
    files.redirect("/five", "/a", count=5)
    response = await client.get(files.url + "/five")
    assert (response.body, response.url) == (b"text", files.url + "/a")
    files.redirect("/six", "/a", count=6)
    files.redirect("/loop", "/loop")
    for path in ("/six", "/loop"):
        with pytest.raises(SourceError, match=r"^redirected more than 5 times$"):
            await client.get(files.url + path)


async def test_authorization_is_not_sent_to_another_host(
    client: HttpClient, files: LocalFiles
) -> None:
    async with LocalFiles() as other:
        other.put("/b", b"other")
        files.redirect("/r", other.url + "/b")
        files.redirect("/same", "/a")
        headers = {"Authorization": f"Bearer {SECRET}"}
        assert (await client.get(files.url + "/r", headers=headers)).body == b"other"
        assert (await client.get(files.url + "/same", headers=headers)).body == b"text"
        with_password = files.url.replace("//", f"//user:{SECRET}@")
        assert (await client.get(with_password + "/r")).body == b"other"
        assert not any("Authorization" in request.headers for request in other.requests)
        del files.requests[-1]
    assert all(SECRET in request.headers["Authorization"] for request in files.requests)


async def test_credentials_in_an_address_are_sent_and_never_shown(
    client: HttpClient, files: LocalFiles, caplog: pytest.LogCaptureFixture
) -> None:
    host = files.url.removeprefix("http://")
    response = await client.get(f"http://user:{SECRET}@{host}/a")
    assert response.url == files.url + "/a"
    sent = files.requests[0].headers["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == f"user:{SECRET}"

    files.redirect("/loop", f"http://user:{SECRET}@{host}/loop")
    files.redirect("/file", f"file://user:{SECRET}@example.org/")
    files.faults.put("/500", failing())
    files.faults.put("/hung", hung_up())
    errors = []
    with caplog.at_level(logging.DEBUG):
        for path in ("/loop", "/file", "/500", "/hung"):
            with pytest.raises(SourceError) as caught:
                await client.get(f"http://user:{SECRET}@{host}{path}")
            errors.append("".join(traceback.format_exception(caught.value)))
        with pytest.raises(SourceError) as caught:
            await client.get(f"http://user:{SECRET}@127.0.0.1:1/")
        errors.append("".join(traceback.format_exception(caught.value)))
    assert SECRET not in "".join(errors) + caplog.text


@pytest.mark.parametrize(
    ("fault", "times"),
    # aiohttp itself repeats a request once whose connection is closed without an answer.
    [(failing(500), 2), (failing(503), 2), (failing(599), 2), (cut_off(), 2), (hung_up(), 4)],
)
async def test_transient_failure_is_tried_three_times(
    client: HttpClient, files: LocalFiles, time: VirtualTime, fault: Fault, times: int
) -> None:
    files.faults.put("/a", fault, times=times)
    assert (await client.get(files.url + "/a")).body == b"text"
    assert files.count() == times + 1
    assert len(time.sleeps) == 2
    assert time.sleeps[0] >= 1
    assert time.sleeps[1] >= 2


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (failing(500), "answered 500 Internal Server Error"),
        (failing(599), "answered 599"),
        (cut_off(), "cut its answer off"),
        (hung_up(), "couldn't be reached: it closed the connection without an answer"),
    ],
)
async def test_failure_that_lasts_is_an_error_of_the_service(
    client: HttpClient, files: LocalFiles, fault: Fault, text: str
) -> None:
    files.faults.put("/a", fault)
    with pytest.raises(SourceError) as caught:
        await client.get(files.url + "/a")
    assert (str(caught.value), caught.value.is_unreachable) == (text, True)
    assert caught.value.retry_after is None


async def test_one_attempt_is_not_repeated(
    client: HttpClient, files: LocalFiles, time: VirtualTime
) -> None:
    files.faults.put("/a", failing(500), times=1)
    with pytest.raises(SourceError):
        await client.get(files.url + "/a", attempts=1)
    assert not time.sleeps


async def test_refused_connection_and_unknown_host_are_errors_of_the_service(
    client: HttpClient, files: LocalFiles
) -> None:
    async with files.outage():
        with pytest.raises(SourceError) as caught:
            await client.get(files.url + "/a")
    assert str(caught.value) == "couldn't be reached: Connection refused"
    assert caught.value.is_unreachable
    with pytest.raises(SourceError, match=r"^couldn't be reached: ") as caught:
        await client.get("http://nowhere.invalid/", attempts=1)
    assert caught.value.is_unreachable


@pytest.mark.parametrize("host", ["a..b", "a" * 64 + ".example", ".example"])
async def test_host_name_that_cannot_be_is_an_error_of_the_address(
    client: HttpClient, files: LocalFiles, host: str
) -> None:
    files.redirect("/r", f"http://{host}/")
    for url in (f"http://{host}/", files.url + "/r"):
        with pytest.raises(SourceError, match=r"^has a host name that is not valid$") as caught:
            await client.get(url)
        assert not caught.value.is_unreachable


async def test_answer_that_is_not_http_is_an_error(client: HttpClient) -> None:
    async with raw_server(b"220 mail.example.org ESMTP\r\n\r\n") as url:
        with pytest.raises(SourceError, match=r"^couldn't be reached: its answer is not HTTP$"):
            await client.get(url)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\n\r\n"
        + gzip.compress(b"text", mtime=0)[:-4],
    ],
    ids=["length", "chunked", "gzip"],  # The bytes of gzip have the time in them.
)
async def test_body_that_ends_too_early_is_noticed(client: HttpClient, answer: bytes) -> None:
    async with raw_server(answer) as url:
        with pytest.raises(SourceError, match=r"^cut its answer off$"):
            await client.get(url)


async def test_time_out_ends_a_slow_answer(files: LocalFiles) -> None:
    client = HttpClient(timeout=0.05)
    files.faults.put("/a", slow(60))
    with pytest.raises(SourceError, match=r"^took more than 0\.05 s$") as caught:
        await client.get(files.url + "/a")
    assert caught.value.is_unreachable
    assert files.count() == 1
    await client.close()


@pytest.mark.parametrize("path", ["/large", "/endless", "/bomb", "/many"])
async def test_large_body_is_refused_while_it_is_read(
    client: HttpClient, files: LocalFiles, path: str
) -> None:
    files.put("/large", bytes(100_001))
    files.faults.put("/bomb", gzip_bomb(10_000_000))
    files.faults.put("/many", answering(gzip.compress(b"") * 10_000, Content_Encoding="gzip"))
    with pytest.raises(SourceError, match=r"^answered more than 100,000 bytes$") as caught:
        await client.get(files.url + path, max_bytes=100_000)
    assert not caught.value.is_unreachable


async def test_body_of_the_largest_size_is_read(client: HttpClient, files: LocalFiles) -> None:
    data = bytes(100_000)
    files.put("/large", data)
    members = gzip.compress(data[:60_000]) + gzip.compress(data[60_000:])
    files.faults.put("/gzip", answering(members, Content_Encoding="gzip"))
    for path in ("/large", "/gzip"):
        assert (await client.get(files.url + path, max_bytes=100_000)).body == data


async def test_damaged_or_unknown_compression_is_an_error(
    client: HttpClient, files: LocalFiles
) -> None:
    files.faults.put("/a", answering(b"no gzip", Content_Encoding="gzip"))
    with pytest.raises(SourceError, match=r"^answered damaged compressed data$"):
        await client.get(files.url + "/a")
    files.faults.put("/a", answering(b"x", Content_Encoding="br"))
    with pytest.raises(SourceError, match=r"^answered in a compression that wasn't asked for$"):
        await client.get(files.url + "/a")


@pytest.mark.parametrize("fault", [rate_limited(120), too_many_requests(120)])
async def test_rate_limit_is_not_tried_again_and_remembered(
    client: HttpClient, files: LocalFiles, time: VirtualTime, fault: Fault
) -> None:
    files.faults.put("/a", fault, times=1)
    with pytest.raises(SourceError, match=r"^answered 429 Too Many Requests$") as caught:
        await client.get(files.url + "/a")
    assert (caught.value.retry_after, caught.value.is_unreachable) == (120, True)
    with pytest.raises(SourceError, match=r"^takes no more requests for 120 s$") as caught:
        await client.get(files.url + "/b")
    assert caught.value.retry_after == 120
    assert (files.count(), time.sleeps) == (1, [])
    time.seconds += 70
    assert (await client.get(files.url + "/a")).body == b"text"
    assert time.sleeps == [50]


async def test_limit_that_an_answer_used_up_is_waited_for(
    client: HttpClient, files: LocalFiles, time: VirtualTime
) -> None:
    files.faults.put("/last", answering(b"x", RateLimit='"api";r=0;t=30'))
    assert (await client.get(files.url + "/last")).body == b"x"
    async with LocalFiles() as other:
        await client.get(other.url + "/a")
    assert time.sleeps == []
    assert (await client.get(files.url + "/a")).body == b"text"
    assert time.sleeps == [30]


async def test_rate_limit_without_a_time_says_none(client: HttpClient, files: LocalFiles) -> None:
    files.faults.put("/a", too_many_requests())
    with pytest.raises(SourceError) as caught:
        await client.get(files.url + "/a")
    assert (caught.value.retry_after, caught.value.is_unreachable) == (None, True)


async def test_unavailable_service_that_says_for_how_long_is_not_tried_again(
    client: HttpClient, files: LocalFiles
) -> None:
    files.faults.put("/a", Fault(status=503, wait=90, wait_header="Retry-After"))
    with pytest.raises(SourceError, match=r"^answered 503 Service Unavailable$") as caught:
        await client.get(files.url + "/a")
    assert (caught.value.retry_after, files.count()) == (90, 1)


NOW = datetime(2025, 7, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "-7"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "9" * 400}, None),
        ({"Retry-After": "999999999"}, LONGEST_WAIT),
        ({"Retry-After": format_datetime(NOW + timedelta(seconds=40), usegmt=True)}, 40),
        ({"Retry-After": format_datetime(NOW - timedelta(seconds=40), usegmt=True)}, 0),
        ({"RateLimit": '"api";r=0;t=123'}, 123),
        ({"RateLimit": '"api"; r=0; t=123'}, 123),
        ({"RateLimit": '"api";r=00;t=5', "Retry-After": "9"}, 9),
        ({"RateLimit": '"api";r=1;t=123'}, None),
        ({"RateLimit": '"api";t=123'}, None),
        ({"RateLimit": '"api";r=0'}, None),
        ({"RateLimit": '"api";r=5;t=9, "pages";r=0;t=4'}, 4),
        ({"RateLimit": "limit=1, remaining=0, reset=5"}, None),
    ],
)
def test_seconds_to_wait_are_read_from_headers(
    headers: dict[str, str], seconds: float | None
) -> None:
    with_date = headers | {"Date": format_datetime(NOW, usegmt=True)}
    assert seconds_to_wait(429, with_date) == seconds
