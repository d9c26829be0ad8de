"""People use the buttons and menus of messages with Components V2."""

from typing import Any

import discord
import pytest
from discord import ui
from small_bot import BotInteraction, Place

from bot.sandbox import CallbackType, ChannelType, NotSentError
from bot.sandbox.model import MessageFlag


class Renamed(ui.Modal, title="Name"):
    name: ui.Label["Renamed"] = ui.Label(text="Name", component=ui.TextInput())

    def __init__(self, screen: "Screen") -> None:
        super().__init__()
        self.screen = screen

    async def on_submit(self, interaction: BotInteraction) -> None:
        assert isinstance(self.name.component, ui.TextInput)
        self.screen.said.content = self.name.component.value
        await interaction.response.edit_message(view=self.screen)


class Screen(ui.LayoutView):
    """A small settings screen: a section with a button, and menus within a container."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.said: ui.TextDisplay[Screen] = ui.TextDisplay("nothing yet")
        rename: ui.Button[Screen] = ui.Button(label="Rename", custom_id="rename")
        rename.callback = self.rename  # type: ignore[method-assign]  # discord.py's own way
        self.add_item(ui.Container(ui.Section(self.said, accessory=rename)))
        box = self.children[0]
        assert isinstance(box, ui.Container)
        for select in (
            ui.ChannelSelect[Screen](placeholder="Where?", custom_id="where"),
            ui.UserSelect[Screen](placeholder="Who?", max_values=2, custom_id="who"),
            ui.RoleSelect[Screen](placeholder="Role?", custom_id="role"),
        ):
            select.callback = self.chosen(select)  # type: ignore[method-assign]  # the same
            box.add_item(ui.ActionRow(select))
        kinds: ui.Select[Screen] = ui.Select(
            placeholder="Kind?",
            custom_id="kind",
            options=[discord.SelectOption(label="Daily"), discord.SelectOption(label="Other…")],
        )
        kinds.callback = self.rename  # type: ignore[method-assign]  # the same
        self.add_item(ui.ActionRow(kinds))

    async def rename(self, interaction: BotInteraction) -> None:
        await interaction.response.send_modal(Renamed(self))

    def chosen(self, select: Any) -> Any:  # noqa: ANN401  menus of several kinds
        async def callback(interaction: BotInteraction) -> None:
            self.said.content = ", ".join(value.name for value in select.values)
            await interaction.response.edit_message(view=self)

        return callback


def shows_screen(place: Place, *, ephemeral: bool = False) -> None:
    @place.bot.tree.command(name="screen", description="Shows the screen")
    async def show(interaction: BotInteraction) -> None:
        await interaction.response.send_message(view=Screen(), ephemeral=ephemeral)


def said(message: Any) -> str:  # noqa: ANN401  a message that is there
    return str(message.components[0]["components"][0]["components"][0]["content"])


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_nested_buttons_and_menus_are_used(place: Place, *, ephemeral: bool) -> None:
    shows_screen(place, ephemeral=ephemeral)
    readers = place.guild.add_role("Readers")
    async with place.start():
        shown = (await place.anna.slash("screen")).message
        assert shown
        assert shown.ephemeral is ephemeral
        await place.anna.choose(shown, place.general, "Where?")
        assert said(shown) == "general"
        await place.anna.choose(shown, [place.anna, place.guild.add_member("Bo")], "who")
        assert said(shown) == "anna, bo"
        await place.anna.choose(shown, readers, "Role?")
        assert said(shown) == "Readers"
        opened = await place.anna.press(shown, "Rename")
        sent = await place.anna.submit(opened, {"Name": "Papers"})

    assert sent.answer is CallbackType.UPDATE
    assert said(shown) == "Papers"
    assert shown.flags & MessageFlag.COMPONENTS_V2


async def test_a_deferred_answer_may_become_a_layout(place: Place) -> None:
    @place.bot.tree.command(name="screen", description="Shows the screen")
    async def show(interaction: BotInteraction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(view=Screen())
        await interaction.followup.send(view=Screen(), ephemeral=True)

    async with place.start():
        interaction = await place.anna.slash("screen")
        further = await interaction.followup()

    assert interaction.message
    for message in (interaction.message, further):
        assert message.ephemeral
        assert said(message) == "nothing yet"


async def test_a_choice_that_opened_a_modal_can_not_be_made_again(place: Place) -> None:
    shows_screen(place)
    async with place.start():
        shown = (await place.anna.slash("screen")).message
        assert shown
        opened = await place.anna.choose(shown, "Other…", "kind")
        place.anna.dismiss(opened)
        with pytest.raises(NotSentError, match="is chosen already"):
            await place.anna.choose(shown, "Other…", "kind")
        assert (await place.anna.choose(shown, "Daily", "kind")).modal
        opened = await place.anna.choose(shown, "Other…", "kind")
        await place.anna.submit(opened, {"Name": "Papers"})
        # The message was edited, so that the menu stands as it did at first.
        assert (await place.anna.choose(shown, "Other…", "kind")).modal


async def test_copies_of_a_published_message_have_no_components(place: Place) -> None:
    news = place.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    follower = place.sandbox.add_guild("Follower", with_bot=False).add_channel("feed")
    place.guild.follow(news, follower)
    async with place.start():
        channel = place.bot.get_channel(news.id)
        assert isinstance(channel, discord.TextChannel)
        view = ui.View()
        view.add_item(ui.Button(label="arXiv", url="https://arxiv.org"))
        embed = discord.Embed(title="Paper")
        plain = await channel.send("Papers", embed=embed, view=view)
        await plain.publish()
        await plain.edit(content="More papers")
        await (await channel.send(view=Screen())).publish()

    copy, empty = follower.messages
    assert (copy.content, copy.embeds[0]["title"], copy.components) == ("More papers", "Paper", [])
    assert copy.flags == MessageFlag.IS_CROSSPOST
    assert copy.author.name == "Reading group #news"
    # Nothing of a layout is left.
    assert (empty.content, empty.embeds, empty.components) == ("", [], [])
    assert news.messages[0].components


@pytest.mark.parametrize(("layout", "text"), [(False, "Papers"), (True, "")])
async def test_push_notifications_of_layouts_are_empty(
    place: Place, *, layout: bool, text: str
) -> None:
    async with place.start():
        if layout:
            await place.channel().send(view=Screen())
        else:
            await place.channel().send("Papers")
    assert place.general.messages[0].push_text == text
