"""The button of a post that opens a thread on it."""

import asyncio

from bot_fixture import BotFixture
from layouts import remove_schedule
from private_answers import answer, posted

from bot.sandbox import ChannelType, Permission
from storage import schedules

NAME = "Feb 21 · MLGym, SuperGPQA, SigLIP 2"
DISCUSS = "Discuss"


async def test_it_opens_one_thread_named_after_the_papers_and_then_links_to_it(
    fixture: BotFixture,
) -> None:
    post = await posted(fixture)
    first = await answer(await fixture.member.press(post, DISCUSS))
    assert post.thread is not None
    assert post.thread.name == NAME
    assert post.thread.thread is not None
    assert post.thread.thread.auto_archive_duration == 3 * 24 * 60
    assert f"<#{post.thread.id}>" in first
    assert await answer(await fixture.korean.press(post, "Discuss")) == (
        f"<#{post.thread.id}>에서 토론할 수 있습니다."
    )
    assert len(fixture.guild.threads) == 1


async def test_its_name_is_in_the_language_of_the_post(fixture: BotFixture) -> None:
    post = await posted(fixture, language="ko")
    await answer(await fixture.member.press(post, "토론하기"))
    assert post.thread is not None
    assert post.thread.name == "2월 21일 · MLGym, SuperGPQA, SigLIP 2"


async def test_its_name_is_in_the_servers_language_if_the_post_is_forgotten(
    own_bot: BotFixture,
) -> None:
    post = await posted(own_bot, language="ko")
    async with own_bot.database.transaction() as writer:
        await writer.execute("DELETE FROM deliveries")
    await answer(await own_bot.member.press(post, "토론하기"))
    assert post.thread is not None
    # That of its last schedule, although Discord says en-US of every server without a community.
    assert post.thread.name == "2월 21일 · MLGym, SuperGPQA, SigLIP 2"


async def test_two_presses_at_once_open_one_thread(fixture: BotFixture) -> None:
    post = await posted(fixture)
    both = await asyncio.gather(
        fixture.member.press(post, DISCUSS), fixture.admin.press(post, DISCUSS)
    )
    for interaction in both:
        assert f"<#{post.id}>" in await answer(interaction)
    assert len(fixture.guild.threads) == 1
    fixture.sandbox.refusals.clear()  # the second request


async def test_the_person_needs_the_permission_unless_the_thread_is_there(
    fixture: BotFixture,
) -> None:
    post = await posted(fixture)
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.CREATE_PUBLIC_THREADS
    )
    refused = await answer(await fixture.member.press(post, DISCUSS))
    assert "Create Public Threads" in refused
    assert not fixture.guild.threads
    fixture.guild.set_overwrite(fixture.general, fixture.guild.everyone)
    await answer(await fixture.admin.press(post, DISCUSS))
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.CREATE_PUBLIC_THREADS
    )
    assert f"<#{post.id}>" in await answer(await fixture.member.press(post, DISCUSS))


async def test_a_bot_that_lost_its_permission_says_so(fixture: BotFixture) -> None:
    post = await posted(fixture)
    fixture.guild.set_overwrite(
        fixture.general, fixture.sandbox.world.bot, deny=Permission.CREATE_PUBLIC_THREADS
    )
    refused = await answer(await fixture.member.press(post, DISCUSS))
    assert refused.startswith("I can't open a thread here.")


async def test_a_deleted_thread_is_not_opened_again(fixture: BotFixture) -> None:
    post = await posted(fixture)
    await answer(await fixture.member.press(post, DISCUSS))
    assert post.thread is not None
    fixture.guild.remove_channel(post.thread)
    refused = await answer(await fixture.member.press(post, DISCUSS))
    assert refused.startswith("This thread was deleted")
    fixture.sandbox.refusals.clear()  # the bot has looked for the thread


async def test_posts_in_forums_and_threads_and_with_a_thread_have_no_such_button(
    fixture: BotFixture,
) -> None:
    forum = fixture.guild.add_channel("forum", ChannelType.FORUM)
    thread = fixture.guild.add_thread(fixture.general, "thread", fixture.sandbox.world.bot)
    for options in ({"channel": forum}, {"channel": thread}, {"layout": "thread"}):
        post = await posted(fixture, **options)
        labels = [each.get("label") for each in post.controls]
        assert "All 30" in labels
        assert DISCUSS not in labels
        (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
        await remove_schedule(fixture.admin, f"schedule:{schedule.id}")
