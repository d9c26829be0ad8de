"""Components V2 and modals: each limit is refused at its field, and what is within passes."""

from typing import Any

import pytest
from error_codes import wrong

from bot.sandbox.rules.messages import MESSAGE
from bot.sandbox.rules.modals import MODAL
from bot.sandbox.rules.shape import errors_of

Body = dict[str, Any]

V2 = 1 << 15


def layout(*parts: Body, **fields: object) -> Body:
    return {"flags": V2, "components": list(parts), **fields}


def text(content: str = "text", **fields: object) -> Body:
    return {"type": 10, "content": content, **fields}


def container(*parts: Body, **fields: object) -> Body:
    return {"type": 17, "components": list(parts), **fields}


def section(*parts: Body, accessory: Body | None = None) -> Body:
    return {"type": 9, "components": list(parts), "accessory": accessory or button()}


def button(**fields: object) -> Body:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go", **fields}


def row(*parts: Body) -> Body:
    return {"type": 1, "components": list(parts)}


def select(kind: int, **fields: object) -> Body:
    return {"type": kind, "custom_id": f"select-{kind}", **fields}


def options(count: int) -> list[Body]:
    return [{"label": f"Option {n}", "value": str(n)} for n in range(count)]


def gallery(*urls: str, **fields: object) -> Body:
    return {"type": 12, "items": [{"media": {"url": url}, **fields} for url in urls]}


def thumbnail(**fields: object) -> Body:
    return {"type": 11, "media": {"url": "https://example.org/a.png"}, **fields}


PICTURE = "https://example.org/a.png"
PREMIUM = {"type": 2, "style": 6, "sku_id": "1"}

FITTING: list[Body] = [
    layout(text("x" * 4000)),
    layout(*({"type": 14} for _ in range(40))),
    layout(container(*({"type": 14} for _ in range(39)))),
    layout(container(text(), accent_color=0), container(text(), accent_color=0xFFFFFF)),
    layout(container(text(), spoiler=True, accent_color=None)),
    layout(section(text(), text(), text())),
    layout(section(text(), accessory=thumbnail(description="d" * 1024, spoiler=True))),
    layout(gallery(*[PICTURE] * 10)),
    layout(gallery("attachment://a.png", description="d" * 1024, spoiler=True)),
    layout({"type": 13, "file": {"url": "attachment://a.zip"}, "spoiler": True}),
    layout({"type": 14, "divider": False, "spacing": 2}),
    layout(*(row(button(custom_id=str(n))) for n in range(20))),
    layout(row(button(disabled=True), PREMIUM)),
    layout(*(row(select(kind)) for kind in (5, 6, 7, 8))),
    layout(row(select(3, options=options(25), placeholder="p" * 150, max_values=25))),
    layout(row(select(3, options=options(1), min_values=0, required=True, disabled=True))),
    layout(row(select(5, default_values=[{"id": "1", "type": "user"}]))),
    layout(row(select(7, max_values=2, default_values=[{"id": 1, "type": "role"}]))),
    layout(row(select(8, channel_types=[0, 5], default_values=[{"id": "1", "type": "channel"}]))),
    layout(text(id=1), text(id=2), text(id=0), text(id=0)),
    layout(text(), content="", embeds=[]),
]


def test_layouts_within_the_limits_pass() -> None:
    for body in FITTING:
        assert errors_of(MESSAGE, body) == {}, body


LEGACY = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
TYPE, REQUIRED, LENGTH = "UNION_TYPE_CHOICES", "BASE_TYPE_REQUIRED", "BASE_TYPE_BAD_LENGTH"
MANY = "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"
LONG = "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"
SELECT = "components.0.components.0"

REFUSED: list[tuple[Body, dict[str, str]]] = [
    # What Components V2 replaces, and what needs them.
    (layout(text(), content="c"), {"content": LEGACY}),
    (layout(text(), embeds=[{"title": "t"}]), {"embeds": LEGACY}),
    (layout(text(), sticker_ids=["1"]), {"sticker_ids": LEGACY}),
    (layout(text(), poll={"question": {"text": "q"}}), {"poll": LEGACY}),
    *(
        ({"content": "c", "components": [part]}, {"components.0.type": TYPE})
        for part in (text(), container(text()), section(text()), gallery(PICTURE), {"type": 14})
    ),
    # Totals.
    (layout(*({"type": 14} for _ in range(41))), {"components": "BASE_TYPE_MAX_LENGTH"}),
    (layout(container(*({"type": 14} for _ in range(40)))), {"components": MANY}),
    (layout(*(section(text(), accessory=thumbnail()) for _ in range(14))), {"components": MANY}),
    (layout(text("x" * 2001), container(text("x" * 2000))), {"components": LONG}),
    (layout(text("x" * 4001)), {"components.0.content": LENGTH}),
    (layout(text("")), {"components.0.content": REQUIRED}),
    # What may stand in what.
    (layout(button()), {"components.0.type": TYPE}),
    (layout(select(5)), {"components.0.type": TYPE}),
    (layout(thumbnail()), {"components.0.type": TYPE}),
    (layout({"type": 18, "label": "l", "component": select(5)}), {"components.0.type": TYPE}),
    (layout(container(container(text()))), {"components.0.components.0.type": TYPE}),
    (layout(container(button())), {"components.0.components.0.type": TYPE}),
    (layout(container()), {"components.0.components": REQUIRED}),
    (layout(section(button())), {"components.0.components.0.type": TYPE}),
    (layout(section(*[text()] * 4)), {"components.0.components": LENGTH}),
    (layout(section()), {"components.0.components": REQUIRED}),
    (layout({"type": 9, "components": [text()]}), {"components.0.accessory": REQUIRED}),
    (layout(section(text(), accessory=text())), {"components.0.accessory.type": TYPE}),
    (layout(section(text(), accessory=select(5))), {"components.0.accessory.type": TYPE}),
    (layout(row(text())), {"components.0.components.0.type": TYPE}),
    (
        layout(row(select(5), select(6))),
        {"components.0.components.1": "COMPONENT_LAYOUT_WIDTH_EXCEEDED"},
    ),
    # Fields.
    (
        layout(container(text(), accent_color=0x1000000)),
        {"components.0.accent_color": "NUMBER_TYPE_MAX"},
    ),
    (layout(container(text(), accent_color=-1)), {"components.0.accent_color": "NUMBER_TYPE_MIN"}),
    (layout(container(text(), spoiler=1)), {"components.0.spoiler": "BOOLEAN_TYPE_CONVERT"}),
    (layout({"type": 14, "spacing": 3}), {"components.0.spacing": "BASE_TYPE_CHOICES"}),
    (layout(gallery(*[PICTURE] * 11)), {"components.0.items": LENGTH}),
    (layout(gallery()), {"components.0.items": REQUIRED}),
    (
        layout(gallery("ftp://example.org/a.png")),
        {"components.0.items.0.media.url": "URL_TYPE_INVALID_SCHEME"},
    ),
    (layout(gallery("a.png")), {"components.0.items.0.media.url": "URL_TYPE_INVALID_URL"}),
    (
        layout(gallery(PICTURE, description="d" * 1025)),
        {"components.0.items.0.description": LENGTH},
    ),
    (
        layout(section(text(), accessory=thumbnail(media={}))),
        {"components.0.accessory.media.url": REQUIRED},
    ),
    (
        layout({"type": 13, "file": {"url": PICTURE}}),
        {"components.0.file.url": "URL_TYPE_INVALID_SCHEME"},
    ),
    # Ids.
    (
        layout(text(id=7), container(text(id=7))),
        {"components.1.components.0.id": "COMPONENT_ID_DUPLICATED"},
    ),
    (layout(text(id=2**31)), {"components.0.id": "NUMBER_TYPE_MAX"}),
    (
        layout(row(button()), container(section(text()))),
        {"components.1.components.0.accessory.custom_id": "COMPONENT_CUSTOM_ID_DUPLICATED"},
    ),
    # Buttons and select menus.
    (
        layout(row(PREMIUM | {"sku_id": None})),
        {f"{SELECT}.sku_id": "BUTTON_COMPONENT_SKU_ID_REQUIRED"},
    ),
    (layout(row(button(sku_id="1"))), {f"{SELECT}.sku_id": "BUTTON_COMPONENT_SKU_ID_FORBIDDEN"}),
    (layout(row(button(disabled="yes"))), {f"{SELECT}.disabled": "BOOLEAN_TYPE_CONVERT"}),
    (
        layout(row(select(5, placeholder="p" * 151))),
        {f"{SELECT}.placeholder": "BASE_TYPE_MAX_LENGTH"},
    ),
    (layout(row(select(5, custom_id=None))), {f"{SELECT}.custom_id": REQUIRED}),
    (layout(row(select(5, max_values=26))), {f"{SELECT}.max_values": "NUMBER_TYPE_MAX"}),
    (
        layout(row(select(6, min_values=3, max_values=2))),
        {f"{SELECT}.max_values": "SELECT_COMPONENT_MAX_VALUES_INVALID"},
    ),
    (
        layout(row(select(5, default_values=[{"id": "1", "type": "role"}]))),
        {f"{SELECT}.default_values.0.type": "BASE_TYPE_CHOICES"},
    ),
    (
        layout(row(select(8, default_values=[{"id": "1", "type": "channel"}] * 2))),
        {f"{SELECT}.default_values": LENGTH},
    ),
    (layout(row(select(8, channel_types=[99]))), {f"{SELECT}.channel_types.0": "NUMBER_TYPE_MAX"}),
]


@pytest.mark.parametrize(("body", "expected"), REFUSED)
def test_layouts_beyond_a_limit_are_refused_at_its_field(
    body: Body, expected: dict[str, str]
) -> None:
    assert wrong(MESSAGE, body) == expected


def modal(*parts: Body, **fields: object) -> Body:
    return {"custom_id": "modal", "title": "Modal", "components": list(parts), **fields}


def field(kind: int, **fields: object) -> Body:
    component = {"type": kind, "custom_id": f"field-{kind}", **fields}
    return {"type": 18, "label": "Label", "component": component}


ZERO = "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES"
COUNTS = "SELECT_COMPONENT_MAX_VALUES_INVALID"
IN = "components.0.component"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (modal(*(field(kind) for kind in (5, 6, 7, 8, 19))), {}),
        (modal(field(3, options=options(25)), field(21, options=options(10)), field(23)), {}),
        (modal(field(22, options=options(10)), field(23, default=True)), {}),
        (modal(field(3, options=options(2), required=False, min_values=0)), {}),
        (modal(field(22, options=options(2), required=False, min_values=0)), {}),
        (modal(field(8, disabled=False, default_values=[{"id": "1", "type": "channel"}])), {}),
        (modal(field(5, min_values=0)), {f"{IN}.min_values": ZERO}),
        (modal(field(3, options=options(1), min_values=0)), {f"{IN}.min_values": ZERO}),
        (modal(field(19, min_values=0, required=True)), {f"{IN}.min_values": ZERO}),
        (modal(field(22, options=options(1), min_values=0)), {f"{IN}.min_values": ZERO}),
        (
            modal(field(5, disabled=True)),
            {f"{IN}.disabled": "SELECT_COMPONENT_DISABLED_IN_MODAL"},
        ),
        (modal(field(21, options=options(1))), {f"{IN}.options": LENGTH}),
        (modal(field(21, options=options(11))), {f"{IN}.options": LENGTH}),
        (modal(field(21)), {f"{IN}.options": REQUIRED}),
        (
            modal(field(21, options=[{"label": "A", "value": "a"}] * 2)),
            {f"{IN}.options.1.value": "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"},
        ),
        (
            modal(field(21, options=[option | {"default": True} for option in options(2)])),
            {f"{IN}.options": "SELECT_COMPONENT_TOO_MANY_DEFAULTS"},
        ),
        (modal(field(22, options=options(11))), {f"{IN}.options": LENGTH}),
        (modal(field(22, options=options(2), max_values=3)), {f"{IN}.max_values": COUNTS}),
        (
            modal(field(22, options=options(3), min_values=11)),
            {f"{IN}.min_values": "NUMBER_TYPE_MAX"},
        ),
        (modal(field(19, max_values=11)), {f"{IN}.max_values": "NUMBER_TYPE_MAX"}),
        (modal(field(19, min_values=3, max_values=2)), {f"{IN}.max_values": COUNTS}),
        (modal(field(23, default="yes")), {f"{IN}.default": "BOOLEAN_TYPE_CONVERT"}),
        (modal(field(23, custom_id=None)), {f"{IN}.custom_id": REQUIRED}),
        (modal(field(10, content="x")), {f"{IN}.type": TYPE}),
        (modal({"type": 17, "components": [text()]}), {"components.0.type": TYPE}),
        (modal(row(button())), {"components.0.components.0.type": TYPE}),
        (
            modal(field(5, id=3), field(6, id=3)),
            {"components.1.component.id": "COMPONENT_ID_DUPLICATED"},
        ),
    ],
)
def test_modals_are_held_to_their_limits(body: Body, expected: dict[str, str]) -> None:
    assert wrong(MODAL, body) == expected
