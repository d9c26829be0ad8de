"""What every asyncio task in the background needs: its failure is logged."""

import asyncio
import logging

log = logging.getLogger(__name__)


def log_failure(task: asyncio.Task[None]) -> None:
    """Log the exception with which a task has ended, if any; pass it to `add_done_callback`."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.critical("the task %r failed", task.get_name(), exc_info=error)
