"""Single papers from arXiv, one request at a time and never more than one in 3 seconds.

Sources: https://info.arxiv.org/help/api/user-manual.html and https://info.arxiv.org/help/api/tou.html
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from time import monotonic
from typing import Final
from urllib.parse import quote

from bot.sources.arxiv_feed import paper_in
from bot.sources.errors import SourceError
from bot.sources.http import HttpClient, first_line, unwanted_status
from storage.records import Paper

log = logging.getLogger(__name__)

_MAX_BYTES: Final = 4 * 1024 * 1024
_FIRST_PAUSE: Final = 60.0
"""Seconds after a 429 that doesn't say how long to wait; they double with each further one."""
_LONGEST_PAUSE: Final = 3_600.0


class ArXiv:
    """Reads papers from arXiv's API.

    arXiv's limit is for everything that one machine asks, so there is one object in a process. All
    calls go through its gate: one by one, with pauses, and none while arXiv refuses requests.
    """

    name: Final = "arXiv"

    def __init__(
        self,
        client: HttpClient,
        *,
        url: str = "https://export.arxiv.org",
        interval: float = 3.0,
        timer: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make a reader.

        Args:
            client: Shared with other sources.
            url: The address before `/api`.
            interval: Seconds from the end of a request to the next one, at least.
            timer: Says the seconds that the gate goes by.
            sleep: Waits for the gate.
        """
        self._client = client
        self._url = url.rstrip("/")
        self._interval = interval
        self._timer = timer
        self._sleep = sleep
        self._lock = asyncio.Lock()
        self._next_at = 0.0
        self._closed_until = 0.0
        self._pause = _FIRST_PAUSE

    async def read_paper(self, arxiv_id: str) -> Paper | None:
        """Return a paper by its id without version; `None` if arXiv doesn't know it.

        It waits for its turn. It has no votes; a paper that was withdrawn says since when.

        Raises:
            SourceError: There is no usable answer, or arXiv has refused requests and the time that
                it wants to be left alone is not over.
        """
        async with self._lock:
            self._check_open()
            await self._sleep(max(0.0, self._next_at - self._timer()))
            try:
                response = await self._client.get(
                    f"{self._url}/api/query?id_list={quote(arxiv_id, safe='')}&max_results=1",
                    max_bytes=_MAX_BYTES,
                    # A second attempt goes through the gate, too.
                    attempts=1,
                )
            except SourceError as error:
                raise self._close_gate(error) from None
            finally:
                self._next_at = self._timer() + self._interval
            self._pause = _FIRST_PAUSE
        # A malformed id is answered with 400 and an entry about it.
        if response.status not in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST):
            raise unwanted_status(response)
        try:
            return paper_in(response.body, arxiv_id)
        except ValueError:
            if response.status != HTTPStatus.OK:
                raise unwanted_status(response) from None
            line = first_line(response.body)
            raise SourceError(f"answered no Atom feed: its first line is “{line}”") from None

    def _check_open(self) -> None:
        """Raise `SourceError` while arXiv wants no requests."""
        seconds = self._closed_until - self._timer()
        if seconds > 0:
            raise SourceError(
                f"takes no more requests for {seconds:,.0f} s",
                retry_after=seconds,
                is_unreachable=True,
            )

    def _close_gate(self, error: SourceError) -> SourceError:
        """Close the gate if arXiv refuses requests; return the error with the time to wait."""
        if error.status != HTTPStatus.TOO_MANY_REQUESTS and error.retry_after is None:
            return error
        seconds = error.retry_after
        if seconds is None:
            seconds = self._pause
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        self._closed_until = self._timer() + seconds
        log.warning("arXiv %s; no more requests for %.0f s", error, seconds)
        return SourceError(
            str(error), retry_after=seconds, is_unreachable=True, status=error.status
        )
