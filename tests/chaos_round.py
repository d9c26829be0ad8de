"""A round of chaos: the bot as processes, on a Discord and a machine where everything fails.

The processes are killed and suspended while they post; the sandbox fails as Discord does. When
nothing fails any more, each channel must have each post once, whole and in order.

There are two kinds of rounds. In most the bot is `daily-papers run`, in real time, with schedules
that are due now. Where time must jump, it is `shifted_clock_bot.py`: the same with a clock that is
set from here.
"""

import asyncio
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, Final, TypeAlias

from bot_controls import BotControls
from bot_processes import ROOT, RUN, BotProcesses, environment
from delivery_audit import (
    AuditReport,
    ExpectedPost,
    Ledger,
    Variant,
    audit,
    audit_ledger,
    expected_variant,
)
from unrenderable import TITLE

from bot.digest import write
from bot.posting import discord_errors, job_factory
from bot.sandbox import Channel, ChannelType, Guild, Limits, NotSentError, Permission, Sandbox
from bot.sandbox.faults import Fault
from storage import digests, schedules
from storage.database import Database
from storage.records import (
    Digest,
    Layout,
    Media,
    MediaKind,
    Paper,
    Schedule,
    ScheduleSettings,
    Section,
)

SHIFTED: Final = Path(__file__).with_name("shifted_clock_bot.py")
PICTURE: Final = "https://pictures.example/refused.png"
TIMEOUT: Final = 0.4
"""Seconds that the bot waits for an answer if its clock is shifted; otherwise it is 45."""
BUSY_TIMEOUT: Final = 0.3
"""Seconds that it waits for a locked database if its clock is shifted; otherwise it is 5."""
SLOWEST: Final = 0.6
"""Seconds until the slowest answer: longer than the shortened time-out."""
CLOSE_CODES: Final = (1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)
"""Codes with which Discord closes a gateway connection, and a bot connects again."""
SHIFTED_DUE: Final = datetime(2025, 2, 20, 23, 0, tzinfo=UTC)
LONGEST_AWAY: Final = timedelta(hours=60)
"""Within which a digest is still news."""
LATEST_DIGEST: Final = timedelta(hours=1)
"""By how much time jumps at most while the bot waits for a late digest."""
_CALM: Final = 100.0
"""Seconds to wait until everything is sent once nothing fails any more. The bot finds a digest that
another process has stored within a minute."""

_MESSAGES: Final = "/channels/*/messages"
_TARGETS: Final = (
    *[("POST", _MESSAGES)] * 6,
    *[("POST", "/channels/*/threads")] * 2,
    ("POST", "/channels/*/messages/*/threads"),
    ("POST", "/channels/*/messages/*/crosspost"),
    ("GET", "/channels/**"),
    ("*", "**"),
)
_KINDS: Final[tuple[tuple[str, ChannelType, Layout, int, bool], ...]] = (
    ("cards", ChannelType.TEXT, Layout.CARDS, 11, False),
    ("forum", ChannelType.FORUM, Layout.CARDS, 11, False),
    ("thread", ChannelType.TEXT, Layout.THREAD, 11, False),
    ("brief", ChannelType.TEXT, Layout.BRIEF, 8, False),
    ("news", ChannelType.ANNOUNCEMENT, Layout.CARDS, 7, False),
    ("in a thread", ChannelType.TEXT, Layout.CARDS, 10, True),
    ("forum of lists", ChannelType.FORUM, Layout.THREAD, 6, False),
)
_SECOND_COUNT: Final = 6
_EDITED_COUNT: Final = 9
_EDITED_SECOND_COUNT: Final = 4


def make_digest(day: date, *, is_renderable: bool = True, picture: str | None = None) -> Digest:
    """Return a digest of eleven papers: as cards, it needs three messages.

    Args:
        day: Its date.
        is_renderable: Whether all papers can be rendered; otherwise the third can't.
        picture: The address of the fourth paper's picture.
    """
    papers = tuple(
        Paper(
            f"{day:%y%m}.{day.day * 100 + number:05}",
            TITLE if number == 2 and not is_renderable else f"A study of everything, {number}",
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
    report: AuditReport
    faults: Counter[str]
    """By kind, those that happened to a request or a process."""
    posts: list[ExpectedPost]
    messages: int
    processes: int
    seconds: float


Fail: TypeAlias = Callable[[Sandbox, BotProcesses], Awaitable[None]]


@dataclass(slots=True)
class ChaosRound:
    """One sandbox, one database and one morning on which everything fails."""

    seed: int
    folder: Path
    channels: int = 12
    seconds: float = 6.0
    """How long things fail."""
    is_shifted: bool | None = None
    """Whether time jumps, so that it can't be `daily-papers run` itself; `None`: by chance."""
    is_late: bool | None = None
    """Whether the digest comes after its time; `None`: by chance."""
    refuses_pictures: bool = True
    """Whether Discord refuses the address of a picture in the digest."""
    random: Random = field(init=False)
    controls: BotControls = field(init=False)
    due: datetime = field(init=False)
    done: Counter[str] = field(init=False, default_factory=Counter)
    """What was done to processes, connections and schedules."""
    faults: list[tuple[str, Fault]] = field(init=False, default_factory=list)
    away: timedelta = field(init=False, default=timedelta(0))
    planned: list[tuple[Channel, Schedule, str]] = field(init=False, default_factory=list)
    unreadable: set[int] = field(init=False, default_factory=set)
    """Ids of channels whose history the bot can't read."""
    posts: list[ExpectedPost] = field(init=False, default_factory=list)
    changing: asyncio.Lock = field(init=False, default_factory=asyncio.Lock)
    """Held while a schedule is edited, and while it is read what must be posted."""
    edits: list[asyncio.Task[None]] = field(init=False, default_factory=list)
    edited: dict[int, list[tuple[ScheduleSettings, Channel]]] = field(
        init=False, default_factory=dict
    )
    """What schedules were changed to, by id."""
    spares: dict[int, Channel] = field(init=False, default_factory=dict)
    """Of a channel's id: the channel that its schedule may be moved to."""
    report: AuditReport = field(init=False, default_factory=AuditReport)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        shifted, late = self.random.random() < 0.4, self.random.random() < 0.2
        self.is_shifted = shifted if self.is_shifted is None else self.is_shifted
        self.is_late = late if self.is_late is None else self.is_late
        self.controls = BotControls(self.folder / "controls")
        self.controls.set_timeout(TIMEOUT)
        if self.is_shifted:
            self.due = SHIFTED_DUE
            self.controls.move_to(SHIFTED_DUE - timedelta(hours=12))
        else:
            self.due = datetime.now(UTC).replace(second=0, microsecond=0)
            if self.random.random() < 0.4:
                self.due += timedelta(minutes=1)

    @property
    def database(self) -> Path:
        """The file that all processes share."""
        return self.folder / "papers.db"

    @property
    def day(self) -> date:
        """The date of the digest."""
        return self.due.date() - timedelta(days=1) if not self.is_shifted else self.due.date()

    async def play(self) -> Result:
        """Play the round, and return what is wrong in the end."""
        began = monotonic()
        limits = Limits() if self.random.random() < 0.3 else Limits.off()
        controls = self.controls
        async with Sandbox(clock=lambda: controls.now, limits=limits, keep=200) as sandbox:
            await self._set_up(sandbox)
            arguments: tuple[str, ...] = RUN
            if self.is_shifted:
                given = (controls.path, TIMEOUT, BUSY_TIMEOUT)
                arguments = (str(SHIFTED), *map(str, given))
            # With few requests a second much is planned and waits to be sent.
            rate = self.random.choice((20, 50) if self.is_shifted else (5, 10, 50))
            variables = {"DAILY_PAPERS_REQUESTS_PER_SECOND": str(rate)}
            processes = BotProcesses(sandbox, self.folder, arguments, variables=variables)
            async with processes:
                await self._play(sandbox, processes)
            self.report.add(audit(self.posts, Ledger(self.database).skipped, may_mix=self._mixes))
            self.report.add(audit_ledger(self.posts, Ledger(self.database)))
            happened = self.done.copy()
            for name, fault in self.faults:
                happened[name] += fault.hits
            variants = [post.variant for post in self.posts]
            return Result(
                self.seed,
                self.report,
                +happened,
                self.posts,
                sum(len(each.above) + len(each.below) for each in variants),
                processes.started,
                monotonic() - began,
            )

    @property
    def _mixes(self) -> bool:
        """Whether posts of one channel may mix: one was kept back by an error of the bot."""
        return bool(self.done["a handler that raises"] or self.done["an unreadable message"])

    async def _set_up(self, sandbox: Sandbox) -> None:
        guilds = [sandbox.add_guild(f"Lab {number}") for number in range(2)]
        for guild in guilds:
            guild.set_permissions(
                guild.everyone, guild.everyone.permissions | Permission.MANAGE_MESSAGES
            )
        sandbox.world.owner.place = guilds[0].add_channel("talk")
        async with await Database.open(self.database) as database:
            for number in range(self.channels):
                guild = guilds[number % len(guilds)]
                await self._add_channel(sandbox, guild, number, database)

    async def _add_channel(
        self, sandbox: Sandbox, guild: Guild, number: int, database: Database
    ) -> None:
        name, kind, layout, count, is_thread = _KINDS[number % len(_KINDS)]
        channel = guild.add_channel(f"channel-{number}", kind)
        is_unreadable = self.random.random() < 0.25
        if is_unreadable:
            self.done["a channel without history"] += 1
            guild.set_overwrite(channel, guild.everyone, deny=Permission.READ_MESSAGE_HISTORY)
        if is_thread:
            channel = guild.add_thread(channel, "papers", sandbox.world.owner)
        if is_unreadable:
            self.unreadable.add(channel.id)
        at = self.due - timedelta(hours=2)
        wanted = [(name, layout, count)]
        if number % 5 == 3:
            wanted.append((f"{name}, second", Layout.CARDS, _SECOND_COUNT))
        elif kind is ChannelType.TEXT and not is_thread and not is_unreadable:
            self.spares[channel.id] = guild.add_channel(f"spare-{number}")
        for title, form, papers in wanted:
            settings = ScheduleSettings(
                channel_id=channel.id,
                time=self.due.time() if not self.is_shifted else time(8, 0),
                timezone="UTC" if not self.is_shifted else "Asia/Seoul",
                count=papers,
                language=self.random.choice(("en", "ko")),
                layout=form,
                publish=kind is ChannelType.ANNOUNCEMENT,
                catch_up=168,
            )
            schedule = await schedules.add(
                database,
                settings,
                guild_id=guild.id,
                created_by=sandbox.world.owner.id,
                at=at,
                next_job=lambda each: job_factory.occurrence(each, at),
            )
            self.planned.append((channel, schedule, f"{number} ({title})"))

    async def _store(self, sandbox: Sandbox) -> None:
        """Store the digest, as another process does, and say what must be posted of it."""
        is_renderable = not self.is_shifted or self.random.random() < 0.5
        if not is_renderable:
            self.done["a paper that can't be rendered"] += 1
        picture = PICTURE if self.refuses_pictures else None
        digest = make_digest(self.day, is_renderable=is_renderable, picture=picture)
        if self.is_shifted:
            async with await Database.open(self.database) as database:
                await digests.store(database, digest, read_at=self.controls.now)
        else:
            file = self.folder / f"{self.day}.md"
            file.write_text(write(digest), encoding="utf-8")
            await self._ingest(sandbox, file)
        async with self.changing:
            self.posts = await self._expected_posts()

    async def _expected_posts(self) -> list[ExpectedPost]:
        """Return what must be posted, in each way that edits so far allow."""
        return [
            ExpectedPost(
                schedule,
                name,
                channel.id not in self.unreadable,
                [
                    await self._expected(settings, where)
                    for settings, where in (
                        (schedule.settings, channel),
                        *self.edited.get(schedule.id, ()),
                    )
                ],
            )
            for channel, schedule, name in self.planned
        ]

    async def _ingest(self, sandbox: Sandbox, file: Path) -> None:
        while True:
            with (self.folder / "ingest.log").open("ab") as log:
                process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    *("-m", "bot", "ingest", str(file)),
                    env=environment(sandbox, self.database),
                    cwd=ROOT,
                    stdout=log,
                    stderr=log,
                )
            if await process.wait() == 0:
                return

    async def _expected(self, settings: ScheduleSettings, channel: Channel) -> Variant:
        async with await Database.open(self.database) as database:
            return await expected_variant(database, settings, self.day, channel)

    async def _play(self, sandbox: Sandbox, processes: BotProcesses) -> None:
        if not self.is_late:
            await self._store(sandbox)
        if self.is_shifted:
            seconds = self.random.choice((-2, -1, 0, 1))
            self.controls.move_to(self.due + timedelta(seconds=seconds))
        processes.wanted = 1
        wait = (self.due - self.controls.now).total_seconds()
        if wait > 0:
            await asyncio.sleep(max(wait - self.random.uniform(0, 3), 0))
        late: list[asyncio.Task[None]] = []
        if self.is_late:
            self.done["a late digest"] += 1
            late.append(asyncio.create_task(self._store_late(sandbox), name="late digest"))
        self._refuse_pictures(sandbox)
        # Sends take a while, so that most of what happens happens meanwhile.
        sandbox.faults.add(
            "POST",
            "/channels/**",
            delay=self.random.uniform(0.1, 0.4)
            if self.is_shifted
            else self.random.uniform(0.3, 1.2),
            when=lambda _: self.random.random() < 0.7,
            times=None,
        )
        await asyncio.gather(
            self._fail_for_a_while(sandbox, processes, self._process_deeds()),
            self._fail_for_a_while(sandbox, processes, self._discord_deeds()),
            *late,
        )
        await self._calm(sandbox, processes)

    async def _fail_for_a_while(
        self, sandbox: Sandbox, processes: BotProcesses, deeds: tuple[Fail, ...]
    ) -> None:
        until = monotonic() + self.seconds
        while monotonic() < until and (not self.posts or self._audit().losses):
            await self.random.choice(deeds)(sandbox, processes)
            await asyncio.sleep(self.random.uniform(0.0, 0.5))

    async def _store_late(self, sandbox: Sandbox) -> None:
        await asyncio.sleep(self.random.uniform(0.2, 0.6) * self.seconds)
        await self._store(sandbox)

    def _audit(self) -> AuditReport:
        skipped = {}
        with suppress(sqlite3.OperationalError):
            skipped = Ledger(self.database).skipped
        return audit(self.posts, skipped, may_mix=True)

    async def _calm(self, sandbox: Sandbox, processes: BotProcesses) -> None:
        """Let nothing fail any more, and wait until everything is sent."""
        sandbox.faults.clear()
        self._refuse_pictures(sandbox)
        sandbox.gateway.refusals_left = 0
        self.controls.step_bots(timedelta(0))
        # discord.py may keep a route waiting for 30 seconds after a request that was cancelled.
        self.controls.set_timeout(discord_errors.TIMEOUT)
        self.controls.fail_handlers(0, after=False)
        self.controls.fail_handlers(0, after=True)
        processes.wanted = 1
        for edit in self.edits:
            edit.cancel()
        await asyncio.gather(*self.edits, return_exceptions=True)
        if not self.is_shifted or self.random.random() < 0.5:
            await self._finish()  # without being started again
        if not self.is_shifted:
            await processes.end(self.random.choice((signal.SIGTERM, signal.SIGKILL)))
            await self._finish()
        else:
            # Nonces are forgotten by then: what was sent must be found, not sent again.
            await self._move_time(processes, timedelta(minutes=10))
            await self._finish()
            await self._move_time(processes, timedelta(minutes=10))
        with suppress(TimeoutError):
            await sandbox.wait_connected()
        await asyncio.sleep(1.5)  # for what would be sent twice

    def _refuse_pictures(self, sandbox: Sandbox) -> None:
        if self.refuses_pictures:
            self.faults.append(("refused picture", sandbox.faults.refuse_picture(PICTURE)))

    async def _finish(self) -> None:
        until = monotonic() + _CALM
        while monotonic() < until:
            if not self._audit().losses and self._is_done():
                return
            await asyncio.sleep(0.1)
        self.report.stuck += 1
        self.report.notes.append(f"not done after {_CALM:.0f} calm seconds: {self._audit().notes}")

    def _is_done(self) -> bool:
        with suppress(sqlite3.OperationalError):
            ledger = Ledger(self.database)
            known = {schedule for schedule, *_ in ledger.parts}
            return not ledger.open and len(known) == len(self.planned)
        return False

    # What fails

    def _process_deeds(self) -> tuple[Fail, ...]:
        """Return what fails in processes and on their machine."""
        common: tuple[Fail, ...] = (
            *[self._rest] * 3,
            *[self._kill] * 3,
            self._terminate,
            *[self._second] * 2,
            self._suspend,
        )
        if not self.is_shifted:
            return (*common, self._spoil_message)
        shifted: tuple[Fail, ...] = (
            *[self._leave] * 2,
            self._lock,
            *[self._step_clock] * 3,
            *[self._raise] * 3,
        )
        return (*common, *shifted)

    def _discord_deeds(self) -> tuple[Fail, ...]:
        """Return what fails at Discord, and what people do there."""
        return (
            *[self._fail] * 6,
            self._limit,
            *[self._gateway] * 2,
            self._outage,
            *[self._edit] * 5,
            *[self._archive] * 2,
        )

    async def _rest(self, _sandbox: Sandbox, _processes: BotProcesses) -> None:
        """Let the processes work for a while."""
        await asyncio.sleep(self.random.uniform(0.5, 2.0))

    async def _move_time(self, processes: BotProcesses, jump: timedelta) -> None:
        """Kill everything, and start again so much later."""
        wanted, processes.wanted = processes.wanted, 0
        await processes.kill()
        # What was on its way arrives at its own time, not hours later.
        await asyncio.sleep(SLOWEST + 0.1)
        self.controls.move_by(jump)
        processes.wanted = wanted

    async def _kill(self, sandbox: Sandbox, processes: BotProcesses) -> None:
        """Kill at any moment, preferably around one at which something is sent."""
        name = self.random.choice(("REQUEST", "MESSAGE_CREATE", "THREAD_CREATE", ""))
        if name:
            with suppress(TimeoutError), sandbox.subscribe() as events:
                async with asyncio.timeout(2):
                    for _ in range(self.random.randrange(1, 12)):
                        await events.next(name)
            await asyncio.sleep(self.random.choice((0.0, 0.0, 0.003, 0.01, 0.03, 0.1)))
        self.done["kill -9"] += 1
        await processes.kill()

    async def _terminate(self, _sandbox: Sandbox, processes: BotProcesses) -> None:
        self.done["SIGTERM"] += 1
        await processes.end(signal.SIGTERM)

    async def _leave(self, _sandbox: Sandbox, processes: BotProcesses) -> None:
        jump = timedelta(hours=self.random.choice((0.1, 1, 7, 20)))
        if self.away + jump < (LATEST_DIGEST if self.is_late else LONGEST_AWAY):
            self.done["kill -9, started again minutes or hours later"] += 1
            self.away += jump
            await self._move_time(processes, jump)

    async def _second(self, _sandbox: Sandbox, processes: BotProcesses) -> None:
        """Start a second process, which waits for the lock, and perhaps kill the first."""
        self.done["a second process"] += 1
        processes.wanted = 2
        await asyncio.sleep(self.random.uniform(0.5, 1.5))
        if self.random.random() < 0.7:
            self.done["kill -9 while another process waits"] += 1
            await processes.end(signal.SIGKILL, one=True)
        processes.wanted = 1 if self.random.random() < 0.3 else 2

    async def _suspend(self, _sandbox: Sandbox, processes: BotProcesses) -> None:
        self.done["a process suspended for a moment"] += 1
        resume = processes.stop_oldest()
        await asyncio.sleep(self.random.uniform(0.2, 2.0))
        resume()

    async def _lock(self, _sandbox: Sandbox, _processes: BotProcesses) -> None:
        """Keep the database locked for longer than the bot waits for it."""
        self.done["a locked database"] += 1
        with (
            suppress(sqlite3.OperationalError),
            closing(sqlite3.connect(self.database, timeout=0.1)) as other,
        ):
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(BUSY_TIMEOUT + self.random.uniform(0.1, 0.4))

    async def _step_clock(self, _sandbox: Sandbox, _processes: BotProcesses) -> None:
        """Set the clock of the bot's machine forward or back, and right again."""
        step = timedelta(minutes=self.random.choice((1, 4, 20, 180)))
        is_back = self.random.random() < 0.5
        self.done[f"clock set {'back' if is_back else 'forward'}"] += 1
        self.controls.step_bots(-step if is_back else step)
        await asyncio.sleep(self.random.uniform(0.5, 2.5))
        self.controls.step_bots(timedelta(0))

    async def _raise(self, _sandbox: Sandbox, _processes: BotProcesses) -> None:
        self.done["a handler that raises"] += 1
        after = self.random.random() < 0.5
        self.controls.fail_handlers(self.random.randrange(1, 6), after=after)
        await asyncio.sleep(self.random.uniform(0.1, 1.0))

    async def _spoil_message(self, _sandbox: Sandbox, processes: BotProcesses) -> None:
        """Let handlers raise that have to read a stored message, until it is as before."""
        await processes.kill()
        with (
            suppress(sqlite3.OperationalError),
            closing(sqlite3.connect(self.database, timeout=0.5)) as other,
        ):
            with other:
                count = other.execute("UPDATE messages SET format = 99").rowcount
            self.done["an unreadable message"] += count > 0
            await asyncio.sleep(self.random.uniform(1.0, 3.0))
        for _ in range(60):
            with (
                suppress(sqlite3.OperationalError),
                closing(sqlite3.connect(self.database, timeout=0.5)) as other,
                other,
            ):
                other.execute("UPDATE messages SET format = 1 WHERE format = 99")
                return
            await asyncio.sleep(0.1)
        raise TimeoutError("the database stayed locked")

    async def _edit(self, sandbox: Sandbox, _processes: BotProcesses) -> None:
        """Change a schedule by `/schedule edit` while it is planned and sent."""
        async with self.changing:
            await self._choose_edit(sandbox)

    async def _choose_edit(self, sandbox: Sandbox) -> None:
        left = [each for each in self.planned if each[1].id not in self.edited]
        if not left or not sandbox.gateway.connected:
            return
        channel, schedule, _ = self.random.choice(left)
        before = schedule.settings
        is_second = before.count == _SECOND_COUNT and before.layout is Layout.CARDS
        count = _EDITED_SECOND_COUNT if is_second else _EDITED_COUNT
        settings, where = replace(before, count=count), channel
        options: dict[str, Any] = {"schedule": schedule.id, "count": count}
        # In a shifted round a later day may come, on which the new channel gets the digest as well.
        if not self.is_shifted and channel.id in self.spares and self.random.random() < 0.6:
            where = self.spares[channel.id]
            settings = replace(settings, channel_id=where.id)
            options["channel"] = where
        self.done["an edited schedule"] += 1
        self.edited[schedule.id] = [(settings, where)]
        for post in self.posts:
            if post.schedule.id == schedule.id:
                post.variants += [await self._expected(*each) for each in self.edited[schedule.id]]
        self.edits.append(asyncio.create_task(self._send_edit(sandbox, channel, options)))

    async def _send_edit(self, sandbox: Sandbox, channel: Channel, options: dict[str, Any]) -> None:
        assert channel.guild is not None
        place = next(iter(channel.guild.channels.values()))
        with suppress(NotSentError, TimeoutError):
            await sandbox.world.owner.slash("schedule edit", place, options)

    async def _archive(self, sandbox: Sandbox, _processes: BotProcesses) -> None:
        """Archive the threads and forum posts that the bot has begun."""
        for guild in sandbox.world.guilds.values():
            for thread in guild.threads.values():
                state = thread.thread
                if state is not None and not state.archived and self.random.random() < 0.7:
                    self.done["an archived thread"] += 1
                    state.archived = True
                    sandbox.world.publish("THREAD_UPDATE", thread, thread)

    async def _fail(self, sandbox: Sandbox, _processes: BotProcesses) -> None:
        method, path = self.random.choice(_TARGETS)
        times = self.random.choice((1, 2, 3, 6, 10))
        options: dict[str, Any]
        match self.random.choice(("5xx", "broken", "slow")):
            case "5xx":
                status = self.random.choice((500, 502, 503, 504, 524))
                after = self.random.random() < 0.5
                name = f"5xx {'after' if after else 'before'} the work"
                options = {"status": status, "after": after}
            case "broken":
                after = self.random.random() < 0.5
                name = f"broken connection {'after' if after else 'before'} the work"
                options = {"broken": True, "after": after}
            case _:
                seconds = self.random.uniform(0.1, SLOWEST)
                is_too_late = self.is_shifted and seconds >= TIMEOUT
                name = "answer too late" if is_too_late else "slow answer"
                options = {"delay": seconds}
        self.faults.append((name, sandbox.faults.add(method, path, times=times, **options)))

    async def _limit(self, sandbox: Sandbox, _processes: BotProcesses) -> None:
        is_global = self.random.random() < 0.5
        fault = sandbox.faults.add(
            "POST",
            "**",
            retry_after=self.random.uniform(0.1, 0.8),
            everywhere=is_global,
            # Each begins a global limit, one after another; or is one request's.
            times=self.random.randrange(1, 5) if is_global else self.random.randrange(5, 20),
        )
        self.faults.append(("global rate limit" if is_global else "429 to a route", fault))

    async def _gateway(self, sandbox: Sandbox, _processes: BotProcesses) -> None:
        if not sandbox.gateway.connected:
            return
        match self.random.choice(
            ("drop", "code", "code", "code", "reconnect", "invalidate", "refuse")
        ):
            case "drop":
                await sandbox.gateway.drop()
            case "code":
                code = self.random.choice(CLOSE_CODES)
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

    async def _outage(self, sandbox: Sandbox, _processes: BotProcesses) -> None:
        self.done["outage of a server"] += 1
        guild = self.random.choice(list(sandbox.world.guilds.values()))
        guild.set_available(False)
        await asyncio.sleep(self.random.uniform(0.2, 0.8))
        guild.set_available(True)
