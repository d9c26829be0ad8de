"""What tests read of messages of Components V2, and press on them."""

from typing import Any

from bot.sandbox import Channel, Interaction, Message, Person


def text_of(message: Message) -> str:
    """Return all texts of a message of Components V2."""

    def texts(part: dict[str, Any]) -> list[str]:
        own = [part["content"]] if "content" in part else []
        inner = [*part.get("components", ()), *filter(None, [part.get("accessory")])]
        return own + [line for each in inner for line in texts(each)]

    return "\n".join(line for part in message.components for line in texts(part))


async def remove_schedule(
    person: Person, schedule: str, place: Channel | None = None
) -> Interaction:
    """Use `/schedule remove`, and press Delete."""
    asked = await person.slash("schedule remove", place, schedule=schedule)
    assert asked.message is not None
    return await person.press(asked.message, "Delete")
