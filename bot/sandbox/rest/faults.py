"""Faults: errors, delays and broken connections for chosen requests."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import TypedDict, Unpack

from bot.sandbox.model import Json
from bot.sandbox.rest.recorder import RecordedRequest

_LONGEST = 1e15
"""The longest rate limit in seconds, so that times do not overflow."""


class FaultOptions(TypedDict, total=False):
    """Options of a fault."""

    status: int | None
    """The HTTP status of the response."""
    code: int
    """Discord's error code in the response; 0, the default, is the general error."""
    errors: Callable[[RecordedRequest], Json] | None
    """Returns the errors of a request's fields, as Discord nests them."""
    garbled: bool
    """Respond with 200 and an empty JSON object."""
    broken: bool
    """Break the connection without a response."""
    after: bool
    """Serve the request before `status`, `garbled` or `broken`."""
    delay: float
    """Real seconds to wait before the response; alone, or with other options."""
    until: asyncio.Event | None
    """An event to wait for before the response; alone, or with other options."""
    retry_after: float | str | None
    """Respond with 429 and this Retry-After in seconds; malformed values are possible."""
    everywhere: bool
    """Begin a global rate limit: for `retry_after` seconds every counted request is answered 429,
    whatever its route. It doesn't begin again while it lasts."""
    when: Callable[[RecordedRequest], bool] | None
    """A further condition."""
    times: int | None
    """For how many requests, 1 by default; `None` for all from now on."""


@dataclass(eq=False)
class Fault:
    """A fault of the requests that it matches.

    Attributes:
        left: for how many more requests; `None` for all.
        hits: how many requests it was applied to.
    """

    method: str
    path: re.Pattern[str]
    _: KW_ONLY
    status: int | None = None
    code: int = 0
    errors: Callable[[RecordedRequest], Json] | None = None
    garbled: bool = False
    broken: bool = False
    after: bool = False
    delay: float = 0.0
    until: asyncio.Event | None = None
    retry_after: float | str | None = None
    everywhere: bool = False
    when: Callable[[RecordedRequest], bool] | None = None
    times: InitVar[int | None] = 1
    left: int | None = field(init=False)
    hits: int = field(default=0, init=False)

    def __post_init__(self, times: int | None) -> None:
        self.left = times

    def fits(self, request: RecordedRequest) -> bool:
        """Return whether it applies to a request."""
        return (
            self.left != 0
            and self.method in ("*", request.method)
            and self.path.fullmatch(request.path) is not None
            and (self.when is None or self.when(request))
        )

    @property
    def seconds(self) -> float:
        """The seconds of the rate limit; 0 if `retry_after` is malformed."""
        seconds = self.retry_after
        return seconds if isinstance(seconds, int | float) and 0 < seconds < _LONGEST else 0.0

    @property
    def is_instead_of_work(self) -> bool:
        """Whether the request fails without being served."""
        return not self.after and (
            self.broken
            or self.garbled
            or self.status is not None
            or (self.retry_after is not None and not (self.everywhere and self.seconds))
        )

    def __str__(self) -> str:
        when = "after" if self.after else "before"
        what = "broken connection" if self.broken else f"status {self.status}"
        if self.garbled:
            what = "garbled answer"
        if self.retry_after is not None:
            scope = "global " if self.everywhere else ""
            return f"{scope}rate limit of {self.retry_after} s"
        if self.status is None and not self.broken and not self.garbled:
            return f"delay of {self.delay} s" if self.until is None else "delay until an event"
        return f"{what} {when} the work"


class Faults:
    """The faults of a sandbox, in the order in which they were added."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, method: str, path: str, **options: Unpack[FaultOptions]) -> Fault:
        """Add a fault, by default for the next request that matches.

        Args:
            method: or `*` for all.
            path: below the API's base; `*` stands for one part, `**` for any number of them.
            options: what goes wrong, and for which requests.
        """
        parts = (".*" if part == "**" else "[^/]+" for part in re.findall(r"\*+", path))
        pattern = re.sub(r"\*+", lambda _: next(parts), re.sub(r"[.@]", r"\\\g<0>", path))
        fault = Fault(method, re.compile(pattern), **options)
        self._faults.append(fault)
        return fault

    def refuse_picture(self, address: str, *, times: int | None = None) -> Fault:
        """Refuse messages with an embed that has a certain image, and name the embed.

        Discord refuses URLs that are not well formed; it does not document which.

        Args:
            address: of the picture.
            times: how many messages; `None` for all from now on.
        """

        def errors(request: RecordedRequest) -> Json:
            problem = {"code": "URL_TYPE_INVALID_URL", "message": "Not a well formed URL."}
            found = {
                str(index): {"image": {"url": {"_errors": [problem]}}}
                for index, embed in enumerate(_embeds(request.body))
                if isinstance(embed, dict) and (embed.get("image") or {}).get("url") == address
            }
            return {"embeds": found} if found else {}

        return self.add(
            "*",
            "/channels/**",
            status=400,
            code=50035,
            errors=errors,
            when=lambda request: bool(errors(request)),
            times=times,
        )

    def take(self, request: RecordedRequest, *, may_limit: bool = True) -> Fault | None:
        """Return the fault of a request, and count it.

        Args:
            request: that comes in.
            may_limit: whether a global rate limit can begin with it: it counts for that, and none
                is in force.
        """
        for fault in self._faults:
            if fault.fits(request) and (may_limit or not fault.everywhere):
                fault.hits += 1
                if fault.left is not None:
                    fault.left -= 1
                return fault
        return None

    def clear(self) -> None:
        """Remove all faults."""
        self._faults.clear()


def _embeds(body: object) -> list[object]:
    """Return the embeds of a message, or of the first message of a forum's post."""
    if not isinstance(body, dict):
        return []
    message = body.get("message", body)
    embeds = message.get("embeds") if isinstance(message, dict) else None
    return embeds if isinstance(embeds, list) else []
