"""Posts by hand, and what presses are answered in private."""

from typing import Any

from bot_fixture import BotFixture

from bot.sandbox import Channel, Interaction, Message
from storage import schedules


async def posted(fixture: BotFixture, **options: Any) -> Message:  # noqa: ANN401 - whatever an option takes
    """Post with a new schedule, the server's only one; return the last message in the channel."""
    channel: Channel = options.setdefault("channel", fixture.general)
    options.setdefault("timezone", "UTC")
    await fixture.admin.slash("schedule add", None, options)
    (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    await fixture.admin.slash("schedule post", schedule=f"schedule:{schedule.id}")
    threads = [each for each in fixture.guild.threads.values() if each.parent is channel]
    return (channel.messages or threads[0].messages)[-1]


async def answer(interaction: Interaction) -> str:
    """Wait for what a press is answered in private, and return it."""
    assert interaction.ephemeral
    await interaction.until(lambda each: bool(_texts_of(each)))
    return _texts_of(interaction)


def _texts_of(interaction: Interaction) -> str:
    messages = [interaction.message, *interaction.followups]
    return "\n".join(each.content for each in messages if each is not None and each.content)


def link_to(message: Message) -> str:
    """Return the address of a message in a server."""
    assert message.channel.guild is not None
    ids = (message.channel.guild.id, message.channel.id, message.id)
    return "https://discord.com/channels/" + "/".join(map(str, ids))
