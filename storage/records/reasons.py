"""Why something was not posted, is paused or waits."""

from enum import StrEnum


class Reason(StrEnum):
    """Why something was not posted, is paused or waits; also the key of the text people read."""

    PAUSED_BY_PERSON = "asked"
    """A person paused it; the value is that of stored rows."""
    SCHEDULED = "scheduled"
    """Posted because it was due."""
    BY_HAND = "by_hand"
    """Posted because a person asked for it."""

    LACKS_PERMISSION = "lacks_permission"
    CHANNEL_GONE = "channel_gone"
    LEFT = "left"
    """The bot is not in the server."""
    ARCHIVED = "archived"
    """The thread is archived or locked, and the bot may not open it."""
    NEEDS_TAG = "needs_tag"
    TOO_MANY_THREADS = "too_many_threads"
    WRONG_CHANNEL = "wrong_channel"
    REFUSED = "refused"
    """Discord refuses to let the bot post there."""
    MESSAGE_REFUSED = "message_refused"
    """Discord refused what the message says."""

    NO_DIGEST = "no_digest"
    NO_NEW_PAPERS = "no_new_papers"
    """The new lists have hardly a paper that the channel has not had."""
    SOURCE_UNAVAILABLE = "source_unavailable"
    """The source of the papers can't be read."""
    FILTERED_OUT = "filtered_out"
    ALREADY = "already"
    """The channel has had it."""
    TOO_LATE = "too_late"
    """Its time was too long ago."""
    DELETED = "deleted"
    """The schedule was deleted."""
    UNKNOWN = "unknown"
    """It may have been sent; nobody can tell, so it is not sent again."""

    DISCORD_UNAVAILABLE = "discord_unavailable"
    """Discord answered with an error that passes, or not at all."""
    GUILD_UNAVAILABLE = "guild_unavailable"
    """The server is not visible to the bot at the moment, because of an outage of Discord's."""
    RATE_LIMITED = "rate_limited"
    """Discord asked to wait before this request is sent again."""
    INTERNAL = "internal"
    """An error in the bot, which is in its log."""
    STARTING = "starting"
    """The bot does not post yet: it has not connected, or its database can't be used."""
    UNDER_WAY = "under_way"
    """It could not be sent at once, and is retried."""
    WRITER_UNAVAILABLE = "writer_unavailable"
    """The language model can't be asked, gave no usable answer, or has written enough today."""

    @property
    def is_discord_error(self) -> bool:
        """Whether Discord is the cause and a retry helps; most such jobs hold their lane."""
        return self in {
            Reason.DISCORD_UNAVAILABLE,
            Reason.GUILD_UNAVAILABLE,
            Reason.RATE_LIMITED,
        }
