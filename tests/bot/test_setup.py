"""`/setup`, from the command to the first post, by presses alone."""

from datetime import date, time, timedelta

import pytest
from bot_fixture import BotFixture, shown
from layouts import text_of
from screens import Screen, open_screen

from bot.sandbox import ChannelType, Interaction, Permission
from storage import digests, schedules
from storage.records import EVERY_DAY, WEEKDAYS, Digest, Frequency, Layout, Paper, Schedule


async def stored(fixture: BotFixture) -> tuple[Schedule, ...]:
    return await schedules.of_guild(fixture.database, fixture.guild.id)


async def test_a_schedule_is_set_up_by_presses_alone(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    assert screen.default("preset") == ["Daily brief (recommended)"]
    assert screen.default("time") == ["8:00\u202fAM"]
    assert screen.default("zone") == []
    assert "top 5 papers on weekdays at 8:00\u202fAM (no time zone yet)" in screen.text
    assert f"I can post in {fixture.general.mention}" in screen.text
    assert "Choose a time zone first." in screen.text
    await screen.press("Start")
    assert screen.text.count("⚠ Choose a time zone first.") == 1
    assert screen.text.count("Choose a time zone first.") == 1
    assert await stored(fixture) == ()
    await screen.choose("zone", "Berlin")
    await screen.choose("time", "9:00\u202fAM")
    assert "on weekdays at 9:00\u202fAM (Berlin)" in screen.text
    assert "first." not in screen.text
    await screen.press("Start")
    assert "First post: <t:" in screen.text
    (schedule,) = await stored(fixture)
    settings = schedule.settings
    assert (settings.channel_id, settings.time, settings.timezone) == (
        fixture.general.id,
        time(9),
        "Europe/Berlin",
    )
    assert (settings.days, settings.layout, settings.silent) == (WEEKDAYS, Layout.BRIEF, False)
    posted = await screen.press("Post now")
    await posted.until(lambda _: bool(fixture.general.messages))
    again = await open_screen(fixture.admin, fixture.guild.add_channel("other"))
    assert again.default("zone") == ["Berlin"]


async def test_a_korean_screen_is_filled_in_for_seoul(fixture: BotFixture) -> None:
    guild = fixture.sandbox.add_guild("연구실", locale="en-US", owner=fixture.korean)
    channel = guild.add_channel("논문")
    screen = await open_screen(fixture.korean, channel)
    assert screen.default("zone") == ["서울"]
    assert "평일 오전 8:00(서울)에 추천 상위 5편을 올립니다" in screen.text
    assert "간단형 · 한국어" in screen.text
    await screen.press("시작")
    (schedule,) = await schedules.of_guild(fixture.database, guild.id)
    assert (schedule.settings.timezone, schedule.settings.language) == ("Asia/Seoul", "ko")
    assert "첫 게시: <t:" in screen.text


@pytest.mark.parametrize(
    ("locale", "zone"), [("ja", ["Tokyo"]), ("de", ["Berlin"]), ("es-ES", []), ("en-US", [])]
)
async def test_the_locale_tells_the_zone_or_nothing_does(
    fixture: BotFixture, locale: str, zone: list[str]
) -> None:
    fixture.admin.locale = locale
    screen = await open_screen(fixture.admin)
    assert screen.default("zone") == zone
    assert "English" in screen.text


async def test_forms_fill_in_keywords_style_days_time_and_zone(fixture: BotFixture) -> None:
    role = fixture.guild.add_role("Readers", mentionable=True)
    screen = await open_screen(fixture.admin)
    await screen.choose("preset", "My keywords")
    assert "Add what to look for" in screen.text
    await screen.fill_in(
        "Keywords…",
        words='agent "world model"',
        skipped="survey",
        authors="Yann LeCun\nAnn",
        votes="3",
    )
    await screen.fill_in(
        "More…", layout="Cards", count="10", language="한국어", mention=role, silent="yes"
    )
    await screen.fill_in("Days and log…", pattern="single", days=["mon", "wed"])
    await screen.fill_in("Other time…", time="8:30 pm")
    await screen.fill_in("Other zone…", zone="서울")
    assert "Mon, Wed at 8:30\u202fPM (Seoul)" in screen.text
    await screen.press("Start")
    (schedule,) = await stored(fixture)
    settings = schedule.settings
    assert settings.include == 'agent "world model" author:"Yann LeCun" author:"Ann"'
    assert (settings.exclude, settings.min_votes, settings.count) == ("survey", 3, 10)
    assert (settings.layout, settings.language, settings.mention) == (Layout.CARDS, "ko", role.id)
    assert (settings.silent, settings.days, settings.time) == (True, 0b101, time(20, 30))
    assert settings.timezone == "Asia/Seoul"


async def test_what_a_form_gets_wrong_is_said_and_changes_nothing(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    for button, field, value, said in (
        ("Other time…", "time", "25:00", "I don't understand “25:00” as a time"),
        ("Other zone…", "zone", "CST", "several time zones"),
        ("Other zone…", "zone", "Mars", "I don't know the time zone “Mars”"),
        ("Keywords…", "words", ",,,", "No search word"),
        ("Keywords…", "votes", "many", "Upvotes must be"),
    ):
        await screen.fill_in(button, **{field: value})
        assert said in screen.text
        assert "on weekdays at 8:00\u202fAM (no time zone yet)" in screen.text


async def test_the_screen_goes_on_where_it_stood_for_a_day(own_bot: BotFixture) -> None:
    screen = await open_screen(own_bot.admin)
    await screen.choose("preset", "Weekly best")
    await own_bot.restart()
    await screen.choose("zone", "Tokyo")
    again = await open_screen(own_bot.admin)
    assert "10 best papers of the week on Mondays at 8:00\u202fAM (Tokyo)" in again.text
    own_bot.clock.move_to(own_bot.clock.now() + timedelta(days=1, minutes=1))
    anew = await open_screen(own_bot.admin)
    assert "on weekdays at 8:00\u202fAM (no time zone yet)" in anew.text


async def test_a_form_is_answered_after_a_restart(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    opened = await screen.press("Other zone…")
    await fixture.restart()
    interaction = await fixture.admin.submit(opened, {"2:setup:zone": "Berlin"})
    assert "8:00\u202fAM (Berlin)" in text_of(shown(interaction))


async def test_missing_permissions_are_named_and_checked_again(fixture: BotFixture) -> None:
    quiet = fixture.guild.add_channel("quiet")
    fixture.guild.set_overwrite(quiet, fixture.guild.everyone, deny=Permission.EMBED_LINKS)
    screen = await open_screen(fixture.admin, quiet)
    assert "The channel you choose" in screen.text
    await screen.choose("channel", quiet)
    await screen.choose("zone", "Seoul")
    assert "Missing: Embed Links." in screen.text
    await screen.press("Start")
    assert await stored(fixture) == ()
    fixture.guild.set_overwrite(quiet, fixture.guild.everyone, allow=Permission.EMBED_LINKS)
    await screen.press("Check again")
    assert f"I can post in {quiet.mention}" in screen.text
    await screen.press("Start")
    assert len(await stored(fixture)) == 1


async def test_a_channel_that_was_deleted_meanwhile_is_said_and_another_can_be_chosen(
    fixture: BotFixture,
) -> None:
    old = fixture.guild.add_channel("old")
    screen = await open_screen(fixture.admin, old)
    await screen.choose("zone", "Seoul")
    screen.message = shown(await open_screen_again(fixture))
    fixture.guild.remove_channel(old)
    await screen.press("Start")
    assert "was deleted" in screen.text
    assert await stored(fixture) == ()
    await screen.choose("channel", fixture.general)
    await screen.press("Start")
    assert len(await stored(fixture)) == 1
    fixture.sandbox.refusals.clear()  # Discord was asked for the channel


async def open_screen_again(fixture: BotFixture) -> Interaction:
    return await fixture.admin.slash("setup", fixture.general)


async def test_a_screen_that_was_used_up_changes_nothing(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    await screen.choose("zone", "Seoul")
    other = Screen(fixture.admin, shown(await fixture.admin.slash("setup")))
    await screen.press("Start")
    said = await other.press("Start")
    assert "out of date" in shown(said).content
    assert len(await stored(fixture)) == 1


async def test_others_are_refused(fixture: BotFixture) -> None:
    refused = await fixture.member.slash("setup", force=True)
    assert "Manage Server" in shown(refused).content
    screen = await open_screen(fixture.admin)
    screen.message.only_for = None
    (start,) = [each for each in screen.message.controls if each.get("label") == "Start"]
    pressed = await fixture.member.press(screen.message, start["custom_id"], force=True)
    assert "Manage Server" in shown(pressed).content
    role = fixture.guild.add_role("Admins", permissions=Permission.MANAGE_GUILD)
    fixture.guild.members[fixture.member.id].role_ids.add(role.id)
    pressed = await fixture.member.press(screen.message, start["custom_id"], force=True)
    assert "someone else's" in shown(pressed).content
    assert await stored(fixture) == ()


async def test_the_same_papers_for_the_same_channel_are_asked_about(fixture: BotFixture) -> None:
    await fixture.admin.slash("schedule add", channel=fixture.general, timezone="Seoul")
    screen = await open_screen(fixture.admin)
    assert f"{fixture.general.mention} already gets a daily post at 8:00\u202fAM." in screen.text
    await screen.press("Start")
    assert "already gets the same papers" in screen.text
    assert len(await stored(fixture)) == 1
    await screen.press("Back")
    assert "Start" in screen.buttons
    await screen.press("Start")
    await screen.press("Start anyway")
    assert len(await stored(fixture)) == 2


async def test_cancel_forgets_the_draft(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    await screen.choose("preset", "Weekly best")
    await screen.press("Cancel")
    assert "Canceled" in screen.text
    assert (await open_screen(fixture.admin)).default("preset") == ["Daily brief (recommended)"]


async def test_a_preview_is_the_post_in_a_second_message(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    await screen.choose("zone", "Seoul")
    before = screen.text
    preview = await screen.press("Preview")
    followup = await preview.followup()
    assert followup.ephemeral
    assert followup.embeds
    assert screen.text == before
    assert await stored(fixture) == ()


async def test_a_weekly_post_has_no_days_to_choose_but_a_log_channel(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    await screen.choose("preset", "Weekly best")
    await screen.choose("zone", "Seoul")
    opened = await screen.press("Days and log…")
    assert opened.modal is not None
    notice, field = opened.modal["components"]
    assert "Days apply to daily posts only" in notice["content"]
    assert field["label"] == "Log channel of this server"
    await screen.fill_in("Days and log…", log=fixture.general)
    assert f"Log channel: {fixture.general.mention}" in screen.text
    await screen.press("Start")
    (schedule,) = await stored(fixture)
    assert (schedule.settings.period, schedule.settings.days) == (Frequency.WEEK, EVERY_DAY)


async def test_of_the_days_in_the_form_those_that_were_changed_count(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    await screen.fill_in("Days and log…", days=["mon", "wed"])
    assert " on Mon, Wed at " in screen.text
    await screen.fill_in("Days and log…", pattern="daily")
    assert " daily at " in screen.text
    await screen.fill_in("Days and log…", pattern="weekdays", days=["tue"])
    assert "You chose “Weekdays” and other days below it" in screen.text
    assert " daily at " in screen.text
    await screen.fill_in("Days and log…", days=[])
    assert " daily at " in screen.text
    await screen.fill_in("Days and log…", pattern="single", days=["sat", "sun"])
    assert " on weekends at " in screen.text
    await screen.fill_in("Days and log…", pattern="single", days=[])
    assert "Choose at least one day." in screen.text


async def test_the_screen_says_how_many_papers_match_the_keywords(own_bot: BotFixture) -> None:
    own_bot.clock.move_to(own_bot.clock.now() + timedelta(days=1))
    screen = await open_screen(own_bot.admin)
    assert "Last 30 days: " in screen.text
    assert "Only 2 days are stored so far." in screen.text
    await screen.fill_in("Keywords…", words="everything")
    assert "Last 30 days: 1 paper matches, on 1 day." in screen.text
    await screen.fill_in("Keywords…", words="nosuchword")
    assert "Last 30 days: no paper matches." in screen.text


async def test_a_month_without_lists_is_not_said_to_be_an_empty_database(
    own_bot: BotFixture,
) -> None:
    own_bot.clock.move_to(own_bot.clock.now() + timedelta(days=60))
    screen = await open_screen(own_bot.admin)
    assert "Last 30 days: no papers." in screen.text
    await screen.fill_in("Keywords…", words="everything")
    assert "Last 30 days: no papers." in screen.text


async def test_a_role_that_cannot_be_pinged_is_not_said_to_get_a_notification(
    fixture: BotFixture,
) -> None:
    role = fixture.guild.add_role("Staff")
    screen = await open_screen(fixture.admin)
    await screen.fill_in("More…", mention=role)
    assert f"{role.mention} won't be pinged in {fixture.general.mention}" in screen.text
    assert "🔔 Members get a notification unless they muted" in screen.text
    readers = fixture.guild.add_role("Readers", mentionable=True)
    await screen.fill_in("More…", mention=readers)
    assert "🔔 Members get a notification unless they muted" in screen.text
    assert f"Those with {readers.mention} get it even if they chose mentions only." in screen.text


async def test_korean_posts_without_korean_summaries_say_so(own_bot: BotFixture) -> None:
    screen = await open_screen(own_bot.admin)
    assert "Summaries will be in English" not in screen.text
    newest = Digest(date(2025, 2, 24), (Paper("2502.30001", "A Paper", 5),))
    await digests.store(own_bot.database, newest, read_at=own_bot.clock.now())
    await screen.fill_in("More…", language="한국어")
    assert "Summaries will be in English" in screen.text


async def test_an_announcement_channel_can_publish_and_another_one_cannot(
    fixture: BotFixture,
) -> None:
    news = fixture.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    screen = await open_screen(fixture.admin, news)
    await screen.choose("zone", "Seoul")
    await screen.fill_in("Days and log…", pattern="daily", publish=True)
    assert "Published to following servers" in screen.text
    await screen.choose("channel", fixture.general)
    assert "Published to following servers" not in screen.text
    await screen.press("Start")
    (schedule,) = await stored(fixture)
    assert (schedule.settings.publish, schedule.settings.days) == (False, EVERY_DAY)


async def test_edit_that_one_opens_the_other_schedule(fixture: BotFixture) -> None:
    await fixture.admin.slash("schedule add", channel=fixture.general, timezone="Seoul", count=7)
    screen = await open_screen(fixture.admin)
    await screen.press("Edit existing one")
    assert "Manage this schedule" in screen.text
    assert "top 7 papers" in screen.text
    assert "Save" in screen.buttons


async def test_a_post_right_after_the_start_counts_as_that_days_post(own_bot: BotFixture) -> None:
    screen = await open_screen(own_bot.admin)
    await screen.choose("zone", "Seoul")
    await screen.press("Start")
    posted = await screen.press("Post now")
    await posted.until(lambda _: "Posted in" in shown(posted).content)
    assert len(own_bot.general.messages) == 1
    await own_bot.app.move_clock(own_bot.clock.now() + timedelta(days=4))
    await own_bot.wait_until_idle()
    assert len(own_bot.general.messages) == 1
