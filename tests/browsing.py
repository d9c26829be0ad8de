"""A real browser, and the values that the fixtures of page tests yield."""

import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from playwright.async_api import Browser, async_playwright, expect
from playwright.async_api import Page as Tab
from small_bot import ManualClock, SmallBot

from bot.app import App
from bot.demo.scene import Scene
from bot.sandbox import Channel, Guild, Person, Sandbox
from bot.sandbox.page import Page

BROWSERS: Final = (
    "chromium-headless-shell",
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)
"""Names of executables that are looked for in PATH. The first is the same browser without windows,
which takes two thirds of the processor's time."""
_FEATURES_OFF: Final = (
    # The address bar's list is a web page of its own in each window, which costs as much as ours.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # What Playwright turns off, since only one such list counts.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "OptimizationHints"),
    *("ThirdPartyStoragePartitioning", "NetworkTimeServiceQuerying", "AimEnabled"),
    "PreconnectToSearch",
    # A process for a page that is never opened.
    "SpareRendererForSitePerProcess",
)
_ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Our scripts are too short-lived to be worth optimizing.
    "--js-flags=--no-opt",
    # All pages are of one site, 127.0.0.1, whatever their ports.
    "--process-per-site",
    f"--disable-features={','.join(_FEATURES_OFF)}",
    # Request nothing outside this machine, whatever a page shows.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_LAST_SCRIPT: Final = """() => {
    localStorage.clear();
    sessionStorage.clear();
    window.WebSocket = class {};
}"""
"""What a page runs at the end of a test."""

# On a machine that is busy with something else, a page may take long.
expect.set_options(timeout=30_000)

OpenTab = Callable[..., Awaitable[Tab]]
"""Opens an address in a tab of its own; takes what a browser's context takes."""


def find_browser() -> str | None:
    """Return the path of a browser, or `None` if none is installed."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@asynccontextmanager
async def launched(path: str) -> AsyncIterator[Browser]:
    """Launch a headless browser that requests nothing outside this machine."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        await browser.close()


class Tabs:
    """Tabs of a browser that are used again, since to open a window is slow.

    A tab that is not in use still shows its last page, which can't connect to a server any more: to
    load an empty page takes a fifth as long as to load one of a test.
    """

    def __init__(self, browser: Browser) -> None:
        """Take a browser."""
        self._browser = browser
        self._free: defaultdict[str, list[Tab]] = defaultdict(list)
        """The tabs that are not in use, by the options of their contexts."""

    @asynccontextmanager
    async def tab(self, **options: Any) -> AsyncIterator[Tab]:  # noqa: ANN401  Playwright's own
        """Lend a tab with nothing stored, in a context with these options.

        It has to have the size again that it had at first: to show the page of another test at
        another size could load pictures of a server that is gone.
        """
        free = self._free[repr(sorted(options.items()))]
        tab = free.pop() if free else await (await self._browser.new_context(**options)).new_page()
        yield tab
        await tab.evaluate(_LAST_SCRIPT)
        free.append(tab)


async def choose_theme(tab: Tab, theme: str) -> None:
    """Choose `dark`, `light` or `system` in the settings, in any language."""
    await tab.locator(".you").click()
    await tab.locator(f"input[name=theme][value={theme}]").check()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_role("dialog")).to_have_count(0)


async def switch_person(tab: Tab, name: str) -> None:
    """Switch to another person, as a user does."""
    await tab.locator(".you").click()
    await tab.get_by_role("radio", name=name).check()
    await tab.keyboard.press("Escape")
    await expect(tab.locator(".you-name")).to_have_text(name)


@dataclass
class Small:
    """A small bot in a sandbox, and the page; the bot is started by the test."""

    sandbox: Sandbox
    bot: SmallBot
    page: Page
    clock: ManualClock
    guild: Guild
    general: Channel
    anna: Person

    def channel(self, channel: Channel | None = None) -> Any:  # noqa: ANN401  of whichever kind
        """A channel as the bot knows it."""
        return self.bot.get_channel((channel or self.general).id)


@dataclass
class Demo:
    """The demo, with its page served."""

    scene: Scene
    page: Page
    app: App
