"""The updates that a browser gets: of messages, interactions, requests, channels, tips."""

from collections.abc import Awaitable, Mapping
from typing import Any, Final, Protocol

from bot.sandbox.model import POSTS_ONLY, Channel, Interaction, InteractionType, Message
from bot.sandbox.model.events import Event
from bot.sandbox.page.content import Viewer
from bot.sandbox.page.offered_commands import offered_commands
from bot.sandbox.rest.recorder import RecordedRequest

_ABOUT_MESSAGES: Final = {"MESSAGE_CREATE", "MESSAGE_UPDATE"}
_ABOUT_PLACES: Final = ("CHANNEL_", "THREAD_", "GUILD_")


class Send(Protocol):
    """Sends a frame to a browser."""

    def __call__(self, kind: str, /, **content: Any) -> Awaitable[None]:  # noqa: ANN401  any JSON
        """Send it."""


class Updates:
    """Sends a browser what has changed, as its person sees it."""

    def __init__(self, viewer: Viewer, send: Send) -> None:
        self._viewer = viewer
        self._content = viewer.content
        self._view = viewer.view
        self._send = send
        self._tip: Mapping[str, str] | None = None
        """The tip that the browser shows."""

    async def send_event(self, event: Event) -> None:
        """Send an event, if the person sees it."""
        subject = event.subject
        if event.only_for not in (None, self._viewer.person.id):
            return
        if isinstance(subject, Message):
            await self._send_message_event(event.name, subject)
            await self.send_tip()
        elif isinstance(subject, Interaction):
            if subject.kind is not InteractionType.AUTOCOMPLETE:
                await self._send("interaction", interaction=self._view.interaction(subject))
                await self.send_tip()
        elif event.name == "REQUEST":
            await self._send_request(subject)
        elif event.name.startswith(_ABOUT_PLACES):
            await self._send("places", places=self._view.places(self._viewer.person))
            await self._send_commands()
            if isinstance(subject, Channel):
                await self._send_posts(subject)

    async def _send_request(self, record: RecordedRequest) -> None:
        if summary := self._content.requests.summary(record):
            await self._send("request", request=summary)
        if "/commands" in record.route and record.method != "GET":
            await self._send_commands()

    async def _send_message_event(self, name: str, message: Message) -> None:
        if name == "MESSAGE_DELETE":
            await self._send("gone", channel=str(message.channel.id), message=str(message.id))
            await self._send_posts(message.channel)
        elif name in _ABOUT_MESSAGES:
            await self._send_message(message, new=name == "MESSAGE_CREATE")

    async def _send_message(self, message: Message, *, new: bool) -> None:
        channel = message.channel
        if message.id in self._content.dismissed or not self._view.may_see(
            self._viewer.person, channel
        ):
            return
        if new and (push := self._view.push(message, self._viewer.person)) is not None:
            await self._send("push", **push)
        shown = self._viewer.channel
        if channel is shown or (shown is not None and message.thread is shown):
            content = self._view.message(message, self._viewer.person)
            await self._send("message", message=content, new=new)
        elif new:
            pinged = self._view.message(message, self._viewer.person)["pinged"]
            await self._send("unread", channel=str(channel.id), pinged=pinged)
        starter = self._view.starter(channel)
        if new and starter is not None and starter.channel is shown:
            content = self._view.message(starter, self._viewer.person)
            await self._send("message", message=content, new=False)
        await self._send_posts(channel)

    async def _send_posts(self, channel: Channel) -> None:
        """Send the posts of the open forum, if something happened in it."""
        forum = self._viewer.channel
        if forum is None or forum.type not in POSTS_ONLY:
            return
        if forum in (channel, channel.parent):
            places = self._view.places(self._viewer.person)
            await self._send("posts", posts=self._view.posts(forum), places=places)

    async def current_tip(self) -> Mapping[str, str] | None:
        """Return the tip, which the browser is then sent."""
        self._tip = await self._content.options.tip(self._viewer.person)
        return self._tip

    async def send_tip(self) -> None:
        """Send the tip, if it has changed."""
        person = self._viewer.person
        tip = await self._content.options.tip(person)
        if person is self._viewer.person and tip != self._tip:
            self._tip = tip
            await self._send("tip", tip=tip)

    async def _send_commands(self) -> None:
        if (channel := self._viewer.channel) is not None:
            commands = offered_commands(self._content.world, self._viewer.person, channel)
            await self._send("commands", commands=commands)
