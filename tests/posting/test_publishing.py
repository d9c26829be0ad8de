"""Publishing posts to the servers that follow an announcement channel."""

from posting_fixture import MORNING, PostingFixture

from bot.sandbox import ChannelType, Limits, Rate
from bot.sandbox.model import MessageFlag

CROSSPOST = "POST /channels/{channel_id}/messages/{message_id}/crosspost"


async def test_messages_are_published_at_once_within_the_hourly_limit(
    posting: PostingFixture,
) -> None:
    """Discord rounds the end of the window up, so it can be more than an hour away."""
    posting.sandbox.limiter.limits = Limits({CROSSPOST: Rate(10, 3600.5)}, None, None, None)
    await posting.store()
    channel = posting.channel(type=ChannelType.ANNOUNCEMENT)
    await posting.schedule(channel, count=12, publish=True)
    async with posting.running():
        await posting.wait_for(MORNING)
    assert len(channel.messages) == 3
    assert all(each.flags & MessageFlag.CROSSPOSTED for each in channel.messages)
