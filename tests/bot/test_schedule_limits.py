import asyncio

import pytest
from bot_fixture import BotFixture, shown

from bot.posting import job_factory
from bot.sandbox import Channel, Interaction
from storage import schedules
from storage.records import NewSchedule, Schedule, ScheduleSettings


async def fill(fixture: BotFixture, channel: Channel, count: int) -> list[Schedule]:
    """Add schedules to a channel, past the command's limits."""
    settings = ScheduleSettings(channel_id=channel.id, language="en", timezone="UTC")
    now = fixture.clock.now()
    return [
        await schedules.add(
            fixture.database,
            NewSchedule(fixture.guild.id, fixture.admin.id, settings),
            at=now,
            next_job=lambda schedule: job_factory.occurrence(schedule, now),
        )
        for _ in range(count)
    ]


async def in_channel(fixture: BotFixture, channel: Channel) -> list[Schedule]:
    found = await schedules.of_guild(fixture.database, fixture.guild.id)
    return [each for each in found if each.settings.channel_id == channel.id]


async def test_a_channel_has_at_most_ten_schedules(fixture: BotFixture) -> None:
    await fill(fixture, fixture.general, 9)
    added = await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=fixture.general, include="agent"
    )
    assert shown(added).content.startswith("Scheduled.")
    refused = await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=fixture.general, include="vision"
    )
    assert refused.ephemeral
    assert shown(refused).content.startswith(
        f"{fixture.general.mention} can have at most 10 schedules."
    )
    other = await fixture.admin.slash(
        "schedule add", timezone="UTC", channel=fixture.guild.add_channel("other")
    )
    assert shown(other).content.startswith("Scheduled.")
    assert len(await in_channel(fixture, fixture.general)) == 10


async def test_a_schedule_cannot_move_to_a_full_channel(own_bot: BotFixture) -> None:
    full = own_bot.guild.add_channel("full")
    await fill(own_bot, full, 10)
    (one,) = await fill(own_bot, own_bot.general, 1)
    refused = await own_bot.admin.slash(
        "schedule edit", schedule=f"schedule:{one.id}", channel=full
    )
    assert shown(refused).content.startswith(f"{full.mention} can have at most 10 schedules.")
    assert await schedules.get(own_bot.database, one.id) == one
    (inside, *_) = await in_channel(own_bot, full)
    edited = await own_bot.admin.slash(
        "schedule edit", schedule=f"schedule:{inside.id}", channel=full, count=7
    )
    assert shown(edited).content.startswith("Updated.")


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en-US", "This server can have at most 25 schedules."),
        ("ko", "이 서버에는 자동 게시를 25개까지 등록할 수 있습니다."),
    ],
)
async def test_a_server_has_at_most_25_schedules_even_after_concurrent_adds(
    fixture: BotFixture, locale: str, sentence: str
) -> None:
    fixture.admin.locale = locale
    channels = [fixture.guild.add_channel(f"papers-{number}") for number in range(4)]
    for channel in channels[:3]:
        await fill(fixture, channel, 7)
    answers: list[Interaction] = await asyncio.gather(
        *(
            fixture.admin.slash(
                "schedule add", timezone="UTC", channel=channels[3], include=f"word{number}"
            )
            for number in range(8)
        )
    )
    refused = [each for each in answers if shown(each).content.startswith(sentence)]
    assert len(refused) == 4
    assert len(await schedules.of_guild(fixture.database, fixture.guild.id)) == 25
