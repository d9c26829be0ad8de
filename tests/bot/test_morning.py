from datetime import timedelta

from stage import READ_AT, Stage

from bot.posts import due
from bot.sandbox import Message
from storage import deliveries, history, papers, schedules
from storage.records import Outcome, Schedule


async def only_schedule(stage: Stage) -> Schedule:
    (schedule,) = await schedules.of_guild(stage.database, stage.guild.id)
    return schedule


async def let_morning_come(stage: Stage) -> None:
    schedule = await only_schedule(stage)
    stage.bot.worker.move_to(due.next_turn(schedule, stage.clock.now()))


async def posted(stage: Stage, parts: int) -> list[Message]:
    with stage.sandbox.subscribe() as events:
        await let_morning_come(stage)
        messages = [(await events.next("MESSAGE_CREATE")).subject for _ in range(parts)]
    await stage.bot.worker.until_idle()
    return messages


async def test_the_morning_brings_a_heading_and_an_embed_a_paper(stage: Stage) -> None:
    await stage.admin.slash("schedule add", channel=stage.general)
    (message,) = await posted(stage, 1)
    assert message.channel is stage.general
    assert "February 21, 2025" in message.content
    assert "30 papers" in message.content
    ids = [embed["url"].rpartition("/")[2] for embed in message.embeds]
    top = await papers.top(stage.database, first=READ_AT.date(), last=None, limit=5)
    assert ids == [listed.paper.arxiv_id for listed in top.papers]
    assert not message.pings


async def test_as_many_messages_are_sent_as_the_limits_need(stage: Stage) -> None:
    await stage.admin.slash("schedule add", channel=stage.general, count=25)
    messages = await posted(stage, 5)
    assert [len(message.embeds) for message in messages] == [5] * 5
    assert [bool(message.content) for message in messages] == [True] + [False] * 4


async def test_a_digest_is_posted_once_and_the_ledger_knows_it(stage: Stage) -> None:
    await stage.admin.slash("schedule add", channel=stage.general)
    (message,) = await posted(stage, 1)
    (delivery,) = await deliveries.of_channel(stage.database, stage.general.id, limit=5)
    assert delivery.subject == "day:2025-02-21"
    assert delivery.completed_at is not None
    assert [part.message_id for part in delivery.parts] == [message.id]
    (request,) = [
        r for r in stage.sandbox.requests if r.method == "POST" and r.path.endswith("/messages")
    ]
    assert isinstance(request.body, dict)
    assert request.body["enforce_nonce"]
    assert request.body["nonce"] == delivery.parts[0].nonce


async def test_the_next_day_brings_nothing_old_and_history_says_so(stage: Stage) -> None:
    await stage.admin.slash("schedule add", channel=stage.general)
    await posted(stage, 1)
    schedule = await only_schedule(stage)
    # The older digest has not been sent to this channel, but it is no news beside the newer one.
    stage.bot.worker.move_to(due.next_turn(schedule, stage.clock.now()) + timedelta(hours=7))
    await stage.bot.worker.until_idle()
    lines = await history.of_guild(stage.database, schedule.guild_id, limit=9)
    assert [line.outcome for line in lines] == [Outcome.NOTHING_NEW, Outcome.POSTED]
    assert len(stage.general.messages) == 1
