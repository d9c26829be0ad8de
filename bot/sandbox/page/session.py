"""The connection of one browser, and the answers to its requests."""

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
from bot.sandbox.people.explanations import explain
from bot.sandbox.rules import strict_json

log = logging.getLogger(__name__)

_BACKLOG: Final = 1_000
"""Events that may wait for a browser; a slower one is disconnected, and starts again."""
_MAX_ANSWERING: Final = 32
"""Requests of a browser that may be answered at the same time."""
_TRY_AGAIN_LATER: Final = 1013
_PAGE_OF_MESSAGES: Final = 50


class Session:
    """Serves one browser, as the person that it acts as."""

    def __init__(self, content: Content, socket: web.WebSocketResponse) -> None:
        self.content = content
        self.world = content.world
        self.view = content.view
        self.viewer = Viewer(content)
        self._socket = socket
        self._events: asyncio.Queue[Event] = asyncio.Queue(_BACKLOG)
        self._has_state = asyncio.Event()
        self._is_behind = False
        self._answering: set[asyncio.Task[None]] = set()
        self._actions = PersonActions(self.viewer)
        self._updates = Updates(self.viewer, self.send)

    async def run(self) -> None:
        """Serve the browser until it disconnects."""
        updating = asyncio.create_task(self._send_updates(), name="sandbox: page updates")
        try:
            async for frame in self._socket:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(frame.data)
        finally:
            for task in (updating, *self._answering):
                task.cancel()
            await asyncio.gather(updating, *self._answering, return_exceptions=True)

    async def close(self) -> None:
        """Close the connection; the browser connects again."""
        await self._socket.close(code=_TRY_AGAIN_LATER)

    def on_event(self, event: Event) -> None:
        """Queue an event."""
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:
            if not self._is_behind:
                self._is_behind = True
                self._spawn(self.close())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="sandbox: page request")
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def send(self, kind: str, /, **content: Any) -> None:  # noqa: ANN401  any JSON
        """Send a frame of a kind, with the sandbox's time."""
        frame = {"kind": kind, "now": milliseconds(self.world.clock())} | content
        with suppress(ClientConnectionResetError):
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))

    async def _receive(self, text: str) -> None:
        """Start answering a request, at the same time as others."""
        try:
            request: Any = strict_json.loads(text)
            number, name = int(request["number"]), str(request["type"])
        except (ValueError, TypeError, KeyError):
            await self._socket.close(code=1003)
            return
        if len(self._answering) >= _MAX_ANSWERING:
            await self._refuse(number, NotSentError("too much at once"))
            return
        self._spawn(self._answer(number, name, request))

    async def _answer(self, number: int, name: str, request: Json) -> None:
        answers: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "hello": self._hello,
            "open": self._open,
            "older": self._older,
            "switch_person": self._switch_person,
            "set_locale": self._set_locale,
            "dismiss": self._dismiss,
            "request_details": self._request_details,
            "message_json": self._message_json,
            "run_action": self._run_action,
            **self._actions.handlers,
        }
        try:
            result = await answers[name](request)
        except NotSentError as error:
            await self._refuse(number, error)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            # A malformed request, or one that names something that was deleted.
            log.debug("could not do %s", name, exc_info=True)
            await self._refuse(
                number, NotSentError("cannot do {name!r}: it may be gone", name=name)
            )
        except Exception:
            log.exception("could not do %s", name)
            await self._refuse(number, NotSentError("{name!r} failed; the log says why", name=name))
        else:
            await self.send("answer", to=number, result=result)
            if name == "hello":
                self._has_state.set()

    async def _refuse(self, number: int, error: NotSentError) -> None:
        """Answer a request with the reason why nothing was done, in the person's language."""
        await self.send("answer", to=number, error=explain(error, self.viewer.person.locale))

    async def _hello(self, request: Json) -> Json:
        """Return the state, at the beginning and after the connection was lost."""
        wanted = str(request.get("person") or "")
        for person in self.content.people:
            if str(person.id) == wanted:
                self.viewer.person = person
        return await self._state()

    async def _state(self) -> Json:
        bot, first = self.world.bot, self.content.options.first
        return {
            "title": self.content.options.title,
            "zone": self.content.options.zone,
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

    async def _switch_person(self, request: Json) -> Json:
        """Act as another person."""
        self.viewer.person = {str(person.id): person for person in self.content.people}[
            request["person"]
        ]
        self.viewer.channel = None
        return await self._state()

    async def _set_locale(self, request: Json) -> Json:
        """Change the locale of the person."""
        self.viewer.person.locale = str(request["locale"])
        return await self._state()

    async def _open(self, request: Json) -> Json:
        """Open a channel."""
        channel = self.viewer.channel_of(request["channel"])
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

    async def _older(self, request: Json) -> Json:
        channel = self.viewer.channel_of(request["channel"])
        messages, more = self._messages(channel, int(request["before"]))
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

    async def _dismiss(self, request: Json) -> None:
        message = self.viewer.message_of(request)
        if message.only_for != self.viewer.person.id:
            raise NotSentError("only answers for your eyes can be dismissed")
        self.content.dismissed.add(message.id)
        await self.send("gone", channel=str(message.channel.id), message=str(message.id))

    async def _request_details(self, request: Json) -> Json | None:
        return self.content.requests.details(int(request["request"]))

    async def _message_json(self, request: Json) -> Json:
        """Return the payload of a message."""
        return message_payload(self.viewer.message_of(request))

    async def _run_action(self, request: Json) -> Json | None:
        """Run an action of whoever serves the page; return a notice, by language."""
        action = self.content.actions[request["action"]]
        try:
            said = await action.run(self.viewer.person)
        except Exception:
            log.exception("%s failed", action.id)
            raise NotSentError("{name!r} failed; the log says why", name=action.id) from None
        await self._updates.send_tip()
        return dict(said) if said else None

    async def _send_updates(self) -> None:
        # A browser can't use updates before it has the state.
        await self._has_state.wait()
        while not self._is_behind:
            event = await self._events.get()
            try:
                await self._updates.send_event(event)
            except Exception:
                # An event that can't be shown must not stop all that follow.
                log.exception("could not show %s", event.name)
