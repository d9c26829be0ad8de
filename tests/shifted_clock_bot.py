"""`daily-papers run` with a clock that a benchmark sets, shorter waits, and handlers that fail.

    python shifted_clock_bot.py CONTROLS TIMEOUT BUSY_TIMEOUT

CONTROLS is the file of `bot_controls.BotControls`; the others are the seconds that the bot waits
for an answer of Discord (45 otherwise) and for a locked database (5 otherwise). Settings come from
DAILY_PAPERS_… as for `run`, and everything else is the code of `run`.
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
from bot.app import App
from bot.jobs.outcomes import JobOutcome
from bot.jobs.runner import Kind
from bot.posting import discord_errors, sender
from bot.posting.handlers import Handlers
from bot.posting.job_factory import JobKind
from bot.posting.settings import PostingSettings
from storage.database import Database
from storage.records import Job

FAILING = (JobKind.OCCURRENCE, JobKind.DELIVERY, JobKind.PUBLISH)


def shorten_waits(controls: BotControls, timeout: float, busy_timeout: float) -> None:
    """Give every `App` the controlled clock, and shorten waits in proportion to the time-out."""
    vars(discord_errors)["TIMEOUT"] = timeout
    vars(sender)["TIMEOUT"] = timeout
    Database.open = functools.partial(Database.open, busy_timeout=busy_timeout)  # type: ignore[method-assign]
    build = App.__init__

    @functools.wraps(build)
    def build_controlled(
        app: App,
        database: Database,
        *,
        posting: PostingSettings | None = None,
        **more: Any,  # noqa: ANN401 - passed on
    ) -> None:
        settings = posting or PostingSettings()
        settings = replace(settings, forum_settling=2 * timeout, first_backoff=timeout)
        build(app, database, **{**more, "posting": settings, "clock": ControlledClock(controls)})

    App.__init__ = build_controlled  # type: ignore[assignment,method-assign]


def fail_on_request(controls: BotControls) -> None:
    """Let handlers of posts raise an error whenever the benchmark asks for it."""
    kinds_of = Handlers.kinds

    def failing(run: Callable[[Job], Awaitable[JobOutcome]]) -> Callable[[Job], Any]:
        async def run_or_fail(job: Job) -> JobOutcome:
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

    Handlers.kinds = kinds  # type: ignore[assignment,method-assign]


if __name__ == "__main__":
    path, timeout, busy_timeout = sys.argv[1:]
    given = BotControls(Path(path))
    shorten_waits(given, float(timeout), float(busy_timeout))
    fail_on_request(given)
    sys.argv = ["daily-papers", "run"]
    with unrenderable():
        main()
