"""A Discord on this machine: REST API, gateway, people, web page and terminal.

It serves any bot, and imports nothing of this project.
"""

from bot.sandbox.gateway.server import CloseFault, ClosePoint
from bot.sandbox.model import CallbackType, Channel, ChannelType, Interaction, Message, Role
from bot.sandbox.model.events import Event, Subscription
from bot.sandbox.people.command_data import Upload
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.guilds import Guild
from bot.sandbox.people.person import Person
from bot.sandbox.rest.recorder import Complaint, RecordedRequest
from bot.sandbox.rules.permissions import Permission
from bot.sandbox.rules.rate_limits import Limits, Rate
from bot.sandbox.server import Sandbox

__all__ = [
    "CallbackType",
    "Channel",
    "ChannelType",
    "CloseFault",
    "ClosePoint",
    "Complaint",
    "Event",
    "Guild",
    "Interaction",
    "Limits",
    "Message",
    "NotSentError",
    "Permission",
    "Person",
    "Rate",
    "RecordedRequest",
    "Role",
    "Sandbox",
    "Subscription",
    "Upload",
]
