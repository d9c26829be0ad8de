"""Why an action was not sent, in the language of the person who acts."""

from typing import Final

import discord
import pytest
from browsing import OpenTab, Small
from discord import app_commands
from playwright.async_api import expect
from small_bot import BotInteraction, connected

from bot.sandbox import Permission
from bot.sandbox.page import Action, Page, PageOptions

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]


class KoreanNames(app_commands.Translator):
    """Translates the name of the command below."""

    NAMES: Final = {"settings": "설정"}

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, _context: object
    ) -> str | None:
        return self.NAMES.get(string.message) if locale is discord.Locale.korean else None


@pytest.mark.parametrize(
    ("locale", "why"),
    [
        ("en-US", "That didn't work: You may not write here."),
        ("ko", "실패했습니다: 여기에는 메시지를 보낼 수 없습니다."),
    ],
    ids=["English", "Korean"],
)
async def test_a_member_is_told_where_they_may_not_write(
    small: Small, open_tab: OpenTab, locale: str, why: str
) -> None:
    small.anna.locale = locale
    small.guild.set_overwrite(small.general, small.guild.everyone, deny=Permission.SEND_MESSAGES)
    tab = await open_tab(small.page.url)
    await tab.locator("#message-box").fill("안녕하세요")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".composer-error")).to_have_text(why)
    assert small.general.messages == []


async def test_reasons_are_in_the_language_that_a_person_has_changed_to(
    small: Small, open_tab: OpenTab
) -> None:
    small.guild.set_overwrite(small.general, small.guild.everyone, deny=Permission.SEND_MESSAGES)
    tab = await open_tab(small.page.url)
    # Once a channel is open.
    await expect(tab.locator("#message-box")).to_be_enabled()
    await tab.locator(".you").click()
    await tab.get_by_role("radio", name="한국어").check()
    await expect(tab.get_by_role("dialog", name="사용자와 설정")).to_be_visible()
    await tab.keyboard.press("Escape")
    await tab.locator("#message-box").fill("hello")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".composer-error")).to_contain_text("메시지를 보낼 수 없습니다.")


@pytest.mark.parametrize(
    ("locale", "why"),
    [
        (
            "en-GB",
            "'settings' can't be used here by Anna: it needs permissions that they do not have.",
        ),
        ("ko", "여기서는 Anna 님이 “설정” 명령어를 사용할 수 없습니다. 이유: 권한이 없습니다."),
    ],
    ids=["English", "Korean"],
)
async def test_a_hidden_command_says_why_it_is_hidden(
    small: Small, open_tab: OpenTab, locale: str, why: str
) -> None:
    @small.bot.tree.command()
    @app_commands.default_permissions(manage_guild=True)
    async def settings(interaction: BotInteraction) -> None:
        """Change settings."""
        await interaction.response.send_message("changed")

    small.anna.locale = locale
    await small.bot.tree.set_translator(KoreanNames())
    async with connected(small.bot, small.sandbox):
        tab = await open_tab(small.page.url)
        await tab.locator(".you").click()
        await tab.get_by_role("switch").last.check()
        await tab.keyboard.press("Escape")
        await tab.locator("#message-box").fill("/")
        await expect(tab.locator(".command-choice-hidden")).to_have_attribute("title", why)


@pytest.mark.parametrize(
    ("locale", "submit", "why"),
    [
        ("en-US", "Submit", "That didn't work: No form is open."),
        ("ko", "제출", "실패했습니다: 열린 양식이 없습니다."),
    ],
    ids=["English", "Korean"],
)
async def test_a_form_that_is_open_no_longer_says_so(
    small: Small, open_tab: OpenTab, locale: str, submit: str, why: str
) -> None:
    class Form(discord.ui.Modal, title="Form"):
        name: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            label="Name", required=False
        )

    @small.bot.tree.command()
    async def form(interaction: BotInteraction) -> None:
        """Open a form."""
        await interaction.response.send_modal(Form())

    small.anna.locale = locale
    async with connected(small.bot, small.sandbox):
        tab = await open_tab(small.page.url)
        await expect(tab.get_by_role("button", name="/form")).to_be_visible()
        await tab.locator("#message-box").fill("/form ")
        await tab.keyboard.press("Enter")
        dialog = tab.get_by_role("dialog", name="Form")
        await expect(dialog).to_be_visible()
        # As if the same person had closed it in another browser.
        small.anna.dismiss(list(small.sandbox.world.interactions.values())[-1])
        await dialog.get_by_role("button", name=submit).click()
        await expect(dialog.locator(".modal-error")).to_have_text(why)


@pytest.mark.parametrize(
    ("locale", "why"),
    [
        ("en-US", "That didn't work: 'reset' failed; the log says why."),
        ("ko", "실패했습니다: 오류가 발생했습니다. 원인은 로그에서 확인해 주세요."),
    ],
    ids=["English", "Korean"],
)
async def test_an_action_that_fails_says_so_in_a_notice(
    small: Small, open_tab: OpenTab, locale: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_person: object) -> None:
        raise RuntimeError("no")

    small.anna.locale = locale
    action = Action("reset", {"en": "Reset", "ko": "초기화"}, fail)
    async with Page(small.sandbox, PageOptions(people=[small.anna], actions=[action])) as page:
        tab = await open_tab(page.url)
        await tab.locator("header").get_by_role("button", name=action.names[locale[:2]]).click()
        await expect(tab.locator(".notice")).to_have_text(why)
    assert "RuntimeError: no" in caplog.text
