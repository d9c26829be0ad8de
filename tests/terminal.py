"""The command line on a terminal."""

import os
import pty
import subprocess
import sys
from typing import Final

CALL: Final = (sys.executable, "-m", "bot")


def on_a_terminal(arguments: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run a command on a terminal and return its status and what it drew."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - our own program
        [*CALL, *arguments], env=environment, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        drawn = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says so where the other end is closed.
                break
            if not part:
                break
            drawn += part
        status = process.wait()
    os.close(ours)
    return status, drawn.decode()
