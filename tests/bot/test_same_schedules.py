"""Edits that make two schedules post the same papers to the same channel are asked about."""

import asyncio

import pytest
from bot_fixture import BotFixture, shown
from layouts import remove_schedule, text_of
from screens import Screen

from storage import schedules
from storage.records import Frequency, Schedule

ASKED = "already gets the same papers at 8:00\u202fAM (Seoul). Save this schedule anyway?"


async def add(fixture: BotFixture, **options: object) -> Schedule:
    given = {"channel": fixture.general, "timezone": "Seoul"} | options
    await fixture.admin.slash("schedule add", None, given)  # type: ignore[arg-type]  # options
    return (await stored(fixture))[-1]


async def stored(fixture: BotFixture) -> tuple[Schedule, ...]:
    return await schedules.of_guild(fixture.database, fixture.guild.id)


async def manage(fixture: BotFixture, place: int) -> Screen:
    """Open the screen of the schedule at a place of the list."""
    listed = shown(await fixture.admin.slash("schedule list"))
    buttons = [each for each in listed.controls if each.get("label") == "Manage"]
    opened = await fixture.admin.press(listed, buttons[place]["custom_id"])
    return Screen(fixture.admin, shown(opened))


@pytest.mark.parametrize(
    "before",
    [{"period": "week"}, {"include": "agent"}, {"exclude": "agent"}, {"min_votes": 5}, {}],
    ids=["period", "include", "exclude", "min_votes", "channel"],
)
async def test_an_edit_by_command_to_the_same_papers_is_asked_about(
    fixture: BotFixture, before: dict[str, object]
) -> None:
    await add(fixture)
    place = {} if before else {"channel": fixture.guild.add_channel("other")}
    second = await add(fixture, time="9:00", **before, **place)
    change: dict[str, object] = {"clear": next(iter(before), None)}
    if "period" in before:
        change = {"period": "day"}
    elif not before:
        change = {"channel": fixture.general}
    asked = await fixture.admin.slash(
        "schedule edit",
        None,
        {"schedule": f"schedule:{second.id}", "count": 7, **change},  # type: ignore[dict-item]  # options
    )
    assert asked.ephemeral
    assert ASKED in text_of(shown(asked))
    assert (await stored(fixture))[1] == second
    screen = Screen(fixture.admin, shown(asked))
    assert screen.buttons == ["Save anyway", "Back"]
    await fixture.restart()
    await screen.press("Save anyway")
    assert "✅ Saved." in screen.text
    first, saved = await stored(fixture)
    assert saved.settings.count == 7
    assert saved.id == second.id
    assert saved.settings.channel_id == first.settings.channel_id


async def test_saving_the_same_papers_on_the_screen_is_asked_about(fixture: BotFixture) -> None:
    other = fixture.guild.add_channel("other")
    await add(fixture)
    second = await add(fixture, channel=other)
    screen = await manage(fixture, 1)
    await screen.choose("channel", fixture.general)
    await screen.press("Save")
    assert ASKED in screen.text
    assert (await stored(fixture))[1] == second
    await screen.press("Back")
    assert "Save" in screen.buttons
    await screen.press("Save")
    await screen.press("Save anyway")
    assert "✅ Saved." in screen.text
    assert {each.settings.channel_id for each in await stored(fixture)} == {fixture.general.id}


async def test_other_edits_of_schedules_that_are_the_same_already_are_not_asked_about(
    fixture: BotFixture,
) -> None:
    await add(fixture)
    asked = await fixture.admin.slash(
        "schedule add", channel=fixture.general, timezone="Seoul", count=3
    )
    await fixture.admin.press(shown(asked), "Start anyway")
    _, second = await stored(fixture)
    edited = await fixture.admin.slash(
        "schedule edit", schedule=f"schedule:{second.id}", time="9:00"
    )
    assert "9:00\u202fAM" in shown(edited).content
    screen = await manage(fixture, 1)
    await screen.choose("time", "12:00")
    await screen.press("Save")
    assert "✅ Saved." in screen.text
    assert [each.settings.time.hour for each in await stored(fixture)] == [8, 12]


async def test_a_deleted_schedule_and_one_of_another_channel_are_no_reason_to_ask(
    fixture: BotFixture,
) -> None:
    first = await add(fixture)
    await remove_schedule(fixture.admin, f"schedule:{first.id}")
    await add(fixture, channel=fixture.guild.add_channel("other"))
    third = await add(fixture, period="week")
    await fixture.admin.slash("schedule edit", schedule=f"schedule:{third.id}", period="day")
    assert (await stored(fixture))[1].settings.period == "day"


async def test_undoing_a_deletion_asks_if_another_schedule_posts_the_same_by_now(
    fixture: BotFixture,
) -> None:
    first = await add(fixture)
    removed = await remove_schedule(fixture.admin, f"schedule:{first.id}")
    second = await add(fixture)
    screen = Screen(fixture.admin, shown(removed))
    await screen.press("Undo")
    asked = "gets the same papers from another schedule now, at 8:00\u202fAM (Seoul)"
    assert asked in screen.text
    assert screen.buttons == ["Restore anyway", "Manage"]
    assert await stored(fixture) == (second,)
    await fixture.restart()
    await screen.press("Restore anyway")
    assert "Restored." in screen.text
    restored, other = await stored(fixture)
    assert (restored.id, other.id) == (first.id, second.id)


async def test_undo_pressed_twice_at_once_restores_once(fixture: BotFixture) -> None:
    first = await add(fixture)
    removed = await remove_schedule(fixture.admin, f"schedule:{first.id}")
    screens = [Screen(fixture.admin, shown(removed)) for _ in range(2)]
    pressed = await asyncio.gather(*(screen.press("Undo") for screen in screens))
    assert [shown(each).id for each in pressed] == [shown(removed).id] * 2
    assert "Restored." in screens[0].text
    assert [each.id for each in await stored(fixture)] == [first.id]


async def test_two_edits_at_once_to_the_same_papers_make_one_of_them_ask(
    fixture: BotFixture,
) -> None:
    first = await add(fixture, period="week")
    second = await add(fixture, period="month")
    answers = await asyncio.gather(
        *(
            fixture.admin.slash("schedule edit", schedule=f"schedule:{each.id}", period="day")
            for each in (first, second)
        )
    )
    assert sum(ASKED in text_of(shown(each)) for each in answers) == 1
    periods = [each.settings.period for each in await stored(fixture)]
    assert periods.count(Frequency.DAY) == 1


async def test_save_anyway_after_another_edit_shows_that_first(fixture: BotFixture) -> None:
    await add(fixture)
    second = await add(fixture, period="week")
    asked = await fixture.admin.slash(
        "schedule edit", schedule=f"schedule:{second.id}", period="day"
    )
    await fixture.admin.slash("schedule edit", schedule=f"schedule:{second.id}", count=3)
    screen = Screen(fixture.admin, shown(asked))
    await screen.press("Save anyway")
    assert "Someone else has changed this schedule" in screen.text
    assert (await stored(fixture))[1].settings.count == 3
