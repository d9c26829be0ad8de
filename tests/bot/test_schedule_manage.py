"""The list of schedules, its buttons, and how a schedule is chosen."""

from datetime import timedelta

import pytest
from bot_fixture import BotFixture, shown
from layouts import remove_schedule, text_of

from bot.sandbox import Interaction, Message
from storage import schedules
from storage.records import Schedule


async def add(fixture: BotFixture, **options: str | int) -> Schedule:
    await fixture.admin.slash(
        "schedule add", None, {"channel": fixture.general, "timezone": "Seoul", **options}
    )
    return (await stored(fixture))[-1]


async def stored(fixture: BotFixture) -> tuple[Schedule, ...]:
    return await schedules.of_guild(fixture.database, fixture.guild.id)


async def manage(fixture: BotFixture, place: int = 0) -> Message:
    """Press Manage at a place of the list, and return the screen."""
    listed = shown(await fixture.admin.slash("schedule list"))
    buttons = [each for each in listed.controls if each.get("label") == "Manage"]
    opened = await fixture.admin.press(listed, buttons[place]["custom_id"])
    assert opened.ephemeral
    assert shown(opened) is not listed
    return shown(opened)


async def press(fixture: BotFixture, message: Message, label: str) -> Interaction:
    interaction = await fixture.admin.press(message, label)
    assert interaction.failed is None
    return interaction


async def test_a_typed_number_removes_nothing(own_bot: BotFixture) -> None:
    first = await add(own_bot)
    second = await add(own_bot, period="week")
    await remove_schedule(own_bot.admin, f"schedule:{first.id}")
    assert second.id == 2
    listed = text_of(shown(await own_bot.admin.slash("schedule list")))
    assert "**1.**" not in listed
    assert "**2.**" not in listed
    for typed in ("2", "1", "#general", "schedule:", " 2"):
        refused = await own_bot.admin.slash("schedule remove", schedule=typed)
        assert "isn't in the list" in shown(refused).content, typed
    assert await stored(own_bot) == (second,)


async def test_schedules_that_seem_the_same_are_told_apart_everywhere(
    fixture: BotFixture,
) -> None:
    await add(fixture)
    asked = await fixture.admin.slash(
        "schedule add", channel=fixture.general, timezone="Seoul", count=5
    )
    assert "already gets the same papers at 8:00\u202fAM (Seoul)" in text_of(shown(asked))
    assert len(await stored(fixture)) == 1
    await press(fixture, shown(asked), "Start anyway")
    first, second = await stored(fixture)
    choices = await fixture.admin.autocomplete("schedule remove", "schedule", "")
    assert [choice["value"] for choice in choices] == [
        f"schedule:{first.id}",
        f"schedule:{second.id}",
    ]
    assert [choice["name"][-4:] for choice in choices] == [" · A", " · B"]
    listed = text_of(shown(await fixture.admin.slash("schedule list")))
    assert listed.count(" · A\n") == listed.count(" · B\n") == 1


async def test_a_schedule_is_deleted_after_a_question_and_can_be_restored(
    fixture: BotFixture,
) -> None:
    schedule = await add(fixture)
    screen = await manage(fixture)
    await press(fixture, screen, "Delete")
    assert "Delete this schedule?" in text_of(screen)
    assert "top 5 papers on weekdays at 8:00\u202fAM (Seoul)" in text_of(screen)
    await press(fixture, screen, "Keep")
    assert len(await stored(fixture)) == 1
    await press(fixture, screen, "Delete")
    await press(fixture, screen, "Delete")
    assert await stored(fixture) == ()
    await press(fixture, screen, "Undo")
    assert "Restored." in text_of(screen)
    (restored,) = await stored(fixture)
    assert restored.settings == schedule.settings


async def test_undo_says_when_it_is_too_late(own_bot: BotFixture) -> None:
    schedule = await add(own_bot)
    removed = shown(await remove_schedule(own_bot.admin, f"schedule:{schedule.id}"))
    await own_bot.app.move_clock(own_bot.clock.now() + timedelta(minutes=16))
    await own_bot.wait_until_idle()
    late = await press(own_bot, removed, "Undo")
    assert "deleted for good" in shown(late).content
    assert await stored(own_bot) == ()


async def test_a_schedule_is_paused_posted_and_resumed_on_its_screen(fixture: BotFixture) -> None:
    await add(fixture)
    screen = await manage(fixture)
    await press(fixture, screen, "Pause")
    assert "⏸ Paused." in text_of(screen)
    posted = await press(fixture, screen, "Post now")
    await posted.until(lambda _: "Posted in" in shown(posted).content)
    assert "The schedule is still paused." in shown(posted).content
    assert fixture.general.messages
    (paused,) = await stored(fixture)
    assert paused.paused_at is not None
    history = await press(fixture, screen, "History")
    assert "paused by" in shown(history).embeds[0]["description"]
    await press(fixture, screen, "Resume")
    assert "⏸" not in text_of(screen)
    (resumed,) = await stored(fixture)
    assert resumed.paused_at is None


async def test_values_that_are_not_offered_are_shown_and_kept(fixture: BotFixture) -> None:
    before = await add(fixture, count=7, catch_up=3, time="6:45", period="month")
    screen = await manage(fixture)
    assert "7 best papers of the month" in text_of(screen)
    assert "Posts up to 3 hours late" in text_of(screen)
    chosen = [
        option["label"]
        for menu in screen.controls
        for option in menu.get("options", ())
        if option.get("default")
    ]
    assert chosen == ["Monthly best", "6:45\u202fAM", "Seoul"]
    opened = await press(fixture, screen, "More…")
    assert opened.modal is not None
    await fixture.admin.submit(opened, {})
    await press(fixture, screen, "Save")
    assert "No changes." in text_of(screen)
    (after,) = await stored(fixture)
    assert after.settings == before.settings


async def test_a_change_is_answered_with_old_and_new(fixture: BotFixture) -> None:
    await add(fixture)
    screen = await manage(fixture)
    (time,) = [each["custom_id"] for each in screen.controls if ":time:" in each["custom_id"]]
    await fixture.admin.choose(screen, "9:00\u202fAM", time)
    await press(fixture, screen, "Save")
    assert "Time: 8:00\u202fAM → **9:00\u202fAM**" in text_of(screen)


async def test_a_change_by_someone_else_meanwhile_is_shown_first(fixture: BotFixture) -> None:
    schedule = await add(fixture)
    screen = await manage(fixture)
    (time,) = [each["custom_id"] for each in screen.controls if ":time:" in each["custom_id"]]
    await fixture.admin.choose(screen, "9:00\u202fAM", time)
    await fixture.admin.slash("schedule edit", schedule=f"schedule:{schedule.id}", count=3)
    await press(fixture, screen, "Save")
    assert "Someone else has changed this schedule" in text_of(screen)
    assert "top 3 papers" in text_of(screen)
    (kept,) = await stored(fixture)
    assert (kept.settings.count, kept.settings.time.hour) == (3, 8)
    await press(fixture, screen, "Save")
    (after,) = await stored(fixture)
    assert (after.settings.count, after.settings.time.hour) == (5, 9)


async def test_a_schedule_that_was_deleted_meanwhile_is_not_made_again(
    fixture: BotFixture,
) -> None:
    schedule = await add(fixture)
    screen = await manage(fixture)
    await fixture.app.posting.delete(schedule.id, guild_id=fixture.guild.id)
    await press(fixture, screen, "Save")
    assert "has deleted this schedule" in text_of(screen)
    assert await stored(fixture) == ()


@pytest.mark.parametrize("action", ["manage", "pause", "delete", "erase", "undo"])
async def test_members_cannot_press_the_buttons_of_a_schedule(
    fixture: BotFixture, action: str
) -> None:
    schedule = await add(fixture)
    listed = shown(await fixture.admin.slash("schedule list"))
    listed.only_for = None
    (button,) = [each for each in listed.controls if each.get("label") == "Manage"]
    button["custom_id"] = button["custom_id"].replace("manage", action)
    pressed = await fixture.member.press(listed, button["custom_id"], force=True)
    assert "Manage Server" in shown(pressed).content
    assert await stored(fixture) == (schedule,)
