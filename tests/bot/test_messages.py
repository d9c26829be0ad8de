"""Messages that mention the bot, reply to it, or are sent to it directly."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from bot_fixture import READ_AT, BotFixture, link
from lookup_services import SmallService
from posting_fixture import eventually

from bot.commands.allowance import Allowance
from bot.commands.messages import PAPERS_PER_CHANNEL, PAPERS_PER_PERSON
from bot.sandbox import Channel, Message, Permission
from bot.sandbox.model import User
from bot.sources.errors import SourceError
from storage.records import Paper

KNOWN = "2502.14499"
LONG = "2502.00001"
UNLISTED = "2511.00001"


def bot_of(fixture: BotFixture) -> User:
    return fixture.sandbox.world.bot


def answers(fixture: BotFixture, channel: Channel | None = None) -> list[Message]:
    """Return the bot's messages in a channel, oldest first."""
    messages = (channel or fixture.general).messages
    return [each for each in messages if each.author is bot_of(fixture)]


async def until_answered(
    fixture: BotFixture, count: int = 1, channel: Channel | None = None
) -> list[Message]:
    await eventually(lambda: len(answers(fixture, channel)) >= count)
    return answers(fixture, channel)


async def mention(fixture: BotFixture, text: str, count: int = 1) -> list[Message]:
    """Let the member mention the bot; return its answers so far once there are so many."""
    fixture.member.say(f"{bot_of(fixture).mention} {text}")
    return await until_answered(fixture, count)


async def expect_nothing(fixture: BotFixture, before: int = 0) -> None:
    """Check that nothing is answered: a later message is, and nothing else."""
    fixture.admin.say(f"{bot_of(fixture).mention} {KNOWN}")
    found = await until_answered(fixture, before + 1)
    assert len(found) == before + 1
    assert found[-1].embeds


@pytest.mark.parametrize(
    "text",
    [
        f"https://arxiv.org/abs/{KNOWN}v2 looks good",
        f"what about <https://huggingface.co/papers/{KNOWN}>?",
        KNOWN,
        f"arXiv:{KNOWN}",
    ],
)
async def test_a_mention_with_a_paper_is_answered_with_the_paper(
    fixture: BotFixture, text: str
) -> None:
    (answer,) = await mention(fixture, text)
    (embed,) = answer.embeds
    assert embed["url"] == f"https://arxiv.org/abs/{KNOWN}"
    assert answer.reply_to is fixture.general.messages[0]
    assert not answer.pings
    assert "Discuss" in [control.get("label") for control in answer.controls]


async def test_the_answer_states_that_it_notifies_nobody(fixture: BotFixture) -> None:
    await mention(fixture, KNOWN)
    path = f"/channels/{fixture.general.id}/messages"
    (request,) = [r for r in fixture.sandbox.requests if r.path == path]
    assert isinstance(body := request.body, dict)
    assert body["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert body["enforce_nonce"] is True
    assert body["message_reference"]["fail_if_not_exists"] is False


async def test_the_first_three_papers_of_a_message_are_answered_each_in_a_message(
    fixture: BotFixture,
) -> None:
    ids = (KNOWN, LONG, KNOWN, "2502.00002", "2502.00003")
    found = await mention(fixture, " ".join(f"arxiv.org/abs/{each}" for each in ids), 3)
    await expect_nothing(fixture, 3)
    assert [each.embeds[0]["url"].rpartition("/")[2] for each in found] == [
        KNOWN,
        LONG,
        "2502.00002",
    ]


async def test_answers_are_in_the_language_of_the_server(fixture: BotFixture) -> None:
    async with fixture.database.transaction() as writer:
        await writer.execute(
            """
            INSERT INTO guilds (id, language) VALUES (?, 'ko')
            ON CONFLICT (id) DO UPDATE SET language = excluded.language
            """,
            (fixture.guild.id,),
        )
    (answer,) = await mention(fixture, KNOWN)
    assert "위" in answer.embeds[0]["author"]["name"]


async def test_hostile_text_is_answered_and_notifies_nobody(fixture: BotFixture) -> None:
    hostile = "@everyone @here <@&1> <@1> [x](https://example.org) `||` \u202e ```"
    fixture.admin.say(f"{bot_of(fixture).mention} {hostile}")
    (answer,) = await until_answered(fixture)
    assert not answer.pings
    assert "example.org" not in answer.content
    fixture.admin.say(f"{bot_of(fixture).mention} {hostile}\n2502.00003")
    _, card = await until_answered(fixture, 2)
    assert not card.pings
    assert card.embeds[0]["url"].endswith("2502.00003")


async def test_a_bare_mention_is_answered_with_the_help_once_an_hour_in_each_channel(
    own_bot: BotFixture,
) -> None:
    other = own_bot.guild.add_channel("other")
    (answer,) = await mention(own_bot, "")
    assert link(own_bot, "paper") in answer.content
    assert "schedule" not in answer.content
    assert not answer.pings
    await mention(own_bot, "")
    own_bot.admin.say(bot_of(own_bot).mention, other)
    await until_answered(own_bot, 1, other)
    await expect_nothing(own_bot, 1)
    own_bot.clock.move_to(READ_AT + timedelta(minutes=61))
    _, _, again = await mention(own_bot, "", 3)
    assert again.content == answer.content


async def test_an_id_that_cannot_be_one_is_said_to_be_none(fixture: BotFixture) -> None:
    (answer,) = await mention(fixture, "https://arxiv.org/abs/2513.12345")
    assert answer.content.startswith("**2513.12345** isn't an arXiv ID.")


async def test_a_reply_to_the_bot_is_answered_only_if_it_names_a_paper(
    fixture: BotFixture,
) -> None:
    (card,) = await mention(fixture, KNOWN)
    fixture.member.say("thank you!", reply_to=card)
    fixture.member.say("and 12.50 euros", reply_to=card)
    await expect_nothing(fixture, 1)
    fixture.member.say(f"and arxiv.org/abs/{LONG}?", reply_to=card)
    answer = (await until_answered(fixture, 3))[-1]
    assert answer.embeds[0]["url"].endswith(LONG)
    fixture.member.say(f"arxiv.org/abs/{LONG}", reply_to=card, ping=False)
    await expect_nothing(fixture, 3)


async def test_mentions_of_everyone_and_of_roles_are_no_mentions_of_the_bot(
    fixture: BotFixture,
) -> None:
    own_role = next(role for role in fixture.guild.roles.values() if role.managed)
    own_role.mentionable = True
    for text in ("@everyone", "@here", own_role.mention, f"`{bot_of(fixture).mention}`", "hello"):
        fixture.admin.say(f"{text} {KNOWN}")
    await expect_nothing(fixture)


async def test_messages_without_a_text_are_not_even_parsed(fixture: BotFixture) -> None:
    first = asyncio.create_task(fixture.app.client.wait_for("message", timeout=10))
    await asyncio.sleep(0)
    fixture.member.say("Discord hides this text")
    await mention(fixture, KNOWN)
    assert (await first).content.endswith(KNOWN)


async def test_bots_and_webhooks_are_ignored(fixture: BotFixture) -> None:
    world = fixture.sandbox.world
    other = User(world.new_id(), "Other", bot=True)
    for author, webhook_id in ((other, None), (fixture.member, 7)):
        message = Message(
            world.new_id(),
            fixture.general,
            author,
            fixture.clock.now(),
            f"{world.bot.mention} {KNOWN}",
            pings=frozenset({world.bot.mention}),
            webhook_id=webhook_id,
        )
        world.add_message(message)
    await expect_nothing(fixture)


async def test_an_edit_is_not_answered(fixture: BotFixture) -> None:
    message = fixture.member.say("hello")
    fixture.member.edit(message, f"{bot_of(fixture).mention} {KNOWN}")
    await expect_nothing(fixture)


async def test_an_event_that_comes_twice_is_answered_once(fixture: BotFixture) -> None:
    message = fixture.member.say(f"{bot_of(fixture).mention} {KNOWN}")
    fixture.sandbox.world.publish("MESSAGE_CREATE", message, message.channel)
    await until_answered(fixture)
    fixture.sandbox.world.publish("MESSAGE_CREATE", message, message.channel)
    await expect_nothing(fixture, 1)


async def test_a_repeated_request_makes_no_second_message(fixture: BotFixture) -> None:
    path = f"/channels/{fixture.general.id}/messages"
    fixture.sandbox.faults.add("POST", path, status=502, after=True)
    await mention(fixture, KNOWN)
    await eventually(lambda: sum(r.path == path for r in fixture.sandbox.requests) == 2)
    await expect_nothing(fixture, 1)


async def test_direct_messages_are_answered_with_papers_or_the_help(fixture: BotFixture) -> None:
    dm = fixture.sandbox.world.dm(fixture.member)
    fixture.member.say(f"https://arxiv.org/abs/{KNOWN}", dm)
    (card,) = await until_answered(fixture, 1, dm)
    assert card.embeds[0]["url"].endswith(KNOWN)
    fixture.member.say("hello", dm)
    *_, help_text = await until_answered(fixture, 2, dm)
    assert "Send me" in help_text.content
    fixture.member.say("hello?", dm)
    fixture.member.say(LONG, dm)
    assert (await until_answered(fixture, 3, dm))[-1].embeds
    assert len(answers(fixture, dm)) == 3


async def test_a_direct_message_in_korean_is_answered_in_korean(fixture: BotFixture) -> None:
    dm = fixture.sandbox.world.dm(fixture.korean)
    fixture.korean.say("안녕하세요", dm)
    (answer,) = await until_answered(fixture, 1, dm)
    assert "누구나 할 수 있는 일" in answer.content


async def test_an_unlisted_paper_is_looked_up_while_the_bot_is_typing(own_bot: BotFixture) -> None:
    service = SmallService()
    service.add(Paper(UNLISTED, "A New Paper", 3))
    service.gate = asyncio.Event()
    await own_bot.restart(service)
    with own_bot.sandbox.subscribe() as events:
        own_bot.member.say(f"{bot_of(own_bot).mention} {UNLISTED}")
        await asyncio.wait_for(events.next("TYPING_START"), 10)
    assert not answers(own_bot)
    service.gate.set()
    (answer,) = await until_answered(own_bot)
    assert answer.embeds[0]["url"].endswith(UNLISTED)
    # It is known now, so that nothing has to be typed.
    own_bot.member.say(f"{bot_of(own_bot).mention} {UNLISTED}")
    await until_answered(own_bot, 2)
    assert sum(r.path.endswith("/typing") for r in own_bot.sandbox.requests) == 1


async def test_an_id_that_nobody_knows_is_said_to_be_unknown(own_bot: BotFixture) -> None:
    (answer,) = await mention(own_bot, "2502.14498")
    assert answer.content.startswith("**2502.14498**")
    assert answer.controls[0]["url"] == "https://arxiv.org/abs/2502.14498"
    # The papers of the menu are listed above it, as `/paper` does.
    question, *listed = answer.content.splitlines()
    assert question.endswith("Did you mean one of these?")
    assert len(listed) == len(answer.controls[1]["options"]) > 1
    assert any(line.startswith("1\\. MLGym: ") for line in listed)
    service = SmallService()
    await own_bot.restart(service)
    *_, answer = await mention(own_bot, "1901.00001", 2)
    assert "or on Hugging Face" in answer.content
    service.error = SourceError("answered 503", is_unreachable=True)
    *_, answer = await mention(own_bot, "1901.00002", 3)
    assert "can't be reached" in answer.content


async def test_a_person_cannot_make_the_bot_flood(own_bot: BotFixture) -> None:
    for _ in range(10):
        own_bot.member.say(f"{bot_of(own_bot).mention} {KNOWN}")
    await until_answered(own_bot, PAPERS_PER_PERSON)
    await expect_nothing(own_bot, PAPERS_PER_PERSON)
    own_bot.clock.move_to(READ_AT + timedelta(minutes=2))
    assert await mention(own_bot, KNOWN, PAPERS_PER_PERSON + 2)


async def test_many_people_cannot_make_the_bot_flood_a_channel(fixture: BotFixture) -> None:
    people = [fixture.guild.add_member(f"Person {number}") for number in range(6)]
    for person in people:
        for _ in range(PAPERS_PER_PERSON):
            person.say(f"{bot_of(fixture).mention} {KNOWN}", fixture.general)
    await until_answered(fixture, PAPERS_PER_CHANNEL)
    other = fixture.guild.add_channel("other")
    fixture.admin.say(f"{bot_of(fixture).mention} {KNOWN}", other)
    await until_answered(fixture, 1, other)
    assert len(answers(fixture)) == PAPERS_PER_CHANNEL


def deny(fixture: BotFixture, permission: int) -> None:
    fixture.guild.set_overwrite(fixture.general, bot_of(fixture), deny=permission)


async def test_what_the_bot_may_not_do_is_left_out(fixture: BotFixture) -> None:
    deny(fixture, Permission.EMBED_LINKS | Permission.READ_MESSAGE_HISTORY)
    (answer,) = await mention(fixture, KNOWN)
    assert not answer.embeds
    assert f"https://arxiv.org/abs/{KNOWN}" in answer.content
    assert answer.reply_to is None
    deny(fixture, Permission.SEND_MESSAGES)
    other = fixture.guild.add_channel("other")
    fixture.member.say(f"{bot_of(fixture).mention} {KNOWN}")
    fixture.member.say(f"{bot_of(fixture).mention} {KNOWN}", other)
    await until_answered(fixture, 1, other)
    assert len(answers(fixture)) == 1


async def test_a_mention_in_a_thread_is_answered_there(fixture: BotFixture) -> None:
    thread = fixture.guild.add_thread(fixture.general, "talk", owner=fixture.member)
    fixture.member.say(f"{bot_of(fixture).mention} {KNOWN}", thread)
    (answer,) = await until_answered(fixture, 1, thread)
    assert answer.embeds


async def test_an_error_is_logged_once_and_answered_with_nothing(
    fixture: BotFixture, caplog: pytest.LogCaptureFixture
) -> None:
    path = f"/channels/{fixture.general.id}/messages"
    fixture.sandbox.faults.add("POST", path, status=403)
    fixture.member.say(f"{bot_of(fixture).mention} {KNOWN} {LONG}")
    (answer,) = await until_answered(fixture)
    assert answer.embeds[0]["url"].endswith(LONG)
    errors = [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]
    assert len(errors) == 1
    assert "isn't answered" in errors[0]


def test_an_allowance_comes_back_with_time() -> None:
    now = datetime(2025, 2, 21, tzinfo=UTC)
    allowance = Allowance(2, timedelta(minutes=1), lambda: now)
    assert [allowance.take("a") for _ in range(3)] == [True, True, False]
    assert allowance.take("b")
    now += timedelta(seconds=59)
    assert not allowance.take("a")
    now += timedelta(seconds=1)
    assert allowance.take("a")
    for number in range(20_000):
        now += timedelta(seconds=1)
        assert allowance.take(number)
