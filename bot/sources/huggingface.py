"""Hugging Face's Daily Papers: the list of a day, and single papers.

Source: the Hub's OpenAPI document (`/api/daily_papers`, `/api/papers/{id}`). `huggingface_hub`
loses half of the fields of a list, so the JSON is read here.
"""

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import quote

from bot.sources.errors import SourceError
from bot.sources.http import HttpClient, Response, first_line, unwanted_status
from bot.sources.huggingface_papers import paper_from
from storage.records import Paper

log = logging.getLogger(__name__)

PAGE_SIZE: Final = 100
"""Papers of one page; the service gives no more."""
MAX_PAGES: Final = 20
"""The most pages of a list, which has about 30 papers."""
MAX_TEXT_BYTES: Final = 8 * 1024 * 1024
"""The most bytes of a paper's full text."""
_Json = TypeVar("_Json", list[Any], dict[str, Any])


@dataclass(frozen=True, slots=True)
class PaperList:
    """The list of one day, as it is at the moment."""

    papers: tuple[Paper, ...]
    """By votes, most first and unknown ones last; ties in the order of the list. No id twice."""
    body_hash: str
    """SHA-256 over the bodies, in hexadecimal; equal if nothing has changed."""


class HuggingFace:
    """Reads Hugging Face's lists and papers."""

    name: Final = "Hugging Face"

    def __init__(
        self, client: HttpClient, *, url: str = "https://huggingface.co", token: str | None = None
    ) -> None:
        """Make a reader.

        Args:
            client: Shared with other sources.
            url: The address before `/api`.
            token: An access token; with one, the rate limit is higher.
        """
        self._client = client
        self._url = url.rstrip("/")
        self._headers = {"Accept": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    async def read_list(self, day: date) -> PaperList:
        """Return the list of a day; it is empty at weekends, on holidays and before it opens.

        Items that can't be understood are left out, with a line in the log.

        Raises:
            SourceError: There is no usable answer. The service refuses a day ahead of UTC with 400.
        """
        body_hash = hashlib.sha256()
        papers: dict[str, Paper] = {}
        problems: list[str] = []
        for number in range(MAX_PAGES):
            query = f"date={day.isoformat()}&limit={PAGE_SIZE}&p={number}"
            response = await self._get(f"/api/daily_papers?{query}")
            items = _json(_expect_ok(response), list)
            body_hash.update(response.body)
            known = len(papers)
            for position, item in enumerate(items, number * PAGE_SIZE + 1):
                try:
                    paper = paper_from(item)
                except ValueError as error:
                    problems.append(f"item {position} {error}")
                else:
                    papers.setdefault(paper.arxiv_id, paper)
            # A server that ignores `p` repeats its first page forever.
            if len(items) < PAGE_SIZE or len(papers) == known:
                break
        if problems and not papers:
            raise SourceError(f"answered a list without a usable paper: {problems[0]}")
        if problems:
            log.warning(
                "Hugging Face's list of %s: %d items are left out; %s",
                day,
                len(problems),
                problems[0],
            )
        return PaperList(tuple(sorted(papers.values(), key=_by_votes)), body_hash.hexdigest())

    async def read_paper(self, arxiv_id: str) -> Paper | None:
        """Return a paper by its id without version; `None` if Hugging Face doesn't know it.

        Raises:
            SourceError: There is no usable answer.
        """
        response = await self._get(f"/api/papers/{quote(arxiv_id, safe='')}")
        if response.status == HTTPStatus.NOT_FOUND:
            return None
        try:
            paper = paper_from(_json(_expect_ok(response), dict))
        except ValueError as error:
            raise SourceError(f"answered a paper that {error}") from error
        if paper.arxiv_id != arxiv_id:
            raise SourceError(f"answered the paper {paper.arxiv_id} for another one")
        return paper

    async def read_full_text(self, arxiv_id: str) -> str | None:
        """Return a paper's text as Markdown, as made from arXiv's HTML; `None` if it has none.

        Raises:
            SourceError: There is no usable answer, or it is over 8 MiB.
        """
        response = await self._client.get(
            f"{self._url}/papers/{quote(arxiv_id, safe='')}.md",
            headers=self._headers | {"Accept": "text/markdown, text/plain"},
            max_bytes=MAX_TEXT_BYTES,
            attempts=1,
        )
        if response.status == HTTPStatus.NOT_FOUND:
            return None
        body = _expect_ok(response)
        if body.lstrip()[:1] == b"<":
            raise SourceError(f"answered a page: its first line is “{first_line(body)}”")
        return body.decode("utf-8", "replace")

    async def _get(self, path: str) -> Response:
        return await self._client.get(self._url + path, headers=self._headers)


def _by_votes(paper: Paper) -> tuple[bool, int]:
    return paper.votes is None, -(paper.votes or 0)


def _expect_ok(response: Response) -> bytes:
    """Return the body of an answer with status 200.

    Raises:
        SourceError: The status is another.
    """
    if response.status != HTTPStatus.OK:
        raise unwanted_status(response)
    return response.body


def _json(body: bytes, kind: type[_Json]) -> _Json:
    """Return the JSON value of a body.

    Raises:
        SourceError: It is no JSON, or of another kind.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise SourceError(f"answered no JSON: its first line is “{first_line(body)}”") from None
    if not isinstance(value, kind):
        what = "list" if kind is list else "object"
        raise SourceError(f"answered no JSON {what}: it begins with “{first_line(body)}”")
    return value
