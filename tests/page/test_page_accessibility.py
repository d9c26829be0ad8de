"""The page can be read and used by everyone: axe-core's rules, names, and use by keyboard.

All tests share one page of a phone's width, so that it is loaded once.
"""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from discord import app_commands, ui
from playwright.async_api import Browser, Locator, expect
from playwright.async_api import Page as Tab
from small_bot import BotInteraction, SmallBot, connected

from bot.sandbox import ChannelType, Limits, Sandbox
from bot.sandbox.page import Page, PageOptions

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63b0b7"
    "b70700014400a100000000ffff0049454e44ae426082"
)
TEXT = """# Heading
**Bold**, *italic*, __underlined__, ~~struck~~, `code`, ||a spoiler||, [a link](https://e.org)
<t:1740175200:F> <@{user}> <#{channel}> <:smile:1234>
- an item
> a quote
-# subtext
```py
print("code")
```"""


class Controls(ui.View):
    """Buttons of each style, and menus."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        for style in list(discord.ButtonStyle)[:4]:
            button: ui.Button[Controls] = ui.Button(style=style, label=style.name)
            self.add_item(button)
        self.add_item(ui.Button(label="off", disabled=True))
        self.add_item(ui.Button(label="web", url="https://example.org"))

    @ui.select(
        placeholder="Fruit",
        max_values=2,
        options=[discord.SelectOption(label=each, description="sweet") for each in ("Fig", "Plum")],
    )
    async def choose(self, interaction: BotInteraction, menu: ui.Select["Controls"]) -> None:
        await interaction.response.send_message(", ".join(menu.values), ephemeral=True)


class Survey(ui.Modal, title="Survey"):
    """A modal with one of each field."""

    name: ui.Label["Survey"] = ui.Label(
        text="Name", description="A short one", component=ui.TextInput(placeholder="Anna")
    )
    when: ui.Label["Survey"] = ui.Label(
        text="When",
        component=ui.RadioGroup(options=[discord.RadioGroupOption(label=x) for x in ("am", "pm")]),
    )
    fruit: ui.Label["Survey"] = ui.Label(
        text="Fruit",
        component=ui.Select(options=[discord.SelectOption(label=x) for x in ("Fig", "Plum")]),
    )
    silent: ui.Label["Survey"] = ui.Label(text="Silent", component=ui.Checkbox())

    async def on_submit(self, interaction: BotInteraction) -> None:
        await interaction.response.send_message("thanks")


class Ask(ui.View):
    """A button that opens the modal."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Ask me")
    async def ask(self, interaction: BotInteraction, _button: object) -> None:
        await interaction.response.send_modal(Survey())


def board() -> ui.LayoutView:
    layout = ui.LayoutView(timeout=None)
    layout.add_item(
        ui.Container(
            ui.Section("## Settings", accessory=ui.Button(label="Edit", custom_id="edit")),
            ui.Separator(),
            ui.MediaGallery(discord.MediaGalleryItem("attachment://a.png", description="A dot")),
            ui.ActionRow(ui.RoleSelect(placeholder="Role", custom_id="role")),
            accent_colour=0x00FF00,
        )
    )
    layout.add_item(ui.Container(ui.TextDisplay("the end"), spoiler=True))
    return layout


def embed() -> discord.Embed:
    found = discord.Embed(title="Title", description="Some *text*", url="https://example.org/x")
    found.set_author(name="Author").set_footer(text="Footer").set_image(url="attachment://a.png")
    return found.add_field(name="Field", value="value").add_field(name="Other", value="`value`")


def add_commands(bot: SmallBot) -> None:
    @bot.tree.command(description="Answer only me")
    async def secret(interaction: BotInteraction) -> None:
        await interaction.response.send_message("psst", view=Ask(), ephemeral=True)

    @bot.tree.command(description="Find something")
    async def find(interaction: BotInteraction, what: str) -> None:
        await interaction.response.send_message(what)

    @find.autocomplete("what")
    async def suggest(_i: BotInteraction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}{end}", value=end) for end in ("ab", "cd")]

    @bot.tree.context_menu(name="Count words")
    async def count(interaction: BotInteraction, message: discord.Message) -> None:
        await interaction.response.send_message(str(len(message.content.split())))


@dataclass
class Room:
    """A channel with messages of all kinds, in a browser."""

    tab: Tab
    sandbox: Sandbox

    async def ask_in_private(self) -> None:
        """Use the command whose answer only the person sees."""
        answers = self.tab.get_by_role("button", name="Ask me")
        before = await answers.count()
        await self.box.fill("/secret")
        await self.tab.keyboard.press("Enter")
        await self.tab.keyboard.press("Enter")
        await expect(answers).to_have_count(before + 1)

    async def assert_accessible(self) -> None:
        """Run axe-core's rules, and those about colours in each theme."""
        for theme, rules in (("dark", RULES), ("light", COLOUR_RULES)):
            await self.tab.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            options = {"resultTypes": ["violations"], "runOnly": rules}
            found = await Axe().run(self.tab, options=options)
            assert not found.violations_count, f"{theme}: {found.generate_report()}"

    @property
    def box(self) -> Locator:
        """The message box."""
        return self.tab.locator("#message-box")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def opened(browser: Browser) -> AsyncIterator[Room]:
    async with Sandbox(limits=Limits.off(), bot_name="Robo") as sandbox:
        guild = sandbox.add_guild("Lab")
        general = guild.add_channel("general")
        forum = guild.add_channel("questions", ChannelType.FORUM)
        anna = guild.add_member("Anna")
        bot = SmallBot()
        add_commands(bot)
        async with Page(sandbox, PageOptions(people=[anna])) as page, connected(bot, sandbox):
            await post(bot, general.id, forum.id, anna.id)
            context = await browser.new_context(
                viewport={"width": 390, "height": 800}, reduced_motion="reduce"
            )
            tab = await context.new_page()
            await tab.goto(page.url)
            yield Room(tab, sandbox)
            await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def room(opened: Room) -> Room:
    """The channel as it is when the page is opened."""
    await opened.tab.evaluate("history.replaceState(null, '', '/')")
    await opened.tab.reload()
    await expect(opened.tab.get_by_role("button", name="/secret")).to_be_attached()
    return opened


async def post(bot: SmallBot, general_id: int, forum_id: int, user_id: int) -> None:
    channel: Any = bot.get_channel(general_id)
    text = TEXT.format(user=user_id, channel=general_id)
    picture = discord.File(io.BytesIO(PIXEL), "a.png", description="A dot")
    message = await channel.send(
        text,
        embed=embed(),
        files=[picture, discord.File(io.BytesIO(b"x"), "list.txt")],
        view=Controls(),
        allowed_mentions=discord.AllowedMentions.all(),
    )
    await message.create_thread(name="Discussion")
    await channel.send(view=board(), file=discord.File(io.BytesIO(PIXEL), "a.png"))
    forum: Any = bot.get_channel(forum_id)
    await forum.create_thread(name="How?", content="Like this")


async def test_a_channel_and_a_private_answer_are_accessible(room: Room) -> None:
    await room.ask_in_private()
    await room.assert_accessible()


async def test_a_message_menu_is_accessible_and_gives_the_focus_back(room: Room) -> None:
    tab = room.tab
    opener = tab.get_by_role("button", name="More for this message").first
    await opener.focus()
    await tab.keyboard.press("Enter")
    items = tab.get_by_role("menu", name="More for this message").get_by_role("menuitem")
    await expect(items.first).to_be_focused()
    for key, focused in (("ArrowDown", 1), ("End", -1), ("ArrowDown", 0), ("ArrowUp", -1)):
        await tab.keyboard.press(key)
        await expect(items.nth(focused)).to_be_focused()
    await expect(opener).to_have_attribute("aria-expanded", "true")
    await room.assert_accessible()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_role("menu")).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_a_select_menu_is_accessible_and_gives_the_focus_back(room: Room) -> None:
    tab = room.tab
    opener = tab.get_by_role("button", name="Fruit")
    await opener.focus()
    await tab.keyboard.press("Enter")
    options = tab.get_by_role("listbox", name="Fruit").get_by_role("option")
    await expect(tab.get_by_role("listbox", name="Fruit")).to_be_focused()
    await tab.keyboard.press("Space")
    await expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    await tab.keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "false")
    await room.assert_accessible()
    await tab.keyboard.press("Tab")
    await expect(tab.get_by_role("button", name="Done")).to_be_focused()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_role("listbox")).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_a_modal_is_accessible_and_gives_the_focus_back(room: Room) -> None:
    tab = room.tab
    await room.ask_in_private()
    ask = tab.get_by_role("button", name="Ask me").last
    await ask.focus()
    await tab.keyboard.press("Enter")
    modal = tab.get_by_role("dialog", name="Survey")
    name = modal.get_by_role("textbox", name="Name")
    await expect(name).to_be_focused()
    await tab.keyboard.press("Enter")
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(name).to_have_accessible_description("A short one This field is required.")
    await room.assert_accessible()
    await tab.keyboard.press("Escape")
    await expect(modal).to_have_count(0)
    await expect(ask).to_be_focused()


async def test_the_list_of_autocomplete_is_accessible(room: Room) -> None:
    tab = room.tab
    await room.box.fill("/find ")
    what = tab.get_by_role("combobox", name="what")
    await expect(what).to_be_focused()
    await tab.keyboard.type("x")
    options = tab.get_by_role("listbox", name="Options").get_by_role("option")
    await expect(options).to_have_text(["xab", "xcd"])
    active = await options.first.get_attribute("id")
    await expect(what).to_have_attribute("aria-activedescendant", active or "")
    await room.assert_accessible()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_role("listbox", name="Options")).to_be_hidden()
    await tab.keyboard.press("Escape")
    await expect(room.box).to_be_focused()


async def test_settings_requests_and_the_list_of_channels_are_accessible(room: Room) -> None:
    tab = room.tab
    opener = tab.get_by_role("button", name="Show servers and channels")
    await opener.focus()
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("button", name="general", exact=True)).to_be_focused()
    await room.assert_accessible()
    await tab.locator(".you").focus()
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("dialog", name="Person and settings")).to_be_visible()
    await room.assert_accessible()
    await tab.keyboard.press("Escape")
    await tab.get_by_role("button", name="Show what the bot sent").focus()
    await tab.keyboard.press("Enter")
    panel = tab.get_by_role("complementary", name="What the bot sent")
    await panel.locator("summary").first.click()
    await expect(panel.locator(".json").first).to_be_visible()
    await room.assert_accessible()
    await panel.get_by_role("button", name="Close").focus()
    await tab.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(tab.get_by_role("button", name="Show what the bot sent")).to_be_focused()


async def test_a_forum_is_accessible(room: Room) -> None:
    await room.tab.get_by_role("button", name="Show servers and channels").click()
    await room.tab.get_by_role("button", name="questions").click()
    await expect(room.tab.get_by_role("list", name="Posts")).to_be_visible()
    await room.assert_accessible()


async def test_what_has_the_focus_is_visible(room: Room) -> None:
    """Each element that Tab reaches has an outline, or a box around it that is lit."""
    tab = room.tab
    await tab.get_by_role("button", name="Show servers and channels").click()
    await tab.get_by_role("button", name="general", exact=True).click()
    await expect(room.box).to_be_focused()
    await tab.evaluate("document.activeElement.blur()")
    await tab.locator(".skip").focus()
    seen = set()
    for _ in range(60):
        await tab.keyboard.press("Tab")
        name, visible = await tab.evaluate(
            """() => {
              const at = document.activeElement;
              const shown = (each) => {
                const style = getComputedStyle(each);
                return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              };
              const around = at.closest(".composer-box, label");
              return [at.outerHTML.slice(0, 200), shown(at) || Boolean(around && shown(around))];
            }"""
        )
        if name in seen or name.startswith("<body"):
            break
        seen.add(name)
        assert visible, name
    assert len(seen) > 15
