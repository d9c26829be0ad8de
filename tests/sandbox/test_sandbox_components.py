"""People press buttons, choose from menus and fill in forms of a small bot."""

import discord
from discord import ui
from small_bot import BotInteraction, Place

from bot.sandbox import CallbackType


class Counter(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.count = 0

    @ui.button(label="More")
    async def more(self, interaction: BotInteraction, _button: ui.Button["Counter"]) -> None:
        self.count += 1
        await interaction.response.edit_message(content=f"count {self.count}", view=self)

    @ui.button(label="Later", custom_id="later")
    async def later(self, interaction: BotInteraction, _button: ui.Button["Counter"]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="later", view=None)

    @ui.select(
        placeholder="Which?",
        options=[discord.SelectOption(label="One", value="1"), discord.SelectOption(label="Two")],
        max_values=2,
    )
    async def which(self, interaction: BotInteraction, select: "ui.Select[Counter]") -> None:
        await interaction.response.send_message(" ".join(select.values), ephemeral=True)

    @ui.select(cls=ui.ChannelSelect, placeholder="Where?")
    async def where(self, interaction: BotInteraction, select: "ui.ChannelSelect[Counter]") -> None:
        await interaction.response.send_message(select.values[0].name, ephemeral=True)


def add_counter(place: Place) -> None:
    @place.bot.tree.command(description="Counts")
    async def count(interaction: BotInteraction) -> None:
        await interaction.response.send_message("count 0", view=Counter())


async def test_a_button_changes_its_message(place: Place) -> None:
    add_counter(place)
    async with place.start():
        shown = (await place.anna.slash("count")).message
        assert shown
        first = await place.anna.press(shown, "More")
        second = await place.anna.press(shown, "More")

    assert first.answer is second.answer is CallbackType.UPDATE
    assert shown.content == "count 2"
    assert place.general.messages == [shown]


async def test_a_button_that_defers_changes_its_message_later(place: Place) -> None:
    add_counter(place)
    async with place.start():
        shown = (await place.anna.slash("count")).message
        assert shown
        pressed = await place.anna.press(shown, "later")
        await pressed.edited()

    assert pressed.answer is CallbackType.DEFERRED_UPDATE
    assert shown.content == "later"
    assert shown.components == []


async def test_menus_send_what_was_chosen(place: Place) -> None:
    add_counter(place)
    async with place.start():
        shown = (await place.anna.slash("count")).message
        assert shown
        words = await place.anna.choose(shown, ["One", "Two"], "Which?")
        channel = await place.anna.choose(shown, place.general, "Where?")

    assert words.message
    assert words.message.content == "1 Two"
    assert channel.message
    assert channel.message.content == "general"


class Form(ui.Modal, title="Tell me"):
    line: ui.TextInput["Form"] = ui.TextInput(label="Name", max_length=10)
    note: ui.Label["Form"] = ui.Label(
        text="Note", component=ui.TextInput(style=discord.TextStyle.long, required=False)
    )
    kind: ui.Label["Form"] = ui.Label(
        text="Kind", component=ui.Select(options=[discord.SelectOption(label="A", value="a")])
    )

    async def on_submit(self, interaction: BotInteraction) -> None:
        assert isinstance(self.note.component, ui.TextInput)
        assert isinstance(self.kind.component, ui.Select)
        said = f"{self.line.value} {self.note.component.value!r} {self.kind.component.values}"
        await interaction.response.send_message(said, ephemeral=True)


async def test_a_modal_is_submitted(place: Place) -> None:
    @place.bot.tree.command(description="Opens a form")
    async def form(interaction: BotInteraction) -> None:
        await interaction.response.send_modal(Form())

    async with place.start():
        opened = await place.anna.slash("form")
        assert opened.modal
        sent = await place.anna.submit(opened, {"Name": "Anna", "Kind": "A"})

    assert opened.modal["title"] == "Tell me"
    assert sent.message
    assert sent.message.content == "Anna '' ['a']"
