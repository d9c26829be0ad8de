"""Check what Discord says: of the token, the clock, the intents, and of every scheduled channel.

Only the REST API is used: a connection to the gateway would count among those that Discord allows
the running bot in a day.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType, SimpleNamespace
from typing import Final

import aiohttp
import discord

from bot.client import INTENTS
from bot.discord_endpoint import point_at
from bot.doctor.finding import Finding, ok, skipped, to_do
from bot.posting.channels import KINDS, THREADS, facts_of, missing_permissions
from bot.posting.rate_limit import LONGEST_ROUTE_WAIT
from storage.records import Frequency, Schedule

_SECONDS: Final = 60.0
"""How long Discord has to answer what is asked for all servers together."""
_MOST_SKEW: Final = 60.0
"""Seconds; from five minutes on nothing is posted."""
_PRIVILEGED: Final = MappingProxyType(
    {
        "members": ("gateway_guild_members", "gateway_guild_members_limited"),
        "presences": ("gateway_presence", "gateway_presence_limited"),
        "message_content": ("gateway_message_content", "gateway_message_content_limited"),
    }
)
"""Privileged intents, and the flags of the application of which one allows each.

Source: https://docs.discord.com/developers/resources/application#application-object-application-flags
"""
_PORTAL: Final = "https://discord.com/developers/applications"
_REFUSED_TOKEN: Final = (
    f"Discord does not know it: make a new one at {_PORTAL} (your application → Bot → Reset Token)"
    " and set it as DAILY_PAPERS_TOKEN"
)
_ANSWERS_WITH: Final = (aiohttp.ClientError, ConnectionError, TimeoutError, discord.HTTPException)


class _Dates:
    """Compares the `Date` of Discord's answers with this machine's clock."""

    def __init__(self) -> None:
        self.skew: float | None = None
        """Seconds by which this machine is ahead in the newest answer; `None` without any."""
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._compare)

    async def _compare(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        try:
            there = parsedate_to_datetime(params.response.headers["Date"])
        except (KeyError, ValueError):
            return
        self.skew = (datetime.now(UTC) - there).total_seconds()


async def check_discord(
    token: str, discord_url: str | None, schedules: Sequence[Schedule] | None
) -> list[Finding]:
    """Check everything that Discord says.

    Args:
        token: The bot's.
        discord_url: The base of the REST API; `None` is Discord's.
        schedules: Those whose channels are looked at; `None` if they are not known.
    """
    dates = _Dates()
    findings: list[Finding] = []
    try:
        await point_at(discord_url)
        async with _client(dates) as client:
            async with asyncio.timeout(_SECONDS):
                await client.login(token)
                findings += [
                    ok("token", f"it is that of {client.user}"),
                    check_intents(INTENTS, (await client.application_info()).flags),
                    _check_connections(await client.fetch_session_start_limits()),
                ]
            findings += await _check_channels(client, schedules)
    except discord.LoginFailure:
        findings.append(to_do("token", _REFUSED_TOKEN))
    except _ANSWERS_WITH as error:
        reason = str(error) or type(error).__name__
        findings.append(
            to_do(
                "Discord", f"it can't be reached: {reason}. Check the network, or try again later"
            )
        )
    finally:
        await point_at(None)
    return [*findings, *_check_clock(dates.skew)]


@asynccontextmanager
async def _client(dates: _Dates) -> AsyncIterator[discord.AutoShardedClient]:
    """Yield a client that only sends requests."""
    # It uses no voice channels, so discord.py needn't warn that packages for them are missing.
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False
    client = discord.AutoShardedClient(
        intents=INTENTS,
        http_trace=dates.trace,
        max_ratelimit_timeout=LONGEST_ROUTE_WAIT,
    )
    try:
        yield client
    finally:
        await client.close()


def _check_clock(skew: float | None) -> list[Finding]:
    if skew is None:
        return []
    if abs(skew) > _MOST_SKEW:
        direction = "ahead of" if skew > 0 else "behind"
        return [
            to_do(
                "clock",
                f"it is {abs(skew):,.0f} s {direction} Discord's: set it by NTP; from 300 s on"
                " nothing is posted",
            )
        ]
    return [ok("clock", f"within {_MOST_SKEW:.0f} s of Discord's")]


def check_intents(wanted: discord.Intents, flags: discord.ApplicationFlags) -> Finding:
    """Check that the application may have the privileged intents that the bot asks for."""
    privileged = [name for name in _PRIVILEGED if getattr(wanted, name)]
    missing = [
        name for name in privileged if not any(getattr(flags, flag) for flag in _PRIVILEGED[name])
    ]
    if missing:
        names = ", ".join(missing)
        return to_do(
            "intents",
            f"turn on {names} at {_PORTAL} (your application → Bot → Privileged Gateway Intents)",
        )
    return ok(
        "intents", "all that the bot asks for" if privileged else "no privileged one is needed"
    )


def _check_connections(limits: discord.SessionStartLimits) -> Finding:
    if not limits.remaining:
        return to_do(
            "connections",
            "none is left until Discord allows more; find out what connects again and again. Until"
            " then don't restart the bot",
        )
    return ok("connections", f"{limits.remaining:,} of {limits.total:,} are left for now")


async def _check_channels(
    client: discord.Client, schedules: Sequence[Schedule] | None
) -> list[Finding]:
    """Check the bot's permissions in every scheduled channel; a finding for each lack of them."""
    if schedules is None:
        return [skipped("channels", "the schedules can't be read")]
    by_guild: dict[int, list[Schedule]] = defaultdict(list)
    for schedule in schedules:
        by_guild[schedule.guild_id].append(schedule)
    wrong: list[Finding] = []
    for guild_id, of_guild in by_guild.items():
        wrong += await _check_guild(client, guild_id, of_guild)
    if wrong:
        return wrong
    channels = len({schedule.settings.channel_id for schedule in schedules})
    if not channels:
        return [ok("channels", "there are no schedules yet")]
    return [ok("channels", f"the bot can post in all {channels:,}")]


async def _check_guild(
    client: discord.Client, guild_id: int, schedules: Iterable[Schedule]
) -> list[Finding]:
    assert client.user is not None
    try:
        guild = await client.fetch_guild(guild_id, with_counts=False)
        me = await guild.fetch_member(client.user.id)
        channels: dict[int, discord.abc.GuildChannel | discord.Thread] = {
            channel.id: channel for channel in await guild.fetch_channels()
        }
    except (discord.NotFound, discord.Forbidden):
        return [
            to_do(
                "channels",
                f"the bot is not in server {guild_id} any more: invite it again, or leave its"
                " schedules paused",
            )
        ]
    findings = []
    for schedule in schedules:
        channel_id = schedule.settings.channel_id
        where = f"channel {channel_id} of server {guild_id} ({guild.name})"
        try:
            if channel_id not in channels:
                channels[channel_id] = await guild.fetch_channel(channel_id)
            parent_id = getattr(channels[channel_id], "parent_id", None)
            if parent_id is not None and parent_id not in channels:
                channels[parent_id] = await guild.fetch_channel(parent_id)
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            text = f"{where} is gone or can't be seen: change schedule {schedule.id}, or delete it"
            findings.append(to_do("channels", text))
            continue
        if problem := _problem(channels, me, schedule):
            findings.append(to_do("channels", f"in {where} {problem} (schedule {schedule.id})"))
    return findings


def _problem(
    channels: dict[int, discord.abc.GuildChannel | discord.Thread],
    me: discord.Member,
    schedule: Schedule,
) -> str:
    """Return what keeps a schedule from posting all it could; empty if nothing does."""
    channel = channels[schedule.settings.channel_id]
    if channel.type not in KINDS:
        return "nothing can be posted: choose a text, announcement, forum or media channel"
    if channel.type in THREADS:
        assert isinstance(channel, discord.Thread)
        # As `Thread.permissions_for` does, which looks for the parent in the cache.
        permissions = channels[channel.parent_id].permissions_for(me)
    else:
        permissions = channel.permissions_for(me)
    missing = missing_permissions(facts_of(channel, permissions), schedule.settings)
    if not missing:
        if schedule.settings.period is Frequency.DAY or permissions.attach_files:
            return ""
        return "the bot lacks Attach Files, so posts have no chart: give it that"
    names = ", ".join(name.replace("_", " ").title() for name in missing)
    return f"the bot lacks {names}: give it that"
