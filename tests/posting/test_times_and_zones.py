from datetime import time

import pytest
from catalogue import CATALOGUE
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.posting.setup_draft import ZONES
from bot.posting.time_zones import city_of, parse_zone, zone_of_locale, zones_like
from bot.posting.times_of_day import parse_time


@pytest.mark.parametrize(
    "typed",
    [
        "08:00",
        "8:00",
        "0800",
        " 08:00 ",
        "08：00",
        "08:00:59",
        "8",
        "8am",
        "8 AM",
        "오전 8시",
        "8시",
    ],
)
def test_times_are_parsed_to_the_minute(typed: str) -> None:
    assert parse_time(typed) == time(8)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("8:30 pm", 20, 30),
        ("오후 9시 30분", 21, 30),
        ("9시 반", 9, 30),
        ("12am", 0, 0),
        ("오전 12시", 0, 0),
        ("12 p.m.", 12, 0),
        ("noon", 12, 0),
        ("자정", 0, 0),
        ("20", 20, 0),
    ],
)
def test_times_are_parsed_as_people_write_them(typed: str, hour: int, minute: int) -> None:
    assert parse_time(typed) == time(hour, minute)


@pytest.mark.parametrize("typed", ["", "24", "25:00", "13 pm", "0 am", "8:5", "am", "eight", "8:"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="schedule-bad-time"):
        parse_time(typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("KST", "Asia/Seoul"),
        ("Seoul", "Asia/Seoul"),
        ("서울", "Asia/Seoul"),
        ("asia/seoul", "Asia/Seoul"),
        ("CET", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("베를린", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("UTC+9", "Etc/GMT-9"),
        ("-3", "Etc/GMT+3"),
        ("utc", "UTC"),
    ],
)
def test_zones_are_found_by_what_people_call_them(typed: str, zone: str) -> None:
    assert parse_zone(typed) == zone
    assert zones_like(typed, limit=25)[0] == zone


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_offered_zone_is_found_by_its_name_on_the_screen(language: str) -> None:
    for zone in ZONES:
        named = city_of(zone, language)
        assert city_of(parse_zone(named), language) == named


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("São Paulo", "America/Sao_Paulo"),
        ("SAO PAULO", "America/Sao_Paulo"),
        ("Sa\u0303o Paulo", "America/Sao_Paulo"),
        ("Ho Chi Minh City", "Asia/Ho_Chi_Minh"),
        ("호찌민", "Asia/Ho_Chi_Minh"),
        ("Zürich", "Europe/Zurich"),
        ("St. John's", "America/St_Johns"),
        ("St. John’s", "America/St_Johns"),
        ("ＫＳＴ", "Asia/Seoul"),
    ],
)
def test_zones_are_found_with_accents_or_without(typed: str, zone: str) -> None:
    assert parse_zone(typed) == zone
    assert zone in zones_like(typed, limit=25)


@pytest.mark.parametrize("typed", ["CST", "IST", "bst"])
def test_an_abbreviation_of_several_zones_is_refused_with_all_of_them(typed: str) -> None:
    with pytest.raises(UserError, match="schedule-ambiguous-zone") as refused:
        parse_zone(typed)
    assert (
        str(refused.value.facts["zones"]).split(", ")
        == zones_like(typed, limit=25)[:3][: str(refused.value.facts["zones"]).count(",") + 1]
    )


def test_a_locale_of_one_zone_tells_it_and_others_do_not() -> None:
    told = {locale: zone_of_locale(locale) for locale in ("ko", "ja", "de", "en-GB")}
    assert told == {
        "ko": "Asia/Seoul",
        "ja": "Asia/Tokyo",
        "de": "Europe/Berlin",
        "en-GB": "Europe/London",
    }
    for locale in ("en-US", "es-ES", "es-419", "pt-BR", "ru", "id", "fr"):
        assert zone_of_locale(locale) is None


def test_a_city_has_its_name_in_the_language_of_the_reader() -> None:
    assert city_of("Asia/Seoul", "ko") == "서울"
    assert city_of("America/New_York", "en") == "New York"
    assert city_of("UTC", "ko") == "UTC"
    assert city_of(parse_zone("UTC+9"), "en") == "UTC+9"


@given(st.text(max_size=30))
def test_any_text_is_a_time_and_a_zone_or_refused(text: str) -> None:
    for parse in (parse_time, parse_zone):
        try:
            parse(text)
        except UserError:
            continue
    zones_like(text, limit=25)
