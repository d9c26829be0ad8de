"""The button of a private card that posts it in the channel."""

import asyncio
from datetime import timedelta

import pytest
from bot_fixture import READ_AT, BotFixture, actions_of, shown
from posting_fixture import eventually
from private_answers import answer, link_to

from bot.sandbox import Channel, ChannelType, Message, Permission

SHARE = "Post to channel"
KNOWN = "2502.14499"
HOSTILE = "2502.00003"


async def opened(fixture: BotFixture, query: str = KNOWN, place: Channel | None = None) -> Message:
    """Return a private card of a paper."""
    return shown(await fixture.member.slash("paper", place, query=query, private=True))


async def test_it_posts_the_card_once_and_says_who_shared_it_without_a_ping(
    fixture: BotFixture,
) -> None:
    card = await opened(fixture)
    first = await answer(await fixture.member.press(card, SHARE))
    (posted,) = fixture.general.messages
    title = "MLGym: A New Framework and Benchmark for Advancing AI Research Agents"
    assert first == f"Posted: [{title}]({link_to(posted)})"
    assert posted.content == f"Shared by {fixture.member.mention}: {title}"
    assert not posted.pings
    assert posted.embeds == card.embeds
    assert actions_of(posted) == ["Full summary", "Discuss", "Save", "Similar", "Cite"]
    second = await answer(await fixture.member.press(card, SHARE))
    assert second == f"Already posted here a moment ago: [{title}]({link_to(posted)})"
    await fixture.restart()
    again = await opened(fixture)
    assert link_to(posted) in await answer(await fixture.member.press(again, SHARE))
    assert fixture.general.messages == [posted]


async def test_two_presses_at_once_post_one_card(fixture: BotFixture) -> None:
    card = await opened(fixture)
    both = await asyncio.gather(*(fixture.member.press(card, SHARE) for _ in range(2)))
    texts = [await answer(interaction) for interaction in both]
    (posted,) = fixture.general.messages
    assert all(link_to(posted) in text for text in texts)


async def test_it_can_be_shared_again_later_and_in_another_channel(own_bot: BotFixture) -> None:
    other = own_bot.guild.add_channel("other")
    for place in (own_bot.general, other):
        await answer(await own_bot.member.press(await opened(own_bot, place=place), SHARE))
    assert len(own_bot.general.messages) == len(other.messages) == 1
    await own_bot.app.move_clock(READ_AT + timedelta(minutes=10))
    await answer(await own_bot.member.press(await opened(own_bot), SHARE))
    assert len(own_bot.general.messages) == 2


async def test_a_card_that_a_reader_opened_in_korean_is_shared_in_korean(
    fixture: BotFixture,
) -> None:
    interaction = await fixture.korean.slash("논문", 검색어=KNOWN, 비공개=True)
    text = await answer(await fixture.korean.press(shown(interaction), "채널에 공유"))
    (posted,) = fixture.general.messages
    assert text.startswith("공유했습니다: [MLGym: ")
    assert text.endswith(f"]({link_to(posted)})")
    assert posted.content.startswith(f"{fixture.korean.mention} 님이 공유했습니다: MLGym: ")
    assert "위" in posted.embeds[0]["author"]["name"]


async def test_hostile_text_notifies_nobody(fixture: BotFixture) -> None:
    text = await answer(await fixture.member.press(await opened(fixture, HOSTILE), SHARE))
    (posted,) = fixture.general.messages
    assert not posted.pings
    for shown_text in (text, posted.content):
        assert "@everyone" not in shown_text
        assert "](https://example.org" not in shown_text


@pytest.mark.parametrize(
    ("permission", "name"),
    [(Permission.SEND_MESSAGES, "Send Messages"), (Permission.EMBED_LINKS, "Embed Links")],
)
async def test_person_and_bot_need_their_permissions_in_the_channel(
    fixture: BotFixture, permission: Permission, name: str
) -> None:
    card = await opened(fixture)
    fixture.guild.set_overwrite(fixture.general, fixture.member, deny=permission)
    refused = await answer(await fixture.member.press(card, SHARE))
    assert refused.startswith(f"You can't do that here. Missing: {name}.")
    fixture.guild.set_overwrite(fixture.general, fixture.member)
    fixture.guild.set_overwrite(fixture.general, fixture.sandbox.world.bot, deny=permission)
    refused = await answer(await fixture.member.press(card, SHARE))
    assert refused.startswith(f"I can't post here. Missing: {name}.")
    assert not fixture.general.messages


async def test_a_thread_needs_its_own_permission_and_must_not_be_locked(
    fixture: BotFixture,
) -> None:
    thread = fixture.guild.add_thread(fixture.general, "thread", fixture.sandbox.world.bot)
    assert thread.thread is not None
    card = await opened(fixture, place=thread)
    fixture.guild.set_overwrite(
        fixture.general, fixture.member, deny=Permission.SEND_MESSAGES_IN_THREADS
    )
    refused = await answer(await fixture.member.press(card, SHARE))
    assert "Send Messages in Threads" in refused
    fixture.guild.set_overwrite(fixture.general, fixture.member, deny=Permission.SEND_MESSAGES)
    thread.thread.locked = True
    for is_told in (False, True):
        if is_told:
            fixture.sandbox.world.publish("THREAD_UPDATE", thread, thread)
        refused = await answer(await fixture.member.press(card, SHARE))
        assert refused.startswith("This thread is locked.")
        assert len(fixture.sandbox.refusals) == 1, "it asks only while it isn't told"
    fixture.sandbox.refusals.clear()
    assert not thread.messages
    thread.thread.locked = False
    fixture.sandbox.world.publish("THREAD_UPDATE", thread, thread)
    thread.thread.archived = True  # a message opens it again
    await answer(await fixture.member.press(card, SHARE))
    (posted,) = thread.messages
    assert not thread.thread.archived
    # A thread has no threads.
    assert actions_of(posted) == ["Full summary", "Save", "Similar", "Cite"]


async def test_trouble_while_posting_is_said_in_a_sentence(fixture: BotFixture) -> None:
    card = await opened(fixture)
    messages = f"/channels/{fixture.general.id}/messages"
    for (status, code), sentence in (
        ((404, 10003), "This channel was deleted, or I can't see it."),
        ((404, 10008), "This was posted here a moment ago, and its message was deleted."),
        ((400, 50083), "This thread is locked."),
        ((403, 50013), "I can't post here."),
    ):
        fixture.sandbox.faults.add("POST", messages, status=status, code=code)
        assert (await answer(await fixture.member.press(card, SHARE))).startswith(sentence)
        fixture.sandbox.refusals.clear()
    assert not fixture.general.messages


async def test_it_is_offered_on_private_cards_in_servers_that_have_the_bot(
    fixture: BotFixture,
) -> None:
    stranger, channel = fixture.add_stranger()
    for place in (fixture.sandbox.dm(stranger), channel):
        for private in (True, False):
            found = await stranger.slash("paper", place, query="2502.00001", private=private)
            assert actions_of(shown(found)) == ["Full summary", "Save", "Similar", "Cite"]
    public = shown(await fixture.member.slash("paper", query="2502.00001"))
    assert actions_of(public) == ["Full summary", "Discuss", "Save", "Similar", "Cite"]
    forum = fixture.guild.add_channel("forum", ChannelType.FORUM)
    post = fixture.guild.add_thread(forum, "post", fixture.sandbox.world.bot)
    public = shown(await fixture.member.slash("paper", post, query="2502.00001"))
    assert actions_of(public) == ["Full summary", "Save", "Similar", "Cite"]


async def test_a_press_after_the_bot_was_removed_posts_nothing(fixture: BotFixture) -> None:
    card = await opened(fixture)
    fixture.guild.remove_bot()
    await eventually(lambda: not fixture.guild.me)
    refused = await answer(await fixture.member.press(card, SHARE))
    assert refused.startswith("This channel was deleted, or I can't see it.")
    assert not fixture.general.messages
    fixture.sandbox.refusals.clear()
