"""What people do with posts is counted: which post, in which week, and never who."""

from typing import Any

import pytest
from bot_fixture import BotFixture, shown
from private_answers import answer, posted

from bot.app import App
from bot.keeping.settings import KeepingSettings
from bot.sandbox import ChannelType
from storage import usage
from storage.records import Usage

PAPER = "2502.14499"


async def counted(fixture: BotFixture) -> Usage | None:
    await fixture.app.usage.flush()
    return await usage.of_guild(
        fixture.database, fixture.guild.id, now=fixture.clock.now(), weeks=1
    )


async def all_rows(fixture: BotFixture) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: [tuple(row) for row in await fixture.database.read(f"SELECT * FROM {table}")]  # noqa: S608 - a constant
        for table in ("weekly_counts", "opened_posts", "thread_messages")
    }


async def test_opened_papers_of_posts_searches_and_threads_are_counted_without_persons(
    fixture: BotFixture,
) -> None:
    post = await posted(fixture, count=1)
    (menu,) = (each for each in post.controls if "options" in each)
    first = menu["options"][0]["value"]
    await fixture.member.choose(post, first)
    await fixture.korean.choose(post, first)
    rest = shown(await fixture.member.press(post, "All 30"))
    (of_rest,) = (each for each in rest.controls if "options" in each)
    await fixture.member.choose(rest, of_rest["options"][0]["value"])
    assert await counted(fixture) == Usage(posts=1, opens=3, opened_posts=1)

    await fixture.member.slash("search", text="agents")
    ari = fixture.sandbox.add_person("Ari")
    ari.installed = True
    await ari.slash("search", fixture.sandbox.dm(ari), text="agents")
    elsewhere = fixture.sandbox.add_guild("Without the bot", with_bot=False)
    elsewhere.add_member(ari)
    await ari.slash("search", elsewhere.add_channel("general"), text="agents")
    card = shown(await fixture.member.slash("paper", query=PAPER))
    await answer(await fixture.member.press(post, "Discuss"))
    await answer(await fixture.member.press(card, "Discuss"))
    for message in (post, card):
        assert message.thread is not None
        fixture.member.say("What do you think?", message.thread)
    fixture.korean.say("Looks good.", post.thread)
    fixture.korean.say("Not in a thread.")
    # The bot answers presses of one person in the order in which they come, after the messages.
    await fixture.member.slash("help")
    assert await counted(fixture) == Usage(posts=1, opens=3, opened_posts=1, threads=1, searches=1)
    everywhere = await usage.totals(fixture.database, since=fixture.clock.now().date())
    assert [each.usage.searches for each in everywhere] == [3]
    text = str(await all_rows(fixture))
    for nobody in (fixture.admin, fixture.member, fixture.korean, ari, elsewhere):
        assert str(nobody.id) not in text


async def test_previews_lists_and_papers_in_the_channel_are_no_posts(
    fixture: BotFixture,
) -> None:
    await fixture.admin.slash("schedule add", channel=fixture.general, timezone="UTC")
    preview = await fixture.admin.slash("schedule preview", schedule="schedule:1")
    await preview.until(lambda each: bool(each.followups))
    message = preview.followups[0]
    (menu,) = (each for each in message.controls if "options" in each)
    await fixture.admin.choose(message, menu["options"][0]["value"], menu["custom_id"])
    top = shown(await fixture.member.slash("top"))
    (menu,) = (each for each in top.controls if "options" in each)
    await fixture.member.choose(top, menu["options"][0]["value"], menu["custom_id"])
    assert await counted(fixture) == Usage()


async def test_a_thread_that_a_person_opens_on_a_post_and_a_forum_post_count(
    fixture: BotFixture,
) -> None:
    forum = fixture.guild.add_channel("forum", ChannelType.FORUM)
    await posted(fixture, channel=forum)
    (thread,) = fixture.guild.threads.values()
    fixture.member.say("One", thread)
    fixture.korean.say("Two", thread)
    await fixture.member.slash("help")
    found = await counted(fixture)
    assert found is not None
    assert found.threads == 1


@pytest.mark.slow  # until the bot knows which servers it had before
async def test_servers_that_add_and_remove_the_bot_are_counted(fixture: BotFixture) -> None:
    await fixture.app.client.wait_until_ready()
    guild = fixture.sandbox.add_guild("New", with_bot=False)
    guild.add_channel("general")
    with fixture.sandbox.subscribe() as events:
        guild.add_bot()
        await events.next("MESSAGE_CREATE")  # the welcome
    guild.remove_bot()
    await fixture.member.slash("help")
    await fixture.stop()  # what is still in memory is written
    rows = await usage.of_guild(fixture.database, guild.id, now=fixture.clock.now(), weeks=1)
    assert rows == Usage(added=1, removed=1)


async def test_a_stop_writes_what_was_counted_and_a_start_without_counting_deletes_it(
    fixture: BotFixture,
) -> None:
    post = await posted(fixture)
    (menu,) = (each for each in post.controls if "options" in each)
    await fixture.member.choose(post, menu["options"][0]["value"])
    await fixture.stop()
    rows = await all_rows(fixture)
    assert len(rows["weekly_counts"]) == len(rows["opened_posts"]) == 1
    fixture.app = App(
        fixture.database,
        catalogue=fixture.app.catalogue,
        clock=fixture.clock,
        keeping=KeepingSettings(usage_weeks=0),
    )
    await fixture.start()
    await fixture.member.choose(post, menu["options"][0]["value"])
    assert await counted(fixture) is None
    assert not any((await all_rows(fixture)).values())
