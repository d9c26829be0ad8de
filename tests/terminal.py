"""The command line on a terminal."""

import asyncio
import os
import pty
from pathlib import Path

from forked_process import ForkedProcess


async def on_a_terminal(
    arguments: list[str], environment: dict[str, str], folder: Path
) -> tuple[int, str]:
    """Run a command on a terminal and return its status and what it drew."""
    ours, theirs = pty.openpty()
    process = await ForkedProcess.start(
        *("-m", "bot", *arguments), env=environment, cwd=folder, terminal=theirs
    )
    os.close(theirs)
    drawn = await asyncio.to_thread(_read, ours)
    os.close(ours)
    return await process.wait(), drawn.decode()


def _read(terminal: int) -> bytes:
    """Read all that is drawn until the process ends."""
    drawn = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so where the other end is closed.
            return drawn
        if not part:
            return drawn
        drawn += part
