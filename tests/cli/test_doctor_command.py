"""`daily-papers doctor` finds real faults, says what to do, and changes nothing."""

import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import discord
import disks
import pytest
from doctor_reports import Report, copied, lose_a_paper_in_the_index, parsed
from storage_samples import add_schedule, settings

from bot.cli.doctor_process import DoctorOptions, diagnose
from bot.cli.options import GlobalOptions
from bot.demo.services.arxiv import LocalArXiv
from bot.demo.services.chat import LocalChat
from bot.demo.services.faults import answering, failing
from bot.demo.services.huggingface import LocalHuggingFace
from bot.doctor.discord_checks import check_intents
from bot.doctor.finding import State
from bot.sandbox import ChannelType, Permission, Sandbox
from bot.sources.http import HttpClient
from storage.database import Database
from storage.records import Frequency, Layout

Invoke = Callable[..., Any]
MODELS = "/v1/models"


Diagnose = Callable[..., Awaitable[Report]]


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def examine(capsys: pytest.CaptureFixture[str]) -> Diagnose:
    """Run the command in this process and loop, in which the local services are."""

    async def run(*, is_offline: bool = False) -> Report:
        options = DoctorOptions(is_offline=is_offline, is_compact=False)
        status = await diagnose(GlobalOptions(None, {}), options)
        return parsed(status, capsys.readouterr().out)

    return run


@pytest.fixture
async def services(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, stored: Path, tmp_path: Path
) -> AsyncIterator[dict[str, Any]]:
    """Settings, a database, and everything that they name; all is well."""
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "2025-02-21.md").touch()
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "daily-papers-20250221T203000Z.db").touch()
    async with LocalHuggingFace() as huggingface, LocalArXiv() as arxiv, LocalChat() as chat:
        chat.faults.put(MODELS, answering(b'{"data": [{"id": "tiny"}]}'), times=99)
        values = {
            "TOKEN": sandbox.token,
            "DISCORD_URL": sandbox.url,
            "DIGESTS": "digests",
            "SOURCES": '[{"name": "live", "kind": "huggingface"}]',
            "HUGGINGFACE_URL": huggingface.url,
            "ARXIV_URL": arxiv.url,
            "WRITER_URL": chat.base,
            "WRITER_MODEL": "tiny",
            "BACKUP_FOLDER": "copies",
            # To load the model takes longer than all else; one test here does.
            "SEARCH_SEMANTIC": "false",
        }
        for name, value in values.items():
            monkeypatch.setenv(f"DAILY_PAPERS_{name}", value)
        # The second attempt comes soon.
        monkeypatch.setattr("bot.doctor.services.HttpClient", partial(HttpClient, backoff=0.05))
        yield {"huggingface": huggingface, "arxiv": arxiv, "chat": chat, "database": stored}


async def add(path: Path, *channels: int, guild: int, **options: object) -> None:
    """Add a schedule for each channel."""
    async with await Database.open(path) as database:
        for channel in channels:
            await add_schedule(database, settings(channel_id=channel, **options), guild_id=guild)


@pytest.mark.usefixtures("services")
async def test_where_all_is_well_each_line_says_ok(
    examine: Diagnose,
    sandbox: Sandbox,
    stored: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DAILY_PAPERS_SEARCH_SEMANTIC")
    guild = sandbox.add_guild("Lab")
    text, forum = guild.add_channel("papers"), guild.add_channel("forum", ChannelType.FORUM)
    thread = guild.add_thread(text, "talk", sandbox.world.owner)
    await add(stored, text.id, forum.id, thread.id, guild=guild.id)
    before = content_of(stored)
    report = await examine()
    assert (report.status, report.to_do, report.skipped) == (0, [], [])
    subjects = [line.partition(": ")[0] for line in report.ok]
    assert subjects == [
        *("settings", "database", "full-text index", "disk", "backups", "time zones", "fonts"),
        *("source files", "search by meaning", "token", "intents", "connections", "channels"),
        "clock",
        *("source live", "arXiv", "language model"),
    ]
    assert "channels: the bot can post in all 3" in report.ok
    assert content_of(stored) == before
    assert files_in(tmp_path) == {"daily-papers.db", "digests", "copies"}
    assert {request.method for request in sandbox.requests} == {"GET"}


@pytest.mark.usefixtures("services")
async def test_offline_the_network_is_left_alone(examine: Diagnose, sandbox: Sandbox) -> None:
    report = await examine(is_offline=True)
    assert (report.status, report.skipped) == (0, ["network: left alone"])
    assert not sandbox.requests


def test_wrong_settings_are_listed_and_nothing_else_is_tried(
    invoke: Invoke, tmp_path: Path
) -> None:
    (tmp_path / "daily-papers.toml").write_text("colour = 1\nlog_level = 'loud'\n")
    result = invoke("doctor")
    report = parsed(result.status, result.out)
    assert report.status == 1
    assert len(report.to_do) == 2
    assert all(line.startswith("settings: ") for line in report.to_do)


def test_a_new_installation_is_told_about_its_token(invoke: Invoke) -> None:
    result = invoke("doctor", "--offline")
    report = parsed(result.status, result.out)
    assert report.status == 1
    (line,) = report.to_do
    assert line.startswith("token: none is set: copy it from https://discord.com/developers/")
    assert "database: daily-papers.db is not there yet; it is made at first use" in report.ok


# Discord


async def test_a_refused_token_is_named(
    examine: Diagnose, services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_TOKEN", "an.old.one")
    report = await examine()
    assert report.status == 1
    (line,) = report.to_do
    assert line.startswith("token: Discord does not know it: make a new one at https://")
    assert "an.old.one" not in str(report)
    assert "clock: within 60 s of Discord's" in report.ok
    assert services["arxiv"].requests


@pytest.mark.usefixtures("services")
async def test_an_unreachable_discord_is_named_and_the_rest_is_checked(
    examine: Diagnose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_DISCORD_URL", "http://127.0.0.1:9/api/v10")
    report = await examine()
    (line,) = report.to_do
    assert line.startswith("Discord: it can't be reached: http://127.0.0.1:9/api/v10 does not")
    assert any(line.startswith("source live: ") for line in report.ok)


@pytest.mark.parametrize(("minutes", "words"), [(-7, "420 s ahead of"), (7, "420 s behind")])
@pytest.mark.usefixtures("services")
async def test_a_wrong_clock_is_named(
    examine: Diagnose, sandbox: Sandbox, minutes: int, words: str
) -> None:
    sandbox.world.clock = lambda: datetime.now(UTC) + timedelta(minutes=minutes)
    report = await examine()
    (line,) = report.to_do
    number, _, rest = words.partition(" ")
    assert line.startswith("clock: it is ")
    assert abs(int(line.split()[3]) - int(number)) < 30
    assert rest in line


def test_privileged_intents_that_the_application_lacks_are_named() -> None:
    wanted = discord.Intents(guilds=True, members=True, message_content=True)
    flags = discord.ApplicationFlags(gateway_guild_members_limited=True)
    finding = check_intents(wanted, flags)
    assert finding.state is State.TO_DO
    assert finding.text.startswith("turn on message_content at ")
    flags.gateway_message_content = True
    assert check_intents(wanted, flags).state is State.OK


@pytest.mark.usefixtures("services")
async def test_missing_permissions_are_named_for_each_channel(
    examine: Diagnose, sandbox: Sandbox, stored: Path
) -> None:
    guild = sandbox.add_guild("Lab")
    quiet, hidden, fine = (guild.add_channel(name) for name in ("quiet", "hidden", "fine"))
    thread = guild.add_thread(quiet, "talk", sandbox.world.owner)
    bot = sandbox.world.bot
    guild.set_overwrite(quiet, bot, deny=Permission.SEND_MESSAGES | Permission.EMBED_LINKS)
    guild.set_overwrite(hidden, bot, deny=Permission.VIEW_CHANNEL)
    gone = guild.add_channel("gone")
    guild.remove_channel(gone)
    channels = (quiet, hidden, fine, thread, gone)
    await add(stored, *(each.id for each in channels), guild=guild.id)
    report = await examine()
    assert report.status == 1
    in_quiet, in_hidden, in_thread, in_gone = report.to_do
    where = f"of server {guild.id} (Lab)"
    assert f"channels: in channel {quiet.id} {where} the bot lacks Send Messages, Embed Links" in (
        in_quiet
    )
    assert str(hidden.id) in in_hidden
    assert f"in channel {thread.id} {where} the bot lacks Embed Links" in in_thread
    assert f"channel {gone.id} {where} is gone or can't be seen" in in_gone


@pytest.mark.usefixtures("services")
async def test_attach_files_is_named_for_posts_with_a_chart_only(
    examine: Diagnose, sandbox: Sandbox, stored: Path
) -> None:
    guild = sandbox.add_guild("Lab")
    daily, weekly = guild.add_channel("daily"), guild.add_channel("weekly")
    guild.set_overwrite(daily, sandbox.world.bot, deny=Permission.ATTACH_FILES)
    guild.set_overwrite(weekly, sandbox.world.bot, deny=Permission.ATTACH_FILES)
    await add(stored, daily.id, guild=guild.id)
    await add(stored, weekly.id, guild=guild.id, period=Frequency.WEEK)
    (problem,) = (await examine()).to_do
    assert f"channel {weekly.id}" in problem
    assert "the bot lacks Attach Files, so posts have no chart" in problem


@pytest.mark.usefixtures("services")
async def test_what_a_layout_needs_beside_messages_is_checked(
    examine: Diagnose, sandbox: Sandbox, stored: Path
) -> None:
    guild = sandbox.add_guild("Lab")
    channel = guild.add_channel("papers")
    guild.set_overwrite(channel, sandbox.world.bot, deny=Permission.CREATE_PUBLIC_THREADS)
    await add(stored, channel.id, guild=guild.id, layout=Layout.THREAD)
    report = await examine()
    (line,) = report.to_do
    assert "the bot lacks Create Public Threads: give it that" in line


@pytest.mark.usefixtures("services")
async def test_a_server_that_has_removed_the_bot_is_named(
    examine: Diagnose, sandbox: Sandbox, stored: Path
) -> None:
    guild = sandbox.add_guild("Lab")
    channel = guild.add_channel("papers")
    await add(stored, channel.id, guild=guild.id)
    guild.remove_bot()
    report = await examine()
    (line,) = report.to_do
    assert f"the bot is not in server {guild.id} any more" in line


# Services


async def test_a_source_that_fails_or_is_gone_is_named(
    examine: Diagnose, services: dict[str, Any], tmp_path: Path
) -> None:
    services["huggingface"].faults.put("/api/daily_papers", failing(), times=9)
    (tmp_path / "digests" / "2025-02-21.md").unlink()
    async with services["arxiv"].outage():
        report = await examine()
    assert [line.partition(": ")[0] for line in report.to_do] == [
        *("source files", "source live", "arXiv"),
    ]
    assert "it answered 500" in report.to_do[1]
    assert "couldn't be reached" in report.to_do[2]


async def test_a_writer_that_is_gone_refuses_or_lacks_the_model_is_named(
    examine: Diagnose, services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_WRITER_MODEL", "huge")
    report = await examine()
    assert report.to_do == [
        "language model: its server doesn't have huge, but tiny: change [writer] model"
    ]
    chat = services["chat"]
    assert not chat.questions
    async with chat.outage():
        report = await examine()
    (line,) = report.to_do
    assert line.startswith("language model: its server couldn't be reached")


# The machine


def damage(path: Path) -> None:
    """Overwrite pages in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 8 * 4096)


def orphan(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO parts (delivery_id, position, mark, nonce, state)"
            " VALUES (999, 1, 'm', 'n', 'planned')"
        )
        connection.commit()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damage, "damaged"),
        (lose_a_paper_in_the_index, "full-text index: paper_index and title_index don't have"),
        (orphan, "rows of parts refer to nothing"),
        (newer, "newer version of this program"),
    ],
)
@pytest.mark.usefixtures("services")
async def test_a_spoilt_database_is_named(
    examine: Diagnose, stored: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(stored)
    report = await examine(is_offline=True)
    assert report.status == 1
    (line,) = report.to_do
    assert words in line


@pytest.mark.usefixtures("services")
async def test_an_older_database_is_not_upgraded(examine: Diagnose, stored: Path) -> None:
    with closing(sqlite3.connect(stored)) as connection:
        ((version,),) = connection.execute("PRAGMA user_version")
        connection.execute(f"PRAGMA user_version = {version - 1}")
    report = await examine()
    assert report.status == 0
    assert any(f"next start ({version - 1} → {version})" in line for line in report.ok)
    assert report.skipped == [
        "full-text index: not looked at: the next start upgrades the database",
        "channels: the schedules can't be read",
    ]
    with closing(sqlite3.connect(stored)) as connection:
        assert connection.execute("PRAGMA user_version").fetchall() == [(version - 1,)]


@pytest.mark.usefixtures("services")
async def test_a_time_zone_that_this_machine_does_not_know_is_named(
    examine: Diagnose, stored: Path
) -> None:
    await add(stored, 5, guild=4, timezone="Mars/Olympus_Mons")
    report = await examine(is_offline=True)
    (line,) = report.to_do
    assert line.startswith("time zones: Mars/Olympus_Mons can't be found: install the package")


@pytest.mark.usefixtures("services")
async def test_a_full_disk_is_named(
    examine: Diagnose,
    stored: Path,
    small_disk: disks.SmallDisk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = copied(stored, small_disk)
    small_disk.fill()
    monkeypatch.setenv("DAILY_PAPERS_DATABASE", str(path))
    report = await examine(is_offline=True)
    # SQLite itself needs a little room in order to read.
    database, disk = report.to_do
    assert database.startswith(f"database: There is no room left on the disk of {path}")
    assert disk.startswith(f"disk: 0.0 MB are free beside {path}: make room for ")


@pytest.mark.usefixtures("services")
async def test_without_room_for_a_copy_the_index_is_not_looked_at(
    examine: Diagnose,
    stored: Path,
    small_disk: disks.SmallDisk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = copied(stored, small_disk)
    monkeypatch.setenv("DAILY_PAPERS_DATABASE", str(path))
    (small_disk.folder / "other").write_bytes(bytes(1_000_000))
    report = await examine(is_offline=True)
    assert report.skipped[0].startswith("full-text index: not looked at: There is no room")
    assert files_in(small_disk.folder) == {"papers.db", "other"}


@pytest.mark.usefixtures("services")
async def test_old_copies_are_named(examine: Diagnose, tmp_path: Path) -> None:
    (copy,) = (tmp_path / "copies").iterdir()
    old = datetime.now(UTC).timestamp() - 5 * 86_400
    os.utime(copy, (old, old))
    report = await examine(is_offline=True)
    (line,) = report.to_do
    assert line.startswith("backups: the newest in copies is 5 days old")
