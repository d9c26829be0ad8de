"""What a page shows, and what of it one person sees."""

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
    """Something that whoever serves the page lets its reader do, beyond what Discord has."""

    id: str
    names: Mapping[str, str]
    """What its button says, by language: `en`, and others that there are."""
    run: Callable[[Person], Awaitable[Mapping[str, str] | None]]
    """Does it for a person; returns what to tell them, by language, or `None` for nothing."""


Tip: TypeAlias = Callable[[Person], Awaitable[Mapping[str, str] | None]]
"""Returns what a person could do next, by language; `None` for nothing."""


async def no_tip(_person: Person) -> None:
    """Have nothing to suggest."""


class Content:
    """What all browsers on a page are shown the same of.

    Attributes:
        world: the Discord that is shown.
        requests: what the bot asked of it.
        view: puts what is in that world into words for browsers.
        title: of the page.
        actions: buttons beside the clock, by id.
        first: the channel that is open at the beginning, for who sees it.
        zone: the time zone of all times; the browser's where `None`.
        pictures: returns the pictures at addresses that lead nowhere outside.
        tip: returns what a person could do next.
        dismissed: ids of the answers for one person's eyes that this person sent away.
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
        """Whom one can be."""
        if self._people:
            return self._people
        inside = {user for guild in self.world.guilds.values() for user in guild.members}
        return tuple(
            user
            for user in self.world.users.values()
            if isinstance(user, Person) and (user.id in inside or user.installed)
        )


class Viewer:
    """The person that a browser is at the time, and what they see."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.world = content.world
        self.view = content.view
        self.person = content.people[0]
        self.channel: Channel | None = None
        """The one that is open."""

    def channel_of(self, key: object) -> Channel:
        """Return a channel that the person sees, by its id as text.

        Raises:
            NotSentError: there is none.
        """
        channel = self.world.channels.get(int(str(key)))
        if channel is None or not self.view.may_see(self.person, channel):
            raise NotSentError("there is no such channel")
        return channel

    def message_of(self, asked: Json) -> Message:
        """Return a message that the person sees, by its channel's id and its own.

        Raises:
            NotSentError: there is none.
        """
        channel = self.channel_of(asked["channel"])
        message = channel.all_messages.get(int(str(asked["message"])))
        if message is None or message.only_for not in (None, self.person.id):
            raise NotSentError("the message is gone")
        return message
