"""Tell people what happened to a schedule: in its server's log channel, or else its creator."""

from collections.abc import Sequence

from bot.posting import job_factory
from storage import guild_log
from storage.database import Writer
from storage.records import Job, NewLogEntry, Reason, Schedule


async def report(writer: Writer, schedule: Schedule, entry: NewLogEntry) -> Sequence[Job]:
    """Write an entry for the log of a schedule's server, in the transaction of what it tells.

    Returns:
        The job that notifies the schedule's creator instead, if the server has no log channel and
        the entry is for the creator as well.
    """
    # Nobody can be told anything in a server that has removed the bot.
    is_there = entry.reason is not Reason.LEFT
    if is_there and await guild_log.add(writer, schedule.guild_id, entry):
        return []
    if entry.for_creator and entry.reason is not None:
        return [job_factory.notify(schedule, entry.reason, entry.at)]
    return []
