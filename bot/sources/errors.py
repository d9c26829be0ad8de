"""The error of a source that could not be read."""


class SourceError(Exception):
    """A service did not answer, or not with what it should.

    The text is a predicate that continues the name of the source, for people and logs: "answered
    500 Internal Server Error", "couldn't be reached: Connection refused". It never has an address
    or a token in it.
    """

    def __init__(
        self,
        text: str,
        *,
        retry_after: float | None = None,
        is_unreachable: bool = False,
        status: int | None = None,
    ) -> None:
        """Make an error.

        Args:
            text: The predicate.
            retry_after: The seconds that the service asks to wait; `None` if it doesn't say.
            is_unreachable: Whether the whole service is concerned (no connection, a time-out, 5xx
                or 429), and not only what was asked for.
            status: Of the answer, if that is what is wrong with it.
        """
        super().__init__(text)
        self.retry_after = retry_after
        self.is_unreachable = is_unreachable
        self.status = status
