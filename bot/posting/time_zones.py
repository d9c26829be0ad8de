"""Find time zones by what people call them: cities, abbreviations, offsets, IANA names. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import babel

from bot.errors import UserError

_ECHO: Final = 50
_NAMED_IN: Final = ("en", "ko")
"""Languages in which cities are recognized, besides by the names of their zones."""
_MOST_OFFERED: Final = 4
_EASTMOST: Final = 14
_WESTMOST: Final = -12
_FIXED: Final = re.compile(r"Etc/GMT([+-]\d{1,2})")
_OFFSET: Final = re.compile(r"(?:utc|gmt)?\s*([+-])\s*0?(\d{1,2})(?::?00)?")

_ABBREVIATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "utc": ("UTC",),
    "gmt": ("UTC",),
    "kst": ("Asia/Seoul",),
    "jst": ("Asia/Tokyo",),
    "hkt": ("Asia/Hong_Kong",),
    "sgt": ("Asia/Singapore",),
    "ict": ("Asia/Bangkok",),
    "wib": ("Asia/Jakarta",),
    "msk": ("Europe/Moscow",),
    "cet": ("Europe/Berlin",),
    "cest": ("Europe/Berlin",),
    "mez": ("Europe/Berlin",),
    "met": ("Europe/Berlin",),
    "eet": ("Europe/Athens",),
    "eest": ("Europe/Athens",),
    "wet": ("Europe/Lisbon",),
    "est": ("America/New_York",),
    "edt": ("America/New_York",),
    "et": ("America/New_York",),
    "cdt": ("America/Chicago",),
    "ct": ("America/Chicago",),
    "mdt": ("America/Denver",),
    "pst": ("America/Los_Angeles",),
    "pdt": ("America/Los_Angeles",),
    "pt": ("America/Los_Angeles",),
    "brt": ("America/Sao_Paulo",),
    "aest": ("Australia/Sydney",),
    "aedt": ("Australia/Sydney",),
    "awst": ("Australia/Perth",),
    "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",),
    "hst": ("Pacific/Honolulu",),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "mst": ("America/Denver", "America/Phoenix"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
}
"""Those with several zones are ambiguous."""

_CITIES: Final[Mapping[str, str]] = {
    "beijing": "Asia/Shanghai",
    "shenzhen": "Asia/Shanghai",
    "busan": "Asia/Seoul",
    "부산": "Asia/Seoul",
    "대전": "Asia/Seoul",
    "한국": "Asia/Seoul",
    "대한민국": "Asia/Seoul",
    "korea": "Asia/Seoul",
    "osaka": "Asia/Tokyo",
    "kyoto": "Asia/Tokyo",
    "일본": "Asia/Tokyo",
    "베이징": "Asia/Shanghai",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata",
    "bengaluru": "Asia/Kolkata",
    "hanoi": "Asia/Ho_Chi_Minh",
    "호찌민": "Asia/Ho_Chi_Minh",
    "호치민": "Asia/Ho_Chi_Minh",
    "tel aviv": "Asia/Jerusalem",
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "cologne": "Europe/Berlin",
    "뮌헨": "Europe/Berlin",
    "germany": "Europe/Berlin",
    "barcelona": "Europe/Madrid",
    "milan": "Europe/Rome",
    "geneva": "Europe/Zurich",
    "edinburgh": "Europe/London",
    "cambridge": "Europe/London",
    "oxford": "Europe/London",
    "montreal": "America/Toronto",
    "ottawa": "America/Toronto",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "philadelphia": "America/New_York",
    "pittsburgh": "America/New_York",
    "atlanta": "America/New_York",
    "austin": "America/Chicago",
    "houston": "America/Chicago",
    "dallas": "America/Chicago",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "san diego": "America/Los_Angeles",
    "샌프란시스코": "America/Los_Angeles",
    "시애틀": "America/Los_Angeles",
}
"""Cities after which no zone is named."""

_OF_LOCALE: Final[Mapping[str, str]] = {
    "bg": "Europe/Sofia",
    "cs": "Europe/Prague",
    "da": "Europe/Copenhagen",
    "de": "Europe/Berlin",
    "el": "Europe/Athens",
    "en-GB": "Europe/London",
    "fi": "Europe/Helsinki",
    "hi": "Asia/Kolkata",
    "hr": "Europe/Zagreb",
    "hu": "Europe/Budapest",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "lt": "Europe/Vilnius",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo",
    "pl": "Europe/Warsaw",
    "ro": "Europe/Bucharest",
    "sv-SE": "Europe/Stockholm",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "vi": "Asia/Ho_Chi_Minh",
    "zh-CN": "Asia/Shanghai",
    "zh-TW": "Asia/Taipei",
}
"""The zone in which most speakers live; languages of several zones are left out."""


def zone_of_locale(locale: str) -> str | None:
    """Return the zone that a Discord locale tells, such as Asia/Seoul for `ko`, or `None`."""
    return _OF_LOCALE.get(locale)


def parse_zone(text: str) -> str:
    """Return the IANA name of what a person calls a time zone.

    It takes IANA names, cities in English and Korean, abbreviations such as KST, and offsets such
    as UTC+9, without regard to letter case.

    Raises:
        UserError: No time zone is called that, or several are.
    """
    folded = _fold(text)
    found = _ABBREVIATIONS.get(folded) or _by_name().get(folded) or _of_offset(folded)
    if not found:
        raise UserError("schedule-bad-zone", text=text[:_ECHO])
    if len(found) > 1:
        offered = ", ".join(found[:_MOST_OFFERED])
        raise UserError("schedule-ambiguous-zone", text=text[:_ECHO], zones=offered)
    (name,) = found
    ZoneInfo(name)
    return name


def zones_like(text: str, *, limit: int) -> list[str]:
    """Return IANA names for what is typed so far; exact names first, then what begins with it."""
    part = _fold(text)
    found = list(_ABBREVIATIONS.get(part) or _by_name().get(part) or _of_offset(part))
    names = [(folded, zones) for folded, zones in _by_name().items() if part in folded]
    # A city that begins with the text comes before one that only contains it.
    names.sort(key=lambda pair: (not pair[0].rpartition("/")[2].startswith(part), pair[0]))
    found += [zone for _, zones in names for zone in zones if "/" in zone]
    return list(dict.fromkeys(found))[:limit]


@lru_cache(maxsize=2_048)
def city_of(zone: str, language: str) -> str:
    """Return what people call a zone: its city in a language, or the name as it is."""
    if match := _FIXED.fullmatch(zone):
        return f"UTC{-int(match[1]):+d}"
    if "/" not in zone:
        return zone
    named = babel.Locale.parse(language).time_zones.get(zone, {}).get("city")
    return str(named) if named else zone.rpartition("/")[2].replace("_", " ")


def _fold(text: str) -> str:
    """Return a name as it is compared: "SÃO_Paulo" as "sao paulo", "St. John’s" as "st. john's"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(each for each in parts if not unicodedata.combining(each))
    return " ".join(
        unicodedata.normalize("NFC", letters).replace("_", " ").replace("’", "'").split()
    )


def _of_offset(folded: str) -> tuple[str, ...]:
    match = _OFFSET.fullmatch(folded)
    if match is None:
        return ()
    hours = int(match[1] + match[2])
    if not _WESTMOST <= hours <= _EASTMOST:
        return ()
    # The names of these zones have the opposite sign.
    return (f"Etc/GMT{-hours:+d}" if hours else "UTC",)


@lru_cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    """Return the zones by their folded names, and by those of their cities."""
    zones = sorted(available_timezones())
    found: dict[str, tuple[str, ...]] = {_fold(zone): (zone,) for zone in zones}
    for city, named in _cities(zones):
        if city in found and len(found[city]) == 1 and "/" not in found[city][0]:
            continue  # such as Singapore, Japan: an IANA name without a region is the same zone
        before = found.get(city, ())
        if not any(_are_same(named, other) for other in before):
            found[city] = (*before, named)
    return found | {city: (zone,) for city, zone in _CITIES.items()}


def _cities(zones: list[str]) -> Iterator[tuple[str, str]]:
    # Zones of two parts come first: America/Louisville is the same as the one below Kentucky.
    for zone in sorted(zones, key=lambda name: (name.count("/"), name)):
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix", "right")):
            yield _fold(zone.rpartition("/")[2]), zone
    for language in _NAMED_IN:
        for zone, facts in babel.Locale.parse(language).time_zones.items():
            if zone in zones and "city" in facts:
                yield _fold(facts["city"]), zone


def _are_same(one: str, other: str) -> bool:
    """Return whether two zones have the same offsets throughout a year."""
    first = datetime(2025, 1, 1)  # noqa: DTZ001 - local time, of each zone
    return all(
        ZoneInfo(one).utcoffset(day) == ZoneInfo(other).utcoffset(day)
        for day in (first + timedelta(days=30 * month) for month in range(12))
    )
