"""Take the README's picture: `daily-papers demo` in a real browser.

    python tests/readme_picture.py .assets/page.png

It needs Chromium or Chrome, and Playwright, which comes with the `test` extra.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from browsing import BROWSERS, find_browser, launched
from playwright.async_api import Page, ViewportSize

_SIZE: Final = ViewportSize(width=1280, height=800)
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


async def _act(page: Page) -> None:
    """Let the next post be sent, open a ranking, begin to type a query."""
    await page.locator("header").get_by_role("button", name="Next morning").click()
    await page.locator(".embed").nth(1).wait_for()
    box = page.locator("#message-box")
    await box.fill("/top count:25")
    await box.page.keyboard.press("Enter")
    await page.get_by_text("Page 1 of 3").wait_for()
    await page.locator("#message-box").fill("/paper scaling")
    await page.get_by_role("option").first.wait_for()
    await page.mouse.move(0, 0)
    # Stop animations, such as a picture that fades in.
    await page.emulate_media(reduced_motion="reduce")


async def take(target: Path) -> None:
    """Write the picture to a PNG file."""
    path = find_browser()
    if path is None:
        raise SystemExit(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    async with _demo() as address, launched(path) as browser:
        context = await browser.new_context(
            viewport=_SIZE, device_scale_factor=1.5, timezone_id="UTC", locale="en-US"
        )
        page = await context.new_page()
        await page.goto(address)
        await _act(page)
        target.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=target)


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
