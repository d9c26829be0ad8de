from datetime import date
from typing import Any

from bot_fixture import EARLIER, READ_AT, BotFixture, shown
from layouts import remove_schedule

from bot.sandbox import Message
from storage import digests, papers, schedules
from storage.records import Details, Digest, Media, MediaKind, Paper, Section

WORDS = (Section(None, "word " * 1_000),)


async def posted(fixture: BotFixture, **options: str | int) -> Message:
    """Return the last message of a post, which has all of its components."""
    given: dict[str, Any] = {"channel": fixture.general, "timezone": "UTC", **options}
    await fixture.admin.slash("schedule add", None, given)
    (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    return fixture.general.messages[-1]


def listed_ids(message: Message) -> list[str]:
    (menu,) = [part for part in message.controls if "options" in part]
    return [option["value"] for option in menu["options"]]


async def test_anyone_can_open_the_whole_text_of_a_posted_paper_in_private(
    fixture: BotFixture,
) -> None:
    message = await posted(fixture)
    top = await papers.top(fixture.database, first=READ_AT.date(), last=None, limit=5)
    assert listed_ids(message)[:5] == [each.paper.arxiv_id for each in top.papers]
    assert len(set(listed_ids(message))) == 15
    opened = await fixture.member.choose(message, top.papers[1].paper.arxiv_id)
    assert opened.ephemeral
    embed = shown(opened).embeds[0]
    assert embed["url"] == top.papers[1].paper.url
    assert "votes as of" in embed["footer"]["text"]
    assert embed["timestamp"]


async def test_what_is_opened_is_the_card_of_the_paper_with_a_menu_of_further_actions(
    own_bot: BotFixture,
) -> None:
    details = Details(abstract="All of it.", code_url="https://github.com/a/b")
    media = Media(MediaKind.IMAGE, "https://example.org/a.png")
    long = Paper("2502.00009", "Long", 9, media=media, sections=WORDS, details=details)
    many = (long, *EARLIER.papers[:2])
    await digests.store(own_bot.database, Digest(date(2025, 2, 22), many), read_at=READ_AT)
    message = await posted(own_bot, count=1)
    for opened in (
        await own_bot.member.choose(message, "2502.00009"),
        await own_bot.member.slash("paper", query="2502.00009"),
    ):
        (embed,) = shown(opened).embeds
        assert embed["image"]["url"] == "https://example.org/a.png"
        assert "[Code](https://github.com/a/b)" in embed["fields"][-1]["value"]
    card = shown(await own_bot.member.choose(message, "2502.00009"))
    assert [control.get("label") for control in card.controls] == [
        "Full summary",
        "Discuss",
        "Post to channel",
        "Save",
        None,
    ]
    whole = await own_bot.member.press(card, "Full summary")
    assert shown(whole).embeds[0]["description"].count("word") > 600
    more = await own_bot.member.choose(card, "Abstract", "More")
    assert more.ephemeral
    assert "All of it." in shown(more).embeds[0]["description"]
    forged = await own_bot.member.choose(card, "2:setup:start:1", "More", force=True)
    assert "older version" in shown(forged).content


async def test_the_remaining_papers_are_listed_in_pages_in_private(own_bot: BotFixture) -> None:
    day = date(2025, 2, 20)
    many = tuple(Paper(f"2502.1{n:04}", f"Paper {n}", 100 - n) for n in range(68))
    await digests.store(own_bot.database, Digest(date(2025, 2, 22), many), read_at=READ_AT)
    assert day < date(2025, 2, 22)
    message = await posted(own_bot, count=7, exclude='"paper 3"')
    shown_ids = set(listed_ids(message)[:7])
    label = "All 68"
    found: list[str] = []
    interaction = await own_bot.member.press(message, label)
    assert interaction.ephemeral
    for page in (1, 2, 3):
        text = shown(interaction).embeds[0]
        assert text["footer"]["text"].startswith(f"Page {page} of 3")
        found += listed_ids(shown(interaction))
        if page < 3:
            interaction = await own_bot.member.press(shown(interaction), "Next")
    assert len(found) == len(set(found)) == 61
    assert shown_ids.isdisjoint(found)
    assert found[0] == "2502.10003"
    # Each has its rank of the day.
    assert shown(interaction).embeds[0]["description"].splitlines()[-1].startswith("68\\. ")
    back = await own_bot.member.press(shown(interaction), "Previous")
    assert listed_ids(shown(back)) == found[25:50]
    opened = await own_bot.member.choose(shown(back), found[30])
    assert shown(opened).embeds[0]["url"].endswith(found[30])


async def test_components_of_a_post_answer_in_the_language_of_the_user(
    fixture: BotFixture,
) -> None:
    message = await posted(fixture)
    rest = await fixture.korean.press(message, "All 30")
    assert shown(rest).embeds[0]["title"] == ("나머지 논문: Daily Papers · 2025년 2월 21일 금요일")
    opened = await fixture.korean.choose(message, listed_ids(message)[0])
    assert "추천 수 업데이트" in shown(opened).embeds[0]["footer"]["text"]


async def test_buttons_work_after_a_restart_and_when_the_schedule_is_gone(
    fixture: BotFixture,
) -> None:
    message = await posted(fixture)
    (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    await remove_schedule(fixture.admin, f"schedule:{schedule.id}")
    await fixture.restart()
    opened = await fixture.member.choose(message, listed_ids(message)[0])
    assert shown(opened).embeds[0]["url"].endswith(listed_ids(message)[0])
    rest = await fixture.member.press(message, "All 30")
    assert len(listed_ids(shown(rest))) == 25
    assert not set(listed_ids(shown(rest))) & set(listed_ids(message)[:5])


async def test_a_deleted_paper_is_reported(own_bot: BotFixture) -> None:
    message = await posted(own_bot)
    gone = listed_ids(message)[0]
    async with own_bot.database.transaction() as writer:
        await writer.execute(
            "UPDATE papers SET arxiv_id = '9901.00001' WHERE arxiv_id = ?", (gone,)
        )
    opened = await own_bot.member.choose(message, gone)
    assert "no longer available" in shown(opened).content


async def test_a_post_of_all_papers_has_no_button_for_more(own_bot: BotFixture) -> None:
    few = Digest(date(2025, 2, 23), EARLIER.papers[:3])
    await digests.store(own_bot.database, few, read_at=READ_AT)
    message = await posted(own_bot)
    assert [part.get("label") for part in message.controls] == [None, "Discuss"]
