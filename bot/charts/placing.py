"""Where everything stands on a chart: rectangles and texts, in units of which it is 800 wide.

The drawing multiplies them. A phone shows the chart about 320 points wide, so that a text of 30
units is 12 points high.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

from bot.charts.chart import Chart, Column, Label, Row

WIDTH: Final = 800
MARGIN: Final = 36
BACKGROUND: Final = "#1f242d"
"""The chart paints its own background, since it is seen on light and on dark pages."""
TEXT: Final = "#f4f6f8"
QUIET: Final = "#b9c2cd"
VOTES: Final = "#ffb454"
PAPERS: Final = "#7cc4ff"
TERMS: Final = "#8ddb8c"
BEFORE: Final = "#7d8794"
GROUND: Final = "#465060"

_TITLE: Final = 40
_HEADING: Final = 30
_BODY: Final = 30
_SMALL: Final = 26
_LINE: Final = 46
"""Units from one row to the next."""
_GAP: Final = 26
"""Width of the gap between two panels, in the units of a chart."""
_VOTES_HEIGHT: Final = 150
_PAPERS_HEIGHT: Final = 70
_BAR: Final = 22
_NAME_ROOM: Final = 400
"""The most units of a row's name; the bar and the note stand behind it."""
_BARS_FROM: Final = MARGIN + _NAME_ROOM + 16
_LEAST_BAR: Final = 3
_FEW: Final = 8
"""Up to this many columns, each has a number, and a label if there is room."""
_LABELS: Final = 7
"""Labels below more columns, at most."""
_LABEL_GAP: Final = 4
"""The least units between two labels."""


class Measure(Protocol):
    """Measures texts, as the fonts that they are drawn with."""

    def drawable(self, text: str, plain: str = "") -> str:
        """Return what is drawn of a text, or else of its plain form."""
        ...

    def width(self, text: str, size: int) -> float:
        """Return the width of a text, which has only characters that a font has, in units."""
        ...

    def fit(self, text: str, size: int, room: float) -> str:
        """Return a drawable text, shortened to a width."""
        ...


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text on one line, every character of which can be drawn."""

    left: float
    baseline: float
    text: str
    size: int
    colour: str


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """Everything on a chart, in the order in which it is drawn."""

    height: int
    shapes: tuple[Box | Text, ...]


def place(chart: Chart, measure: Measure) -> PlacedChart:
    """Return where everything stands on a chart."""
    page = _Page(measure)
    page.line(chart.title, _TITLE, TEXT, below=12)
    page.line(chart.subtitle, _BODY, QUIET, below=_GAP)
    if chart.columns:
        votes = [each.votes for each in chart.columns]
        papers = [each.papers for each in chart.columns]
        page.line(chart.votes, _HEADING, VOTES, below=10)
        page.columns(votes, _VOTES_HEIGHT, VOTES)
        page.labels(chart.columns)
        page.line(chart.papers, _HEADING, PAPERS, below=10)
        page.columns(papers, _PAPERS_HEIGHT, PAPERS)
        page.gap(_GAP)
    for heading, rows, colour in (
        (chart.top, chart.top_rows, VOTES),
        (chart.rising, chart.rising_rows, TERMS),
    ):
        if rows:
            page.line(heading, _HEADING, colour, below=12)
            page.rows(rows, colour)
            page.gap(_GAP)
    page.line(chart.foot, _SMALL, QUIET, below=0)
    return PlacedChart(round(page.top + MARGIN - 8), tuple(page.shapes))


class _Page:
    """The shapes that were placed so far, from the top."""

    def __init__(self, measure: Measure) -> None:
        self.shapes: list[Box | Text] = []
        self.top: float = MARGIN
        self._measure = measure

    def gap(self, height: float) -> None:
        self.top += height

    def line(self, label: Label, size: int, colour: str, *, below: float) -> None:
        """Place a line of text, unless nothing of it can be drawn."""
        text = self._fit(label, size, WIDTH - 2 * MARGIN)
        if not text:
            return
        self._text(MARGIN, self.top + size * 0.8, text, size, colour)
        self.top += size + below

    def _fit(self, label: Label, size: int, room: float) -> str:
        return self._measure.fit(self._measure.drawable(label.text, label.plain), size, room)

    def _text(self, left: float, baseline: float, text: str, size: int, colour: str) -> None:
        if text:
            self.shapes.append(Text(left, baseline, text, size, colour))

    def _center(self, middle: float, baseline: float, text: str, colour: str) -> None:
        """Center a small text at an x coordinate, but keep it within the margins."""
        self._text(self._left_of_centred(middle, text), baseline, text, _SMALL, colour)

    def _left_of_centred(self, middle: float, text: str) -> float:
        width = self._measure.width(text, _SMALL)
        return min(max(middle - width / 2, MARGIN), WIDTH - MARGIN - width)

    def columns(self, values: list[int], height: float, colour: str) -> None:
        """Place columns with their numbers; of many, only the highest one has its number."""
        step = (WIDTH - 2 * MARGIN) / len(values)
        most = max(values)
        ground = self.top + _SMALL + height
        named = range(len(values)) if len(values) <= _FEW else [values.index(most)]
        for at, value in enumerate(values):
            left = MARGIN + at * step
            size = max(value / most * height, _LEAST_BAR) if value else 0
            if size:
                width = step * 0.7
                self.shapes.append(Box(left + step * 0.15, ground - size, width, size, colour))
            if value and at in named:
                number = self._measure.fit(short_number(value), _SMALL, WIDTH)
                self._center(left + step / 2, ground - size - 6, number, TEXT)
        self.shapes.append(Box(MARGIN, ground, WIDTH - 2 * MARGIN, 2, GROUND))
        self.top = ground + 8

    def labels(self, columns: tuple[Column, ...]) -> None:
        """Place the labels below columns; of many, as many as don't overlap."""
        every = 1 if len(columns) <= _FEW else -(-len(columns) // _LABELS)
        while self._overlap(found := self._labels(columns, every)) and every < len(columns):
            every += 1
        self.shapes += found
        self.top += _SMALL + _GAP * 0.7

    def _labels(self, columns: tuple[Column, ...], every: int) -> list[Text]:
        """Return the labels below every so many columns, from left to right."""
        step = (WIDTH - 2 * MARGIN) / len(columns)
        found = []
        for at in range(0, len(columns), every):
            text = self._fit(columns[at].label, _SMALL, WIDTH - 2 * MARGIN)
            left = self._left_of_centred(MARGIN + (at + 0.5) * step, text)
            if text:
                found.append(Text(left, self.top + _SMALL * 0.8, text, _SMALL, QUIET))
        return found

    def _overlap(self, texts: list[Text]) -> bool:
        """Return whether two neighbouring labels overlap, or almost touch."""
        return any(
            one.left + self._measure.width(one.text, _SMALL) + _LABEL_GAP > other.left
            for one, other in pairwise(texts)
        )

    def rows(self, rows: tuple[Row, ...], colour: str) -> None:
        """Place rows: name, bar and the value in words."""
        most = max(max(row.value, row.before or 0) for row in rows) or 1
        notes = [self._fit(row.note, _SMALL, WIDTH / 3) for row in rows]
        widest = max(self._measure.width(note, _SMALL) for note in notes)
        room = WIDTH - MARGIN - widest - 12 - _BARS_FROM
        for row, note in zip(rows, notes, strict=True):
            baseline = self.top + _BODY * 0.8
            self._text(MARGIN, baseline, self._fit(row.label, _BODY, _NAME_ROOM), _BODY, TEXT)
            length = max(row.value / most * room, _LEAST_BAR)
            self.shapes.append(Box(_BARS_FROM, self.top + 2, length, _BAR, colour))
            if row.before is not None:
                earlier = row.before / most * room
                if earlier:
                    under = self.top + 2 + _BAR
                    self.shapes.append(Box(_BARS_FROM, under, earlier, _BAR / 3, BEFORE))
                length = max(length, earlier)
            self._text(_BARS_FROM + length + 12, baseline, note, _SMALL, QUIET)
            self.top += _LINE
        self.top += _BODY - _LINE


_THOUSAND: Final = 1_000


def short_number(number: int) -> str:
    """Return a number in few characters.

    >>> short_number(1_020), short_number(12_345), short_number(9_999_999)
    ('1,020', '12.3k', '10M')
    """
    if number < 10 * _THOUSAND:
        return f"{number:,}"
    for unit, size in (("k", _THOUSAND), ("M", _THOUSAND**2), ("G", _THOUSAND**3)):
        short = f"{number / size:.3g}"
        if float(short) < _THOUSAND:
            return short + unit
    return f"{number / _THOUSAND**4:.0f}T"
