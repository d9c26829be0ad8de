"""Take the pictures of the README and of docs/demo.md: `daily-papers demo` in a real browser.

    python tests/readme_picture.py .assets

The chart is drawn as the bot draws it, from made-up numbers: the demo has papers of eight days.

It needs Chromium or Chrome, and Playwright, which comes with the `test` extra.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from browsing import BROWSERS, find_browser, launched
from catalogue import CATALOGUE
from palette_png import reduce_colours
from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize

from bot.charts.drawing import draw
from bot.charts.fonts import Fonts
from bot.ui.trends import ComparedPeriod, build_chart
from storage.records import RisingTerm, Span, TopPaper, Trends

NAMES: Final = ("chart", "welcome", "setup", "page", "phone", "schedules")
"""Of the pictures, without `.png`."""
MOST_BYTES: Final = 100 * 1024
"""Of a picture."""
_DESKTOP: Final = ViewportSize(width=1120, height=760)
_LOW: Final = ViewportSize(width=1120, height=560)
_PHONE: Final = ViewportSize(width=390, height=880)
_SCALE: Final = 1.25
"""Pixels per pixel: sharp enough for small letters, small enough for a repository."""
_PATIENCE: Final = 30.0
"""Seconds to wait for the demo to start."""


@asynccontextmanager
async def _demo() -> AsyncIterator[str]:
    """Run `daily-papers demo`; yield its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), _PATIENCE)
        address = re.search(rb"http://\S+", line)
        if address is None:
            raise SystemExit("the demo did not start")
        yield address[0].decode()
    finally:
        process.terminate()
        await process.wait()


class _Camera:
    """Takes pictures of a browser, each with few colours."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder
        self._contexts: list[BrowserContext] = []

    async def open(self, address: str, size: ViewportSize) -> Page:
        """Open the demo in a window of a size."""
        context = await self._browser.new_context(
            viewport=size,
            device_scale_factor=_SCALE,
            timezone_id="UTC",
            locale="en-GB",
            has_touch=size is _PHONE,
            # Without animations, such as a picture that fades in.
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        page = await context.new_page()
        await page.goto(address)
        return page

    async def close(self) -> None:
        """Close the windows."""
        for context in self._contexts:
            await context.close()

    async def take(self, name: str, what: Page | Locator) -> None:
        """Write a picture of a page or of a part of it."""
        page = what if isinstance(what, Page) else what.page
        await page.mouse.move(0, 0)
        png = await reduce_colours(page, await what.screenshot())
        (self._folder / f"{name}.png").write_bytes(png)


async def _take_desktop(camera: _Camera, address: str) -> None:
    page = await camera.open(address, _LOW)
    await page.get_by_role("button", name="Set up").wait_for()
    await _hide_notifications(page)
    await camera.take("welcome", page)
    await page.set_viewport_size(_DESKTOP)
    await page.get_by_role("button", name="Set up").click()
    await page.get_by_role("button", name="Start").wait_for()
    await _scroll_down(page)
    await camera.take("setup", page.locator("main"))
    await page.get_by_role("button", name="Start").click()
    await page.get_by_role("button", name="Manage").wait_for()
    await page.locator("header.top").get_by_role("button", name="Next morning").click()
    await page.locator(".picture.loaded").first.wait_for()
    await _scroll_down(page)
    await camera.take("page", page)
    await _hide_notifications(page)
    await page.locator("#message-box").fill("/schedule list")
    await page.get_by_role("button", name="Send").click()
    answer = page.locator(".message:not(.pending)", has_text="used /schedule list")
    await answer.get_by_role("button", name="Manage").wait_for()
    await camera.take("schedules", answer)


async def _take_phone(camera: _Camera, address: str) -> None:
    page = await camera.open(address, _PHONE)
    post = page.locator(".message", has=page.locator(".embed"))
    await post.locator(".picture.loaded").wait_for(state="attached")
    await post.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    await page.locator(".go-down").evaluate("(node) => node.remove()")
    await camera.take("phone", page)


async def _hide_notifications(page: Page) -> None:
    await page.locator(".toasts").evaluate("(node) => node.replaceChildren()")


async def _scroll_down(page: Page) -> None:
    await page.get_by_role("log").evaluate("(node) => node.scrollTo(0, node.scrollHeight)")


_MONDAY: Final = date(2025, 2, 17)
_WEEK: Final = Trends(
    first=_MONDAY,
    last=_MONDAY + timedelta(6),
    papers=142,
    votes=3_210,
    spans=tuple(
        Span(_MONDAY + timedelta(at), _MONDAY + timedelta(at), papers, votes)
        for at, (papers, votes) in enumerate(
            [(24, 310), (31, 820), (28, 640), (35, 1_020), (22, 400), (2, 20), (0, 0)]
        )
    ),
    top=(
        TopPaper("2502.14499", "MLGym: A New Framework and Benchmark", 121),
        TopPaper("2502.14739", "SuperGPQA: Scaling LLM Evaluation", 78),
        TopPaper("2502.14786", "SigLIP 2: Multilingual Encoders", 76),
    ),
    rising=(
        RisingTerm("agents", 12, 4, "에이전트"),
        RisingTerm("sparse attention", 7, 1, "희소 어텐션"),
        RisingTerm("world model", 6, 0),
    ),
    is_compared=True,
)


def draw_chart(language: str) -> bytes:
    """Return the chart of a week as a PNG."""
    texts = CATALOGUE.for_locale(language)
    return draw(build_chart(_WEEK, ComparedPeriod("week", "week"), texts), Fonts.find())


async def take(browser: Browser, address: str, folder: Path) -> None:
    """Write the pictures of a demo that has just started to a folder."""
    (folder / "chart.png").write_bytes(draw_chart("en"))
    camera = _Camera(browser, folder)
    await _take_desktop(camera, address)
    await _take_phone(camera, address)
    await camera.close()


async def _main(folder: Path) -> None:
    path = find_browser()
    if path is None:
        raise SystemExit(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    async with _demo() as address, launched(path) as browser:
        await take(browser, address, folder)


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
