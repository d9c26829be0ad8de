"""Answer /healthz, /readyz and /metrics from what the bot is made of."""

import asyncio
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from aiohttp import web

from bot.health import checks
from bot.health.checker import Checker, WatchedParts
from bot.health.checks import WantedSources
from bot.health.liveness import LONGEST_CHECK
from bot.health.metrics import CONTENT_TYPE, Metrics, Snapshot
from storage import jobs
from storage.errors import StorageError
from storage.records import Check

log = logging.getLogger(__name__)

_SHUTDOWN: Final = 1.0


class ServerError(Exception):
    """The server can't listen; `str()` says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The settings of the server, and the metrics that the parts of the bot report to."""

    host: str
    port: int
    """0 is any free one."""
    metrics: Metrics = field(default_factory=Metrics)
    most_lag: float = checks.MOST_LAG
    """Seconds for which the event loop may stand still."""


class Monitor:
    """Serves the endpoints between `start` and `stop`."""

    def __init__(self, settings: Monitoring, watched: WatchedParts, wanted: WantedSources) -> None:
        """Build it; it listens from `start` on."""
        self._settings = settings
        self._watched = watched
        self._checker = Checker(watched, wanted)
        self._runner: web.AppRunner | None = None

    @property
    def is_listening(self) -> bool:
        """Whether it answers requests."""
        return self._runner is not None and bool(self._runner.addresses)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        assert self._runner is not None
        port: int = self._runner.addresses[0][1]
        return port

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            ServerError: The address can't be used.
        """
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        host, port = self._settings.host, self._settings.port
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self.stop()
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise ServerError(
                f"The server for health checks can't listen on {host}, port {port} ({reason})."
                " Set another [http] port or host, or no port."
            ) from error
        log.info("health checks and metrics are at http://%s:%d", _in_url(host), self.port)

    async def stop(self) -> None:
        """End the requests that are running, and stop listening."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _healthz(self, _request: web.Request) -> web.Response:
        return _response(await self._watched.liveness.check())

    async def _readyz(self, _request: web.Request) -> web.Response:
        return _response(await self._checker.check())

    async def _metrics(self, _request: web.Request) -> web.Response:
        found = await self._checker.check()
        database = self._watched.database
        try:
            async with asyncio.timeout(LONGEST_CHECK):
                due = await jobs.due_by_kind(
                    database, now=self._watched.now(), late_after=checks.LATE_AFTER
                )
        except (StorageError, TimeoutError):
            due = ()  # the checks, which are among the metrics, say so
        snapshot = Snapshot(
            checks=found,
            due=due,
            database_bytes=database.size(),
            lag=self._watched.liveness.lag,
            version=_version(),
        )
        body = self._settings.metrics.render(snapshot)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})


def _response(found: Sequence[Check]) -> web.Response:
    is_ok = all(check.is_ok for check in found)
    body = {"ok": is_ok, "checks": {check.name: check.json() for check in found}}
    return web.Response(
        text=json.dumps(body, ensure_ascii=False, indent=1) + "\n",
        status=200 if is_ok else 503,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _version() -> str:
    try:
        return version("daily-papers-bot")
    except PackageNotFoundError:
        return "unknown"
