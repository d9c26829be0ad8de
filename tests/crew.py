"""The bot as processes of its own, of which a killed or ended one is followed by another."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from bot.posts.clock import Clock
from bot.sandbox import Sandbox

ROOT: Final = Path(__file__).parents[1]
BOT: Final = Path(__file__).with_name("moved_bot.py")
LEASE: Final = 1.0
"""Seconds, where the bot has 30: a process that was killed is to be followed soon."""
PATIENCE: Final = 0.4
"""Seconds, where the bot has 45 for an answer."""
BUSY: Final = 0.3
"""Seconds, where the bot has 5, for which it waits for a locked database."""


class Crew:
    """The processes of the bot, of which a killed or ended one is followed by another."""

    def __init__(
        self, sandbox: Sandbox, clock: Clock, folder: Path, *, patience: float = PATIENCE
    ) -> None:
        self._patience = patience
        self.wanted = 0
        self.begun = 0
        self._sandbox = sandbox
        self._clock = clock
        self._folder = folder
        self._living: list[Process] = []
        # Who ends all of them must not miss the one that is just being begun.
        self._changing = asyncio.Lock()
        self._keeping: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._keeping = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        await self.kill()

    async def _keep(self) -> None:
        while True:
            ended = [each for each in self._living if each.returncode is not None]
            self._living = [each for each in self._living if each not in ended]
            async with self._changing:
                while len(self._living) < self.wanted:
                    self._living.append(await self._begin())
            await asyncio.sleep(0.05)

    async def _begin(self) -> Process:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("DAILY_PAPERS_")}
        environment |= {
            "PYTHONPATH": str(ROOT),
            "DAILY_PAPERS_DISCORD_URL": self._sandbox.url,
            "DAILY_PAPERS_TOKEN": self._sandbox.token,
            "DAILY_PAPERS_DATABASE": str(self._folder / "papers.db"),
        }
        self.begun += 1
        ahead = self._clock.ahead.total_seconds()
        with (self._folder / f"bot-{self.begun}.log").open("wb") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                *(str(BOT), str(ahead), str(LEASE), str(self._patience), str(BUSY)),
                env=environment,
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )

    async def end(self, how: signal.Signals, *, one: bool = False) -> None:
        """End all processes, or the one that has been there longest."""
        async with self._changing:
            ended = self._living[:1] if one else self._living[:]
            self._living = [each for each in self._living if each not in ended]
        for each in ended:
            with suppress(ProcessLookupError):
                each.send_signal(how)
                if how is not signal.SIGKILL:
                    each.send_signal(signal.SIGCONT)
        for each in ended:
            try:
                async with asyncio.timeout(10):
                    await each.wait()
            except TimeoutError:
                each.kill()
                await each.wait()

    async def kill(self) -> None:
        """Kill all processes: `kill -9`."""
        await self.end(signal.SIGKILL)

    def freeze(self) -> Callable[[], None]:
        """Let the process that has been there longest stand still; return what lets it go on."""
        frozen = self._living[:1]
        for each in frozen:
            with suppress(ProcessLookupError):
                each.send_signal(signal.SIGSTOP)

        def thaw() -> None:
            for each in frozen:
                if each.returncode is None:
                    with suppress(ProcessLookupError):
                        each.send_signal(signal.SIGCONT)

        return thaw
