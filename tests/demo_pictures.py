"""Draw the demo's pictures: small PNGs that show nothing real.

    python tests/demo_pictures.py bot/demo/picture_files

It needs Chromium or Chrome, and Playwright, which comes with the `test` extra.
"""

import asyncio
import itertools
import sys
from pathlib import Path
from random import Random
from typing import Final

from browsing import BROWSERS, find_browser, launched

_WIDTH: Final = 384
_HEIGHT: Final = 216
_COLOURS: Final = ("#4f6bed", "#e8684a", "#2aa889", "#b083d9", "#e0a526")
_FRAME: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
    'viewBox="0 0 480 270"><rect width="480" height="270" fill="#fbfaf7"/>{shapes}'
    '<text x="470" y="260" text-anchor="end" font-family="sans-serif" font-size="12" '
    'fill="#666">made for the demo</text></svg>'
)


def _bars(chance: Random) -> str:
    shapes = []
    for place in range(12):
        height = chance.randint(30, 190)
        colour = _COLOURS[place % 3]
        x = 40 + place // 3 * 105 + place % 3 * 28
        shapes.append(
            f'<rect x="{x}" y="{235 - height}" width="24" height="{height}" fill="{colour}"/>'
        )
    return "".join(shapes) + '<path d="M30 235H450" stroke="#333" stroke-width="2"/>'


def _curves(chance: Random) -> str:
    shapes = ['<path d="M40 20V235H450" stroke="#333" stroke-width="2" fill="none"/>']
    for place in range(4):
        top, bend = chance.randint(30, 110), chance.randint(60, 180)
        shapes.append(
            f'<path d="M42 {225 - 8 * place}C{bend} {top},{bend + 120} {top},445 {top - 8}" '
            f'stroke="{_COLOURS[place]}" stroke-width="4" fill="none"/>'
        )
    return "".join(shapes)


def _grid(chance: Random) -> str:
    shapes = []
    for row in range(7):
        for column in range(14):
            shade = max(0.06, 1 - abs(column / 2 - row) / 5 - chance.random() / 3)
            shapes.append(
                f'<rect x="{32 + column * 30}" y="{24 + row * 30}" width="28" height="28" '
                f'fill="{_COLOURS[0]}" opacity="{shade:.2f}"/>'
            )
    return "".join(shapes)


def _nodes(chance: Random) -> str:
    layers = [
        [(60 + layer * 115, 135 + (place - (count - 1) / 2) * 48) for place in range(count)]
        for layer, count in enumerate((2, 4, 3, 2))
    ]
    shapes = [
        f'<path d="M{x} {y}L{u} {v}" shape-rendering="crispEdges" stroke="#999" '
        f'stroke-width="{chance.choice((1, 1, 3))}"/>'
        for left, right in itertools.pairwise(layers)
        for x, y in left
        for u, v in right
    ]
    for colour, layer in zip(_COLOURS, layers, strict=False):
        shapes += [f'<circle cx="{x}" cy="{y}" r="15" fill="{colour}"/>' for x, y in layer]
    return "".join(shapes)


async def draw(folder: Path) -> None:
    """Write all pictures to a folder."""
    path = find_browser()
    if path is None:
        raise SystemExit(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    async with launched(path) as browser:
        page = await browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        for number, shapes in enumerate((_bars, _curves, _grid, _nodes)):
            chance = Random(number)
            svg = _FRAME.format(width=_WIDTH, height=_HEIGHT, shapes=shapes(chance))
            await page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
            await page.screenshot(path=folder / f"{shapes.__name__.strip('_')}.png")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
