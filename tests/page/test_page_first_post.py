"""The first minutes with the demo, from the added bot to a deleted schedule that is restored."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
from browsing import Demo, OpenTab, choose_theme, switch_person
from catalogue import CATALOGUE
from playwright.async_api import Locator, expect
from playwright.async_api import Page as Tab

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]

ADDED: Final = "This server has just added the bot."
ADMIN: Final = "Mina"
TITLE: Final = "MLGym: A New Framework and Benchmark for Advancing AI Research Agents"
MOST_PRESSES: Final = 4
"""Presses of buttons until there is a post."""
MOST_TABS: Final = 80
"""Presses of Tab after which a control counts as out of reach."""
PHONE: Final = {"viewport": {"width": 390, "height": 780}, "has_touch": True}
DESKTOP: Final = {"viewport": {"width": 1280, "height": 800}}
COUNT: Final = """() => {
  window.counted = {presses: 0, keys: 0, pointers: 0};
  addEventListener("click", () => (counted.presses += 1), true);
  addEventListener("keydown", () => (counted.keys += 1), true);
  addEventListener("pointerdown", () => (counted.pointers += 1), true);
}"""

KEY_TO: Final = """(node) => {
  const at = document.activeElement;
  if (!node.isConnected) return null;
  if (node === at) return "";
  return node.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_PRECEDING ? "Tab" : "Shift+Tab";
}"""
"""Returns the key that moves the focus towards a control, "" when it is there, null when gone."""

Press = Callable[[Tab, Locator], Awaitable[None]]
"""Presses a control."""


async def click(_tab: Tab, control: Locator) -> None:
    await control.click()


async def tap(_tab: Tab, control: Locator) -> None:
    await control.tap()


async def press_by_keys(tab: Tab, control: Locator) -> None:
    """Move the focus to a control, forward or back, then press Enter; an option is moved to."""
    await expect(control).to_be_visible()
    if await control.get_attribute("role") == "option":
        is_active = "(node) => document.activeElement.ariaActiveDescendantElement === node"
        for _ in range(MOST_TABS):
            if await control.evaluate(is_active):
                break
            await tab.keyboard.press("ArrowDown")
        else:
            raise AssertionError(f"{control} can't be reached by arrow keys")
    else:
        # To look for the control by its role at each press would take most of the time.
        node = await control.element_handle()
        for _ in range(MOST_TABS):
            key = await node.evaluate(KEY_TO)
            if key is None:
                # The message was drawn anew.
                node = await control.element_handle()
                continue
            if not key:
                break
            await tab.keyboard.press(key)
        else:
            raise AssertionError(f"{control} can't be reached by Tab")
    await tab.keyboard.press("Enter")


@dataclass
class Walk:
    """A person who uses the demo in one way."""

    tab: Tab
    language: str
    press: Press

    def text(self, key: str, **facts: str) -> str:
        """Return a text of the bot's."""
        return CATALOGUE.for_locale(self.language)(key, **facts)

    def button(self, key: str) -> Locator:
        """Find the newest button with a label."""
        return self.tab.get_by_role("button", name=self.text(key), exact=True).last

    async def use(self, key: str) -> None:
        """Press the newest button with a label."""
        await self.press(self.tab, self.button(key))

    async def use_header(self, key: str) -> None:
        """Press the button above the conversation."""
        header = self.tab.locator("header.top")
        await self.press(self.tab, header.get_by_role("button", name=self.text(key)))


async def walk_to_first_post(walk: Walk) -> None:
    tip = walk.tab.locator(".tip")
    await expect(walk.button("welcome-set-up")).to_be_visible()
    await expect(tip).to_have_text(walk.text("demo-tip-set-up", channel="general"))
    await walk.use("welcome-set-up")
    await expect(tip).to_have_text(walk.text("demo-tip-start"))
    await walk.use("setup-button-start")
    await expect(walk.tab.get_by_role("log")).to_contain_text(walk.text("setup-started"))
    await expect(tip).to_have_text(walk.text("demo-tip-morning"))
    await walk.use_header("demo-next-morning")
    await expect(walk.tab.locator(".embed")).to_have_count(2)
    await expect(tip).to_be_empty()


async def walk_through_a_paper(walk: Walk) -> None:
    """Open a paper from the post, post it to the channel, and discuss it."""
    tab = walk.tab
    shown = tab.locator(".embed-title", has_text=TITLE)
    await expect(shown).to_have_count(1)
    await walk.press(tab, tab.get_by_role("button", name=walk.text("post-menu")))
    await walk.press(tab, tab.get_by_role("option").first)
    await expect(shown).to_have_count(2)
    await walk.use("paper-share")
    await expect(shown).to_have_count(3)
    line = walk.text("shared-by", user=f"@{ADMIN}", title=TITLE)
    await expect(tab.locator(".message .content", has_text=line)).to_have_count(1)
    await walk.use("paper-discuss")
    await expect(tab.locator("#sidebar .threaded")).to_have_count(1)


async def walk_through_deletion(walk: Walk) -> None:
    """Delete the schedule, and restore it."""
    log = walk.tab.get_by_role("log")
    await walk.use("setup-button-manage")
    await walk.use("setup-button-delete")
    await expect(log).to_contain_text(walk.text("delete-ask"))
    await walk.use("setup-button-erase")
    await walk.use("setup-button-undo")
    await expect(log).to_contain_text(walk.text("delete-undone"))


@pytest.mark.parametrize(
    ("new_demo", "theme", "device", "press"),
    [
        pytest.param("en", "light", DESKTOP, click, id="en-desktop-light"),
        pytest.param("ko", "dark", PHONE, tap, id="ko-phone-dark"),
        pytest.param("en", "dark", DESKTOP, press_by_keys, id="en-keyboard"),
    ],
    indirect=["new_demo"],
)
async def test_the_first_post_takes_four_presses_and_all_else_can_be_reached(
    new_demo: Demo,
    open_tab: OpenTab,
    theme: str,
    device: dict[str, Any],
    press: Press,
) -> None:
    tab = await open_tab(new_demo.page.url, **device)
    if theme != "dark":  # which is the theme of a new page
        await choose_theme(tab, theme)
    await tab.evaluate(COUNT)
    walk = Walk(tab, new_demo.scene.admin.locale, press)
    await walk_to_first_post(walk)
    counted = await tab.evaluate("counted")
    assert counted["presses"] <= MOST_PRESSES
    assert press is press_by_keys or counted["keys"] == 0
    await walk_through_a_paper(walk)
    await walk_through_deletion(walk)
    widths = "[document.documentElement.scrollWidth, document.querySelector('.log').scrollWidth]"
    assert max(await tab.evaluate(widths)) <= device["viewport"]["width"]
    assert press is not press_by_keys or await tab.evaluate("counted.pointers") == 0


@pytest.mark.parametrize("new_demo", ["en"], indirect=True)
async def test_the_first_step_is_one_that_the_person_can_take(
    new_demo: Demo, open_tab: OpenTab
) -> None:
    tab = await open_tab(new_demo.page.url)
    tip = tab.locator(".tip")
    for name, said in (
        ("Mina", f"{ADDED} Press “Set up” in #general."),
        (
            "Bo",
            f"{ADDED} Switch to Mina at the bottom left, who can set it up.",
        ),
        ("Ari", ""),
    ):
        await switch_person(tab, name)
        await expect(tip).to_have_text(said)
