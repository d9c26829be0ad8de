"""Each custom_id that was ever sent is pressed, and must be answered as it was then."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
from bot_fixture import READ_AT, BotFixture, actions_of, shown
from catalogue import CATALOGUE
from lookup_services import SmallService
from posting_fixture import eventually
from written_samples import MODEL, written_text

from bot.sandbox import CallbackType, Interaction, Message
from storage import (
    digests,
    lookups,
    papers,
    saved_papers,
    schedules,
    searches,
    written_texts,
)
from storage.lookups import StoredLookup
from storage.records import Details, Digest, Paper, Section
from storage.search import Request, Sort

FROZEN: Final = Path(__file__).parents[1] / "public" / "custom_ids.txt"
LINES: Final = [
    line.split()[0]
    for line in FROZEN.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
LONG: Final = Paper(
    "2502.20059",
    "Paper 59",
    41,
    sections=(Section(None, "word " * 2_000),),
    details=Details(abstract="All of it."),
)
"""All actions are offered for it, so that there is a menu of them."""
PAPERS: Final = (
    *(Paper(f"2502.2{n:04}", f"Paper {n}", 100 - n) for n in range(59)),
    LONG,
)
"""Of the digest that the frozen custom_ids are about; in order of their votes."""
IDS: Final = [paper.arxiv_id for paper in PAPERS]
MENU: Final = 3
CHANNEL_MENU: Final = 8
FORMS: Final = ("keywords", "style", "days", "hour", "city")
BUTTON: Final = 2


def form(custom_id: str) -> str:
    """Return the words with which a custom_id begins, such as `2:post:rest`."""
    match = re.match(
        r"(2:)?(post:\w+|rest:open|open:private|search:share|similar:share|\w+)", custom_id
    )
    assert match is not None, custom_id
    return match[0]


def lines(name: str) -> list[str]:
    return [custom_id for custom_id in LINES if form(custom_id) == name]


async def send_as_bot(
    fixture: BotFixture, *controls: dict[str, Any], embeds: Sequence[dict[str, Any]] = ()
) -> Message:
    """Send a message with the bot's token, without this bot: as a version of long ago did."""
    body = {
        "content": "A message of long ago.",
        "allowed_mentions": {"parse": []},
        "embeds": list(embeds),
        "components": [{"type": 1, "components": [control]} for control in controls],
    }
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bot {fixture.sandbox.token}"}) as session,
        session.post(
            f"{fixture.sandbox.url}/channels/{fixture.general.id}/messages", json=body
        ) as sent,
    ):
        assert sent.status == 200, await sent.text()
        message_id = int((await sent.json())["id"])
    return next(each for each in fixture.general.messages if each.id == message_id)


def button(custom_id: str) -> dict[str, Any]:
    return {"type": BUTTON, "style": 2, "label": "Press me", "custom_id": custom_id}


def menu(custom_id: str, arxiv_ids: list[str]) -> dict[str, Any]:
    options = [{"label": each, "value": each} for each in arxiv_ids]
    return {"type": MENU, "custom_id": custom_id, "options": options}


def answered(interaction: Interaction) -> Message:
    """Return the answer, which is none of those that tell of an error."""
    assert interaction.failed is None
    message = shown(interaction)
    for locale in ("en", "ko"):
        texts = CATALOGUE.for_locale(locale)
        for key in ("error-unknown", "error-storage", "error-outdated", "paper-gone"):
            assert texts(key) not in message.content
    return message


def listed_ids(message: Message) -> list[str]:
    """Return the papers that the menu below a list opens."""
    (found,) = [control for control in message.controls if control["type"] == MENU]
    return [option["value"] for option in found["options"]]


@pytest.fixture(scope="module")
def more_digests() -> tuple[Digest, ...]:
    return (Digest(date(2025, 2, 20), PAPERS),)


async def keep_abstract(fixture: BotFixture, arxiv_id: str) -> None:
    """Store a paper with an abstract, as a service would describe it."""
    paper = Paper(arxiv_id, "A Paper", details=Details(abstract="All of it."))
    later = READ_AT + timedelta(days=1)
    await lookups.put(fixture.database, StoredLookup(arxiv_id, paper, "arXiv", READ_AT, later))


async def add_schedules(fixture: BotFixture, count: int) -> list[int]:
    for number in range(count):
        words: dict[str, Any] = {"include": f"word{number}"} if number else {}
        interaction = await fixture.admin.slash(
            "schedule add", timezone="UTC", channel=fixture.general, **words
        )
        answered(interaction)
    return [each.id for each in await schedules.of_guild(fixture.database, fixture.guild.id)]


async def press_whole(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    answer = answered(interaction)
    arxiv_id = custom_id.removeprefix("2:").removeprefix("whole:")
    assert interaction.ephemeral
    if answer.embeds:
        assert answer.embeds[0]["url"] == f"https://arxiv.org/abs/{arxiv_id}"
    if arxiv_id == "2502.00001":
        await interaction.followup()
        assert all(each.ephemeral and each.embeds for each in interaction.followups)
    if arxiv_id == "2502.00002":
        files = [file for each in (answer, *interaction.followups) for file in each.attachments]
        assert [file.filename for file in files] == [f"{arxiv_id}.md"]


async def press_abstract(fixture: BotFixture, custom_id: str) -> None:
    arxiv_id = custom_id.removeprefix("2:abstract:")
    await keep_abstract(fixture, arxiv_id)
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    (embed,) = answered(interaction).embeds
    assert interaction.ephemeral
    assert embed["url"] == f"https://arxiv.org/abs/{arxiv_id}"
    assert "All of it." in embed["description"]


async def choose_open(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, menu(custom_id, IDS[:3]))
    interaction = await fixture.member.choose(message, IDS[1])
    (card,) = answered(interaction).embeds
    assert interaction.ephemeral
    assert card["url"].endswith(IDS[1])
    assert "Post to channel" in [control.get("label") for control in shown(interaction).controls]


async def choose_rest_open(fixture: BotFixture, custom_id: str) -> None:
    await choose_open(fixture, custom_id)
    labels = ["Discuss"] if custom_id != "2:rest:open" else []
    message = await send_as_bot(fixture, menu(custom_id, IDS[:3]))
    interaction = await fixture.member.choose(message, IDS[1])
    assert actions_of(answered(interaction)) == [
        *labels,
        "Post to channel",
        "Save",
        "Similar",
        "Cite",
    ]


async def press_share(fixture: BotFixture, custom_id: str) -> None:
    await keep_abstract(fixture, "hep-th/9901002")
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    await interaction.edited()
    posted = fixture.general.messages[-1]
    assert interaction.ephemeral
    assert answered(interaction).content.endswith(f"/{posted.id})")
    assert posted.content.startswith(f"Shared by {fixture.member.mention}: ")
    assert posted.embeds[0]["url"].endswith(custom_id.removeprefix("2:share:"))


async def press_discuss(fixture: BotFixture, custom_id: str) -> None:
    """Press the button of a public card, or of a private one that was opened from a post."""
    _, _, arxiv_id, *post = custom_id.split(":")
    embed = {"title": "Paper 0", "url": f"https://arxiv.org/abs/{IDS[0]}"}
    message = await send_as_bot(fixture, embeds=[embed])
    custom_id = ":".join(("2:discuss", arxiv_id, *([str(message.id)] if post else [])))
    card = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(card, custom_id)
    await interaction.edited()
    assert interaction.ephemeral
    thread = (message if post else card).thread
    assert thread is not None
    assert str(thread.id) in answered(interaction).content
    assert len(thread.messages) == len(post)


async def press_save(fixture: BotFixture, custom_id: str) -> None:
    arxiv_id = custom_id.removeprefix("2:save:")
    await keep_abstract(fixture, "hep-th/9901002")
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    assert interaction.ephemeral
    assert answered(interaction).content.startswith("Saved: ")
    assert await saved_papers.get(fixture.database, fixture.member.id, arxiv_id) is not None


async def store_similar(fixture: BotFixture) -> None:
    """Store papers of which each is similar to all others."""
    named = ["hep-th/9901002", *(f"2502.3{number:04}" for number in range(9))]
    alike = tuple(
        Paper(arxiv_id, f"Walking Lattices {place}") for place, arxiv_id in enumerate(named)
    )
    await digests.store(fixture.database, Digest(date(2025, 2, 18), alike), read_at=READ_AT)


async def press_similar(fixture: BotFixture, custom_id: str) -> None:
    await store_similar(fixture)
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    answer = answered(interaction)
    if "2502.20003" in custom_id:
        assert interaction.ephemeral
        assert answer.content.startswith("No other paper")
        return
    page = custom_id.partition("9901002:")[2]
    (embed,) = answer.embeds
    assert embed["title"] == "Similar to: Walking Lattices 0"
    assert embed["description"].startswith("6\\. [" if page in ("1", "99") else "1\\. [")
    assert interaction.answer is (CallbackType.UPDATE if page else CallbackType.MESSAGE)


async def press_similar_share(fixture: BotFixture, custom_id: str) -> None:
    await store_similar(fixture)
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    await eventually(lambda: not shown(interaction).loading)
    assert interaction.ephemeral
    answered(interaction)
    embed = [each for each in fixture.general.messages if each.embeds][-1].embeds[0]
    assert embed["title"] == "Similar to: Walking Lattices 0"
    first = "1" if custom_id.endswith(":0") else "6"
    assert embed["description"].startswith(f"{first}\\. [")


async def press_cite(fixture: BotFixture, custom_id: str) -> None:
    arxiv_id = custom_id.rpartition(":")[2]
    await keep_abstract(fixture, "hep-th/9901002")
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    assert interaction.ephemeral
    texts = [answered(interaction).content]
    texts += [file.content.decode() for file in shown(interaction).attachments]
    assert f"10.48550/arXiv.{arxiv_id}" in "".join(texts)


async def press_saved(fixture: BotFixture, custom_id: str) -> None:
    """Press a button, or choose from a menu, below the first page of what the member has saved."""
    for paper in PAPERS[:25]:
        await saved_papers.save(fixture.database, fixture.member.id, paper, at=READ_AT)
    _, _, action, page = custom_id.split(":")
    if action == "manage":
        message = await send_as_bot(fixture, menu(custom_id, IDS[:3]))
        interaction = await fixture.member.choose(message, IDS[1])
    else:
        message = await send_as_bot(fixture, button(custom_id))
        interaction = await fixture.member.press(message, custom_id)
    answer = answered(interaction)
    match action:
        case "page":
            number = min(int(page), 2)
            assert answer.embeds[0]["description"].startswith(f"{number * 10 + 1}\\. [Paper ")
        case "manage":
            assert "Paper 1" in answer.content
        case "clear":
            assert "Delete all 25 saved papers" in answer.content
        case "erase":
            assert answer.content == "Deleted 25 saved papers."
            assert await saved_papers.count(fixture.database, fixture.member.id) == 0
        case _:
            (file,) = answer.attachments
            assert b"arXiv.2502.20024" in file.content
            assert interaction.ephemeral


async def press_entry(fixture: BotFixture, custom_id: str) -> None:
    _, _, action, arxiv_id, *_ = custom_id.split(":")
    paper = Paper(arxiv_id, "A Paper")
    await saved_papers.save(fixture.database, fixture.member.id, paper, at=READ_AT)
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    if action == "note":
        assert interaction.modal is not None
        assert interaction.modal["custom_id"] == custom_id
        interaction = await fixture.member.submit(interaction, {"Your note on this paper": "mine"})
        answer = answered(interaction)
        assert "mine" in str([answer.content, answer.embeds])
    else:
        answered(interaction)
        assert await saved_papers.get(fixture.database, fixture.member.id, arxiv_id) is None


async def choose_more(fixture: BotFixture, custom_id: str) -> None:
    options = [{"label": "Abstract", "value": f"2:abstract:{LONG.arxiv_id}"}]
    control = {"type": MENU, "custom_id": custom_id, "options": options}
    message = await send_as_bot(fixture, control)
    interaction = await fixture.member.choose(message, "Abstract")
    assert interaction.ephemeral
    assert "All of it." in answered(interaction).embeds[0]["description"]


async def write_text(fixture: BotFixture, arxiv_id: str, language: str) -> None:
    """Store a text of a language model for a paper, which may not be in a list yet."""
    if await papers.get(fixture.database, arxiv_id) is None:
        listed = Digest(date(2025, 2, 18), (Paper(arxiv_id, "Old"),))
        await digests.store(fixture.database, listed, read_at=READ_AT)
    await written_texts.configure(fixture.database, MODEL)
    await written_texts.store(fixture.database, written_text(arxiv_id, language=language))


async def press_quotes(fixture: BotFixture, custom_id: str) -> None:
    _, _, arxiv_id, language, *page = custom_id.split(":")
    await write_text(fixture, arxiv_id, language)
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    (embed,) = answered(interaction).embeds
    assert "새로운 방법을 제안합니다.\n> We propose a new method" in embed["description"]
    if page:
        assert interaction.answer is CallbackType.UPDATE
    else:
        assert interaction.ephemeral


async def press_report(fixture: BotFixture, custom_id: str) -> None:
    _, _, arxiv_id, language, version = custom_id.split(":")
    await write_text(fixture, arxiv_id, language)
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    if version == "0123456789ab":
        assert "was rewritten" in answered(interaction).content
        return
    assert interaction.modal is not None
    assert interaction.modal["custom_id"] == custom_id
    sent = await fixture.member.submit(interaction, {"What is wrong?": "It is."})
    assert sent.ephemeral
    assert answered(sent).content.startswith("Thank you!")


async def press_search(fixture: BotFixture, custom_id: str) -> None:
    *_, owner, page = custom_id.split(":")
    request = Request("paper", sort=Sort.VOTES)
    assert await searches.keep(fixture.database, request, today=date(2025, 2, 21)) == 1
    first = min(int(page) * 5, len(PAPERS) - 5) + 1
    message = await send_as_bot(fixture, button(custom_id))
    copy = await fixture.member.press(message, custom_id)
    (embed,) = answered(copy).embeds
    assert copy.ephemeral, "who doesn't own the search gets a copy of their own"
    assert f"\n{first}\\. [Paper {first - 1}]" in embed["description"]
    own = custom_id.replace(owner, str(fixture.member.id))
    message = await send_as_bot(fixture, button(own))
    turned = await fixture.member.press(message, own)
    assert turned.answer is CallbackType.UPDATE
    assert message.embeds[0]["description"] == embed["description"]


async def press_search_share(fixture: BotFixture, custom_id: str) -> None:
    request = Request("paper", sort=Sort.VOTES)
    assert await searches.keep(fixture.database, request, today=date(2025, 2, 21)) == 1
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    await eventually(lambda: not shown(interaction).loading)
    answered(interaction)
    assert fixture.general.messages[-1].content.endswith(": Search: paper · most upvoted first")


async def press_chart(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    await eventually(lambda: not shown(interaction).loading)
    assert interaction.ephemeral
    shows = answered(interaction)
    if "share" in custom_id:
        shows = fixture.general.messages[-1]
    assert len(shows.attachments) == 1


async def choose_author(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, menu(custom_id, ["Author 7", "Nobody"]))
    interaction = await fixture.member.choose(message, "Author 7")
    assert interaction.ephemeral
    assert answered(interaction).embeds[0]["title"] == "Search: Author 7 · newest first"


async def press_top(fixture: BotFixture, custom_id: str) -> None:
    *_, owner, page = custom_id.split(":")
    message = await send_as_bot(fixture, button(custom_id))
    copy = await fixture.member.press(message, custom_id)
    (embed,) = answered(copy).embeds
    assert copy.ephemeral, "who doesn't own the ranking gets a copy of their own"
    assert embed["description"].splitlines()[2].startswith(f"{int(page) * 10 + 1}\\. ")
    own = custom_id.replace(owner, str(fixture.member.id))
    message = await send_as_bot(fixture, button(own))
    turned = await fixture.member.press(message, own)
    assert turned.answer is CallbackType.UPDATE
    assert answered(turned) is message
    assert message.embeds[0]["description"] == embed["description"]


async def press_day(fixture: BotFixture, custom_id: str) -> None:
    *_, owner = custom_id.split(":")
    days = {
        "2:day:before:10:739303": "Feb 20, 2025",
        "2:day:after:25:739300": "Feb 19, 2025",
        "2:day:after:10:739303": "Feb 21, 2025",
    }
    message = await send_as_bot(fixture, button(custom_id))
    copy = await fixture.member.press(message, custom_id)
    (embed,) = answered(copy).embeds
    assert copy.ephemeral, "who doesn't own the ranking gets a copy of their own"
    assert days[custom_id.rpartition(":")[0]] in embed["title"]
    own = custom_id.replace(owner, str(fixture.member.id))
    message = await send_as_bot(fixture, button(own))
    turned = await fixture.member.press(message, own)
    assert answered(turned) is message
    assert message.embeds[0]["title"] == embed["title"]


async def choose_post_open(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, menu(custom_id, IDS[:3]))
    interaction = await fixture.member.choose(message, IDS[2])
    embed = answered(interaction).embeds[0]
    assert interaction.ephemeral
    assert embed["url"].endswith(IDS[2])
    assert embed["title"] == "Paper 2"


async def press_post_rest(fixture: BotFixture, custom_id: str) -> None:
    mark = custom_id.rpartition(":")[2]
    message = await send_as_bot(fixture, menu(f"post:open:{mark}", IDS[:5]), button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    found = listed_ids(answered(interaction))
    assert interaction.ephemeral
    assert len(found) == 25
    if ":day:" in custom_id:
        assert found == IDS[5:30]
    else:
        assert not set(found) & set(IDS[:5])


async def press_post_all(fixture: BotFixture, custom_id: str) -> None:
    *_, shown_papers, mark = custom_id.split(":")
    message = await send_as_bot(fixture, menu(f"2:post:open:{mark}", IDS[:15]), button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    found = listed_ids(answered(interaction))
    assert interaction.ephemeral
    assert len(found) == 25
    assert not set(found) & set(IDS[: int(shown_papers)])
    if ":day:" in custom_id:
        assert found == IDS[int(shown_papers) :][:25]
        lines = answered(interaction).embeds[0]["description"].splitlines()
        assert lines[0].startswith(f"{int(shown_papers) + 1}\\. ")


async def press_post_discuss(fixture: BotFixture, custom_id: str) -> None:
    embed = {"title": "Paper 0", "url": f"https://arxiv.org/abs/{IDS[0]}"}
    message = await send_as_bot(fixture, button(custom_id), embeds=[embed])
    interaction = await fixture.member.press(message, custom_id)
    await interaction.until(lambda _: bool(message.thread and shown(interaction).content))
    assert interaction.ephemeral
    assert message.thread is not None
    assert f"<#{message.thread.id}>" in answered(interaction).content


async def press_rest(fixture: BotFixture, custom_id: str) -> None:
    _, span, _, page, _, seen = custom_id.removeprefix("2:").split(":")
    left_out = {"4": 5, "3": 13, "2": 25}[seen[0]]
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.member.press(message, custom_id)
    assert interaction.answer is CallbackType.UPDATE
    found = listed_ids(answered(interaction))
    first = left_out + int(page) * 25
    if span == "day":
        assert found == IDS[first : first + 25]
    else:
        assert found
        assert not set(found) & set(IDS[:left_out])
    lines = message.embeds[0]["description"].splitlines()
    if span == "day":
        assert lines[0].startswith(f"{first + 1}\\. ")


async def press_schedules(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.admin.press(message, custom_id)
    assert interaction.answer is CallbackType.UPDATE
    (embed,) = answered(interaction).embeds
    page = min(int(custom_id.rpartition(":")[2]), 1) + 1
    assert f"Page {page} of 2" in embed["footer"]["text"]
    assert f"<#{fixture.general.id}>" in embed["description"]


async def press_again(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, button(custom_id))
    before = len(fixture.general.messages)
    interaction = await fixture.admin.press(message, custom_id)
    await interaction.until(lambda _: "Posted in" in message.content)
    answered(interaction)
    assert not message.controls
    assert len(fixture.general.messages) > before


async def press_leave(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.admin.press(message, custom_id)
    assert interaction.answer is CallbackType.UPDATE
    assert answered(interaction).content == "Canceled."
    assert not message.controls


async def press_welcome(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.admin.press(message, custom_id)
    assert "2:setup:start:" in str(answered(interaction).controls)
    assert interaction.ephemeral


async def press_setup(fixture: BotFixture, custom_id: str) -> None:
    """Press a button or choose from a menu, of the draft on a new screen."""
    screen = shown(await fixture.admin.slash("setup"))
    draft = screen.controls[0]["custom_id"].rpartition(":")[2]
    action = custom_id.split(":")[2]
    custom_id = custom_id.replace(f"{action}:1", f"{action}:{draft}")
    values = {"preset": "brief", "time": "09:00", "zone": "Asia/Seoul"}
    if action in values:
        message = await send_as_bot(fixture, menu(custom_id, [values[action]]))
        interaction = await fixture.admin.choose(message, values[action])
    elif action == "channel":
        control = {"type": CHANNEL_MENU, "custom_id": custom_id}
        message = await send_as_bot(fixture, control)
        interaction = await fixture.admin.choose(message, fixture.general)
    else:
        message = await send_as_bot(fixture, button(custom_id))
        interaction = await fixture.admin.press(message, custom_id)
    if action in FORMS:
        assert interaction.modal is not None
        assert interaction.modal["custom_id"] == custom_id
        needed = {"hour": {"Time": "9"}, "city": {"Time zone or city": "Seoul"}}
        interaction = await fixture.admin.submit(interaction, needed.get(action, {}))
    answered(interaction)
    assert interaction.ephemeral


async def press_list(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.admin.press(message, custom_id)
    found = [each for each in answered(interaction).controls if each.get("label") == "Manage"]
    assert len(found) == (8 if custom_id == "2:list:0" else 2)
    assert interaction.ephemeral


async def press_schedule(fixture: BotFixture, custom_id: str) -> None:
    """Press a button of the schedule with the id 1."""
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.admin.press(message, custom_id)
    answered(interaction)
    assert interaction.ephemeral
    found = await schedules.get(fixture.database, 1)
    assert (found is None) == custom_id.startswith("2:schedule:erase")


async def press_mydata(fixture: BotFixture, custom_id: str) -> None:
    message = await send_as_bot(fixture, button(custom_id))
    interaction = await fixture.admin.press(message, custom_id)
    assert interaction.answer is CallbackType.UPDATE
    assert answered(interaction).content.startswith("Deleted.")
    assert not message.controls


_FIRST: Final[dict[str, Callable[[BotFixture, str], Awaitable[None]]]] = {
    "whole": press_whole,
    "open": choose_open,
    "top": press_top,
    "post:open": choose_post_open,
    "post:rest": press_post_rest,
    "rest": press_rest,
    "schedules": press_schedules,
    "again": press_again,
    "leave": press_leave,
}
_SECOND: Final = {f"2:{name}": press for name, press in _FIRST.items()}
_SECOND["2:day"] = press_day
_SECOND["2:abstract"] = press_abstract
_SECOND["2:search"] = press_search
_SECOND["2:search:share"] = press_search_share
_SECOND["2:chart"] = press_chart
_SECOND["2:author"] = choose_author
_SECOND["2:open:private"] = choose_open
_SECOND["2:rest:open"] = choose_rest_open
_SECOND["2:share"] = press_share
_SECOND["2:discuss"] = press_discuss
_SECOND["2:more"] = choose_more
_SECOND["2:quotes"] = press_quotes
_SECOND["2:report"] = press_report
_SECOND["2:save"] = press_save
_SECOND["2:similar"] = press_similar
_SECOND["2:similar:share"] = press_similar_share
_SECOND["2:cite"] = press_cite
_SECOND["2:citation"] = press_cite
_SECOND["2:saved"] = press_saved
_SECOND["2:entry"] = press_entry
_SECOND["2:mydata"] = press_mydata
_SECOND["2:welcome"] = press_welcome
_SECOND["2:list"] = press_list
_SECOND["2:setup"] = press_setup
_SECOND["2:schedule"] = press_schedule
_SECOND["2:post:all"] = press_post_all
_SECOND["2:post:discuss"] = press_post_discuss
PRESSES: Final = _FIRST | _SECOND
WITH_NEW_DATABASE: Final = (
    "2:search",
    "2:search:share",
    "2:similar",
    "2:similar:share",
    "2:quotes",
    "2:report",
)
"""Those that are about the first search of a database, or for which papers are stored."""
WITH_SCHEDULES: Final = {
    "again": 1,
    "2:again": 1,
    "2:schedule": 1,
    "2:setup": 1,
    "schedules": 10,
    "2:schedules": 10,
    "2:list": 10,
}
"""Those that are about the first schedule of a database, or about a list of several; how many."""


def test_each_form_of_custom_id_is_tested() -> None:
    assert {form(custom_id) for custom_id in LINES} == PRESSES.keys()
    assert len(LINES) == len(set(LINES))


@pytest.mark.parametrize(
    "name", [each for each in PRESSES if each not in {*WITH_NEW_DATABASE, *WITH_SCHEDULES}]
)
async def test_a_custom_id_of_any_version_is_answered(fixture: BotFixture, name: str) -> None:
    for custom_id in lines(name):
        await PRESSES[name](fixture, custom_id)


@pytest.mark.parametrize("name", WITH_NEW_DATABASE)
async def test_a_custom_id_is_answered_with_a_new_database(own_bot: BotFixture, name: str) -> None:
    for custom_id in lines(name):
        await PRESSES[name](own_bot, custom_id)


@pytest.mark.parametrize("name", WITH_SCHEDULES)
async def test_a_custom_id_of_a_schedule_is_answered(own_bot: BotFixture, name: str) -> None:
    first, *_ = await add_schedules(own_bot, WITH_SCHEDULES[name])
    assert first == 1, "a new database numbers its schedules from 1"
    if name.endswith("again"):
        answered(await own_bot.admin.slash("schedule post", schedule="schedule:1"))
    for custom_id in lines(name):
        await PRESSES[name](own_bot, custom_id)


def custom_ids_in(payload: object) -> set[str]:
    """Return every custom_id in what the bot asked of Discord."""
    if isinstance(payload, dict):
        own = {payload["custom_id"]} if isinstance(payload.get("custom_id"), str) else set()
        return own.union(*map(custom_ids_in, payload.values()))
    return set().union(*map(custom_ids_in, payload)) if isinstance(payload, list) else set()


async def test_each_custom_id_that_is_sent_has_a_frozen_form(own_bot: BotFixture) -> None:
    joined = own_bot.sandbox.add_guild("New", with_bot=False)
    channel = joined.add_channel("general")
    joined.add_bot()
    first, *_ = await add_schedules(own_bot, 9)
    await own_bot.admin.slash("schedule list")
    preview = await own_bot.admin.slash("schedule preview", schedule=f"schedule:{first}")
    await preview.followup()
    await own_bot.admin.slash("schedule post", schedule=f"schedule:{first}")
    await own_bot.admin.slash("schedule post", schedule=f"schedule:{first}")
    post = own_bot.general.messages[-1]
    await own_bot.member.press(post, "All 30")
    await own_bot.admin.slash("setup")
    await own_bot.admin.slash("schedule remove", schedule=f"schedule:{first}")
    await own_bot.member.slash("top", count=25)
    await own_bot.member.slash("top", period="week")
    await own_bot.member.slash("search", text="paper", sort="votes")
    await own_bot.member.slash("search", text="paper", private=True)
    await own_bot.member.slash("search", author="Author 7")
    await own_bot.member.slash("paper", query="2502.00001")
    await own_bot.member.slash("paper", query="paper")
    await own_bot.member.slash("paper", query="paper", private=True)
    card = shown(await own_bot.member.slash("paper", query=IDS[0], private=True))
    await own_bot.member.press(card, "Save")
    await own_bot.member.press(card, "Cite")
    await store_similar(own_bot)
    card = shown(await own_bot.member.slash("paper", query="hep-th/9901002", private=True))
    await own_bot.member.press(card, "Similar")
    await own_bot.member.slash("saved")
    await own_bot.member.slash("mydata forget")
    of_post = await send_as_bot(own_bot, menu("2:post:open:m", [LONG.arxiv_id]))
    await own_bot.member.choose(of_post, LONG.arxiv_id)
    await write_text(own_bot, IDS[4], "en")
    await own_bot.member.press(shown(await own_bot.member.slash("paper", query=IDS[4])), "Quotes")
    await eventually(lambda: bool(channel.messages))
    await own_bot.restart(SmallService())
    await keep_abstract(own_bot, "2511.00001")
    await own_bot.member.slash("paper", query="2511.00001")
    sent = set[str]().union(*(custom_ids_in(each.body) for each in own_bot.sandbox.requests))
    # Only older versions send post:rest and schedules; of one page of the rest there are no others.
    old = {"2:post:rest", "2:rest", "2:schedules"}
    assert {form(custom_id) for custom_id in sent} == _SECOND.keys() - old
