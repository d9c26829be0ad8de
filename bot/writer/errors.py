"""Why a text was not written."""

from enum import StrEnum

from storage import writer_attempts


class Failure(StrEnum):
    """What went wrong; also the outcome that is stored of an attempt."""

    UNAVAILABLE = writer_attempts.UNAVAILABLE
    """The server can't be reached, answers an error, breaks off, or limits requests."""
    REFUSED_REQUEST = writer_attempts.REFUSED_REQUEST
    """The server takes no requests: the key, the model or the address is wrong."""
    NOT_TAKEN = "not_taken"
    """The server doesn't take this request: it may be too long for the model."""
    TIMED_OUT = "timed_out"
    CUT_OFF = "cut_off"
    """The answer was longer than the model may write."""
    REFUSED = "refused"
    """The model, or a filter of its server, declined to answer."""
    INVALID = "invalid"
    """The answer is not the JSON that was asked for."""
    UNSUPPORTED = "unsupported"
    """Too few sentences are supported by the paper."""
    NO_SOURCE = "no_source"
    """Neither an abstract nor the paper's text is known."""

    @property
    def is_of_server(self) -> bool:
        """Whether another paper would fail as well."""
        return self in {Failure.UNAVAILABLE, Failure.REFUSED_REQUEST}

    @property
    def may_pass_at_once(self) -> bool:
        """Whether the same question may get a usable answer the next time."""
        return self in {Failure.INVALID, Failure.UNSUPPORTED, Failure.CUT_OFF}


class WriteError(Exception):
    """A text was not written.

    The text is a predicate that continues the name of the model: "answered 500 Internal Server
    Error". It never has an address, a key or a part of an answer in it.
    """

    def __init__(
        self,
        failure: Failure,
        text: str,
        *,
        retry_after: float = 0.0,
        tokens: int | None = None,
        sentences: int | None = None,
        dropped: int | None = None,
    ) -> None:
        """Make an error.

        Args:
            failure: The kind.
            text: The predicate.
            retry_after: The seconds that the server asks to wait.
            tokens: What was used up; `None` if that is not known.
            sentences: How many the model wrote; `None` if there was no readable answer.
            dropped: How many of these were not supported.
        """
        super().__init__(text)
        self.failure = failure
        self.retry_after = retry_after
        self.tokens = tokens
        self.sentences = sentences
        self.dropped = dropped
