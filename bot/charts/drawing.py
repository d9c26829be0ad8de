"""Draw a chart as a PNG. Importing this module imports Pillow, so it is imported when needed."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from bot.charts.chart import Chart
from bot.charts.fonts import Fonts
from bot.charts.placing import BACKGROUND, WIDTH, Box, Text, place

_SCALE: Final = 1.5
"""Pixels of a unit."""
_COLOURS: Final = 64
"""Colours of the PNG: enough for smooth letters, and a tenth of the bytes of a true-colour one."""


def draw(chart: Chart, fonts: Fonts) -> bytes:
    """Return a chart as a PNG, some 1,200 pixels wide."""
    placed = place(chart, _Scaled(fonts))
    size = (round(WIDTH * _SCALE), round(placed.height * _SCALE))
    image = Image.new("RGB", size, BACKGROUND)
    pen = ImageDraw.Draw(image)
    for shape in placed.shapes:
        match shape:
            case Box(left, top, width, height, colour):
                x0, y0 = round(left * _SCALE), round(top * _SCALE)
                x1, y1 = round((left + width) * _SCALE), round((top + height) * _SCALE)
                pen.rectangle((x0, y0, max(x1 - 1, x0), max(y1 - 1, y0)), fill=colour)
            case Text(left, baseline, text, size_, colour):
                x = left * _SCALE
                for font, run in fonts.runs(text, round(size_ * _SCALE)):
                    pen.text((x, baseline * _SCALE), run, fill=colour, font=font, anchor="ls")
                    x += font.getlength(run)
    picture = BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(picture, "PNG", optimize=True)
    return picture.getvalue()


class _Scaled:
    """Measures texts in the units of a chart, as large as they are drawn."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts

    def drawable(self, text: str, plain: str = "") -> str:
        """Return what is drawn of a text, or else of its plain form."""
        return self._fonts.drawable(text, plain)

    def width(self, text: str, size: int) -> float:
        """Return the width of a text, which has only characters that a font has, in units."""
        return self._fonts.width(text, round(size * _SCALE)) / _SCALE

    def fit(self, text: str, size: int, room: float) -> str:
        """Return a drawable text, shortened to a width."""
        return self._fonts.fit(text, round(size * _SCALE), room * _SCALE)
