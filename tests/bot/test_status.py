"""`/status`: in direct messages, for who owns the application, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from bot_fixture import BotFixture, link, shown
from private_answers import answer, posted

from bot.app import App, AppSettings
from bot.health.checks import WantedSources
from bot.sandbox import Interaction, NotSentError, Person
from storage import sources
from storage.records import SourceKind


async def ask(fixture: BotFixture, person: Person) -> Interaction:
    interaction = await person.slash("status", fixture.sandbox.dm(person))
    return await interaction.until(lambda each: bool(each.followups or not shown(each).loading))


def fields(interaction: Interaction) -> dict[str, Any]:
    (embed,) = shown(interaction).embeds
    return {each["name"]: each["value"] for each in embed["fields"]}


async def test_the_owner_sees_checks_posts_sources_and_use(own_bot: BotFixture) -> None:
    post = await posted(own_bot)
    (menu,) = (each for each in post.controls if "options" in each)
    await own_bot.member.choose(post, menu["options"][0]["value"])
    await own_bot.app.usage.flush()
    interaction = await ask(own_bot, own_bot.admin)
    assert interaction.ephemeral
    found = fields(interaction)
    assert "✅ `gateway` 1 shard connected" in found["Checks"]
    assert "✅ `database` can be written" in found["Checks"]
    assert f"<#{own_bot.general.id}>" in found["1 schedule, 0 paused"]
    assert found["Sources"] == "–"
    assert found["Use, by week"] == (
        "Feb 17: 1 post · opened once (100% of posts) · 0 discussions · 0 searches · "
        "servers +0 −0 · 0 schedules deleted within 7 days"
    )
    assert "daily-papers-bot " in shown(interaction).embeds[0]["footer"]["text"]


async def test_sources_count_as_read_for_as_long_as_the_settings_say(own_bot: BotFixture) -> None:
    await sources.configure(own_bot.database, [("list", SourceKind.URL)])
    await sources.succeeded(own_bot.database, "list", at=own_bot.clock.now() - timedelta(hours=50))
    await own_bot.stop()
    for hours, mark in ((49, "⚠"), (51, "✅")):
        wanted = WantedSources(network=["list"], folders=(), max_age=timedelta(hours=hours))
        own_bot.app = App(
            own_bot.database,
            catalogue=own_bot.app.catalogue,
            clock=own_bot.clock,
            settings=AppSettings(wanted=wanted),
        )
        await own_bot.start()
        found = fields(await ask(own_bot, own_bot.admin))
        assert f"{mark} `sources`" in found["Checks"]
        assert "list" in found["Sources"]
        await own_bot.stop()


async def test_it_is_offered_in_no_server_and_refuses_everybody_else(
    own_bot: BotFixture,
) -> None:
    with pytest.raises(NotSentError, match="not in a channel of this kind"):
        await own_bot.admin.slash("status")
    refused = await ask(own_bot, own_bot.member)
    assert (await answer(refused)) == (
        f"Only the bot's operator can see this. {link(own_bot, 'about')} says who that is."
    )
    # A hostile client can send it from a server, too.
    forced = await own_bot.member.slash("status", own_bot.general, force=True)
    assert "Only the bot's operator" in await answer(forced)


async def test_members_of_a_team_see_it_once_they_have_accepted(own_bot: BotFixture) -> None:
    own_bot.sandbox.world.team = {own_bot.member: True, own_bot.korean: False}
    assert "Checks" in fields(await ask(own_bot, own_bot.member))
    for person in (own_bot.korean, own_bot.admin):
        refused = await ask(own_bot, person)
        assert not any(each.embeds for each in [*refused.followups, shown(refused)])


async def test_discord_is_asked_once_for_many_questions(own_bot: BotFixture) -> None:
    def asked() -> int:
        return sum(each.path.endswith("/applications/@me") for each in own_bot.sandbox.requests)

    before = asked()
    for _ in range(3):
        await ask(own_bot, own_bot.member)
    assert asked() == before + 1
