"""What parts of the bot report of their work, for metrics. Nobody listens to this one."""


class Observer:
    """Is told what happened, after the transaction that records it; ignores it."""

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
