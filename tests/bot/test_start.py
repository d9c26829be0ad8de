import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from bot_fixture import BotFixture, shown
from catalogue import CATALOGUE

from bot.app import App, AppSettings
from bot.client import ConnectionSettings
from bot.demo.scene import connected
from bot.discord_endpoint import point_at
from bot.posting.settings import PostingSettings
from bot.sandbox import Sandbox
from storage.database import Database


def puts_of_commands(sandbox: Sandbox) -> int:
    return sum(r.method == "PUT" and r.path.endswith("/commands") for r in sandbox.requests)


async def start_and_stop(sandbox: Sandbox, database: Database) -> None:
    await point_at(sandbox.url)
    app = App(database, catalogue=CATALOGUE)
    async with connected(app, sandbox):
        pass
    await point_at(None)


async def test_commands_are_synced_once_and_again_after_a_change(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async with await Database.open(tmp_path / "papers.db") as database:
        await start_and_stop(sandbox, database)
        await start_and_stop(sandbox, database)
        assert puts_of_commands(sandbox) == 1
        async with database.transaction() as writer:
            await writer.execute("UPDATE key_value SET value = 'of an older version'")
        await start_and_stop(sandbox, database)
        assert puts_of_commands(sandbox) == 2


async def test_names_and_descriptions_are_localised(own_bot: BotFixture) -> None:
    bodies = {c.name: c.body for c in own_bot.sandbox.world.commands.values()}
    assert set(bodies) == {
        "paper",
        "search",
        "Find papers",
        "saved",
        "mydata",
        "top",
        "schedule",
        "setup",
        "help",
        "about",
        "status",
    }
    assert bodies["paper"]["name_localizations"] == {"ko": "논문"}
    assert bodies["paper"]["options"][0]["description_localizations"]["ko"]
    assert bodies["top"]["contexts"] == [0, 1, 2]
    assert bodies["top"]["integration_types"] == [0, 1]
    assert bodies["schedule"]["contexts"] == [0]
    assert bodies["schedule"]["default_member_permissions"] == 1 << 5


async def test_an_empty_database_says_how_to_fill_it(sandbox: Sandbox, tmp_path: Path) -> None:
    guild = sandbox.add_guild("Lab")
    person = guild.add_member("Ann")
    person.channel = guild.add_channel("general")
    async with await Database.open(tmp_path / "papers.db") as database:
        await point_at(sandbox.url)
        app = App(database, catalogue=CATALOGUE)
        async with connected(app, sandbox):
            assert "No papers yet" in shown(await person.slash("top")).content
            unknown = await person.slash("paper", query="2502.14499")
            assert "2502.14499" in shown(unknown).content
            assert await person.autocomplete("paper", "query", "") == []
        await point_at(None)


async def test_an_unwritable_database_is_reported_to_the_user(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    guild = sandbox.add_guild("Lab")
    channel = guild.add_channel("general")
    path = tmp_path / "papers.db"
    async with await Database.open(path, busy_timeout=0.05) as database:
        await point_at(sandbox.url)
        app = App(database, catalogue=CATALOGUE)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            async with connected(app, sandbox):
                other.execute("BEGIN IMMEDIATE")
                answer = await sandbox.world.owner.slash(
                    "schedule add", channel, channel=channel, timezone="UTC"
                )
        await point_at(None)
    assert answer.ephemeral
    assert "The database is unavailable" in shown(answer).content
    assert str(path) not in shown(answer).content
    assert "the database can't be used" in caplog.text


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - nothing reports these
            await asyncio.sleep(0.01)


async def test_posting_starts_as_soon_as_a_locked_database_is_free(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "papers.db"
    async with await Database.open(path, busy_timeout=0.05) as database:
        await point_at(sandbox.url)
        settings = AppSettings(posting=PostingSettings(first_backoff=0.05))
        app = App(database, catalogue=CATALOGUE, settings=settings)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            async with connected(app, sandbox):
                await until(lambda: "posting can't start" in caplog.text)
                assert not app.posting.runner.is_running
                other.execute("ROLLBACK")
                await until(lambda: app.posting.runner.is_running)
        await point_at(None)


async def test_an_unexpected_error_gets_a_general_private_answer_and_is_logged_once(
    own_bot: BotFixture, caplog: pytest.LogCaptureFixture
) -> None:
    own_bot.app.tree.remove_command("top")

    @own_bot.app.tree.command(name="top", description="broken")
    async def top(_interaction: object) -> None:
        raise RuntimeError("a secret detail")

    interaction = await own_bot.korean.slash("top")
    assert interaction.ephemeral
    assert "오류가 발생했습니다" in shown(interaction).content
    assert "secret" not in shown(interaction).content
    assert len([r for r in caplog.records if r.levelname == "ERROR"]) == 1


async def test_a_server_that_is_not_discord_is_reported() -> None:
    with pytest.raises(ConnectionError, match="does not answer as Discord"):
        await point_at("http://127.0.0.1:9/api")


async def test_commands_work_after_a_dropped_gateway_connection(own_bot: BotFixture) -> None:
    await own_bot.sandbox.gateway.drop(4000)
    await own_bot.sandbox.wait_connected()
    assert shown(await own_bot.member.slash("top")).embeds


async def test_the_log_has_an_invite_link_while_the_bot_is_in_no_server(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot")
    name = sandbox.world.bot.name
    async with await Database.open(tmp_path / "papers.db") as database:
        for servers in ("0 servers", "1 server", "2 servers"):
            caplog.clear()
            await point_at(sandbox.url)
            connection = ConnectionSettings(ready_after=0.05)
            app = App(database, catalogue=CATALOGUE, connection=connection)
            async with connected(app, sandbox):
                await until(lambda: "connected as" in caplog.text)
            await point_at(None)
            logged = [record.getMessage() for record in caplog.records]
            assert f"connected as {name} in {servers}" in logged
            invites = [each for each in logged if "https://discord.com/oauth2" in each]
            assert bool(invites) == (servers == "0 servers")
            assert ("registered 11 commands" in logged) == (servers == "0 servers")
            sandbox.add_guild(servers)
