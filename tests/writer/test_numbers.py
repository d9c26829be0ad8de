"""Numbers are compared by value, however they are written."""

from decimal import Decimal

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.writer.numbers import Number, Unit, is_supported, mentions_in, numbers_in
from bot.writer.plain import normalize
from bot.writer.receipts import SourceText

WHOLE = st.integers(0, 10**15)
DECIMALS = st.decimals(0, 10**6, allow_nan=False, allow_infinity=False, places=3)


def value_of(text: str) -> Decimal:
    (mention,) = mentions_in(normalize(text))
    (number,) = mention.readings
    return number.value


def supported(sentence: str, source: str) -> bool:
    return SourceText(source).has_numbers(sentence)


def in_korean(number: int) -> str:
    """Return a whole number with 조, 억 and 만."""
    parts = []
    for unit, size in (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1)):
        part, number = divmod(number, size)
        if part:
            parts.append(f"{part}{unit}")
    return " ".join(parts) or "0"


@settings(max_examples=scaled(40))
@given(WHOLE)
def test_separators_do_not_change_a_value(number: int) -> None:
    assert value_of(f"{number:,}") == value_of(str(number)) == number


@settings(max_examples=scaled(40))
@given(WHOLE.filter(lambda number: number < 10**16))
def test_korean_units_do_not_change_a_value(number: int) -> None:
    assert value_of(in_korean(number)) == number


@settings(max_examples=scaled(40))
@given(DECIMALS, st.sampled_from([("k", 3), ("M", 6), ("B", 9), (" million", 6), (" billion", 9)]))
def test_scales_multiply(number: Decimal, scale: tuple[str, int]) -> None:
    mark, zeros = scale
    assert value_of(f"{number}{mark}") == number * 10**zeros


@settings(max_examples=scaled(40))
@given(DECIMALS)
def test_zeros_at_the_end_do_not_change_a_value(number: Decimal) -> None:
    assert value_of(f"{number}00") == value_of(str(number)) == number


@settings(max_examples=scaled(40))
@given(st.integers(1, 999), st.integers(0, 12))
def test_powers_of_ten_multiply(number: int, exponent: int) -> None:
    superscript = str(exponent).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    for text in (f"{number}×10^{exponent}", f"{number}e{exponent}", f"{number} × 10{superscript}"):
        assert value_of(text) == number * 10**exponent


@settings(max_examples=scaled(40))
@given(DECIMALS, st.sampled_from(["%", " percent", "퍼센트", "％"]))
def test_each_form_of_a_percentage_supports_each_other(number: Decimal, form: str) -> None:
    source = f"It reaches {number}% here."
    assert supported(f"{number}{form}를 기록합니다.", source)
    assert not supported(f"{number + 1}{form}를 기록합니다.", source)


@settings(max_examples=scaled(40))
@given(DECIMALS.filter(bool), st.sampled_from(["x", "×", "배", "-fold", " times"]))
def test_each_form_of_a_factor_supports_each_other(number: Decimal, form: str) -> None:
    assert supported(f"It is {number}{form} faster", f"Ours is {number}× faster.")
    assert not supported(f"It is {number}{form} faster", f"Ours is {number}% faster.")


@settings(max_examples=scaled(40))
@given(st.text(max_size=300))
def test_any_text_supports_its_own_numbers(text: str) -> None:
    plain = normalize(text)
    known = numbers_in(plain)
    assert all(is_supported(mention, known) for mention in mentions_in(plain))


@settings(max_examples=scaled(40))
@given(st.text(alphabet="0123456789.,만억조천kMB%x×배 10^-", max_size=60))
def test_any_heap_of_numbers_is_read(text: str) -> None:
    SourceText(text).has_numbers(text)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("0.95", "95%"),
        ("95%", "0.95"),
        ("95.3%", "a table has 95.3"),
        ("3개", "three tasks"),
        ("2배", "twice as fast"),
        ("50%", "half of it"),
        ("1.2백만", "1.2 million"),
        ("5%p", "by 5 points"),
        ("GPT-4o", "we use gpt-4o here"),
        ("3개", "3x3 kernels"),
    ],
)
def test_values_that_mean_the_same_are_supported(sentence: str, source: str) -> None:
    assert supported(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("95%", "95 tasks"),
        ("1,000", "1 of 000"),
        ("10", "100"),
        ("2만", "2 tasks"),
        ("3배", "3 models"),
        ("10^6", "10 and 6"),
        ("GPT-5", "GPT-4"),
        ("7천", "7B"),
        ("5m", "5 metres"),
        ("3.14", "3 and 14"),
    ],
)
def test_values_that_differ_are_not(sentence: str, source: str) -> None:
    assert not supported(sentence, source)


def test_words_for_numbers_are_left_alone() -> None:
    assert supported("세 가지 과제와 two more, 두 배", "no numbers at all")


def test_a_name_with_a_number_is_not_a_quantity_of_its_source() -> None:
    assert numbers_in(normalize("Lyra-7B")) == {Number(Decimal(7).scaleb(9))}
    assert Number(Decimal(2), Unit.FACTOR) in numbers_in("twice")
