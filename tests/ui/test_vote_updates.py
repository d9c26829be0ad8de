"""Numbers of messages that were sent, also by older versions, and nothing else of them."""

from dataclasses import replace
from datetime import UTC, datetime

import discord

from bot.ui.messages import (
    DiscussButton,
    Menu,
    Message,
    Option,
    RestButton,
    decode,
    encode,
)
from bot.ui.vote_updates import CurrentVotes, update_numbers
from storage.records import StoredMessage

READ_AT = datetime(2025, 2, 21, 22, tzinfo=UTC)
LATER = datetime(2025, 2, 22, 1, tzinfo=UTC)
LINK = "https://arxiv.org/abs/2502."
VOTES = CurrentVotes({"2502.1": 130, "2502.2": 90, "2502.3": 40}, LATER)


def post(
    *, votes: tuple[int, int, int], total: int, as_of: str, sentence: str = "It is."
) -> Message:
    first, second, third = votes
    lead = discord.Embed(title="A 1: B", url=f"{LINK}1", description=sentence)
    lead.set_author(name=f"Friday, February 21 · top 2 of {total}", url="https://example.org")
    others = discord.Embed(description=f"**▲{second} [C]({LINK}2)** ▲7 of 9\n\nA note of 3 days")
    others.set_footer(text=f"{as_of} · AI summary by Hugging Face")
    menu = Menu(
        "Read a summary…",
        tuple(
            Option(f"Title {number}", f"2502.{number}", f"arXiv 2502.{number} · ▲ {count}")
            for number, count in enumerate((first, second, third), start=1)
        ),
    )
    buttons = (
        RestButton(f"All {total}", "day:2025-02-21", 2),
        DiscussButton("Discuss", "day:2025-02-21"),
    )
    content = f"A 1: B ▲{first} · C +{total - 2} <@&77>"
    return Message(content, (lead, others), ((menu,), buttons), role=77, as_of=as_of)


BEFORE = post(votes=(121, 78, 9), total=30, as_of="Upvotes as of Fri 10:00 PM")
AFTER = post(votes=(130, 90, 40), total=31, as_of="Upvotes as of Sat 1:00 AM")


def test_votes_total_and_time_are_updated() -> None:
    assert update_numbers(BEFORE, AFTER, VOTES) == AFTER
    assert update_numbers(BEFORE, BEFORE, CurrentVotes({}, None)) == BEFORE


def test_what_else_has_changed_stays_as_it_was_sent() -> None:
    changed = post(votes=(130, 90, 40), total=31, as_of=AFTER.as_of or "", sentence="Another.")
    lead, others = changed.embeds
    lead = lead.copy()
    lead.title = "Renamed"
    lead.set_thumbnail(url="https://example.org/new.png")
    others = others.copy().set_footer(text=changed.as_of)
    changed = replace(changed, embeds=(lead, others), content="Renamed ▲130 +30")
    updated = update_numbers(BEFORE, changed, VOTES)
    assert updated.embeds == AFTER.embeds
    assert updated.content == "A 1: B ▲130 · C +28 <@&77>"
    assert updated.rows == AFTER.rows


def test_a_part_that_discord_refused_does_not_come_back() -> None:
    lead, others = BEFORE.embeds
    reduced = replace(BEFORE, embeds=(others,), rows=())
    updated = update_numbers(reduced, AFTER, VOTES)
    assert updated.embeds == (AFTER.embeds[1],)
    assert updated.rows == ()
    assert update_numbers(replace(BEFORE, content=None), AFTER, VOTES).content is None
    assert lead.title == "A 1: B"


def test_votes_that_were_unknown_are_added_to_a_list() -> None:
    lead, others = BEFORE.embeds
    others = others.copy()
    others.description = f"**[C]({LINK}2)** Rest"
    updated = update_numbers(replace(BEFORE, embeds=(lead, others)), AFTER, VOTES)
    assert updated.embeds[1].description == f"**▲90 [C]({LINK}2)** Rest"


def test_cards_keep_their_texts_and_get_their_votes() -> None:
    first = discord.Embed(title="A", url=f"{LINK}1", description="▲121 is text.")
    first.set_author(name="▲121 · Friday, February 21 · top 2 of 30", url="https://example.org")
    second = discord.Embed(title="B", url=f"{LINK}2").set_author(name="▲78 · 💬 4")
    second.set_footer(text="Ann · Upvotes as of Fri 10:00 PM")
    sent = Message("A ▲121 +29", (first, second), as_of="Upvotes as of Fri 10:00 PM")
    current = first.copy().set_author(name="▲130 · Friday, February 21 · top 2 of 31")
    other = second.copy().set_author(name="▲90 · 💬 12")
    more = discord.Embed(title="C", url=f"{LINK}3").set_author(name="▲40 · 💬 99")
    rendered = Message("A ▲130 +30", (more, current, other), as_of="Upvotes as of Sat 1:00 AM")
    updated = update_numbers(sent, rendered, VOTES)
    assert updated.content == "A ▲130 +30"
    assert [embed.author.name for embed in updated.embeds] == [
        "▲130 · Friday, February 21 · top 2 of 31",
        "▲90 · 💬 12",
    ]
    assert updated.embeds[0].author.url == "https://example.org"
    assert updated.embeds[0].description == "▲121 is text."
    assert updated.embeds[1].footer.text == "Ann · Upvotes as of Sat 1:00 AM"


OLD_BRIEF = """{"content": "## Daily Papers\\n30 papers below · votes as of <t:1740175200:f>",
"embeds": [{"type": "rich", "description":
"1\\\\. [A](https://arxiv.org/abs/2502.1) · **▲121**\\nA sentence of 3.",
"timestamp": "2025-02-21T22:00:00+00:00", "footer": {"text": "votes as of"}}],
"rows": [[{"type": "menu", "placeholder": "Open a paper here · votes as of Feb 21", "options":
[["A", "2502.1", "arXiv 2502.1 · ▲ 121"]]}],
[{"type": "rest", "label": "29 more papers · votes as of Feb 21", "coverage": "day:2025-02-21"}]],
"target": "channel", "thread_name": null, "role": null, "silent": false}"""
OLD_CARD = """{"content": null, "embeds": [{"type": "rich", "title": "A",
"url": "https://arxiv.org/abs/2502.1", "author": {"name": "▲ 121 · No. 1 of February 21, 2025"},
"timestamp": "2025-02-21T22:00:00+00:00"}], "rows": [], "target": "thread", "thread_name": null,
"role": null, "silent": false}"""


def test_messages_of_the_first_format_are_decoded_and_updated() -> None:
    brief, card = (decode(StoredMessage("x", 1, body)) for body in (OLD_BRIEF, OLD_CARD))
    updated = update_numbers(brief, AFTER, VOTES)
    assert updated.content == (
        f"## Daily Papers\n30 papers below · votes as of <t:{int(LATER.timestamp())}:f>"
    )
    (embed,) = updated.embeds
    assert embed.description == f"1\\. [A]({LINK}1) · **▲130**\nA sentence of 3."
    assert embed.timestamp == LATER
    # What said the time of votes in the menu and the button would be wrong now.
    assert updated.rows == (
        (Menu("Read a summary…", (Option("A", "2502.1", "arXiv 2502.1 · ▲ 130"),)),),
        (RestButton("All 31", "day:2025-02-21"),),
    )
    (embed,) = update_numbers(card, AFTER, VOTES).embeds
    assert embed.author.name == "▲ 130 · No. 1 of February 21, 2025"
    assert decode(encode(updated)) == updated
