"""How many schedules a server and a channel may have."""

from dataclasses import dataclass
from enum import StrEnum

from storage.database import Writer


@dataclass(frozen=True, slots=True)
class Limits:
    """How many schedules there may be."""

    per_server: int = 25
    per_channel: int = 10


class Scope(StrEnum):
    """Whether a limit counts the schedules of a server or of a channel."""

    SERVER = "server"
    CHANNEL = "channel"


class TooManySchedulesError(Exception):
    """A server or a channel already has as many schedules as it may have."""

    def __init__(self, scope: Scope, limit: int) -> None:
        super().__init__(f"a {scope} can have {limit} schedules")
        self.scope = scope
        self.limit = limit


async def check_server(writer: Writer, guild_id: int, limits: Limits) -> None:
    """Check that one more schedule fits into a server, in the transaction that adds it.

    Raises:
        TooManySchedulesError: It doesn't.
    """
    ((count,),) = await writer.execute_fetchall(
        "SELECT count(*) FROM schedules WHERE guild_id = ? AND deleted_at IS NULL", (guild_id,)
    )
    if count >= limits.per_server:
        raise TooManySchedulesError(Scope.SERVER, limits.per_server)


async def check_channel(writer: Writer, channel_id: int, limits: Limits) -> None:
    """Check that one more schedule fits into a channel, in the transaction that adds it.

    Raises:
        TooManySchedulesError: It doesn't.
    """
    ((count,),) = await writer.execute_fetchall(
        "SELECT count(*) FROM schedules WHERE channel_id = ? AND deleted_at IS NULL", (channel_id,)
    )
    if count >= limits.per_channel:
        raise TooManySchedulesError(Scope.CHANNEL, limits.per_channel)
