"""The content of a page, and the view of one person."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.page.pictures import Pictures, no_pictures
from bot.sandbox.page.requests import Requests
from bot.sandbox.page.view import View
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.person import Person
from bot.sandbox.people.world import World


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the page that Discord does not have, added by whoever serves the page."""

    id: str
    names: Mapping[str, str]
    """The label of the button, by language; `en` is required."""
    run: Callable[[Person], Awaitable[Mapping[str, str] | None]]
    """Runs the action for a person; returns a notice for them, by language, or `None`."""


Tip: TypeAlias = Callable[[Person], Awaitable[Mapping[str, str] | None]]
"""Returns what a person could do next, by language, or `None`."""


async def no_tip(_person: Person) -> None:
    """Return `None`: suggest nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """What whoever serves a page chooses."""

    title: str = "Sandbox"
    actions: Sequence[Action] = ()
    """Buttons beside the clock."""
    people: Sequence[Person] = ()
    """Who the reader can act as, the first one at the beginning; if empty, everyone who is in a
    guild or has installed the application."""
    first: Channel | None = None
    """The channel that is opened first, for people who see it."""
    zone: str | None = None
    """The time zone of all times, such as `Asia/Seoul`; `None` for the browser's."""
    pictures: Pictures = no_pictures
    """Returns the PNG at an address, or `None` if the browser loads it."""
    tip: Tip = no_tip
    """Returns a line above the message box, by language, such as what a person could do next;
    called again after each event."""


class Content:
    """What is the same for all browsers that show a page.

    Attributes:
        world: the Discord that is shown.
        requests: what the bot sent.
        options: what was chosen by whoever serves the page.
        view: makes the JSON for browsers.
        actions: the options' buttons, by id.
        dismissed: ids of the ephemeral messages that were dismissed.
    """

    def __init__(self, world: World, requests: Requests, options: PageOptions) -> None:
        self.world = world
        self.requests = requests
        self.options = options
        self.view = View(world, options.pictures)
        self.actions = {action.id: action for action in options.actions}
        self.dismissed: set[int] = set()

    @property
    def people(self) -> tuple[Person, ...]:
        """The people that the reader can act as."""
        if self.options.people:
            return tuple(self.options.people)
        inside = {user for guild in self.world.guilds.values() for user in guild.members}
        return tuple(
            user
            for user in self.world.users.values()
            if isinstance(user, Person) and (user.id in inside or user.installed)
        )


class Viewer:
    """The person that a browser acts as, and what they see."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.world = content.world
        self.view = content.view
        self.person = content.people[0]
        self.channel: Channel | None = None
        """The open channel."""

    def channel_of(self, key: object) -> Channel:
        """Return a channel that the person sees, by its id as text.

        Raises:
            NotSentError: there is none.
        """
        channel = self.world.channels.get(int(str(key)))
        if channel is None or not self.view.may_see(self.person, channel):
            raise NotSentError("there is no such channel")
        return channel

    def message_of(self, request: Json) -> Message:
        """Return a message that the person sees, by its channel's id and its own.

        Raises:
            NotSentError: there is none.
        """
        channel = self.channel_of(request["channel"])
        message = channel.all_messages.get(int(str(request["message"])))
        if message is None or message.only_for not in (None, self.person.id):
            raise NotSentError("the message is gone")
        return message
