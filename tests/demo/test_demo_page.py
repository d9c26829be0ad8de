"""`daily-papers demo` as a separate process that serves its page."""

import asyncio
import re
import signal
from pathlib import Path

import aiohttp
import pytest
from readme_picture import MOST_BYTES, NAMES
from served_demo import PATIENCE, served

PROJECT = Path(__file__).parents[2]


@pytest.mark.slow
async def test_the_demo_prints_its_address_serves_the_page_and_ends_on_a_signal() -> None:
    async with served() as (process, line):
        address = re.fullmatch(r"The demo runs at (http://127\.0\.0\.1:\d+/) .*\n", line)
        assert address
        async with aiohttp.ClientSession() as session, session.get(address[1]) as response:
            assert response.status == 200
            assert "scripts.js" in await response.text()
        port = address[1].rsplit(":", 1)[1].strip("/")
        async with served("--port", port) as (second, nothing):
            assert nothing == ""
            assert second.stderr
            assert b"The page can't be served" in await second.stderr.read()
            assert await second.wait() == 1
        process.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert (process.returncode, out, err) == (0, b"", b"")


@pytest.mark.parametrize("name", NAMES)
def test_the_pictures_of_the_readme_are_shown_and_small(name: str) -> None:
    assert f".assets/{name}.png" in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert f"../.assets/{name}.png" in (PROJECT / "docs" / "demo.md").read_text(encoding="utf-8")
    assert (PROJECT / ".assets" / f"{name}.png").stat().st_size < MOST_BYTES


def test_no_picture_of_the_readme_is_left_over() -> None:
    assert sorted(NAMES) == sorted(each.stem for each in (PROJECT / ".assets").iterdir())
