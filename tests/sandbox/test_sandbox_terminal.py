"""A person at a terminal sees layouts and modals, and uses them by lines of text."""

import io
from typing import Any

import discord
import pytest
from discord import ui
from rich.console import Console
from small_bot import BotInteraction, Place

from bot.sandbox import NotSentError
from bot.sandbox.terminal import Terminal

CONTROL = "\x1b]0;title\x07"


class Rename(ui.Modal, title="Rename"):
    name: ui.Label["Rename"] = ui.Label(
        text="Name", description="A short one", component=ui.TextInput(placeholder="Papers")
    )
    when: ui.Label["Rename"] = ui.Label(
        text="When",
        component=ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="Morning", value="8", default=True),
                discord.RadioGroupOption(label="Evening", value="20"),
            ]
        ),
    )
    who: ui.Label["Rename"] = ui.Label(text="Who", component=ui.MentionableSelect(max_values=2))
    silent: ui.Label["Rename"] = ui.Label(text="Silent", component=ui.Checkbox())

    async def on_submit(self, interaction: BotInteraction) -> None:
        parts: list[Any] = [each.component for each in (self.name, self.when, self.silent)]
        who: Any = self.who.component
        said = [str(part.value) for part in parts] + [each.name for each in who.values]
        await interaction.response.send_message(", ".join(said))


class Screen(ui.LayoutView):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        rename: ui.Button[Screen] = ui.Button(label="Rename", custom_id="rename")
        rename.callback = self.rename  # type: ignore[method-assign]  # discord.py's own way
        where: ui.ChannelSelect[Screen] = ui.ChannelSelect(placeholder="Where?", custom_id="where")
        where.callback = self.chosen  # type: ignore[method-assign]  # the same
        self.where = where
        self.add_item(
            ui.Container(
                ui.Section(f"**Settings**{CONTROL}", accessory=rename),
                ui.Separator(),
                ui.MediaGallery(discord.MediaGalleryItem("https://example.org/a.png")),
                ui.ActionRow(where),
                ui.ActionRow(
                    ui.Select(
                        placeholder="Off", disabled=True, options=[discord.SelectOption(label="A")]
                    )
                ),
            )
        )

    async def rename(self, interaction: BotInteraction) -> None:
        await interaction.response.send_modal(Rename())

    async def chosen(self, interaction: BotInteraction) -> None:
        await interaction.response.send_message(f"chose {self.where.values[0].name}")


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=80)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


async def test_layouts_are_used_and_modals_filled_in(place: Place, console: Console) -> None:
    terminal = Terminal(place.sandbox.world, place.anna, place.general, console)

    @place.bot.tree.command(name="screen", description="Shows the screen")
    async def show(interaction: BotInteraction) -> None:
        await interaction.response.send_message(view=Screen())

    place.guild.add_role("Readers")
    async with place.start():
        await terminal.do("/screen")
        for part in (
            *("Settings", "[Rename]", "https://example.org/a.png", "▾ Where? (#channel)"),
            *("▾ Off", "1. A"),
        ):
            assert part in shown(console)
        assert "\x1b]" not in shown(console)
        await terminal.do("choose #general")
        await terminal.do("choose Where?: #general")
        assert shown(console).count("chose general") == 2
        await terminal.do("press Rename")
        for part in ("Name *", "A short one", "[Papers]", "(•) Morning", "[ ] yes", "@role"):
            assert part in shown(console)
        for line, why in [
            ("submit", "'Name' is required"),
            ("fill Nothing: x", "the labels are"),
            ("fill When: Noon", "no 'Noon' to choose"),
            ("choose #nowhere", "no menu here has that"),
        ]:
            with pytest.raises(NotSentError, match=why):
                await terminal.do(line)
        await terminal.do("fill Name: New: papers")
        await terminal.do("fill When: 2")
        await terminal.do("fill Who: @Anna, @Readers")
        await terminal.do("fill Silent: yes")
        assert "→ New: papers" in shown(console)
        await terminal.do("submit")
        assert "New: papers, 20, True, anna, Readers" in shown(console)
        await terminal.do("press Rename")
        await terminal.do("dismiss")
        with pytest.raises(NotSentError, match="no form is open"):
            await terminal.do("submit")


async def test_mentions_times_and_default_values_are_replaced_by_text(
    place: Place, console: Console
) -> None:
    terminal = Terminal(place.sandbox.world, place.anna, place.general, console)
    role = place.guild.add_role("Readers")
    soon = round(place.sandbox.world.clock().timestamp()) + 7300

    @place.bot.tree.command(name="post", description="Posts")
    async def post(interaction: BotInteraction) -> None:
        view = discord.ui.View()
        view.add_item(discord.ui.RoleSelect(default_values=[discord.Object(role.id)]))
        view.add_item(discord.ui.ChannelSelect(default_values=[discord.Object(place.general.id)]))
        await interaction.response.send_message(
            f"<@&{role.id}> see </help me:1> <t:{soon}:R>", view=view
        )

    async with place.start():
        await terminal.do("/post")
    assert "@Readers see /help me in 2 hours" in shown(console)
    assert "(@Readers)" in shown(console)
    assert "(#general)" in shown(console)


async def test_commands_of_the_menus_of_messages_and_users_are_used(
    place: Place, console: Console
) -> None:
    terminal = Terminal(place.sandbox.world, place.anna, place.general, console)

    @place.bot.tree.context_menu(name="Count letters")
    async def count(interaction: BotInteraction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{len(message.content)} letters")

    @place.bot.tree.context_menu(name="Greet")
    async def greet(interaction: BotInteraction, member: discord.Member) -> None:
        await interaction.response.send_message(f"Hi {member.name}")

    async with place.start():
        assert [usage.split(" — ")[0] for usage in terminal.commands()] == [
            "menu Count letters",
            "menu Greet",
        ]
        with pytest.raises(NotSentError, match="no message here"):
            await terminal.do("menu Count letters")
        place.anna.say("seven l")
        await terminal.do("menu Count letters")
        place.anna.say("hello")
        await terminal.do("menu Greet")
        assert "7 letters" in shown(console)
        assert "Hi anna" in shown(console)
        with pytest.raises(NotSentError, match="no command 'Count'"):
            await terminal.do("menu Count")
        with pytest.raises(NotSentError, match="there is no /Greet"):
            await terminal.do("/Greet")
