"""Types of components, and walking through nested ones."""

from collections.abc import Iterator
from enum import IntEnum
from typing import Any


class ComponentType(IntEnum):
    """Types of components, as Discord numbers them.

    Source: https://discord.com/developers/docs/components/reference#component-object-component-types
    """

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


ENTITY_SELECTS = frozenset(
    {
        ComponentType.USER_SELECT,
        ComponentType.ROLE_SELECT,
        ComponentType.MENTIONABLE_SELECT,
        ComponentType.CHANNEL_SELECT,
    }
)
"""Select menus of users, roles or channels."""
SELECTS = ENTITY_SELECTS | {ComponentType.STRING_SELECT}
CONTROLS = SELECTS | {ComponentType.BUTTON}
"""Components of messages that a person can use."""
LINK_BUTTON, PREMIUM_BUTTON = 5, 6
"""Styles of buttons that send no interaction."""


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield all components, nested ones too, each before those that it holds."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("accessory", "component"):
            if component.get(key):
                yield from walk([component[key]])
