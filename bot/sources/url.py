"""Digests at an address with the date in it: `https://example.org/{date:%Y/%m/%d}.md`."""

import json
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Final

from bot.sources.http import HttpClient, Response, first_line, unwanted_status
from config.validators import check_url_template

__all__ = ["UrlAnswer", "UrlSource", "first_line"]

MAX_BYTES: Final = 16 * 1024 * 1024
"""The most bytes of a digest, as the parser takes it."""
_LONGEST_VALIDATOR: Final = 1_024


@dataclass(frozen=True, slots=True)
class UrlAnswer:
    """What is at the address of a day."""

    text: bytes | None
    """Of the digest; `None` if it has not been modified since the answer with the given `etag`."""
    etag: str | None
    """To give with the next request for this day; `None` if the server offers nothing for it. It
    holds the headers `ETag` and `Last-Modified` as a JSON object `{"etag": …, "modified": …}`."""


class UrlSource:
    """Reads the digests of one template of addresses."""

    def __init__(self, client: HttpClient, template: str) -> None:
        """Make a source.

        Raises:
            ValueError: `check_url_template` refuses the template.
        """
        check_url_template(template)
        self._client = client
        self._template = template

    def address(self, day: date) -> str:
        """Return the address of the digest of a day. It may hold a password."""
        return self._template.format(date=day)

    async def read(self, day: date, *, etag: str | None = None) -> UrlAnswer | None:
        """Return the digest of a day; `None` if there is none, or none yet (404 or 410).

        Args:
            day: The day.
            etag: That of the last answer for this day, to read it only if it has changed.

        Raises:
            SourceError: There is no usable answer, or it is over 16 MiB.
        """
        conditions = _conditions(etag)
        response = await self._client.get(
            self.address(day), headers=conditions, max_bytes=MAX_BYTES
        )
        if response.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return None
        if response.status == HTTPStatus.NOT_MODIFIED and conditions:
            return UrlAnswer(None, _validators(response) or etag)
        if response.status != HTTPStatus.OK:
            raise unwanted_status(response)
        return UrlAnswer(response.body, _validators(response))


def _validators(response: Response) -> str | None:
    """Return the headers by which a later request asks whether the file has changed."""
    names = {"etag": "ETag", "modified": "Last-Modified"}
    values = {key: response.headers.get(name, "") for key, name in names.items()}
    kept = {key: value for key, value in values.items() if _is_usable(value)}
    return json.dumps(kept) if kept else None


def _conditions(etag: str | None) -> dict[str, str]:
    """Return the request headers for what `_validators` returned; none for anything else."""
    try:
        values = json.loads(etag or "{}")
    except (ValueError, RecursionError):
        return {}
    names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
    known = values if isinstance(values, dict) else {}
    return {name: known[key] for key, name in names.items() if _is_usable(known.get(key))}


def _is_usable(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_VALIDATOR and value.isprintable()
