import asyncio
from datetime import time

import pytest
from stage import Stage, shown

from bot.sandbox import Channel, Exchange
from storage import schedules
from storage.records import NewSchedule, Schedule


async def fill(stage: Stage, channel: Channel, count: int) -> list[Schedule]:
    """Add schedules to a channel, past the command and its limits."""
    new = NewSchedule(
        guild_id=stage.guild.id,
        channel_id=channel.id,
        time=time(8),
        timezone="UTC",
        count=5,
        language="en",
        created_by=stage.admin.id,
    )
    return [await schedules.add(stage.database, new, at=stage.clock.now()) for _ in range(count)]


async def test_a_channel_has_at_most_ten_schedules(stage: Stage) -> None:
    await fill(stage, stage.general, 9)
    added = await stage.admin.slash("schedule add", channel=stage.general)
    assert shown(added).content.startswith("Done.")
    refused = await stage.admin.slash("schedule add", channel=stage.general)
    assert refused.ephemeral
    assert shown(refused).content.startswith(f"{stage.general.mention} can have 10 schedules.")
    other = await stage.admin.slash("schedule add", channel=stage.guild.add_channel("other"))
    assert shown(other).content.startswith("Done.")
    assert len(await schedules.of_channel(stage.database, stage.general.id)) == 10


async def test_a_schedule_cannot_move_to_a_full_channel(stage: Stage) -> None:
    full = stage.guild.add_channel("full")
    await fill(stage, full, 10)
    (one,) = await fill(stage, stage.general, 1)
    refused = await stage.admin.slash("schedule edit", schedule=one.id, channel=full)
    assert shown(refused).content.startswith(f"{full.mention} can have 10 schedules.")
    assert await schedules.get(stage.database, one.id) == one
    (inside, *_) = await schedules.of_channel(stage.database, full.id)
    edited = await stage.admin.slash("schedule edit", schedule=inside.id, channel=full, count=7)
    assert shown(edited).content.startswith("Changed.")


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en-US", "This server can have 25 schedules."),
        ("ko", "이 서버에는 일정을 25개까지만 둘 수 있습니다."),
    ],
)
async def test_a_server_has_at_most_25_schedules_also_of_adds_at_the_same_time(
    stage: Stage, locale: str, sentence: str
) -> None:
    stage.admin.locale = locale
    channels = [stage.guild.add_channel(f"papers-{number}") for number in range(4)]
    for channel in channels[:3]:
        await fill(stage, channel, 7)
    answers: list[Exchange] = await asyncio.gather(
        *(stage.admin.slash("schedule add", channel=channels[3]) for _ in range(8))
    )
    refused = [each for each in answers if shown(each).content.startswith(sentence)]
    assert len(refused) == 4
    assert len(await schedules.of_guild(stage.database, stage.guild.id)) == 25
