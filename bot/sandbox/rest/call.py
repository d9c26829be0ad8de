"""A request as the functions of routes get it, and their reply."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.model import Json
from bot.sandbox.model.state import State
from bot.sandbox.rest.recorder import RecordedRequest
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.rate_limits import RateLimiter

_SNOWFLAKE = re.compile(r"\d{1,20}")


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file of a request."""

    field: str
    """Such as `files[0]`."""
    filename: str
    content: bytes
    content_type: str


@dataclass(slots=True)
class Call:
    """A request, with what serves it."""

    world: State
    limiter: RateLimiter
    request: RecordedRequest
    params: dict[str, str]
    """The parameters of the path."""
    files: dict[str, UploadedFile] = field(default_factory=dict)
    """By field."""
    is_json: bool = True
    """Whether the body is valid JSON."""
    complain: Callable[[str], None] = lambda _reason: None
    """Adds a warning about the request."""

    def id(self, name: str) -> int:
        """Return an id of the path.

        Raises:
            ApiError: it is not an id.
        """
        text = self.params[name]
        if not _SNOWFLAKE.fullmatch(text):
            message = f'Value "{text}" is not snowflake.'
            errors = {name: {"_errors": [{"code": "NUMBER_TYPE_COERCE", "message": message}]}}
            raise ApiError(Refusal.INVALID_FORM_BODY, errors=errors)
        return int(text)

    @property
    def body(self) -> Json:
        """The JSON object of the request.

        Raises:
            ApiError: it is not a JSON object.
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
        """Return whether a query parameter is true."""
        return self.request.query.get(name, "").lower() in ("1", "true")


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to a request."""

    body: object = None
    """JSON; `None` for a response without a body."""
    status: int = 200


NO_CONTENT = Reply(status=204)

Handler = Callable[[Call], Reply]
"""Serves a route, synchronously, so that no other request comes in between."""
