import asyncio
from typing import Any

from bot_fixture import BotFixture, shown

from bot.sandbox import ChannelType, Message, Permission
from bot.sandbox.model import CallbackType
from bot.ui import actions
from storage import schedules
from storage.records import Schedule


async def add_schedule(fixture: BotFixture, **options: Any) -> Schedule:  # noqa: ANN401 - whatever an option takes
    given: dict[str, Any] = {"channel": fixture.general, "timezone": "UTC", **options}
    await fixture.admin.slash("schedule add", None, given)
    return (await schedules.of_guild(fixture.database, fixture.guild.id))[-1]


def visible_parts(message: Message) -> tuple[Any, ...]:
    """Return the parts of a message that a reader sees."""
    menus = [
        (part.get("label"), part.get("placeholder"), part.get("options"))
        for part in message.controls
        if part.get("label") not in {"Discuss", "토론하기"}  # not in a preview
    ]
    return message.content, message.embeds, menus


async def previewed(
    fixture: BotFixture, schedule: Schedule, *, count: int
) -> tuple[Message, list[Message]]:
    answer = await fixture.admin.slash("schedule preview", schedule=f"schedule:{schedule.id}")
    await answer.until(lambda each: len(each.followups) == count)
    assert answer.ephemeral
    assert all(message.ephemeral for message in answer.followups)
    return shown(answer), list(answer.followups)


async def test_a_preview_equals_the_post_and_is_ephemeral(fixture: BotFixture) -> None:
    for count, options in (
        (2, {"count": 7, "layout": "cards"}),
        (1, {"layout": "brief", "exclude": "nothing"}),
        (1, {"include": "agent", "language": "ko"}),
    ):
        schedule = await add_schedule(fixture, **options)
        _, before = await previewed(fixture, schedule, count=count)
        had = len(fixture.general.messages)
        posted = await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
        assert posted.ephemeral
        messages = fixture.general.messages[had:]
        assert [visible_parts(message) for message in before] == [
            visible_parts(message) for message in messages
        ]
        assert f"/{messages[0].id})" in shown(posted).content


async def test_posting_a_digest_again_asks_for_confirmation(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    assert len(fixture.general.messages) == 1
    asked = await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    assert asked.ephemeral
    assert "Already posted" in shown(asked).content
    left = await fixture.admin.press(shown(asked), "Cancel")
    assert shown(left).content == "Canceled."
    assert not shown(left).controls
    assert len(fixture.general.messages) == 1
    asked = await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    again = await fixture.admin.press(shown(asked), "Post again")
    await again.until(lambda _: "Posted in" in shown(asked).content)
    assert len(fixture.general.messages) == 2


async def test_post_again_pressed_twice_at_once_posts_once(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    for _ in range(2):
        asked = await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    question = shown(asked)
    presses = await asyncio.gather(*(fixture.admin.press(question, "Post again") for _ in range(2)))
    (posting,) = [each for each in presses if each.answer is CallbackType.UPDATE]
    await posting.until(lambda _: "Posted in" in question.content)
    await fixture.wait_until_idle()
    assert len(fixture.general.messages) == 2


async def test_a_digest_without_matching_papers_is_not_posted(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture, include="zzzyx")
    intro, _ = await previewed(fixture, schedule, count=0)
    assert "no new papers match" in intro.content
    posted = await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    assert "no new papers match" in shown(posted).content
    assert not fixture.general.messages


async def test_filters_are_applied_before_counting(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture, min_votes=20, count=25, layout="cards")
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    embeds = [embed for message in fixture.general.messages for embed in message.embeds]
    votes = [int(embed["author"]["name"].split()[0].removeprefix("▲")) for embed in embeds]
    assert votes
    assert votes == sorted(votes, reverse=True)
    assert min(votes) >= 20
    every = await add_schedule(fixture, count=3, exclude="author:nobody", layout="cards")
    before = len(fixture.general.messages)
    await fixture.admin.slash("schedule post", schedule=f"schedule:{every.id}")
    embeds = [e for message in fixture.general.messages[before:] for e in message.embeds]
    assert len(embeds) == 3


async def test_a_thread_gets_one_card_per_paper_below_the_list(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture, layout="thread", count=6)
    intro, before = await previewed(fixture, schedule, count=3)
    assert "gets a thread named “Feb 21 · MLGym, SuperGPQA, SigLIP 2”" in intro.content
    assert len(before) == 3
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    (first,) = fixture.general.messages
    assert len(first.embeds) == 2
    assert first.thread is not None
    assert first.thread.name == "Feb 21 · MLGym, SuperGPQA, SigLIP 2"
    cards = [embed for message in first.thread.messages for embed in message.embeds]
    assert len(cards) == 6


async def test_a_forum_gets_a_post_with_a_matching_tag(fixture: BotFixture) -> None:
    forum = fixture.guild.add_channel(
        "forum", ChannelType.FORUM, tags=("talk", "Papers"), requires_tag=True
    )
    schedule = await add_schedule(fixture, channel=forum, count=7, layout="cards")
    intro, _ = await previewed(fixture, schedule, count=2)
    assert "a forum post named" in intro.content
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    (post,) = [thread for thread in fixture.guild.threads.values() if thread.parent is forum]
    assert post.name == "Feb 21 · MLGym, SuperGPQA, SigLIP 2"
    assert post.thread is not None
    assert [forum.tags[tag].name for tag in post.thread.applied_tags] == ["Papers"]
    assert sum(len(message.embeds) for message in post.messages) == 7


async def test_only_the_chosen_role_is_notified(fixture: BotFixture) -> None:
    role = fixture.guild.add_role("Readers", mentionable=True)
    schedule = await add_schedule(fixture, mention=role, silent=True)
    _, before = await previewed(fixture, schedule, count=1)
    assert before[0].content.endswith(f" {role.mention}")
    assert not before[0].pings
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    (message,) = fixture.general.messages
    assert message.pings == {role.mention}
    assert message.silent


async def test_missing_permissions_are_reported_at_once(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.EMBED_LINKS
    )
    refused = await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    assert "Missing: Embed Links" in shown(refused).content
    assert not fixture.general.messages


async def test_history_lists_posts_with_links(fixture: BotFixture) -> None:
    empty = await fixture.admin.slash("schedule history")
    assert shown(empty).embeds[0]["description"] == "No posts yet."
    schedule = await add_schedule(fixture)
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    await fixture.admin.slash("schedule pause", schedule=f"schedule:{schedule.id}")
    (message,) = fixture.general.messages
    for options in ({}, {"schedule": f"schedule:{schedule.id}"}):
        history = await fixture.admin.slash("schedule history", None, options)
        assert history.ephemeral
        text = shown(history).embeds[0]["description"]
        paused, posted = text.splitlines()
        assert f"**paused by <@{fixture.admin.id}>**" in paused
        assert "someone" not in paused
        assert "**posted**" in posted
        assert "manual" in posted
        assert f"/{fixture.general.id}/{message.id})" in posted
    other = await fixture.admin.slash("schedule history", schedule=f"schedule:{schedule.id + 1}")
    assert shown(other).embeds[0]["description"] == "No posts yet."


async def test_every_message_has_its_own_mark(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture, count=25, layout="cards")
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    marks = [
        {actions.mark_of(part["custom_id"]) for part in message.controls}
        for message in fixture.general.messages
    ]
    assert [len(each) for each in marks] == [1] * 5
    assert len(set().union(*marks)) == 5
    assert None not in set().union(*marks)
