"""Changes of schedules while a planned post waits to be sent."""

from posting_fixture import MORNING, PostingFixture, eventually, papers_in


async def test_edit_during_a_global_rate_limit_changes_the_post_that_waits(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, count=5)
    limit = posting.sandbox.faults.add("POST", "**", retry_after=60.0, everywhere=True)
    async with posting.running():
        await posting.move_to(MORNING)
        await eventually(lambda: limit.hits == 1)
        await posting.edit(schedule, count=3)
        posting.seconds.skip(61.0)
        await eventually(lambda: bool(channel.messages))
        await posting.settle()
    assert papers_in(channel.messages) == ["2502.21001", "2502.21002", "2502.21003"]


async def test_pause_during_a_global_rate_limit_keeps_the_post_back(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    other = posting.channel("other")
    schedule = await posting.schedule(channel, count=5)
    await posting.schedule(other, count=5)
    limit = posting.sandbox.faults.add("POST", "**", retry_after=60.0, everywhere=True)
    async with posting.running() as app:
        await posting.move_to(MORNING)
        await eventually(lambda: limit.hits == 1)
        await app.posting.pause(schedule.id, actor_id=1)
        posting.seconds.skip(61.0)
        await eventually(lambda: bool(other.messages))
        await posting.settle()
    assert channel.messages == []
