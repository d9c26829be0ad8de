"""Hostile text on the page is shown as text."""

import discord
import pytest
from browsing import OpenTab, Small
from playwright.async_api import expect
from small_bot import BotInteraction, connected

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]

IMG = "<img src=x onerror=\"document.title='hurt'\">"
SCRIPT = "<script>document.title='hurt'</script>"
BACKWARDS = "\u202eabc\u2066def"
LINK = "[safe](javascript:document.title='hurt')"
NASTY = f"{IMG} {SCRIPT} {LINK} {BACKWARDS}"


def embed() -> discord.Embed:
    found = discord.Embed(title=NASTY, description=NASTY, url="https://example.org/'b=(';")
    found.set_author(name=NASTY)
    found.add_field(name=NASTY, value=NASTY)
    found.set_footer(text=NASTY)
    # Discord accepts no double quotes, angle brackets and blanks in an address.
    found.set_image(url="https://example.org/'onerror='document.title='hurt'")
    return found


async def test_html_in_texts_is_escaped(small: Small, open_tab: OpenTab) -> None:
    class View(discord.ui.View):
        @discord.ui.button(label=IMG)
        async def press(self, _interaction: BotInteraction, _button: object) -> None:
            """Do nothing: the test only looks at the button."""

        @discord.ui.select(
            placeholder=IMG, options=[discord.SelectOption(label=IMG, description=SCRIPT)]
        )
        async def choose(self, _interaction: BotInteraction, _menu: object) -> None:
            """Do nothing: the test only looks at the menu."""

    @small.bot.tree.command(description=IMG)
    async def nasty(interaction: BotInteraction, text: str) -> None:
        await interaction.response.send_message(text, embed=embed(), view=View())

    @nasty.autocomplete("text")
    async def suggest(
        _interaction: BotInteraction, _current: str
    ) -> list[discord.app_commands.Choice[str]]:
        return [discord.app_commands.Choice(name=IMG, value=f"{IMG} {LINK}")]

    small.guild.add_channel("x")
    small.guild.add_member(IMG)
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/nasty")).to_be_visible()
        await tab.locator("#message-box").fill("/")
        await expect(tab.get_by_role("option")).to_contain_text(IMG)
        await tab.locator("#message-box").fill("/nasty ")
        await tab.get_by_role("option", name=IMG).click()
        await tab.get_by_role("button", name="Send").click()
        message = tab.locator(".message")
        for part in (".embed-title", ".embed-author", ".embed-description", ".embed-footer"):
            await expect(message.locator(part)).to_contain_text(IMG)
            await expect(message.locator(part)).to_contain_text(SCRIPT)
        for part in (".content", ".embed-field-name", ".button", ".menu"):
            await expect(message.locator(part)).to_contain_text(IMG)
        await expect(message.locator(".content")).to_contain_text(LINK)
        await message.locator(".menu").click()
        await expect(tab.get_by_role("listbox")).to_contain_text(SCRIPT)
        await tab.keyboard.press("Escape")
        await expect(message.locator(".picture")).to_contain_text("Couldn't load the picture")
        assert await tab.locator("script").count() == 1
        assert await tab.locator("[onerror], [onclick], [onload]").count() == 0
        hrefs = await tab.eval_on_selector_all("a", "(all) => all.map((a) => a.protocol)")
        assert set(hrefs) <= {"http:", "https:"}
        assert await tab.title() == "Sandbox"


async def test_right_to_left_characters_in_a_name_affect_only_the_name(
    small: Small, open_tab: OpenTab
) -> None:
    small.anna.name = f"\u202e{small.anna.name}"
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await small.channel().send(
            f"{BACKWARDS} [one \u202etwo](https://example.org/path) three",
            embed=embed().set_footer(text=BACKWARDS).set_author(name=f"{BACKWARDS} end"),
        )
        small.anna.say("mine", small.general)
        message = tab.locator(".message").last
        name = await message.locator(".author").bounding_box()
        time = await message.locator(".head time").bounding_box()
        assert name
        assert time
        assert name["x"] + name["width"] <= time["x"]
        isolated = "(all) => all.map((each) => getComputedStyle(each).unicodeBidi)"
        for part in ("bdi", ".content", ".content a", ".embed", ".embed-title"):
            found = await tab.eval_on_selector_all(f".message {part}", isolated)
            assert found, part
            assert set(found) <= {"isolate", "isolate-override", "plaintext"}, part


async def test_spoilers_and_their_links_are_inaccessible_until_revealed(
    small: Small, open_tab: OpenTab
) -> None:
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await small.channel().send("||the end [x](https://example.org/)|| known")
        cover = tab.get_by_role("button", name="Spoiler: show what is covered")
        link = tab.get_by_role("link", name="x", exact=True)
        await expect(link).to_have_count(0)
        await cover.focus()
        await tab.keyboard.press("Enter")
        await expect(link).to_be_visible()
        await expect(cover).to_have_count(0)


async def test_timestamps_use_the_time_zone_of_the_reader(small: Small, open_tab: OpenTab) -> None:
    tab = await open_tab(small.page.url, timezone_id="Asia/Seoul")
    async with connected(small.bot, small.sandbox):
        await small.channel().send("<t:1740175200:F> <t:1740125100:R> <t:1740175200:t>")
        await small.channel().send("<t:1740211140:R>")  # in 23 hours and 59 minutes
        times = tab.locator(".content time")
        await expect(times).to_have_text(
            ["Saturday, February 22, 2025 at 7:00 AM", "in 5 minutes", "7:00 AM", "tomorrow"]
        )


async def test_channel_mentions_open_the_channel_and_command_mentions_start_the_command(
    small: Small, open_tab: OpenTab
) -> None:
    other = small.guild.add_channel("other")

    @small.bot.tree.command()
    async def begin(interaction: BotInteraction) -> None:
        """Begin."""

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        (command,) = await small.bot.tree.fetch_commands()
        await small.channel().send(f"{command.mention} in {other.mention} by {small.anna.mention}")
        await tab.get_by_role("button", name="/begin").last.click()
        await expect(tab.get_by_role("group", name="/begin")).to_be_visible()
        await expect(tab.locator(".mention").last).to_have_text("@Anna")
        await tab.keyboard.press("Escape")
        await tab.get_by_role("link", name="#other").click()
        await expect(tab.get_by_role("heading", name="other", exact=True)).to_be_visible()
