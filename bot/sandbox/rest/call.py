"""A request as the handlers see it, and their answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.model import Json
from bot.sandbox.model.state import State
from bot.sandbox.rest.recorder import Recorded
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.rate_limits import RateLimiter

_SNOWFLAKE = re.compile(r"\d{1,20}")


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that came with a request."""

    field: str
    """Such as `files[0]`."""
    filename: str
    content: bytes
    content_type: str


@dataclass(slots=True)
class Call:
    """A request whose route is known."""

    world: State
    limiter: RateLimiter
    request: Recorded
    params: dict[str, str]
    """The parts of the path that the template names."""
    files: dict[str, UploadedFile] = field(default_factory=dict)
    """By field."""
    is_json: bool = True
    """Whether a body that was sent is JSON."""
    complain: Callable[[str], None] = lambda _reason: None
    """Finds fault with a request that Discord takes."""

    def id(self, name: str) -> int:
        """Return an id of the path.

        Raises:
            ApiError: it is no id.
        """
        text = self.params[name]
        if not _SNOWFLAKE.fullmatch(text):
            message = f'Value "{text}" is not snowflake.'
            errors = {name: {"_errors": [{"code": "NUMBER_TYPE_COERCE", "message": message}]}}
            raise ApiError(Refusal.INVALID_FORM_BODY, errors=errors)
        return int(text)

    @property
    def body(self) -> Json:
        """The JSON object that was sent.

        Raises:
            ApiError: it is no JSON, or no object.
        """
        if not self.is_json:
            raise ApiError(Refusal.INVALID_JSON)
        body = self.request.body
        if not isinstance(body, dict):
            message = "Only dictionaries may be used in a DictType"
            errors = {"_errors": [{"code": "DICT_TYPE_CONVERT", "message": message}]}
            raise ApiError(Refusal.INVALID_FORM_BODY, errors=errors)
        return body

    def flag(self, name: str) -> bool:
        """Whether a query parameter says yes."""
        return self.request.query.get(name, "").lower() in ("1", "true")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    body: object = None
    """JSON; `None` for an answer without a body."""
    status: int = 200


NO_CONTENT = Reply(status=204)

Handler = Callable[[Call], Reply]
"""Does the work of a route, at once: nothing else happens in between."""
