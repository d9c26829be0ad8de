"""A model in a process of its own.

So it never takes the interpreter's lock from the bot, has a lower priority, and if it crashes on a
text, the bot doesn't.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from bot.semantic.embedder import Model

_THREADS: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # So that threads without work sleep instead of waiting busily.
    "OMP_WAIT_POLICY": "passive",
}
_SECONDS_TO_END: Final = 2.0


class ModelUnavailableError(Exception):
    """The model can't be loaded, or its process not be started."""


class ModelDiedError(Exception):
    """The process of the model ended while it embedded a text."""


class ModelProcess:
    """Embeds texts in a process, which is started when it is first needed, and after a crash."""

    def __init__(self, model: Model, *, niceness: int = 0) -> None:
        """Build it; nothing is started.

        Args:
            model: What to load.
            niceness: How much it leaves the processor to others, from 0 to 19.
        """
        self.model = model
        self._niceness = niceness
        self._process: Process | None = None
        self._lock = asyncio.Lock()
        self._running: set[asyncio.Task[list[bytes]]] = set()

    async def embed(self, texts: Sequence[str], *, is_query: bool) -> list[bytes]:
        """Return the vectors of some texts, as they are stored.

        If the caller is cancelled, the answer is still read.

        Raises:
            ModelUnavailableError: The model can't be loaded.
            ModelDiedError: The process ended; the next call starts another one.
        """
        request = json.dumps({"texts": list(texts), "is_query": is_query}).encode() + b"\n"
        task = asyncio.create_task(self._ask(request), name="embed texts")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        # Nobody may be left who looks at its failure.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(task)

    async def start(self) -> None:
        """Load the model, so that the first call doesn't have to wait for it.

        Raises:
            ModelUnavailableError: It can't be loaded.
        """
        async with self._lock:
            await self._ensure_started()

    async def _ask(self, request: bytes) -> list[bytes]:
        async with self._lock:
            process = await self._ensure_started()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(request)
                await process.stdin.drain()
                header = json.loads(await process.stdout.readline())
                return [await process.stdout.readexactly(size) for size in header["sizes"]]
            except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                await self._end()
                raise ModelDiedError(f"{self.model.name} ended unexpectedly") from error
            except BaseException:
                await self._end()
                raise

    async def _ensure_started(self) -> Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        self._process = None
        paths = os.pathsep.join(filter(None, sys.path))
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.semantic.worker",
                self.model.class_path,
                str(self._niceness),
                stdin=PIPE,
                stdout=PIPE,
                env=os.environ | _THREADS | {"PYTHONPATH": paths},
            )
        except OSError as error:
            raise ModelUnavailableError(f"its process can't be started: {error}") from error
        self._process = process
        assert process.stdout is not None
        try:
            header: dict[str, Any] = json.loads(await process.stdout.readline() or b"{}")
        except BaseException:
            await self._end()
            raise
        if "ready" not in header:
            await self._end()
            raise ModelUnavailableError(header.get("error", "its process ended at its start"))
        return process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def close(self) -> None:
        """End the process; it may be used again."""
        for task in tuple(self._running):
            task.cancel()
        if self._running:
            await asyncio.wait(tuple(self._running), timeout=_SECONDS_TO_END)
        await self._end()
