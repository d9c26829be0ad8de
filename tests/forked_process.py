"""Start the program as a process that is forked from one that has imported it already.

Such a process is like one that `asyncio.create_subprocess_exec` starts, but for its start, which
takes a tenth of the time, and its end, at which Python frees nothing. Where these matter, tests
start Python itself.
"""

import asyncio
import atexit
import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final, Self

from filelock import FileLock
from network_guard import GUARDED_PATH

_SERVER: Final = Path(__file__).with_name("fork_server.py")
_ROOT: Final = Path(__file__).parents[1]
_ADDRESS: Final = "DAILY_PAPERS_TEST_FORK_SERVER"
"""The environment variable that names the socket of a server."""
_starting: Final = Lock()


def share_server() -> None:
    """Let this process and those that it starts, as workers, use one server, whoever starts it."""
    if _ADDRESS not in os.environ:
        folder = TemporaryDirectory()
        atexit.register(folder.cleanup)
        os.environ[_ADDRESS] = str(Path(folder.name) / "forks")


def _server() -> socket.socket:
    """Return the socket for requests to the server, which this process connects to once."""
    with _starting:
        return _connect_once()


@cache
def _connect_once() -> socket.socket:
    share_server()
    address = os.environ[_ADDRESS]
    with FileLock(f"{address}.lock"):
        try:
            return _connect(address)
        except OSError:
            return _start_server(address)


def _connect(address: str) -> socket.socket:
    """Connect to a server that another worker has started.

    Raises:
        OSError: There is none, or none any more.
    """
    ours = socket.socket(socket.AF_UNIX)
    try:
        ours.connect(address)
        if not ours.recv(1):
            raise ConnectionResetError("the server has just ended")
    except OSError:
        ours.close()
        raise
    atexit.register(ours.close)
    return ours


def _start_server(address: str) -> socket.socket:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(_SERVER), str(theirs.fileno()), address],
            env={**os.environ, "PYTHONPATH": GUARDED_PATH},
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
    # It has imported everything.
    assert ours.recv(1)

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _read_line(descriptor: int) -> bytes:
    """Read a line from a pipe, and nothing after it."""
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(descriptor, 1)
    return line


class ForkedProcess:
    """A process of the program, with the methods of `asyncio.subprocess.Process`."""

    def __init__(self, pid: int, status: int, outputs: Sequence[int], given: int | None) -> None:
        """Watch a process, given the pipes of its exit status, its outputs and its input."""
        self.pid = pid
        self.returncode: int | None = None
        self.stdin: io.FileIO | None = None if given is None else io.FileIO(given, "w")
        self.stdout: asyncio.StreamReader | None = None
        self.stderr: asyncio.StreamReader | None = None
        if outputs:
            self.stdout, self.stderr = asyncio.StreamReader(), asyncio.StreamReader()
        self._status = asyncio.StreamReader()
        readers = filter(None, (self._status, self.stdout, self.stderr))
        pipes = [*zip(readers, (status, *outputs), strict=True)]
        self._ending = asyncio.create_task(self._end(pipes), name=f"end of process {pid}")

    @classmethod
    async def start(
        cls,
        *arguments: str,
        env: Mapping[str, str] = os.environ,
        cwd: Path = _ROOT,
        log: Path | None = None,
        terminal: int | None = None,
        has_stdin: bool = False,
    ) -> Self:
        """Start a process.

        Args:
            arguments: Of Python: `-m MODULE …`, `-c CODE …` or `SCRIPT …`.
            env: All environment variables; by default those of this process.
            cwd: Its working directory; by default the root of the project.
            log: The file to which stdout and stderr are written; by default they are pipes.
            terminal: The descriptor of a terminal to which they are written instead.
            has_stdin: Whether stdin is a pipe, to which the caller writes; else it is empty.
        """
        server = await asyncio.to_thread(_server)
        # From here on nothing is awaited: whoever is cancelled leaves no process behind.
        request = json.dumps(
            {"arguments": arguments, "environment": dict(env), "folder": str(cwd)}
        ).encode()
        reading, status = os.pipe()
        outputs: list[int] = []
        given: int | None = None
        if terminal is not None:
            streams = [os.dup(terminal)] * 2
        elif log is not None:
            streams = [os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)] * 2
        else:
            pipes = [os.pipe(), os.pipe()]
            outputs, streams = ([pipe[end] for pipe in pipes] for end in (0, 1))
        if has_stdin:
            stdin, given = os.pipe()
        else:
            stdin = os.open(os.devnull, os.O_RDONLY)
        passed = [stdin, *streams, status]
        socket.send_fds(server, [len(request).to_bytes(4)], passed)
        server.sendall(request)
        for descriptor in {*passed}:
            os.close(descriptor)
        return cls(int(_read_line(reading)), reading, outputs, given)

    async def _end(self, pipes: Sequence[tuple[asyncio.StreamReader, int]]) -> None:
        loop = asyncio.get_running_loop()
        for reader, descriptor in pipes:
            await loop.connect_read_pipe(
                partial(asyncio.StreamReaderProtocol, reader), os.fdopen(descriptor, "rb")
            )
        self.returncode = int(await self._status.readline())
        # At its end the pipe is closed.
        await self._status.read()

    async def wait(self) -> int:
        """Wait for the end, and return the exit status; a signal's is negative."""
        await asyncio.shield(self._ending)
        assert self.returncode is not None
        return self.returncode

    async def communicate(self, given: bytes = b"") -> tuple[bytes, bytes]:
        """Write to stdin, if it is a pipe, and read stdout and stderr until the end."""
        assert self.stdout is not None
        assert self.stderr is not None
        if self.stdin is not None and not self.stdin.closed:
            # What is given fits into the pipe; perhaps nobody reads it any more.
            with suppress(BrokenPipeError):
                self.stdin.write(given)
            self.stdin.close()
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
