"""The sandbox: builds the parts of a Discord on this machine, and serves them."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic
from types import TracebackType
from typing import ClassVar, Self

from aiohttp import web

from bot.sandbox.gateway.server import Gateway
from bot.sandbox.model import FIRST_ANSWER, Channel
from bot.sandbox.model.events import Subscription
from bot.sandbox.model.snowflakes import Clock
from bot.sandbox.people.guilds import Guild
from bot.sandbox.people.person import Person
from bot.sandbox.people.world import World
from bot.sandbox.rest.api import PREFIX, Api
from bot.sandbox.rest.faults import Faults
from bot.sandbox.rest.recorder import Complaint, RecordedRequest, Recorder
from bot.sandbox.rules.permissions import ORDINARY
from bot.sandbox.rules.rate_limits import Limits, RateLimiter

_REQUEST_BYTES = 30 * 1024 * 1024
_TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.sandbox.not-a-secret"  # noqa: S105  good here alone


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True, eq=False, repr=False)
class Sandbox:
    """A Discord on this machine, with one application and its bot.

        async with Sandbox() as sandbox:
            guild = sandbox.add_guild("Reading group", locale="ko")
            general = guild.add_channel("general")
            anna = guild.add_member("Anna")
            ...  # start a bot with sandbox.url and sandbox.token
            answer = await anna.slash("paper", query="2502.14499")

    Attributes:
        world: the state, with people.
        gateway: the bot's connections.
        faults: the faults of requests.
        limiter: the rate limits; its `limits` may be replaced.
        recorder: the requests of the bot.
        app: the web application; routes may be added before the start.
    """

    stop_checks: ClassVar[list[Callable[["Sandbox"], None]]] = []
    """Called with each sandbox that has stopped, such as a check that all tests of a bot share."""

    clock: Clock = _now
    """Returns the time; call `tick` after it was set by hand."""
    limits: Limits | None = None
    """The rate limits at the start, in real seconds; those of Discord where `None`."""
    token: str = _TOKEN
    """Of the bot."""
    bot_name: str = "Sandbox Bot"
    shards: int = 1
    """The number of shards that the bot should use."""
    privileged_intents: int = 0
    """The privileged intents that are granted to the bot."""
    require_allowed_mentions: bool = False
    """Whether a message without `allowed_mentions` is a complaint (see `complaints`);
    Discord takes it."""
    patience: float = 30.0
    """Real seconds until a wait for the bot raises `TimeoutError`."""
    first_answer: timedelta = FIRST_ANSWER
    """How long the bot may take for its first response to an interaction, by the clock. On a busy
    machine, a test may allow more than Discord does."""
    timer: Callable[[], float] = monotonic
    """Returns the monotonic seconds for rate limits."""
    keep: int = 5_000
    """How many requests to keep."""
    port: int = 0
    """On 127.0.0.1; 0 for a free one."""

    def __post_init__(self) -> None:
        self.world = World(
            self.clock, bot_name=self.bot_name, patience=self.patience, shards=self.shards
        )
        self.world.first_answer = self.first_answer
        self.gateway = Gateway(
            self.world, token=self.token, privileged_intents=self.privileged_intents
        )
        self.faults = Faults()
        self.limiter = RateLimiter(self.limits or Limits(), self.timer)
        self.recorder = Recorder(self.keep)
        self.app = web.Application(client_max_size=_REQUEST_BYTES)
        self.app.on_response_prepare.append(self._set_date)
        self._runner: web.AppRunner | None = None
        api = Api(
            self.world,
            token=self.token,
            limiter=self.limiter,
            faults=self.faults,
            recorder=self.recorder,
            requires_allowed_mentions=self.require_allowed_mentions,
        )
        self.app.add_subapp(PREFIX, api.app)
        self.app.router.add_get("/gateway", self.gateway.handle)
        self.app.router.add_get("/gateway/", self.gateway.handle)
        self.app.router.add_get("/attachments/{channel}/{id}/{name}", self._attachment)

    @property
    def url(self) -> str:
        """The base URL of the REST API."""
        return self.world.base_url + PREFIX

    @property
    def gateway_url(self) -> str:
        """The gateway's address."""
        return self.world.base_url.replace("http", "ws", 1) + "/gateway"

    @property
    def requests(self) -> deque[RecordedRequest]:
        """The requests of the bot, oldest first."""
        return self.recorder.requests

    @property
    def refusals(self) -> deque[RecordedRequest]:
        """The requests that were refused, oldest first, without injected faults."""
        return self.recorder.refusals

    @property
    def complaints(self) -> deque[Complaint]:
        """Warnings of the checks that are turned on."""
        return self.recorder.complaints

    def add_guild(
        self,
        name: str,
        *,
        locale: str = "en-US",
        owner: Person | None = None,
        with_bot: bool = True,
        bot_permissions: int = ORDINARY,
    ) -> Guild:
        """Add a guild; `bot_permissions` are beyond those of @everyone."""
        return self.world.add_guild(
            name, locale=locale, owner=owner, with_bot=with_bot, bot_permissions=bot_permissions
        )

    def add_person(self, name: str, *, locale: str = "en-US") -> Person:
        """Add a person who is in no guild yet."""
        return self.world.add_person(name, locale=locale)

    def dm(self, person: Person) -> Channel:
        """Return the direct messages of a person and the bot."""
        return self.world.dm(person)

    def subscribe(self) -> Subscription:
        """Subscribe to all events from now on."""
        return self.world.feed.subscribe()

    def tick(self) -> None:
        """Let interactions fail whose time is over; call it after the clock was set by hand."""
        self.world.tick()

    async def wait_connected(self, *, shards: int = 1) -> None:
        """Wait until the bot is connected and has its guilds."""
        await self.gateway.wait_connected(shards=shards)

    async def _set_date(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Set the header Date to the sandbox's time."""
        response.headers["Date"] = format_datetime(self.world.clock().astimezone(UTC), usegmt=True)

    async def start(self) -> None:
        """Start serving."""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.world.base_url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Close all connections, and stop serving."""
        self.world.close()
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
            for check in self.stop_checks:
                check(self)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _attachment(self, request: web.Request) -> web.Response:
        key = request.match_info["id"]
        file = self.world.files.get(int(key)) if key.isdecimal() else None
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.content_type)
