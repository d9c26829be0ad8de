"""`daily-papers run` with a clock that a benchmark sets, shorter waits, and handlers that fail.

    python shifted_clock_bot.py CONTROLS TIMEOUT BUSY_TIMEOUT

CONTROLS is the file of `bot_controls.BotControls`, TIMEOUT the measure of other waits in seconds
(45 otherwise), and BUSY_TIMEOUT the seconds that the bot waits for a locked database (5 otherwise).
Settings come from DAILY_PAPERS_… as for `run`, and everything else is the code of `run`.
"""

import functools
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot_controls import BotControls, ControlledClock
from unrenderable import unrenderable

from bot.__main__ import main
from bot.app import App, AppSettings
from bot.client import ConnectionSettings
from bot.jobs.outcomes import JobOutcome
from bot.jobs.runner import Kind
from bot.posting import discord_errors, sender
from bot.posting.handlers import Handlers
from bot.posting.job_factory import JobKind
from storage.database import Database
from storage.records import Job

FAILING = (JobKind.OCCURRENCE, JobKind.DELIVERY, JobKind.PUBLISH)

_TICK = 0.25
"""Seconds between two searches for due jobs, where the bot has 1."""
_READY = 0.3
"""Seconds without word of a further server until the bot is ready, where it has 2."""


def shorten_waits(controls: BotControls, timeout: float, busy_timeout: float) -> None:
    """Give every `App` the controlled clock, and shorten waits in proportion to the time-out."""
    vars(sender)["TIMEOUT"] = timeout
    Database.open = functools.partial(Database.open, busy_timeout=busy_timeout)  # type: ignore[method-assign]  # in this process only
    build = App.__init__

    @functools.wraps(build)
    def build_controlled(
        app: App,
        database: Database,
        *,
        settings: AppSettings,
        connection: ConnectionSettings,
        **more: Any,  # noqa: ANN401 - passed on
    ) -> None:
        posting = replace(settings.posting, settling=2 * timeout, first_backoff=timeout, tick=_TICK)
        given = {
            "clock": ControlledClock(controls),
            "settings": replace(settings, posting=posting),
            "connection": replace(connection, ready_after=_READY),
        }
        build(app, database, **{**more, **given})

    App.__init__ = build_controlled  # type: ignore[assignment,method-assign]  # the same


def control_handlers(controls: BotControls) -> None:
    """Let handlers of posts wait and raise errors as the benchmark asks."""
    kinds_of = Handlers.kinds

    def failing(run: Callable[[Job], Awaitable[JobOutcome]]) -> Callable[[Job], Any]:
        async def run_or_fail(job: Job) -> JobOutcome:
            vars(discord_errors)["TIMEOUT"] = controls.values.timeout
            if controls.values.failures > 0:
                controls.values.failures -= 1
                raise ArithmeticError("the benchmark lets this handler fail")
            outcome = await run(job)
            if controls.values.failures_after > 0:
                controls.values.failures_after -= 1
                raise ArithmeticError("the benchmark lets this handler fail after its work")
            return outcome

        return run_or_fail

    def kinds(handlers: Handlers) -> dict[str, Kind]:
        return {
            name: replace(kind, run=failing(kind.run)) if name in FAILING else kind
            for name, kind in kinds_of(handlers).items()
        }

    Handlers.kinds = kinds  # type: ignore[assignment,method-assign]  # the same


if __name__ == "__main__":
    path, timeout, busy_timeout = sys.argv[1:]
    given = BotControls(Path(path))
    shorten_waits(given, float(timeout), float(busy_timeout))
    control_handlers(given)
    sys.argv = ["daily-papers", "run"]
    with unrenderable():
        main()
