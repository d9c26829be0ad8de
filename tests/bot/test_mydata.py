"""/mydata: what people see, get and delete, and what the owner of a server deletes."""

import asyncio
import gzip
import json
from typing import Any

from bot_fixture import READ_AT, BotFixture, link, shown
from catalogue import CATALOGUE
from personal_samples import places_of
from posting_fixture import eventually

from bot.sandbox import CallbackType, Channel, Message, Person
from bot.ui.mydata import export_file
from storage import guilds, personal_data, saved_papers, schedules
from storage.database import Database
from storage.records import Paper

EN, KO = CATALOGUE.for_locale("en"), CATALOGUE.for_locale("ko")
NOTE = "my secret note"


async def use(fixture: BotFixture, person: Person | None = None) -> None:
    """Leave something of a person in each place."""
    person = person or fixture.admin
    await saved_papers.save(fixture.database, person.id, Paper("2502.1", "One"), at=READ_AT)
    await saved_papers.set_note(fixture.database, person.id, "2502.1", NOTE)
    await person.slash("setup")
    await person.slash("schedule add", channel=fixture.general, timezone="Seoul")
    (schedule, *_) = await schedules.of_guild(fixture.database, fixture.guild.id)
    await person.slash("schedule pause", schedule=f"schedule:{schedule.id}")


async def ask(person: Person, what: str, place: Channel | None = None) -> Message:
    interaction = await person.slash(f"mydata {what}", place)
    assert interaction.ephemeral
    return shown(interaction)


async def columns_with(database: Database, *wanted: int | str) -> set[str]:
    async with database.transaction() as writer:
        return await writer.run(places_of, *wanted)


async def until_erased(fixture: BotFixture) -> None:
    """Wait until the files are cleared: later if somebody is reading at the first attempt."""

    async def is_erased() -> bool:
        return not await fixture.database.read("SELECT 1 FROM jobs WHERE kind = 'erase'")

    await eventually(is_erased)


async def test_a_person_of_whom_nothing_is_kept_is_told_so(fixture: BotFixture) -> None:
    nothing = f"{EN('mydata-nothing')}\n{EN('mydata-never')}"
    assert (await ask(fixture.member, "show")).content == nothing
    message = await ask(fixture.member, "forget")
    assert message.content == nothing
    assert not message.controls


async def test_what_is_kept_is_shown_in_words_and_deleted_after_a_question(
    own_bot: BotFixture,
) -> None:
    await use(own_bot)
    message = await ask(own_bot.admin, "show")
    assert message.content.splitlines() == [
        "**What I keep about you**",
        f"- 1 saved paper, 1 with a note: {link(own_bot, 'saved')}",
        f"- That you made 1 schedule: <#{own_bot.general.id}>",
        "- That you paused or resumed a schedule once, in the server's history",
        "- 1 unfinished set-up",
        EN("mydata-never"),
        EN("mydata-next"),
    ]
    question = await ask(own_bot.admin, "forget")
    assert [control["label"] for control in question.controls] == ["Delete everything", "Cancel"]
    await own_bot.admin.press(question, "Cancel")
    assert question.content == "Canceled."
    assert not (await personal_data.summary(own_bot.database, own_bot.admin.id)).is_empty
    question = await ask(own_bot.admin, "forget")
    await own_bot.restart()
    both = await asyncio.gather(
        *(own_bot.admin.press(question, "Delete everything") for _ in range(2))
    )
    assert all(each.answer is CallbackType.UPDATE for each in both)
    assert question.content == "Deleted. I keep nothing about you any more."
    assert not question.controls
    assert not await columns_with(own_bot.database, own_bot.admin.id, NOTE)
    (schedule,) = await schedules.of_guild(own_bot.database, own_bot.guild.id)
    assert schedule.created_by is None
    await until_erased(own_bot)
    assert NOTE.encode() not in own_bot.database.path.read_bytes()
    history = await own_bot.admin.slash("schedule history")
    assert "paused" in str(shown(history).embeds)
    assert f"<@{own_bot.admin.id}>" not in str(shown(history).embeds)


async def test_an_export_is_a_file_with_all_of_it_for_the_person_alone(
    fixture: BotFixture,
) -> None:
    await use(fixture)
    await saved_papers.save(fixture.database, fixture.member.id, Paper("1", "Other"), at=READ_AT)
    interaction = await fixture.admin.slash("mydata export")
    await interaction.until(lambda each: bool(each.message and each.message.attachments))
    assert interaction.ephemeral
    (file,) = shown(interaction).attachments
    assert file.filename == "daily-papers-my-data.json"
    data = json.loads(file.content)
    assert data["user_id"] == str(fixture.admin.id)
    assert [each["note"] for each in data["saved_papers"]] == [NOTE]
    assert [each["channel_id"] for each in data["schedules"]] == [str(fixture.general.id)]
    assert [each["outcome"] for each in data["history"]] == ["paused"]
    assert len(data["setup_drafts"]) == 1


def test_a_large_export_is_compressed() -> None:
    data: dict[str, Any] = {"saved_papers": ["가" * 100]}
    assert json.loads(export_file(data).fp.read()) == data
    file = export_file(data, most=100)
    assert file.filename == "daily-papers-my-data.json.gz"
    assert json.loads(gzip.decompress(file.fp.read())) == data


async def test_it_works_in_direct_messages_and_for_people_who_brought_the_bot(
    fixture: BotFixture,
) -> None:
    stranger, channel = fixture.add_stranger("ko")
    await saved_papers.save(fixture.database, stranger.id, Paper("1", "One"), at=READ_AT)
    for place in (channel, fixture.sandbox.dm(stranger)):
        message = await ask(stranger, "show", place)
        assert message.content.splitlines()[:2] == [
            "**저장된 내 정보**",
            f"- 저장한 논문 1편: {link(fixture, 'saved')}",
        ]
    refused = await stranger.slash("mydata forget-server", channel)
    assert shown(refused).content == KO("error-not-in-guild")
    refused = await stranger.slash("mydata forget-server", fixture.sandbox.dm(stranger))
    assert shown(refused).content == KO("error-guild-only")
    question = await ask(stranger, "forget", fixture.sandbox.dm(stranger))
    await stranger.press(question, "모두 삭제")
    assert question.content == KO("mydata-forgotten")
    assert await saved_papers.count(fixture.database, stranger.id) == 0


async def test_only_the_owner_can_have_a_server_forgotten(own_bot: BotFixture) -> None:
    await use(own_bot)
    refused = await own_bot.member.slash("mydata forget-server")
    assert refused.ephemeral
    assert shown(refused).content == EN("mydata-owner-only")
    question = await ask(own_bot.admin, "forget-server")
    assert question.content.startswith("**Delete everything I keep about Lab?**")
    assert "Its schedule ends." in question.content
    # Ownership can be given away while the question is open.
    own_bot.guild.owner_id, owner = own_bot.member.id, own_bot.guild.owner_id
    await own_bot.restart()
    late = await own_bot.admin.press(question, "Delete everything")
    assert shown(late).content == EN("mydata-owner-only")
    assert await schedules.of_guild(own_bot.database, own_bot.guild.id)
    own_bot.guild.owner_id = owner


async def test_a_forgotten_server_is_as_it_was_at_first(fixture: BotFixture) -> None:
    await use(fixture)
    await guilds.claim_welcome(fixture.database, fixture.guild.id, at=READ_AT)
    await fixture.admin.slash("schedule add", channel=fixture.general, count=3, min_votes=5)
    second = (await schedules.of_guild(fixture.database, fixture.guild.id))[1]
    await fixture.admin.slash("schedule post", schedule=f"schedule:{second.id}")
    posts = list(fixture.general.messages)
    assert posts
    screen = shown(await fixture.admin.slash("setup"))
    question = await ask(fixture.admin, "forget-server")
    await fixture.admin.press(question, "Delete everything")
    assert question.content.startswith("Deleted. I keep nothing about this server any more")
    ids = (fixture.guild.id, *fixture.guild.channels, *(post.id for post in posts))
    assert await columns_with(fixture.database, *ids) == {"guilds.id"}
    assert fixture.general.messages == posts
    # Of the owner only what is theirs alone is left.
    assert await columns_with(fixture.database, fixture.admin.id) == {"saved_papers.user_id"}
    await until_erased(fixture)
    gone = await fixture.admin.press(screen, "Start")
    assert gone.failed is None
    assert not await schedules.of_guild(fixture.database, fixture.guild.id)
    assert await guilds.defaults(fixture.database, fixture.guild.id) == guilds.GuildDefaults()
    await fixture.admin.slash("schedule add", channel=fixture.general, timezone="Seoul")
    assert len(await schedules.of_guild(fixture.database, fixture.guild.id)) == 1
    assert await guilds.not_welcomed(fixture.database, (fixture.guild.id,)) == ()
