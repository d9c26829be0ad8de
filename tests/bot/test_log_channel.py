"""Where a server's log channel is chosen and shown, and the line about how much is read."""

from bot_fixture import BotFixture, shown
from layouts import text_of
from private_answers import posted
from screens import open_screen

from bot.sandbox import Channel, ChannelType, Permission, Person
from storage import guild_log


async def chosen(fixture: BotFixture) -> int | None:
    return await guild_log.channel_of(fixture.database, fixture.guild.id)


async def listed(person: Person) -> str:
    command = "자동게시 목록" if person.locale == "ko" else "schedule list"
    return text_of(shown(await person.slash(command)))


async def choose_log(fixture: BotFixture) -> Channel:
    log = fixture.guild.add_channel("log")
    screen = await open_screen(fixture.admin)
    await screen.fill_in("Days and log…", log=log)
    return log


async def test_it_is_chosen_in_the_set_up_for_the_whole_server_and_can_be_turned_off(
    fixture: BotFixture,
) -> None:
    assert "Log channel" not in await listed(fixture.admin)
    screen = await open_screen(fixture.admin)
    assert "Log channel" not in screen.text
    log = fixture.guild.add_channel("log", ChannelType.ANNOUNCEMENT)
    await screen.fill_in("Days and log…", log=log)
    assert f"Log channel: {log.mention}" in screen.text
    assert "on weekdays at" in screen.text
    await screen.fill_in("Days and log…", pattern="daily")
    assert await chosen(fixture) == log.id
    assert f"Log channel: {log.mention}" in await listed(fixture.admin)
    await screen.press("Cancel")
    assert await chosen(fixture) == log.id
    again = await open_screen(fixture.admin)
    await again.fill_in("Days and log…", log=[])
    assert await chosen(fixture) is None
    assert "Log channel" not in again.text


async def test_what_is_in_the_way_is_said_in_the_list_and_on_the_screen(
    fixture: BotFixture,
) -> None:
    log = await choose_log(fixture)
    fixture.guild.set_overwrite(log, fixture.guild.everyone, deny=Permission.SEND_MESSAGES)
    screen = await open_screen(fixture.admin)
    for text in (await listed(fixture.admin), screen.text):
        assert f"I can't write in the log channel {log.mention}. Missing: Send Messages." in text
    fixture.guild.remove_channel(log)
    screen = await open_screen(fixture.admin)
    for text in (await listed(fixture.admin), screen.text):
        assert "The log channel was deleted, or I can't see it." in text
    # The form doesn't offer what is gone, so that sending it turns the log off.
    await screen.fill_in("Days and log…")
    assert await chosen(fixture) is None


async def test_only_a_text_channel_of_the_server_is_taken(fixture: BotFixture) -> None:
    forum = fixture.guild.add_channel("forum", ChannelType.FORUM)
    foreign = fixture.sandbox.add_guild("Other").add_channel("foreign")
    screen = await open_screen(fixture.admin)
    for channel in (forum, foreign):
        opened = await screen.press("Days and log…")
        values: dict[str, str | Channel] = {
            "2:setup:pattern": "daily",
            "2:setup:log": channel,
        }
        interaction = await fixture.admin.submit(opened, values, force=True)
        screen.message = shown(interaction)
        assert f"⚠ {channel.mention} can't be the log channel." in screen.text
        assert "on weekdays at" in screen.text
    assert await chosen(fixture) is None


async def test_the_list_says_how_much_is_read_in_the_server(fixture: BotFixture) -> None:
    assert "Past 4 weeks" not in await listed(fixture.admin)
    await fixture.member.slash("search", text="agents")
    await fixture.app.usage.flush()
    assert "Past 4 weeks: no posts · 1 search" in await listed(fixture.admin)
    post = await posted(fixture)
    (menu,) = (each for each in post.controls if "options" in each)
    for _ in range(2):
        await fixture.member.choose(post, menu["options"][0]["value"])
    await fixture.app.usage.flush()
    assert (
        "Past 4 weeks: 1 post · papers opened 2 times (2 per post, 100% of posts) · "
        "0 discussions · 1 search"
    ) in await listed(fixture.admin)
    fixture.guild.set_roles(fixture.korean, (fixture.guild.add_role("관리", 1 << 5),))
    assert (
        "최근 4주: 게시 1회 · 논문 열람 2회(게시물당 2회, 게시물의 100%) · 토론 0개 · 검색 1회"
    ) in await listed(fixture.korean)
