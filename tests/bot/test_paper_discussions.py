"""The button of a paper's card that opens a thread, or brings the card into that of its post."""

import asyncio

import pytest
from bot_fixture import BotFixture, shown
from layouts import remove_schedule
from private_answers import answer, link_to, posted

from bot.sandbox import ChannelType, Message, Permission
from storage import schedules

DISCUSS = "Discuss"
NAME = "Feb 21 · MLGym, SuperGPQA, SigLIP 2"
FIRST = "2502.14499"
SECOND = "2502.14739"


async def opened(fixture: BotFixture, post: Message, arxiv_id: str = SECOND) -> Message:
    """Return the private card of a paper that was chosen from the menu of a post."""
    interaction = await fixture.member.choose(post, arxiv_id)
    assert interaction.ephemeral
    return shown(interaction)


async def test_a_card_opened_from_a_post_is_posted_once_into_the_thread_of_the_post(
    fixture: BotFixture,
) -> None:
    post = await posted(fixture)
    card = await opened(fixture, post)
    first = await answer(await fixture.member.press(card, DISCUSS))
    assert post.thread is not None
    assert post.thread.name == NAME
    (message,) = post.thread.messages
    title = "SuperGPQA: Scaling LLM Evaluation across 285 Graduate Disciplines"
    assert first == f"Posted in the thread: [{title}]({link_to(message)})"
    assert message.content == f"{fixture.member.mention} wants to discuss: {title}"
    assert not message.pings
    assert message.embeds == card.embeds
    assert not {each.get("label") for each in message.controls} & {DISCUSS, "Post to channel"}
    await fixture.restart()
    other = shown(await fixture.korean.choose(post, SECOND))
    second = await answer(await fixture.korean.press(other, "토론하기"))
    assert second == f"이미 스레드에 있습니다: [{title}]({link_to(message)})"
    assert post.thread.messages == [message]
    another = await opened(fixture, post, FIRST)
    await answer(await fixture.member.press(another, DISCUSS))
    assert [each.embeds[0]["url"][-10:] for each in post.thread.messages] == [SECOND, FIRST]


async def test_two_presses_at_once_post_one_card_in_one_thread(fixture: BotFixture) -> None:
    post = await posted(fixture)
    card = await opened(fixture, post)
    both = await asyncio.gather(*(fixture.member.press(card, DISCUSS) for _ in range(2)))
    texts = [await answer(interaction) for interaction in both]
    assert post.thread is not None
    (message,) = post.thread.messages
    assert all(link_to(message) in text for text in texts)
    fixture.sandbox.refusals.clear()  # the second request for a thread


async def test_the_remaining_papers_of_a_post_are_brought_into_its_thread_from_any_page(
    fixture: BotFixture,
) -> None:
    post = await posted(fixture, count=1)
    rest = await fixture.member.press(post, "All 30")
    for page in range(2):
        listing = shown(rest)
        (menu,) = [control for control in listing.controls if "options" in control]
        arxiv_id = menu["options"][-1]["value"]
        card = await opened(fixture, listing, arxiv_id)
        await answer(await fixture.member.press(card, DISCUSS))
        assert post.thread is not None
        assert post.thread.messages[page].embeds[0]["url"].endswith(arxiv_id)
        rest = await fixture.member.press(listing, "Next") if page == 0 else rest


async def test_papers_of_a_long_post_are_brought_into_the_thread_of_its_last_message(
    fixture: BotFixture,
) -> None:
    last = await posted(fixture, layout="cards", count=10)
    before = fixture.general.messages[-2]
    card = await opened(fixture, before, FIRST)
    await answer(await fixture.member.press(card, DISCUSS))
    assert before.thread is None
    assert last.thread is not None
    assert last.thread.name.startswith("Feb 21 · ")
    assert len(last.thread.messages) == 1


async def test_a_card_that_the_thread_of_a_post_has_already_is_linked(
    fixture: BotFixture,
) -> None:
    post = await posted(fixture, layout="thread")
    assert post.thread is not None
    before = list(post.thread.messages)
    card = await opened(fixture, post, FIRST)
    text = await answer(await fixture.member.press(card, DISCUSS))
    assert text.startswith("Already in the thread: [MLGym: ")
    assert text.endswith(f"]({link_to(before[0])})")
    assert post.thread.messages == before


async def test_the_person_needs_the_permissions_to_open_and_to_write(fixture: BotFixture) -> None:
    post = await posted(fixture)
    card = await opened(fixture, post)
    everyone, general = fixture.guild.everyone, fixture.general
    for denied, name in (
        (Permission.CREATE_PUBLIC_THREADS, "Create Public Threads"),
        (Permission.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    ):
        fixture.guild.set_overwrite(general, everyone, deny=denied)
        assert name in await answer(await fixture.member.press(card, DISCUSS))
        assert not fixture.guild.threads
    fixture.guild.set_overwrite(general, everyone)
    await answer(await fixture.admin.press(post, DISCUSS))
    fixture.guild.set_overwrite(general, everyone, deny=Permission.CREATE_PUBLIC_THREADS)
    text = await answer(await fixture.member.press(card, DISCUSS))
    assert text.startswith("Posted in the thread:")


@pytest.mark.parametrize(
    ("denied", "name"),
    [
        (Permission.CREATE_PUBLIC_THREADS, "Create Public Threads"),
        (Permission.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
        (Permission.EMBED_LINKS, "Embed Links"),
        (Permission.READ_MESSAGE_HISTORY, "Read Message History"),
    ],
)
async def test_a_bot_that_lost_a_permission_says_which(
    fixture: BotFixture, denied: Permission, name: str
) -> None:
    post = await posted(fixture)
    card = await opened(fixture, post)
    fixture.guild.set_overwrite(fixture.general, fixture.sandbox.world.bot, deny=denied)
    refused = await answer(await fixture.member.press(card, DISCUSS))
    assert f"Missing: {name}." in refused
    assert not fixture.guild.threads


async def test_threads_that_are_deleted_or_locked_and_deleted_posts_are_said_in_a_sentence(
    fixture: BotFixture,
) -> None:
    post = await posted(fixture)
    card = await opened(fixture, post)
    await answer(await fixture.member.press(post, DISCUSS))
    thread = post.thread
    assert thread is not None
    assert thread.thread is not None
    thread.thread.locked = True
    refused = await answer(await fixture.member.press(card, DISCUSS))
    assert refused.startswith(f"<#{thread.id}> is locked.")
    assert not thread.messages
    fixture.guild.remove_channel(thread)
    refused = await answer(await fixture.member.press(card, DISCUSS))
    assert refused.startswith("This thread was deleted")
    fixture.sandbox.world.remove_message(post)
    refused = await answer(await fixture.member.press(card, DISCUSS))
    assert refused.startswith("That message was deleted.")
    fixture.sandbox.refusals.clear()  # the bot has looked for the thread and the post


async def test_a_public_card_in_a_channel_gets_a_thread_named_after_the_paper(
    fixture: BotFixture,
) -> None:
    card = shown(await fixture.member.slash("paper", query=FIRST))
    both = await asyncio.gather(*(fixture.member.press(card, DISCUSS) for _ in range(2)))
    thread = card.thread
    assert thread is not None
    assert thread.name.startswith("MLGym: A New Framework and Benchmark")
    assert len(thread.name) <= 100
    for interaction in both:
        assert await answer(interaction) == f"Discuss this paper in <#{thread.id}>."
    assert not thread.messages
    await fixture.restart()
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.CREATE_PUBLIC_THREADS
    )
    again = await answer(await fixture.korean.press(card, DISCUSS))
    assert again == f"<#{thread.id}>에서 이 논문을 토론할 수 있습니다."
    other = shown(await fixture.member.slash("paper", query=SECOND))
    assert "Create Public Threads" in await answer(await fixture.member.press(other, DISCUSS))
    assert len(fixture.guild.threads) == 1
    fixture.sandbox.refusals.clear()  # the second request


async def test_it_is_not_offered_where_there_can_be_no_thread(fixture: BotFixture) -> None:
    await posted(fixture)
    (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    preview = await fixture.admin.slash("schedule preview", schedule=f"schedule:{schedule.id}")
    of_preview = shown(await fixture.admin.choose(await preview.followup(), FIRST))
    forum = fixture.guild.add_channel("forum", ChannelType.FORUM)
    thread = fixture.guild.add_thread(fixture.general, "thread", fixture.sandbox.world.bot)
    cards = [of_preview, shown(await fixture.member.slash("paper", thread, query=FIRST))]
    cards.append(await opened(fixture, shown(await fixture.member.slash("top")), FIRST))
    await remove_schedule(fixture.admin, f"schedule:{schedule.id}")
    in_forum = await posted(fixture, channel=forum)
    cards.append(await opened(fixture, in_forum, FIRST))
    for card in cards:
        assert DISCUSS not in [each.get("label") for each in card.controls]
