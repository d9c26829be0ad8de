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


class Content:
    """What is the same for all browsers that show a page.

    Attributes:
        world: the Discord that is shown.
        requests: what the bot sent.
        view: makes the JSON for browsers.
        title: of the page.
        actions: buttons beside the clock, by id.
        first: the channel that is opened first, for people who see it.
        zone: the time zone of all times; `None` for the browser's.
        pictures: returns the pictures that need no network.
        tip: returns what a person could do next.
        dismissed: ids of the ephemeral messages that were dismissed.
    """

    def __init__(  # noqa: PLR0913 - as `Page` has them
        self,
        world: World,
        requests: Requests,
        *,
        title: str,
        actions: Sequence[Action],
        people: Sequence[Person],
        first: Channel | None,
        zone: str | None = None,
        pictures: Pictures = no_pictures,
        tip: Tip = no_tip,
    ) -> None:
        self.world = world
        self.requests = requests
        self.view = View(world, pictures)
        self.pictures = pictures
        self.tip = tip
        self.zone = zone
        self.title = title
        self.actions = {action.id: action for action in actions}
        self.first = first
        self.dismissed: set[int] = set()
        self._people = tuple(people)

    @property
    def people(self) -> tuple[Person, ...]:
        """The people that the reader can act as."""
        if self._people:
            return self._people
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
