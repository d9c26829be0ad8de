"""Tell systemd how the process is: that it starts, is ready, is alive, or stops.

systemd names a socket in $NOTIFY_SOCKET, to which the process sends datagrams with lines such as
`READY=1`. Without that variable nothing is sent. See sd_notify(3):
https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html

The packages for this are not kept up (sdnotify), or need a C compiler and libsystemd
(systemd-python); the protocol is one datagram.
"""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final, Self

from bot.tasks import log_failure

log = logging.getLogger(__name__)

_BEATS: Final = 4
"""Heartbeats per watchdog interval, after which systemd ends a process that sends none."""
_PAUSE: Final = 20.0
"""Seconds between two reports if there is no watchdog interval."""

HangCheck = Callable[[], str | None]
"""Returns why the process hangs, so that only a restart helps; `None` if it doesn't."""


class Notifier:
    """Sends messages to systemd; those that can't be sent are dropped."""

    def __init__(self, address: str | None = None, *, watchdog: float | None = None) -> None:
        """Build it.

        Args:
            address: As in $NOTIFY_SOCKET: a path, or `@` and a name of the abstract namespace.
                `None` if nobody is to be told.
            watchdog: Seconds after which systemd ends a process that it hears nothing from; `None`
                if it never does.
        """
        self._address = address
        self.watchdog = watchdog if address is not None else None
        self._is_failing = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Return the notifier that the environment of the process asks for."""
        address = environment.get("NOTIFY_SOCKET") or None
        if address is not None and not address.startswith(("/", "@")):
            log.warning("$NOTIFY_SOCKET is no path: systemd isn't told anything")
            address = None
        micros = environment.get("WATCHDOG_USEC", "")
        # It may be inherited from a process that is watched itself.
        is_for_this = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        watchdog = int(micros) / 1e6 if is_for_this and micros.isdecimal() else 0.0
        return cls(address, watchdog=watchdog or None)

    @property
    def is_on(self) -> bool:
        """Whether anybody is told."""
        return self._address is not None

    def send(self, **values: object) -> None:
        """Send assignments, such as `READY=1`."""
        if self._address is None:
            return
        lines = (f"{name}={' '.join(str(value).split())}" for name, value in values.items())
        address = self._address.replace("@", "\0", 1) if self._address[0] == "@" else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
                connection.setblocking(False)
                connection.sendto("\n".join(lines).encode(), address)
        except OSError as error:
            if not self._is_failing:
                log.warning("systemd can't be told how the process is: %s", error.strerror or error)
            self._is_failing = True
        else:
            self._is_failing = False


class ServiceReports:
    """Reports the state of the bot to systemd, as long as the context `running` lasts.

    While the bot starts, each report asks for more time, unless the process hangs. So a start may
    take as long as an upgrade of the database or an outage of Discord does. From then on each
    report is a heartbeat of systemd's watchdog.
    """

    def __init__(self, notifier: Notifier) -> None:
        self._notifier = notifier
        watchdog = notifier.watchdog
        self._pause = _PAUSE if watchdog is None else watchdog / _BEATS
        self._describe: Callable[[], str] | None = None
        """Describes the bot, once it is ready."""
        self._hangs: HangCheck | None = None
        self._has_hung = False
        self._is_stopping = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Report regularly inside the context."""
        if not self._notifier.is_on:
            yield
            return
        task = asyncio.create_task(self._report(), name="systemd: report")
        task.add_done_callback(log_failure)
        try:
            yield
        finally:
            task.cancel()
            self.stopping()

    @asynccontextmanager
    async def follow(
        self, ready: asyncio.Event, hangs: HangCheck, *, text: Callable[[], str]
    ) -> AsyncIterator[None]:
        """Report inside the context when the bot is ready, and whether it hangs.

        Args:
            ready: Set once it is.
            hangs: Asked before each report.
            text: Returns what `systemctl status` shows of a bot that is ready.
        """

        async def report_ready() -> None:
            await ready.wait()
            self._describe = text
            self._notifier.send(READY=1, STATUS=text())

        self._hangs = hangs
        task = asyncio.create_task(report_ready(), name="systemd: wait until the bot is ready")
        task.add_done_callback(log_failure)
        try:
            yield
        finally:
            task.cancel()
            self._hangs = None

    def status(self, text: str) -> None:
        """Show a sentence in `systemctl status`."""
        self._notifier.send(STATUS=text)

    def stopping(self) -> None:
        """Report that the process is about to end; it may be called twice."""
        self._is_stopping = True
        self._notifier.send(STOPPING=1, STATUS="stopping")

    async def _report(self) -> None:
        while True:
            reason = self._hangs() if self._hangs is not None else None
            if reason is not None:
                self._report_hang(reason)
            elif self._describe is not None:
                status = {} if self._is_stopping else {"STATUS": self._describe()}
                self._notifier.send(WATCHDOG=1, **status)
                self._has_hung = False
            else:
                self._notifier.send(EXTEND_TIMEOUT_USEC=int(_BEATS * self._pause * 1e6))
            await asyncio.sleep(self._pause)

    def _report_hang(self, reason: str) -> None:
        if not self._has_hung:
            log.error("%s; if that lasts, systemd starts the process again", reason)
        self._has_hung = True
        self._notifier.send(STATUS=f"hangs: {reason}")
