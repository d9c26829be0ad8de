"""The page with other bots than this project's."""

import asyncio
import re
from typing import Any

import discord
import pytest
from browsing import OpenTab, Small
from discord import app_commands
from playwright.async_api import Page as Tab
from playwright.async_api import expect
from small_bot import BotInteraction, connected

from bot.sandbox import ChannelType, Permission
from bot.sandbox.page import Page, PageOptions

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]

DOES_NOT_RESPOND = "The application did not respond"


async def type_command(tab: Tab, text: str) -> None:
    """Type a command into the message box, and send it."""
    await tab.locator("#message-box").fill(text)
    await tab.keyboard.press("Enter")


async def test_a_minimal_bot_answers(small: Small, open_tab: OpenTab) -> None:
    bot = discord.Client(intents=discord.Intents.default(), guild_ready_timeout=0.0)
    tree = app_commands.CommandTree(bot)

    @tree.command(description="Say hello")
    async def hello(interaction: discord.Interaction, name: str, loud: bool = False) -> None:
        await interaction.response.send_message(f"**Hello**, {name.upper() if loud else name}!")

    @bot.event
    async def on_ready() -> None:
        await tree.sync()

    tab = await open_tab(small.page.url)
    async with connected(bot, small.sandbox):
        # The command was registered while the page was open.
        await tab.get_by_role("button", name="/hello").click()
        await tab.keyboard.type("you")
        await tab.get_by_role("combobox", name="Add an option").focus()
        await tab.keyboard.type("loud:")
        await tab.keyboard.press("Enter")
        await expect(tab.get_by_role("combobox", name="loud")).to_have_value("True")
        await tab.keyboard.press("Enter")
        answer = tab.locator(".message:not(.pending)")
        await expect(answer).to_contain_text("Anna used /hello")
        await expect(answer.locator(".content")).to_have_text("Hello, YOU!")
        await expect(answer.locator("strong")).to_have_text("Hello")


async def test_each_type_of_option_has_its_own_input(small: Small, open_tab: OpenTab) -> None:
    given: dict[str, object] = {}

    @small.bot.tree.command()
    @app_commands.choices(size=[app_commands.Choice(name="Large", value="L")])
    async def order(  # noqa: PLR0913, PLR0917 - one per option
        interaction: BotInteraction,
        count: app_commands.Range[int, 1, 5],
        size: str,
        where: discord.TextChannel,
        who: discord.Member,
        role: discord.Role,
        share: float,
        gift: bool,
    ) -> None:
        """Order something."""
        given.update(count=count, size=size, share=share, gift=gift)
        given.update(where=where.name, who=who.name, role=role.name)
        await interaction.response.send_message("done")

    small.guild.add_role("Readers")
    small.guild.add_channel("forum", ChannelType.FORUM)
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/order")).to_be_visible()
        await tab.locator("#message-box").fill("/order count:9 size:large where:gen share:1.5x")
        await tab.get_by_role("button", name="Send").click()
        alert = tab.locator(".composer-error")
        for option, wrong, right in (
            ("count", "At most 5.", "5"),
            ("where", "Choose one of the options.", "general"),
            ("who", "This option is required.", "Anna"),
            ("role", "This option is required.", "Readers"),
            ("share", "Enter a number.", "1.5"),
            ("gift", "This option is required.", "False"),
        ):
            await expect(alert).to_contain_text(f"{option}: {wrong}")
            await expect(tab.get_by_role("combobox", name=option)).to_be_focused()
            if option == "where":
                offered = tab.get_by_role("listbox", name="Options").get_by_role("option")
                await expect(offered).to_have_text(["general"])
            await tab.get_by_role("combobox", name=option).fill(right)
            await tab.get_by_role("button", name="Send").click()
        await expect(tab.locator(".message .content")).to_have_text("done")
    assert given == {
        "count": 5,
        "size": "L",
        "share": 1.5,
        "gift": False,
        "where": "general",
        "who": "anna",
        "role": "Readers",
    }


async def test_a_deferred_response_shows_thinking_then_answer_and_follow_up(
    small: Small, open_tab: OpenTab
) -> None:
    go_on = asyncio.Event()

    @small.bot.tree.command()
    async def slow(interaction: BotInteraction) -> None:
        """Take time."""
        await interaction.response.defer(ephemeral=True)
        await go_on.wait()
        await interaction.followup.send("the answer")
        await interaction.followup.send("and more")

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/slow")).to_be_visible()
        await type_command(tab, "/slow ")
        await expect(tab.locator(".message")).to_contain_text(["Robo is thinking…"])
        go_on.set()
        await expect(tab.locator(".message .content")).to_have_text(["the answer", "and more"])
        await expect(tab.get_by_text("is thinking")).to_have_count(0)
        await expect(tab.get_by_text("Only you can see this")).to_have_count(1)
        await expect(tab.locator(".quoted")).to_have_text("Robo the answer")
        await tab.get_by_role("button", name="Dismiss message").click()
        await expect(tab.locator(".message .content")).to_have_text(["and more"])
        await tab.reload()
        await expect(tab.locator(".message .content")).to_have_text(["and more"])


async def test_a_missing_response_is_shown_as_in_discord(small: Small, open_tab: OpenTab) -> None:
    heard = asyncio.Event()

    class Silent(discord.ui.View):
        @discord.ui.button(label="Poke")
        async def poke(self, _interaction: BotInteraction, _button: object) -> None:
            heard.set()

    @small.bot.tree.command()
    async def mute(_interaction: BotInteraction) -> None:
        """Say nothing."""
        heard.set()

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/mute")).to_be_visible()
        await type_command(tab, "/mute ")
        pending = tab.locator(".message")
        await expect(pending).to_contain_text("Sending command…")
        await heard.wait()
        small.clock.advance(seconds=4)
        small.sandbox.tick()
        await expect(pending).to_contain_text(DOES_NOT_RESPOND)
        await tab.get_by_role("button", name="Dismiss message").click()
        await expect(pending).to_have_count(0)
        await small.channel().send("Poke me", view=Silent())
        heard.clear()
        await tab.get_by_role("button", name="Poke").click()
        await expect(tab.get_by_role("button", name="Poke")).to_have_attribute("aria-busy", "true")
        await heard.wait()
        small.clock.advance(seconds=4)
        small.sandbox.tick()
        await expect(tab.locator(".message")).to_contain_text(["This interaction failed"])


async def test_menus_accept_one_or_several_values(small: Small, open_tab: OpenTab) -> None:
    class Menus(discord.ui.View):
        @discord.ui.select(
            placeholder="Which fruit?",
            options=[
                discord.SelectOption(label="Apple", emoji="🍎", description="round"),
                discord.SelectOption(label="Pear"),
            ],
        )
        async def fruit(self, interaction: BotInteraction, menu: discord.ui.Select[Any]) -> None:
            await interaction.response.send_message(f"took {menu.values[0]}")

        @discord.ui.select(
            cls=discord.ui.UserSelect, placeholder="Who?", min_values=2, max_values=3
        )
        async def people(
            self, interaction: BotInteraction, menu: discord.ui.UserSelect[Any]
        ) -> None:
            names = " and ".join(sorted(user.name for user in menu.values))
            await interaction.response.send_message(f"chose {names}")

    small.guild.add_member("Bo")
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await small.channel().send("Choose", view=Menus())
        opener = tab.get_by_role("button", name="Which fruit?")
        await opener.focus()
        await tab.keyboard.press("Enter")
        fruits = tab.get_by_role("listbox", name="Which fruit?")
        await expect(fruits).to_be_focused()
        await expect(fruits.get_by_role("option").first).to_contain_text("round")
        await tab.keyboard.press("Escape")
        await expect(fruits).to_have_count(0)
        await expect(opener).to_be_focused()
        await tab.keyboard.press("Enter")
        await tab.keyboard.press("ArrowDown")
        await tab.keyboard.press("Enter")
        await expect(tab.get_by_text("took Pear")).to_be_visible()
        await tab.get_by_role("button", name="Who?").click()
        people = tab.get_by_role("listbox", name="Who?")
        await people.get_by_role("option", name="Anna").click()
        await expect(tab.get_by_role("button", name="Done")).to_be_disabled()
        await people.get_by_role("option", name="Bo", exact=True).click()
        await tab.get_by_role("button", name="Done").click()
        await expect(tab.get_by_text("chose anna and bo")).to_be_visible()


async def test_a_modal_can_be_filled_in_and_submitted(small: Small, open_tab: OpenTab) -> None:
    class Form(discord.ui.Modal, title="Suggest"):
        name: Any = discord.ui.TextInput(label="Title", min_length=3)
        why: Any = discord.ui.Label(
            text="Why",
            description="In a sentence",
            component=discord.ui.TextInput(style=discord.TextStyle.paragraph, required=False),
        )
        kind: Any = discord.ui.Label(
            text="Kind",
            component=discord.ui.Select(options=[discord.SelectOption(label="Paper", value="p")]),
        )

        async def on_submit(self, interaction: BotInteraction) -> None:
            text = f"{self.name.value}: {self.why.component.value} ({self.kind.component.values})"
            await interaction.response.send_message(text)

    @small.bot.tree.command()
    async def suggest(interaction: BotInteraction) -> None:
        """Suggest something."""
        await interaction.response.send_modal(Form())

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.get_by_role("button", name="/suggest")).to_be_visible()
        await type_command(tab, "/suggest ")
        form = tab.get_by_role("dialog", name="Suggest")
        await expect(form.get_by_label("Title")).to_be_focused()
        await tab.keyboard.type("ab")
        await tab.keyboard.press("Enter")
        await expect(form).to_contain_text("At least 3 characters.")
        await expect(form).to_contain_text("This field is required.")
        await form.get_by_label("Title").fill("abc")
        await form.get_by_label("Why").fill("because")
        await form.get_by_role("button", name="Kind").click()
        await tab.keyboard.press("Enter")
        await form.get_by_role("button", name="Submit").click()
        await expect(form).to_have_count(0)
        await expect(tab.locator(".message .content")).to_have_text("abc: because (['p'])")


async def test_context_menu_commands_can_be_used(small: Small, open_tab: OpenTab) -> None:
    @small.bot.tree.context_menu(name="Count letters")
    async def count(interaction: BotInteraction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{len(message.content)} letters")

    @small.bot.tree.context_menu(name="Greet")
    async def greet(interaction: BotInteraction, member: discord.Member) -> None:
        await interaction.response.send_message(f"Hi {member.display_name}")

    said = small.anna.say("seven l", small.general)
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        message = tab.locator(f"#message-{said.id}")
        await message.click(button="right")
        menu = tab.get_by_role("menu")
        await expect(menu.get_by_role("menuitem").first).to_be_focused()
        await menu.get_by_role("menuitem", name="Count letters").click()
        await expect(tab.get_by_text("7 letters")).to_be_visible()
        await expect(tab.get_by_text("Anna used Count letters")).to_be_visible()
        await message.get_by_role("button", name="More for this message").click()
        await menu.get_by_role("menuitem", name="Greet").click()
        await expect(tab.get_by_text("Hi Anna")).to_be_visible()
        await message.get_by_role("button", name="More for this message").click()
        await menu.get_by_role("menuitem", name="Show as JSON").click()
        await expect(tab.get_by_role("dialog")).to_contain_text('"content": "seven l"')


async def test_changes_of_messages_are_shown_live(small: Small, open_tab: OpenTab) -> None:
    news = small.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    tab = await open_tab(small.page.url)
    await tab.get_by_role("button", name="news").click()
    async with connected(small.bot, small.sandbox):
        message = await small.channel(news).send("first")
        shown = tab.locator(f"#message-{message.id}")
        await expect(shown).to_contain_text("first")
        await message.edit(content="second", embed=discord.Embed(title="More"))
        await expect(shown.locator(".content")).to_have_text("second (edited)")
        await expect(shown.locator(".embed-title")).to_have_text("More")
        await message.publish()
        await expect(shown).to_contain_text("Published")
        await small.channel().send("elsewhere")
        await expect(tab.get_by_role("button", name="general unread")).to_be_visible()
        await message.delete()
        await expect(shown).to_have_count(0)


async def test_threads_and_forum_posts_can_be_opened(small: Small, open_tab: OpenTab) -> None:
    forum = small.guild.add_channel("talk", ChannelType.FORUM, tags=("vision",))
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        message = await small.channel().send("Discuss this")
        thread = await message.create_thread(name="Discussion")
        await thread.send("I begin")
        card = tab.locator(".thread-card")
        await expect(card).to_contain_text("Discussion")
        await expect(card).to_contain_text("1 message")
        await card.click()
        await expect(tab.locator("main h2").first).to_contain_text("Discussion")
        log = tab.get_by_role("log")
        await expect(log).to_contain_text("Discuss this")
        await expect(log).to_contain_text("I begin")
        await tab.get_by_role("button", name="talk").click()
        await expect(tab.get_by_text("No posts yet.")).to_be_visible()
        posts = small.channel(forum)
        await posts.create_thread(
            name="A paper", content="Read **me**", applied_tags=posts.available_tags
        )
        post = tab.locator(".forum-post")
        await expect(post).to_contain_text("A paper")
        await expect(post).to_contain_text("vision")
        await expect(post).to_contain_text("Read me")
        await post.click()
        await expect(tab.locator("main h2").first).to_contain_text("A paper")
        await expect(tab.locator(".message .content")).to_have_text("Read me")
        await tab.locator("#message-box").fill("Thanks")
        await tab.keyboard.press("Enter")
        await expect(tab.locator(".message .content").last).to_have_text("Thanks")


async def test_two_tabs_can_act_as_two_people(small: Small, open_tab: OpenTab) -> None:
    bo = small.guild.add_member("Bo")
    small.guild.set_overwrite(small.general, small.guild.everyone, deny=Permission.MENTION_EVERYONE)
    async with Page(small.sandbox, PageOptions(people=[small.anna, bo])) as page:
        annas, bos = await open_tab(page.url), await open_tab(page.url)
        await bos.locator(".you").click()
        await bos.get_by_role("radio", name="Bo").check()
        await bos.keyboard.press("Escape")
        await expect(bos.locator(".you-name")).to_have_text("Bo")
        await type_command(annas, "Hello Bo")
        await expect(bos.locator(".message")).to_contain_text("Hello Bo")
        await type_command(bos, "Hello Anna")
        await expect(annas.locator(".message .content")).to_have_text(["Hello Bo", "Hello Anna"])
        await expect(annas.locator(".message .author")).to_have_text(["Anna", "Bo"])


async def test_a_reconnect_shows_missed_messages(small: Small, open_tab: OpenTab) -> None:
    tab = await open_tab(small.page.url)
    await expect(tab.locator("#message-box")).to_be_focused()
    await small.page.hang_up()
    small.anna.say("meanwhile", small.general)
    await expect(tab.locator(".message .content")).to_have_text("meanwhile")
    await type_command(tab, "again")
    await expect(tab.locator(".message .content")).to_have_text(["meanwhile", "again"])


async def test_a_slow_browser_reloads_the_newest_messages(small: Small, open_tab: OpenTab) -> None:
    tab = await open_tab(small.page.url)
    await expect(tab.locator("#message-box")).to_be_focused()
    for number in range(1_500):
        small.anna.say(f"message {number}", small.general)
    await expect(tab.locator(".message .content").last).to_have_text("message 1499")
    await expect(tab.locator(".message")).to_have_count(50)
    await tab.get_by_role("button", name="Show earlier messages").click()
    await expect(tab.locator(".message")).to_have_count(100)


async def test_rejected_requests_are_shown_with_the_reason_of_discord(
    small: Small, open_tab: OpenTab
) -> None:
    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await expect(tab.locator("#message-box")).to_be_focused()
        with pytest.raises(discord.HTTPException):
            await small.channel().send(embed=discord.Embed(title="x" * 257))
        await tab.get_by_role("button", name=re.compile("1 refused")).click()
        await tab.get_by_role("button", name="Refused").click()
        refused = tab.get_by_role("complementary").locator("li")
        await expect(refused).to_have_count(1)
        await expect(refused).to_contain_text("400")
        await expect(refused).to_contain_text("Invalid Form Body (code 50035)")
        await expect(refused).to_contain_text("embeds[0].title: Must be 256 or fewer in length.")
        await refused.locator("summary").click()
        await expect(refused.locator("pre").first).to_contain_text("xxxx")


async def test_components_v2_show_pictures_files_and_links(small: Small, open_tab: OpenTab) -> None:
    class Layout(discord.ui.LayoutView):
        box: Any = discord.ui.Container(
            discord.ui.TextDisplay("# Heading\n-# small print"),
            discord.ui.Separator(),
            discord.ui.Section("Beside it", accessory=discord.ui.Button(label="B", custom_id="b")),
            discord.ui.ActionRow(discord.ui.Button(label="Away", url="https://example.org/")),
            accent_colour=0xFF0000,
        )

    tab = await open_tab(small.page.url)
    async with connected(small.bot, small.sandbox):
        await small.channel().send(view=Layout())
        layout = tab.locator(".layout")
        await expect(layout.get_by_role("heading", name="Heading")).to_be_visible()
        await expect(layout.locator(".section")).to_contain_text("Beside it")
        away = layout.get_by_role("link", name="Away")
        assert await away.get_attribute("href") == "https://example.org/"
        assert await away.get_attribute("rel") == "noopener noreferrer nofollow"
        file = discord.File(__file__, filename="read me.txt")
        await small.channel().send(file=file)
        async with tab.expect_download() as download:
            await tab.get_by_role("link", name="Download").click()
        assert (await download.value).suggested_filename == "read_me.txt"
