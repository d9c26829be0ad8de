"""A process that has imported the bot, and forks itself for each run of the program.

To import the bot takes half a second of computing, and the tests start a hundred processes of it.

    python fork_server.py SOCKET ADDRESS

SOCKET is the file descriptor of a UNIX socket; at ADDRESS the server listens for more of them, as
of other workers. To each it writes a byte when it is ready, and when the other ends of all are
closed, the server ends. A request is its length in four bytes and a JSON
object, with the file descriptors of stdin, stdout and stderr, and of a pipe: the new process's id
is written to it, then its exit status, a line each.
"""

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final

_MODULES: Final = (
    *("bot.app", "bot.cli.app", "bot.cli.run", "bot.cli.bot_process"),
    *("bot.cli.fetch", "bot.cli.fetch_process", "bot.cli.demo", "bot.cli.demo_process"),
    *("bot.cli.export", "bot.cli.ingest", "bot.cli.lookup", "bot.cli.sources"),
)
_statuses: Final[list[int]] = []
"""The exit status of this process, once it ends by `SystemExit` or by returning."""


def _end_at_once() -> None:
    """End without freeing what was imported: the system would have to copy it first.

    An error's traceback and its status are Python's own, which then frees everything.
    """
    if _statuses:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_statuses[0])


@dataclass(frozen=True)
class Program:
    """What a new process runs: arguments of Python, `-m MODULE …`, `-c CODE …` or `SCRIPT …`."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str

    def run(self) -> None:
        """Run it as Python would; it ends as `SystemExit` or by returning."""
        # What Python opened at its start was another file, perhaps of another kind.
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - until the end
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115 - as above
        sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115 - as above
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        time.tzset()
        if self.arguments[0] == "-m":
            _, module, *sys.argv[1:] = self.arguments
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        elif self.arguments[0] == "-c":
            _, code, *sys.argv[1:] = self.arguments
            exec(code, {"__name__": "__main__"})  # noqa: S102 - a test's
        else:
            sys.argv = self.arguments
            sys.path.insert(0, os.path.dirname(self.arguments[0]))  # noqa: PTH120 - as Python does
            runpy.run_path(self.arguments[0], run_name="__main__")


def serve(client: socket.socket, listener: socket.socket) -> Program | None:
    """Fork for each request; return the program in the new process, and `None` in the old one."""
    statuses: dict[int, int] = {}
    """The pipe of each running process."""
    has_ended, on_end = os.pipe()
    os.set_blocking(on_end, False)
    signal.set_wakeup_fd(on_end)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    clients = [client]
    client.send(b"r")
    while clients:
        watched: list[int | socket.socket] = [has_ended, listener, *clients]
        ready, _, _ = select.select(watched, [], [])
        if has_ended in ready:
            os.read(has_ended, 4096)
            _report_ended(statuses)
        if listener in ready:
            clients.append(listener.accept()[0])
            clients[-1].send(b"r")
        for requests in [each for each in clients if each in ready]:
            header, descriptors, _, _ = socket.recv_fds(requests, 4, 4)
            if not header:
                clients.remove(requests)
                requests.close()
                continue
            *streams, status = descriptors
            body = _read_exactly(requests, int.from_bytes(header))
            pid = os.fork()
            if pid == 0:
                _take(streams)
                for descriptor in (*streams, status, *statuses.values(), has_ended, on_end):
                    os.close(descriptor)
                for each in (listener, *clients):
                    each.close()
                return Program(**json.loads(body))
            for stream in streams:
                os.close(stream)
            statuses[pid] = status
            os.write(status, f"{pid}\n".encode())
    return None


def _take(streams: Sequence[int]) -> None:
    """Have the standard streams, and handle signals as Python does."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)


def _read_exactly(requests: socket.socket, size: int) -> bytes:
    body = b""
    while len(body) < size:
        body += requests.recv(size - len(body))
    return body


def _parse_texts() -> None:
    """Parse the bot's texts once for all processes: it takes as long as the rest of a start."""
    texts = import_module("config.texts")
    vars(texts)["FluentResource"] = cache(texts.FluentResource)
    texts.Catalogue.load()


def _report_ended(statuses: dict[int, int]) -> None:
    """Write the exit status of each process that has ended to its pipe."""
    while statuses:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        pipe = statuses.pop(pid)
        # Perhaps nobody waits for it any more.
        with suppress(BrokenPipeError):
            os.write(pipe, f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os.close(pipe)


if __name__ == "__main__":
    # What is registered first is called last, after that of any module.
    atexit.register(_end_at_once)
    for name in _MODULES:
        import_module(name)
    _parse_texts()
    # Else garbage collection in the new processes would copy all that was imported.
    gc.freeze()
    listening = socket.socket(socket.AF_UNIX)
    # There may be one of a server that has ended.
    with suppress(FileNotFoundError):
        os.unlink(sys.argv[2])  # noqa: PTH108 - as above
    listening.bind(sys.argv[2])
    listening.listen()
    program = serve(socket.socket(fileno=int(sys.argv[1])), listening)
    try:
        if program is not None:
            program.run()
        _statuses.append(0)
    except SystemExit as ending:
        if isinstance(ending.code, int | None):
            _statuses.append(ending.code or 0)
        raise
