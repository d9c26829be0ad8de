"""The REST API as an aiohttp application: routes, and the middlewares that each request passes."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import groupby
from time import perf_counter

from aiohttp import web

from bot.sandbox.model import Json
from bot.sandbox.model.state import State
from bot.sandbox.rest.bodies import read_body
from bot.sandbox.rest.call import Call, Reply
from bot.sandbox.rest.faults import Fault, Faults
from bot.sandbox.rest.recorder import Complaint, RecordedRequest, Recorder
from bot.sandbox.rest.routes import ROUTES, Route
from bot.sandbox.rest.unsimulated import UNSIMULATED, refuse_unsimulated
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.rate_limits import RateLimiter

PREFIX = "/api/v10"
"""The path of the API; the base URL of a client ends with it."""

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_CALL = web.RequestKey("call", Call)
_MATCH = web.RequestKey("match", web.UrlMappingMatchInfo)
_MAJOR = frozenset({"channel_id", "guild_id", "webhook_id", "webhook_token"})
"""Parameters for each value of which a rate limit counts apart.

Source: https://discord.com/developers/docs/topics/rate-limits#rate-limits
"""


class Api:
    """The REST API of a world.

    Attributes:
        app: the aiohttp application, to be added below `PREFIX`.
    """

    def __init__(
        self,
        world: State,
        *,
        token: str,
        limiter: RateLimiter,
        faults: Faults,
        recorder: Recorder,
        requires_allowed_mentions: bool = False,
    ) -> None:
        self._world = world
        self._token = token
        self._limiter = limiter
        self._faults = faults
        self._recorder = recorder
        self._requires_allowed_mentions = requires_allowed_mentions
        self.app = web.Application(
            middlewares=[
                self._record,
                self._inject_fault,
                self._ban,
                self._authorize,
                self._limit,
                self._refuse,
            ]
        )
        self.app.router.add_route("*", "/{path:.*}", self._serve)

    @web.middleware
    async def _record(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Record the request and its response, and publish them."""
        began = perf_counter()
        body = await read_body(request)
        path = request.path.removeprefix(PREFIX)
        record = RecordedRequest(
            self._world.clock(), request.method, path, query=dict(request.query)
        )
        record.body = body.json
        record.files = [
            (file.field, file.filename, len(file.content)) for file in body.files.values()
        ]
        match = await _ROUTER.resolve(request)
        route = _ROUTES.get(match.route)
        record.route = route.template if route else ""
        call = Call(self._world, self._limiter, record, dict(match), body.files, body.is_json)
        if self._requires_allowed_mentions:
            call.complain = partial(self._complain, record)
        request[_CALL], request[_MATCH] = call, match
        self._recorder.requests.append(record)
        response = await handler(request)
        record.seconds = perf_counter() - began
        if record.status is not None:
            record.headers = dict(response.headers)
            self._limiter.answered(record.status)
            self._recorder.answered(record, record.status)
            if record.refused:
                self._world.publish("REFUSAL", record)
        self._world.publish("REQUEST", record)
        return response

    def _complain(self, record: RecordedRequest, reason: str) -> None:
        complaint = Complaint(record, reason)
        self._recorder.complaints.append(complaint)
        self._world.publish("COMPLAINT", complaint)

    @web.middleware
    async def _inject_fault(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Apply a fault to the request, if there is one."""
        route, record = _ROUTES.get(request[_MATCH].route), request[_CALL].request
        fault = self._take_fault(record, counted=route is not None and route.counted)
        if fault is None:
            return await handler(request)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.until is not None:
            await fault.until.wait()
        if not fault.is_instead_of_work:
            response = await handler(request)
            if not fault.after:
                return response
        if fault.broken:
            record.status = record.answer = None
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)  # never arrives
        return _respond(record, _faulty(fault, record))

    def _take_fault(self, record: RecordedRequest, *, counted: bool) -> Fault | None:
        """Return the fault of a request; begin its global rate limit."""
        is_limited = counted and self._limiter.refused_for > 0
        fault = self._faults.take(record, may_limit=counted and not is_limited)
        if fault is not None:
            record.fault = str(fault)
            if fault.everywhere:
                self._limiter.refuse_everything(fault.seconds)
        elif is_limited:
            record.fault = "global rate limit"
        return fault

    @web.middleware
    async def _ban(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse everything from an address with too many invalid requests, as Cloudflare does."""
        if self._limiter.banned:
            request[_CALL].request.status = 429
            return web.Response(status=429, text="error code: 1015")
        return await handler(request)

    @web.middleware
    async def _authorize(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse requests without the bot's token, where the route needs it."""
        route = _ROUTES.get(request[_MATCH].route)
        is_known = request.headers.get("Authorization") == f"Bot {self._token}"
        if route is not None and route.needs_token and not is_known:
            return _respond_refusal(request[_CALL].request, ApiError(Refusal.UNAUTHORIZED))
        return await handler(request)

    @web.middleware
    async def _limit(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Count the request towards its rate limits, and refuse it where it exceeds one."""
        route = _ROUTES.get(request[_MATCH].route)
        if route is None:
            return await handler(request)
        major = "/".join(value for name, value in request[_MATCH].items() if name in _MAJOR)
        verdict = self._limiter.check(route.method, route.template, major, counted=route.counted)
        if verdict.retry_after is None:
            response = await handler(request)
        else:
            reply = _too_many(verdict.retry_after, everywhere=verdict.everywhere)
            response = _respond(request[_CALL].request, reply)
        response.headers.update(verdict.headers)
        return response

    @web.middleware
    async def _refuse(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Turn a refusal of a handler or of the router into its response."""
        try:
            return await handler(request)
        except ApiError as error:
            refusal = error
        except web.HTTPNotFound:
            refusal = ApiError(Refusal.NOT_FOUND)
        except web.HTTPMethodNotAllowed:
            refusal = ApiError(Refusal.METHOD_NOT_ALLOWED)
        return _respond_refusal(request[_CALL].request, refusal)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """Call the handler of the route; aiohttp raises 404 or 405 where there is none."""
        return await request[_MATCH].handler(request)


def _build_router() -> tuple[web.UrlDispatcher, dict[web.AbstractRoute, Route]]:
    """Return what finds aiohttp's route of a request, and which route of Discord's API each is."""
    unsimulated = [
        Route(method, template, refuse_unsimulated, needs_token=False)
        for method, template in UNSIMULATED
    ]
    # Those with fixed paths come before those with parameters.
    routes = sorted([*ROUTES, *unsimulated], key=lambda route: _specificity(route.template))
    router = web.UrlDispatcher()
    found: dict[web.AbstractRoute, Route] = {}
    for template, group in groupby(routes, key=lambda route: route.template):
        resource = router.add_resource(PREFIX + template)
        for route in group:
            found[resource.add_route(route.method, partial(_serve, route))] = route
    return router, found


async def _serve(route: Route, request: web.Request) -> web.StreamResponse:
    call = request[_CALL]
    return _respond(call.request, route.handler(call))


def _specificity(template: str) -> list[tuple[bool, str]]:
    """Sort fixed parts of paths before parameters: `@original` before `{message_id}`."""
    return [(part.startswith("{"), part) for part in template.split("/")]


def _respond(record: RecordedRequest, reply: Reply) -> web.Response:
    """Return the response with a reply, and note it in the record of the request."""
    record.status, record.answer = reply.status, reply.body
    response = web.Response(status=reply.status, headers={"Via": "1.1 sandbox"})
    if isinstance(reply.body, dict) and "retry_after" in reply.body:
        response.headers["Retry-After"] = str(reply.body["retry_after"])
    if reply.body is not None:
        response.body = json.dumps(reply.body, separators=(",", ":")).encode()
        # Discord names no charset, and clients compare the header as a whole.
        response.headers["Content-Type"] = "application/json"
    return response


def _respond_refusal(record: RecordedRequest, error: ApiError) -> web.Response:
    return _respond(record, Reply(error.body, error.status))


def _faulty(fault: Fault, record: RecordedRequest) -> Reply:
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


_ROUTER, _ROUTES = _build_router()
"""All worlds have the same routes: to build them takes longer than to start a world."""
