"""What people see first: push notifications, previews, and the page as people set it up."""

import re
from datetime import datetime

import discord
import pytest
from browsing import OpenTab, Small, switch_person
from discord import app_commands
from playwright.async_api import expect
from small_bot import BotInteraction, connected

from bot.sandbox import ChannelType, Person
from bot.sandbox.page import Action, Page, PageOptions

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]

PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True}

SUNDAY_NIGHT = "<t:1740351600:F>"
"""Monday, 8:00, in Seoul."""

CUT = "(node) => [node.scrollWidth > node.clientWidth, getComputedStyle(node).textOverflow]"
"""Whether a node has more text than room, and how that is shown."""


async def test_a_notification_has_the_text_that_discord_pushes(
    small: Small, open_tab: OpenTab
) -> None:
    role = small.guild.add_role("Readers", mentionable=True)
    random = small.guild.add_channel("random")
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.locator("#message-box")).to_be_focused()
        await small.channel().send(f"<@&{role.id}> **News** <b>", embed=discord.Embed(title="More"))
        toast = tab.locator(".toast")
        await expect(toast.locator(".toast-text")).to_have_text("@Readers **News** <b>")
        await expect(toast).to_contain_text("Robo")
        await expect(toast).to_contain_text("#general, Lab")
        # Elsewhere, too; a message of embeds alone has no text.
        await small.channel(random).send(embed=discord.Embed(title="More"))
        await expect(toast).to_have_count(2)
        await expect(toast.last).to_contain_text("#random, Lab")
        await expect(toast.last).to_contain_text("The notification has no text.")


async def test_silent_ephemeral_and_own_messages_give_no_notification(
    small: Small, open_tab: OpenTab
) -> None:
    @small.bot.tree.command()
    async def whisper(interaction: BotInteraction) -> None:
        """Whisper."""
        await interaction.response.send_message("hush", ephemeral=True)

    @small.bot.tree.command()
    async def answer(interaction: BotInteraction) -> None:
        """Answer."""
        await interaction.response.send_message("here you are")

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.locator("#message-box")).to_be_focused()
        await small.channel().send("quiet", silent=True)
        await small.anna.slash("whisper", small.general)
        await small.anna.slash("answer", small.general)
        small.anna.say("my own", small.general)
        await small.channel().send("loud")
        await expect(tab.locator(".toast-text")).to_have_text(["loud"])
        await expect(tab.locator(".message .content")).to_have_text(
            ["quiet", "hush", "here you are", "my own", "loud"]
        )


async def test_embeds_can_be_turned_off(small: Small, open_tab: OpenTab) -> None:
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.locator("#message-box")).to_be_focused()
        await small.channel().send("the text", embed=discord.Embed(title="the embed"))
        await expect(tab.locator(".embed")).to_be_visible()
        await tab.locator(".you").click()
        await tab.get_by_role("switch", name="Show embeds").uncheck()
        await tab.keyboard.press("Escape")
        await expect(tab.locator(".embed")).to_be_hidden()
        await expect(tab.locator(".message .content")).to_have_text("the text")
        await tab.reload()
        await expect(tab.locator(".message .content")).to_have_text("the text")
        await expect(tab.locator(".embed")).to_be_hidden()


async def test_replies_and_forum_cards_show_plain_text(small: Small, open_tab: OpenTab) -> None:
    forum = small.guild.add_channel("talk", ChannelType.FORUM)
    tab = await open_tab(small.page.url)
    text = "# Big\n**bold** `<code>` [link](https://example.org)"
    async with connected(small.bot, small.sandbox):
        message = await small.channel().send(text)
        await message.reply("yes")
        await expect(tab.locator(".quoted")).to_have_text("Robo Big bold <code> link")
        await small.channel(forum).create_thread(name="Post", content=text)
        await tab.get_by_role("button", name="talk").click()
        await expect(tab.locator(".post-preview")).to_contain_text("Big bold <code> link")


async def test_replies_and_forum_cards_show_times_as_the_message_does(
    small: Small, open_tab: OpenTab
) -> None:
    forum = small.guild.add_channel("talk", ChannelType.FORUM)
    small.anna.locale = "ko"
    soon = round(small.clock().timestamp()) + 2 * 86400
    text = f"**{SUNDAY_NIGHT}** <t:{soon}:R>"
    async with (
        Page(small.sandbox, PageOptions(people=[small.anna], zone="Asia/Seoul")) as page,
        connected(small.bot, small.sandbox),
    ):
        tab = await open_tab(page.url)
        message = await small.channel().send(text)
        await message.reply("yes")
        shown = await tab.locator(".message .content").first.inner_text()
        assert re.fullmatch(r"2025년 2월 24일 월요일 .*8:00 모레", shown)
        await expect(tab.locator(".quoted")).to_have_text(f"Robo {shown}")
        await small.channel(forum).create_thread(name="Post", content=f"{text} {'long ' * 40}")
        await tab.get_by_role("button", name="talk").click()
        await expect(tab.locator(".post-preview")).to_contain_text(f"{shown} long long")
        await expect(tab.locator(".post-preview")).to_contain_text("…")


async def test_today_moves_with_the_clock(small: Small, open_tab: OpenTab) -> None:
    tab = await open_tab(small.page.url)
    said = small.anna.say("hello", small.general)
    time = tab.locator(f"#message-{said.id} .head time")
    await expect(time).to_contain_text("Today")
    small.clock.advance(seconds=24 * 3600)
    small.anna.say("again", small.general)
    await expect(time).to_contain_text("Yesterday")
    small.clock.advance(seconds=24 * 3600)
    small.anna.say("and again", small.general)
    await expect(time).to_have_text(re.compile(r"^\d+/\d+/\d+, "))


async def test_times_are_in_the_zone_of_the_page(small: Small, open_tab: OpenTab) -> None:
    said = small.anna.say("hello", small.general)
    moment: datetime = said.created_at
    hour = (moment.hour + 9) % 12 or 12  # Seoul is 9 hours ahead of UTC.
    async with Page(small.sandbox, PageOptions(people=[small.anna], zone="Asia/Seoul")) as page:
        tab = await open_tab(page.url, timezone_id="America/New_York")
        await expect(tab.locator(".head time")).to_contain_text(f" {hour}:{moment:%M}")
        await expect(tab.locator(".clock-time")).to_contain_text(f" {hour}:")


@pytest.mark.parametrize(("locale", "written"), [("en-GB", "09:05"), ("en-US", "9:05 AM")])
async def test_the_clock_writes_hours_as_messages_do(
    small: Small, open_tab: OpenTab, locale: str, written: str
) -> None:
    small.anna.locale = locale
    now = small.clock()
    small.clock.advance(seconds=((9 - now.hour) * 60 + 5 - now.minute) * 60 + 24 * 3600)
    small.anna.say("hello", small.general)
    tab = await open_tab(small.page.url)
    for times in (".head time", ".clock-time"):
        text = await tab.locator(times).inner_text()
        assert text.replace("\u202f", " ").endswith(f" {written}")


async def test_no_notification_covers_the_list_of_channels(small: Small, open_tab: OpenTab) -> None:
    tab = await open_tab(small.page.url, **PHONE)
    async with connected(small.bot, small.sandbox):
        await expect(tab.locator("#message-box")).to_be_enabled()
        await small.channel().send("News")
        await expect(tab.locator(".toast")).to_be_visible()
        await tab.locator(".list-button").tap()
        await expect(tab.locator(".toast")).to_be_hidden()
        await tab.locator("#sidebar").get_by_role("button", name="general").tap()
        await expect(tab.locator(".toast")).to_be_visible()


async def test_what_is_written_in_an_empty_message_box_is_cut(
    small: Small, open_tab: OpenTab
) -> None:
    tab = await open_tab(small.page.url, **PHONE)
    await expect(tab.locator("#message-box")).to_have_attribute("placeholder", re.compile("."))
    style = 'getComputedStyle(document.querySelector("#message-box"), "::placeholder")'
    assert await tab.evaluate(f"[{style}.textOverflow, {style}.overflowX]") == [
        "ellipsis",
        "hidden",
    ]


async def test_long_labels_are_cut(small: Small, open_tab: OpenTab) -> None:
    class Controls(discord.ui.View):
        @discord.ui.button(label="longer " * 11)
        async def press(self, _interaction: BotInteraction, _button: object) -> None:
            pass

        @discord.ui.select(
            placeholder="long " * 25,
            options=[discord.SelectOption(label="long " * 19, description="long " * 19)],
        )
        async def choose(self, _interaction: BotInteraction, _menu: object) -> None:
            pass

    tab = await open_tab(small.page.url, **PHONE)
    async with connected(small.bot, small.sandbox):
        await small.channel().send("Choose", view=Controls())
        await expect(tab.locator(".menu")).to_be_visible()
        await tab.locator(".menu").tap()
        option = tab.get_by_role("option")
        await expect(option).to_be_visible()
        for selector in (".rows .button bdi", ".menu-face bdi", ".option .choice-label"):
            assert await tab.locator(selector).evaluate(CUT) == [True, "ellipsis"], selector
        heights = [await tab.locator(each).bounding_box() for each in (".rows .button", ".menu")]
        assert [box is not None and box["height"] < 60 for box in heights] == [True, True]


async def test_the_first_choice_of_an_autocomplete_is_active(
    small: Small, open_tab: OpenTab
) -> None:
    given = []

    @small.bot.tree.command()
    async def pick(interaction: BotInteraction, fruit: str) -> None:
        """Pick a fruit."""
        given.append(fruit)
        await interaction.response.send_message(fruit)

    @pick.autocomplete("fruit")
    async def fruits(_interaction: BotInteraction, text: str) -> list[app_commands.Choice[str]]:
        names = [name for name in ("apple", "apricot") if name.startswith(text)]
        return [app_commands.Choice(name=name.title(), value=name) for name in names]

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/pick")).to_be_visible()
        await tab.locator("#message-box").fill("/pick ")
        await expect(tab.get_by_role("combobox", name="fruit")).to_be_focused()
        await tab.keyboard.type("a")
        choices = tab.get_by_role("listbox", name="Options").get_by_role("option")
        await expect(choices).to_have_text(["Apple", "Apricot"])
        await expect(choices.first).to_have_attribute("aria-selected", "true")
        await tab.keyboard.press("Enter")
        await tab.keyboard.press("Enter")
        await expect(tab.locator(".message .content")).to_have_text("apple")
    assert given == ["apple"]


async def test_an_error_is_not_hidden_by_the_list(small: Small, open_tab: OpenTab) -> None:
    @small.bot.tree.command()
    async def go(interaction: BotInteraction, where: discord.TextChannel) -> None:
        """Go somewhere."""
        await interaction.response.send_message(where.name)

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/go")).to_be_visible()
        await tab.locator("#message-box").fill("/go where:nowhere")
        await tab.keyboard.press("Enter")
        error, box = tab.locator(".composer-error"), tab.locator(".options-box")
        await expect(error).to_contain_text("where: Choose one of the options.")
        await expect(box).to_be_visible()
        above, below = await box.bounding_box(), await error.bounding_box()
        assert above is not None
        assert below is not None
        assert above["y"] + above["height"] <= below["y"]


async def test_one_icon_of_the_drawer_is_selected_on_a_phone(
    small: Small, open_tab: OpenTab
) -> None:
    tab = await open_tab(small.page.url, **PHONE)
    await tab.get_by_role("button", name="Show servers and channels").tap()
    await tab.get_by_role("button", name="Direct messages").tap()
    await tab.get_by_role("button", name="Lab").tap()
    servers = tab.locator(".server")
    await expect(tab.locator(".server.current")).to_have_count(1)
    await expect(tab.locator(".server.current")).to_have_text("L")
    await tab.emulate_media(reduced_motion="reduce")
    colours = await servers.evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each).backgroundColor)"
    )
    assert colours.count("rgb(88, 101, 242)") == 1


async def test_an_action_speaks_to_the_person_who_pressed_it(
    small: Small, open_tab: OpenTab
) -> None:
    async def greet(person: Person) -> dict[str, str]:
        return {"en": f"Hello {person.name}"}

    bo = small.guild.add_member("Bo")
    greeting = Action("greet", {"en": "Greet me"}, greet)
    async with Page(
        small.sandbox, PageOptions(people=[small.anna, bo], actions=[greeting])
    ) as page:
        tab = await open_tab(page.url)
        button = tab.locator("header").get_by_role("button", name="Greet me")
        await button.click()
        await expect(tab.get_by_role("status")).to_have_text("Hello Anna")
        await switch_person(tab, "Bo")
        await button.click()
        await expect(tab.get_by_role("status")).to_have_text("Hello Bo")


async def test_pictures_that_the_page_has_need_no_network(small: Small, open_tab: OpenTab) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360f8cf500f0003860180a75a4b2b0000000049454e44ae426082"
    )
    known = "https://example.org/figures/a.png"
    async with (
        Page(small.sandbox, PageOptions(people=[small.anna], pictures={known: png}.get)) as page,
        connected(small.bot, small.sandbox),
    ):
        tab = await open_tab(page.url)
        await small.channel().send(embed=discord.Embed(title="one").set_image(url=known))
        await expect(tab.locator(".picture.loaded")).to_have_count(1)
        assert "/pictures?url=" in str(await tab.locator(".picture").get_attribute("href"))
