"""One browser: its connection, and the answers to what it asks for."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from aiohttp import ClientConnectionResetError, WSMsgType, web

from bot.sandbox.model import (
    POSTS_ONLY,
    Channel,
    Json,
)
from bot.sandbox.model.events import Event
from bot.sandbox.page.actions import PersonActions
from bot.sandbox.page.content import Content, Viewer
from bot.sandbox.page.offered_commands import offered_commands
from bot.sandbox.page.updates import Updates
from bot.sandbox.page.view import milliseconds
from bot.sandbox.payloads.messages import message_payload
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.rules import strict_json

log = logging.getLogger(__name__)

_BACKLOG: Final = 1_000
"""Events a browser may be behind; one that is slower begins anew."""
_AT_ONCE: Final = 32
"""Things a browser may ask for before the first is answered."""
_TRY_AGAIN: Final = 1013
_PAGE_OF_MESSAGES: Final = 50


class Session:
    """Serves one browser, as the person that it is at the time."""

    def __init__(self, content: Content, socket: web.WebSocketResponse) -> None:
        self.content = content
        self.world = content.world
        self.view = content.view
        self.viewer = Viewer(content)
        self._socket = socket
        self._events: asyncio.Queue[Event] = asyncio.Queue(_BACKLOG)
        self._greeted = asyncio.Event()
        self._behind = False
        self._asked: set[asyncio.Task[None]] = set()
        self._actions = PersonActions(self.viewer)
        self._updates = Updates(self.viewer, self.send)

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

    def on_event(self, event: Event) -> None:
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

    async def send(self, kind: str, /, **content: Any) -> None:  # noqa: ANN401  any JSON
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
            **self._actions.handlers,
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
            "tip": await self._updates.current_tip(),
        }

    async def _be(self, asked: Json) -> Json:
        """Become someone else."""
        self.viewer.person = {str(person.id): person for person in self.content.people}[
            asked["person"]
        ]
        self.viewer.channel = None
        return await self._state()

    async def _speak(self, asked: Json) -> Json:
        """Let the person's Discord speak another language."""
        self.viewer.person.locale = str(asked["locale"])
        return await self._state()

    async def _open(self, asked: Json) -> Json:
        """Look into a channel."""
        channel = self.viewer.channel_of(asked["channel"])
        self.viewer.channel = channel
        messages, more = self._messages(channel, None)
        starter = self.view.starter(channel)
        return {
            "channel": self.view.channel(channel, self.viewer.person),
            "messages": messages,
            "more": more,
            "starter": self.view.message(starter, self.viewer.person) if starter else None,
            "posts": self.view.posts(channel) if channel.type in POSTS_ONLY else None,
            "commands": offered_commands(self.world, self.viewer.person, channel),
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
        await self._updates.tell_tip()
        return dict(said) if said else None

    async def _tell_all(self) -> None:
        # Before it knows the state there is, the browser can make nothing of what changes.
        await self._greeted.wait()
        while not self._behind:
            event = await self._events.get()
            try:
                await self._updates.tell(event)
            except Exception:
                # One event that can't be shown must not silence all that follow.
                log.exception("could not show %s", event.name)
