"""`daily-papers demo` as a separate process."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from forked_process import ForkedProcess

PATIENCE: Final = 60
"""Seconds until what the process should do has not been done."""
_PROJECT: Final = Path(__file__).parents[1]


@asynccontextmanager
async def served(*arguments: str) -> AsyncIterator[tuple[ForkedProcess, str]]:
    """Run the demo with arguments; yield the process and its first line, which has the address."""
    process = await ForkedProcess.start(
        *("-m", "bot", "demo", *arguments), env=os.environ, cwd=_PROJECT
    )
    try:
        assert process.stdout
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        yield process, line.decode()
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
