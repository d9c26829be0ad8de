from datetime import date
from typing import Any

import pytest
from bot_fixture import READ_AT, BotFixture, shown

from storage import digests
from storage.records import Digest, Paper


async def test_today_shows_the_newest_digest_and_its_date(fixture: BotFixture) -> None:
    interaction = await fixture.member.slash("top")
    (embed,) = shown(interaction).embeds
    assert embed["title"] == "Top 10 · Feb 21, 2025"
    lines = embed["description"].splitlines()
    assert lines[0] == "30 papers"
    assert len(lines[2:]) == 10
    assert "2502.14499" in lines[2]
    assert "▲121" in lines[2]
    assert "Upvotes as of" in embed["footer"]["text"]
    assert embed["timestamp"]
    labels = [control.get("label") for control in shown(interaction).controls]
    assert labels == [None, "Previous day", "Next day"]


async def test_votes_of_a_file_that_is_read_long_after_its_day_have_no_time(
    own_bot: BotFixture,
) -> None:
    late = Digest(date(2025, 1, 1), (Paper("2501.00001", "A New Year", 7),))
    await digests.store(own_bot.database, late, read_at=READ_AT)
    (embed,) = shown(await own_bot.member.slash("top", date="2025-01-01")).embeds
    assert "▲7" in embed["description"]
    assert "footer" not in embed
    assert "timestamp" not in embed


async def test_pages_are_turned_by_buttons_until_the_last(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("top", period="week", count=25))
    _, previous, following, _chart = message.controls
    assert previous["disabled"]
    assert not following.get("disabled")
    await fixture.member.press(message, "Next")
    await fixture.member.press(message, "Next")
    (embed,) = message.embeds
    assert "Page 3 of 3" in embed["footer"]["text"]
    assert len(embed["description"].splitlines()[2:]) == 5
    assert embed["description"].splitlines()[2].startswith("21\\.")
    _, previous, following, _chart = message.controls
    assert following["disabled"]
    await fixture.member.press(message, "Previous")
    assert "Page 2 of 3" in message.embeds[0]["footer"]["text"]


async def test_page_buttons_give_other_users_their_own_copy(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("top", count=25))
    before = message.embeds[0]["description"]
    copy = await fixture.korean.press(message, "Next")
    assert copy.ephemeral
    assert "3쪽 중 2쪽" in shown(copy).embeds[0]["footer"]["text"]
    assert message.embeds[0]["description"] == before


async def test_a_period_covers_its_dates_and_unknown_votes_come_last(fixture: BotFixture) -> None:
    (embed,) = shown(await fixture.member.slash("top", period="all", count=25)).embeds
    assert embed["description"].startswith("Feb 19\u2009–\u200921, 2025 · 34 papers")


@pytest.mark.parametrize("options", [{"period": "decade"}, {"count": 0}, {"count": 1_000_000}])
async def test_options_that_discord_should_reject_are_answered_with_an_explanation(
    fixture: BotFixture, options: dict[str, Any]
) -> None:
    interaction = await fixture.member.slash("top", force=True, **options)
    assert interaction.ephemeral
    assert shown(interaction).content
