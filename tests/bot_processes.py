"""The bot as processes of its own; one that was killed or ended is replaced by another."""

import asyncio
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from forked_process import ForkedProcess
from network_guard import GUARDED_PATH

from bot.sandbox import Sandbox
from storage.process_lock import ProcessLock

ROOT: Final = Path(__file__).parents[1]
RUN: Final = ("-m", "bot", "run")
"""`daily-papers run`, as arguments of Python."""
IMPATIENT: Final = (str(Path(__file__).with_name("impatient.py")),)
"""`daily-papers` that tries again soon what has failed, without the arguments of its command."""
_LONGEST_END: Final = 20.0
"""Seconds in which a process must end after SIGTERM."""


def environment(sandbox: Sandbox, database: Path) -> dict[str, str]:
    """Return the environment in which a bot connects to a sandbox."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DAILY_PAPERS_")}
    return kept | {
        "PYTHONPATH": GUARDED_PATH,
        "DAILY_PAPERS_DISCORD_URL": sandbox.url,
        "DAILY_PAPERS_TOKEN": sandbox.token,
        "DAILY_PAPERS_DATABASE": str(database),
        "DAILY_PAPERS_SOURCES": "[]",
        "DAILY_PAPERS_SEARCH_SEMANTIC": "false",
    }


def leave_lock(database: Path) -> None:
    """Make the file of a database's lock, as the first run of a bot leaves it.

    Without it, a bot that starts while a test has the database open first waits for some seconds:
    another bot may be about to make the file anew.
    """
    ProcessLock(database).path.touch()


class BotProcesses:
    """Keeps as many processes of the bot running as are wanted, on one database."""

    def __init__(
        self,
        sandbox: Sandbox,
        folder: Path,
        arguments: Sequence[str] = RUN,
        *,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        """Build it; nothing runs before `async with`, and until `wanted` is set.

        Args:
            sandbox: The Discord to connect to.
            folder: Where the database `papers.db` and the logs are.
            arguments: Of Python, for each process.
            variables: Further environment variables.
        """
        self.wanted = 0
        self.started = 0
        """How many processes there were."""
        self._sandbox = sandbox
        self._folder = folder
        self._arguments = arguments
        self._variables = dict(variables or {})
        self._running: list[ForkedProcess] = []
        # Who ends all of them must not miss the one that is just being started.
        self._changing = asyncio.Lock()
        self._keeper: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._keeper = asyncio.create_task(self._keep(), name="bot processes")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self.kill()

    async def _keep(self) -> None:
        while True:
            async with self._changing:
                self._running = [each for each in self._running if each.returncode is None]
                while len(self._running) < self.wanted:
                    self._running.append(await self._start())
            await asyncio.sleep(0.05)

    async def _start(self) -> ForkedProcess:
        self.started += 1
        return await ForkedProcess.start(
            *self._arguments,
            env=environment(self._sandbox, self._folder / "papers.db") | self._variables,
            cwd=self._folder,
            log=self._folder / f"bot-{self.started}.log",
        )

    def logs(self) -> str:
        """Return what all processes have logged."""
        paths = [self._folder / f"bot-{number}.log" for number in range(1, self.started + 1)]
        return "".join(path.read_text("utf-8") for path in paths if path.exists())

    async def end(self, how: signal.Signals, *, one: bool = False) -> None:
        """End all processes, or the oldest one."""
        async with self._changing:
            ended = self._running[:1] if one else self._running[:]
            self._running = [each for each in self._running if each not in ended]
        for each in ended:
            with suppress(ProcessLookupError):
                each.send_signal(how)
                if how is not signal.SIGKILL:
                    each.send_signal(signal.SIGCONT)
        for each in ended:
            try:
                async with asyncio.timeout(_LONGEST_END):
                    await each.wait()
            except TimeoutError:
                with suppress(ProcessLookupError):
                    each.kill()
                await each.wait()

    async def kill(self) -> None:
        """Kill all processes: `kill -9`."""
        await self.end(signal.SIGKILL)

    def stop_oldest(self) -> Callable[[], None]:
        """Suspend the oldest process (SIGSTOP); return what resumes it."""
        suspended = self._running[:1]
        for each in suspended:
            with suppress(ProcessLookupError):
                each.send_signal(signal.SIGSTOP)

        def resume() -> None:
            for each in suspended:
                if each.returncode is None:
                    with suppress(ProcessLookupError):
                        each.send_signal(signal.SIGCONT)

        return resume
