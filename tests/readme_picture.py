"""Makes the README's picture: the demonstration as it is, in a real browser.

    python -m bot.demo.picture .assets/page.png

It starts `daily-papers demo`, does what a reader would, and takes a picture of what they see. It
needs Chromium or a browser of its kind, and Playwright, which comes with the `test` extra.
"""

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which a browser is looked for in the PATH."""
_ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing outside this machine is asked for, whatever a page shows.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_SIZE: Final = ViewportSize(width=1280, height=800)
_PATIENCE: Final = 30.0
"""Seconds until the demonstration has begun, or never will."""


def find_browser() -> str | None:
    """Return the path of a browser; `None` where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@asynccontextmanager
async def launched(path: str) -> AsyncIterator[Browser]:
    """Have a headless browser that asks for nothing outside this machine."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def _demonstration() -> AsyncIterator[str]:
    """Have the demonstration running; yields its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), _PATIENCE)
        address = re.search(rb"http://\S+", line)
        if address is None:
            raise SystemExit("the demonstration did not begin")
        yield address[0].decode()
    finally:
        process.terminate()
        await process.wait()


async def _act(page: Page) -> None:
    """Let the morning come, look at the ranking, begin to look for a paper."""
    await page.locator("header").get_by_role("button", name="Next morning").click()
    await page.locator(".embed").nth(4).wait_for()
    box = page.locator("#message-box")
    await box.fill("/top count:25")
    await box.page.keyboard.press("Enter")
    await page.get_by_text("Page 1 of 3").wait_for()
    await page.locator("#message-box").fill("/paper scaling")
    await page.get_by_role("option").first.wait_for()
    await page.mouse.move(0, 0)
    # What is still moving, such as a picture that fades in, comes to rest.
    await page.emulate_media(reduced_motion="reduce")


async def take(target: Path) -> None:
    """Write the picture to a file: PNG."""
    path = find_browser()
    if path is None:
        raise SystemExit(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    async with _demonstration() as address, launched(path) as browser:
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
