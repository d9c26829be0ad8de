"""Take the README's pictures, `page.png` and `phone.png`: `daily-papers demo` in a real browser.

    python tests/readme_picture.py .assets

It needs Chromium or Chrome, and Playwright, which comes with the `test` extra.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from browsing import BROWSERS, find_browser, launched
from playwright.async_api import Browser, Page, ViewportSize

_DESKTOP: Final = ViewportSize(width=1120, height=760)
_PHONE: Final = ViewportSize(width=390, height=760)
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


async def _show_post(page: Page) -> None:
    """Let the next morning's post be sent: its notification, its papers, its menu and buttons."""
    await page.get_by_role("button", name="Dismiss message").click()
    await page.locator("header").get_by_role("button", name="Next morning").click()
    await page.get_by_role("button", name="Discuss").wait_for()
    await page.locator(".picture.loaded").first.wait_for()
    await page.get_by_role("log").evaluate("(node) => node.scrollTo(0, node.scrollHeight)")


async def _show_paper(page: Page) -> None:
    """Look up a paper, and show the answer from its beginning."""
    await page.locator("#message-box").fill("/paper 2502.14786")
    await page.get_by_role("button", name="Send").tap()
    answer = page.locator(".message", has_text="used /paper")
    await answer.locator(".picture.loaded").wait_for(state="attached")
    await answer.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    await page.locator(".go-down").evaluate("(node) => node.remove()")


async def _take(
    browser: Browser,
    address: str,
    size: ViewportSize,
    act: Callable[[Page], Awaitable[None]],
    target: Path,
) -> None:
    context = await browser.new_context(
        viewport=size,
        device_scale_factor=_SCALE,
        timezone_id="UTC",
        locale="en-US",
        has_touch=size is _PHONE,
    )
    page = await context.new_page()
    await page.goto(address)
    await act(page)
    await page.mouse.move(0, 0)
    # Stop animations, such as a picture that fades in.
    await page.emulate_media(reduced_motion="reduce")
    await page.screenshot(path=target)
    await context.close()


async def take(folder: Path) -> None:
    """Write the pictures to a folder."""
    path = find_browser()
    if path is None:
        raise SystemExit(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    async with _demo() as address, launched(path) as browser:
        await _take(browser, address, _DESKTOP, _show_post, folder / "page.png")
        await _take(browser, address, _PHONE, _show_paper, folder / "phone.png")


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
