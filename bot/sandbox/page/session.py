"""One browser: what it is told, and what it asks for."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any, Final

from aiohttp import ClientConnectionResetError, WSMsgType, web

from bot.sandbox.model import (
    POSTS_ONLY,
    Channel,
    ChannelType,
    Exchange,
    InteractionType,
    Json,
    Message,
)
from bot.sandbox.model.events import Event
from bot.sandbox.page.content import Content, Viewer
from bot.sandbox.page.deeds import Deeds
from bot.sandbox.page.palette import palette
from bot.sandbox.page.view import milliseconds
from bot.sandbox.payloads.messages import message_payload
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.rest.recorder import Recorded
from bot.sandbox.rules import strict_json

log = logging.getLogger(__name__)

_BACKLOG: Final = 1_000
"""Events a browser may be behind; one that is slower begins anew."""
_AT_ONCE: Final = 32
"""Things a browser may ask for before the first is answered."""
_TRY_AGAIN: Final = 1013
_PAGE_OF_MESSAGES: Final = 50
_ABOUT_MESSAGES: Final = {"MESSAGE_CREATE", "MESSAGE_UPDATE"}
_ABOUT_PLACES: Final = (
    "CHANNEL_",
    "THREAD_",
    "GUILD_",
)


class Session:
    """Tells one browser what happens, as the person that it is at the time."""

    def __init__(self, content: Content, socket: web.WebSocketResponse) -> None:
        self.content = content
        self.world = content.world
        self.view = content.view
        self.viewer = Viewer(content)
        self.channel: Channel | None = None
        """The one that is open."""
        self._socket = socket
        self._events: asyncio.Queue[Event] = asyncio.Queue(_BACKLOG)
        self._greeted = asyncio.Event()
        self._behind = False
        self._asked: set[asyncio.Task[None]] = set()
        self._deeds = Deeds(self.viewer)
        self._tip: Mapping[str, str] | None = None
        """What the browser shows the person that they could do next."""

    async def run(self) -> None:
        """Serve the browser until it goes."""
        telling = asyncio.create_task(self._tell_all(), name="sandbox: page updates")
        try:
            async for frame in self._socket:
                if frame.type is WSMsgType.TEXT:
                    await self._take(frame.data)
        finally:
            for task in (telling, *self._asked):
                task.cancel()
            await asyncio.gather(telling, *self._asked, return_exceptions=True)

    async def close(self) -> None:
        """Hang up; the browser tries again by itself."""
        await self._socket.close(code=_TRY_AGAIN)

    def heard(self, event: Event) -> None:
        """Note what happened, to be told when its turn comes."""
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:
            if not self._behind:
                self._behind = True
                self._spawn(self.close())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="sandbox: page request")
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)

    async def send(self, kind: str, **content: Any) -> None:  # noqa: ANN401  any JSON
        """Send the browser something, with the time of this Discord."""
        frame = {"kind": kind, "now": milliseconds(self.world.clock())} | content
        with suppress(ClientConnectionResetError):
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))

    async def _take(self, text: str) -> None:
        """Do what the browser asks for, beside whatever else is being done for it."""
        try:
            asked: Any = strict_json.loads(text)
            number, name = int(asked["number"]), str(asked["do"])
        except (ValueError, TypeError, KeyError):
            await self._socket.close(code=1003)
            return
        if len(self._asked) >= _AT_ONCE:
            await self.send("answer", to=number, error="too much at once")
            return
        self._spawn(self._answer(number, name, asked))

    async def _answer(self, number: int, name: str, asked: Json) -> None:
        answers: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "hello": self._hello,
            "open": self._open,
            "older": self._older,
            "be": self._be,
            "speak": self._speak,
            "dismiss": self._dismiss,
            "details": self._details,
            "json": self._json,
            "act": self._act,
            **self._deeds.known,
        }
        try:
            result = await answers[name](asked)
        except NotSentError as error:
            await self.send("answer", to=number, error=str(error))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            # What came is no request of this page's script, or names what is gone by now.
            log.debug("could not do %s", name, exc_info=True)
            await self.send("answer", to=number, error=f"cannot do {name!r}: it may be gone")
        except Exception:
            log.exception("could not do %s", name)
            await self.send("answer", to=number, error=f"{name} failed; the log says why")
        else:
            await self.send("answer", to=number, result=result)
            if name == "hello":
                self._greeted.set()

    async def _hello(self, asked: Json) -> Json:
        """Begin, or begin anew after the connection was lost."""
        wanted = str(asked.get("person") or "")
        for person in self.content.people:
            if str(person.id) == wanted:
                self.viewer.person = person
        return await self._state()

    async def _state(self) -> Json:
        self._tip = await self.content.tip(self.viewer.person)
        bot, first = self.world.bot, self.content.first
        return {
            "title": self.content.title,
            "zone": self.content.zone,
            "bot": {"id": str(bot.id), "name": bot.name, "bot": True},
            "actions": [
                {"id": action.id, "names": dict(action.names)}
                for action in self.content.actions.values()
            ],
            "people": [self.view.person(person) for person in self.content.people],
            "you": self.view.person(self.viewer.person),
            "places": self.view.places(self.viewer.person),
            "first": str(first.id) if first else None,
            "requests": self.content.requests.summaries(),
            "tip": self._tip,
        }

    async def _be(self, asked: Json) -> Json:
        """Become someone else."""
        self.viewer.person = {str(person.id): person for person in self.content.people}[
            asked["person"]
        ]
        self.channel = None
        return await self._state()

    async def _speak(self, asked: Json) -> Json:
        """Let the person's Discord speak another language."""
        self.viewer.person.locale = str(asked["locale"])
        return await self._state()

    async def _open(self, asked: Json) -> Json:
        """Look into a channel."""
        channel = self.viewer.channel_of(asked["channel"])
        self.channel = channel
        messages, more = self._messages(channel, None)
        starter = self.view.starter(channel)
        return {
            "channel": self.view.channel(channel, self.viewer.person),
            "messages": messages,
            "more": more,
            "starter": self.view.message(starter, self.viewer.person) if starter else None,
            "posts": self.view.posts(channel) if channel.type in POSTS_ONLY else None,
            "commands": palette(self.world, self.viewer.person, channel),
        }

    async def _older(self, asked: Json) -> Json:
        channel = self.viewer.channel_of(asked["channel"])
        messages, more = self._messages(channel, int(asked["before"]))
        return {"messages": messages, "more": more}

    def _messages(self, channel: Channel, before: int | None) -> tuple[list[Json], bool]:
        seen = [
            message
            for message in channel.seen_by(self.viewer.person)
            if message.id not in self.content.dismissed and (before is None or message.id < before)
        ]
        shown = seen[-_PAGE_OF_MESSAGES:]
        views = [self.view.message(message, self.viewer.person) for message in shown]
        return views, len(shown) < len(seen)

    async def _dismiss(self, asked: Json) -> None:
        message = self.viewer.message_of(asked)
        if message.only_for != self.viewer.person.id:
            raise NotSentError("only answers for your eyes can be dismissed")
        self.content.dismissed.add(message.id)
        await self.send("gone", channel=str(message.channel.id), message=str(message.id))

    async def _details(self, asked: Json) -> Json | None:
        return self.content.requests.details(int(asked["request"]))

    async def _json(self, asked: Json) -> Json:
        """Return a message as Discord gives it."""
        return message_payload(self.viewer.message_of(asked))

    async def _act(self, asked: Json) -> Json | None:
        """Do what the page's host offers; return what to say of it, by language."""
        action = self.content.actions[asked["action"]]
        try:
            said = await action.run(self.viewer.person)
        except Exception:
            log.exception("%s failed", action.id)
            raise NotSentError(f"{action.id} failed; the log says why") from None
        await self._tell_tip()
        return dict(said) if said else None

    async def _tell_all(self) -> None:
        # Before it knows the state there is, the browser can make nothing of what changes.
        await self._greeted.wait()
        while not self._behind:
            event = await self._events.get()
            try:
                await self._tell(event)
            except Exception:
                # One event that can't be shown must not silence all that follow.
                log.exception("could not show %s", event.name)

    async def _tell(self, event: Event) -> None:
        subject = event.subject
        if event.only_for not in (None, self.viewer.person.id):
            return
        if isinstance(subject, Message):
            await self._tell_of_message(event.name, subject)
            await self._tell_tip()
        elif isinstance(subject, Exchange):
            if subject.kind is not InteractionType.AUTOCOMPLETE:
                await self.send("exchange", exchange=self.view.exchange(subject))
                await self._tell_tip()
        elif event.name == "REQUEST":
            await self._tell_request(subject)
        elif event.name.startswith(_ABOUT_PLACES):
            await self.send("places", places=self.view.places(self.viewer.person))
            await self._tell_commands()
            if isinstance(subject, Channel):
                await self._tell_posts(subject)

    async def _tell_request(self, record: Recorded) -> None:
        if summary := self.content.requests.summary(record):
            await self.send("request", request=summary)
        if "/commands" in record.route and record.method != "GET":
            await self._tell_commands()

    async def _tell_of_message(self, name: str, message: Message) -> None:
        if name == "MESSAGE_DELETE":
            await self.send("gone", channel=str(message.channel.id), message=str(message.id))
            await self._tell_posts(message.channel)
        elif name in _ABOUT_MESSAGES:
            await self._tell_message(message, new=name == "MESSAGE_CREATE")

    async def _tell_message(self, message: Message, *, new: bool) -> None:
        channel = message.channel
        if message.id in self.content.dismissed or not self.view.may_see(
            self.viewer.person, channel
        ):
            return
        if new and (push := self.view.push(message, self.viewer.person)) is not None:
            await self.send("push", **push)
        shown = self.channel
        if channel is shown or (shown is not None and message.thread is shown):
            content = self.view.message(message, self.viewer.person)
            await self.send("message", message=content, new=new)
        elif new:
            pinged = self.view.message(message, self.viewer.person)["pinged"]
            await self.send("unread", channel=str(channel.id), pinged=pinged)
        starter = self.view.starter(channel)
        if new and starter is not None and starter.channel is shown:
            content = self.view.message(starter, self.viewer.person)
            await self.send("message", message=content, new=False)
        await self._tell_posts(channel)

    async def _tell_posts(self, channel: Channel) -> None:
        """Tell of a forum's posts anew, if it is open and something happened in it."""
        forum = self.channel
        if forum is None or forum.type not in (ChannelType.FORUM, ChannelType.MEDIA):
            return
        if forum in (channel, channel.parent):
            places = self.view.places(self.viewer.person)
            await self.send("posts", posts=self.view.posts(forum), places=places)

    async def _tell_tip(self) -> None:
        """Tell of what the person could do next, if that has changed."""
        person = self.viewer.person
        tip = await self.content.tip(person)
        if person is self.viewer.person and tip != self._tip:
            self._tip = tip
            await self.send("tip", tip=tip)

    async def _tell_commands(self) -> None:
        if self.channel is not None:
            commands = palette(self.world, self.viewer.person, self.channel)
            await self.send("commands", commands=commands)
