"""Injected faults: which requests they apply to, and what happens."""

import asyncio

import aiohttp
import discord
import pytest
from small_bot import Ask, ManualTimer, Place

from bot.sandbox import Limits, Sandbox

MESSAGES = "/channels/*/messages"


async def test_a_fault_answers_before_the_request_is_served(place: Place) -> None:
    fault = place.sandbox.faults.add("POST", MESSAGES, status=503, times=2)
    async with place.start():
        channel = place.channel()
        for _ in range(2):
            with pytest.raises(discord.DiscordServerError) as lost:
                await channel.send("lost")
            assert lost.value.status == 503
        await channel.send("sent")

    assert fault.hits == 2
    assert [message.content for message in place.general.messages] == ["sent"]
    assert not place.sandbox.refusals


async def test_a_fault_answers_after_the_request_was_served(place: Place) -> None:
    place.sandbox.faults.add("POST", MESSAGES, status=503, after=True)
    async with place.start():
        with pytest.raises(discord.DiscordServerError):
            await place.channel().send("sent all the same")

    assert [message.content for message in place.general.messages] == ["sent all the same"]


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_breaks_before_or_after_the_request_is_served(
    place: Place, after: bool
) -> None:
    place.sandbox.faults.add("POST", MESSAGES, broken=True, after=after)
    async with place.start():
        with pytest.raises(aiohttp.ClientError):
            await place.channel().send("first")
        await place.channel().send("second")

    sent = ["first", "second"] if after else ["second"]
    assert [message.content for message in place.general.messages] == sent


async def test_the_same_nonce_returns_the_same_message_after_a_lost_response(
    place: Place,
) -> None:
    place.sandbox.faults.add("POST", MESSAGES, broken=True, after=True)
    async with place.start():
        with pytest.raises(aiohttp.ClientError):
            await place.channel().send("once", nonce="digest-1")
        again = await place.channel().send("once", nonce="digest-1")
        other = await place.channel().send("once", nonce="digest-2")

    assert [message.id for message in place.general.messages] == [again.id, other.id]


async def test_faults_fit_by_method_path_and_condition(sandbox: Sandbox, ask: Ask) -> None:
    sandbox.faults.add("GET", "/users/@me", status=500)
    sandbox.faults.add("*", "/users/**", status=502, when=lambda r: "guilds" in r.path)
    seen = [
        (await ask(method, path))[0]
        for method, path in [
            ("DELETE", "/users/@me"),
            ("GET", "/users/@me/guilds"),
            ("GET", "/users/@me"),
            ("GET", "/users/@me"),
            ("GET", "/users/@me/guilds"),
        ]
    ]
    assert seen == [405, 502, 500, 200, 200]


async def test_faults_without_an_end_last_until_they_are_cleared(
    sandbox: Sandbox, ask: Ask
) -> None:
    sandbox.faults.add("GET", "/gateway", status=500, times=None)
    before = [(await ask("GET", "/gateway"))[0] for _ in range(3)]
    sandbox.faults.clear()
    assert before == [500, 500, 500]
    assert (await ask("GET", "/gateway"))[0] == 200


async def test_a_response_may_be_delayed_only(sandbox: Sandbox, ask: Ask) -> None:
    slow = sandbox.faults.add("GET", "/gateway", delay=0.01)
    status, _ = await ask("GET", "/gateway")
    assert (status, slow.hits) == (200, 1)
    assert sandbox.requests[-1].seconds >= 0.01


async def test_a_response_may_wait_for_an_event(sandbox: Sandbox, ask: Ask) -> None:
    event = asyncio.Event()
    sandbox.faults.add("GET", "/gateway", until=event)
    asking = asyncio.ensure_future(ask("GET", "/gateway"))
    await asyncio.wait({asking}, timeout=0.05)
    assert not asking.done()
    event.set()
    assert (await asking)[0] == 200


async def test_an_injected_rate_limit_is_waited_for(place: Place) -> None:
    place.sandbox.faults.add("POST", MESSAGES, retry_after=0.01)
    async with place.start():
        await place.channel().send("patient")

    statuses = [r.status for r in place.sandbox.requests if r.route.endswith("/messages")]
    assert statuses == [429, 200]
    assert len(place.general.messages) == 1


async def test_a_global_rate_limit_refuses_every_counted_route_until_it_is_over() -> None:
    timer = ManualTimer()
    async with (
        Sandbox(limits=Limits.off(), timer=timer) as sandbox,
        aiohttp.ClientSession(headers={"Authorization": f"Bot {sandbox.token}"}) as session,
    ):
        path = f"/channels/{sandbox.add_guild('Lab').add_channel('general').id}/messages"
        fault = sandbox.faults.add(
            "POST", "/channels/**", retry_after=60.0, everywhere=True, times=2
        )

        async def status(method: str, path: str, **body: object) -> int:
            async with session.request(method, sandbox.url + path, json=body or None) as response:
                return response.status

        async def statuses() -> list[int]:
            return [
                await status("GET", "/users/@me"),
                await status("POST", path, content="1"),
                # Interaction tokens that nobody knows: no rate limit comes before that.
                await status("POST", "/interactions/1/token/callback", type=1),
                await status("POST", "/webhooks/1/token", content="1"),
            ]

        assert await statuses() == [200, 429, 404, 404]
        timer.now += 20.0
        assert await statuses() == [429, 429, 404, 404]
        assert fault.hits == 1
        timer.now += 40.0
        assert await statuses() == [200, 429, 404, 404]
        assert fault.hits == 2
        timer.now += 60.0
        assert await statuses() == [200, 200, 404, 404]

    first, second, *_ = [request for request in sandbox.requests if request.path == path]
    assert first.answer == {
        "message": "You are being rate limited.",
        "retry_after": 60.0,
        "global": True,
        "code": 0,
    }
    assert first.headers.items() >= {
        ("Retry-After", "60.0"),
        ("X-RateLimit-Global", "true"),
        ("X-RateLimit-Scope", "global"),
    }
    assert second.headers["Retry-After"] == "40.0"
    assert not [request for request in sandbox.refusals if request.status == 429]


@pytest.mark.parametrize("after", [False, True])
async def test_a_response_is_garbled_before_or_after_the_request_is_served(
    place: Place, after: bool
) -> None:
    place.sandbox.faults.add("POST", MESSAGES, garbled=True, after=after)
    async with place.start():
        with pytest.raises(KeyError):
            await place.channel().send("first")
        await place.channel().send("second")

    sent = ["first", "second"] if after else ["second"]
    assert [message.content for message in place.general.messages] == sent


async def test_a_refused_picture_is_named_by_its_embed(place: Place) -> None:
    refused = place.sandbox.faults.refuse_picture("https://example.org/refused.png")
    taken, other = discord.Embed(title="taken"), discord.Embed(title="refused")
    taken.set_image(url="https://example.org/taken.png")
    other.set_image(url="https://example.org/refused.png")
    async with place.start():
        with pytest.raises(discord.HTTPException) as error:
            await place.channel().send(embeds=[taken, other])
        await place.channel().send(embeds=[taken])

    assert (error.value.status, error.value.code, refused.hits) == (400, 50035, 1)
    assert "In embeds.1.image.url: Not a well formed URL." in error.value.text
    assert len(place.general.messages) == 1
