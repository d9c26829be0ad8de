"""What goes wrong at a local service, and for which requests."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

_HTML: Final = b"<!DOCTYPE html>\n<html><head><title>Back soon</title></head></html>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of failure; without a status the right answer is given, but slow or cut off."""

    status: int | None = None
    """Answered instead of the right answer."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    wait: float | None = None
    """Seconds that a 429 asks to wait. A fault that ends earlier asks for the rest."""
    wait_header: str = "RateLimit"
    """By which it asks: `RateLimit` or `Retry-After`."""
    delay: float = 0.0
    """Real seconds before the answer."""
    is_cut_off: bool = False
    """Whether the connection is closed in the middle of the body."""
    is_hung_up: bool = False
    """Whether the connection is closed without an answer."""


def rate_limited(seconds: float) -> Fault:
    """Return the fault of answering 429 as Hugging Face does: `RateLimit: "api";r=0;t=…`."""
    return Fault(status=429, body=b'{"error":"Too many requests"}', wait=seconds)


def too_many_requests(seconds: float | None = None) -> Fault:
    """Return the fault of answering 429, with `Retry-After` or, as arXiv does, with nothing."""
    return Fault(status=429, body=b"Rate exceeded.", wait=seconds, wait_header="Retry-After")


def failing(status: int = 500) -> Fault:
    """Return the fault of answering an error."""
    return Fault(status=status, body=b"Something went wrong")


def html_page() -> Fault:
    """Return the fault of answering 200 with a page for people."""
    return Fault(status=200, headers={"Content-Type": "text/html"}, body=_HTML)


def answering(body: bytes, **headers: str) -> Fault:
    """Return the fault of answering 200 with a body and headers (`Content_Type="…"`)."""
    return Fault(
        status=200,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        body=body,
    )


def slow(seconds: float) -> Fault:
    """Return the fault of answering rightly, after real seconds."""
    return Fault(delay=seconds)


def cut_off() -> Fault:
    """Return the fault of breaking the connection in the middle of the right answer."""
    return Fault(is_cut_off=True)


def hung_up() -> Fault:
    """Return the fault of closing the connection without an answer."""
    return Fault(is_hung_up=True)


@dataclass(slots=True)
class _Entry:
    path: re.Pattern[str]
    fault: Fault
    left: int | None
    until: datetime | None


class Faults:
    """The faults of one service; the newest that fits a request is what happens."""

    def __init__(self) -> None:
        self._placed: list[_Entry] = []

    def put(
        self,
        path: str,
        fault: Fault,
        *,
        times: int | None = None,
        until: datetime | None = None,
    ) -> None:
        """Let a fault happen.

        Args:
            path: A regular expression that fits the whole path, without the query.
            fault: What happens.
            times: For how many requests; `None` for all.
            until: Up to when, by the service's clock; `None` until `clear`.
        """
        self._placed.append(_Entry(re.compile(path), fault, times, until))

    def clear(self) -> None:
        """Let everything go right again."""
        self._placed.clear()

    def take(self, path: str, now: datetime) -> tuple[Fault, float | None] | None:
        """Return the fault of a request and the seconds that it asks to wait; count it."""
        for placed in reversed(self._placed):
            is_over = placed.left == 0 or (placed.until is not None and placed.until <= now)
            if is_over or placed.path.fullmatch(path) is None:
                continue
            if placed.left is not None:
                placed.left -= 1
            wait = placed.fault.wait
            if wait is not None and placed.until is not None:
                wait = min(wait, (placed.until - now).total_seconds())
            return placed.fault, wait
        return None
