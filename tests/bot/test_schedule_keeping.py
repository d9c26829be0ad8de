import asyncio
from datetime import timedelta
from typing import Any

import pytest
from stage import CATALOGUE, Stage, shown

from bot.client import DailyPapers
from bot.demo.scene import connected
from bot.posts import setup
from bot.sandbox import Permission
from storage import schedules
from storage.database import Database
from storage.records import Schedule

COMMANDS: dict[str, dict[str, Any]] = {
    "schedule add": {},
    "schedule edit": {"schedule": 1, "count": 1},
    "schedule list": {},
    "schedule remove": {"schedule": 1},
    "schedule pause": {"schedule": 1},
    "schedule resume": {"schedule": 1},
    "schedule preview": {"schedule": 1},
    "schedule post": {"schedule": 1},
    "schedule history": {},
}


async def made(stage: Stage, **options: Any) -> Schedule:  # noqa: ANN401 - whatever an option takes
    await stage.admin.slash("schedule add", channel=stage.general, **options)
    return (await schedules.of_guild(stage.database, stage.guild.id))[-1]


async def test_members_are_refused_by_the_bot_itself(stage: Stage) -> None:
    schedule = await made(stage)
    for command, options in COMMANDS.items():
        given = options | ({"channel": stage.general} if command == "schedule add" else {})
        if "schedule" in given:
            given["schedule"] = schedule.id
        exchange = await stage.member.slash(command, None, given, force=True)
        assert exchange.ephemeral
        assert "Manage Server" in shown(exchange).content, command
    assert await schedules.of_guild(stage.database, stage.guild.id) == (schedule,)
    assert not stage.general.messages


async def test_schedules_of_other_servers_are_unknown(stage: Stage) -> None:
    schedule = await made(stage)
    other = stage.sandbox.add_guild("Other", owner=stage.member)
    place = other.add_channel("general")
    for command in ("remove", "pause", "resume", "preview", "post"):
        exchange = await stage.member.slash(f"schedule {command}", place, schedule=schedule.id)
        assert "no such schedule" in shown(exchange).content, command
        choices = await stage.member.autocomplete(f"schedule {command}", "schedule", "", place)
        assert choices == []
    assert await schedules.of_guild(stage.database, stage.guild.id) == (schedule,)


async def test_one_of_several_schedules_is_removed(stage: Stage) -> None:
    await made(stage)
    await made(stage, period="week")
    (choice,) = await stage.admin.autocomplete("schedule remove", "schedule", "gen WEEK")
    removed = await stage.admin.slash("schedule remove", schedule=choice["value"])
    assert "still gets one other" in shown(removed).content
    (left,) = await schedules.of_guild(stage.database, stage.guild.id)
    last = await stage.admin.slash("schedule remove", schedule=left.id)
    assert "gets no more posts" in shown(last).content
    again = await stage.admin.slash("schedule remove", schedule=left.id)
    assert "no such schedule" in shown(again).content


async def test_a_schedule_is_paused_and_goes_on(stage: Stage) -> None:
    schedule = await made(stage)
    paused = await stage.admin.slash("schedule pause", schedule=schedule.id)
    assert "It is paused now" in shown(paused).content
    assert "⏸ Paused since <t:" in shown(paused).content
    again = await stage.admin.slash("schedule pause", schedule=schedule.id)
    assert "paused already" in shown(again).content
    listed = await stage.admin.slash("schedule list")
    assert "someone paused it" in shown(listed).embeds[0]["description"]
    (choice,) = await stage.admin.autocomplete("schedule resume", "schedule", "")
    assert choice["name"].startswith("⏸ #general")
    resumed = await stage.admin.slash("schedule resume", schedule=schedule.id)
    assert "It goes on" in shown(resumed).content
    assert "Next: <t:" in shown(resumed).content
    runs = await stage.admin.slash("schedule resume", schedule=schedule.id)
    assert "not paused" in shown(runs).content


async def test_a_schedule_goes_on_only_where_it_may_post(stage: Stage) -> None:
    schedule = await made(stage)
    await stage.admin.slash("schedule pause", schedule=schedule.id)
    stage.guild.set_overwrite(stage.general, stage.guild.everyone, deny=Permission.SEND_MESSAGES)
    refused = await stage.admin.slash("schedule resume", schedule=schedule.id)
    assert "Send Messages" in shown(refused).content
    (still,) = await schedules.of_guild(stage.database, stage.guild.id)
    assert still.paused_at is not None


async def test_the_list_names_all_schedules_page_by_page(stage: Stage) -> None:
    empty = await stage.admin.slash("schedule list")
    assert "Nothing is scheduled" in shown(empty).embeds[0]["description"]
    for hour in range(10):
        await made(stage, time=f"{hour}:30", days="mon,wed", include="agent")
    listed = await stage.admin.slash("schedule list")
    assert listed.ephemeral
    text = shown(listed).embeds[0]["description"]
    assert f"**1.** {stage.general.mention} · Mon, Wed at 00:30 (UTC)" in text
    assert "only papers with: agent" in text
    assert text.count("Next: <t:") == 8
    turned = await stage.admin.press(shown(listed), "Next")
    assert shown(turned).embeds[0]["description"].count("Next: <t:") == 2
    assert "Page 2 of 2" in shown(turned).embeds[0]["footer"]["text"]
    back = await stage.admin.press(shown(turned), "Previous")
    assert shown(back).embeds[0]["description"] == text


async def test_the_list_is_in_the_language_of_who_asks(stage: Stage) -> None:
    await made(stage, layout="thread", period="month")
    stage.guild.set_roles(stage.korean, (stage.guild.add_role("boss", Permission.MANAGE_GUILD),))
    listed = await stage.korean.slash("일정 목록")
    assert (
        "월간 베스트, 1일 08:00(UTC) · 5편, 목록과 스레드"
        in (shown(listed).embeds[0]["description"])
    )


async def test_what_is_changed_so_that_nothing_is_in_the_way_goes_on(stage: Stage) -> None:
    schedule = await made(stage)
    at = stage.clock.now()
    await schedules.pause(stage.database, schedule.id, reason="channel_gone", at=at)
    listed = await stage.admin.slash("schedule list")
    assert "the channel is gone" in shown(listed).embeds[0]["description"]
    other = stage.guild.add_channel("other")
    edited = await stage.admin.slash("schedule edit", schedule=schedule.id, channel=other)
    assert "Next: <t:" in shown(edited).content
    (after,) = await schedules.of_guild(stage.database, stage.guild.id)
    assert after.paused_at is None


async def test_a_change_leaves_a_pause_that_a_person_asked_for(stage: Stage) -> None:
    schedule = await made(stage)
    await stage.admin.slash("schedule pause", schedule=schedule.id)
    edited = await stage.admin.slash("schedule edit", schedule=schedule.id, count=9)
    assert "someone paused it" in shown(edited).content


async def test_a_schedule_made_while_the_bot_begins_has_its_turn(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.bot.close()
    bot = DailyPapers(database=stage.database, catalogue=CATALOGUE, clock=stage.clock)
    read = schedules.all_of_them

    async def read_before(database: Database) -> tuple[Schedule, ...]:
        found = await read(database)
        new = setup.new(stage.guild.id, stage.general.id, language="en", by=stage.admin.id)
        made = await schedules.add(database, new, at=stage.clock.now())
        await bot.worker.schedule_changed(made)
        return found

    # What matters is a moment of milliseconds: they are read already, and it is not at work yet.
    monkeypatch.setattr(schedules, "all_of_them", read_before)
    async with connected(bot, stage.sandbox):
        await bot.worker.until_idle()
        with stage.sandbox.subscribe() as events:
            bot.worker.move_to(stage.clock.now() + timedelta(hours=10))
            async with asyncio.timeout(10):
                message = (await events.next("MESSAGE_CREATE")).subject
        await bot.worker.until_idle()
    assert message.channel is stage.general
