"""`/help` and `/about`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

import pytest
from bot_fixture import BotFixture, link, shown
from catalogue import CATALOGUE

from bot.app import App, AppSettings
from storage import key_value

_PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 35 | 1 << 38


@asynccontextmanager
async def told_about(
    fixture: BotFixture, operator: str | None, *, is_public: bool
) -> AsyncIterator[None]:
    """Restart the bot with other settings of `[about]`."""
    await fixture.stop()
    fixture.app = App(
        fixture.database,
        catalogue=CATALOGUE,
        clock=fixture.clock,
        settings=AppSettings(operator=operator, is_public=is_public),
    )
    await fixture.start()
    yield


def registrations(fixture: BotFixture) -> int:
    """Return how often commands were registered."""
    return sum(each.method == "PUT" for each in fixture.sandbox.requests)


async def test_help_tells_members_what_they_can_do_with_links_to_commands(
    fixture: BotFixture,
) -> None:
    answer = await fixture.member.slash("help")
    text = shown(answer).content
    assert answer.ephemeral
    for command in ("paper", "top", "about"):
        assert link(fixture, command) in text
    assert fixture.sandbox.world.bot.mention in text
    assert "Follow" in text
    assert "/schedule" not in text
    assert not shown(answer).pings


async def test_help_tells_managers_more(fixture: BotFixture) -> None:
    text = shown(await fixture.admin.slash("help")).content
    for command in ("add", "list", "edit", "preview", "post", "pause", "remove", "history"):
        assert link(fixture, f"schedule {command}") in text
    assert "announcement channel" in text
    assert "Channels & Roles" in text


async def test_help_is_in_korean_for_koreans(fixture: BotFixture) -> None:
    text = shown(await fixture.korean.slash("도움말")).content
    assert "누구나 할 수 있는 일" in text
    assert link(fixture, "paper") in text


async def test_help_in_direct_messages_has_nothing_of_servers(fixture: BotFixture) -> None:
    dm = fixture.sandbox.world.dm(fixture.admin)
    text = shown(await fixture.admin.slash("help", dm)).content
    assert "Send me" in text
    assert "schedule" not in text
    assert "Follow" not in text


async def test_help_names_no_schedules_in_a_server_without_the_bot(fixture: BotFixture) -> None:
    owner = fixture.sandbox.world.owner
    owner.installed = True
    guild = fixture.sandbox.add_guild("Elsewhere", with_bot=False)
    channel = guild.add_channel("talk")
    text = shown(await owner.slash("help", channel)).content
    assert "schedule" not in text


async def test_links_of_commands_survive_a_restart_without_another_registration(
    fixture: BotFixture,
) -> None:
    before = registrations(fixture)
    await fixture.restart()
    assert registrations(fixture) == before
    assert link(fixture, "paper") in shown(await fixture.member.slash("help")).content


@pytest.mark.parametrize("stored", ["0" * 64, "null", "[]", '{"digest": 1}', "{"])
async def test_the_commands_are_registered_anew_if_their_ids_are_unknown(
    fixture: BotFixture, stored: str
) -> None:
    before = registrations(fixture)
    application_id = fixture.sandbox.world.application_id
    await key_value.put(fixture.database, f"commands of {application_id}", stored)
    await fixture.restart()
    assert registrations(fixture) == before + 1
    assert link(fixture, "top") in shown(await fixture.member.slash("help")).content


async def test_commands_are_plain_text_while_their_ids_are_unknown(fixture: BotFixture) -> None:
    fixture.app.catalogue.set_command_ids({})
    text = shown(await fixture.admin.slash("help")).content
    assert "- /paper finds" in text
    assert "- /schedule add posts" in text


async def test_about_says_who_runs_the_bot_and_where_papers_come_from(
    own_bot: BotFixture,
) -> None:
    async with told_about(own_bot, "Ann @everyone", is_public=False):
        answer = await own_bot.member.slash("about")
        message = shown(answer)
        assert answer.ephemeral
        assert not message.pings
        assert message.content.startswith(f"**Daily Papers** {version('daily-papers-bot')}\n")
        for part in (
            "Operator: Ann @everyone",
            "Papers: 3",
            "- Files of the bot's operator: 3",
            "newest day February 21, 2025",
            "not affiliated with Hugging Face",
            "come from the AI they name",
            "Discord IDs",
        ):
            assert part in message.content
        assert [each["label"] for each in message.controls] == [
            "Hugging Face Daily Papers",
            "arXiv",
        ]
        korean = shown(await own_bot.korean.slash("정보")).content
        assert "봇 운영자: Ann @everyone" in korean
        assert "- 봇 운영자가 추가한 파일: 3" in korean


async def test_about_offers_the_bot_with_the_least_permissions_if_it_is_public(
    own_bot: BotFixture,
) -> None:
    async with told_about(own_bot, None, is_public=True):
        message = shown(await own_bot.member.slash("about"))
    assert "hasn't left a name" in message.content
    (button,) = [each for each in message.controls if each["label"] == "Add to your server"]
    application_id = own_bot.sandbox.world.application_id
    assert button["url"] == (
        f"https://discord.com/oauth2/authorize?client_id={application_id}"
        f"&scope=bot+applications.commands&permissions={_PERMISSIONS}"
    )
