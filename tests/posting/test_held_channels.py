"""A channel whose post Discord keeps back: its later posts wait, and nobody else does."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from posting_fixture import MORNING, PostingFixture, eventually, papers_in

from storage import guild_log
from storage.records import LogKind, NewLogEntry

PAUSE = 600


@pytest.mark.parametrize("fault", [{"status": 503}, {"retry_after": PAUSE}])
async def test_an_event_of_the_server_does_not_let_a_later_post_overtake_a_held_one(
    posting: PostingFixture, fault: dict[str, Any]
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel, count=3)
    await posting.schedule(channel, count=1)
    async with posting.running(first_backoff=float(PAUSE)) as app:
        failing = posting.sandbox.faults.add("POST", f"/channels/{channel.id}/messages", **fault)
        await posting.wait_for(MORNING)
        assert failing.hits == 1
        other = posting.channel("another")
        await eventually(lambda: app.client.get_channel(other.id) is not None)
        await asyncio.sleep(0.3)  # the bot does what the event leads to
        await posting.settle()
        assert channel.messages == []
        await posting.wait_for(MORNING + timedelta(seconds=2 * PAUSE))
        await eventually(lambda: len(channel.messages) == 2)
    assert [len(papers_in([message])) for message in channel.messages] == [3, 1]


@pytest.mark.parametrize("failure", [{"status": 503}, {"retry_after": PAUSE}])
async def test_a_log_that_cannot_be_written_does_not_delay_those_of_other_servers(
    posting: PostingFixture, failure: dict[str, Any]
) -> None:
    failing = posting.guild.add_channel("log")
    other_guild = posting.sandbox.add_guild("Other")
    log = other_guild.add_channel("log")
    await guild_log.set_channel(posting.database, posting.guild.id, failing.id)
    await guild_log.set_channel(posting.database, other_guild.id, log.id)
    path = f"/channels/{failing.id}/messages"
    fault = posting.sandbox.faults.add("POST", path, times=None, **failure)
    entry = NewLogEntry(
        kind=LogKind.UPDATED, at=posting.clock.now(), facts={"old": "1.0.0", "new": "1.1.0"}
    )
    async with posting.running(first_backoff=float(PAUSE)):
        async with posting.database.transaction() as writer:
            await guild_log.add_everywhere(writer, entry)
        await posting.wait_for(MORNING)
        await eventually(lambda: fault.hits > 0)
        await eventually(lambda: len(log.messages) == 1)
    assert failing.messages == []
