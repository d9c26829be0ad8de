"""Layouts of Components V2 and modals with menus and groups, on the page."""

import io
from typing import Any

import discord
import pytest
from browsing import OpenTab, Small, choose_theme
from discord import ui
from playwright.async_api import expect
from small_bot import BotInteraction, connected

from bot.sandbox import Interaction

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]

NASTY = "<img src=x onerror=\"document.title='hurt'\"> \u202eabc [x](javascript:alert)"
OUTSIDE = "https://example.org/a.png"


class Board(ui.LayoutView):
    """One of each component; `text` stands wherever text can."""

    def __init__(self, text: str, file: discord.File) -> None:
        super().__init__(timeout=None)
        option = discord.SelectOption(label=text, description=text, value="v")
        off: ui.Button[Board] = ui.Button(label=text, custom_id="off", disabled=True)
        self.add_item(
            ui.Container(
                ui.Section(f"## {text}", "text", accessory=ui.Thumbnail(OUTSIDE, description=text)),
                ui.Separator(spacing=discord.SeparatorSpacing.large),
                ui.Section("**bold**", accessory=off),
                ui.MediaGallery(
                    *(discord.MediaGalleryItem(OUTSIDE, description=text) for _ in range(5))
                ),
                ui.File(file),
                ui.ActionRow(ui.Select(placeholder=text, options=[option], custom_id="kind")),
                ui.ActionRow(ui.RoleSelect(placeholder="Off", disabled=True, custom_id="role")),
                accent_colour=0x00FF00,
            )
        )
        self.add_item(ui.Container(ui.TextDisplay("the end"), spoiler=True))


async def test_layouts_are_drawn_at_each_width_and_in_each_theme(
    small: Small, open_tab: OpenTab
) -> None:
    tab = await open_tab(small.page.url)
    layout = tab.locator(".layout")
    # Nothing sticks out, so that nobody has to scroll sideways.
    inside = "(each) => each.scrollWidth <= each.clientWidth"
    async with connected(small.bot, small.sandbox):
        file = discord.File(io.BytesIO(b"# List"), "list.md")
        await small.channel().send(view=Board("Settings", file), file=file)
        for theme in ("dark", "light"):
            if theme != "dark":  # which is the theme of a new page
                await choose_theme(tab, theme)
                await tab.reload()
            await expect(layout.get_by_role("heading", name="Settings")).to_be_visible()
            assert await tab.evaluate("document.documentElement.dataset.theme") == theme
            for width in (390, 1280):
                await tab.set_viewport_size({"width": width, "height": 800})
                await expect(layout.locator("strong")).to_have_text("bold")
                await expect(layout.locator(".section-thumbnail .picture")).to_be_visible()
                await expect(layout.locator(".gallery .picture")).to_have_count(5)
                await expect(layout.get_by_role("link", name="Download list.md")).to_be_visible()
                await expect(layout.get_by_role("button", name="Settings").first).to_be_disabled()
                await expect(layout.get_by_role("button", name="Off")).to_be_disabled()
                box = layout.locator(".container").first
                colour = await box.evaluate("(each) => getComputedStyle(each).borderLeftColor")
                assert colour == "rgb(0, 255, 0)", (theme, width)
                assert await tab.locator("html").evaluate(inside), (theme, width)
                for each in await layout.locator(".section, .gallery, .container, .row").all():
                    assert await each.evaluate(inside), (theme, width)


async def test_a_spoiler_of_a_container_is_out_of_reach_until_it_is_shown(
    small: Small, open_tab: OpenTab
) -> None:
    view = ui.LayoutView()
    view.add_item(
        ui.Container(
            ui.ActionRow(ui.Button(label="Inside", custom_id="inside")),
            spoiler=True,
        )
    )
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await small.channel().send(view=view)
        cover = tab.get_by_role("button", name="Spoiler: show what is covered")
        await expect(tab.get_by_role("button", name="Inside")).to_have_count(0)
        await cover.focus()
        await tab.keyboard.press("Enter")
        await expect(tab.get_by_role("button", name="Inside")).to_be_visible()
        await expect(cover).to_have_count(0)


class Setup(ui.Modal, title="Set-up"):
    about: ui.TextDisplay[Any] = ui.TextDisplay("What, *where* and when.")
    where: ui.Label["Setup"] = ui.Label(
        text="Where",
        description="A channel of this server",
        component=ui.ChannelSelect(placeholder="Any channel"),
    )
    when: ui.Label["Setup"] = ui.Label(
        text="When",
        component=ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="Morning", value="8", description="At eight"),
                discord.RadioGroupOption(label="Evening", value="20"),
            ]
        ),
    )
    days: ui.Label["Setup"] = ui.Label(
        text="Days",
        component=ui.CheckboxGroup(
            options=[
                discord.CheckboxGroupOption(label=day, value=day[:2])
                for day in ("Monday", "Friday", "Sunday")
            ],
            min_values=2,
            max_values=2,
        ),
    )
    silent: ui.Label["Setup"] = ui.Label(text="Silent", component=ui.Checkbox(default=True))

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []

    async def on_submit(self, interaction: BotInteraction) -> None:
        where, when, days, silent = (
            label.component for label in (self.where, self.when, self.days, self.silent)
        )
        assert isinstance(where, ui.ChannelSelect)
        assert isinstance(when, ui.RadioGroup)
        assert isinstance(days, ui.CheckboxGroup)
        assert isinstance(silent, ui.Checkbox)
        self.got += [where.values[0].name, when.value, days.values, silent.value]
        await interaction.response.send_message("saved", ephemeral=True)


@pytest.mark.parametrize("width", [1280, 390])
async def test_a_modal_is_filled_in_with_the_keyboard_alone(
    small: Small, open_tab: OpenTab, width: int
) -> None:
    modal = Setup()

    @small.bot.tree.command()
    async def setup(interaction: BotInteraction) -> None:
        """Set up."""
        await interaction.response.send_modal(modal)

    tab = await open_tab(small.page.url, viewport={"width": width, "height": 800})
    press = tab.keyboard.press
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/setup")).to_be_visible()
        await tab.locator("#message-box").fill("/setup ")
        await press("Enter")
        form = tab.get_by_role("dialog", name="Set-up")
        await expect(form.locator("em")).to_have_text("where")
        await expect(form.get_by_role("checkbox", name="Silent")).to_be_checked()
        assert await form.evaluate("(each) => each.scrollWidth <= each.clientWidth")

        # What is required is asked for before anything is sent.
        await form.get_by_role("button", name="Submit").click()
        await expect(form.get_by_text("This field is required.")).to_have_count(3)
        where = form.get_by_role("button", name="Where")
        await expect(where).to_be_focused()
        await expect(where).to_have_accessible_description(
            "A channel of this server This field is required."
        )
        assert len(small.sandbox.world.interactions) == 1

        await press("Enter")
        await expect(tab.get_by_role("listbox", name="Where")).to_be_focused()
        await press("g")
        await press("Enter")
        await expect(where).to_have_accessible_name("Where: general")
        await press("Tab")
        await expect(form.get_by_role("radio", name="Morning At eight")).to_be_focused()
        await press("ArrowDown")
        await expect(form.get_by_role("radio", name="Evening")).to_be_checked()
        await press("Tab")
        await press("Space")
        await form.get_by_role("button", name="Submit").click()
        await expect(form).to_contain_text("At least 2.")
        await form.get_by_role("checkbox", name="Friday").focus()
        await press("Space")
        await expect(form.get_by_role("checkbox", name="Sunday")).to_be_disabled()
        await form.get_by_role("checkbox", name="Silent").focus()
        await press("Space")
        await press("Enter")
        await expect(form).to_have_count(0)
        await expect(tab.locator(".message")).to_contain_text("saved")
    assert modal.got == ["general", "20", ["Mo", "Fr"], False]


async def test_a_dismissed_modal_is_closed_for_good(small: Small, open_tab: OpenTab) -> None:
    @small.bot.tree.command()
    async def setup(interaction: BotInteraction) -> None:
        """Set up."""
        await interaction.response.send_modal(Setup())

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/setup")).to_be_visible()
        await tab.locator("#message-box").fill("/setup ")
        await tab.keyboard.press("Enter")
        form = tab.get_by_role("dialog", name="Set-up")
        await expect(form).to_be_visible()
        (interaction,) = small.sandbox.world.interactions.values()
        with small.sandbox.subscribe() as events:
            await tab.keyboard.press("Escape")
            await expect(form).to_have_count(0)
            await tab.locator("#message-box").fill("next")
            await tab.keyboard.press("Enter")
            assert (await events.next()).name == "MESSAGE_CREATE"
    assert isinstance(interaction, Interaction)
    assert interaction.dismissed


async def test_the_focus_goes_back_to_a_button_that_was_drawn_anew(
    small: Small, open_tab: OpenTab
) -> None:
    class Opener(ui.View):
        @ui.button(label="Set up", custom_id="set-up")
        async def open(self, interaction: BotInteraction, _button: ui.Button[Any]) -> None:
            await interaction.response.send_modal(Setup())

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        message = await small.channel().send("first", view=Opener(timeout=None))
        button = tab.get_by_role("button", name="Set up")
        await button.focus()
        await tab.keyboard.press("Enter")
        form = tab.get_by_role("dialog", name="Set-up")
        await expect(form).to_be_visible()
        await message.edit(content="second")
        await expect(tab.get_by_text("second", exact=True)).to_be_attached()
        await tab.keyboard.press("Escape")
        await expect(form).to_have_count(0)
        await expect(button).to_be_focused()


async def test_the_focus_stays_where_it_was_put_while_a_dialog_closed(
    small: Small, open_tab: OpenTab
) -> None:
    tab = await open_tab(small.page.url)
    box = tab.locator("#message-box")
    await expect(box).to_be_enabled()
    await tab.locator(".you").click()
    settings = tab.locator("dialog")
    await expect(settings).to_be_visible()
    # The browser tells the page later that the dialog is closed.
    await settings.evaluate("dialog => { dialog.close(); window['message-box'].focus() }")
    await expect(settings).to_have_count(0)
    await expect(box).to_be_focused()


async def test_hostile_text_in_layouts_and_modals_is_text(small: Small, open_tab: OpenTab) -> None:
    class Form(ui.Modal, title=NASTY[:45]):
        text: ui.TextDisplay[Any] = ui.TextDisplay(NASTY)
        pick: ui.Label["Form"] = ui.Label(
            text=NASTY[:45],
            description=NASTY,
            component=ui.RadioGroup(
                options=[
                    discord.RadioGroupOption(label=NASTY, value=NASTY, description=NASTY),
                    discord.RadioGroupOption(label="b", value="b"),
                ]
            ),
        )

    @small.bot.tree.command()
    async def form(interaction: BotInteraction) -> None:
        """Open a form."""
        await interaction.response.send_modal(Form())

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        file = discord.File(io.BytesIO(b"x"), "onerror.md")
        await small.channel().send(view=Board(NASTY, file), file=file)
        layout = tab.locator(".layout")
        await expect(layout.get_by_role("heading")).to_contain_text("<img src=x")
        await expect(layout.locator(".button").first).to_contain_text("<img src=x")
        await expect(layout.locator(".menu").first).to_contain_text("<img src=x")
        await tab.locator("#message-box").fill("/form ")
        await tab.keyboard.press("Enter")
        dialog = tab.get_by_role("dialog")
        for part in ("h2", ".markdown", ".field-description", ".choice-label", ".choice-hint"):
            await expect(dialog.locator(part).first).to_contain_text("<img src=x")
        await dialog.get_by_role("radio").first.check()
        assert await tab.locator("[onerror], [onclick], [onload]").count() == 0
        hrefs = await tab.eval_on_selector_all("a", "(all) => all.map((a) => a.protocol)")
        assert set(hrefs) <= {"http:", "https:"}
        assert await tab.title() == "Sandbox"
