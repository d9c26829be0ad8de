"""Rate limits by headers and by 429, and discord.py's dealing with them."""

import asyncio

import aiohttp
from small_bot import Ask, ManualTimer, Place, SmallBot, connected

from bot.sandbox import Limits, Rate, Sandbox
from bot.sandbox.rules.rate_limits import RateLimiter

CREATE = "/channels/{channel_id}/messages"


def test_messages_to_a_channel_are_five_in_five_seconds() -> None:
    timer = ManualTimer()
    limiter = RateLimiter(Limits(), timer)
    verdicts = []
    for _ in range(6):
        verdicts.append(limiter.check("POST", CREATE, "1"))
        timer.now += 0.5
    assert [verdict.headers["X-RateLimit-Remaining"] for verdict in verdicts] == list("432100")
    assert [verdict.retry_after for verdict in verdicts] == [None] * 5 + [2.5]
    assert verdicts[0].headers["X-RateLimit-Reset-After"] == "5.000"
    assert limiter.check("POST", CREATE, "2").retry_after is None
    timer.now = 1005.0
    assert limiter.check("POST", CREATE, "1").headers["X-RateLimit-Remaining"] == "4"


def test_fifty_requests_a_second_are_the_most_and_answers_to_interactions_do_not_count() -> None:
    timer = ManualTimer()
    limiter = RateLimiter(Limits(routes={}), timer)
    for _ in range(50):
        assert limiter.check("GET", "/users/@me", "").retry_after is None
    for _ in range(50):
        assert limiter.check("POST", "/callback", "", counted=False).retry_after is None
    refused = limiter.check("GET", "/users/@me", "")
    assert refused.everywhere
    assert refused.retry_after == 1.0
    timer.now += 1
    assert limiter.check("GET", "/users/@me", "").retry_after is None


def test_fifty_requests_are_the_most_in_any_second_not_in_those_from_the_first() -> None:
    timer = ManualTimer()
    limiter = RateLimiter(Limits(routes={}), timer)
    for second in (0.9, 1.1):
        timer.now = 1000.0 + second
        for _ in range(25):
            assert limiter.check("GET", "/users/@me", "").retry_after is None
    timer.now = 1001.5
    assert limiter.check("GET", "/users/@me", "").retry_after == 0.4
    timer.now = 1001.95
    for _ in range(25):
        assert limiter.check("GET", "/users/@me", "").retry_after is None
    assert limiter.check("GET", "/users/@me", "").retry_after == 0.15


def test_too_many_invalid_requests_ban_the_address_for_a_while() -> None:
    timer = ManualTimer()
    limiter = RateLimiter(Limits(invalid=Rate(3, 600)), timer)
    for status in (200, 404, 401, 403, 429):
        assert not limiter.banned
        limiter.answered(status)
    assert limiter.banned
    timer.now += 600
    assert not limiter.banned


def test_without_limits_there_are_no_headers() -> None:
    limiter = RateLimiter(Limits.off())
    assert limiter.check("POST", CREATE, "1").headers == {}
    assert limiter.old_edit(1) is None


async def test_discord_py_never_meets_a_429_that_the_headers_foretold() -> None:
    limits = Limits({f"POST {CREATE}": Rate(3, 0.1)})
    async with Sandbox(limits=limits) as sandbox:
        guild = sandbox.add_guild("Lab")
        place = Place(
            sandbox, guild, guild.add_channel("general"), guild.add_member("A"), SmallBot()
        )
        other = guild.add_channel("other")
        async with connected(place.bot, sandbox):
            second = place.bot.get_partial_messageable(other.id)
            sends = [place.channel().send(str(n)) for n in range(7)]
            await asyncio.gather(*sends, *(second.send(str(n)) for n in range(4)))

        assert len(place.general.messages) == 7
        assert len(other.messages) == 4
        assert set(sandbox.recorder.statuses) == {200}


async def test_a_banned_address_gets_no_json(ask: Ask, sandbox: Sandbox) -> None:
    sandbox.limiter.limits = Limits({}, None, invalid=Rate(2, 600.0))
    for _ in range(2):
        await ask("GET", "/users/@me", token="wrong")
    async with aiohttp.ClientSession() as session, session.get(sandbox.url + "/gateway") as shut:
        assert shut.status == 429
        assert shut.content_type == "text/plain"
        assert "Via" not in shut.headers


async def test_a_client_that_ignores_the_headers_gets_retry_after(ask: Ask, place: Place) -> None:
    place.sandbox.limiter.limits = Limits({f"POST {CREATE}": Rate(1, 60.0)})
    path = f"/channels/{place.general.id}/messages"
    first = await ask("POST", path, json={"content": "1"})
    status, body = await ask("POST", path, json={"content": "2"})
    place.sandbox.limiter.limits = Limits({}, Rate(0, 60.0))
    everywhere = await ask("GET", "/users/@me")

    assert first[0] == 200
    assert status == everywhere[0] == 429
    assert body["global"] is False
    assert 59 < body["retry_after"] <= 60
    assert everywhere[1]["global"] is True
    headers = place.sandbox.requests[-2].headers
    assert headers["Retry-After"] == str(body["retry_after"])
    assert headers["X-RateLimit-Remaining"] == "0"
