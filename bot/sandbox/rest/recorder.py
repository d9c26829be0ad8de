"""Everything the bot asked for, and what it was told."""

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.model import Json


@dataclass(slots=True, eq=False)
class Recorded:
    """A request and its answer."""

    at: datetime
    method: str
    path: str
    """Below the API's base, such as `/channels/1/messages`."""
    route: str = ""
    """The template that it fits, such as `/channels/{channel_id}/messages`; empty for none."""
    query: dict[str, str] = field(default_factory=dict)
    body: object = None
    """The JSON that was sent, as it came; `None` where there was none or it was no JSON."""
    files: list[tuple[str, str, int]] = field(default_factory=list)
    """Field name, file name and bytes of each file."""
    status: int | None = None
    """`None` while it is not answered, and where the connection was broken first."""
    answer: object = None
    """The JSON that was answered."""
    headers: dict[str, str] = field(default_factory=dict)
    """Of the answer."""
    fault: str = ""
    """What a test made go wrong, if anything."""
    seconds: float = 0.0
    """Real seconds that the sandbox took."""

    @property
    def refused(self) -> bool:
        """Whether Discord would have refused it: answered with 4xx, and not because of a fault."""
        return self.status is not None and 400 <= self.status < 500 and not self.fault  # noqa: PLR2004

    @property
    def code(self) -> int | None:
        """Discord's code of the refusal."""
        return self.answer.get("code") if isinstance(self.answer, dict) else None

    def __str__(self) -> str:
        reason = f": {self.answer}" if self.refused else ""
        return f"{self.method} {self.path} → {self.status}{reason}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that Discord takes, and that this sandbox was told to find fault with."""

    request: Recorded
    reason: str

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.path}: {self.reason}"


class Recorder:
    """Keeps what was asked, the newest of it where it is much.

    Attributes:
        requests: in the order of their coming.
        refusals: those that Discord would have refused.
        complaints: what the sandbox was told to find fault with.
        statuses: how many answers of each status there were, ever.
    """

    def __init__(self, keep: int) -> None:
        self.requests: deque[Recorded] = deque(maxlen=keep)
        self.refusals: deque[Recorded] = deque(maxlen=keep)
        self.complaints: deque[Complaint] = deque(maxlen=keep)
        self.statuses: Counter[int] = Counter()

    def answered(self, request: Recorded, status: int) -> None:
        """Note that a request was answered."""
        self.statuses[status] += 1
        if request.refused:
            self.refusals.append(request)

    def bodies(self, method: str, route: str) -> list[Json]:
        """Return the JSON objects that were sent to a route, oldest first."""
        return [
            request.body
            for request in self.requests
            if request.method == method
            and request.route == route
            and isinstance(request.body, dict)
        ]
