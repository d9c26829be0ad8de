"""Ask a bot how it is."""

from typing import Any

import aiohttp

from bot.app import App


async def ask(app: App, path: str) -> tuple[int, str]:
    """Return status and text of an answer."""
    assert app.monitor is not None
    address = f"http://127.0.0.1:{app.monitor.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.text()


async def failing(app: App, path: str) -> dict[str, Any]:
    """Return the checks of an endpoint that fail; its status must fit."""
    assert app.monitor is not None
    address = f"http://127.0.0.1:{app.monitor.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        body = await response.json()
        assert response.headers["Cache-Control"] == "no-store"
    failed = {name: check for name, check in body["checks"].items() if not check["ok"]}
    assert body["ok"] == (not failed)
    assert response.status == (503 if failed else 200)
    return failed
