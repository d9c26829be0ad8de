"""Hugging Face's lists and papers, read from a local service over sockets."""

import hashlib
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from virtual_time import VirtualTime

from bot.clock import Clock
from bot.demo.services.faults import (
    Fault,
    answering,
    cut_off,
    failing,
    html_page,
    hung_up,
    rate_limited,
    slow,
)
from bot.demo.services.huggingface import LocalHuggingFace
from bot.demo.services.made_papers import LocalPaper, made_papers, votes_at
from bot.sources.errors import SourceError
from bot.sources.http import HttpClient
from bot.sources.huggingface import MAX_PAGES, HuggingFace
from bot.sources.list_days import closes_at, opens_at
from storage.records import Media, MediaKind

WEDNESDAY = date(2025, 7, 16)
LIST = "/api/daily_papers"


@pytest.fixture
async def service(clock: Clock) -> AsyncIterator[LocalHuggingFace]:
    async with LocalHuggingFace(clock.now) as service:
        yield service


@pytest.fixture
def reader(client: HttpClient, service: LocalHuggingFace) -> HuggingFace:
    return HuggingFace(client, url=service.url)


def paper(number: int, **values: Any) -> LocalPaper:  # noqa: ANN401 - of several types
    defaults: dict[str, Any] = {
        "arxiv_id": f"2507.{number:05}",
        "title": f"Paper {number}",
        "appears_at": opens_at(WEDNESDAY),
    }
    return LocalPaper(**(defaults | values))


async def read_one(
    reader: HuggingFace, service: LocalHuggingFace, **fields: object
) -> dict[str, Any]:
    service.set_list(WEDNESDAY, [paper(1, fields=fields)])
    (read,) = (await reader.read_list(WEDNESDAY)).papers
    details = read.details
    return {name: getattr(read, name) for name in ("title", "votes", "authors", "media")} | {
        name: getattr(details, name) for name in details.__slots__
    }


async def test_list_has_every_field_that_the_service_gives(
    reader: HuggingFace, service: LocalHuggingFace, clock: Clock
) -> None:
    submitted = datetime(2025, 7, 14, 9, 30, tzinfo=UTC)
    local = paper(
        1,
        title="A Title\n over two lines",
        final_votes=100,
        authors=("Zeno Last", "Anna First"),
        abstract="An abstract\nof one paragraph.\n\nAnd another.",
        summary="One sentence.",
        keywords=("agents", "planning"),
        organization="A Lab",
        code_url="https://github.com/example/code",
        code_stars=12,
        project_url="https://example.org/project",
        media_urls=("https://example.org/a.mp4",),
        comments=3,
        submitted_at=submitted,
        withdrawn_at=submitted + timedelta(days=1),
    )
    service.set_list(WEDNESDAY, [local])
    clock.move_to(opens_at(WEDNESDAY) + timedelta(hours=9))
    (read,) = (await reader.read_list(WEDNESDAY)).papers
    assert read.arxiv_id == "2507.00001"
    assert read.title == "A Title over two lines"
    assert read.votes == votes_at(local, clock.now()) > 0
    assert read.authors == ("Zeno Last", "Anna First")
    assert read.authors_ordered
    assert read.media == Media(MediaKind.VIDEO, "https://example.org/a.mp4")
    assert read.details.abstract == "An abstract of one paragraph.\n\nAnd another."
    assert read.details.summary == "One sentence."
    assert read.details.keywords == ("agents", "planning")
    assert read.details.organization == "A Lab"
    assert read.details.code_url == "https://github.com/example/code"
    assert read.details.code_stars == 12
    assert read.details.project_url == "https://example.org/project"
    assert read.details.comments == 3
    assert read.details.submitted_at == submitted
    assert read.details.withdrawn_at == submitted + timedelta(days=1)


async def test_papers_are_ordered_by_votes_with_unknown_ones_last(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    votes = {1: 5, 2: None, 3: 9, 4: 5, 5: 0}
    service.set_list(WEDNESDAY, [paper(key, fields={"upvotes": votes[key]}) for key in votes])
    read = (await reader.read_list(WEDNESDAY)).papers
    assert [int(one.arxiv_id[-1]) for one in read] == [3, 1, 4, 5, 2]
    assert [one.votes for one in read] == [9, 5, 5, 0, None]


@pytest.mark.parametrize("value", [None, "7", -1, 10_000_001, 1.5, True, [], 10**30])
async def test_number_of_a_wrong_type_or_size_is_unknown(
    reader: HuggingFace, service: LocalHuggingFace, value: object
) -> None:
    read = await read_one(reader, service, upvotes=value, githubStars=value, numComments=value)
    assert (read["votes"], read["code_stars"], read["comments"]) == (None, None, None)


@pytest.mark.parametrize("value", [None, 1, "", " ", [], {}, [None], [1], [{}], ["\ud800"]])
async def test_field_of_a_wrong_type_is_unknown(
    reader: HuggingFace, service: LocalHuggingFace, value: object
) -> None:
    names: tuple[str, ...] = (
        "authors",
        "summary",
        "ai_summary",
        "publishedAt",
        "githubRepo",
        "projectPage",
    )
    names += ("organization", "mediaUrls", "withdrawnAt", "someNewField")
    read = await read_one(reader, service, **dict.fromkeys(names, value))
    title, votes = read.pop("title"), read.pop("votes")
    assert (title, votes) == ("Paper 1", votes)
    assert not any(known for known in read.values() if known != 0)


async def test_missing_fields_are_unknown(reader: HuggingFace, service: LocalHuggingFace) -> None:
    missing = frozenset({"authors", "summary", "upvotes", "publishedAt", "numComments"})
    service.set_list(WEDNESDAY, [paper(1, missing=missing)])
    (read,) = (await reader.read_list(WEDNESDAY)).papers
    assert (read.votes, read.authors, read.media) == (None, (), None)
    assert not any(getattr(read.details, name) for name in read.details.__slots__)


async def test_hidden_authors_are_left_out_and_the_order_is_kept(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    authors: list[object] = [
        {"name": "Zoe"},
        {"name": "Ghost", "hidden": True},
        "Odd",
        {"name": None},
        {"name": "Adam", "hidden": False},
    ]
    assert (await read_one(reader, service, authors=authors))["authors"] == ("Zoe", "Adam")


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["/avatars/x.png", "https://example.org/a.PNG?x=1"], "https://example.org/a.PNG?x=1"),
        (["https://cdn-avatars.huggingface.co/a.png"], None),
        (["https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/a.png"], None),
        (["https://example.org/page", "https://example.org/a.mp4"], "https://example.org/a.mp4"),
        (["http://127.0.0.1/a.png", 7, None], None),
        (["https://user:password@example.org/a.png"], None),
    ],
)
async def test_media_is_the_first_picture_or_video_that_can_be_shown(
    reader: HuggingFace, service: LocalHuggingFace, urls: list[object], expected: str | None
) -> None:
    media = (await read_one(reader, service, mediaUrls=urls))["media"]
    assert (media and media.url) == expected


async def test_texts_are_cleaned_and_limited(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    read = await read_one(
        reader,
        service,
        title="Null\0 and \x1b[31m red \u202e mirrored \ud800" + " x" * 10_000,
        summary="word " * 100_000,
        ai_summary="y" * 100_000,
        organization={"fullname": "z" * 100_000},
    )
    assert read["title"].startswith("Null and [31m red mirrored \ufffd x x")
    assert len(read["title"].encode()) <= 4 * 1024
    assert len(read["abstract"]) <= 64 * 1024
    assert len(read["summary"]) <= 4 * 1024
    assert len(read["organization"]) <= 256


async def test_list_of_several_pages_is_read_to_its_end(
    reader: HuggingFace, service: LocalHuggingFace, clock: Clock
) -> None:
    clock.move_to(closes_at(WEDNESDAY))
    service.set_list(WEDNESDAY, made_papers(WEDNESDAY, 250))
    read = (await reader.read_list(WEDNESDAY)).papers
    assert {one.arxiv_id for one in read} == {one.arxiv_id for one in made_papers(WEDNESDAY, 250)}
    assert [request.query["p"] for request in service.requests] == ["0", "1", "2"]


async def test_server_that_repeats_a_page_ends_the_list(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    items = [{"id": f"2507.{number:05}", "title": "T"} for number in range(100)]
    service.faults.put(LIST, answering(json.dumps(items).encode()))
    assert len((await reader.read_list(WEDNESDAY)).papers) == 100
    assert service.count(LIST) == 2


async def test_list_that_never_ends_is_read_up_to_the_limit(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    for page in reversed(range(MAX_PAGES + 5)):
        items = [{"id": f"2507.{page:02}{number:03}", "title": "T"} for number in range(100)]
        service.faults.put(LIST, answering(json.dumps(items).encode()), times=1)
    assert len((await reader.read_list(WEDNESDAY)).papers) == 100 * MAX_PAGES
    assert service.count(LIST) == MAX_PAGES


async def test_versions_of_a_paper_are_one_paper(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    ids = ["2507.00001v2", "2507.00001", "2507.00001v1"]
    service.set_list(WEDNESDAY, [paper(1, arxiv_id=one) for one in ids])
    assert [one.arxiv_id for one in (await reader.read_list(WEDNESDAY)).papers] == ["2507.00001"]


async def test_items_that_cannot_be_understood_are_left_out_with_a_line_in_the_log(
    reader: HuggingFace, service: LocalHuggingFace, caplog: pytest.LogCaptureFixture
) -> None:
    items: list[object] = [None, 7, [], {}, {"paper": None}, {"paper": {"id": "2507.00001"}}]
    items += [{"paper": {"id": "nonsense", "title": "T"}}, {"id": "2507.00002", "title": "Good"}]
    service.faults.put(LIST, answering(json.dumps(items).encode()))
    with caplog.at_level(logging.WARNING):
        read = (await reader.read_list(WEDNESDAY)).papers
    assert [one.title for one in read] == ["Good"]
    assert len(caplog.records) == 1
    assert "7 items are left out; item 1 is no object" in caplog.text


async def test_a_list_of_which_nothing_can_be_understood_is_no_empty_list(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    service.faults.put(LIST, answering(b'[{"paper": {}}, 7]'))
    with pytest.raises(SourceError, match="answered a list without a usable paper: item 1 "):
        await reader.read_list(WEDNESDAY)


async def test_empty_list_is_no_error(reader: HuggingFace, service: LocalHuggingFace) -> None:
    assert (await reader.read_list(date(2025, 7, 13))).papers == ()
    assert service.count() == 1


async def test_hash_is_of_the_bodies_and_changes_only_with_them(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    service.faults.put(LIST, answering(b"[]"))
    assert (await reader.read_list(WEDNESDAY)).body_hash == hashlib.sha256(b"[]").hexdigest()
    service.faults.clear()
    service.set_list(WEDNESDAY, [paper(1, fields={"upvotes": 1})])
    first = await reader.read_list(WEDNESDAY)
    assert await reader.read_list(WEDNESDAY) == first
    service.set_list(WEDNESDAY, [paper(1, fields={"upvotes": 2})])
    assert (await reader.read_list(WEDNESDAY)).body_hash != first.body_hash


async def test_day_ahead_of_utc_is_an_error_of_that_day(reader: HuggingFace) -> None:
    with pytest.raises(SourceError, match=r"^answered 400 Bad Request$") as caught:
        await reader.read_list(date(2025, 7, 17))
    assert not caught.value.is_unreachable


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<html>\n<p>", "answered no JSON: its first line is “<html>”"),
        (b'{"error": "x"}', 'answered no JSON list: it begins with “{"error": "x"}”'),
        (b"", "answered no JSON: its first line is “”"),
        (b"[" * 100_000, f"answered no JSON: its first line is “{'[' * 79}…”"),
        (b"\xff\xfe\x00", "answered no JSON: its first line is “��”"),
    ],
)
async def test_answer_that_is_no_list_is_an_error(
    reader: HuggingFace, service: LocalHuggingFace, body: bytes, text: str
) -> None:
    service.faults.put(LIST, answering(body))
    with pytest.raises(SourceError) as caught:
        await reader.read_list(WEDNESDAY)
    assert str(caught.value) == text


@pytest.mark.parametrize("fault", [failing(500), failing(503), cut_off(), hung_up()])
async def test_failure_that_passes_is_tried_again(
    reader: HuggingFace, service: LocalHuggingFace, fault: Fault
) -> None:
    service.faults.put(LIST, fault, times=2)
    assert (await reader.read_list(WEDNESDAY)).papers


async def test_page_for_people_is_an_error(reader: HuggingFace, service: LocalHuggingFace) -> None:
    service.faults.put(LIST, html_page())
    with pytest.raises(SourceError, match="no JSON: its first line is “<!DOCTYPE html>”"):
        await reader.read_list(WEDNESDAY)


async def test_rate_limit_says_when_to_come_again(
    reader: HuggingFace, service: LocalHuggingFace, time: VirtualTime
) -> None:
    service.faults.put(LIST, rate_limited(123), times=1)
    with pytest.raises(SourceError, match=r"^answered 429 Too Many Requests$") as caught:
        await reader.read_list(WEDNESDAY)
    assert (caught.value.retry_after, caught.value.is_unreachable) == (123, True)
    time.seconds += 123
    assert (await reader.read_list(WEDNESDAY)).papers
    assert service.count() == 2


async def test_slow_answer_is_waited_for(reader: HuggingFace, service: LocalHuggingFace) -> None:
    service.faults.put(LIST, slow(0.01))
    assert (await reader.read_list(WEDNESDAY)).papers


async def test_token_is_sent_to_the_service(client: HttpClient, service: LocalHuggingFace) -> None:
    await HuggingFace(client, url=service.url + "/", token="hf_x").read_list(WEDNESDAY)
    assert service.requests[0].headers["Authorization"] == "Bearer hf_x"


async def test_single_paper_is_read_by_its_id(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    local = replace(made_papers(WEDNESDAY, 1)[0], arxiv_id="2401.00001")
    service.add_paper(local)
    read = await reader.read_paper("2401.00001")
    assert read is not None
    assert (read.title, read.authors) == (local.title, local.authors)
    assert read.details.summary == local.summary


@pytest.mark.parametrize("arxiv_id", ["2401.99999", "hep-th/9901001"])
async def test_unknown_paper_is_none(reader: HuggingFace, arxiv_id: str) -> None:
    assert await reader.read_paper(arxiv_id) is None


async def test_other_paper_than_the_one_asked_for_is_an_error(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    service.faults.put("/api/papers/.*", answering(b'{"id": "2401.00002", "title": "T"}'))
    with pytest.raises(SourceError, match=r"answered the paper 2401\.00002 for another one"):
        await reader.read_paper("2401.00001")
    service.faults.put("/api/papers/.*", answering(b'{"id": "2401.00001"}'))
    with pytest.raises(SourceError, match="answered a paper that has no title"):
        await reader.read_paper("2401.00001")


async def test_full_text_is_read_as_markdown(
    reader: HuggingFace, service: LocalHuggingFace
) -> None:
    service.set_list(WEDNESDAY, [paper(1, full_text="# 서론\n\nWe begin."), paper(2)])
    assert await reader.read_full_text("2507.00001") == "# 서론\n\nWe begin."
    assert await reader.read_full_text("2507.00002") is None
    assert await reader.read_full_text("hep-th/9901001") is None


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (html_page(), "answered a page: its first line is “<!DOCTYPE html>”"),
        (failing(500), "answered 500 Internal Server Error"),
        (failing(403), "answered 403 Forbidden"),
        (rate_limited(60), "answered 429 Too Many Requests"),
    ],
)
async def test_full_text_that_is_none_is_an_error(
    reader: HuggingFace, service: LocalHuggingFace, fault: Fault, text: str
) -> None:
    service.faults.put("/papers/.*", fault)
    with pytest.raises(SourceError) as caught:
        await reader.read_full_text("2507.00001")
    assert str(caught.value) == text
