"""Records of requests and their responses."""

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.model import Json


@dataclass(slots=True, eq=False)
class RecordedRequest:
    """A request and its response."""

    at: datetime
    method: str
    path: str
    """Below the API's base, such as `/channels/1/messages`."""
    route: str = ""
    """The path template, such as `/channels/{channel_id}/messages`; empty for an unknown route."""
    query: dict[str, str] = field(default_factory=dict)
    body: object = None
    """The JSON of the request; `None` where there was none or it was invalid."""
    files: list[tuple[str, str, int]] = field(default_factory=list)
    """Field name, file name and bytes of each file."""
    status: int | None = None
    """The HTTP status; `None` before the response, or if the connection was broken."""
    answer: object = None
    """The JSON of the response."""
    headers: dict[str, str] = field(default_factory=dict)
    """The headers of the response."""
    fault: str = ""
    """The fault that was injected, if any."""
    seconds: float = 0.0
    """Real seconds until the response."""

    @property
    def refused(self) -> bool:
        """Whether the response was 4xx, and not because of a fault."""
        return self.status is not None and 400 <= self.status < 500 and not self.fault  # noqa: PLR2004  a class of codes

    @property
    def code(self) -> int | None:
        """Discord's error code."""
        return self.answer.get("code") if isinstance(self.answer, dict) else None

    def __str__(self) -> str:
        reason = f": {self.answer}" if self.refused else ""
        return f"{self.method} {self.path} → {self.status}{reason}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A warning about a request that Discord accepts, from a check that was turned on."""

    request: RecordedRequest
    reason: str

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.path}: {self.reason}"


class Recorder:
    """Keeps the newest requests.

    Attributes:
        requests: in the order of their coming.
        refusals: those with a response of 4xx.
        complaints: warnings of the checks that are turned on.
        statuses: how many responses of each status there were in total.
    """

    def __init__(self, keep: int) -> None:
        self.requests: deque[RecordedRequest] = deque(maxlen=keep)
        self.refusals: deque[RecordedRequest] = deque(maxlen=keep)
        self.complaints: deque[Complaint] = deque(maxlen=keep)
        self.statuses: Counter[int] = Counter()

    def answered(self, request: RecordedRequest, status: int) -> None:
        """Count a response."""
        self.statuses[status] += 1
        if request.refused:
            self.refusals.append(request)

    def bodies(self, method: str, route: str) -> list[Json]:
        """Return the JSON objects of the requests to a route, oldest first."""
        return [
            request.body
            for request in self.requests
            if request.method == method
            and request.route == route
            and isinstance(request.body, dict)
        ]
