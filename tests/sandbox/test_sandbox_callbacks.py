"""First responses to interactions, sent by hand: valid and invalid ones."""

import asyncio
from typing import Any

import pytest
from small_bot import Ask, Place

from bot.sandbox import Interaction, NotSentError

PAPER = {
    "name": "paper",
    "description": "Finds",
    "options": [
        {"type": 3, "name": "query", "description": "What", "autocomplete": True},
        {"type": 4, "name": "count", "description": "How many", "autocomplete": True},
    ],
}
BUTTON = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
FORM = {
    "custom_id": "form",
    "title": "Form",
    "components": [
        {
            "type": 18,
            "label": "Word",
            "component": {"type": 4, "custom_id": "word", "style": 1, "required": False},
        },
        {
            "type": 18,
            "label": "Kind",
            "component": {
                "type": 3,
                "custom_id": "kind",
                "required": False,
                "min_values": 0,
                "options": [{"label": "A", "value": "a"}],
            },
        },
    ],
}


@pytest.fixture
async def begun(place: Place, ask: Ask) -> Interaction:
    """The interaction of a slash command without a response."""
    app = place.sandbox.world.application_id
    await ask("PUT", f"/applications/{app}/commands", json=[PAPER])
    return await place.anna.slash("paper", query="x", wait=False)


def callback(interaction: Interaction) -> str:
    return f"/interactions/{interaction.id}/{interaction.token}/callback"


async def typing(place: Place, ask: Ask, option: str, answer: dict[str, Any]) -> tuple[int, Any]:
    """Let a person type into an option and respond; return the answer to the response."""
    with place.sandbox.subscribe() as events:
        offered = asyncio.create_task(
            place.anna.autocomplete("paper", option, 0 if option == "count" else "", force=True),
            name="autocomplete",
        )
        interaction = (await events.next("INTERACTION_CREATE")).subject
        answered = await ask("POST", callback(interaction), json=answer, token=None)
        # A refused answer leaves the person waiting.
        offered.cancel()
        await asyncio.gather(offered, return_exceptions=True)
    return answered


async def test_the_first_response_needs_no_token_and_returns_its_message_on_request(
    place: Place, ask: Ask, begun: Interaction
) -> None:
    body = {"type": 4, "data": {"content": "found", "flags": 64}}
    status, made = await ask("POST", callback(begun) + "?with_response=true", json=body, token=None)
    assert status == 200
    assert made["interaction"]["response_message_ephemeral"] is True
    assert made["resource"]["message"]["content"] == "found"
    assert begun.ephemeral
    second = await place.anna.slash("paper", query="y", wait=False)
    assert await ask("POST", callback(second), json=body, token=None) == (204, None)


WRONG: list[tuple[dict[str, Any], int]] = [
    ({}, 50035),
    ({"type": 6}, 50035),
    ({"type": 7, "data": {"content": "c"}}, 50035),
    ({"type": 8, "data": {"choices": []}}, 50035),
    ({"type": 99}, 50035),
    ({"type": 4}, 50035),
    ({"type": 4, "data": {}}, 50006),
    ({"type": 4, "data": {"content": "x" * 2001}}, 50035),
    ({"type": 9}, 50035),
    ({"type": 9, "data": FORM | {"title": "t" * 46}}, 50035),
]


async def test_a_response_of_a_wrong_type_is_refused_and_does_not_count(
    ask: Ask, begun: Interaction
) -> None:
    for body, code in WRONG:
        status, answer = await ask("POST", callback(begun), json=body, token=None)
        assert (status, answer["code"]) == (400, code), body
        assert not begun.acknowledged, body
    assert (await ask("POST", callback(begun), json={"type": 5}, token=None))[0] == 204


async def test_errors_of_a_message_are_named_below_data(ask: Ask, begun: Interaction) -> None:
    body = {"type": 4, "data": {"embeds": [{"title": "t" * 257}]}}
    _, answer = await ask("POST", callback(begun), json=body, token=None)
    assert list(answer["errors"]["data"]["embeds"]["0"]) == ["title"]


async def test_followups_before_the_first_response_are_refused(
    place: Place, ask: Ask, begun: Interaction
) -> None:
    path = f"/webhooks/{place.sandbox.world.application_id}/{begun.token}"
    status, body = await ask("POST", path, json={"content": "early"}, token=None)
    assert (status, body["code"]) == (404, 10015)
    await ask("POST", callback(begun), json={"type": 5, "data": {"flags": 64}}, token=None)
    status, body = await ask("POST", path, json={"content": "now"}, token=None)
    assert (status, body["flags"]) == (200, 64)
    assert begun.message
    assert begun.message.content == "now"
    status, body = await ask("PATCH", f"{path}/messages/1", json={"content": "no"}, token=None)
    assert (status, body["code"]) == (404, 10008)
    message = f"{path}/messages/{begun.message.id}"
    assert (await ask("PATCH", message, json={"content": ""}, token=None))[1]["code"] == 50006
    assert (await ask("GET", message, token=None))[1]["content"] == "now"


async def test_a_deferred_response_is_not_edited_to_an_empty_message(
    place: Place, ask: Ask, begun: Interaction
) -> None:
    await ask("POST", callback(begun), json={"type": 5}, token=None)
    path = f"/webhooks/{place.sandbox.world.application_id}/{begun.token}/messages/@original"
    status, body = await ask("PATCH", path, json={"content": ""}, token=None)
    assert (status, body["code"]) == (400, 50006)
    assert not begun.settled


CHOICES: list[tuple[str, list[dict[str, Any]], int]] = [
    ("query", [{"name": "n" * 100, "value": "v" * 100}] * 25, 204),
    ("query", [{"name": "n", "value": "v"}] * 26, 400),
    ("query", [{"name": "n" * 101, "value": "v"}], 400),
    ("query", [{"name": "", "value": "v"}], 400),
    ("query", [{"name": "n", "value": "v" * 101}], 400),
    ("query", [{"name": "n"}], 400),
    ("count", [{"name": "n", "value": 3}], 204),
    ("count", [{"name": "n", "value": "three"}], 400),
]


async def test_choices_are_held_to_their_limits(place: Place, ask: Ask) -> None:
    for option, choices, status in CHOICES:
        answer = {"type": 8, "data": {"choices": choices}}
        assert (await typing(place, ask, option, answer))[0] == status, choices


async def test_autocomplete_is_responded_to_with_choices_only(place: Place, ask: Ask) -> None:
    for body in ({"type": 4, "data": {"content": "c"}}, {"type": 8}, {"type": 5}):
        status, answer = await typing(place, ask, "query", body)
        assert (status, answer["code"]) == (400, 50035)


async def test_a_modal_is_responded_to_with_a_message_and_not_with_a_modal(
    place: Place, ask: Ask, begun: Interaction
) -> None:
    await ask("POST", callback(begun), json={"type": 9, "data": FORM}, token=None)
    assert begun.modal
    sent = await place.anna.submit(begun, {"word": "w", "Kind": ["A"]}, wait=False)
    word, kind_of = (part["component"] for part in sent.data["components"])
    assert (word["value"], kind_of["values"]) == ("w", ["a"])
    for kind in (9, 7):
        body = {"type": kind, "data": FORM if kind == 9 else {"content": "c"}}
        status, answer = await ask("POST", callback(sent), json=body, token=None)
        assert (status, answer["code"]) == (400, 50035)
    await ask("POST", callback(sent), json={"type": 4, "data": {"content": "c"}}, token=None)
    assert (await sent.result()).message
    with pytest.raises(NotSentError, match="no form is open"):
        await place.anna.submit(sent, {})


async def test_a_modal_from_a_button_may_update_the_buttons_message(place: Place, ask: Ask) -> None:
    body = {"content": "c", "components": [{"type": 1, "components": [BUTTON]}]}
    await ask("POST", f"/channels/{place.general.id}/messages", json=body)
    (shown,) = place.general.messages
    pressed = await place.anna.press(shown, "Go", wait=False)
    await ask("POST", callback(pressed), json={"type": 9, "data": FORM}, token=None)
    sent = await place.anna.submit(pressed, {}, wait=False)
    change = {"type": 7, "data": {"content": "changed", "components": []}}
    status, _ = await ask("POST", callback(sent), json=change, token=None)
    assert status == 204
    assert (shown.content, shown.components) == ("changed", [])
    with pytest.raises(NotSentError, match="0 parts"):
        await place.anna.press(shown, "Go")
    await ask("DELETE", f"/channels/{place.general.id}/messages/{shown.id}")
    with pytest.raises(NotSentError, match="gone"):
        await place.anna.press(shown, "Go")


async def test_a_button_without_a_response_shows_its_own_error(place: Place, ask: Ask) -> None:
    body = {"content": "c", "components": [{"type": 1, "components": [BUTTON]}]}
    await ask("POST", f"/channels/{place.general.id}/messages", json=body)
    pressed = await place.anna.press(place.general.messages[0], "Go", wait=False)
    place.sandbox.world.give_up(pressed)
    assert (await pressed.result()).failed == "This interaction failed"
    status, answer = await ask("POST", callback(pressed), json={"type": 6}, token=None)
    assert (status, answer["code"]) == (404, 10062)
