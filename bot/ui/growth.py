"""How a paper's votes grew: changes and a spark line, from the readings of its votes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from config.texts import Texts
from storage.records import Reading

MOST_VALUES: Final = 16
"""The most values of a spark line, which fits one line of a phone beside the votes."""
_BLOCKS: Final = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Growth:
    """How a paper's votes grew."""

    votes: int
    """At the newest reading."""
    since_yesterday: int | None
    """The change of today; `None` unless they were read today and on a day before."""
    since_first: int
    """The change since the first reading."""
    first_day: date
    """Of the first reading, in UTC."""
    values: tuple[int, ...]
    """Votes over time, oldest first: 2 to `MOST_VALUES`."""


def compute_growth(readings: Sequence[Reading], today: date) -> Growth | None:
    """Return how votes grew; `None` unless they were read at different times.

    Args:
        readings: Oldest first. Of several at the same time, the last counts.
        today: In UTC, as all days here.
    """
    votes = {reading.read_at.astimezone(UTC): reading.votes for reading in readings}
    if len(votes) < 2:  # noqa: PLR2004 - there is no growth with one
        return None
    times = list(votes)
    first, last = times[0], times[-1]
    earlier = [time for time in times if time.date() < today]
    is_of_today = last.date() == today and earlier
    return Growth(
        votes=votes[last],
        since_yesterday=votes[last] - votes[earlier[-1]] if is_of_today else None,
        since_first=votes[last] - votes[first],
        first_day=first.date(),
        values=_sample(votes),
    )


def _sample(votes: dict[datetime, int]) -> tuple[int, ...]:
    """Return the votes of each reading; if there are many, those at evenly spaced moments."""
    if len(votes) <= MOST_VALUES:
        return tuple(votes.values())
    times = list(votes)
    step = (times[-1] - times[0]) / (MOST_VALUES - 1)
    sampled = []
    index = 0
    for number in range(MOST_VALUES - 1):
        while index + 1 < len(times) and times[index + 1] <= times[0] + number * step:
            index += 1
        sampled.append(votes[times[index]])
    return (*sampled, votes[times[-1]])


def spark_line(values: Sequence[int]) -> str:
    """Return a text with a block for each value, the lowest for the least.

    >>> spark_line([3, 10, 17, 17])
    '▁▄██'
    """
    if not values:
        return ""
    least = min(values)
    span = max(values) - least or 1
    return "".join(_BLOCKS[(value - least) * (len(_BLOCKS) - 1) // span] for value in values)


def describe_growth(growth: Growth, texts: Texts) -> str:
    """Return two lines: the spark line with the newest votes, and the changes."""
    changes = []
    if growth.since_yesterday is not None:
        sign, count = _split_sign(growth.since_yesterday)
        changes.append(texts("paper-growth-yesterday", sign=sign, count=count))
    sign, count = _split_sign(growth.since_first)
    changes.append(texts("paper-growth-first", sign=sign, count=count, day=growth.first_day))
    line = texts("paper-growth-votes", line=spark_line(growth.values), votes=growth.votes)
    return f"{line}\n{' · '.join(changes)}"


def _split_sign(change: int) -> tuple[str, int]:
    sign = "+" if change > 0 else "−" if change else "±"
    return sign, abs(change)
