"""People fill in modals of discord.py: menus, radio and checkbox groups, files."""

from typing import Any

import discord
import pytest
from discord import ui
from small_bot import Ask, BotInteraction, Place

from bot.sandbox import CallbackType, Channel, ChannelType, Interaction, NotSentError, Role, Upload
from bot.sandbox.model import User
from bot.sandbox.people.modal_data import Entry

Option = discord.SelectOption


class Setup(ui.Modal, title="Set-up"):
    intro: ui.TextDisplay[Any] = ui.TextDisplay("What, where and when.")
    where: ui.Label["Setup"] = ui.Label(
        text="Where",
        description="A text channel",
        component=ui.ChannelSelect(channel_types=[discord.ChannelType.text]),
    )
    who: ui.Label["Setup"] = ui.Label(
        text="Who", component=ui.MentionableSelect(required=False, min_values=0, max_values=3)
    )
    when: ui.Label["Setup"] = ui.Label(
        text="When",
        component=ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="Morning", value="8", default=True),
                discord.RadioGroupOption(label="Evening", value="20"),
            ]
        ),
    )
    days: ui.Label["Setup"] = ui.Label(
        text="Days",
        component=ui.CheckboxGroup(
            options=[
                discord.CheckboxGroupOption(label=day, value=day[:2])
                for day in ("Monday", "Friday")
            ],
            min_values=1,
            max_values=2,
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []

    async def on_submit(self, interaction: BotInteraction) -> None:
        for label in (self.where, self.who, self.when, self.days):
            component: Any = label.component
            self.got.append(component.value if label is self.when else component.values)
        await interaction.response.send_message("done", ephemeral=True)


class Details(ui.Modal, title="Details"):
    people: ui.Label["Details"] = ui.Label(text="People", component=ui.UserSelect(max_values=2))
    role: ui.Label["Details"] = ui.Label(text="Role", component=ui.RoleSelect())
    file: ui.Label["Details"] = ui.Label(
        text="List", component=ui.FileUpload(required=False, min_values=0)
    )
    silent: ui.Label["Details"] = ui.Label(text="Silent", component=ui.Checkbox(default=True))
    format: ui.Label["Details"] = ui.Label(
        text="Format", component=ui.Select(options=[Option(label="Long"), Option(label="Short")])
    )

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []

    async def on_submit(self, interaction: BotInteraction) -> None:
        for label in (self.people, self.role, self.file, self.silent, self.format):
            component: Any = label.component
            self.got.append(component.value if label is self.silent else component.values)
        await interaction.response.send_message("done")


def opens(place: Place, modal: ui.Modal) -> None:
    @place.bot.tree.command(name="open", description="Opens a modal")
    async def open_modal(interaction: BotInteraction) -> None:
        await interaction.response.send_modal(modal)


async def test_menus_and_groups_of_a_modal_have_the_values_that_were_chosen(place: Place) -> None:
    modal = Setup()
    opens(place, modal)
    readers = place.guild.add_role("Readers")
    async with place.start():
        opened = await place.anna.slash("open")
        sent = await place.anna.submit(
            opened,
            {
                "Where": place.general,
                "Who": [place.anna, readers],
                "When": "Evening",
                "Days": ["Monday", "Fr"],
            },
        )

    assert sent.answer is CallbackType.MESSAGE
    assert sent.ephemeral
    where, who, when, days = modal.got
    assert [channel.id for channel in where] == [place.general.id]
    assert [type(each) for each in who] == [discord.Member, discord.Role]
    assert [each.name for each in who] == ["anna", "Readers"]
    assert (when, days) == ("20", ["Mo", "Fr"])


async def test_what_is_not_filled_in_keeps_its_default(place: Place) -> None:
    modal = Setup()
    opens(place, modal)
    async with place.start():
        opened = await place.anna.slash("open")
        await place.anna.submit(opened, {"Where": place.general, "Days": "Friday"})

    assert modal.got[1:] == [[], "8", ["Fr"]]


async def test_users_roles_files_and_checkboxes_arrive(place: Place) -> None:
    modal = Details()
    opens(place, modal)
    bo, readers = place.guild.add_member("Bo"), place.guild.add_role("Readers")
    async with place.start():
        opened = await place.anna.slash("open")
        sent = await place.anna.submit(
            opened,
            {
                "People": [bo, place.anna],
                "Role": readers,
                "List": Upload("list.md", b"# List"),
                "Silent": False,
                "Format": "Short",
            },
        )
        people, role, files, silent, shape = modal.got
        content = await files[0].read()

    assert sent.answer is CallbackType.MESSAGE
    assert {person.id for person in people} == {bo.id, place.anna.id}
    assert [each.id for each in role] == [readers.id]
    assert (files[0].filename, content) == ("list.md", b"# List")
    assert files[0].ephemeral
    assert (silent, shape) == (False, ["Short"])


async def opened_raw(place: Place, ask: Ask, components: list[Any]) -> Interaction:
    """Open a modal by REST, also one that a library would not send."""
    interaction = await place.anna.slash("any", force=True, wait=False)
    path = f"/interactions/{interaction.id}/{interaction.token}/callback"
    data = {"custom_id": "raw", "title": "Raw", "components": components}
    status, answer = await ask("POST", path, json={"type": 9, "data": data}, token=None)
    assert status == 204, answer
    return interaction


def label(component: dict[str, Any]) -> dict[str, Any]:
    return {"type": 18, "label": "Field", "component": {"custom_id": "field", **component}}


TWO = [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]


FILLED: list[tuple[dict[str, Any], Entry | None, dict[str, Any]]] = [
    ({"type": 4, "style": 1, "value": "before"}, None, {"value": "before"}),
    ({"type": 3, "options": TWO}, "Two", {"values": ["2"]}),
    ({"type": 3, "options": TWO, "required": False, "min_values": 0}, None, {"values": []}),
    ({"type": 21, "options": TWO}, "One", {"value": "1"}),
    ({"type": 21, "options": TWO, "required": False}, None, {"value": None}),
    ({"type": 22, "options": TWO}, ["1", "2"], {"values": ["1", "2"]}),
    ({"type": 22, "options": TWO, "required": False, "min_values": 0}, [], {"values": []}),
    ({"type": 23}, None, {"value": False}),
    ({"type": 23}, True, {"value": True}),
    ({"type": 19, "required": False, "min_values": 0}, None, {"values": []}),
]


async def test_each_field_sends_what_discord_sends_of_it(place: Place, ask: Ask) -> None:
    for component, value, sent in FILLED:
        fields = [{"type": 10, "content": "text"}, label(component)]
        interaction = await opened_raw(place, ask, fields)
        values: dict[str, Entry] = {} if value is None else {"Field": value}
        submitted = await place.anna.submit(interaction, values, wait=False)
        field = {"type": component["type"], "id": 3, "custom_id": "field"} | sent
        assert submitted.data == {
            "custom_id": "raw",
            "components": [
                {"type": 10, "id": 1},
                {"type": 18, "id": 2, "component": field},
            ],
        }, component


LACKING: list[tuple[dict[str, Any], Entry | None, str]] = [
    ({"type": 4, "style": 1}, None, "'Field' is required"),
    ({"type": 3, "options": TWO}, None, "'Field' takes 1 to 1"),
    # Optional, but it does not say that nothing will do.
    ({"type": 3, "options": TWO, "required": False}, None, "'Field' takes 1 to 1"),
    ({"type": 3, "options": TWO}, "Three", "'Field' has no option 'Three'"),
    ({"type": 5}, None, "'Field' takes 1 to 1"),
    ({"type": 21, "options": TWO}, None, "'Field' takes 1 to 1"),
    ({"type": 21, "options": TWO}, ["One", "Two"], "'Field' takes 1 to 1"),
    ({"type": 22, "options": TWO}, None, "'Field' takes 1 to 2"),
    ({"type": 22, "options": TWO, "max_values": 1}, ["1", "2"], "'Field' takes 1 to 1"),
    ({"type": 22, "options": TWO}, ["1", "1"], "'Field' takes 1 to 2, each once"),
    ({"type": 23}, "yes", "'Field' is checked or not"),
    ({"type": 19}, None, "'Field' takes 1 to 1 files"),
    ({"type": 19}, "list.md", "'Field' takes 1 to 1 files"),
]


async def test_a_modal_is_not_sent_without_what_is_required(place: Place, ask: Ask) -> None:
    for component, value, why in LACKING:
        interaction = await opened_raw(place, ask, [label(component)])
        with pytest.raises(NotSentError) as refused:
            await place.anna.submit(interaction, {} if value is None else {"Field": value})
        assert why in str(refused.value), component


async def test_menus_of_a_modal_offer_what_is_there_for_the_person(place: Place, ask: Ask) -> None:
    news = place.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    secret = place.guild.add_channel("secret")
    place.guild.set_overwrite(secret, place.guild.everyone, deny=1 << 10)
    elsewhere = place.sandbox.add_guild("Elsewhere")
    far = elsewhere.add_channel("far")
    stranger = elsewhere.add_member("Stranger")
    role = elsewhere.add_role("Far")
    cases: list[tuple[dict[str, Any], User | Role | Channel]] = [
        ({"type": 8, "channel_types": [0]}, news),
        ({"type": 8}, secret),
        ({"type": 8}, far),
        ({"type": 5}, stranger),
        ({"type": 6}, role),
        ({"type": 6}, place.anna),
        ({"type": 7}, place.general),
    ]
    for component, value in cases:
        interaction = await opened_raw(place, ask, [label(component)])
        with pytest.raises(NotSentError, match="'Field' does not offer"):
            await place.anna.submit(interaction, {"Field": value})
        forced = await place.anna.submit(interaction, {"Field": value}, force=True, wait=False)
        assert forced.data["components"][0]["component"]["values"] == [str(value.id)]


async def test_default_values_of_menus_are_sent_with_what_they_name(place: Place, ask: Ask) -> None:
    readers = place.guild.add_role("Readers")
    defaults = [
        {"id": str(place.anna.id), "type": "user"},
        {"id": str(readers.id), "type": "role"},
    ]
    field = {"type": 7, "max_values": 2, "default_values": defaults}
    interaction = await opened_raw(place, ask, [label(field)])
    sent = await place.anna.submit(interaction, {}, wait=False)
    assert sent.data["components"][0]["component"]["values"] == [each["id"] for each in defaults]
    assert set(sent.data["resolved"]) == {"users", "members", "roles"}


async def test_a_dismissed_modal_is_not_submitted_and_sends_nothing(place: Place, ask: Ask) -> None:
    interaction = await opened_raw(place, ask, [label({"type": 23})])
    with place.sandbox.subscribe() as events:
        place.anna.dismiss(interaction)
        with pytest.raises(NotSentError, match="no form is open"):
            await place.anna.submit(interaction, {})
        with pytest.raises(NotSentError, match="no form is open"):
            place.anna.dismiss(interaction)
        place.anna.say("next")
        assert (await events.next()).name == "MESSAGE_CREATE"


async def test_a_modal_is_closed_when_the_bot_has_answered_it(place: Place) -> None:
    modal = Setup()
    opens(place, modal)
    values: dict[str, Entry] = {"Where": place.general, "Days": "Friday"}
    async with place.start():
        opened = await place.anna.slash("open")
        await place.anna.submit(opened, values)
        with pytest.raises(NotSentError, match="no form is open"):
            await place.anna.submit(opened, values)


async def test_a_modal_can_not_answer_a_modal(place: Place, ask: Ask) -> None:
    interaction = await opened_raw(place, ask, [label({"type": 23})])
    sent = await place.anna.submit(interaction, {}, wait=False)
    path = f"/interactions/{sent.id}/{sent.token}/callback"
    data = {"custom_id": "x", "title": "X", "components": [label({"type": 23})]}
    status, answer = await ask("POST", path, json={"type": 9, "data": data}, token=None)
    assert (status, answer["code"]) == (400, 50035)
    assert set(answer["errors"]) == {"type"}
