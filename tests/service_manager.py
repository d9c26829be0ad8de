"""The socket by which a service manager hears from a process, as systemd has one."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

Message = dict[str, str]


class ServiceManager:
    """Receives messages of sd_notify(3)."""

    def __init__(self, address: str, connection: socket.socket) -> None:
        self.address = address
        self.received: list[Message] = []
        self._connection = connection

    @classmethod
    @contextmanager
    def listening(cls, address: str | Path) -> Iterator[Self]:
        """Listen inside the context, on a path or, with `@` before it, an abstract name."""
        name = str(address)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
            connection.setblocking(False)
            connection.bind(name.replace("@", "\0", 1) if name.startswith("@") else name)
            yield cls(name, connection)

    async def until(self, holds: Callable[[Message], bool]) -> Message:
        """Wait for a message, and return it."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(60):
            while True:
                data = await loop.sock_recv(self._connection, 4096)
                message = dict(line.split("=", 1) for line in data.decode().split("\n"))
                self.received.append(message)
                if holds(message):
                    return message

    def names(self) -> set[str]:
        """Return what was assigned in any message so far."""
        return {name for message in self.received for name in message}
