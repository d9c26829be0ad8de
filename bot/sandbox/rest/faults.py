"""Making things go wrong, as they do."""

import re
from collections.abc import Callable
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import TypedDict, Unpack

from bot.sandbox.model import Json
from bot.sandbox.rest.recorder import Recorded

_LONGEST = 1e15
"""Seconds, more than 30 million years: beyond it the arithmetic of times goes wrong."""


class FaultOptions(TypedDict, total=False):
    """What goes wrong, and for which requests."""

    status: int | None
    """Answer this."""
    code: int
    """Discord's own code in that answer; 0, the default, is the one without a meaning."""
    errors: Callable[[Recorded], Json] | None
    """What is wrong with the fields of a request, as Discord nests it in that answer."""
    garbled: bool
    """Answer 200 with an empty JSON object."""
    broken: bool
    """Break the connection without an answer."""
    after: bool
    """Do the work all the same, before `status`, `garbled` or `broken`."""
    delay: float
    """Real seconds to wait before the answer; alone, or with any of the others."""
    retry_after: float | str | None
    """Answer 429, and to come again after so many seconds; malformed values are possible."""
    everywhere: bool
    """Begin a global rate limit: for `retry_after` seconds every counted request is answered 429,
    whatever its route. It doesn't begin again while it lasts."""
    when: Callable[[Recorded], bool] | None
    """A further condition."""
    times: int | None
    """For how many requests, 1 by default; `None` for all from now on."""


@dataclass(eq=False)
class Fault:
    """Something that goes wrong for the requests that it fits.

    Attributes:
        left: for how many more requests; `None` for all.
        hits: for how many it has been so.
    """

    method: str
    path: re.Pattern[str]
    _: KW_ONLY
    status: int | None = None
    code: int = 0
    errors: Callable[[Recorded], Json] | None = None
    garbled: bool = False
    broken: bool = False
    after: bool = False
    delay: float = 0.0
    retry_after: float | str | None = None
    everywhere: bool = False
    when: Callable[[Recorded], bool] | None = None
    times: InitVar[int | None] = 1
    left: int | None = field(init=False)
    hits: int = field(default=0, init=False)

    def __post_init__(self, times: int | None) -> None:
        self.left = times

    def fits(self, request: Recorded) -> bool:
        """Whether it is to happen to this request."""
        return (
            self.left != 0
            and self.method in ("*", request.method)
            and self.path.fullmatch(request.path) is not None
            and (self.when is None or self.when(request))
        )

    @property
    def seconds(self) -> float:
        """For how long a rate limit is really in force; 0 if `retry_after` is malformed."""
        seconds = self.retry_after
        return seconds if isinstance(seconds, int | float) and 0 < seconds < _LONGEST else 0.0

    @property
    def is_instead_of_work(self) -> bool:
        """Whether the request is answered, or its connection broken, before the work is done."""
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
            return f"delay of {self.delay} s"
        return f"{what} {when} the work"


class Faults:
    """What is to go wrong, in the order in which it was asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, method: str, path: str, **options: Unpack[FaultOptions]) -> Fault:
        """Let requests go wrong: by default the next one that fits.

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
        """Refuse messages with an embed whose picture has an address, and name that embed.

        Discord does so with addresses that it finds not well formed; which, it doesn't document.

        Args:
            address: of the picture.
            times: how many messages; `None` for all from now on.
        """

        def errors(request: Recorded) -> Json:
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

    def take(self, request: Recorded, *, may_limit: bool = True) -> Fault | None:
        """Return what is to go wrong with a request, counting it as done.

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
        """Let everything go right again."""
        self._faults.clear()


def _embeds(body: object) -> list[object]:
    """Return the embeds of a message, or of the first message of a forum's post."""
    if not isinstance(body, dict):
        return []
    message = body.get("message", body)
    embeds = message.get("embeds") if isinstance(message, dict) else None
    return embeds if isinstance(embeds, list) else []
