"""Connections of the gateway, and sessions, which can be resumed by others."""

import asyncio
import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum

from aiohttp import web

from bot.sandbox.model import Json

_REPLAY = 2000
"""Events that are kept for RESUME."""


class Op(IntEnum):
    """Opcodes of the gateway."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class CloseCode(IntEnum):
    """Close codes of the gateway."""

    UNKNOWN_ERROR = 4000
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    INVALID_API_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Connection:
    """A WebSocket that sends frames in order, compressed on request."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.request = request
        wanted = request.query.get("compress")
        self._packer = zlib.compressobj() if wanted == "zlib-stream" else None
        self._outbox: asyncio.Queue[str] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write(), name="sandbox: gateway writer")

    def send(self, op: Op, data: object = None, *, name: str | None = None, seq: int = 0) -> None:
        """Send a frame, in order."""
        frame = {"op": op, "d": data, "s": seq or None, "t": name}
        self._outbox.put_nowait(json.dumps(frame, separators=(",", ":")))

    def send_text(self, text: str) -> None:
        """Send a frame that is already serialized."""
        self._outbox.put_nowait(text)

    async def _write(self) -> None:
        while True:
            text = await self._outbox.get()
            try:
                if self._packer is None:
                    await self.socket.send_str(text)
                else:
                    packed = self._packer.compress(text.encode())
                    await self.socket.send_bytes(packed + self._packer.flush(zlib.Z_SYNC_FLUSH))
            except ConnectionError:
                pass  # the client is gone; what it missed waits in its session
            self._outbox.task_done()

    async def flush(self) -> None:
        """Wait until everything is sent."""
        sent = asyncio.create_task(self._outbox.join(), name="sandbox: gateway flush")
        await asyncio.wait({sent, self._writer}, return_when=asyncio.FIRST_COMPLETED)
        sent.cancel()

    async def close(self, code: int) -> None:
        """Close the connection with a code."""
        self.stop()
        await self.socket.close(code=code)

    def abort(self) -> None:
        """Break the connection without a close frame."""
        self.stop()
        if self.request.transport is not None:
            self.request.transport.abort()

    def stop(self) -> None:
        """Send no more."""
        self._writer.cancel()


@dataclass(slots=True, eq=False)
class Session:
    """A session of a bot, which can be resumed by another connection."""

    id: str
    shard: tuple[int, int]
    intents: int
    connection: Connection | None = None
    sequence: int = 0
    replay: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_REPLAY))

    def dispatch(self, name: str, data: Json) -> None:
        """Send an event, now or when the bot resumes."""
        self.sequence += 1
        frame = {"op": Op.DISPATCH, "d": data, "s": self.sequence, "t": name}
        text = json.dumps(frame, separators=(",", ":"))
        self.replay.append((self.sequence, text))
        if self.connection is not None:
            self.connection.send_text(text)
