"""A bot as a process of its own, connected to a sandbox of the benchmark."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from bot.sandbox import Sandbox

RUN: Final = ("-m", "bot", "run")
"""`daily-papers run`, as arguments of Python."""
BARE: Final = (str(Path(__file__).with_name("bare_bot.py")),)
"""The bare discord.py bot."""
_LONGEST_END: Final = 20.0
"""Seconds in which it must end after SIGTERM."""


@asynccontextmanager
async def connected_process(
    sandbox: Sandbox, variables: Mapping[str, str], arguments: Sequence[str] = RUN
) -> AsyncIterator[None]:
    """Run a bot inside the context, which begins once it is connected.

    Args:
        sandbox: What it connects to.
        variables: Environment variables, such as that of its database.
        arguments: Of Python.
    """
    usual = {
        "DAILY_PAPERS_DISCORD_URL": sandbox.url,
        "DAILY_PAPERS_TOKEN": sandbox.token,
        "DAILY_PAPERS_SOURCES": "[]",
        "DAILY_PAPERS_SEARCH_SEMANTIC": "false",
        "DAILY_PAPERS_LOG_LEVEL": "error",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env={**os.environ, **usual, **variables}
    )
    try:
        await sandbox.wait_connected()
        yield
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), _LONGEST_END)
