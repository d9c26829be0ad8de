"""`daily-papers demo` as a separate process that serves its page."""

import asyncio
import re
import signal
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from browsing import BROWSERS, find_browser

CALL = (sys.executable, "-m", "bot")
PATIENCE = 30
PROJECT = Path(__file__).parents[2]
PICTURE = PROJECT / "tests" / "readme_picture.py"
MOST_BYTES = 200 * 1024


@asynccontextmanager
async def served(*arguments: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *CALL, "demo", *arguments, stdout=pipe, stderr=pipe, cwd=PROJECT
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
        address = re.fullmatch(r"The bot is at work at (http://127\.0\.0\.1:\d+/) .*\n", line)
        assert address
        async with aiohttp.ClientSession() as session, session.get(address[1]) as response:
            assert response.status == 200
            assert "main.js" in await response.text()
        port = address[1].rsplit(":", 1)[1].strip("/")
        async with served("--port", port) as (second, nothing):
            assert nothing == ""
            assert second.stderr
            assert b"The page can't be served" in await second.stderr.read()
            assert await second.wait() == 1
        process.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert (process.returncode, out, err) == (0, b"", b"")


@pytest.mark.slow
async def test_the_pictures_of_the_readme_can_be_taken(tmp_path: Path) -> None:
    if find_browser() is None:
        pytest.skip(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PICTURE), str(tmp_path), cwd=PROJECT
    )
    assert await asyncio.wait_for(process.wait(), 2 * PATIENCE) == 0
    for name, expected in (("page.png", (1400, 950)), ("phone.png", (488, 950))):
        picture = (tmp_path / name).read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", picture[16:24]) == expected


@pytest.mark.parametrize("name", ["page.png", "phone.png"])
def test_the_pictures_of_the_readme_are_small(name: str) -> None:
    assert f'src=".assets/{name}"' in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert (PROJECT / ".assets" / name).stat().st_size < MOST_BYTES
