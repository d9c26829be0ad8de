"""Discord's error responses."""

from enum import Enum
from typing import Any


class Refusal(Enum):
    """An error response of the REST API: HTTP status, JSON error code, message.

    Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
    """

    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    NOT_FOUND = (404, 0, "404: Not Found")
    METHOD_NOT_ALLOWED = (405, 0, "405: Method Not Allowed")
    NOT_SIMULATED = (501, 0, "501: Not Implemented")
    """Of the sandbox alone: Discord has the route."""
    PAYLOAD_TOO_LARGE = (413, 40005, "Request entity too large")
    UNKNOWN_APPLICATION = (404, 10002, "Unknown Application")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
    UNKNOWN_TAG = (404, 10087, "Unknown tag")
    TOO_MANY_ACTIVE_THREADS = (400, 160006, "Maximum number of active threads reached")
    TOO_MANY_COMMANDS = (400, 30032, "Maximum number of application commands reached (100)")
    TOO_MANY_OLD_EDITS = (
        429,
        30046,
        "Maximum number of edits to messages older than 1 hour reached. Try again later.",
    )
    ALREADY_CROSSPOSTED = (400, 40033, "This message has already been crossposted.")
    ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    TAG_REQUIRED = (400, 40067, "A tag is required to create a forum post in this channel")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_IN_DM = (403, 50003, "Cannot execute action on a DM channel")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    CANNOT_SEND_TO_USER = (403, 50007, "Cannot send messages to this user")
    NOT_A_TEXT_CHANNEL = (400, 50008, "Cannot send messages in a non-text channel")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    WRONG_CHANNEL_TYPE = (400, 50024, "Cannot execute action on this channel type")
    INVALID_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
    INVALID_RECIPIENTS = (400, 50033, "Invalid Recipient(s)")
    INVALID_FORM_BODY = (400, 50035, "Invalid Form Body")
    WRONG_MESSAGE_TYPE = (400, 50068, "Invalid message type")
    THREAD_ARCHIVED = (400, 50083, "Tried to perform an operation on an archived thread")
    INVALID_JSON = (400, 50109, "The request body contains invalid JSON.")
    NO_HISTORY_FOR_REPLY = (
        400,
        160002,
        "Cannot reply without permission to read message history",
    )
    THREAD_EXISTS = (400, 160004, "A thread has already been created for this message")
    THREAD_LOCKED = (400, 160005, "Thread is locked")


class ApiError(Exception):
    """A request that is refused, with the error response.

    Attributes:
        refusal: which one.
        errors: the nested `errors` of an invalid form body, by field; `None` for the others.
        detail: further keys of the response, such as `retry_after`.
    """

    def __init__(
        self,
        refusal: Refusal,
        *,
        errors: dict[str, Any] | None = None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        self.refusal = refusal
        self.errors = errors
        self.detail = detail or {}
        super().__init__(self.body["message"])

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.refusal.value[0]

    @property
    def body(self) -> dict[str, Any]:
        """The JSON body of the response."""
        _, code, message = self.refusal.value
        body: dict[str, Any] = {"message": message, "code": code, **self.detail}
        if self.errors is not None:
            body["errors"] = self.errors
        return body
