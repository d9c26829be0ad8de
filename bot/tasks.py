"""Log the failures of background tasks and of the steps of a shutdown."""

import asyncio
import logging
from collections.abc import Awaitable

log = logging.getLogger(__name__)


def log_failure(task: asyncio.Task[None]) -> None:
    """Log the exception with which a task has ended, if any; pass it to `add_done_callback`."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.critical("the task %r failed", task.get_name(), exc_info=error)


def is_being_cancelled() -> bool:
    """Return whether the running task is to end: `CancelledError` may also be of what it awaits."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def within(seconds: float, what: str, step: Awaitable[object]) -> None:
    """Do a step of a shutdown with a time limit; log a failure instead of raising it.

    Args:
        seconds: The limit.
        what: What the step does, for the log: "stop posting".
        step: The step.
    """
    try:
        async with asyncio.timeout(seconds):
            await step
    except TimeoutError:
        log.warning("it took more than %.0f s to %s", seconds, what)
    except Exception:
        log.exception("couldn't %s", what)
