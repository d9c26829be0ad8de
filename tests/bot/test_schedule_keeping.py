import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from bot_fixture import BotFixture, link, shown
from catalogue import CATALOGUE
from layouts import remove_schedule, text_of

from bot.app import App
from bot.sandbox import Permission
from storage import schedules
from storage.records import Schedule, ScheduleSettings

COMMANDS: dict[str, dict[str, Any]] = {
    "schedule add": {},
    "schedule edit": {"schedule": "schedule:1", "count": 1},
    "schedule list": {},
    "schedule remove": {"schedule": "schedule:1"},
    "schedule pause": {"schedule": "schedule:1"},
    "schedule resume": {"schedule": "schedule:1"},
    "schedule preview": {"schedule": "schedule:1"},
    "schedule post": {"schedule": "schedule:1"},
    "schedule history": {},
}


async def add_schedule(fixture: BotFixture, **options: Any) -> Schedule:  # noqa: ANN401 - whatever an option takes
    await fixture.admin.slash(
        "schedule add", channel=fixture.general, **({"timezone": "UTC"} | options)
    )
    return (await schedules.of_guild(fixture.database, fixture.guild.id))[-1]


async def until_paused(fixture: BotFixture) -> None:
    """Wait until the server's only schedule is paused."""
    async with asyncio.timeout(20):
        while True:
            (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
            if schedule.paused_at is not None:
                return
            await asyncio.sleep(0.02)


async def test_members_are_refused_by_the_bot_itself(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    for command, options in COMMANDS.items():
        given = options | ({"channel": fixture.general} if command == "schedule add" else {})
        if "schedule" in given:
            given["schedule"] = f"schedule:{schedule.id}"
        interaction = await fixture.member.slash(command, None, given, force=True)
        assert interaction.ephemeral
        assert "Manage Server" in shown(interaction).content, command
    assert await schedules.of_guild(fixture.database, fixture.guild.id) == (schedule,)
    assert not fixture.general.messages


async def test_schedules_of_other_servers_are_unknown(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    other = fixture.sandbox.add_guild("Other", owner=fixture.member)
    place = other.add_channel("general")
    for command in ("remove", "pause", "resume", "preview", "post"):
        interaction = await fixture.member.slash(
            f"schedule {command}", place, schedule=f"schedule:{schedule.id}"
        )
        assert "no longer exists" in shown(interaction).content, command
        choices = await fixture.member.autocomplete(f"schedule {command}", "schedule", "", place)
        assert choices == []
    assert await schedules.of_guild(fixture.database, fixture.guild.id) == (schedule,)


async def test_one_of_several_schedules_is_removed(fixture: BotFixture) -> None:
    await add_schedule(fixture)
    await add_schedule(fixture, period="week")
    (choice,) = await fixture.admin.autocomplete("schedule remove", "schedule", "gen weekly BEST")
    removed = await remove_schedule(fixture.admin, choice["value"])
    assert "still has 1 other schedule" in text_of(shown(removed))
    (left,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    last = await remove_schedule(fixture.admin, f"schedule:{left.id}")
    assert "won't get posts any more" in text_of(shown(last))
    again = await fixture.admin.slash("schedule remove", schedule=f"schedule:{left.id}")
    assert "no longer exists" in shown(again).content


async def test_a_schedule_can_be_paused_and_resumed(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    paused = await fixture.admin.slash("schedule pause", schedule=f"schedule:{schedule.id}")
    assert "Paused." in shown(paused).content
    by_admin = f"by {fixture.admin.mention}"
    assert "⏸ Paused since <t:" in shown(paused).content
    assert by_admin in shown(paused).content
    again = await fixture.admin.slash("schedule pause", schedule=f"schedule:{schedule.id}")
    assert "Already paused" in shown(again).content
    listed = await fixture.admin.slash("schedule list")
    assert by_admin in text_of(shown(listed))
    (choice,) = await fixture.admin.autocomplete("schedule resume", "schedule", "")
    assert choice["name"].startswith("⏸ #general")
    resumed = await fixture.admin.slash("schedule resume", schedule=f"schedule:{schedule.id}")
    assert "Resumed." in shown(resumed).content
    assert "Next post: <t:" in shown(resumed).content
    runs = await fixture.admin.slash("schedule resume", schedule=f"schedule:{schedule.id}")
    assert "isn't paused" in shown(runs).content


async def test_who_paused_a_schedule_is_not_said_once_they_had_that_forgotten(
    own_bot: BotFixture,
) -> None:
    schedule = await add_schedule(own_bot)
    await own_bot.admin.slash("schedule pause", schedule=f"schedule:{schedule.id}")
    async with own_bot.database.transaction() as writer:
        await writer.execute("UPDATE history SET actor_id = NULL")
    listed = await own_bot.admin.slash("schedule list")
    assert ": by a member" in text_of(shown(listed))


async def test_a_schedule_resumes_only_with_permission_to_post(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    await fixture.admin.slash("schedule pause", schedule=f"schedule:{schedule.id}")
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.SEND_MESSAGES
    )
    refused = await fixture.admin.slash("schedule resume", schedule=f"schedule:{schedule.id}")
    assert "Send Messages" in shown(refused).content
    (still,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    assert still.paused_at is not None


async def test_the_list_shows_all_schedules_in_pages(fixture: BotFixture) -> None:
    empty = await fixture.admin.slash("schedule list")
    assert f"No schedules yet. Start with {link(fixture, 'setup')}." in text_of(shown(empty))
    for hour in range(10):
        await add_schedule(fixture, time=f"{hour}:30", days="mon,wed", include=f"agent{hour}")
    listed = await fixture.admin.slash("schedule list")
    assert listed.ephemeral
    text = text_of(shown(listed))
    assert "Newest papers: Fri, Feb 21, 2025 · 30 papers · received <t:" in text
    assert (
        f"{fixture.general.mention} gets the top 5 papers on Mon, Wed at 12:30\u202fAM (UTC)"
        in text
    )
    assert "Only: agent0" in text
    assert text.count("Next post: <t:") == 8
    turned = await fixture.admin.press(shown(listed), "Next")
    assert text_of(shown(turned)).count("Next post: <t:") == 2
    back = await fixture.admin.press(shown(turned), "Previous")
    assert text_of(shown(back)) == text


async def test_the_list_is_in_the_language_of_the_user(fixture: BotFixture) -> None:
    await add_schedule(fixture, layout="thread", period="month")
    fixture.guild.set_roles(
        fixture.korean, (fixture.guild.add_role("boss", Permission.MANAGE_GUILD),)
    )
    listed = await fixture.korean.slash("자동게시 목록")
    text = text_of(shown(listed))
    assert "매월 1일 오전 8:00(UTC)에 월간 베스트 5편을 올립니다" in text
    assert "스레드형 · English" in text


async def test_an_edit_that_removes_the_cause_of_a_pause_resumes_the_schedule(
    fixture: BotFixture,
) -> None:
    schedule = await add_schedule(fixture)
    gone = fixture.guild.add_channel("gone")
    # Before the pause: at each later change in the server the bot asks Discord for the channel.
    other = fixture.guild.add_channel("other")
    await fixture.admin.slash("schedule edit", schedule=f"schedule:{schedule.id}", channel=gone)
    fixture.guild.remove_channel(gone)
    await until_paused(fixture)
    listed = await fixture.admin.slash("schedule list")
    assert "channel deleted or hidden" in text_of(shown(listed))
    (choice,) = await fixture.admin.autocomplete("schedule remove", "schedule", "")
    assert choice["name"].startswith("⏸ #deleted channel · ")
    edited = await fixture.admin.slash(
        "schedule edit", schedule=f"schedule:{schedule.id}", channel=other
    )
    assert "Next post: <t:" in shown(edited).content
    (after,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    assert after.paused_at is None


async def test_an_edit_does_not_end_a_pause_by_a_person(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    await fixture.admin.slash("schedule pause", schedule=f"schedule:{schedule.id}")
    edited = await fixture.admin.slash("schedule edit", schedule=f"schedule:{schedule.id}", count=9)
    assert f"by {fixture.admin.mention}" in shown(edited).content


async def test_a_schedule_made_before_posting_has_started_posts(own_bot: BotFixture) -> None:
    await own_bot.stop()
    own_bot.app = App(own_bot.database, catalogue=CATALOGUE, clock=own_bot.clock)
    settings = ScheduleSettings(channel_id=own_bot.general.id, language="en", timezone="UTC")
    await own_bot.app.posting.add(settings, guild_id=own_bot.guild.id, created_by=own_bot.admin.id)
    await own_bot.start()
    await own_bot.wait_until_idle()
    with own_bot.sandbox.subscribe() as events:
        await own_bot.app.move_clock(datetime(2025, 2, 24, 8, tzinfo=UTC))  # a Monday
        async with asyncio.timeout(20):
            message = (await events.next("MESSAGE_CREATE")).subject
    await own_bot.wait_until_idle()
    assert message.channel is own_bot.general


async def test_a_removed_schedule_posts_nothing_and_can_be_restored(
    own_bot: BotFixture,
) -> None:
    schedule = await add_schedule(own_bot)
    await remove_schedule(own_bot.admin, f"schedule:{schedule.id}")
    await own_bot.wait_until_idle()
    listed = await own_bot.admin.slash("schedule list")
    assert "No schedules yet" in text_of(shown(listed))
    restored = await own_bot.app.posting.restore(schedule.id, guild_id=own_bot.guild.id)
    assert restored is not None
    assert restored.settings == schedule.settings
    await remove_schedule(own_bot.admin, f"schedule:{schedule.id}")
    await own_bot.app.move_clock(own_bot.clock.now() + timedelta(hours=10))
    await own_bot.wait_until_idle()
    assert not own_bot.general.messages
    assert await own_bot.app.posting.restore(schedule.id, guild_id=own_bot.guild.id) is None


async def test_a_paused_schedule_is_posted_by_hand_and_stays_paused(fixture: BotFixture) -> None:
    schedule = await add_schedule(fixture)
    await fixture.admin.slash("schedule pause", schedule=f"schedule:{schedule.id}")
    posted = await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    assert posted.ephemeral
    (message,) = fixture.general.messages
    assert f"/{message.id})" in shown(posted).content
    (after,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    assert after.paused_at is not None
