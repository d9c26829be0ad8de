"""What goes wrong between opening the set-up screen and starting is said, and changes nothing."""

import asyncio

from bot_fixture import BotFixture
from screens import open_screen

from bot.sandbox import Permission
from storage import schedules
from storage.records import Schedule


async def stored(fixture: BotFixture) -> tuple[Schedule, ...]:
    return await schedules.of_guild(fixture.database, fixture.guild.id)


async def test_a_permission_that_was_lost_meanwhile_is_said_and_nothing_is_stored(
    fixture: BotFixture,
) -> None:
    screen = await open_screen(fixture.admin)
    await screen.choose("zone", "Seoul")
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.SEND_MESSAGES
    )
    await screen.press("Start")
    assert "Missing: Send Messages, Embed Links." in screen.text
    assert await stored(fixture) == ()
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, allow=Permission.SEND_MESSAGES
    )
    await screen.press("Start")
    assert len(await stored(fixture)) == 1


async def test_the_limit_of_schedules_is_said_and_the_draft_is_kept(fixture: BotFixture) -> None:
    for number in range(10):
        await fixture.admin.slash(
            "schedule add", channel=fixture.general, timezone="Seoul", include=f"word{number}"
        )
    screen = await open_screen(fixture.admin)
    await screen.press("Start")
    assert "can have at most 10 schedules" in screen.text
    assert len(await stored(fixture)) == 10
    await screen.choose("channel", fixture.guild.add_channel("other"))
    await screen.press("Start")
    assert len(await stored(fixture)) == 11


async def test_two_people_who_start_the_same_at_once_make_one_schedule(
    fixture: BotFixture,
) -> None:
    role = fixture.guild.add_role("Admins", permissions=Permission.MANAGE_GUILD)
    fixture.guild.members[fixture.member.id].role_ids.add(role.id)
    screens = [await open_screen(person) for person in (fixture.admin, fixture.member)]
    for screen in screens:
        await screen.choose("zone", "Seoul")
    await asyncio.gather(*(screen.press("Start") for screen in screens))
    assert len(await stored(fixture)) == 1
    said = sorted("already gets the same papers" in screen.text for screen in screens)
    assert said == [False, True]


async def test_choices_made_at_the_same_time_are_all_kept(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    opened = await screen.press("Other time…")
    await asyncio.gather(
        screen.choose("zone", "Seoul"),
        screen.choose("preset", "Weekly best"),
        screen.choose("channel", other := fixture.guild.add_channel("other")),
        fixture.admin.submit(opened, {"2:setup:time": "6:30 pm"}),
    )
    said = f"{other.mention} gets the 10 best papers of the week on Mondays at 6:30\u202fPM (Seoul)"
    assert said in screen.text


async def test_start_pressed_twice_at_once_makes_one_schedule(fixture: BotFixture) -> None:
    screen = await open_screen(fixture.admin)
    await screen.choose("zone", "Seoul")
    await asyncio.gather(screen.press("Start"), screen.press("Start"))
    assert len(await stored(fixture)) == 1
