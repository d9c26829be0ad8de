"""A morning in which everything goes wrong: the real bot, as processes that are killed and frozen.

They are connected over sockets to a sandbox here that fails as Discord does, and share one database
file. What each channel has got when it is calm again is compared with what it must have got.
"""

import asyncio
import signal
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, Final
from unittest import mock

from crew import BUSY, LEASE, PATIENCE, Crew
from tally import Post, Tally, compare, expected
from unrenderable import TITLE, unrenderable

from bot.posts.clock import Clock
from bot.sandbox import Channel, ChannelType, Limits, Permission, Sandbox
from bot.sandbox.faults import Fault
from bot.ui import rendering
from storage import deliveries, digests, schedules
from storage.database import Database
from storage.records import (
    Digest,
    Layout,
    Media,
    MediaKind,
    NewSchedule,
    Paper,
    Schedule,
    Section,
)

PICTURE: Final = "https://pictures.example/refused.png"
SLOWEST: Final = 0.6
"""Seconds until the slowest answer: longer than the bot's patience."""
CLOSES: Final = (1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)
"""Codes with which Discord closes a connection of the gateway, and a bot comes back."""
FIRST_DAY: Final = date(2025, 2, 20)
DUE: Final = time(8, 0)
ZONE: Final = "Asia/Seoul"
LONGEST_AWAY: Final = timedelta(hours=60)
"""Within which a digest is still news."""
_CALM: Final = 45.0
"""Seconds for which it is waited until everything is there."""

_MOST: Final = "/channels/*/messages"
_TARGETS: Final = (
    *[("POST", _MOST)] * 6,
    ("POST", "/channels/*/threads"),
    ("POST", "/channels/*/messages/*/threads"),
    ("POST", "/channels/*/messages/*/crosspost"),
    ("GET", "/channels/**"),
    ("*", "**"),
)


def digest_of(day: date, *, renderable: bool = True, picture: str | None = None) -> Digest:
    """Make a digest of eleven papers: as cards, it needs three messages.

    Args:
        day: Its date.
        renderable: Whether all of them can be rendered; else the third can't.
        picture: The address of the fourth paper's picture.
    """
    papers = tuple(
        Paper(
            f"{day:%y%m}.{day.day * 100 + number:05}",
            TITLE if number == 2 and not renderable else f"A study of everything, {number}",
            50 - number,
            (f"Author {number}",),
            Media(MediaKind.IMAGE, picture) if number == 3 and picture else None,
            (Section("What's New", f"Something about {number}. " * 9),),
        )
        for number in range(11)
    )
    return Digest(day, papers)


@dataclass(slots=True)
class Result:
    """What came of a round."""

    seed: int
    tally: Tally
    faults: Counter[str]
    """By kind, those that happened to a request or a process."""
    posts: list[Post]
    messages: int
    processes: int
    seconds: float


@dataclass(slots=True)
class Round:
    """One sandbox, one database, and a few mornings of turmoil."""

    seed: int
    folder: Path
    channels: int = 12
    mornings: int = 1
    seconds: float = 6.0
    """Of turmoil, a morning."""
    refuses_pictures: bool = False
    """Whether Discord finds the address of a picture in each digest not well formed."""
    chance: Random = field(init=False)
    clock: Clock = field(init=False, default_factory=Clock)
    done: Counter[str] = field(init=False, default_factory=Counter)
    """What was done to processes and connections."""
    faults: list[tuple[str, Fault]] = field(init=False, default_factory=list)
    away: timedelta = field(init=False, default=timedelta(0))
    places: list[tuple[Channel, Schedule, str]] = field(init=False, default_factory=list)
    tally: Tally = field(init=False, default_factory=Tally)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    async def play(self) -> Result:
        """Let it all happen, and count what is wrong in the end."""
        began = monotonic()
        limits = Limits() if self.chance.random() < 0.3 else Limits.off()
        self._set_clock(FIRST_DAY, hours=-12)
        async with Sandbox(clock=self.clock.now, limits=limits, keep=200) as sandbox:
            await self._set_up(sandbox)
            crew = Crew(sandbox, self.clock, self.folder)
            posts: list[Post] = []
            async with crew:
                for morning in range(self.mornings):
                    day = FIRST_DAY + timedelta(days=7 * morning)
                    posts += await self._store(self._digest(day))
                    await self._morning(sandbox, crew, day, posts)
            self.tally.add(compare(posts))
            self.tally.add(await self._check_ledger(posts))
            happened = self.done.copy()
            for name, fault in self.faults:
                happened[name] += fault.hits
            return Result(
                self.seed,
                self.tally,
                +happened,
                posts,
                sum(len(post.above) + len(post.below) for post in posts),
                crew.begun,
                monotonic() - began,
            )

    def _digest(self, day: date) -> Digest:
        is_renderable = self.chance.random() < 0.5
        if not is_renderable:
            self.done["a paper that can't be rendered"] += 1
        picture = PICTURE if self.refuses_pictures else None
        return digest_of(day, renderable=is_renderable, picture=picture)

    def _set_clock(self, day: date, *, hours: float) -> None:
        """Make it so long after a day's digest is posted: at eight in Seoul on the day after."""
        due = datetime.combine(day, time(23, 0), UTC)
        self.clock.move_to(due + timedelta(hours=hours))

    async def _set_up(self, sandbox: Sandbox) -> None:
        guilds = [sandbox.add_guild(f"Lab {number}") for number in range(2)]
        for guild in guilds:
            guild.set_permissions(
                guild.everyone,
                guild.everyone.permissions | Permission.MANAGE_MESSAGES,
            )
        kinds: tuple[tuple[str, ChannelType, Layout, int, bool], ...] = (
            ("cards", ChannelType.TEXT, Layout.CARDS, 11, False),
            ("forum", ChannelType.FORUM, Layout.CARDS, 11, False),
            ("thread", ChannelType.TEXT, Layout.THREAD, 11, False),
            ("compact", ChannelType.TEXT, Layout.COMPACT, 8, False),
            ("news", ChannelType.ANNOUNCEMENT, Layout.CARDS, 7, False),
            ("in a thread", ChannelType.TEXT, Layout.CARDS, 10, True),
            ("forum of lists", ChannelType.FORUM, Layout.THREAD, 6, False),
        )
        async with await Database.open(self.folder / "papers.db") as database:
            for number in range(self.channels):
                name, kind, layout, count, threaded = kinds[number % len(kinds)]
                guild = guilds[number % len(guilds)]
                channel = guild.add_channel(f"channel-{number}", kind)
                if threaded:
                    channel = guild.add_thread(channel, "papers", sandbox.world.owner)
                wanted = [(name, layout, count)]
                if number % 5 == 3:
                    wanted.append((f"{name}, second", Layout.CARDS, 6))
                for title, form, most in wanted:
                    new = NewSchedule(
                        guild_id=guild.id,
                        channel_id=channel.id,
                        time=DUE,
                        timezone=ZONE,
                        count=most,
                        language=self.chance.choice(("en", "ko")),
                        created_by=sandbox.world.owner.id,
                        layout=form,
                        publish=kind is ChannelType.ANNOUNCEMENT,
                        catch_up=168,
                    )
                    schedule = await schedules.add(database, new, at=self.clock.now())
                    self.places.append((channel, schedule, f"{number} ({title})"))

    async def _store(self, digest: Digest) -> list[Post]:
        """Store a digest; return what it must bring."""
        async with await Database.open(self.folder / "papers.db") as database:
            await digests.store(database, digest, read_at=self.clock.now())
            # What is left out here is left out by the bot as well, and logged there.
            with unrenderable(), mock.patch.object(rendering.log, "disabled", True):
                return [
                    await expected(database, schedule, digest, channel, name)
                    for channel, schedule, name in self.places
                ]

    async def _morning(self, sandbox: Sandbox, crew: Crew, day: date, posts: list[Post]) -> None:
        crew.wanted = 0
        await crew.kill()
        self.away = timedelta(0)
        self._set_clock(day, hours=self.chance.choice((-2, -1, 0, 1)) / 3600)
        crew.wanted = 1
        until = monotonic() + self.seconds
        self._refuse_pictures(sandbox)
        # Sends take a while, so that most of what happens happens meanwhile.
        sandbox.faults.add(
            "POST",
            "/channels/**",
            delay=self.chance.uniform(0.1, 0.4),
            when=lambda _: self.chance.random() < 0.7,
            times=None,
        )
        while monotonic() < until and compare(posts).losses:
            await self.chance.choice(self._deeds())(sandbox, crew)
            await asyncio.sleep(self.chance.uniform(0.0, 0.5))
        await self._calm(sandbox, crew, posts)

    async def _calm(self, sandbox: Sandbox, crew: Crew, posts: list[Post]) -> None:
        """Let nothing go wrong any more, and wait until all is done."""
        sandbox.faults.clear()
        self._refuse_pictures(sandbox)
        sandbox.gateway.refusals_left = 0
        crew.wanted = 1
        # In half of the rounds it must find its way without being started again.
        if self.chance.random() < 0.5:
            await self._finish(posts)
        # A nonce is forgotten by then: what was sent already must be seen, not sent again.
        await self._away(crew, timedelta(minutes=10))
        await self._finish(posts)
        # Whatever is still to come, comes now.
        await self._away(crew, timedelta(minutes=10))
        await sandbox.wait_connected()
        await asyncio.sleep(0.5)

    def _refuse_pictures(self, sandbox: Sandbox) -> None:
        if self.refuses_pictures:
            self.faults.append(("refused picture", sandbox.faults.refuse_picture(PICTURE)))

    async def _finish(self, posts: list[Post]) -> None:
        until = monotonic() + _CALM
        while monotonic() < until:
            if not compare(posts).losses and self._is_done():
                return
            await asyncio.sleep(0.1)
        self.tally.stuck += 1
        self.tally.notes.append(f"not done after {_CALM} calm seconds: {compare(posts).notes}")

    def _is_done(self) -> bool:
        uri = f"{(self.folder / 'papers.db').as_uri()}?mode=ro"
        with suppress(sqlite3.OperationalError):
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                ((number,),) = connection.execute(
                    "SELECT count(*) FROM deliveries WHERE completed_at IS NULL OR publish = 1"
                )
            return bool(number == 0)
        return False

    async def _check_ledger(self, posts: list[Post]) -> Tally:
        """See that the ledger knows each post as completed, with its messages' ids."""
        tally = Tally()
        known: dict[str, tuple[str, int | None]] = {}
        async with await Database.open(self.folder / "papers.db") as database:
            for channel in {post.channel.id for post in posts}:
                for delivery in await deliveries.of_channel(database, channel, limit=1_000):
                    for part in delivery.parts:
                        known[part.nonce] = (str(delivery.outcome), part.message_id)
        for post in posts:
            for mark, *_ in (*post.above, *post.below):
                outcome, message = known.get(mark, ("not planned", None))
                if outcome != "posted" or message is None:
                    tally.strays += 1
                    tally.notes.append(f"{post.name}: the ledger has {outcome}, {message}")
        return tally

    # What is done to it

    def _deeds(self) -> tuple[Callable[[Sandbox, Crew], Awaitable[None]], ...]:
        return (
            *[self._kill] * 4,
            self._terminate,
            self._leave,
            self._second,
            self._freeze,
            self._stand_still,
            self._lock,
            *[self._fail] * 6,
            self._storm,
            *[self._gateway] * 4,
            self._outage,
        )

    async def _away(self, crew: Crew, jump: timedelta) -> None:
        """Kill everything, and start again so much later."""
        wanted, crew.wanted = crew.wanted, 0
        await crew.kill()
        # What was on its way arrives at its own time, not hours later.
        await asyncio.sleep(SLOWEST + 0.1)
        self.clock.ahead += jump
        crew.wanted = wanted

    async def _kill(self, sandbox: Sandbox, crew: Crew) -> None:
        """Kill at any moment, preferably around one at which something is sent."""
        name = self.chance.choice(("REQUEST", "MESSAGE_CREATE", "THREAD_CREATE", ""))
        if name:
            with suppress(TimeoutError), sandbox.subscribe() as events:
                async with asyncio.timeout(2):
                    for _ in range(self.chance.randrange(1, 12)):
                        await events.next(name)
            await asyncio.sleep(self.chance.choice((0.0, 0.0, 0.003, 0.01, 0.03, 0.1)))
        self.done["kill -9"] += 1
        await crew.kill()

    async def _terminate(self, _sandbox: Sandbox, crew: Crew) -> None:
        self.done["SIGTERM"] += 1
        await crew.end(signal.SIGTERM)

    async def _leave(self, _sandbox: Sandbox, crew: Crew) -> None:
        self.done["kill -9, started again minutes or days later"] += 1
        jump = timedelta(hours=self.chance.choice((0.1, 1, 7, 20)))
        if self.away + jump < LONGEST_AWAY:
            self.away += jump
            await self._away(crew, jump)

    async def _second(self, _sandbox: Sandbox, crew: Crew) -> None:
        self.done["a second process"] += 1
        crew.wanted = 2
        await asyncio.sleep(self.chance.uniform(0.5, 1.0))
        if self.chance.random() < 0.5:
            await crew.end(signal.SIGKILL, one=True)
        crew.wanted = 1 if self.chance.random() < 0.3 else 2

    async def _freeze(self, _sandbox: Sandbox, crew: Crew) -> None:
        self.done["a process that stands still while another takes over"] += 1
        crew.wanted = 2
        thaw = crew.freeze()
        await asyncio.sleep(LEASE + self.chance.uniform(0.2, 1.0))
        thaw()

    async def _stand_still(self, _sandbox: Sandbox, crew: Crew) -> None:
        self.done["a process that stands still for longer than its lease"] += 1
        thaw = crew.freeze()
        await asyncio.sleep(LEASE + self.chance.uniform(0.0, 0.5))
        thaw()

    async def _lock(self, _sandbox: Sandbox, _crew: Crew) -> None:
        """Keep the database locked for longer than the bot waits for it."""
        self.done["a locked database"] += 1
        with (
            suppress(sqlite3.OperationalError),
            closing(sqlite3.connect(self.folder / "papers.db", timeout=0.1)) as other,
        ):
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(BUSY + self.chance.uniform(0.1, 0.4))

    async def _fail(self, sandbox: Sandbox, _crew: Crew) -> None:
        method, path = self.chance.choice(_TARGETS)
        times = self.chance.choice((1, 2, 3, 6, 10))
        options: dict[str, Any]
        match self.chance.choice(("5xx", "broken", "slow")):
            case "5xx":
                status = self.chance.choice((500, 502, 503, 504, 524))
                after = self.chance.random() < 0.5
                name = f"5xx {'after' if after else 'before'} the work"
                options = {"status": status, "after": after}
            case "broken":
                after = self.chance.random() < 0.5
                name = f"broken connection {'after' if after else 'before'} the work"
                options = {"broken": True, "after": after}
            case _:
                seconds = self.chance.uniform(0.1, SLOWEST)
                name = "slow answer" if seconds < PATIENCE else "answer too late"
                options = {"delay": seconds}
        self.faults.append((name, sandbox.faults.add(method, path, times=times, **options)))

    async def _storm(self, sandbox: Sandbox, _crew: Crew) -> None:
        everywhere = self.chance.random() < 0.5
        fault = sandbox.faults.add(
            "POST",
            "**",
            retry_after=self.chance.uniform(0.1, 0.8),
            everywhere=everywhere,
            # Each begins a global limit, one after another; or is one request's.
            times=self.chance.randrange(1, 5) if everywhere else self.chance.randrange(5, 20),
        )
        self.faults.append(("global rate limit" if everywhere else "429 to a route", fault))

    async def _gateway(self, sandbox: Sandbox, _crew: Crew) -> None:
        if not sandbox.gateway.connected:
            return
        match self.chance.choice(
            ("drop", "code", "code", "code", "reconnect", "invalidate", "refuse")
        ):
            case "drop":
                await sandbox.gateway.drop()
            case "code":
                code = self.chance.choice(CLOSES)
                self.done[f"gateway close {code}"] += 1
                await sandbox.gateway.drop(code)
                return
            case "reconnect":
                sandbox.gateway.ask_reconnect()
            case "invalidate":
                sandbox.gateway.invalidate()
            case _:
                sandbox.gateway.refusals_left = 2
                await sandbox.gateway.drop()
        self.done["gateway drop"] += 1

    async def _outage(self, sandbox: Sandbox, _crew: Crew) -> None:
        self.done["outage of a server"] += 1
        guild = self.chance.choice(list(sandbox.world.guilds.values()))
        guild.set_available(False)
        await asyncio.sleep(self.chance.uniform(0.2, 0.8))
        guild.set_available(True)
