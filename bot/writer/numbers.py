"""Numbers in texts, compared by value: separators, %, ×/배, k/M/B/만/억/조, decimal forms. Pure.

Words for numbers in a sentence are left alone; those of an English source support digits, since
"three tasks" is "3개 과제" in Korean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

_NUMBER: Final = re.compile(
    r"(?P<grouped>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?)|(?P<simple>\d+(?:\.\d+)?|(?<!\d)\.\d+)"
)
_POWER: Final = re.compile(
    r"(?:\s?[×x*·]\s?10\s?\^\s?\{?(?P<times>-?\d{1,2})(?!\d)|[eE](?P<e>[+-]?\d{1,2})(?![\w.]))"
)
_TEN_TO: Final = re.compile(r"\s?\^\s?\{?(?P<power>-?\d{1,2})(?!\d)")
_SMALL: Final = {"십": 10, "백": 100, "천": 1000}
_BIG: Final = {"만": 10**4, "억": 10**8, "조": 10**12}
_KOREAN: Final = re.compile(
    # Not the beginning of a word: 백본, 천체, 만큼, 조각, 조합.
    r"(?P<small>십|백(?!본|분|서|터|색)|천(?!체|장))?(?P<big>만(?!큼)|억|조(?!각|합|건))?"
)
_SCALE: Final = {
    "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_LETTER: Final = re.compile(r"(?P<letter>[kKmMbBT])(?![A-Za-z\d])")
_SCALE_WORD: Final = re.compile(
    r"[\s-]?(?P<word>thousand|million|billion|trillion)s?\b", re.IGNORECASE
)
_PERCENT: Final = re.compile(r"\s?(?:%|percent|per cent|퍼센트|프로(?!\w))", re.IGNORECASE)
_POINTS: Final = re.compile(r"[\s-]?(?:points?\b|pts?\b|pp\b|포인트)", re.IGNORECASE)
_FACTOR: Final = re.compile(
    # 배 is also the beginning of 배치, 배열, 배포, 배경; "3 x 3" is a size.
    r"\s?배(?!치|열|포|경|송|제|운|우|터)|\s?[×xX](?![A-Za-z\d]|\s?\d)|[\s-]?fold\b|\s?times\b"
)
_LONGEST: Final = 30
"""Digits of a number; longer ones are no quantities."""

_SMALL_WORDS: Final = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS: Final = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: Final = (
    {word: value for value, word in enumerate(_SMALL_WORDS, start=2)}
    | {word: 10 * tens for tens, word in enumerate(_TENS, start=3)}
    | {"hundred": 100, "thousand": 1000}
)
_FACTOR_WORDS: Final = {
    "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twofold": 2,
    "triple": 3, "triples": 3, "tripled": 3, "tripling": 3, "threefold": 3, "thrice": 3,
}  # fmt: skip
_WORD: Final = re.compile(r"[a-z]+")


class Unit(StrEnum):
    """What a number counts."""

    PLAIN = "plain"
    PERCENT = "percent"
    FACTOR = "factor"
    """How many times as much."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, by its value: 1,300 and 1.3k are equal."""

    value: Decimal
    unit: Unit = Unit.PLAIN


@dataclass(frozen=True, slots=True)
class Mention:
    """A number as a text has it."""

    text: str
    readings: frozenset[Number]
    """What it means; several where a unit can be understood in two ways."""
    doubtful: frozenset[Number] = frozenset()
    """What it may also mean: 5m is five million, but perhaps 5 metres. Of a source, this counts as
    well; of a sentence it doesn't."""


def mentions_in(text: str) -> tuple[Mention, ...]:
    """Return the numbers in a normalized text, in their order.

    >>> [mention.text for mention in mentions_in("1.3k of 1만 2천 tasks, 95%")]
    ['1.3k', '1만 2천', '95%']
    """
    return tuple(_mentions(text))


def numbers_in(source: str) -> frozenset[Number]:
    """Return every number that a normalized source has, in digits or in English words."""
    found = {
        number for mention in _mentions(source) for number in mention.readings | mention.doubtful
    }
    for word in set(_WORD.findall(source.lower())):
        if word in _WORDS:
            found.add(Number(Decimal(_WORDS[word])))
        elif word in _FACTOR_WORDS:
            found.add(Number(Decimal(_FACTOR_WORDS[word]), Unit.FACTOR))
        elif word in {"half", "halves", "halved", "halving"}:
            found |= {Number(Decimal(50), Unit.PERCENT), Number(Decimal("0.5"))}
    return frozenset(found)


def is_supported(mention: Mention, known: frozenset[Number]) -> bool:
    """Return whether a number, in one of its readings, is among known ones.

    A number without unit rests on one with any unit. A percentage also rests on its fraction (95%
    on 0.95), and on a number with decimals without a unit, as tables have them.
    """
    return any(_is_known(number, known) for number in mention.readings)


def _is_known(number: Number, known: frozenset[Number]) -> bool:
    if number in known:
        return True
    value = number.value
    match number.unit:
        case Unit.PLAIN:
            return (
                Number(value, Unit.PERCENT) in known
                or Number(value, Unit.FACTOR) in known
                or (0 < value < 1 and Number(value * 100, Unit.PERCENT) in known)
            )
        case Unit.PERCENT:
            has_decimals = value != value.to_integral_value()
            return (has_decimals and Number(value) in known) or (
                0 < value < 100 and Number(value / 100) in known  # noqa: PLR2004 - a fraction
            )
        case Unit.FACTOR:
            return False


def _mentions(text: str) -> Iterator[Mention]:
    at = 0
    while (match := _NUMBER.search(text, at)) is not None:
        if match.end() - match.start() > _LONGEST:
            at = match.end()
            continue
        mention, at = _mention(text, match)
        yield mention


def _mention(text: str, match: re.Match[str]) -> tuple[Mention, int]:
    """Return the number at a match with what belongs to it, and where it ends."""
    start, end = match.span()
    values = {Decimal(match[0].replace(",", ""))}
    bare: set[Decimal] = set()
    if match["grouped"]:
        # A list without blanks looks the same: 100,200.
        bare = {Decimal(part) for part in match[0].split(",")}
    if power := _POWER.match(text, end):
        exponent = int(power["times"] or power["e"])
        values, end = {value.scaleb(exponent) for value in values}, power.end()
    elif values == {Decimal(10)} and (power := _TEN_TO.match(text, end)):
        values, end = {Decimal(10) ** int(power["power"])}, power.end()
    elif (korean := _KOREAN.match(text, end)) is not None and korean[0]:
        value, end = _korean_value(text, match)
        values = {value}
    elif letter := _LETTER.match(text, end):
        if letter["letter"] in "mb":  # also metres, minutes, bits
            bare |= values
        values, end = {v * _SCALE[letter["letter"].lower()] for v in values}, letter.end()
    elif word := _SCALE_WORD.match(text, end):
        values, end = {v * _SCALE[word["word"].lower()] for v in values}, word.end()
    units, end = _units(text, end)
    readings = {Number(v.normalize(), unit) for v in values for unit in units}
    doubtful = frozenset(Number(v.normalize()) for v in bare)
    return Mention(text[start:end], frozenset(readings), doubtful), end


def _units(text: str, end: int) -> tuple[tuple[Unit, ...], int]:
    for pattern, units in (
        (_PERCENT, (Unit.PERCENT,)),
        (_POINTS, (Unit.PLAIN, Unit.PERCENT)),
        (_FACTOR, (Unit.FACTOR,)),
    ):
        if unit := pattern.match(text, end):
            return units, unit.end()
    return (Unit.PLAIN,), end


def _korean_value(text: str, first: re.Match[str]) -> tuple[Decimal, int]:
    """Return the value of a number with 만, 억 …, as in 1억 2천만, and where it ends."""
    total, section = Decimal(0), Decimal(0)
    least_big, least_small = 10**16, 10**4
    match: re.Match[str] | None = first
    end = first.end()
    while match is not None:
        unit = _KOREAN.match(text, match.end())
        small = _SMALL.get(unit["small"] or "", 1) if unit else 1
        big = _BIG.get(unit["big"] or "", 1) if unit else 1
        value = Decimal(match[0].replace(",", "")) * small
        if match is not first and (big >= least_big or value >= min(least_small, least_big)):
            break
        section += value
        end = unit.end() if unit else match.end()
        if big > 1:
            total, section = total + section * big, Decimal(0)
            least_big, least_small = big, 10**4
        elif small > 1:
            least_small = small
        else:
            break
        match = _NUMBER.match(text, end + (text[end : end + 1] == " "))
    return total + section, end
