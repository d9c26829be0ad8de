import pytest


async def test_today_is_the_newest_digest_and_says_its_date(stage) -> None:
    exchange = await stage.member.slash("top")
    (embed,) = exchange.message.embeds
    lines = embed["description"].splitlines()
    assert lines[0] == "February 21, 2025 · 30 papers"
    assert len(lines[2:]) == 10
    assert "2502.14499" in lines[2]
    assert "▲121" in lines[2]
    assert "votes as of" in embed["footer"]["text"]
    assert embed["timestamp"]
    assert not exchange.message.controls


async def test_pages_are_turned_by_buttons_until_the_last(stage) -> None:
    message = (await stage.member.slash("top", period="week", count=25)).message
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


async def test_someone_else_turns_a_copy_of_their_own(stage) -> None:
    message = (await stage.member.slash("top", count=25)).message
    before = message.embeds[0]["description"]
    copy = await stage.korean.press(message, "Next")
    assert copy.ephemeral
    assert "3쪽 중 2쪽" in copy.message.embeds[0]["footer"]["text"]
    assert message.embeds[0]["description"] == before


async def test_a_period_covers_its_dates_and_unknown_votes_come_last(stage) -> None:
    (embed,) = (await stage.member.slash("top", period="all", count=25)).message.embeds
    assert embed["description"].startswith("February 19, 2025 – February 21, 2025 · 34 papers")


@pytest.mark.parametrize("options", [{"period": "decade"}, {"count": 0}, {"count": 1_000_000}])
async def test_what_discord_should_not_let_pass_is_refused_kindly(stage, options) -> None:
    exchange = await stage.member.slash("top", options, force=True)
    assert exchange.ephemeral
    assert exchange.message.content
