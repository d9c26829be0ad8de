"""Start the program as a process that is forked from one that has imported it already.

Such a process is like one that `asyncio.create_subprocess_exec` starts, but for its start, which
takes a tenth of the time. Where the start matters, tests start Python itself.
"""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Self

from network_guard import GUARDED_PATH

_SERVER: Final = Path(__file__).with_name("fork_server.py")


@cache
def _server() -> socket.socket:
    """Start the server of this process; return the socket for requests."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(_SERVER), str(theirs.fileno())],
            env={**os.environ, "PYTHONPATH": GUARDED_PATH},
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


async def _reader(descriptor: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    pipe = os.fdopen(descriptor, "rb")
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    return reader


class ForkedProcess:
    """A process of the program, with the methods of `asyncio.subprocess.Process`."""

    def __init__(
        self,
        status: asyncio.StreamReader,
        pid: int,
        *outputs: asyncio.StreamReader,
    ) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdout: asyncio.StreamReader | None = None
        self.stderr: asyncio.StreamReader | None = None
        if outputs:
            self.stdout, self.stderr = outputs
        self._status = status
        self._ending = asyncio.create_task(self._end(), name=f"end of process {pid}")

    @classmethod
    async def start(
        cls,
        *arguments: str,
        env: Mapping[str, str],
        cwd: Path,
        log: Path | None = None,
    ) -> Self:
        """Start a process.

        Args:
            arguments: Of Python: `-m MODULE …` or `SCRIPT …`.
            env: All environment variables.
            cwd: Its working directory.
            log: The file to which stdout and stderr are written; by default they are pipes.
        """
        request = json.dumps(
            {"arguments": arguments, "environment": dict(env), "folder": str(cwd)}
        ).encode()
        reading, status = os.pipe()
        read_ends: list[int] = []
        if log is not None:
            streams = [os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)] * 2
        else:
            pipes = [os.pipe(), os.pipe()]
            read_ends, streams = ([pipe[end] for pipe in pipes] for end in (0, 1))
        server = _server()
        socket.send_fds(server, [len(request).to_bytes(4)], [*streams, status])
        server.sendall(request)
        for descriptor in {*streams, status}:
            os.close(descriptor)
        reader = await _reader(reading)
        pid = int(await reader.readline())
        return cls(reader, pid, *[await _reader(end) for end in read_ends])

    async def _end(self) -> None:
        self.returncode = int(await self._status.readline())
        # At its end the pipe is closed.
        await self._status.read()

    async def wait(self) -> int:
        """Wait for the end, and return the exit status; a signal's is negative."""
        await asyncio.shield(self._ending)
        assert self.returncode is not None
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """Read stdout and stderr until the end."""
        assert self.stdout is not None
        assert self.stderr is not None
        out, err = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return out, err

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal.

        Raises:
            ProcessLookupError: The process has ended.
        """
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the process. Raises as `send_signal` does."""
        self.send_signal(signal.SIGKILL)
