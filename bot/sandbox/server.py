"""The sandbox: a world, served over HTTP on this machine."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox.exchange import FIRST_ANSWER
from bot.sandbox.faults import Faults
from bot.sandbox.feed import Subscription
from bot.sandbox.gateway import Gateway
from bot.sandbox.guilds import Guild
from bot.sandbox.model import Channel
from bot.sandbox.permissions import ORDINARY
from bot.sandbox.person import Person
from bot.sandbox.ratelimits import Limits, RateLimiter
from bot.sandbox.recorder import Complaint, Recorded, Recorder
from bot.sandbox.rest import account, commands, interactions, messages, places, threads
from bot.sandbox.rest.api import PREFIX, Api
from bot.sandbox.rest.call import Router
from bot.sandbox.snowflakes import Clock
from bot.sandbox.world import World

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
        world: everyone and everything in it.
        gateway: the bot's connections.
        faults: what is to go wrong.
        limiter: how much the bot may ask; its `limits` may be replaced.
        recorder: what the bot asked.
        app: the web application; routes may be added before the start.
    """

    clock: Clock = _now
    """Says what time it is; whoever sets it by hand calls `tick` afterwards."""
    limits: Limits | None = None
    """How much the bot may ask at first, in real seconds; Discord's own where `None`."""
    token: str = _TOKEN
    """Of the bot."""
    bot_name: str = "Sandbox Bot"
    shards: int = 1
    """That the bot is told to use."""
    privileged_intents: int = 0
    """Those that the bot is granted."""
    require_allowed_mentions: bool = False
    """Whether a message that does not say whom it may notify is complained of (in `complaints`):
    Discord takes it."""
    patience: float = 30.0
    """Real seconds until a wait for the bot gives up with `TimeoutError`."""
    first_answer: timedelta = FIRST_ANSWER
    """How long the bot may take for its first answer to an interaction, by the clock. On a machine
    that is busy with something else, a test may allow more than Discord does."""
    timer: Callable[[], float] = monotonic
    """Says the seconds that rate limits go by; it never goes back."""
    keep: int = 5_000
    """How many requests to remember."""
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
        routes = [
            *account.ROUTES,
            *commands.ROUTES,
            *interactions.ROUTES,
            *messages.ROUTES,
            *places.ROUTES,
            *threads.ROUTES,
        ]
        self._api = Api(
            self.world,
            Router(routes),
            token=self.token,
            limiter=self.limiter,
            faults=self.faults,
            recorder=self.recorder,
            strict=self.require_allowed_mentions,
        )
        self.app.router.add_route("*", PREFIX + "/{path:.*}", self._api.handle)
        self.app.router.add_get("/gateway", self.gateway.handle)
        self.app.router.add_get("/gateway/", self.gateway.handle)
        self.app.router.add_get("/attachments/{channel}/{id}/{name}", self._attachment)

    @property
    def url(self) -> str:
        """The base of the REST API, as a client is told it."""
        return self.world.base_url + PREFIX

    @property
    def gateway_url(self) -> str:
        """The gateway's address."""
        return self.world.base_url.replace("http", "ws", 1) + "/gateway"

    @property
    def requests(self) -> deque[Recorded]:
        """What the bot asked, oldest first."""
        return self.recorder.requests

    @property
    def refusals(self) -> deque[Recorded]:
        """What Discord would have refused, oldest first; injected faults are not among it."""
        return self.recorder.refusals

    @property
    def complaints(self) -> deque[Complaint]:
        """What the sandbox was told to find fault with."""
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
        """Add a server; `bot_permissions` come on top of everyone's."""
        return self.world.add_guild(
            name, locale=locale, owner=owner, with_bot=with_bot, bot_permissions=bot_permissions
        )

    def add_person(self, name: str, *, locale: str = "en-US") -> Person:
        """Add someone who is in no server as yet."""
        return self.world.add_person(name, locale=locale)

    def dm(self, person: Person) -> Channel:
        """Return the conversation of a person with the bot."""
        return self.world.dm(person)

    def subscribe(self) -> Subscription:
        """Return everything that happens from now on."""
        return self.world.feed.subscribe()

    def tick(self) -> None:
        """Look at the clock: to be called after it was set by hand."""
        self.world.tick()

    async def wait_connected(self, *, shards: int = 1) -> None:
        """Wait until the bot is connected and was told of its servers."""
        await self.gateway.wait_connected(shards=shards)

    async def _set_date(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Send the sandbox's own time, as Discord sends its own."""
        response.headers["Date"] = format_datetime(self.world.clock().astimezone(UTC), usegmt=True)

    async def start(self) -> None:
        """Serve."""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.world.base_url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Hang up on everyone and serve no more."""
        self.world.close()
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

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
