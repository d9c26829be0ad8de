"""`/top` of other days than the newest: its options, its buttons and its menu."""

from datetime import date, datetime

import pytest
from bot_fixture import READ_AT, BotFixture, shown

from bot.sandbox import Interaction, Message
from storage import digests
from storage.records import Digest, Paper

MENU = 3


@pytest.fixture(scope="module")
def more_digests() -> tuple[Digest, ...]:
    """A day without papers between the others."""
    return (Digest(date(2025, 2, 20), ()),)


def titles(message: Message) -> str:
    (embed,) = message.embeds
    return str(embed["title"])


def is_disabled(message: Message, label: str) -> bool:
    (found,) = [each for each in message.controls if each.get("label") == label]
    return bool(found.get("disabled"))


async def choices(fixture: BotFixture, typed: str) -> list[str]:
    found = await fixture.member.autocomplete("top", "date", typed)
    return [choice["value"] for choice in found]


async def test_a_date_shows_its_day(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("top", date="2025-02-19"))
    (embed,) = message.embeds
    assert embed["title"] == "Top 4 · Feb 19, 2025"
    assert embed["description"].splitlines()[0] == "4 papers"
    for typed in ("02-19", "Feb 19", "2월 19일", "19"):
        assert titles(shown(await fixture.member.slash("top", date=typed))) == embed["title"]
    korean = shown(await fixture.korean.slash("순위", 날짜="2월 19일"))
    assert titles(korean) == "2025년 2월 19일 상위 4편"


async def test_days_with_papers_are_suggested_newest_first(fixture: BotFixture) -> None:
    assert await choices(fixture, "") == ["2025-02-21", "2025-02-19"]
    for typed in ("2025-02-21", "02-21", "Feb 21", "2월 21일", "21"):
        assert await choices(fixture, typed) == ["2025-02-21"], typed
    assert await choices(fixture, "March") == []
    assert await choices(fixture, "x" * 5_000) == []
    (named,) = await fixture.member.autocomplete("top", "date", "21")
    assert named["name"] == "Feb 21, 2025"
    (named,) = await fixture.korean.autocomplete("순위", "날짜", "21")
    assert named["name"] == "2025년 2월 21일"


async def test_a_day_without_papers_is_refused_with_the_nearest_ones(fixture: BotFixture) -> None:
    refused = await fixture.member.slash("top", date="2025-02-20")
    assert refused.ephemeral
    assert shown(refused).content == (
        "There are no papers from Feb 20, 2025. "
        "The nearest ones are from Feb 19, 2025 and Feb 21, 2025."
    )
    late = await fixture.member.slash("top", date="2031-01-01", period="week")
    assert "The nearest ones are from Feb 21, 2025." in shown(late).content
    korean = await fixture.korean.slash("순위", 날짜="2025년 2월 1일")
    assert "가장 가까운 날은 2025년 2월 19일입니다." in shown(korean).content
    between = await fixture.korean.slash("순위", 날짜="2025년 2월 20일")
    assert "가장 가까운 날은 2025년 2월 19일, 2025년 2월 21일입니다." in shown(between).content


@pytest.mark.parametrize(
    "typed", ["someday", "2025-02-30", "Feb 5", "@everyone **x** <@1>", "9" * 5_000]
)
async def test_what_is_no_day_with_papers_is_refused_with_the_newest_ones(
    fixture: BotFixture, typed: str
) -> None:
    refused = await fixture.member.slash("top", date=typed)
    assert refused.ephemeral
    content = shown(refused).content
    assert "isn't a day with papers" in content
    assert "such as Feb 21, 2025 and Feb 19, 2025" in content
    assert "**x**" not in content


async def test_a_period_ends_on_the_date_and_the_title_has_its_days(own_bot: BotFixture) -> None:
    earlier = Digest(date(2025, 2, 14), (Paper("2502.30001", "A Paper", 500),))
    await digests.store(own_bot.database, earlier, read_at=READ_AT)
    week = shown(await own_bot.member.slash("top", period="week", date="2025-02-19"))
    assert titles(week) == "Top 5 · Feb 14\u2009–\u200919, 2025"
    lines = week.embeds[0]["description"].splitlines()
    assert lines[0] == "5 papers"
    assert "2502.30001" in lines[2]
    every = shown(await own_bot.member.slash("top", period="all", date="2025-02-19"))
    assert titles(every) == "Top 5 until Feb 19, 2025"
    assert every.embeds[0]["description"].startswith("Feb 14\u2009–\u200919, 2025 · 5 papers")
    latest = shown(await own_bot.member.slash("top", period="week", date="2025-02-21"))
    assert titles(latest) == "Top 10 of the past 7 days"
    single = shown(await own_bot.member.slash("top", period="week", date="2025-02-14"))
    assert titles(single) == "Top paper · Feb 14, 2025"
    labels = [control.get("label") for control in single.controls]
    assert "Previous day" not in labels, "only a ranking of one day has the days beside"


async def test_a_private_answer_is_seen_by_its_person_only(fixture: BotFixture) -> None:
    assert (await fixture.member.slash("top", private=True)).ephemeral
    assert not (await fixture.member.slash("top", private=False)).ephemeral
    private = await fixture.korean.slash("순위", 비공개=True, 논문수=25)
    assert private.ephemeral
    turned = await fixture.korean.press(shown(private), "다음")
    assert shown(turned) is shown(private)


async def test_buttons_go_from_day_to_day_with_papers_until_the_ends(own_bot: BotFixture) -> None:
    message = shown(await own_bot.member.slash("top", count=25))
    assert is_disabled(message, "Next day")
    await own_bot.member.press(message, "Next")
    await own_bot.restart()
    await own_bot.member.press(message, "Previous day")
    assert titles(message) == "Top 4 · Feb 19, 2025"
    assert is_disabled(message, "Previous day")
    assert not is_disabled(message, "Next day")
    between = Digest(date(2025, 2, 20), (Paper("2502.30001", "A Paper", 5),))
    await digests.store(own_bot.database, between, read_at=READ_AT)
    await own_bot.member.press(message, "Next day")
    assert titles(message) == "Top paper · Feb 20, 2025"
    await own_bot.member.press(message, "Next day")
    assert titles(message) == "Top 25 · Feb 21, 2025"
    assert "Page 1 of 3" in message.embeds[0]["footer"]["text"]


async def test_a_button_that_was_disabled_since_shows_the_same_day(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("top"))
    (following,) = [each for each in message.controls if each.get("label") == "Next day"]
    pressed = await fixture.member.press(message, following["custom_id"], force=True)
    assert shown(pressed) is message
    assert titles(message) == "Top 10 · Feb 21, 2025"


async def test_day_buttons_give_other_users_their_own_copy(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("top"))
    copy: Interaction = await fixture.korean.press(message, "Previous day")
    assert copy.ephemeral
    assert titles(shown(copy)) == "2025년 2월 19일 상위 4편"
    assert titles(message) == "Top 10 · Feb 21, 2025"
    own = await fixture.korean.press(shown(copy), "다음 날짜")
    assert shown(own) is shown(copy)
    assert titles(shown(copy)) == "2025년 2월 21일 상위 10편"


async def test_the_menu_opens_a_paper_of_the_page_in_private(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("top", count=25))
    await fixture.member.press(message, "Next")
    (menu,) = [control for control in message.controls if control["type"] == MENU]
    listed = message.embeds[0]["description"]
    assert menu["placeholder"] == "Read a summary…"
    assert len(menu["options"]) == 10
    assert all(option["value"] in listed for option in menu["options"])
    await fixture.restart()
    for person in (fixture.member, fixture.korean):
        opened = await person.choose(message, menu["options"][3]["value"], menu["custom_id"])
        assert opened.ephemeral
        assert shown(opened).embeds[0]["url"].endswith(menu["options"][3]["value"])
    assert message.embeds[0]["description"] == listed


async def test_a_database_without_papers_says_so_whatever_the_date(own_bot: BotFixture) -> None:
    async with own_bot.database.transaction() as writer:
        await writer.execute("DELETE FROM digest_papers")
        await writer.execute("DELETE FROM digests")
    own_bot.database.content_changed()
    own_bot.clock.move_to(datetime(2025, 3, 1, tzinfo=READ_AT.tzinfo))
    for typed in ("2025-02-21", "x"):
        refused = await own_bot.member.slash("top", date=typed)
        assert refused.ephemeral
        assert "No papers yet" in shown(refused).content
