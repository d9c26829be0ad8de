"""The `data` of select menus and modals, with the checks of Discord's client."""

from collections.abc import Callable, Mapping, Sequence

from bot.sandbox.model import Channel, ChannelType, Json, Role, User
from bot.sandbox.model.components import SELECTS, ComponentType
from bot.sandbox.people.command_data import Resolved, Upload, Value
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.rules.permissions import Permission, permissions_of

Entry = Value | Upload | Sequence[Value | Upload]
"""The value of a field of a modal."""

_ENTITIES: dict[int, tuple[type, ...]] = {
    ComponentType.USER_SELECT: (User,),
    ComponentType.ROLE_SELECT: (Role,),
    ComponentType.MENTIONABLE_SELECT: (User, Role),
    ComponentType.CHANNEL_SELECT: (Channel,),
}
_LONGEST = 4000
"""Characters of a text input without `max_length`."""


def selected_values(
    select: Json, values: Entry, resolved: Resolved, *, force: bool = False
) -> list[str]:
    """Return the values that a select menu, radio group or checkbox group sends.

    Args:
        select: the component.
        values: labels or values of its options; users, roles or channels of such a menu.
        resolved: collects the entities that were chosen.
        force: whether to skip the checks of Discord's client.

    Raises:
        NotSentError: it has no such value, or takes more or fewer.
    """
    chosen: list[str] = []
    by_label = {option["label"]: option["value"] for option in select.get("options", ())}
    for value in _listed(values):
        if isinstance(value, User | Role | Channel):
            if not force and not _is_offered(select, value, resolved):
                raise NotSentError(
                    "{name} does not offer {value!r}", name=_name(select), value=value
                )
            chosen.append(resolved.add(value))
            continue
        found = by_label.get(str(value), str(value))
        if found not in by_label.values() and not force:
            text = "{name} has no option {value!r}; it has {known}"
            raise NotSentError(text, name=_name(select), value=value, known=list(by_label))
        chosen.append(found)
    least, most = _counts(select)
    if not force and (not least <= len(chosen) <= most or len(set(chosen)) < len(chosen)):
        text = "{name} takes {least} to {most}, each once, not {chosen}"
        raise NotSentError(text, name=_name(select), least=least, most=most, chosen=chosen)
    return chosen


def _name(component: Json) -> str:
    """Return the label of a component, for errors."""
    return repr(component["label"]) if component.get("label") else "the menu"


def _listed(values: Entry) -> Sequence[Value | Upload]:
    return values if isinstance(values, list | tuple) else [values]  # type: ignore[list-item]  # one


def _counts(component: Json) -> tuple[int, int]:
    """Return how many values a component takes at least and at most."""
    kind = component["type"]
    if kind == ComponentType.RADIO_GROUP:
        return int(component.get("required") is not False), 1
    most = len(component["options"]) if kind == ComponentType.CHECKBOX_GROUP else 1
    least, given = component.get("min_values"), component.get("max_values")
    return 1 if least is None else int(least), most if given is None else int(given)


def _is_offered(select: Json, value: User | Role | Channel, resolved: Resolved) -> bool:
    """Return whether a select menu of users, roles or channels offers one of them."""
    if not isinstance(value, _ENTITIES.get(select["type"], ())):
        return False
    guild = resolved.channel.guild
    if isinstance(value, Role):
        return guild is not None and value.id in guild.roles
    if isinstance(value, User):
        return guild is None or value.id in guild.members
    types = select.get("channel_types")
    if types and value.type not in types:
        return False
    if not types and value.type is ChannelType.CATEGORY:
        return False
    held = permissions_of(resolved.person, value)
    return value.guild is guild and bool(held & Permission.VIEW_CHANNEL)


def fill_modal(
    modal: Json, values: Mapping[str, Entry], resolved: Resolved, *, force: bool = False
) -> list[Json]:
    """Return the components of a submitted modal.

    Args:
        modal: that is filled in.
        values: by label or `custom_id`; a field that is not named keeps its default.
        resolved: collects the entities that were chosen.
        force: whether to skip the checks of Discord's client.

    Raises:
        NotSentError: there is no such field, something required was left out, or does not fit.
    """
    left = dict(values)
    filled = [_filled(part, left, resolved, force=force) for part in modal["components"]]
    if left and not force:
        names = ", ".join(map(repr, left))
        raise NotSentError("the form has no field {names}", names=names)
    return filled


def _filled(part: Json, left: dict[str, Entry], resolved: Resolved, *, force: bool) -> Json:
    """Return a submitted component of a modal; its value is removed from `left`."""
    kind = part["type"]
    sent: Json = {"type": kind, "id": part.get("id", 0)}
    if kind == ComponentType.TEXT_DISPLAY:
        return sent
    if kind == ComponentType.ACTION_ROW:
        inner = [_filled(field, left, resolved, force=force) for field in part["components"]]
        return sent | {"components": inner}
    if kind == ComponentType.LABEL:
        labelled = part["component"] | {"label": part["label"]}
        return sent | {"component": _filled(labelled, left, resolved, force=force)}
    key = next((name for name in (part["custom_id"], part.get("label")) if name in left), None)
    entered = left.pop(key) if key is not None else _default(part, resolved)
    answer = _ANSWERS[kind](part, entered, resolved, force)
    return sent | {"custom_id": part["custom_id"]} | answer


def _default(field: Json, resolved: Resolved) -> Entry:
    """Return the default value of a field."""
    kind = field["type"]
    if kind == ComponentType.TEXT_INPUT:
        return str(field.get("value") or "")
    if kind == ComponentType.CHECKBOX:
        return bool(field.get("default"))
    chosen: list[Value | Upload] = [
        option["value"] for option in field.get("options", ()) if option.get("default")
    ]
    guild = resolved.channel.guild
    for default in field.get("default_values", ()):
        number = int(default["id"])
        found: User | Role | Channel | None
        if default["type"] == "role":
            found = guild.roles.get(number) if guild else None
        elif default["type"] == "user":
            found = resolved.world.users.get(number)
        else:
            found = resolved.world.channels.get(number)
        if found is not None:
            chosen.append(found)
    return chosen


def _text(field: Json, entered: Entry, _resolved: Resolved, force: bool) -> Json:
    text = str(entered)
    if force:
        return {"value": text}
    if not text and field.get("required", True):
        raise NotSentError("{name} is required", name=_name(field))
    least, most = field.get("min_length") or 0, field.get("max_length") or _LONGEST
    if text and not least <= len(text) <= most:
        raise NotSentError(
            "{name} takes {least} to {most} characters, not {length}",
            name=_name(field),
            least=least,
            most=most,
            length=len(text),
        )
    return {"value": text}


def _select(field: Json, entered: Entry, resolved: Resolved, force: bool) -> Json:
    return {"values": selected_values(field, entered, resolved, force=force)}


def _radio_group(field: Json, entered: Entry, resolved: Resolved, force: bool) -> Json:
    chosen = selected_values(field, entered, resolved, force=force)
    return {"value": chosen[0] if chosen else None}


def _checkbox(field: Json, entered: Entry, _resolved: Resolved, force: bool) -> Json:
    if not isinstance(entered, bool) and not force:
        raise NotSentError("{name} is checked or not: True or False", name=_name(field))
    return {"value": entered}


def _file_upload(field: Json, entered: Entry, resolved: Resolved, force: bool) -> Json:
    files = [file for file in _listed(entered) if isinstance(file, Upload)]
    least, most = _counts(field)
    if not force and (len(files) < len(_listed(entered)) or not least <= len(files) <= most):
        text = "{name} takes {least} to {most} files, each an `Upload`"
        raise NotSentError(text, name=_name(field), least=least, most=most)
    return {"values": [resolved.add_file(file) for file in files]}


_ANSWERS: dict[int, Callable[[Json, Entry, Resolved, bool], Json]] = {
    **dict.fromkeys(SELECTS, _select),
    ComponentType.TEXT_INPUT: _text,
    ComponentType.FILE_UPLOAD: _file_upload,
    ComponentType.RADIO_GROUP: _radio_group,
    ComponentType.CHECKBOX_GROUP: _select,
    ComponentType.CHECKBOX: _checkbox,
}
"""Functions that return what a field sends, by type."""
