"""The gateway, with discord.py at the other end, and by hand."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest
from small_bot import Ask, Interaction, ManualClock, Place, SmallBot, connected

from bot.sandbox import ChannelType, ClosePoint, Limits, Permission, Sandbox


def add_ping(bot: SmallBot) -> None:
    @bot.tree.command(description="Answers")
    async def ping(interaction: Interaction) -> None:
        await interaction.response.send_message(f"shard {interaction.client.shard_id}")


async def resumed(place: Place, times: int = 1) -> None:
    async with asyncio.timeout(60):
        while place.sandbox.gateway.resumed < times:
            await place.sandbox.gateway.wait_connected()
            await asyncio.sleep(0)


@pytest.mark.parametrize("code", [None, 4000, 1012])
async def test_a_dropped_gateway_is_resumed_and_what_was_missed_is_told(
    place: Place, code: int | None
) -> None:
    add_ping(place.bot)
    async with place.start():
        await place.sandbox.gateway.drop(code)
        begun = await place.anna.slash("ping", wait=False)
        await begun.result()

    assert begun.message
    assert place.sandbox.gateway.resumed == 1
    assert place.sandbox.gateway.identified == 1


async def test_a_bot_that_is_asked_to_come_back_resumes(place: Place) -> None:
    add_ping(place.bot)
    async with place.start():
        place.sandbox.gateway.ask_reconnect()
        await resumed(place)
        answer = await place.anna.slash("ping")

    assert answer.message
    assert place.sandbox.gateway.identified == 1


async def test_an_invalidated_session_is_identified_anew(place: Place) -> None:
    add_ping(place.bot)
    async with place.start():
        place.sandbox.gateway.invalidate()
        await place.sandbox.wait_connected()
        answer = await place.anna.slash("ping")

    assert answer.message
    assert place.sandbox.gateway.identified == 2


async def test_a_bot_with_a_wrong_token_is_turned_away(sandbox: Sandbox) -> None:
    sandbox.token = "of somebody else"
    with pytest.raises(discord.LoginFailure):
        async with connected(SmallBot(), sandbox):
            pass
    assert [lost.status for lost in sandbox.refusals] == [401]


async def test_shards_hear_of_their_own_servers_alone() -> None:
    async with Sandbox(limits=Limits.off()) as sandbox:
        people = []
        for number in range(4):
            guild = sandbox.add_guild(f"Server {number}")
            guild.add_channel("general")
            people.append((guild, guild.add_member(f"Person {number}")))
        heard: dict[int, int] = {}
        bot = SmallBot(shard_count=2)

        @bot.tree.command(description="Says which shard")
        async def which(interaction: Interaction) -> None:
            assert interaction.guild
            heard[interaction.guild.id] = interaction.guild.shard_id
            await interaction.response.send_message("heard")

        async with connected(bot, sandbox):
            for _, person in people:
                await person.slash("which")
            sessions = {session.shard for session in sandbox.gateway.connected}

    assert heard == {guild.id: (guild.id >> 22) % 2 for guild, _ in people}
    assert sessions == {(0, 2), (1, 2)}


async def test_servers_channels_roles_and_members_are_kept_up_to_date(place: Place) -> None:
    bot = place.bot

    async def heard(event: str) -> object:
        return await bot.wait_for(event, timeout=5)

    async with place.start():
        joined = asyncio.create_task(heard("guild_join"))
        await asyncio.sleep(0)
        second = place.sandbox.add_guild("Second", locale="ja")
        await joined
        known = bot.get_guild(second.id)
        assert known
        assert known.preferred_locale is discord.Locale.japanese

        created = asyncio.create_task(heard("guild_channel_create"))
        await asyncio.sleep(0)
        news = second.add_channel("news", ChannelType.ANNOUNCEMENT)
        await created
        channel = bot.get_channel(news.id)
        assert isinstance(channel, discord.TextChannel)
        assert channel.is_news()
        assert channel.permissions_for(known.me).send_messages

        updated = asyncio.create_task(heard("guild_channel_update"))
        await asyncio.sleep(0)
        second.set_overwrite(news, second.everyone, deny=Permission.SEND_MESSAGES)
        await updated
        assert not channel.permissions_for(known.me).send_messages

        changed = asyncio.create_task(heard("guild_role_update"))
        await asyncio.sleep(0)
        second.set_permissions(second.everyone, 0)
        await changed
        assert not known.default_role.permissions.view_channel

        gone = asyncio.create_task(heard("guild_channel_delete"))
        await asyncio.sleep(0)
        second.remove_channel(news)
        await gone

        removed = asyncio.create_task(heard("guild_remove"))
        await asyncio.sleep(0)
        second.remove_bot()
        await removed
        assert bot.get_guild(second.id) is None


async def test_an_outage_of_a_server_is_no_farewell(place: Place) -> None:
    async with place.start():
        lost = asyncio.create_task(place.bot.wait_for("guild_unavailable", timeout=5))
        await asyncio.sleep(0)
        place.guild.set_available(False)
        assert (await lost).id == place.guild.id
        back = asyncio.create_task(place.bot.wait_for("guild_available", timeout=5))
        await asyncio.sleep(0)
        place.guild.set_available(True)
        assert (await back).id == place.guild.id


async def test_messages_of_others_come_without_their_content(place: Place) -> None:
    async with place.start():
        heard = asyncio.create_task(place.bot.wait_for("message", timeout=5))
        await asyncio.sleep(0)
        place.anna.say("a secret")
        message = await heard
        assert message.content == ""
        assert message.author.id == place.anna.id

        spoken_to = asyncio.create_task(place.bot.wait_for("message", timeout=5))
        await asyncio.sleep(0)
        place.anna.say(f"{place.sandbox.world.bot.mention} hello")
        assert (await spoken_to).content.endswith("hello")


@asynccontextmanager
async def by_hand(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(sandbox.gateway_url) as socket,
    ):
        hello = await socket.receive_json()
        assert hello["op"] == 10
        assert hello["d"]["heartbeat_interval"] > 0
        yield socket


def identify(sandbox: Sandbox, **changes: object) -> dict[str, object]:
    return {"op": 2, "d": {"token": sandbox.token, "intents": 1, "properties": {}, **changes}}


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("no json", 4002),
        ('{"op": 3, "d": {}}', 4003),
        ({"token": "wrong"}, 4004),
        ({"shard": [2, 2]}, 4010),
        ({"intents": "all"}, 4013),
        ({"intents": 1 << 40}, 4013),
        ({"intents": 1 << 15}, 4014),
    ],
)
async def test_the_gateway_hangs_up_with_the_reason_as_its_code(
    sandbox: Sandbox, frame: str | dict[str, object], code: int
) -> None:
    async with by_hand(sandbox) as socket:
        await socket.send_str(
            frame if isinstance(frame, str) else json.dumps(identify(sandbox, **frame))
        )
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == code


async def test_heartbeats_are_answered_and_members_are_told_when_asked_for(
    place: Place,
) -> None:
    async with by_hand(place.sandbox) as socket:
        await socket.send_json({"op": 1, "d": None})
        assert (await socket.receive_json())["op"] == 11
        await socket.send_json(identify(place.sandbox))
        ready, guild = await socket.receive_json(), await socket.receive_json()
        assert (ready["t"], guild["t"]) == ("READY", "GUILD_CREATE")
        assert ready["d"]["guilds"] == [{"id": str(place.guild.id), "unavailable": True}]
        wanted = {"guild_id": str(place.guild.id), "query": "an", "limit": 5, "nonce": "n"}
        await socket.send_json({"op": 8, "d": wanted})
        chunk = (await socket.receive_json())["d"]
        assert [member["user"]["global_name"] for member in chunk["members"]] == ["Anna"]
        assert chunk["nonce"] == "n"


async def test_a_session_that_is_not_known_cannot_be_resumed(sandbox: Sandbox) -> None:
    async with by_hand(sandbox) as socket:
        resume = {"token": sandbox.token, "session_id": "unknown", "seq": 1}
        await socket.send_json({"op": 6, "d": resume})
        frame = await socket.receive_json()
        assert (frame["op"], frame["d"]) == (9, False)


async def test_a_gateway_that_refuses_lets_the_bot_in_later(sandbox: Sandbox) -> None:
    sandbox.gateway.refusals_left = 1
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(sandbox.gateway_url)
    assert refused.value.status == 503
    async with by_hand(sandbox) as socket:
        assert not socket.closed


@pytest.mark.parametrize("code", [4000, 4004, 4010, 4014])
async def test_a_new_connection_is_accepted_and_closed(sandbox: Sandbox, code: int) -> None:
    fault = sandbox.gateway.close_next(code)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(sandbox.gateway_url) as socket:
            assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
            assert socket.close_code == code
        async with session.ws_connect(sandbox.gateway_url) as socket:
            assert (await socket.receive_json())["op"] == 10
    assert (fault.hits, fault.left, sandbox.gateway.accepted) == (1, 0, 2)


@pytest.mark.parametrize(
    ("at", "received"), [(ClosePoint.IDENTIFIED, []), (ClosePoint.READY, ["READY"])]
)
async def test_a_connection_is_closed_after_it_identified(
    sandbox: Sandbox, at: ClosePoint, received: list[str]
) -> None:
    sandbox.gateway.close_next(4000, at=at, times=None)
    for _ in range(2):
        async with by_hand(sandbox) as socket:
            await socket.send_json(identify(sandbox))
            events = [json.loads(message.data)["t"] async for message in socket]
            assert (events, socket.close_code) == (received, 4000)
    sandbox.gateway.clear_faults()
    async with by_hand(sandbox) as socket:
        await socket.send_json(identify(sandbox))
        assert (await socket.receive_json())["t"] == "READY"


async def test_session_starts_are_counted_and_refused_beyond_the_limit() -> None:
    clock = ManualClock()
    async with Sandbox(clock=clock, limits=Limits.off()) as sandbox:
        limit = sandbox.gateway.starts.payload
        assert limit(clock())["remaining"] == 1000
        async with by_hand(sandbox) as first:
            await first.send_json(identify(sandbox))
            assert (await first.receive_json())["t"] == "READY"
            assert limit(clock())["remaining"] == 999
            sandbox.gateway.starts.exhaust(clock(), reset_after=60)
            assert limit(clock())["reset_after"] == 60_000
            clock.advance(seconds=61)
            assert limit(clock())["remaining"] == 1000
            sandbox.gateway.starts.exhaust(clock(), reset_after=60)
            async with by_hand(sandbox) as second:
                await second.send_json(identify(sandbox))
                assert (await second.receive()).type is aiohttp.WSMsgType.CLOSE
                assert second.close_code == 4004
            # Discord closes all sessions of a bot that exceeds the limit.
            closed = await first.receive()
            assert (closed.type, closed.data) == (aiohttp.WSMsgType.CLOSE, 4004)
    assert sandbox.gateway.starts.exceeded


async def test_the_session_start_limit_is_told(sandbox: Sandbox, ask: Ask) -> None:
    sandbox.gateway.starts.exhaust(sandbox.world.clock(), reset_after=60)
    _, told = await ask("GET", "/gateway/bot")
    assert told["session_start_limit"]["remaining"] == 0
    assert 0 < told["session_start_limit"]["reset_after"] <= 60_000
