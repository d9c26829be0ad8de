"""Finding the button or select menu of a message that a person means to use."""

from collections.abc import Collection

from bot.sandbox.model import Json, Message, User
from bot.sandbox.people.errors import NotSentError


def find_control(
    person: User, message: Message, name: str | None, types: Collection[int], *, force: bool
) -> Json:
    """Return the button or select menu of a message that a person can use.

    Args:
        person: who uses it.
        message: that has it.
        name: its label, `custom_id` or placeholder; `None` for the only one.
        types: of component.
        force: whether to return one that is disabled, too.

    Raises:
        NotSentError: there is none or several, it is disabled or a link, or not theirs to see.
    """
    if message.only_for not in (None, person.id):
        raise NotSentError("{name} can't see that message", name=person.name)
    if message.id not in message.channel.all_messages:
        raise NotSentError("the message is gone")
    fitting = [part for part in message.controls if part["type"] in types]
    keys = ("label", "custom_id", "placeholder")
    named = [part for part in fitting if name is None or name in [part.get(key) for key in keys]]
    if len(named) != 1:
        known = [part.get("label") or part.get("custom_id") for part in fitting]
        text = "{count} parts are called {name!r}; there are {known}"
        raise NotSentError(text, count=len(named), name=name, known=known)
    control = named[0]
    if "custom_id" not in control:
        raise NotSentError("{name!r} is a link, which the bot never hears of", name=name)
    if control.get("disabled") and not force:
        raise NotSentError("{name!r} is disabled", name=name or control["custom_id"])
    return control
