"""Searches by meaning on Discord, with a small model in a process of its own."""

from datetime import date, timedelta

import pytest
import pytest_asyncio
from bot_fixture import READ_AT, BotFixture, new_app, shown
from posting_fixture import eventually
from semantic_samples import JOB
from small_models import SMALL, needs_numpy

from bot.semantic.opening import open_semantic
from storage import digests, jobs
from storage.records import Digest, Paper, Section

pytestmark = needs_numpy

PAPERS = (
    Paper("2502.30001", "The cat", 9, sections=(Section(None, "A cat is a cat."),)),
    Paper("2502.30002", "The ship", 8, sections=(Section(None, "A vessel sails."),)),
    *(Paper(f"2502.3001{number}", f"Kitten {number}", 1) for number in range(6)),
    *(Paper(f"2502.31{number:03}", f"Odd{number} thing{number}", 1) for number in range(40)),
)


async def embedded(fixture: BotFixture, papers: int) -> None:
    """Let the stored job run, and wait until so many papers can be found by meaning."""

    async def has_job() -> bool:
        return await jobs.get(fixture.database, JOB.key) is not None

    await eventually(has_job)
    await fixture.wait_until_idle()
    meanings = fixture.app.services.meanings
    assert meanings is not None

    async def can_be_found() -> bool:
        # The job tries again later if the model's process didn't answer in time.
        await fixture.app.move_clock(fixture.clock.now() + timedelta(minutes=31))
        await fixture.wait_until_idle()
        meaning = await meanings.of_query("cat")
        return meaning is not None and len(meaning.likely(99)) == papers

    await eventually(can_be_found)


@pytest.fixture(scope="module")
def more_digests() -> tuple[Digest, ...]:
    return (Digest(date(2025, 2, 22), PAPERS),)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_bot(shared_bot: BotFixture) -> BotFixture:
    await restart_with_model(shared_bot)
    return shared_bot


async def restart_with_model(bot: BotFixture) -> None:
    """Restart a bot with a model, and let its job embed all papers."""
    await bot.stop()
    semantic = open_semantic(bot.database, SMALL, now=bot.clock.now, niceness=0, seconds=30.0)
    bot.app = new_app(bot.database, bot.clock, semantic=semantic)
    await bot.start()
    ((papers,),) = await bot.database.read("SELECT count(*) FROM papers")
    await embedded(bot, papers)


async def test_what_words_do_not_find_is_found_by_meaning_in_private(fixture: BotFixture) -> None:
    interaction = await fixture.member.slash("search", text="고양이")
    assert interaction.ephemeral
    message = shown(interaction)
    description = message.embeds[0]["description"]
    assert description.startswith("No paper has all of these words; nearest in meaning:\n")
    assert "[The cat]" in description
    assert "Post to channel" in [control.get("label") for control in message.controls]
    turned = await fixture.member.press(message, "Next")
    assert shown(turned).embeds[0]["description"].startswith("No paper has all of these words;")
    korean = shown(await fixture.korean.slash("검색", 검색어="feline"))
    assert "뜻이 가까운 논문" in korean.embeds[0]["description"]


async def test_near_spellings_are_offered_beside_what_is_near_in_meaning(
    fixture: BotFixture,
) -> None:
    message = shown(await fixture.member.slash("search", text="kittten"))
    assert message.embeds[0]["description"].startswith("No paper has all of these words;")
    await fixture.member.press(message, "kitten")
    assert message.embeds[0]["description"].startswith("6 papers")


async def test_a_paper_is_looked_for_by_meaning_where_no_title_has_the_words(
    fixture: BotFixture,
) -> None:
    message = shown(await fixture.member.slash("paper", query="feline"))
    assert message.content.startswith(
        "No title or text matches “feline”. These papers are the nearest"
    )
    assert "The cat" in message.content
    message = shown(await fixture.member.slash("paper", query="kittten"))
    await fixture.member.press(message, "kitten")
    assert message.embeds[0]["description"].startswith("6 papers")


async def test_similar_papers_need_not_share_words(fixture: BotFixture) -> None:
    card = shown(await fixture.member.slash("paper", query="2502.30001"))
    (embed,) = shown(await fixture.member.press(card, "Similar")).embeds
    assert "[Kitten " in embed["description"]
    assert "Close in meaning" in embed["description"]


async def test_papers_that_arrive_are_embedded_by_the_stored_job(own_bot: BotFixture) -> None:
    await restart_with_model(own_bot)
    ((papers,),) = await own_bot.database.read("SELECT count(*) FROM papers")
    new = Paper("2502.30099", "An automobile")
    await digests.store(own_bot.database, Digest(date(2025, 2, 23), (new,)), read_at=READ_AT)
    await embedded(own_bot, papers + 1)
    message = shown(await own_bot.member.slash("search", text="자동차"))
    assert "1\\. [An automobile]" in message.embeds[0]["description"]
