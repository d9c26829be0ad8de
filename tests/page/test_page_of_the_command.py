"""The page of `daily-papers demo`, which is a separate process, in a real browser."""

import re
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from browsing import OpenTab
from playwright.async_api import Browser, expect
from readme_picture import MOST_BYTES, NAMES, take
from served_demo import served

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]

SIZES = {"page": (1400, 950), "phone": (488, 1100), "welcome": (1400, 700)}


def address_in(line: str) -> str:
    (address,) = re.findall(r"http://\S+", line)
    return str(address)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ready() -> AsyncIterator[str]:
    """The address of a demo with a schedule, in which each test has a tab of its own."""
    async with served("--ready") as (_, line):
        yield address_in(line)


async def test_every_picture_of_the_demo_is_shown_without_a_network(
    ready: str, open_tab: OpenTab
) -> None:
    # High enough for all pictures.
    page = await open_tab(ready, viewport={"width": 1280, "height": 4000})
    log = page.get_by_role("log")
    for arxiv_id in ("2502.14499", "2502.93601", "2502.93901"):
        await page.locator("#message-box").fill(f"/paper {arxiv_id}")
        await page.get_by_role("button", name="Send").click()
        await expect(log).to_contain_text(f"arXiv {arxiv_id}")
    await page.locator("header").get_by_role("button", name="Next morning").click()
    await expect(log).to_contain_text("Friday, February 21 · top 5 of 30")
    await expect(page.locator(".picture")).to_have_count(4)
    await expect(page.locator(".picture.loaded")).to_have_count(4)


async def test_a_paper_without_a_text_is_written_while_it_is_read_and_shows_its_quotes(
    ready: str, open_tab: OpenTab
) -> None:
    page = await open_tab(ready)
    log = page.get_by_role("log")
    await page.locator("#message-box").fill("/paper 2502.12853")
    await page.get_by_role("button", name="Send").click()
    await expect(log).to_contain_text("Written by demo-model, each sentence quotes the abstract")
    await log.get_by_role("button", name="Quotes").last.click()
    quote = log.locator("blockquote", has_text="Mathematical reasoning improves with little")
    await expect(quote).to_be_visible()
    await log.get_by_role("button", name="Report").last.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("What is wrong?").fill("The second sentence.")
    await form.get_by_role("button", name="Submit").click()
    await expect(log).to_contain_text("Thank you! The bot's operator will look at it.")


async def test_the_empty_demo_has_no_schedule_either(open_tab: OpenTab) -> None:
    async with served("--empty") as (_, line):
        page = await open_tab(address_in(line))
        morning = page.locator("header").get_by_role("button", name="Next morning")
        await morning.click()
        await expect(page.get_by_role("status")).to_contain_text("/setup")
        await page.locator("#message-box").fill("/top count:1")
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".message")).to_contain_text(["Daily Papers"])
        await expect(page.locator(".embed-title")).to_have_count(0)


async def test_the_pictures_of_the_readme_can_be_taken(browser: Browser, tmp_path: Path) -> None:
    async with served() as (_, line):
        await take(browser, address_in(line), tmp_path)
    for name in NAMES:
        picture = (tmp_path / f"{name}.png").read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", picture[16:24])
        assert (width, height) == SIZES.get(name, (width, height))
        assert len(picture) < MOST_BYTES
