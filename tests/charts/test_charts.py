"""Charts: they show what they say, within the page, and every character has a glyph."""

import asyncio
import logging
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.charts.chart import MOST_COLUMNS, MOST_ROWS, Chart, Column, Label, Row
from bot.charts.drawing import draw
from bot.charts.fonts import Fonts, has_korean
from bot.charts.pictures import MOST_BYTES, DrawingError, Pictures
from bot.charts.placing import MARGIN, WIDTH, Box, PlacedChart, Text, place

ASCII = Fonts([None])
SYSTEM = Fonts.find()
HOSTILE = (
    "👩‍🔬 emoji 🤖",
    "مرحبا بالعالم",
    "שלום עולם",
    "\u202eright to left\u202c",
    "e\u0301\u0301\u0301 combining",
    "\u200b\u2060\ufeff",
    "□ ▯ \ufffd \U000e0041",
    "नमस्ते ภาษา",
    "한국어 제목의 논문",
    "中文標題 日本語",
    "word " * 400,
    "W" * 500,
    "\x00\x1b[2J\n\t",
    "Ω≈ç√∫ ≤ naïve Łódź",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80), st.just(""))
labels = st.builds(Label, texts, texts)
numbers = st.integers(0, 10_000_000) | st.integers(0, 10**18)
rows = st.builds(Row, labels, numbers, labels, st.none() | numbers)
charts = st.builds(
    Chart,
    name=st.just("chart"),
    title=labels,
    subtitle=labels,
    votes=labels,
    papers=labels,
    columns=st.lists(st.builds(Column, labels, numbers, numbers), max_size=MOST_COLUMNS).map(tuple),
    top=labels,
    top_rows=st.lists(rows, max_size=MOST_ROWS).map(tuple),
    rising=labels,
    rising_rows=st.lists(rows, max_size=MOST_ROWS).map(tuple),
    foot=labels,
    alt=texts,
)

SAMPLE = Chart(
    name="week",
    title=Label("2025년 2월 17일~23일", "Feb 17 – 23, 2025"),
    subtitle=Label("논문 3편", "3 papers"),
    votes=Label("하루 추천 수", "Upvotes per day"),
    papers=Label("하루 논문 수", "Papers per day"),
    columns=(Column(Label("17일", "17"), 1, 30), Column(Label("18일", "18"), 2, 1_020)),
    top=Label("추천 상위", "Most upvoted"),
    top_rows=(Row(Label("MLGym", "2502.14499"), 121, Label("121")),),
    rising=Label("늘어난 주제", "Rising"),
    rising_rows=(Row(Label("강화 학습", "reinforcement learning"), 12, Label("12 (4)"), 4),),
    foot=Label("기준", "Upvotes as of Monday"),
    alt="All of it.",
)


def texts_of(placed: PlacedChart) -> list[str]:
    return [shape.text for shape in placed.shapes if isinstance(shape, Text)]


@pytest.mark.parametrize("fonts", [ASCII, SYSTEM], ids=["without", "with"])
@settings(max_examples=scaled(40))
@given(chart=charts)
def test_all_characters_have_a_glyph_and_everything_is_within_the_page(
    chart: Chart, fonts: Fonts
) -> None:
    placed = place(chart, fonts)
    assert 0 < placed.height < 2 * WIDTH
    for shape in placed.shapes:
        match shape:
            case Text(left, baseline, text, size, _):
                assert all(char == " " or fonts.has(char) for char in text), text
                assert left >= MARGIN - 1
                assert left + fonts.width(text, size) <= WIDTH - MARGIN + 2
                assert 0 < baseline < placed.height
            case Box(left, top, width, height, _):
                assert left >= MARGIN
                assert left + width <= WIDTH - MARGIN + 1
                assert 0 <= top < top + height <= placed.height


@settings(max_examples=scaled(40))
@given(chart=charts)
def test_a_chart_is_the_same_after_it_was_stored(chart: Chart) -> None:
    assert Chart.from_json(chart.to_json()) == chart


@settings(max_examples=2)
@given(chart=charts)
def test_any_chart_can_be_drawn_in_bounded_bytes(chart: Chart) -> None:
    picture = draw(chart, SYSTEM)
    assert len(picture) < MOST_BYTES
    with Image.open(BytesIO(picture)) as image:
        assert (image.format, image.width) == ("PNG", 1_200)


def test_a_font_has_no_character_that_it_would_draw_as_a_box() -> None:
    assert all(map(ASCII.has, "Az09 …·"))
    assert not any(map(ASCII.has, "한가🤖א\u0301\u200b\U0010ffff"))


def test_numbers_and_names_stand_on_the_chart_as_given() -> None:
    shown = texts_of(place(SAMPLE, ASCII))
    assert {"1,020", "30", "MLGym", "121", "12 (4)"} <= set(shown)


def test_columns_are_as_high_as_their_values() -> None:
    boxes = [shape for shape in place(SAMPLE, ASCII).shapes if isinstance(shape, Box)]
    low, high = (box.height for box in boxes[:2])
    assert low / high == pytest.approx(30 / 1_020)


@pytest.mark.parametrize("label", ["2024-03", "Feb 17", "2/17", "Wed 19"])
@pytest.mark.parametrize("count", range(1, MOST_COLUMNS + 1))
def test_labels_below_columns_do_not_overlap(count: int, label: str) -> None:
    columns = (Column(Label(label), 1, 30),) * count
    placed = place(replace(SAMPLE, columns=columns), ASCII)
    row = [each for each in placed.shapes if isinstance(each, Text) and each.text == label]
    assert len(row) >= min(count, 4)
    for one, other in pairwise(row):
        assert one.baseline == other.baseline
        assert one.left + ASCII.width(one.text, one.size) < other.left


def test_without_korean_letters_the_plain_texts_are_drawn() -> None:
    shown = texts_of(place(SAMPLE, ASCII))
    assert shown[0] == "Feb 17 - 23, 2025"
    assert {"Upvotes per day", "Most upvoted", "reinforcement learning", "18"} <= set(shown)
    assert all(text.isascii() for text in shown)


@pytest.mark.skipif(not has_korean(), reason="needs a font with Korean letters, e.g. fonts-nanum")
def test_with_korean_letters_the_korean_texts_are_drawn() -> None:
    shown = texts_of(place(SAMPLE, SYSTEM))
    assert shown[0] == "2025년 2월 17일~23일"
    assert {"하루 추천 수", "추천 상위", "강화 학습", "18일"} <= set(shown)


def test_a_name_that_can_hardly_be_drawn_is_replaced_and_a_few_signs_are_left_out() -> None:
    assert ASCII.drawable("모델이름 X", "2502.14499") == "2502.14499"
    assert ASCII.drawable("🤖 RoboGen™", "2502.14499") == "RoboGen™"
    assert ASCII.drawable("Hénaff’s “Café”", "2502.14499") == "Henaff’s “Cafe”"


async def test_equal_charts_are_drawn_once_and_at_the_same_time() -> None:
    pictures = Pictures()
    first, second = await asyncio.gather(pictures.draw(SAMPLE), pictures.draw(replace(SAMPLE)))
    assert first is second
    assert await pictures.draw(replace(SAMPLE, alt="Other.")) is not first


async def test_a_chart_that_cannot_be_drawn_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    broken = replace(SAMPLE, columns=SAMPLE.columns * 1_000)
    with caplog.at_level(logging.ERROR), pytest.raises(DrawingError):
        await Pictures().draw(replace(broken, title=Label(text=None)))  # type: ignore[arg-type]  # a mistake
    assert "the chart week can't be drawn" in caplog.text
