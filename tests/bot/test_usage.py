"""What people do with posts is counted: which post, in which week, and never who."""

from typing import Any

from bot_fixture import BotFixture, shown
from private_answers import answer, posted

from bot.app import App, AppSettings
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
    own_bot: BotFixture,
) -> None:
    post = await posted(own_bot, count=1)
    (menu,) = (each for each in post.controls if "options" in each)
    first = menu["options"][0]["value"]
    await own_bot.member.choose(post, first)
    await own_bot.korean.choose(post, first)
    rest = shown(await own_bot.member.press(post, "All 30"))
    (of_rest,) = (each for each in rest.controls if "options" in each)
    await own_bot.member.choose(rest, of_rest["options"][0]["value"])
    assert await counted(own_bot) == Usage(posts=1, opens=3, opened_posts=1)

    await own_bot.member.slash("search", text="agents")
    ari = own_bot.sandbox.add_person("Ari")
    ari.installed = True
    await ari.slash("search", own_bot.sandbox.dm(ari), text="agents")
    elsewhere = own_bot.sandbox.add_guild("Without the bot", with_bot=False)
    elsewhere.add_member(ari)
    await ari.slash("search", elsewhere.add_channel("general"), text="agents")
    card = shown(await own_bot.member.slash("paper", query=PAPER))
    await answer(await own_bot.member.press(post, "Discuss"))
    await answer(await own_bot.member.press(card, "Discuss"))
    for message in (post, card):
        assert message.thread is not None
        own_bot.member.say("What do you think?", message.thread)
    own_bot.korean.say("Looks good.", post.thread)
    own_bot.korean.say("Not in a thread.")
    # The bot answers presses of one person in the order in which they come, after the messages.
    await own_bot.member.slash("help")
    assert await counted(own_bot) == Usage(posts=1, opens=3, opened_posts=1, threads=1, searches=1)
    everywhere = await usage.totals(own_bot.database, since=own_bot.clock.now().date())
    assert [each.usage.searches for each in everywhere] == [3]
    text = str(await all_rows(own_bot))
    for nobody in (own_bot.admin, own_bot.member, own_bot.korean, ari, elsewhere):
        assert str(nobody.id) not in text


async def test_previews_lists_and_papers_in_the_channel_are_no_posts(
    own_bot: BotFixture,
) -> None:
    await own_bot.admin.slash("schedule add", channel=own_bot.general, timezone="UTC")
    preview = await own_bot.admin.slash("schedule preview", schedule="schedule:1")
    await preview.until(lambda each: bool(each.followups))
    message = preview.followups[0]
    (menu,) = (each for each in message.controls if "options" in each)
    await own_bot.admin.choose(message, menu["options"][0]["value"], menu["custom_id"])
    top = shown(await own_bot.member.slash("top"))
    (menu,) = (each for each in top.controls if "options" in each)
    await own_bot.member.choose(top, menu["options"][0]["value"], menu["custom_id"])
    assert await counted(own_bot) == Usage()


async def test_a_thread_that_a_person_opens_on_a_post_and_a_forum_post_count(
    own_bot: BotFixture,
) -> None:
    forum = own_bot.guild.add_channel("forum", ChannelType.FORUM)
    await posted(own_bot, channel=forum)
    (thread,) = own_bot.guild.threads.values()
    own_bot.member.say("One", thread)
    own_bot.korean.say("Two", thread)
    await own_bot.member.slash("help")
    found = await counted(own_bot)
    assert found is not None
    assert found.threads == 1


async def test_servers_that_add_and_remove_the_bot_are_counted(own_bot: BotFixture) -> None:
    await own_bot.app.client.wait_until_ready()
    guild = own_bot.sandbox.add_guild("New", with_bot=False)
    guild.add_channel("general")
    with own_bot.sandbox.subscribe() as events:
        guild.add_bot()
        await events.next("MESSAGE_CREATE")  # the welcome
    guild.remove_bot()
    await own_bot.member.slash("help")
    await own_bot.stop()  # what is still in memory is written
    rows = await usage.of_guild(own_bot.database, guild.id, now=own_bot.clock.now(), weeks=1)
    assert rows == Usage(added=1, removed=1)


async def test_a_stop_writes_what_was_counted_and_a_start_without_counting_deletes_it(
    own_bot: BotFixture,
) -> None:
    post = await posted(own_bot)
    (menu,) = (each for each in post.controls if "options" in each)
    await own_bot.member.choose(post, menu["options"][0]["value"])
    await own_bot.stop()
    rows = await all_rows(own_bot)
    assert len(rows["weekly_counts"]) == len(rows["opened_posts"]) == 1
    own_bot.app = App(
        own_bot.database,
        catalogue=own_bot.app.catalogue,
        clock=own_bot.clock,
        settings=AppSettings(keeping=KeepingSettings(usage_weeks=0)),
    )
    await own_bot.start()
    await own_bot.member.choose(post, menu["options"][0]["value"])
    assert await counted(own_bot) is None
    assert not any((await all_rows(own_bot)).values())
