"""The gateway's server: connections, IDENTIFY, RESUME, faults."""

import asyncio
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.gateway.dispatch import PRIVILEGED, Intent, dispatch_of, ready_payload
from bot.sandbox.gateway.session import CloseCode, Connection, Op, Session
from bot.sandbox.model import Json
from bot.sandbox.model.events import Event
from bot.sandbox.model.state import State
from bot.sandbox.payloads.entities import guild_create_payload, member_payload
from bot.sandbox.rules import strict_json

HEARTBEAT_INTERVAL = 41_250
"""Milliseconds between heartbeats."""
_RESUMABLE = 8
"""Sessions without a connection that are kept."""


class ClosePoint(StrEnum):
    """The point at which a `CloseFault` closes a new connection."""

    ACCEPTED = "accepted"
    """Not even HELLO is sent."""
    IDENTIFIED = "identified"
    """The bot has sent IDENTIFY or RESUME, which is not answered."""
    READY = "ready"
    """READY or RESUMED is sent."""


@dataclass(eq=False, slots=True)
class CloseFault:
    """A fault: new connections are accepted and closed.

    Attributes:
        code: the close code.
        at: how far a connection gets before.
        left: for how many more connections; `None` for all.
        hits: how many connections were closed by it.
    """

    code: int
    at: ClosePoint
    left: int | None
    hits: int = 0


class Gateway:
    """Accepts connections of bots, and sends them events.

    Attributes:
        sessions: sessions that are connected or may resume.
        refusals_left: how many connections to refuse before one is let in again.
        accepted: how many connections were accepted.
        identified: how often a bot has identified itself.
        heartbeat_interval: milliseconds between heartbeats, told to connections that begin.
        acknowledges: whether heartbeats are acknowledged.
        resumed: how often a bot has resumed.
        starts: how often it may identify.
    """

    def __init__(self, world: State, *, token: str, privileged_intents: int = 0) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.refusals_left = 0
        self.accepted = 0
        self.identified = 0
        self.resumed = 0
        self.heartbeat_interval = HEARTBEAT_INTERVAL
        self.acknowledges = True
        self.starts = world.session_starts
        self._close_faults: list[CloseFault] = []
        self._token = token
        self._forbidden = PRIVILEGED & ~privileged_intents
        self._changed = asyncio.Event()
        world.feed.listeners.append(self._send_event)

    @property
    def connected(self) -> list[Session]:
        """The sessions that are connected."""
        return [session for session in self.sessions.values() if session.connection is not None]

    async def wait_connected(self, *, shards: int = 1) -> None:
        """Wait until a number of shards is connected."""
        async with asyncio.timeout(self.world.patience):
            while len(self.connected) < shards:
                self._changed.clear()
                await self._changed.wait()

    async def drop(self, code: int | None = None) -> None:
        """Close all connections with a code, or break them where it is `None`.

        They may resume, if the code allows it.
        """
        for session in self.connected:
            connection, session.connection = session.connection, None
            assert connection is not None
            if code is None:
                connection.abort()
            else:
                await connection.close(code)
        self._changed.set()

    def close_next(
        self, code: int, *, at: ClosePoint = ClosePoint.ACCEPTED, times: int | None = 1
    ) -> CloseFault:
        """Add a fault: accept the next connections, and close them.

        Args:
            code: the close code.
            at: how far they get before that.
            times: how many of them; `None` for all from now on, until `clear_faults`.
        """
        fault = CloseFault(code, at, times)
        self._close_faults.append(fault)
        return fault

    def clear_faults(self) -> None:
        """Remove all faults of connections."""
        self.refusals_left = 0
        self.acknowledges = True
        self._close_faults.clear()

    def _close_at(self, at: ClosePoint) -> int | None:
        """Return the close code of a fault at a point, and count it."""
        for fault in self._close_faults:
            if fault.at is at and fault.left != 0:
                fault.hits += 1
                if fault.left is not None:
                    fault.left -= 1
                return fault.code
        return None

    def ask_reconnect(self) -> None:
        """Send RECONNECT to all."""
        for session in self.connected:
            assert session.connection is not None
            session.connection.send(Op.RECONNECT)

    def invalidate(self) -> None:
        """Send INVALID_SESSION to all, and remove all sessions."""
        for session in self.connected:
            assert session.connection is not None
            session.connection.send(Op.INVALID_SESSION, data=False)
            session.connection = None
        self.sessions.clear()

    async def close(self) -> None:
        """Close all connections, and send no more events."""
        self.world.feed.listeners.remove(self._send_event)
        await self.drop(1001)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        if self.refusals_left > 0:
            self.refusals_left -= 1
            return web.Response(status=503, text="upstream connect error")
        socket = web.WebSocketResponse(compress=False, max_msg_size=1 << 16)
        try:
            await socket.prepare(request)
        except ConnectionResetError:
            return web.Response()  # to nobody: the client has gone meanwhile
        connection = Connection(socket, request)
        self.accepted += 1
        code = self._close_at(ClosePoint.ACCEPTED)
        if code is not None:
            await connection.close(code)
            return socket
        connection.send(Op.HELLO, {"heartbeat_interval": self.heartbeat_interval, "_trace": []})
        session: Session | None = None
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    break
                try:
                    frame: Any = strict_json.loads(message.data)
                    op, data = int(frame["op"]), frame.get("d")
                except (ValueError, TypeError, KeyError):
                    await connection.close(CloseCode.DECODE_ERROR)
                    break
                answer = await self._answer(connection, session, op, data)
                if isinstance(answer, int):
                    await connection.close(answer)
                    break
                session = answer
        finally:
            connection.stop()
            self._leave(connection, socket.close_code)
        return socket

    async def _answer(
        self, connection: Connection, session: Session | None, op: int, data: object
    ) -> Session | int | None:
        """Handle a frame, or apply a fault; return the session or the close code."""
        begins = session is None and op in (Op.IDENTIFY, Op.RESUME)
        if begins and (code := self._close_at(ClosePoint.IDENTIFIED)) is not None:
            return code
        answer = self._receive(connection, session, op, data)
        if self.starts.exceeded:
            await self.drop(CloseCode.AUTHENTICATION_FAILED)
        elif begins and isinstance(answer, Session):
            code = self._close_at(ClosePoint.READY)
            if code is not None:
                await connection.flush()
                return code
        return answer

    def _leave(self, connection: Connection, code: int | None) -> None:
        """Keep the session of a closed connection, unless the bot ended it with 1000 or 1001."""
        for session in tuple(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if code in (1000, 1001):
                    del self.sessions[session.id]
        self._changed.set()

    def _receive(
        self, connection: Connection, session: Session | None, op: int, data: object
    ) -> Session | CloseCode | None:
        """Handle a frame; return the session of the connection, or the close code."""
        if op == Op.HEARTBEAT:
            if self.acknowledges:
                connection.send(Op.HEARTBEAT_ACK)
        elif op == Op.IDENTIFY and isinstance(data, dict):
            return CloseCode.ALREADY_AUTHENTICATED if session else self._identify(connection, data)
        elif op == Op.RESUME and isinstance(data, dict):
            return CloseCode.ALREADY_AUTHENTICATED if session else self._resume(connection, data)
        elif session is None:
            return CloseCode.NOT_AUTHENTICATED
        elif op == Op.REQUEST_MEMBERS and isinstance(data, dict):
            self._send_members(session, data)
        return session

    def _identify(self, connection: Connection, data: Json) -> Session | CloseCode:
        shard, count = data.get("shard") or (0, 1)
        intents = data.get("intents")
        if data.get("token") != self._token:
            return CloseCode.AUTHENTICATION_FAILED
        if not isinstance(intents, int) or not 0 <= intents <= Intent.ALL:
            return CloseCode.INVALID_INTENTS
        if intents & self._forbidden:
            return CloseCode.DISALLOWED_INTENTS
        if not 0 <= shard < count:
            return CloseCode.INVALID_SHARD
        if not self.starts.take(self.world.clock()):
            return CloseCode.AUTHENTICATION_FAILED
        session = Session(secrets.token_hex(16), (shard, count), intents, connection)
        guilds = [
            guild
            for guild in self.world.guilds.values()
            if guild.me is not None and (guild.id >> 22) % count == shard
        ]
        session.dispatch("READY", ready_payload(self.world, session.id, (shard, count), guilds))
        if intents & Intent.GUILDS:
            for guild in guilds:
                if guild.available:
                    session.dispatch("GUILD_CREATE", guild_create_payload(guild))
        self.sessions[session.id] = session
        self._remove_lost_sessions()
        self.identified += 1
        self._changed.set()
        return session

    def _remove_lost_sessions(self) -> None:
        """Remove sessions without a connection, except for the newest ones."""
        lost = [session.id for session in self.sessions.values() if session.connection is None]
        for session_id in lost[:-_RESUMABLE]:
            del self.sessions[session_id]

    def _resume(self, connection: Connection, data: Json) -> Session | CloseCode | None:
        if data.get("token") != self._token:
            return CloseCode.AUTHENTICATION_FAILED
        session = self.sessions.get(str(data.get("session_id")))
        seq = data.get("seq")
        if session is None or not isinstance(seq, int):
            connection.send(Op.INVALID_SESSION, data=False)
            return None
        missed = [text for number, text in session.replay if number > seq]
        if len(missed) != session.sequence - seq:  # more than is kept
            del self.sessions[session.id]
            connection.send(Op.INVALID_SESSION, data=False)
            return None
        if session.connection is not None:  # the old one was not known to be dead
            session.connection.abort()
        session.connection = connection
        for text in missed:
            connection.send_text(text)
        session.dispatch("RESUMED", {"_trace": []})
        self.resumed += 1
        self._changed.set()
        return session

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self.world.guilds.get(int(data["guild_id"]))
        if guild is None:
            return
        ids = {int(user_id) for user_id in data.get("user_ids") or ()}
        query = str(data.get("query") or "").lower()
        members = [
            member_payload(member)
            for member in guild.members.values()
            if (member.user.id in ids if ids else member.user.name.lower().startswith(query))
        ]
        chunk: Json = {
            "guild_id": str(guild.id),
            "members": members,
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [],
        }
        if data.get("nonce"):
            chunk["nonce"] = data["nonce"]
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    def _send_event(self, event: Event) -> None:
        for session in tuple(self.sessions.values()):
            found = dispatch_of(self.world, event, session.shard, session.intents)
            if found is not None:
                session.dispatch(*found)
