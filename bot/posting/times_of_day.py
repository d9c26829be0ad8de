"""Parse times of day as people write them, in English and Korean. Pure."""

import re
from datetime import time
from typing import Final

from bot.errors import UserError

_ECHO: Final = 50
_NOON: Final = 12
_TIME: Final = re.compile(
    r"(?P<before>오전|오후|am|pm|a\.m\.|p\.m\.)?\s*"
    r"(?P<hour>\d{1,2})"
    r"(?:\s*(?:[:：.]|시)\s*(?:(?P<minute>\d{2}|\d(?=분))\s*(?P<unit>분)?|(?P<half>반))?)?"
    r"\s*(?P<after>am|pm|a\.m\.|p\.m\.|a|p)?"
)
_NAMED: Final = {"noon": time(12), "정오": time(12), "midnight": time(0), "자정": time(0)}


def parse_time(text: str) -> time:
    """Parse a local time, to the minute: `8`, `08:00`, `8:30 pm`, `오전 9시`, `9시 반`.

    Without am or pm it is of 24 hours.

    Raises:
        UserError: The text is not a time of day.
    """
    folded = text.strip().casefold()
    if folded in _NAMED:
        return _NAMED[folded]
    match = _TIME.fullmatch(folded)
    try:
        if match is None or (folded.endswith((":", "：", ".")) and not match["after"]):
            found = time.fromisoformat(folded)
            return time(found.hour, found.minute)
        return _time_of(match)
    except ValueError:
        raise UserError("schedule-bad-time", text=text[:_ECHO]) from None


def _time_of(match: re.Match[str]) -> time:
    hour = int(match["hour"])
    minute = 30 if match["half"] else int(match["minute"] or 0)
    part = match["before"] or match["after"]
    if match["before"] and match["after"]:
        raise ValueError(match[0])
    if part is None:
        return time(hour, minute)
    is_korean = part in ("오전", "오후")
    if not (0 if is_korean else 1) <= hour <= _NOON:
        raise ValueError(match[0])
    is_afternoon = part == "오후" or part.startswith("p")
    return time(hour % _NOON + (_NOON if is_afternoon else 0), minute)
