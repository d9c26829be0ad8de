"""Parse weekdays as people write them, in English and Korean. Pure."""

import re
from typing import Final

from bot.errors import UserError
from config.texts import Texts
from storage.records import EVERY_DAY, WEEKDAYS

_WEEKENDS: Final = EVERY_DAY & ~WEEKDAYS
_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_KOREAN: Final = "월화수목금토일"
_SEVERAL: Final = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "매일": EVERY_DAY,
    "weekdays": WEEKDAYS,
    "평일": WEEKDAYS,
    "주중": WEEKDAYS,
    "weekends": _WEEKENDS,
    "주말": _WEEKENDS,
}
_BETWEEN: Final = re.compile(r"[\s,;/·+&、，]+")
_BEFORE: Final = re.compile(r"\A(?:on\b|매주)\s*")
"""Words before the days, as they are displayed."""
_RANGE: Final = re.compile(r"\s*[-~–]\s*")
_ECHO: Final = 50


def parse(text: str) -> int:
    """Parse a text into a bit mask of weekdays: 1 is Monday, 64 is Sunday.

    It understands `daily`, `weekdays`, `weekends`, names (`mon,wed`, `Monday`), ranges (`mon-fri`),
    and the same in Korean (`매일`, `평일`, `월,수`, `월수금`, `월-금`, `매주 월요일`).

    Raises:
        UserError: The text is not a list of weekdays.
    """
    mask = 0
    folded = _RANGE.sub("-", text.strip().casefold()).replace("every day", "daily")
    folded = _BEFORE.sub("", folded)
    for part in filter(None, _BETWEEN.split(folded)):
        mask |= _several(part, text)
    if not mask:
        raise UserError("schedule-bad-days", text=text[:_ECHO])
    return mask


def _several(part: str, text: str) -> int:
    if part in _SEVERAL:
        return _SEVERAL[part]
    first, dash, last = part.partition("-")
    if dash:
        start, end = _index_of(first), _index_of(last)
        if start is not None and end is not None:
            # A range from Friday to Monday wraps around the end of the week.
            return sum(1 << (start + step) % 7 for step in range((end - start) % 7 + 1))
    elif all(letter in _KOREAN for letter in part):
        return sum(1 << _KOREAN.index(letter) for letter in set(part))
    elif (day := _index_of(part)) is not None:
        return 1 << day
    raise UserError("schedule-bad-days", text=text[:_ECHO])


def _index_of(name: str) -> int | None:
    """Return the index of the weekday with this name, 0 for Monday, or `None`."""
    korean = name.removesuffix("요일")
    if len(korean) == 1 and korean in _KOREAN:
        return _KOREAN.index(korean)
    least = 3
    if len(name) >= least:
        for index, whole in enumerate(_ENGLISH):
            if whole.startswith(name) or name == f"{_NAMES[index]}s":
                return index
    return None


def describe(mask: int, texts: Texts) -> str:
    """Return a mask of weekdays as part of a sentence, such as “on weekdays”."""
    return texts(f"days-{_kind(mask)}", days=_names(mask, texts))


def describe_alone(mask: int, texts: Texts) -> str:
    """Return a mask of weekdays by itself, such as “weekdays”."""
    return texts(f"days-alone-{_kind(mask)}", days=_names(mask, texts))


def _kind(mask: int) -> str:
    """Return the end of the key of a mask's text."""
    return {EVERY_DAY: "daily", WEEKDAYS: "weekdays", _WEEKENDS: "weekends"}.get(mask, "some")


def _names(mask: int, texts: Texts) -> str:
    chosen = [name for index, name in enumerate(_NAMES) if mask >> index & 1]
    return ", ".join(texts(f"day-{name}") for name in chosen)
