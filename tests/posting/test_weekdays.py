import pytest
from catalogue import CATALOGUE
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.posting import weekdays
from storage.records import EVERY_DAY, WEEKDAYS

MON, TUE, WED, THU, FRI, SAT, SUN = (1 << place for place in range(7))


@pytest.mark.parametrize(
    ("typed", "mask"),
    [
        ("daily", EVERY_DAY),
        (" Every day ", EVERY_DAY),
        ("매일", EVERY_DAY),
        ("weekdays", WEEKDAYS),
        ("평일", WEEKDAYS),
        ("주말", SAT | SUN),
        ("weekends", SAT | SUN),
        ("mon,wed", MON | WED),
        ("mon,", MON),
        ("Mon, Wed and", None),
        ("Monday Wednesday", MON | WED),
        ("tues/thurs", TUE | THU),
        ("mon-fri", WEEKDAYS),
        ("mon – wed, sat", MON | TUE | WED | SAT),
        ("fri-mon", FRI | SAT | SUN | MON),
        ("월,수", MON | WED),
        ("월수금", MON | WED | FRI),
        ("월요일, 일요일", MON | SUN),
        ("월-금", WEEKDAYS),
        ("토~일", SAT | SUN),
        ("일", SUN),
        ("", None),
        (",", None),
        ("mo", None),
        ("someday", None),
        ("월말", None),
        ("-", None),
    ],
)
def test_weekdays_are_parsed_in_all_supported_forms(typed: str, mask: int | None) -> None:
    if mask is None:
        with pytest.raises(UserError) as refused:
            weekdays.parse(typed)
        assert refused.value.key == "schedule-bad-days"
    else:
        assert weekdays.parse(typed) == mask


@given(st.integers(1, EVERY_DAY), st.sampled_from(CATALOGUE.languages))
def test_displayed_weekdays_can_be_parsed(mask: int, language: str) -> None:
    texts = CATALOGUE.for_locale(language)
    for named in (weekdays.describe(mask, texts), weekdays.describe_alone(mask, texts)):
        assert weekdays.parse(named) == mask


@given(st.text(max_size=30))
def test_any_text_is_parsed_as_weekdays_or_rejected(text: str) -> None:
    try:
        mask = weekdays.parse(text)
    except UserError:
        return
    assert 1 <= mask <= EVERY_DAY
