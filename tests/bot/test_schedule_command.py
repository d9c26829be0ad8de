from datetime import time
from typing import Any

import pytest
from stage import Stage, shown

from bot.sandbox import ChannelType, Permission
from storage import schedules


async def test_a_schedule_is_made_listed_and_removed(stage: Stage) -> None:
    added = await stage.admin.slash("schedule add", channel=stage.general)
    assert added.ephemeral
    assert stage.general.mention in shown(added).content
    assert "<t:" in shown(added).content
    (kept,) = await schedules.of_guild(stage.database, stage.guild.id)
    assert (kept.time, kept.timezone, kept.count, kept.language) == (time(8), "UTC", 5, "en")
    assert kept.created_by == stage.admin.id

    listed = await stage.admin.slash("schedule list")
    assert stage.general.mention in shown(listed).embeds[0]["description"]
    (choice,) = await stage.admin.autocomplete("schedule remove", "schedule", "gen")
    removed = await stage.admin.slash("schedule remove", schedule=choice["value"])
    assert removed.ephemeral
    assert await schedules.of_guild(stage.database, stage.guild.id) == ()
    again = await stage.admin.slash("schedule remove", schedule=choice["value"])
    assert "no such schedule" in shown(again).content
    empty = await stage.admin.slash("schedule list")
    assert "Nothing is scheduled" in shown(empty).embeds[0]["description"]


async def test_a_korean_server_gets_seoul_time_and_korean_posts(stage: Stage) -> None:
    guild = stage.sandbox.add_guild("연구실", locale="ko", owner=stage.korean)
    channel = guild.add_channel("논문")
    await stage.korean.slash("일정 추가", channel, {"채널": channel, "시각": "9:30", "개수": 3})
    (kept,) = await schedules.of_guild(stage.database, guild.id)
    assert (kept.time, kept.timezone, kept.count, kept.language) == (
        time(9, 30),
        "Asia/Seoul",
        3,
        "ko",
    )


@pytest.mark.parametrize("command", ["schedule add", "schedule list", "schedule remove"])
async def test_members_are_refused_by_the_bot_itself(stage: Stage, command: str) -> None:
    options: dict[str, dict[str, Any]] = {
        "schedule add": {"channel": stage.general},
        "schedule remove": {"schedule": 1},
    }
    exchange = await stage.member.slash(command, None, options.get(command), force=True)
    assert exchange.ephemeral
    assert "Manage Server" in shown(exchange).content
    assert await schedules.of_guild(stage.database, stage.guild.id) == ()


async def test_a_schedule_of_another_server_cannot_be_removed(stage: Stage) -> None:
    await stage.admin.slash("schedule add", channel=stage.general)
    (kept,) = await schedules.of_guild(stage.database, stage.guild.id)
    other = stage.sandbox.add_guild("Other", owner=stage.member)
    place = other.add_channel("general")
    exchange = await stage.member.slash("schedule remove", place, schedule=kept.id)
    assert "no such schedule" in shown(exchange).content
    assert await schedules.of_guild(stage.database, stage.guild.id) == (kept,)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"time": "25:00"}, "25:00"),
        ({"time": "eight"}, "eight"),
        ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"timezone": "../etc/passwd"}, "etc/passwd"),
        ({"count": 0}, "1 to 25"),
        ({"count": 26}, "1 to 25"),
    ],
)
async def test_what_cannot_be_is_refused_with_what_could(
    stage: Stage, options: dict[str, Any], said: str
) -> None:
    exchange = await stage.admin.slash("schedule add", channel=stage.general, force=True, **options)
    assert exchange.ephemeral
    assert said in shown(exchange).content
    assert await schedules.of_guild(stage.database, stage.guild.id) == ()


async def test_what_the_bot_lacks_in_the_channel_is_named(stage: Stage) -> None:
    channel = stage.guild.add_channel("quiet")
    stage.guild.set_overwrite(
        channel, stage.guild.everyone, deny=Permission.SEND_MESSAGES | Permission.EMBED_LINKS
    )
    exchange = await stage.admin.slash("schedule add", channel=channel)
    assert "Send Messages, Embed Links" in shown(exchange).content
    assert await schedules.of_guild(stage.database, stage.guild.id) == ()


async def test_one_channel_has_one_schedule(stage: Stage) -> None:
    await stage.admin.slash("schedule add", channel=stage.general)
    exchange = await stage.admin.slash("schedule add", channel=stage.general, time="09:00")
    assert "already has a schedule" in shown(exchange).content


async def test_zones_are_offered_by_what_is_typed(stage: Stage) -> None:
    choices = await stage.admin.autocomplete(
        "schedule add", "timezone", "seo", None, {"channel": stage.general}
    )
    assert choices[0]["value"] == "Asia/Seoul"
    spaced = await stage.admin.autocomplete(
        "schedule add", "timezone", "new york", None, {"channel": stage.general}
    )
    assert "America/New_York" in [choice["value"] for choice in spaced]


async def test_an_announcement_channel_can_be_chosen(stage: Stage) -> None:
    channel = stage.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    exchange = await stage.admin.slash("schedule add", channel=channel)
    assert channel.mention in shown(exchange).content


async def test_a_channel_that_holds_no_posts_is_refused_though_discord_let_it_pass(
    stage: Stage,
) -> None:
    forum = stage.guild.add_channel("questions", ChannelType.FORUM)
    exchange = await stage.admin.slash("schedule add", channel=forum, force=True)
    assert exchange.ephemeral
    assert "can't be used here" in shown(exchange).content
