"""The wall clock that stored times come from; tests and the demo move it."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The machine's time, or a time ahead of it."""

    def __init__(self) -> None:
        self.offset = timedelta(0)
        """How far it is ahead of the machine's time."""

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC) + self.offset

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now; time runs on from there."""
        self.offset = moment - datetime.now(UTC)
