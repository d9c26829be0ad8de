import pytest
from hypothesis import given
from strategies import texts

from bot.ui import limits
from bot.ui.columns import shorten, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [("MLGym", 5), ("논문 3", 6), ("e\u0301", 1), ("🧪", 2), ("", 0), ("a\u200db", 2), ("▲·…", 3)],
)
def test_wide_characters_take_two_columns_and_combining_ones_none(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Scaling Laws", 12, "Scaling Laws"),
        ("Scaling Laws, Again", 14, "Scaling Laws…"),
        ("Scaling Laws: Again", 19, "Scaling Laws: Again"),
        ("대규모 언어 모델", 14, "대규모 언어…"),
        ("Supercalifragilistic", 10, "Supercali…"),
        ("One Supercalifragilistic", 12, "One Superca…"),
    ],
)
def test_a_long_line_is_cut_after_a_word(text: str, columns: int, shown: str) -> None:
    assert shorten(text, columns) == shown


@given(texts)
def test_a_line_never_takes_more_columns_than_it_may(text: str) -> None:
    for columns in (1, 20, 110):
        shown = shorten(text, columns)
        assert width(shown) <= columns
        assert limits.length(shown) <= 2 * columns + 1
        assert shown == text or shown.endswith(limits.ELLIPSIS)
