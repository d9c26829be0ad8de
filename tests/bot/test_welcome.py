"""What the bot says, once, in a server that has added it."""

import asyncio
from pathlib import Path

import pytest
from bot_fixture import READ_AT, BotFixture, link, new_app, pointed_at, shown
from posting_fixture import eventually

from bot.clock import Clock
from bot.demo.scene import connected
from bot.sandbox import Channel, ChannelType, Guild, Permission, Sandbox
from storage import guilds
from storage.database import Database

ENGLISH = "Hi! I post the day's top AI papers."
KOREAN = "안녕하세요! 매일 주목받는 AI 논문을 올려 드립니다."


def new_guild(fixture: BotFixture, name: str = "New", *, locale: str = "en-US") -> Guild:
    """Add a server without the bot."""
    return fixture.sandbox.add_guild(name, locale=locale, with_bot=False)


async def until_welcomed(channel: Channel) -> None:
    await eventually(lambda: bool(channel.messages))


async def until_settled(fixture: BotFixture) -> None:
    """Wait until the bot has handled the events so far: those of servers keep their order."""
    probe = new_guild(fixture, "Probe")
    channel = probe.add_channel("general")
    probe.add_bot()
    await until_welcomed(channel)
    probe.remove_bot()


def all_messages(guild: Guild) -> list[str]:
    return [message.content for each in guild.channels.values() for message in each.messages]


@pytest.mark.parametrize(
    ("locale", "text", "label"), [("en-US", ENGLISH, "Set up"), ("ko", KOREAN, "설정하기")]
)
async def test_the_welcome_is_short_and_in_the_language_of_the_server(
    fixture: BotFixture, locale: str, text: str, label: str
) -> None:
    guild = new_guild(fixture, locale=locale)
    first = guild.add_channel("first")
    system = guild.add_channel("system")
    guild.system_channel_id = system.id
    guild.add_bot()
    await until_welcomed(system)
    (message,) = system.messages
    assert message.content == f"{text} {link(fixture, 'help')}"
    (button,) = message.controls
    assert button["label"] == label
    assert button["custom_id"] == "2:welcome"
    assert not message.pings
    assert not first.messages


async def test_the_button_opens_the_set_up_screen_for_managers_alone(fixture: BotFixture) -> None:
    guild = new_guild(fixture)
    channel = guild.add_channel("general")
    guild.add_member(fixture.member)
    guild.add_bot()
    await until_welcomed(channel)
    (message,) = channel.messages
    answer = await fixture.sandbox.world.owner.press(message, "Set up")
    assert answer.ephemeral
    assert "2:setup:start:" in str(shown(answer).controls)
    answer = await fixture.member.press(message, "Set up")
    assert answer.ephemeral
    assert "Manage Server" in shown(answer).content


async def test_without_a_system_channel_the_first_channel_is_taken_in_which_all_write(
    fixture: BotFixture,
) -> None:
    guild = new_guild(fixture)
    system = guild.add_channel("system")
    guild.system_channel_id = system.id
    rules, hidden, news, voiceless = (
        guild.add_channel("rules"),
        guild.add_channel("hidden"),
        guild.add_channel("news", ChannelType.ANNOUNCEMENT),
        guild.add_channel("forum", ChannelType.FORUM),
    )
    general = guild.add_channel("general")
    later = guild.add_channel("later")
    bot = fixture.sandbox.world.bot
    guild.set_overwrite(system, bot, deny=Permission.SEND_MESSAGES)
    guild.set_overwrite(rules, guild.everyone, deny=Permission.SEND_MESSAGES)
    guild.set_overwrite(rules, bot, allow=Permission.SEND_MESSAGES)
    guild.set_overwrite(hidden, guild.everyone, deny=Permission.VIEW_CHANNEL)
    guild.set_overwrite(hidden, bot, allow=Permission.VIEW_CHANNEL)
    guild.add_bot()
    await until_welcomed(general)
    for channel in (system, rules, hidden, news, voiceless, later):
        assert not channel.messages


async def test_without_a_channel_to_write_in_nothing_is_said_now_or_later(
    fixture: BotFixture,
) -> None:
    guild = new_guild(fixture)
    channel = guild.add_channel("rules")
    guild.set_overwrite(channel, guild.everyone, deny=Permission.SEND_MESSAGES)
    guild.add_bot()
    await until_settled(fixture)
    guild.set_overwrite(channel, guild.everyone)
    await fixture.restart()
    await until_settled(fixture)
    assert not all_messages(guild)


async def test_a_server_is_welcomed_once_also_after_a_restart_and_when_it_adds_the_bot_again(
    fixture: BotFixture,
) -> None:
    guild = new_guild(fixture)
    channel = guild.add_channel("general")
    guild.add_bot()
    await until_welcomed(channel)
    fixture.sandbox.world.publish("GUILD_CREATE", guild)
    await fixture.restart()
    guild.remove_bot()
    guild.add_bot()
    await until_settled(fixture)
    assert len(channel.messages) == 1


async def test_a_server_that_added_the_bot_while_it_was_offline_is_welcomed_at_the_next_start(
    fixture: BotFixture,
) -> None:
    await until_settled(fixture)
    await fixture.stop()
    guild = new_guild(fixture)
    channel = guild.add_channel("general")
    guild.add_bot()
    await fixture.restart()
    await until_welcomed(channel)
    assert len(channel.messages) == 1
    assert not fixture.general.messages


async def test_a_server_that_is_unavailable_at_that_start_is_welcomed_once_it_is_available(
    fixture: BotFixture,
) -> None:
    await until_settled(fixture)
    await fixture.stop()
    guild = new_guild(fixture)
    channel = guild.add_channel("general")
    guild.add_bot()
    guild.set_available(False)
    await fixture.restart()
    await fixture.app.ready.wait()
    await until_settled(fixture)
    assert not channel.messages
    guild.set_available(True)
    await until_welcomed(channel)
    assert len(channel.messages) == 1


async def test_servers_from_before_the_first_start_are_never_welcomed(
    own_bot: BotFixture,
) -> None:
    await until_settled(own_bot)
    await own_bot.restart()
    await until_settled(own_bot)
    own_bot.guild.remove_bot()
    own_bot.guild.add_bot()
    await until_settled(own_bot)
    assert not own_bot.general.messages


async def test_a_server_with_schedules_is_not_welcomed(fixture: BotFixture) -> None:
    await fixture.app.ready.wait()
    await until_settled(fixture)
    await fixture.admin.slash("schedule add", channel=fixture.general, timezone="Seoul")
    await guilds.give_back_welcome(fixture.database, fixture.guild.id)
    await fixture.restart()
    await until_settled(fixture)
    assert not fixture.general.messages


async def test_a_server_is_welcomed_in_the_language_that_was_chosen_for_it(
    fixture: BotFixture,
) -> None:
    guild = new_guild(fixture)
    channel = guild.add_channel("general")
    async with fixture.database.transaction() as writer:
        await writer.execute("INSERT INTO guilds (id, language) VALUES (?, 'ko')", (guild.id,))
    guild.add_bot()
    await until_welcomed(channel)
    assert channel.messages[0].content.startswith(KOREAN)


async def test_a_refused_welcome_is_logged_and_not_tried_again(
    fixture: BotFixture, caplog: pytest.LogCaptureFixture
) -> None:
    guild = new_guild(fixture)
    channel = guild.add_channel("general")
    fixture.sandbox.faults.add("POST", f"/channels/{channel.id}/messages", status=403)
    guild.add_bot()
    await eventually(lambda: "can't say hello" in caplog.text)
    await fixture.restart()
    await until_settled(fixture)
    assert not channel.messages


async def test_servers_of_every_shard_count_as_welcomed_at_the_first_start(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "shards.db").write_bytes(new_file)
    clock = Clock()
    clock.move_to(READ_AT)
    async with (
        await Database.open(path) as database,
        Sandbox(clock=clock.now, shards=2) as sandbox,
    ):
        earlier: dict[int, Channel] = {}
        while len(earlier) < 2:  # the time in a server's id decides on its shard
            guild = sandbox.add_guild("Earlier")
            earlier[(guild.id >> 22) % 2] = guild.add_channel("general")
            await asyncio.sleep(0.001)
        for _ in range(2):
            app = new_app(database, clock)
            with pointed_at(sandbox):
                async with connected(app, sandbox):
                    await sandbox.wait_connected(shards=2)
                    new = sandbox.add_guild("New", with_bot=False)
                    channel = new.add_channel("general")
                    new.add_bot()
                    await until_welcomed(channel)
            assert [len(each.messages) for each in (*earlier.values(), channel)] == [0, 0, 1]
