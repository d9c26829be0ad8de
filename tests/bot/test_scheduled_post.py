import re
from datetime import timedelta

from bot_fixture import READ_AT, BotFixture

from bot.posting.recurrence import next_run
from bot.sandbox import Message
from storage import deliveries, history, papers, schedules
from storage.records import Outcome, Schedule


async def only_schedule(fixture: BotFixture) -> Schedule:
    (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    return schedule


async def move_to_next_occurrence(fixture: BotFixture) -> None:
    schedule = await only_schedule(fixture)
    await fixture.app.move_clock(next_run(schedule, fixture.clock.now()))


async def posted(fixture: BotFixture, parts: int) -> list[Message]:
    with fixture.sandbox.subscribe() as events:
        await move_to_next_occurrence(fixture)
        messages = [(await events.next("MESSAGE_CREATE")).subject for _ in range(parts)]
    await fixture.wait_until_idle()
    return messages


async def test_a_due_post_has_a_heading_and_all_papers(own_bot: BotFixture) -> None:
    await own_bot.admin.slash("schedule add", timezone="UTC", channel=own_bot.general)
    (message,) = await posted(own_bot, 1)
    assert message.channel is own_bot.general
    assert message.content.startswith("MLGym: A New Framework and Benchmark")
    lead, entries = message.embeds
    assert lead["author"]["name"] == "Friday, February 21 · top 5 of 30"
    ids = re.findall(r"arxiv\.org/abs/([\d.]+)", f"{lead['url']} {entries['description']}")
    top = await papers.top(own_bot.database, first=READ_AT.date(), last=None, limit=5)
    assert ids == [listed.paper.arxiv_id for listed in top.papers]
    assert not message.pings


async def test_cards_have_one_embed_per_paper(own_bot: BotFixture) -> None:
    await own_bot.admin.slash(
        "schedule add", timezone="UTC", channel=own_bot.general, layout="cards"
    )
    (message,) = await posted(own_bot, 1)
    ids = [embed["url"].rpartition("/")[2] for embed in message.embeds]
    top = await papers.top(own_bot.database, first=READ_AT.date(), last=None, limit=5)
    assert ids == [listed.paper.arxiv_id for listed in top.papers]
    assert not message.pings


async def test_a_long_post_is_split_into_messages_within_the_limits(own_bot: BotFixture) -> None:
    await own_bot.admin.slash(
        "schedule add", timezone="UTC", channel=own_bot.general, count=25, layout="cards"
    )
    messages = await posted(own_bot, 5)
    assert [len(message.embeds) for message in messages] == [5] * 5
    assert [bool(message.content) for message in messages] == [True] + [False] * 4


async def test_a_digest_is_posted_once_and_recorded_with_its_message(own_bot: BotFixture) -> None:
    await own_bot.admin.slash("schedule add", timezone="UTC", channel=own_bot.general)
    (message,) = await posted(own_bot, 1)
    (event,) = await history.of_guild(own_bot.database, own_bot.guild.id, limit=5)
    assert event.coverage == "day:2025-02-21"
    assert event.outcome is Outcome.POSTED
    assert event.messages == ((own_bot.general.id, message.id),)
    assert await deliveries.open_ones(own_bot.database) == ()
    (request,) = [
        r for r in own_bot.sandbox.requests if r.method == "POST" and r.path.endswith("/messages")
    ]
    assert isinstance(request.body, dict)
    assert request.body["enforce_nonce"]
    assert 1 <= len(request.body["nonce"]) <= 25


async def test_an_older_digest_is_not_posted_the_next_day(own_bot: BotFixture) -> None:
    await own_bot.admin.slash("schedule add", timezone="UTC", channel=own_bot.general)
    await posted(own_bot, 1)
    schedule = await only_schedule(own_bot)
    # The older digest was never sent to this channel, but it isn't posted after a newer one.
    await own_bot.app.move_clock(next_run(schedule, own_bot.clock.now()) + timedelta(hours=7))
    await own_bot.wait_until_idle()
    lines = await history.of_guild(own_bot.database, schedule.guild_id, limit=9)
    assert [line.outcome for line in lines] == [Outcome.NOTHING_NEW, Outcome.POSTED]
    assert len(own_bot.general.messages) == 1
