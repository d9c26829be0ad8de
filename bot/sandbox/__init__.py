"""A Discord on this machine: REST, gateway and the people who use it.

It would serve any bot: nothing of this project's is known here.
"""

from bot.sandbox.errors import NotSentError
from bot.sandbox.exchange import CallbackType, Exchange
from bot.sandbox.feed import Event, Subscription
from bot.sandbox.gateway import CloseFault, ClosePoint
from bot.sandbox.guilds import Guild
from bot.sandbox.invocation import Upload
from bot.sandbox.model import Channel, ChannelType, Message, Role
from bot.sandbox.permissions import Permission
from bot.sandbox.person import Person
from bot.sandbox.ratelimits import Limits, Rate
from bot.sandbox.recorder import Complaint, Recorded
from bot.sandbox.server import Sandbox

__all__ = [
    "CallbackType",
    "Channel",
    "ChannelType",
    "CloseFault",
    "ClosePoint",
    "Complaint",
    "Event",
    "Exchange",
    "Guild",
    "Limits",
    "Message",
    "NotSentError",
    "Permission",
    "Person",
    "Rate",
    "Recorded",
    "Role",
    "Sandbox",
    "Subscription",
    "Upload",
]
