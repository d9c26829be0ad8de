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
        address = re.fullmatch(r"The demo runs at (http://127\.0\.0\.1:\d+/) .*\n", line)
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


async def test_the_readme_screenshot_can_be_taken(tmp_path: Path) -> None:
    if find_browser() is None:
        pytest.skip(f"there is no browser: none of {', '.join(BROWSERS)} is in the PATH")
    target = tmp_path / "folder" / "page.png"
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PICTURE), str(target), cwd=PROJECT
    )
    assert await asyncio.wait_for(process.wait(), 2 * PATIENCE) == 0
    kind, size = target.read_bytes()[:8], target.read_bytes()[16:24]
    assert kind == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", size) == (1920, 1200)
