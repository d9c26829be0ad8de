"""The headers by which a service says how long to wait."""

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

LONGEST_WAIT: Final = 86_400.0
"""Seconds; a longer wait is taken for a mistake of the service, and shortened to this."""

_SECONDS = re.compile(r"\s*([0-9]{1,9})(?:\.[0-9]{1,9})?\s*", re.ASCII)
_LIMIT = re.compile(r'\s*"[^"]*"\s*((?:;\s*[a-z]+=[0-9]{1,9}\s*)+)', re.ASCII)
_PARAMETER = re.compile(r";\s*([a-z]+)=([0-9]+)")


def seconds_to_wait(status: int, headers: Mapping[str, str]) -> float | None:
    """Return for how many seconds a service wants no more requests, or `None`.

    `Retry-After` counts with an error, in seconds or as a date; `RateLimit` with any status, if
    nothing remains: `"api";r=0;t=123`. The longer one holds.

    Sources: RFC 9110, section 10.2.3; draft-ietf-httpapi-ratelimit-headers.

    >>> seconds_to_wait(200, {"RateLimit": '"api";r=0;t=123, "pages";r=7;t=200'})
    123.0
    >>> seconds_to_wait(200, {"RateLimit": '"api";r=1;t=123', "Retry-After": "5"})
    >>> seconds_to_wait(429, {"Retry-After": "5"})
    5.0
    """
    waits = _used_up(headers.get("RateLimit", ""))
    if status >= HTTPStatus.BAD_REQUEST and "Retry-After" in headers:
        after = _retry_after(headers["Retry-After"], headers.get("Date"))
        if after is not None:
            waits.append(after)
    return min(max(waits), LONGEST_WAIT) if waits else None


def _used_up(text: str) -> list[float]:
    """Return the seconds until each limit that is used up begins anew."""
    waits = []
    for limit in _LIMIT.finditer(text):
        values = dict(_PARAMETER.findall(limit[1]))
        if values.get("r") and int(values["r"]) == 0 and "t" in values:
            waits.append(float(values["t"]))
    return waits


def _retry_after(text: str, date: str | None) -> float | None:
    if seconds := _SECONDS.fullmatch(text):
        return float(seconds[1])
    until = _date_in(text)
    if until is None:
        return None
    # Both times are the service's, so that a wrong clock here does not matter.
    now = _date_in(date or "") or datetime.fromtimestamp(time.time(), UTC)
    return max((until - now).total_seconds(), 0.0)


def _date_in(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
