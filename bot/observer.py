"""The events that parts of the bot report for metrics."""


class Observer:
    """Base class of metrics; ignores every event.

    Each method is called after the transaction that records its event.
    """

    def job_attempted(self, kind: str, outcome: str) -> None:
        """Count a run of a job.

        Args:
            kind: The job's kind.
            outcome: `done`, `skipped`, `blocked`, `given_up`, `waiting`, `retried` or `failed`.
        """

    def post_ended(self, outcome: str) -> None:
        """Count what came of a schedule's occurrence; `outcome` is that of the history."""

    def source_read(self, source: str, *, is_success: bool) -> None:
        """Count an attempt to read a list of a source."""

    def text_attempted(self, *, tokens: int, sentences: int, dropped: int) -> None:
        """Count an attempt of the language model to write a text.

        Args:
            tokens: How many it used up.
            sentences: How many there were in its answer.
            dropped: How many of these were left out.
        """
