from dataclasses import replace
from datetime import time
from typing import Any

from bot_fixture import BotFixture, shown

from bot.sandbox import ChannelType, Permission
from storage import schedules
from storage.records import WEEKDAYS, Frequency, Layout, Schedule


async def stored_schedule(fixture: BotFixture) -> Schedule:
    (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    return schedule


async def test_only_the_channel_is_required(fixture: BotFixture) -> None:
    added = await fixture.admin.slash("schedule add", timezone="UTC", channel=fixture.general)
    assert added.ephemeral
    text = shown(added).content
    assert f"{fixture.general.mention} gets the top 5 papers " in text
    assert "on weekdays at 8:00\u202fAM (UTC) · Brief · English" in text
    assert "Next post: <t:" in text
    schedule = await stored_schedule(fixture)
    assert (schedule.settings.time, schedule.settings.timezone, schedule.settings.count) == (
        time(8),
        "UTC",
        5,
    )
    assert (schedule.settings.language, schedule.created_by) == ("en", fixture.admin.id)
    assert (schedule.settings.period, schedule.settings.layout, schedule.settings.days) == (
        Frequency.DAY,
        Layout.BRIEF,
        WEEKDAYS,
    )
    assert (schedule.settings.refresh, schedule.settings.catch_up) == (True, 24)


async def test_the_language_is_the_one_last_chosen_in_the_server(fixture: BotFixture) -> None:
    await fixture.admin.slash(
        "schedule add", channel=fixture.general, timezone="Seoul", language="ko"
    )
    other = fixture.guild.add_channel("other")
    added = await fixture.admin.slash("schedule add", channel=other)
    assert "8:00\u202fAM (Seoul) · Brief · 한국어" in shown(added).content


async def test_every_option_is_stored_and_shown(fixture: BotFixture) -> None:
    news = fixture.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    role = fixture.guild.add_role("Readers", mentionable=True)
    added = await fixture.admin.slash(
        "schedule add",
        channel=news,
        time="7:05",
        timezone="europe/berlin",
        count=12,
        period="day",
        layout="brief",
        days="mon, wed",
        min_votes=3,
        include='agent "world model"',
        exclude="author:nobody",
        mention=role,
        silent=True,
        publish=True,
        refresh=False,
        catch_up=6,
        language="ko",
    )
    schedule = await stored_schedule(fixture)
    assert schedule.settings.channel_id == news.id
    assert (schedule.settings.time, schedule.settings.timezone, schedule.settings.count) == (
        time(7, 5),
        "Europe/Berlin",
        12,
    )
    assert (schedule.settings.layout, schedule.settings.days, schedule.settings.min_votes) == (
        Layout.BRIEF,
        0b101,
        3,
    )
    assert (schedule.settings.include, schedule.settings.exclude) == (
        'agent "world model"',
        "author:nobody",
    )
    assert (schedule.settings.mention, schedule.settings.silent, schedule.settings.publish) == (
        role.id,
        True,
        True,
    )
    assert (schedule.settings.refresh, schedule.settings.catch_up, schedule.settings.language) == (
        False,
        6,
        "ko",
    )
    text = shown(added).content
    for said in (
        "top 12 papers",
        "on Mon, Wed at 7:05\u202fAM (Berlin) · Brief · 한국어",
        'agent "world model"',
        "author:nobody",
        "At least 3 upvotes",
        role.mention,
        "Silent",
        "Published",
        "Upvotes aren't updated",
        "up to 6 hours late",
    ):
        assert said in text
    assert not shown(added).pings


async def test_weekly_and_monthly_schedules_have_a_fixed_day(fixture: BotFixture) -> None:
    for period, said in (
        ("week", "on Mondays at 8:00\u202fAM"),
        ("month", "on the 1st at 8:00\u202fAM"),
    ):
        added = await fixture.admin.slash(
            "schedule add", timezone="UTC", channel=fixture.general, period=period
        )
        assert said in shown(added).content
        refused = await fixture.admin.slash(
            "schedule add", timezone="UTC", channel=fixture.general, period=period, days="mon"
        )
        assert "Days apply to daily posts only" in shown(refused).content
    found = await schedules.of_guild(fixture.database, fixture.guild.id)
    assert [each.settings.period for each in found] == [Frequency.WEEK, Frequency.MONTH]


async def test_a_korean_server_gets_seoul_time_and_korean_posts(fixture: BotFixture) -> None:
    guild = fixture.sandbox.add_guild("연구실", locale="ko", owner=fixture.korean)
    channel = guild.add_channel("논문")
    added = await fixture.korean.slash(
        "자동게시 추가",
        channel,
        {"채널": channel, "시간": "9:30", "논문수": 3, "요일": "월,수,금", "최소추천": 2},
    )
    (schedule,) = await schedules.of_guild(fixture.database, guild.id)
    assert (schedule.settings.time, schedule.settings.timezone) == (time(9, 30), "Asia/Seoul")
    assert (schedule.settings.count, schedule.settings.language, schedule.settings.days) == (
        3,
        "ko",
        0b10101,
    )
    assert "매주 월, 수, 금요일 오전 9:30(서울)에 추천 상위 3편" in shown(added).content
    edited = await fixture.korean.slash(
        "자동게시 수정",
        channel,
        {"자동게시": f"schedule:{schedule.id}", "포함": "추론", "최소추천": 0},
    )
    assert "포함: 추론" in shown(edited).content
    cleared = await fixture.korean.slash(
        "자동게시 수정", channel, {"자동게시": f"schedule:{schedule.id}", "포함": "없음"}
    )
    assert "논문만: 추론" not in shown(cleared).content
    assert "포함: 추론 → **없음**" in shown(cleared).content


async def test_a_channel_can_have_several_schedules(fixture: BotFixture) -> None:
    await fixture.admin.slash("schedule add", timezone="UTC", channel=fixture.general)
    await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=fixture.general, period="week", count=25
    )
    await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=fixture.general, include="agent"
    )
    found = await schedules.of_guild(fixture.database, fixture.guild.id)
    assert [each.settings.channel_id for each in found] == [fixture.general.id] * 3


async def test_an_edit_changes_only_the_given_options(fixture: BotFixture) -> None:
    role = fixture.guild.add_role("Readers", mentionable=True)
    await fixture.admin.slash(
        "schedule add",
        timezone="UTC",
        channel=fixture.general,
        mention=role,
        include="agent",
        min_votes=4,
    )
    before = await stored_schedule(fixture)
    edited = await fixture.admin.slash(
        "schedule edit", schedule=f"schedule:{before.id}", time="09:15"
    )
    assert edited.ephemeral
    assert shown(edited).content.startswith("Updated.\n")
    assert "9:15\u202fAM" in shown(edited).content
    after = await stored_schedule(fixture)
    assert after.settings == replace(before.settings, time=time(9, 15))
    assert after.version == before.version + 1
    same = await fixture.admin.slash(
        "schedule edit", schedule=f"schedule:{before.id}", time="09:15"
    )
    assert "No changes." in shown(same).content


async def add_with_options(fixture: BotFixture) -> Schedule:
    """Add a schedule with all options that can be cleared."""
    role = fixture.guild.add_role("Readers", mentionable=True)
    await fixture.admin.slash(
        "schedule add",
        timezone="UTC",
        channel=fixture.general,
        mention=role,
        include="agent",
        exclude="vision",
        min_votes=4,
    )
    return await stored_schedule(fixture)


async def test_options_can_be_cleared(fixture: BotFixture) -> None:
    one = await add_with_options(fixture)
    await fixture.admin.slash(
        "schedule edit",
        schedule=f"schedule:{one.id}",
        include="none",
        exclude="-",
        min_votes=0,
        clear="mention",
    )
    after = await stored_schedule(fixture)
    assert (
        after.settings.include,
        after.settings.exclude,
        after.settings.min_votes,
        after.settings.mention,
    ) == ("", "", None, None)


async def test_clear_resets_one_option_at_a_time(fixture: BotFixture) -> None:
    await add_with_options(fixture)
    for option in ("mention", "include", "exclude", "min_votes"):
        before = await stored_schedule(fixture)
        await fixture.admin.slash("schedule edit", schedule=f"schedule:{before.id}", clear=option)
        after = await stored_schedule(fixture)
        old, new = before.settings, after.settings
        assert replace(new, **{option: getattr(old, option)}) == old
        assert not getattr(new, option)


async def test_a_schedule_can_move_to_another_channel(own_bot: BotFixture) -> None:
    await own_bot.admin.slash("schedule add", timezone="UTC", channel=own_bot.general)
    other = own_bot.guild.add_channel("other")
    edited = await own_bot.admin.slash(
        "schedule edit", schedule=f"schedule:{(await stored_schedule(own_bot)).id}", channel=other
    )
    assert other.mention in shown(edited).content
    assert (await stored_schedule(own_bot)).settings.channel_id == other.id


async def test_a_schedule_of_another_server_cannot_be_edited(fixture: BotFixture) -> None:
    await fixture.admin.slash("schedule add", timezone="UTC", channel=fixture.general)
    before = await stored_schedule(fixture)
    other = fixture.sandbox.add_guild("Other", owner=fixture.member)
    place = other.add_channel("general")
    interaction = await fixture.member.slash(
        "schedule edit", place, schedule=f"schedule:{before.id}", count=1
    )
    assert "no longer exists" in shown(interaction).content
    assert await stored_schedule(fixture) == before


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"time": "25:00"}, "25:00"),
    ({"time": "eight"}, "eight"),
    ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
    ({"timezone": "../etc/passwd"}, "etc/passwd"),
    ({"count": 0}, "1–25"),
    ({"count": 26}, "1–25"),
    ({"days": "someday"}, "someday"),
    ({"days": ""}, "recognize the days"),
    ({"language": "Klingon"}, "English (en), 한국어 (ko)"),
    ({"include": '"open'}, "Missing closing quote"),
    ({"exclude": "—"}, "No search word"),
    ({"include": "a" * 401}, "at most 400"),
    ({"min_votes": -1}, "0–1,000,000"),
    ({"catch_up": 169}, "0–168"),
    ({"catch_up": -1}, "0–168"),
    ({"period": "year"}, "day, week or month"),
    ({"layout": "poster"}, "Brief, Cards or Thread"),
    ({"publish": True}, "isn't an announcement channel"),
)


async def test_invalid_options_are_rejected_with_valid_examples(fixture: BotFixture) -> None:
    for options, said in REFUSED:
        interaction = await fixture.admin.slash(
            "schedule add", channel=fixture.general, force=True, **({"timezone": "UTC"} | options)
        )
        assert interaction.ephemeral
        assert said in shown(interaction).content, options
    assert await schedules.of_guild(fixture.database, fixture.guild.id) == ()


async def test_permissions_missing_in_the_channel_are_named(fixture: BotFixture) -> None:
    channel = fixture.guild.add_channel("quiet")
    fixture.guild.set_overwrite(
        channel, fixture.guild.everyone, deny=Permission.SEND_MESSAGES | Permission.EMBED_LINKS
    )
    interaction = await fixture.admin.slash("schedule add", timezone="UTC", channel=channel)
    assert "Send Messages, Embed Links" in shown(interaction).content
    assert await schedules.of_guild(fixture.database, fixture.guild.id) == ()


LACKING = (
    (ChannelType.TEXT, Permission.CREATE_PUBLIC_THREADS, "thread", "Create Public Threads"),
    (
        ChannelType.TEXT,
        Permission.SEND_MESSAGES_IN_THREADS,
        "thread",
        "Send Messages in Threads",
    ),
    (ChannelType.FORUM, Permission.SEND_MESSAGES, "cards", "Send Messages"),
    (
        ChannelType.FORUM,
        Permission.SEND_MESSAGES_IN_THREADS,
        "brief",
        "Send Messages in Threads",
    ),
    (ChannelType.MEDIA, Permission.EMBED_LINKS, "cards", "Embed Links"),
)


async def test_each_kind_of_channel_needs_its_own_permissions(fixture: BotFixture) -> None:
    for kind, denied, layout, said in LACKING:
        channel = fixture.guild.add_channel("place", kind)
        fixture.guild.set_overwrite(channel, fixture.guild.everyone, deny=denied)
        interaction = await fixture.admin.slash(
            "schedule add", timezone="UTC", channel=channel, layout=layout
        )
        assert f"Missing: {said}." in shown(interaction).content
    assert await schedules.of_guild(fixture.database, fixture.guild.id) == ()


async def test_a_layout_is_checked_when_it_is_changed(fixture: BotFixture) -> None:
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.CREATE_PUBLIC_THREADS
    )
    await fixture.admin.slash("schedule add", timezone="UTC", channel=fixture.general)
    before = await stored_schedule(fixture)
    interaction = await fixture.admin.slash(
        "schedule edit", schedule=f"schedule:{before.id}", layout="thread"
    )
    assert "Create Public Threads" in shown(interaction).content
    assert await stored_schedule(fixture) == before


async def test_an_edit_reports_a_deleted_channel(fixture: BotFixture) -> None:
    channel = fixture.guild.add_channel("old")
    await fixture.admin.slash("schedule add", timezone="UTC", channel=channel)
    fixture.guild.remove_channel(channel)
    interaction = await fixture.admin.slash(
        "schedule edit", schedule=f"schedule:{(await stored_schedule(fixture)).id}", count=9
    )
    assert "was deleted" in shown(interaction).content
    fixture.sandbox.refusals.clear()  # Discord was asked for the channel


async def test_every_kind_of_channel_that_holds_posts_can_be_chosen(fixture: BotFixture) -> None:
    for kind in (
        ChannelType.TEXT,
        ChannelType.ANNOUNCEMENT,
        ChannelType.FORUM,
        ChannelType.MEDIA,
    ):
        channel = fixture.guild.add_channel("news", kind)
        interaction = await fixture.admin.slash("schedule add", timezone="UTC", channel=channel)
        assert channel.mention in shown(interaction).content


async def test_a_thread_can_be_chosen_but_not_with_the_thread_layout(fixture: BotFixture) -> None:
    thread = fixture.guild.add_thread(fixture.general, "talk", fixture.admin)
    added = await fixture.admin.slash("schedule add", timezone="UTC", channel=thread)
    assert thread.mention in shown(added).content
    refused = await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=thread, layout="thread"
    )
    assert "is a thread and can't" in shown(refused).content


async def test_a_locked_thread_requires_the_permission_to_manage_threads(
    fixture: BotFixture,
) -> None:
    thread = fixture.guild.add_thread(fixture.general, "talk", fixture.admin)
    assert thread.thread is not None
    thread.thread.locked = True
    refused = await fixture.admin.slash("schedule add", timezone="UTC", channel=thread)
    assert "Manage Threads" in shown(refused).content


async def test_a_tag_is_created_in_a_forum_that_requires_one_and_has_none(
    fixture: BotFixture,
) -> None:
    forum = fixture.guild.add_channel("forum", ChannelType.FORUM, requires_tag=True)
    refused = await fixture.admin.slash("schedule add", timezone="UTC", channel=forum)
    assert "Manage Channels" in shown(refused).content
    bot = fixture.sandbox.world.bot
    fixture.guild.set_overwrite(forum, bot, allow=Permission.MANAGE_CHANNELS)
    added = await fixture.admin.slash("schedule add", timezone="UTC", channel=forum)
    assert "I created “Daily Papers”" in shown(added).content
    assert [tag.name for tag in forum.tags.values()] == ["Daily Papers"]


async def test_everyone_is_never_mentioned(fixture: BotFixture) -> None:
    interaction = await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=fixture.general, mention=fixture.guild.everyone
    )
    assert "@everyone can't be pinged" in shown(interaction).content
    assert await schedules.of_guild(fixture.database, fixture.guild.id) == ()


async def test_a_role_that_cannot_be_mentioned_is_reported(fixture: BotFixture) -> None:
    role = fixture.guild.add_role("Readers")
    added = await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=fixture.general, mention=role
    )
    assert "won't be pinged" in shown(added).content
    fixture.guild.set_overwrite(
        fixture.general, fixture.sandbox.world.bot, allow=Permission.MENTION_EVERYONE
    )
    again = await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=fixture.general, mention=role
    )
    assert "won't be pinged" not in shown(again).content


async def test_the_bot_itself_rejects_a_channel_that_cannot_hold_posts(
    fixture: BotFixture,
) -> None:
    category = fixture.guild.add_channel("questions", ChannelType.CATEGORY)
    interaction = await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=category, force=True
    )
    assert interaction.ephemeral
    assert "can't post in" in shown(interaction).content


async def test_a_missing_permission_to_read_history_is_reported(fixture: BotFixture) -> None:
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.READ_MESSAGE_HISTORY
    )
    added = await fixture.admin.slash("schedule add", timezone="UTC", channel=fixture.general)
    assert "can't read message history" in shown(added).content


async def test_autocomplete_offers_zones_days_and_languages(fixture: BotFixture) -> None:
    for command in ("schedule add", "schedule edit"):

        async def offered(option: str, typed: str, command: str = command) -> list[Any]:
            choices = await fixture.admin.autocomplete(command, option, typed)
            return [choice["value"] for choice in choices]

        assert (await offered("timezone", "seo"))[0] == "Asia/Seoul"
        assert "America/New_York" in await offered("timezone", "new york")
        assert "weekdays" in await offered("days", "")
        assert (await offered("days", "tue, sat"))[0] == "tue, sat"
        assert (await offered("days", "mon," * 100))[0] == "mon," * 25
        assert (await offered("days", "week"))[:2] == ["weekdays", "weekends"]
        assert await offered("language", "한") == ["ko"]
        assert await offered("language", "") == ["en", "ko"]


async def test_korean_suggestions_are_accepted(fixture: BotFixture) -> None:
    choices = await fixture.korean.autocomplete("schedule add", "days", "월수", force=True)
    assert choices[0] == {"name": "월, 수요일", "value": "월수"}


async def test_without_a_zone_a_schedule_is_refused_until_the_server_has_one(
    fixture: BotFixture,
) -> None:
    given: dict[str, Any] = {"channel": fixture.general}
    refused = await fixture.admin.slash("schedule add", None, given)
    assert "/setup" in shown(refused).content
    assert await schedules.of_guild(fixture.database, fixture.guild.id) == ()
    await fixture.admin.slash("schedule add", channel=fixture.general, timezone="서울", time="9시")
    added = await fixture.admin.slash("schedule add", None, given | {"period": "week"})
    assert "(Seoul)" in shown(added).content
    first, second = await schedules.of_guild(fixture.database, fixture.guild.id)
    assert (first.settings.time, second.settings.timezone) == (time(9), "Asia/Seoul")
