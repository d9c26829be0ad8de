"""What fails in a round of chaos: processes, their machine, Discord, and edits by people."""

import asyncio
import signal
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

from bot_controls import BotControls
from bot_processes import BotProcesses
from delivery_audit import (
    AuditReport,
    ExpectedPost,
    Variant,
    expected_variant,
)

from bot.sandbox import Channel, NotSentError, Sandbox
from bot.sandbox.rest.faults import Fault
from storage.database import Database
from storage.records import (
    Layout,
    Schedule,
    ScheduleSettings,
)

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
_MESSAGES: Final = "/channels/*/messages"
_TARGETS: Final = (
    *[("POST", _MESSAGES)] * 6,
    *[("POST", "/channels/*/threads")] * 2,
    ("POST", "/channels/*/messages/*/threads"),
    ("POST", "/channels/*/messages/*/crosspost"),
    ("GET", "/channels/**"),
    ("*", "**"),
)
SECOND_COUNT: Final = 6
_EDITED_COUNT: Final = 9
_EDITED_SECOND_COUNT: Final = 4

Fail: TypeAlias = Callable[[Sandbox, BotProcesses], Awaitable[None]]


@dataclass(slots=True)
class Failures:
    """A round's state, and everything that may fail in it."""

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

    async def _expected(self, settings: ScheduleSettings, channel: Channel) -> Variant:
        async with await Database.open(self.database) as database:
            return await expected_variant(database, settings, self.day, channel)

    def _process_failures(self) -> tuple[Fail, ...]:
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

    def _discord_failures(self) -> tuple[Fail, ...]:
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
        is_second = before.count == SECOND_COUNT and before.layout is Layout.CARDS
        count = _EDITED_SECOND_COUNT if is_second else _EDITED_COUNT
        settings, where = replace(before, count=count), channel
        options: dict[str, Any] = {"schedule": f"schedule:{schedule.id}", "count": count}
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
