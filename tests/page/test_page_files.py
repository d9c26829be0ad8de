"""The page's files have their types, and a browser that has them is not sent them again."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox import Sandbox
from bot.sandbox.page import Page, PageOptions
from bot.sandbox.page.static_files import static_files

pytestmark = pytest.mark.asyncio(loop_scope="session")

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with Sandbox() as sandbox:
        guild = sandbox.add_guild("Lab")
        guild.add_channel("general")
        async with (
            Page(sandbox, PageOptions(people=[guild.add_member("Anna")])) as page,
            aiohttp.ClientSession(base_url=page.url) as session,
        ):
            yield session


@pytest.mark.parametrize("path", sorted(static_files()))
async def test_each_file_has_its_type_and_is_sent_once(
    http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(path) as response:
        assert response.status == 200
        assert response.content_type == TYPES[path.rpartition(".")[2]]
        assert response.charset == "utf-8"
        assert response.headers["Cache-Control"] == "no-cache"
        etag = response.headers["ETag"]
        assert await response.read() == static_files()[path].body
    async with http.get(path, headers={"If-None-Match": f'"other", {etag}'}) as response:
        assert response.status == 304
        assert await response.read() == b""
        assert response.headers["ETag"] == etag
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    async with http.get(path, headers={"If-None-Match": '"other"'}) as response:
        assert response.status == 200


async def test_the_page_itself_is_its_index(http: aiohttp.ClientSession) -> None:
    async with http.get("") as response:
        assert await response.read() == static_files()["index.html"].body
