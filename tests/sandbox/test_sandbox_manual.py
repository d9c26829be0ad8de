"""The bot in docs/sandbox.md runs in the sandbox, and so does the sandbox by itself."""

import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from forked_process import ForkedProcess
from small_bot import Place

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "sandbox.md").read_text("utf-8")


@asynccontextmanager
async def process(*arguments: str, **variables: str) -> AsyncIterator[ForkedProcess]:
    """Run a program as a process of its own until the block ends."""
    started = await ForkedProcess.start(*arguments, env=os.environ | variables)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.send_signal(signal.SIGINT)
        _, errors = await started.communicate()
    assert started.returncode == 0, errors.decode()


async def test_the_bot_of_the_manual_answers_a_command_and_a_button_and_posts(
    place: Place, tmp_path: Path
) -> None:
    sandbox, anna = place.sandbox, place.anna
    (code,) = re.findall(r"^```python\n(import os\n.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
    (tmp_path / "hello_bot.py").write_text(code, "utf-8")
    addresses = {
        "DISCORD_URL": sandbox.url,
        "DISCORD_GATEWAY": sandbox.gateway_url,
        "DISCORD_TOKEN": sandbox.token,
    }
    async with process(str(tmp_path / "hello_bot.py"), **addresses):
        await sandbox.wait_connected()
        with sandbox.subscribe() as events:
            hello = await anna.slash("hello")
            while (posted := (await events.next("MESSAGE_CREATE")).subject) is hello.message:
                pass
        assert hello.message is not None
        again = await anna.press(hello.message, "Again")
    assert again.message is not None
    assert (hello.message.content, again.message.content) == ("Hello", "Hello again")
    assert (posted.content, posted.type) == ("Anna said hello", 0)
    assert not sandbox.refusals


async def test_the_sandbox_runs_by_itself() -> None:
    async with process("-m", "bot.sandbox", "--locale", "ko") as started:
        assert started.stdout is not None
        lines = [(await started.stdout.readline()).decode().split() for _ in range(4)]
        printed = dict(lines)
        headers = {"Authorization": f"Bot {printed['Token']}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            async with session.get(f"{printed['API']}/gateway/bot") as response:
                assert (await response.json())["url"] == printed["Gateway"]
            async with session.get(f"{printed['API']}/users/@me/guilds") as response:
                (guild,) = await response.json()
            async with session.get(f"{printed['API']}/guilds/{guild['id']}") as response:
                assert (await response.json())["preferred_locale"] == "ko"
            async with session.get(printed["Page"]) as response:
                assert "<title>" in await response.text()
