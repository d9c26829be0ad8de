"""Each limit of Discord's is refused at its field, with its code; what is within passes."""

from typing import Any

import pytest
from error_codes import codes, wrong
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.rules.commands import check_command
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.messages import MESSAGE, check_files, embed_length, is_empty
from bot.sandbox.rules.modals import MODAL
from bot.sandbox.rules.shape import Problems, errors_of

Body = dict[str, Any]


def embed(**fields: object) -> Body:
    return {"embeds": [{"title": "t", **fields}]}


def row(*parts: Body) -> Body:
    return {"content": "c", "components": [{"type": 1, "components": list(parts)}]}


def button(**fields: object) -> Body:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go", **fields}


def menu(count: int = 1, **fields: object) -> Body:
    options = [{"label": f"Option {n}", "value": str(n)} for n in range(count)]
    return {"type": 3, "custom_id": "menu", "options": options, **fields}


FIRST = "components.0.components.0"
LINK = {"type": 2, "style": 5, "label": "arXiv", "url": "https://arxiv.org"}
FIELD = {"name": "n", "value": "v"}

FITTING: list[Body] = [
    {"content": "x" * 2000},
    {"content": None, "embeds": None, "components": [], "unknown": object},
    embed(title="t" * 256, description="d" * 4096),
    embed(fields=[{"name": "n" * 100, "value": "v" * 100}] * 25),
    embed(fields=[{"name": "n" * 256, "value": "v" * 1024}]),
    embed(footer={"text": "f" * 2048}, author={"name": "a" * 256}),
    embed(url="https://arxiv.org/abs/2502.14499", image={"url": "attachment://chart.png"}),
    embed(timestamp="2025-02-21T08:00:00+00:00", color=0xFFFFFF),
    embed(thumbnail={"url": "http://example.org/a.png"}),
    embed(image={"url": "https://user:word@10.0.0.1:8080/a.png"}),
    embed(image={"url": "https://[2001:db8::1]:8080/a_(1).png?x[0]=%20#y"}),
    embed(image={"url": "https://논문.example.org./그림.png"}),
    {"embeds": [{"description": "d"}] * 10},
    {"embeds": [{"description": "d" * 600}] * 10},
    row(*(button(custom_id=str(n)) for n in range(5))),
    row(button(label="l" * 80, custom_id="c" * 100)),
    row(LINK, LINK),
    row(menu(25)),
    row(menu(3, min_values=0, max_values=3)),
    row({"type": 8, "custom_id": "where", "channel_types": [0, 5]}),
    row(button(label=None, emoji={"name": "📄"})),
    {
        "content": "c",
        "components": [row(button(custom_id=str(n)))["components"][0] for n in range(5)],
    },
    {"nonce": "n" * 25, "enforce_nonce": True},
    {"nonce": 1234567890},
    {"allowed_mentions": {"parse": []}},
    {"allowed_mentions": {"parse": ["users"], "roles": ["1", 2]}},
    {"message_reference": {"message_id": "1"}},
    {"message_reference": {"message_id": 1, "fail_if_not_exists": False}},
    {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 4000}]},
    {
        "flags": 1 << 15,
        "components": [
            {
                "type": 17,
                "accent_color": 1,
                "components": [
                    {
                        "type": 9,
                        "components": [{"type": 10, "content": "text"}],
                        "accessory": button(),
                    },
                    {"type": 14, "divider": True, "spacing": 2},
                    {"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}}]},
                    {"type": 1, "components": [menu()]},
                ],
            }
        ],
    },
]


def test_messages_within_the_limits_pass() -> None:
    for body in FITTING:
        assert errors_of(MESSAGE, body) == {}, body


REFUSED: list[tuple[Body, dict[str, str]]] = [
    ({"content": "x" * 2001}, {"content": "BASE_TYPE_MAX_LENGTH"}),
    ({"content": 5}, {"content": "STRING_TYPE_CONVERT"}),
    (embed(title="t" * 257), {"embeds.0.title": "BASE_TYPE_MAX_LENGTH"}),
    (embed(description="d" * 4097), {"embeds.0.description": "BASE_TYPE_MAX_LENGTH"}),
    (embed(fields=[FIELD] * 26), {"embeds.0.fields": "BASE_TYPE_MAX_LENGTH"}),
    (embed(fields=[{"name": "n"}]), {"embeds.0.fields.0.value": "BASE_TYPE_REQUIRED"}),
    (embed(fields=[FIELD | {"name": " "}]), {"embeds.0.fields.0.name": "BASE_TYPE_REQUIRED"}),
    (
        embed(fields=[FIELD | {"name": "n" * 257}]),
        {"embeds.0.fields.0.name": "BASE_TYPE_BAD_LENGTH"},
    ),
    (
        embed(fields=[FIELD | {"value": "v" * 1025}]),
        {"embeds.0.fields.0.value": "BASE_TYPE_BAD_LENGTH"},
    ),
    (embed(footer={"text": "f" * 2049}), {"embeds.0.footer.text": "BASE_TYPE_BAD_LENGTH"}),
    (embed(author={"name": "a" * 257}), {"embeds.0.author.name": "BASE_TYPE_BAD_LENGTH"}),
    (embed(author={"url": "https://a.org"}), {"embeds.0.author.name": "BASE_TYPE_REQUIRED"}),
    (embed(url="javascript:alert(1)"), {"embeds.0.url": "URL_TYPE_INVALID_SCHEME"}),
    (embed(url="attachment://a.png"), {"embeds.0.url": "URL_TYPE_INVALID_SCHEME"}),
    (embed(url="figures/a.png"), {"embeds.0.url": "URL_TYPE_INVALID_URL"}),
    (embed(url="https://"), {"embeds.0.url": "URL_TYPE_INVALID_URL"}),
    (embed(url="https://a b.org"), {"embeds.0.url": "URL_TYPE_INVALID_URL"}),
    (embed(url="https://a.org/" + "x" * 2048), {"embeds.0.url": "BASE_TYPE_MAX_LENGTH"}),
    (
        embed(image={"url": "data:image/png;base64,x"}),
        {"embeds.0.image.url": "URL_TYPE_INVALID_SCHEME"},
    ),
    (embed(image={}), {"embeds.0.image.url": "BASE_TYPE_REQUIRED"}),
    *(
        (embed(image={"url": url}), {"embeds.0.image.url": "URL_TYPE_INVALID_URL"})
        for url in (
            "http://localhost/a.png",
            "https://host-without-a-dot/a.png",
            "https://under_score.example.org/a.png",
            "https://-a.example.org/a.png",
            "https://a..org/a.png",
            "https://example.1/a.png",
            "https://300.1.1.1/a.png",
            "https://[::1/a.png",
            "https://[1:2:3]/a.png",
            "https://example.org:/a.png",
            "https://example.org:port/a.png",
            "https://example.org:99999/a.png",
            "https://example.org/a[1].png",
            "https://example.org/a\\b.png",
            "https://example.org/a\u3000b.png",
            f"https://{'a' * 64}.org/a.png",
        )
    ),
    (embed(color=0x1000000), {"embeds.0.color": "NUMBER_TYPE_MAX"}),
    (embed(color="red"), {"embeds.0.color": "NUMBER_TYPE_COERCE"}),
    (embed(timestamp="yesterday"), {"embeds.0.timestamp": "DATE_TIME_TYPE_PARSE"}),
    ({"embeds": [{}]}, {"embeds.0.description": "BASE_TYPE_REQUIRED"}),
    ({"embeds": [None]}, {"embeds.0": "LIST_ITEM_VALUE_REQUIRED"}),
    ({"embeds": ["text"]}, {"embeds.0": "MODEL_TYPE_CONVERT"}),
    ({"embeds": {"title": "t"}}, {"embeds": "LIST_TYPE_CONVERT"}),
    ({"embeds": [{"description": "d"}] * 11}, {"embeds": "BASE_TYPE_MAX_LENGTH"}),
    ({"embeds": [{"description": "d" * 3001}] * 2}, {"embeds": "MAX_EMBED_SIZE_EXCEEDED"}),
    (row(), {"components.0.components": "BASE_TYPE_REQUIRED"}),
    (
        row(*(button(custom_id=str(n)) for n in range(6))),
        {"components.0.components": "BASE_TYPE_BAD_LENGTH"},
    ),
    (row(menu(), button()), {"components.0.components.1": "COMPONENT_LAYOUT_WIDTH_EXCEEDED"}),
    (row(menu(26)), {f"{FIRST}.options": "BASE_TYPE_BAD_LENGTH"}),
    (row(menu(0)), {f"{FIRST}.options": "BASE_TYPE_REQUIRED"}),
    (
        row(menu(1, options=[{"label": "l" * 101, "value": "v"}])),
        {f"{FIRST}.options.0.label": "BASE_TYPE_BAD_LENGTH"},
    ),
    (
        row(menu(1, options=[{"label": "l", "value": "v", "description": "d" * 101}])),
        {f"{FIRST}.options.0.description": "BASE_TYPE_MAX_LENGTH"},
    ),
    (
        row(menu(1, options=[{"label": "a", "value": "v"}, {"label": "b", "value": "v"}])),
        {f"{FIRST}.options.1.value": "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"},
    ),
    (
        row(menu(2, max_values=3)),
        {f"{FIRST}.max_values": "SELECT_COMPONENT_MAX_VALUES_INVALID"},
    ),
    (
        row(menu(2, placeholder="p" * 151)),
        {f"{FIRST}.placeholder": "BASE_TYPE_MAX_LENGTH"},
    ),
    (row(button(label="l" * 81)), {f"{FIRST}.label": "BASE_TYPE_MAX_LENGTH"}),
    (
        row(button(custom_id="c" * 101)),
        {f"{FIRST}.custom_id": "BASE_TYPE_BAD_LENGTH"},
    ),
    (
        row(button(custom_id=None)),
        {f"{FIRST}.custom_id": "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED"},
    ),
    (
        row(button(), button()),
        {"components.0.components.1.custom_id": "COMPONENT_CUSTOM_ID_DUPLICATED"},
    ),
    (row(button(style=9)), {f"{FIRST}.style": "BASE_TYPE_CHOICES"}),
    (
        row(button(label=None)),
        {FIRST: "BUTTON_COMPONENT_LABEL_EMOJI_REQUIRED"},
    ),
    (
        row(button(url="https://arxiv.org")),
        {f"{FIRST}.url": "BUTTON_COMPONENT_URL_FORBIDDEN"},
    ),
    (row(LINK | {"url": None}), {f"{FIRST}.url": "BUTTON_COMPONENT_URL_REQUIRED"}),
    (
        row(LINK | {"url": "https://a.org/" + "x" * 512}),
        {f"{FIRST}.url": "BASE_TYPE_MAX_LENGTH"},
    ),
    (
        row(LINK | {"url": "javascript://a"}),
        {f"{FIRST}.url": "URL_TYPE_INVALID_SCHEME"},
    ),
    (
        row(LINK | {"custom_id": "c"}),
        {f"{FIRST}.custom_id": "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"},
    ),
    (row({"type": 99}), {f"{FIRST}.type": "UNION_TYPE_CHOICES"}),
    (row({"style": 1}), {f"{FIRST}.type": "BASE_TYPE_REQUIRED"}),
    ({"components": [button()]}, {"components.0.type": "UNION_TYPE_CHOICES"}),
    ({"components": row(button())["components"] * 6}, {"components": "BASE_TYPE_MAX_LENGTH"}),
    ({"components": [{"type": 10, "content": "x"}]}, {"components.0.type": "UNION_TYPE_CHOICES"}),
    ({"nonce": "n" * 26}, {"nonce": "BASE_TYPE_MAX_LENGTH"}),
    ({"nonce": 1.5}, {"nonce": "STRING_TYPE_CONVERT"}),
    ({"allowed_mentions": {"parse": ["all"]}}, {"allowed_mentions.parse.0": "BASE_TYPE_CHOICES"}),
    (
        {"allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        {"allowed_mentions": "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"},
    ),
    (
        {"allowed_mentions": {"users": [1, "1"]}},
        {"allowed_mentions.users": "SET_TYPE_ALREADY_CONTAINS_VALUE"},
    ),
    (
        {"allowed_mentions": {"roles": [str(n) for n in range(101)]}},
        {"allowed_mentions.roles": "BASE_TYPE_MAX_LENGTH"},
    ),
    ({"allowed_mentions": {"users": ["x"]}}, {"allowed_mentions.users.0": "NUMBER_TYPE_COERCE"}),
    ({"tts": "yes"}, {"tts": "BOOLEAN_TYPE_CONVERT"}),
    ({"message_reference": {}}, {"message_reference.message_id": "BASE_TYPE_REQUIRED"}),
    (
        {"flags": 1 << 15, "content": "c", "components": [{"type": 10, "content": "x"}]},
        {"content": "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
    ),
    (
        {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 2001}] * 2},
        {"components": "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"},
    ),
    (
        {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 14}] * 21}] * 2},
        {"components": "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"},
    ),
    (
        {"flags": 1 << 15, "components": [{"type": 13, "file": {"url": "https://a.org/f"}}]},
        {"components.0.file.url": "URL_TYPE_INVALID_SCHEME"},
    ),
]


@pytest.mark.parametrize(("body", "expected"), REFUSED)
def test_messages_beyond_a_limit_are_refused_at_its_field(
    body: Body, expected: dict[str, str]
) -> None:
    assert wrong(MESSAGE, body) == expected


def test_all_errors_of_a_body_are_returned_at_once() -> None:
    body = {"content": "x" * 2001, "embeds": [{"title": "t" * 257}, {"title": "t", "url": "x"}]}
    assert errors_of(MESSAGE, body) == {
        "content": {
            "_errors": [
                {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}
            ]
        },
        "embeds": {
            "0": {
                "title": {
                    "_errors": [
                        {
                            "code": "BASE_TYPE_MAX_LENGTH",
                            "message": "Must be 256 or fewer in length.",
                        }
                    ]
                }
            },
            "1": {
                "url": {
                    "_errors": [
                        {"code": "URL_TYPE_INVALID_URL", "message": "Not a well formed URL."}
                    ]
                }
            },
        },
    }


KEYS = st.sampled_from(
    [
        *("type", "components", "content", "embeds", "title", "fields", "options", "value"),
        *("allowed_mentions", "parse", "flags", "style", "custom_id", "image", "url", "name"),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(JSON | st.dictionaries(KEYS, JSON, min_size=2))
def test_no_body_makes_a_rule_raise_an_exception(body: object) -> None:
    for check in (MESSAGE, MODAL, check_command):
        problems = Problems()
        check(body, (), problems)
        assert bool(problems) == bool(problems.tree)


def test_the_text_of_an_embed_is_counted_without_addresses() -> None:
    counted = {
        "title": "12",
        "description": "3",
        "url": "https://not.counted",
        "author": {"name": "4", "url": "https://not.counted"},
        "footer": {"text": "5"},
        "fields": [{"name": "6", "value": "78"}],
    }
    assert embed_length(counted) == 8


@pytest.mark.parametrize(
    ("body", "has_files", "empty"),
    [
        ({}, False, True),
        ({"content": "  \n"}, False, True),
        (row(button()) | {"content": ""}, False, True),
        ({"content": "x"}, False, False),
        ({"embeds": [{}]}, False, False),
        ({}, True, False),
        ({"flags": 1 << 15, "components": [{"type": 10, "content": "x"}]}, False, False),
    ],
)
def test_buttons_alone_are_an_empty_message(body: Body, has_files: bool, empty: bool) -> None:
    assert is_empty(body, has_files=has_files) is empty


def test_attachments_belong_to_files_of_the_request() -> None:
    problems = Problems()
    check_files({"attachments": [{"id": 0}, {"id": "1"}]}, {"files[0]": 10}, problems)
    assert codes(problems.tree) == {"attachments.1.id": "MESSAGE_ATTACHMENT_NOT_FOUND"}
    problems = Problems()
    edit = {"attachments": [{"id": "71"}, {"id": "72"}]}
    check_files(edit, {}, problems, kept={71})
    assert codes(problems.tree) == {"attachments.1.id": "MESSAGE_ATTACHMENT_NOT_FOUND"}
    problems = Problems()
    MESSAGE({"attachments": [{"id": 0, "description": "x" * 1_025}]}, (), problems)
    assert "attachments.0.description" in codes(problems.tree)
    problems = Problems()
    check_files({}, {f"files[{n}]": 1 for n in range(11)}, problems)
    assert codes(problems.tree) == {"attachments": "BASE_TYPE_MAX_LENGTH"}
    with pytest.raises(ApiError) as refused:
        check_files({}, {"files[0]": 10 * 1024 * 1024 + 1}, Problems())
    assert refused.value.refusal is Refusal.PAYLOAD_TOO_LARGE


def form(*parts: Body, **fields: object) -> Body:
    return {"custom_id": "form", "title": "Form", "components": list(parts), **fields}


def label(component: Body, **fields: object) -> Body:
    return {"type": 18, "label": "Name", "component": component, **fields}


LINE = {"type": 4, "custom_id": "line", "style": 1}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (form(label(LINE)), {}),
        (form({"type": 1, "components": [LINE | {"label": "Name"}]}), {}),
        (form({"type": 10, "content": "Read this"}, label(menu())), {}),
        (form(label(LINE), title="t" * 46), {"title": "BASE_TYPE_BAD_LENGTH"}),
        (form(), {"components": "BASE_TYPE_REQUIRED"}),
        (
            form(*(label(LINE | {"custom_id": str(n)}) for n in range(6))),
            {"components": "BASE_TYPE_BAD_LENGTH"},
        ),
        (form(label(LINE, label="l" * 46)), {"components.0.label": "BASE_TYPE_BAD_LENGTH"}),
        (
            form(label(LINE, description="d" * 101)),
            {"components.0.description": "BASE_TYPE_BAD_LENGTH"},
        ),
        (
            form(label(LINE), label(LINE)),
            {"components.1.component.custom_id": "COMPONENT_CUSTOM_ID_DUPLICATED"},
        ),
        (
            form({"type": 1, "components": [LINE]}),
            {f"{FIRST}.label": "BASE_TYPE_REQUIRED"},
        ),
        (form(label(button())), {"components.0.component.type": "UNION_TYPE_CHOICES"}),
        (
            form(label(LINE | {"placeholder": "p" * 101})),
            {"components.0.component.placeholder": "BASE_TYPE_MAX_LENGTH"},
        ),
        (
            form(label(LINE | {"min_length": 5, "max_length": 4})),
            {"components.0.component.min_length": "TEXT_INPUT_LENGTH_INVALID"},
        ),
        (
            form(label(LINE | {"value": "long", "max_length": 3})),
            {"components.0.component.value": "BASE_TYPE_BAD_LENGTH"},
        ),
        (form(label(LINE), custom_id="c" * 101), {"custom_id": "BASE_TYPE_BAD_LENGTH"}),
    ],
)
def test_modals_with_action_rows_are_held_to_their_limits(
    body: Body, expected: dict[str, str]
) -> None:
    assert wrong(MODAL, body) == expected
