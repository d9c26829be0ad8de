"""Takes requests in: faults, routes, tokens, limits, the work, the record."""

import asyncio
import json
from dataclasses import KW_ONLY, dataclass
from functools import partial
from time import perf_counter

from aiohttp import BodyPartReader, web

from bot.sandbox import strict_json
from bot.sandbox.errors import ApiError, Refusal
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.model import Json
from bot.sandbox.ratelimits import RateLimiter
from bot.sandbox.recorder import Complaint, Recorded, Recorder
from bot.sandbox.rest.call import Call, Reply, Route, Router, UploadedFile
from bot.sandbox.world import World

PREFIX = "/api/v10"
"""Where the API begins; the value of a client's base address ends with it."""


@dataclass(slots=True)
class _Arrived:
    """A request as it came, before anything is made of it."""

    record: Recorded
    files: dict[str, UploadedFile]
    is_json: bool


@dataclass(slots=True, eq=False, repr=False)
class Api:
    """Serves the REST API of a world."""

    world: World
    router: Router
    _: KW_ONLY
    token: str
    limiter: RateLimiter
    faults: Faults
    recorder: Recorder
    strict: bool = False
    """Whether a message must say whom it may notify."""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one request."""
        began = perf_counter()
        arrived = await self._read(request)
        record = arrived.record
        try:
            route, params = self.router.find(record.method, record.path)
            record.route = route.template
        except ApiError as error:
            route, params, lost = None, {}, error
        self.recorder.requests.append(record)
        fault = self._take_fault(record, counted=route is not None and route.counted)
        if fault is not None:
            if fault.delay:
                await asyncio.sleep(fault.delay)
            if fault.is_instead_of_work:
                return self._finish(
                    request, record, _faulty(fault, record), began, broken=fault.broken
                )
        if self.limiter.banned:
            record.status = 429
            self.recorder.answered(record, 429)
            return web.Response(status=429, text="error code: 1015")
        headers: dict[str, str] = {}
        if route is None:
            reply = Reply(lost.body, lost.status)
        else:
            call = Call(self.world, self.limiter, record, params, arrived.files, arrived.is_json)
            if self.strict:
                call.complain = partial(self._complain, record)
            reply = self._serve(call, route, request.headers.get("Authorization"), headers)
        if fault is not None and fault.after:
            reply = _faulty(fault, record)
            return self._finish(request, record, reply, began, broken=fault.broken)
        return self._finish(request, record, reply, began, headers=headers)

    def _take_fault(self, record: Recorded, *, counted: bool) -> Fault | None:
        """Return what is to go wrong with a request; begin the global rate limit that is wanted."""
        is_limited = counted and self.limiter.refused_for > 0
        fault = self.faults.take(record, may_limit=counted and not is_limited)
        if fault is not None:
            record.fault = str(fault)
            if fault.everywhere:
                self.limiter.refuse_everything(fault.seconds)
        elif is_limited:
            record.fault = "global rate limit"
        return fault

    def _serve(
        self, call: Call, route: Route, credentials: str | None, headers: dict[str, str]
    ) -> Reply:
        try:
            self._authorize(route, credentials)
            major = "/".join(value for name, value in call.params.items() if name in _MAJOR)
            verdict = self.limiter.check(
                call.request.method, route.template, major, counted=route.counted
            )
            headers |= verdict.headers
            if verdict.retry_after is not None:
                return _too_many(verdict.retry_after, everywhere=verdict.everywhere)
            return route.handler(call)
        except ApiError as error:
            return Reply(error.body, error.status)

    def _authorize(self, route: Route, credentials: str | None) -> None:
        if route.needs_token and credentials != f"Bot {self.token}":
            raise ApiError(Refusal.UNAUTHORIZED)

    def _complain(self, record: Recorded, reason: str) -> None:
        complaint = Complaint(record, reason)
        self.recorder.complaints.append(complaint)
        self.world.publish("COMPLAINT", complaint)

    def _finish(
        self,
        request: web.Request,
        record: Recorded,
        reply: Reply,
        began: float,
        *,
        headers: dict[str, str] | None = None,
        broken: bool = False,
    ) -> web.StreamResponse:
        record.seconds = perf_counter() - began
        if broken:
            self.world.publish("REQUEST", record)
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)  # never arrives
        record.status, record.answer = reply.status, reply.body
        record.headers = {**(headers or {}), "Via": "1.1 sandbox"}
        if isinstance(reply.body, dict) and "retry_after" in reply.body:
            record.headers["Retry-After"] = str(reply.body["retry_after"])
        self.limiter.answered(reply.status)
        self.recorder.answered(record, reply.status)
        if record.refused:
            self.world.publish("REFUSAL", record)
        self.world.publish("REQUEST", record)
        response = web.Response(status=reply.status, headers=record.headers)
        if reply.body is not None:
            response.body = json.dumps(reply.body, separators=(",", ":")).encode()
            # Discord names no charset, and clients compare the header as a whole.
            response.headers["Content-Type"] = "application/json"
        return response

    async def _read(self, request: web.Request) -> _Arrived:
        record = Recorded(
            self.world.clock(),
            request.method,
            request.path.removeprefix(PREFIX),
            query=dict(request.query),
        )
        arrived = _Arrived(record, {}, is_json=True)
        if request.content_type == "multipart/form-data":
            try:
                await _read_parts(request, arrived)
            except ValueError:  # its parts are not what its header says
                arrived.is_json = False
        elif request.can_read_body:
            raw = await request.read()
            _parse(raw, arrived)
            if request.content_type != "application/json":
                arrived.is_json = False
        return arrived


_MAJOR = frozenset({"channel_id", "guild_id", "application_id", "token"})
"""Parameters for each value of which a limit counts apart."""


async def _read_parts(request: web.Request, arrived: _Arrived) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        name = part.name or ""
        if name == "payload_json":
            _parse(content, arrived)
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            filename = part.filename or "unknown"
            arrived.files[name] = UploadedFile(name, filename, content, kind)
            arrived.record.files.append((name, filename, len(content)))


def _parse(raw: bytes, arrived: _Arrived) -> None:
    try:
        arrived.record.body = strict_json.loads(raw) if raw else None
    except ValueError:  # no JSON, or no text at all
        arrived.is_json = False


def _faulty(fault: Fault, record: Recorded) -> Reply:
    if fault.garbled:
        return Reply({})
    if fault.retry_after is not None:
        return _too_many(fault.retry_after, everywhere=fault.everywhere)
    status = fault.status or 500
    body: Json = {"message": f"{status}: fault", "code": fault.code}
    if fault.errors is not None:
        body |= {"message": "Invalid Form Body", "errors": fault.errors(record)}
    return Reply(body, status)


def _too_many(retry_after: float | str, *, everywhere: bool) -> Reply:
    body = {
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": everywhere,
        "code": 0,
    }
    return Reply(body, 429)
