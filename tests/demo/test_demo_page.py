"""`daily-papers demo` as a separate process that serves its page."""

import asyncio
import os
import re
import signal
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from browsing import BROWSERS, find_browser, launched
from forked_process import ForkedProcess
from playwright.async_api import Page, expect
from readme_picture import NAMES

PATIENCE = 30
PROJECT = Path(__file__).parents[2]
PICTURE = PROJECT / "tests" / "readme_picture.py"
MOST_BYTES = 100 * 1024
SIZES = {"page": (1400, 950), "phone": (488, 1100), "welcome": (1400, 700)}


@asynccontextmanager
async def served(*arguments: str) -> AsyncIterator[tuple[ForkedProcess, str]]:
    process = await ForkedProcess.start(
        *("-m", "bot", "demo", *arguments), env=os.environ, cwd=PROJECT
    )
    try:
        assert process.stdout
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        yield process, line.decode()
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.slow
async def test_the_demo_prints_its_address_serves_the_page_and_ends_on_a_signal() -> None:
    async with served() as (process, line):
        address = re.fullmatch(r"The demo runs at (http://127\.0\.0\.1:\d+/) .*\n", line)
        assert address
        async with aiohttp.ClientSession() as session, session.get(address[1]) as response:
            assert response.status == 200
            assert "scripts/main.js" in await response.text()
        port = address[1].rsplit(":", 1)[1].strip("/")
        async with served("--port", port) as (second, nothing):
            assert nothing == ""
            assert second.stderr
            assert b"The page can't be served" in await second.stderr.read()
            assert await second.wait() == 1
        process.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert (process.returncode, out, err) == (0, b"", b"")


@asynccontextmanager
async def opened(*arguments: str) -> AsyncIterator[Page]:
    """Run the demo, and open its page in a browser."""
    path = find_browser()
    if path is None:
        pytest.skip(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    async with served(*arguments) as (_, line), launched(path) as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 4000})
        (address,) = re.findall(r"http://\S+", line)
        await page.goto(address)
        yield page


@pytest.mark.slow
async def test_every_picture_of_the_demo_is_shown_without_a_network() -> None:
    async with opened("--ready") as page:
        log = page.get_by_role("log")
        for arxiv_id in ("2502.14499", "2502.93601", "2502.93901"):
            await page.locator("#message-box").fill(f"/paper {arxiv_id}")
            await page.get_by_role("button", name="Send").click()
            await expect(log).to_contain_text(f"arXiv {arxiv_id}")
        await page.locator("header").get_by_role("button", name="Next morning").click()
        await expect(log).to_contain_text("Friday, February 21 · top 5 of 30")
        await expect(page.locator(".picture")).to_have_count(4)
        await expect(page.locator(".picture.loaded")).to_have_count(4)


@pytest.mark.slow
async def test_a_paper_without_a_text_is_written_while_it_is_read_and_shows_its_quotes() -> None:
    async with opened("--ready") as page:
        log = page.get_by_role("log")
        await page.locator("#message-box").fill("/paper 2502.12853")
        await page.get_by_role("button", name="Send").click()
        await expect(log).to_contain_text(
            "Written by demo-model, each sentence quotes the abstract"
        )
        await log.get_by_role("button", name="Quotes").click()
        quote = log.locator("blockquote", has_text="Mathematical reasoning improves with little")
        await expect(quote).to_be_visible()
        await log.get_by_role("button", name="Report").last.click()
        form = page.get_by_role("dialog")
        await form.get_by_label("What is wrong?").fill("The second sentence.")
        await form.get_by_role("button", name="Submit").click()
        await expect(log).to_contain_text("Thank you! The bot's operator will look at it.")


@pytest.mark.slow
async def test_the_empty_demo_has_no_schedule_either() -> None:
    async with opened("--empty") as page:
        morning = page.locator("header").get_by_role("button", name="Next morning")
        await morning.click()
        await expect(page.get_by_role("status")).to_contain_text("/setup")
        await page.locator("#message-box").fill("/top count:1")
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".message")).to_contain_text(["Daily Papers"])
        await expect(page.locator(".embed-title")).to_have_count(0)


@pytest.mark.slow
async def test_the_pictures_of_the_readme_can_be_taken(tmp_path: Path) -> None:
    if find_browser() is None:
        pytest.skip(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PICTURE), str(tmp_path), cwd=PROJECT
    )
    assert await asyncio.wait_for(process.wait(), 2 * PATIENCE) == 0
    for name in NAMES:
        picture = (tmp_path / f"{name}.png").read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", picture[16:24])
        assert (width, height) == SIZES.get(name, (width, height))
        assert len(picture) < MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_the_pictures_of_the_readme_are_shown_and_small(name: str) -> None:
    assert f".assets/{name}.png" in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert f"../.assets/{name}.png" in (PROJECT / "docs" / "demo.md").read_text(encoding="utf-8")
    assert (PROJECT / ".assets" / f"{name}.png").stat().st_size < MOST_BYTES


def test_no_picture_of_the_readme_is_left_over() -> None:
    assert sorted(NAMES) == sorted(each.stem for each in (PROJECT / ".assets").iterdir())
