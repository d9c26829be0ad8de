"""Parsing what a person types into values of select menus and fields of modals."""

from collections.abc import Iterator

from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.model.components import ComponentType
from bot.sandbox.people.command_data import Value
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.modal_data import Entry

_USERS = (ComponentType.USER_SELECT, ComponentType.MENTIONABLE_SELECT)
_ROLES = (ComponentType.ROLE_SELECT, ComponentType.MENTIONABLE_SELECT)
_YES = frozenset({"yes", "true", "1", "x", "예", "네", "참"})


def typed_choice(
    messages: list[Message], text: str, channel: Channel
) -> tuple[Message, list[Value], str]:
    """Return the newest message with a menu that offers a text, what was chosen, and the menu.

    The text is `VALUE`, or `MENU: VALUE` with a menu's placeholder or `custom_id`; several values
    are separated by commas. A value is an option's number, label or value; `@user`, `@role` or
    `#channel`.

    Raises:
        NotSentError: no menu offers that.
    """
    for message in reversed(messages):
        for menu in message.controls:
            if menu["type"] == ComponentType.BUTTON:
                continue
            for name in filter(None, (menu.get("placeholder"), menu["custom_id"])):
                if text.startswith(f"{name}:"):
                    values = typed_values(menu, text.removeprefix(f"{name}:"), channel)
                    return message, values, menu["custom_id"]
    for message in reversed(messages):
        for menu in message.controls:
            if menu["type"] != ComponentType.BUTTON and _found(menu, text, channel):
                return message, typed_values(menu, text, channel), menu["custom_id"]
    raise NotSentError("no menu here has that")


def is_yes(text: str) -> bool:
    """Return whether a text is one of the words for a checked box or a true option."""
    return text.strip().casefold() in _YES


def typed_entry(field: Json, text: str, channel: Channel) -> Entry:
    """Return what a text gives to a field of a modal.

    Raises:
        NotSentError: the field does not offer that.
    """
    kind = field["type"]
    if kind == ComponentType.TEXT_INPUT:
        return text.strip()
    if kind == ComponentType.CHECKBOX:
        return is_yes(text)
    if kind == ComponentType.FILE_UPLOAD:
        raise NotSentError("files can't be given here")
    return typed_values(field, text, channel)


def typed_values(select: Json, text: str, channel: Channel) -> list[Value]:
    """Return what a text chooses of a select menu, a radio or a checkbox group.

    Raises:
        NotSentError: it does not offer that.
    """
    found = _found(select, text, channel)
    if not found and text.strip():
        raise NotSentError("there is no {text!r} to choose", text=text.strip())
    return found


def _found(select: Json, text: str, channel: Channel) -> list[Value]:
    """Return what a text chooses; nothing where a part of it is not offered."""
    whole = _offered(select, text.strip(), channel)
    if whole is not None:
        return [whole]
    found = [_offered(select, part.strip(), channel) for part in text.split(",")]
    values = [value for value in found if value is not None]
    return values if len(values) == len(found) else []


def _offered(select: Json, text: str, channel: Channel) -> Value | None:
    """Return the option, user, role or channel that a text names."""
    options = select.get("options") or []
    if options:
        if text.isdecimal() and 1 <= int(text) <= len(options):
            return str(options[int(text) - 1]["value"])
        known = (o["value"] for o in options if text in (o["label"], o["value"]))
        return next(known, None)
    return next((value for name, value in _entities(select["type"], channel) if name == text), None)


def _entities(kind: int, channel: Channel) -> Iterator[tuple[str, Value]]:
    guild = channel.guild
    if guild is None:
        yield from ((f"@{user.name}", user) for user in channel.recipients if kind in _USERS)
        return
    if kind in _USERS:
        yield from ((f"@{member.user.name}", member.user) for member in guild.members.values())
    if kind in _ROLES:
        yield from ((f"@{role.name.removeprefix('@')}", role) for role in guild.roles.values())
    if kind == ComponentType.CHANNEL_SELECT:
        yield from ((f"#{channel.name}", channel) for channel in guild.channels.values())
