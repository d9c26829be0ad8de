"""Choosing from menus and filling in forms, with the checks of Discord's own client."""

from collections.abc import Sequence

from bot.sandbox.errors import NotSentError
from bot.sandbox.invocation import Resolved, Value
from bot.sandbox.model import Channel, Json, Role, User

_ROW, _TEXT_INPUT, _PROSE, _LABEL = 1, 4, 10, 18
_THINGS: dict[int, tuple[type, ...]] = {5: (User,), 6: (Role,), 7: (User, Role), 8: (Channel,)}
"""What the menus of people, roles and channels offer, by their type."""
_LONGEST = 4000


def menu_values(
    menu: Json, values: Value | Sequence[Value], resolved: Resolved, *, force: bool
) -> list[str]:
    """Return what a menu sends for what was chosen of it.

    Raises:
        NotSentError: it does not offer that, or takes more or fewer.
    """
    chosen: list[str] = []
    by_label = {option["label"]: option["value"] for option in menu.get("options", ())}
    for value in values if isinstance(values, list | tuple) else [values]:
        if isinstance(value, User | Role | Channel):
            if not isinstance(value, _THINGS.get(menu["type"], ())) and not force:
                raise NotSentError(f"the menu does not offer {value!r}")
            chosen.append(resolved.add(value))
            continue
        found = by_label.get(str(value), str(value))
        if found not in by_label.values() and not force:
            raise NotSentError(f"the menu has no option {value!r}; it has {list(by_label)}")
        chosen.append(found)
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    if not least <= len(chosen) <= most and not force:
        raise NotSentError(f"the menu takes {least} to {most}, not {len(chosen)}")
    return chosen


def filled_in(
    part: Json, left: dict[str, Value | Sequence[Value]], resolved: Resolved, *, force: bool
) -> Json:
    """Return a part of a form with what was entered, which is taken out of `left`.

    Raises:
        NotSentError: something required was left out, or does not fit.
    """
    sent: Json = {"type": part["type"], "id": part.get("id", 0)}
    if part["type"] == _PROSE:
        return sent
    if part["type"] == _ROW:
        inner = [filled_in(field, left, resolved, force=force) for field in part["components"]]
        return sent | {"components": inner}
    if part["type"] == _LABEL:
        labelled = part["component"] | {"label": part["label"]}
        return sent | {"component": filled_in(labelled, left, resolved, force=force)}
    sent["custom_id"] = part["custom_id"]
    key = next((name for name in (part["custom_id"], part.get("label")) if name in left), None)
    entered = left.pop(key) if key is not None else None
    if part["type"] == _TEXT_INPUT:
        text = part.get("value") or "" if entered is None else str(entered)
        return sent | {"value": text if force else _fitting(part, text)}
    chosen = () if entered is None else entered
    if part.get("required") is False and not chosen:
        return sent | {"values": []}
    return sent | {"values": menu_values(part, chosen, resolved, force=force)}


def _fitting(field: Json, text: str) -> str:
    """Return a text, if the field takes it."""
    name = field.get("label") or field["custom_id"]
    if not text:
        if field.get("required", True):
            raise NotSentError(f"{name!r} is required")
        return text
    least, most = field.get("min_length") or 0, field.get("max_length") or _LONGEST
    if not least <= len(text) <= most:
        raise NotSentError(f"{name!r} takes {least} to {most} characters, not {len(text)}")
    return text
