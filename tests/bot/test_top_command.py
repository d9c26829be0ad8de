from typing import Any

import pytest
from stage import Stage, shown


async def test_today_is_the_newest_digest_and_says_its_date(stage: Stage) -> None:
    exchange = await stage.member.slash("top")
    (embed,) = shown(exchange).embeds
    lines = embed["description"].splitlines()
    assert lines[0] == "February 21, 2025 · 30 papers"
    assert len(lines[2:]) == 10
    assert "2502.14499" in lines[2]
    assert "▲121" in lines[2]
    assert "votes as of" in embed["footer"]["text"]
    assert embed["timestamp"]
    assert not shown(exchange).controls


async def test_pages_are_turned_by_buttons_until_the_last(stage: Stage) -> None:
    message = shown(await stage.member.slash("top", period="week", count=25))
    previous, following = message.controls
    assert previous["disabled"]
    assert not following.get("disabled")
    await stage.member.press(message, "Next")
    await stage.member.press(message, "Next")
    (embed,) = message.embeds
    assert "Page 3 of 3" in embed["footer"]["text"]
    assert len(embed["description"].splitlines()[2:]) == 5
    assert embed["description"].splitlines()[2].startswith("21\\.")
    previous, following = message.controls
    assert following["disabled"]
    await stage.member.press(message, "Previous")
    assert "Page 2 of 3" in message.embeds[0]["footer"]["text"]


async def test_someone_else_turns_a_copy_of_their_own(stage: Stage) -> None:
    message = shown(await stage.member.slash("top", count=25))
    before = message.embeds[0]["description"]
    copy = await stage.korean.press(message, "Next")
    assert copy.ephemeral
    assert "3쪽 중 2쪽" in shown(copy).embeds[0]["footer"]["text"]
    assert message.embeds[0]["description"] == before


async def test_a_period_covers_its_dates_and_unknown_votes_come_last(stage: Stage) -> None:
    (embed,) = shown(await stage.member.slash("top", period="all", count=25)).embeds
    assert embed["description"].startswith("February 19, 2025 – February 21, 2025 · 34 papers")


@pytest.mark.parametrize("options", [{"period": "decade"}, {"count": 0}, {"count": 1_000_000}])
async def test_what_discord_should_not_let_pass_is_refused_kindly(
    stage: Stage, options: dict[str, Any]
) -> None:
    exchange = await stage.member.slash("top", force=True, **options)
    assert exchange.ephemeral
    assert shown(exchange).content
