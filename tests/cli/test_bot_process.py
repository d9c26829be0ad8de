"""The process of `daily-papers run`, in the process of the tests."""

from pathlib import Path

import pytest

from bot.cli.bot_process import run_until_stopped
from bot.cli.exit_codes import CommandError
from bot.discord_endpoint import point_at
from bot.sandbox import Sandbox
from config.settings import Settings


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/@me"),
        ("GET", "/oauth2/applications/@me"),
        ("PUT", "/applications/*/commands"),
        ("GET", "/gateway/bot"),
    ],
)
async def test_a_refused_token_exits_with_status_2_whichever_request_it_was(
    sandbox: Sandbox, tmp_path: Path, method: str, path: str
) -> None:
    fault = sandbox.faults.add(method, path, status=401, times=None)
    settings = Settings(database=tmp_path / "papers.db", discord_url=sandbox.url, sources=())
    with pytest.raises(CommandError, match="Discord does not know this token") as refused:
        await run_until_stopped(settings, sandbox.token)
    await point_at(None)
    assert refused.value.status == 2
    assert fault.hits == 1
