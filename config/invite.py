"""Who is offered to add the bot to a server."""

from enum import StrEnum


class Invite(StrEnum):
    """Whether `/about` offers the bot's invite link."""

    PRIVATE = "private"
    PUBLIC = "public"
