"""Papers that people save: the button, /saved, notes, files, and who sees them."""

import asyncio
import json
from datetime import timedelta

import pytest
import rispy
from bot_fixture import READ_AT, BotFixture, actions_of, link, shown
from catalogue import CATALOGUE
from lookup_services import SmallService
from posting_fixture import eventually
from pybtex.database import parse_string

from bot.ingest.live_lookup import FOUND_FOR
from bot.sandbox import CallbackType, Channel, Interaction, Message, Person
from bot.sources.errors import SourceError
from storage import lookups, saved_papers
from storage.records import Details, Paper
from storage.saved_papers import MOST

KNOWN = "2502.14499"
TITLE = "MLGym: A New Framework and Benchmark for Advancing AI Research Agents"
HOSTILE = "2502.00003"
UNLISTED = Paper(
    "2511.00001",
    "Not in a List",
    3,
    ("Ann Lee", "Bo Kim"),
    details=Details(abstract="We do it."),
    authors_ordered=True,
)
DOWN = SourceError("answered 503 Service Unavailable", is_unreachable=True)
FIELD = "Your note on this paper"
OPEN = "Open a paper"
MANAGE = "Write a note or remove a paper"
EN = CATALOGUE.for_locale("en")


async def save(
    fixture: BotFixture, arxiv_id: str = KNOWN, person: Person | None = None
) -> Interaction:
    """Open a paper, and press Save."""
    person = person or fixture.member
    card = shown(await person.slash("paper", query=arxiv_id))
    return await person.press(card, "Save" if person is not fixture.korean else "저장")


async def saved(
    fixture: BotFixture, person: Person | None = None, place: Channel | None = None
) -> Message:
    """Return the first page of what a person has saved."""
    interaction = await (person or fixture.member).slash("saved", place)
    assert interaction.ephemeral
    return shown(interaction)


async def fill(fixture: BotFixture, count: int, person: Person | None = None) -> None:
    for number in range(count):
        paper = Paper(f"2401.{number:05}", f"Paper {number}")
        user_id = (person or fixture.member).id
        await saved_papers.save(fixture.database, user_id, paper, at=READ_AT)


def lines_of(page: Message) -> list[str]:
    description: str = page.embeds[0]["description"]
    return description.splitlines()


async def test_a_paper_is_saved_and_a_second_press_offers_to_remove_it(
    fixture: BotFixture,
) -> None:
    first = await save(fixture)
    assert first.ephemeral
    assert shown(first).content == (
        f"Saved: [{TITLE}](https://arxiv.org/abs/{KNOWN}). "
        f"Find it again with {link(fixture, 'saved')}."
    )
    second = await save(fixture)
    assert second.ephemeral
    assert shown(second).content.startswith("Saved on <t:")
    assert shown(second).content.endswith(f":D>: [{TITLE}](https://arxiv.org/abs/{KNOWN})")
    assert actions_of(shown(second)) == ["Note", "Remove"]
    removed = await fixture.member.press(shown(second), "Remove")
    assert removed.answer is CallbackType.UPDATE
    assert shown(removed).content.startswith(f"Removed: [{TITLE}]")
    gone = await fixture.member.press(shown(first), "Remove")
    assert shown(gone).content == EN("saved-gone")
    again = await fixture.member.press(shown(removed), "Save")
    assert shown(again).content.startswith("Saved: ")


async def test_two_presses_at_once_save_once(fixture: BotFixture) -> None:
    card = shown(await fixture.member.slash("paper", query=KNOWN))
    both = await asyncio.gather(*(fixture.member.press(card, "Save") for _ in range(2)))
    assert all(shown(each).content.startswith("Saved") for each in both)
    assert await saved_papers.count(fixture.database, fixture.member.id) == 1


async def test_saved_papers_belong_to_one_person_everywhere(fixture: BotFixture) -> None:
    stranger, channel = fixture.add_stranger()
    card = shown(await stranger.slash("paper", channel, query=KNOWN))
    await stranger.press(card, "Save")
    for place in (channel, fixture.sandbox.dm(stranger)):
        page = await saved(fixture, stranger, place)
        assert lines_of(page) == [f"1\\. [{TITLE}](https://arxiv.org/abs/{KNOWN}) · `{KNOWN}`"]
        opened = await stranger.choose(page, TITLE, OPEN)
        assert opened.ephemeral
        assert "Save" in actions_of(shown(opened))
        assert "Post to channel" not in actions_of(shown(opened))
    # Nobody else has them, whoever presses what.
    assert (await saved(fixture)).content == EN("saved-none")
    await save(fixture, "2502.00001")
    page = await saved(fixture)
    assert lines_of(page)[0].startswith("1\\. [A Long Study")
    mine = await saved(fixture, stranger, channel)
    assert KNOWN in lines_of(mine)[0]


async def test_pages_turn_in_place_and_after_a_restart(fixture: BotFixture) -> None:
    await fill(fixture, 23)
    page = await saved(fixture)
    assert page.embeds[0]["title"] == "Saved papers · 23"
    assert page.embeds[0]["footer"]["text"] == "Page 1 of 3"
    assert lines_of(page)[0] == "1\\. [Paper 22](https://arxiv.org/abs/2401.00022) · `2401.00022`"
    assert len(lines_of(page)) == 10
    await fixture.restart()
    turned = await fixture.member.press(page, "Next")
    assert turned.answer is CallbackType.UPDATE
    assert lines_of(page)[0].startswith("11\\. [Paper 12]")
    await fixture.member.press(page, "Next")
    assert len(lines_of(page)) == 3
    # The last page vanishes with its last paper.
    for number in range(3):
        await saved_papers.remove(fixture.database, fixture.member.id, f"2401.{number:05}")
    await fixture.member.press(page, "Previous")
    assert page.embeds[0]["footer"]["text"] == "Page 2 of 2"


async def test_an_entry_opens_as_paper_shows_it(fixture: BotFixture) -> None:
    await save(fixture)
    opened = await fixture.member.choose(await saved(fixture), TITLE, OPEN)
    card = shown(await fixture.member.slash("paper", query=KNOWN, private=True))
    assert opened.ephemeral
    assert shown(opened).embeds == card.embeds
    assert actions_of(shown(opened)) == actions_of(card)


async def test_a_note_is_written_changed_and_deleted(fixture: BotFixture) -> None:
    await save(fixture)
    page = await saved(fixture)
    await fixture.member.choose(page, TITLE, MANAGE)
    assert actions_of(page) == ["Note", "Remove", "Back"]
    assert not page.embeds
    form = await fixture.member.press(page, "Note")
    sent = await fixture.member.submit(form, {FIELD: "  read this \t first "})
    assert sent.answer is CallbackType.UPDATE
    assert lines_of(page)[1] == "-# ✎ read this first"
    (option,) = page.controls[0]["options"]
    assert option["description"] == f"{KNOWN} · read this first"
    again = shown(await save(fixture))
    assert again.content.endswith("\nNote: read this first")
    form = await fixture.member.press(again, "Note")
    assert form.modal is not None
    assert '"value": "read this first"' in json.dumps(form.modal)
    await fixture.restart()
    await fixture.member.submit(form, {FIELD: ""})
    assert "Note:" not in again.content
    assert len(lines_of(await saved(fixture))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "@everyone <@1> **b** [x](https://example.org) ||s||",
        "`code` ``` # big",
        "\u202e\u200b\x07 dir",
        "\u1100" * 200,
        "'); DROP TABLE saved_papers; --",
    ],
)
async def test_hostile_notes_and_titles_are_shown_as_they_are(
    fixture: BotFixture, text: str
) -> None:
    await save(fixture, HOSTILE)
    page = await saved(fixture)
    await fixture.member.choose(page, [page.controls[1]["options"][0]["value"]], MANAGE)
    form = await fixture.member.press(page, "Note")
    await fixture.member.submit(form, {FIELD: text})
    shown_text = page.embeds[0]["description"]
    assert "✎" in shown_text
    entry = shown(await save(fixture, HOSTILE))
    for each in (shown_text, entry.content):
        assert "@everyone" not in each
        assert "](https://example.org" not in each
        assert "\u202e" not in each
        assert "**b**" not in each
        assert "```" not in each
    assert not page.pings | entry.pings


async def test_a_note_that_is_too_long_for_the_form_is_cut(fixture: BotFixture) -> None:
    await save(fixture)
    entry = shown(await save(fixture))
    form = await fixture.member.press(entry, "Note")
    await fixture.member.submit(form, {FIELD: "long\nnote " * 300}, force=True)
    found = await saved_papers.get(fixture.database, fixture.member.id, KNOWN)
    assert found is not None
    assert found.note is not None
    assert len(found.note) <= 200
    assert "\n" not in found.note


async def test_a_paper_is_removed_from_its_page_and_elsewhere_meanwhile(
    fixture: BotFixture,
) -> None:
    await fill(fixture, 2)
    page, other = await saved(fixture), await saved(fixture)
    await fixture.member.choose(other, "Paper 1", MANAGE)
    form = await fixture.member.press(other, "Note")
    await fixture.member.choose(page, "Paper 1", MANAGE)
    await fixture.member.press(page, "Remove")
    assert [line.split("]")[0] for line in lines_of(page)] == ["1\\. [Paper 0"]
    late = await fixture.member.submit(form, {FIELD: "late"})
    assert late.ephemeral
    assert shown(late).content == EN("saved-gone")
    gone = await fixture.member.press(other, "Remove")
    assert shown(gone).content == EN("saved-gone")
    await fixture.member.choose(page, "Paper 0", MANAGE)
    await fixture.member.press(page, "Remove")
    assert page.content == EN("saved-none")
    assert not page.embeds
    assert not page.controls


async def test_everything_is_deleted_after_a_question(fixture: BotFixture) -> None:
    await fill(fixture, 12)
    await fill(fixture, 3, fixture.admin)
    page = await saved(fixture)
    await fixture.member.press(page, "Next")
    await fixture.member.press(page, "Delete all")
    assert page.content.startswith("Delete all 12 saved papers and your notes?")
    await fixture.member.press(page, "Cancel")
    assert page.embeds[0]["footer"]["text"] == "Page 2 of 2"
    await fixture.member.press(page, "Delete all")
    await fixture.member.press(page, "Delete all")
    assert page.content == "Deleted 12 saved papers."
    assert not page.controls
    assert await saved_papers.count(fixture.database, fixture.member.id) == 0
    assert await saved_papers.count(fixture.database, fixture.admin.id) == 3


async def test_all_is_sent_in_each_format_to_the_person_alone(own_bot: BotFixture) -> None:
    await own_bot.restart(service := SmallService())
    service.add(UNLISTED)
    for arxiv_id in (KNOWN, UNLISTED.arxiv_id, "hep-th/9901001"):
        await save(own_bot, arxiv_id)
    page = await saved(own_bot)
    contents = {}
    for name in ("BibTeX", "RIS", "CSL-JSON"):
        interaction = await own_bot.member.press(page, name)
        await interaction.until(lambda each: bool(shown(each).attachments))
        assert interaction.ephemeral
        assert shown(interaction).content == f"Your 3 saved papers as {name}"
        (file,) = shown(interaction).attachments
        contents[file.filename] = file.content.decode()
    entries = parse_string(contents["saved-papers.bib"], "bibtex").entries
    assert [*entries] == ["arxiv1999strings", "lee2025not", "arxiv2025mlgym"]
    assert [str(each) for each in entries["lee2025not"].persons["author"]] == [
        "Lee, Ann",
        "Kim, Bo",
    ]
    items = json.loads(contents["saved-papers.json"])
    assert [item["id"] for item in items] == [*entries]
    assert [item["id"] for item in rispy.loads(contents["saved-papers.ris"])] == [*entries]
    await saved_papers.remove_all(own_bot.database, own_bot.member.id)
    empty = await own_bot.member.press(page, "RIS")
    await eventually(
        lambda: (
            EN("saved-none")
            in str([shown(empty).content, *(each.content for each in empty.followups)])
        )
    )


async def test_a_thousand_papers_can_be_saved_read_and_exported(fixture: BotFixture) -> None:
    await fill(fixture, MOST)
    full = await save(fixture)
    assert full.ephemeral
    assert shown(full).content.startswith("You've saved 1,000 papers, the most possible.")
    page = await saved(fixture)
    assert page.embeds[0]["title"] == "Saved papers · 1,000"
    interaction = await fixture.member.press(page, "BibTeX")
    await interaction.until(lambda each: bool(shown(each).attachments))
    (file,) = shown(interaction).attachments
    assert len(parse_string(file.content.decode(), "bibtex").entries) == MOST
    await fixture.member.choose(page, "Paper 999", MANAGE)
    await fixture.member.press(page, "Remove")
    assert shown(await save(fixture)).content.startswith("Saved: ")


async def test_what_a_service_said_is_kept_while_saved_and_found_offline(
    own_bot: BotFixture,
) -> None:
    await own_bot.restart(service := SmallService())
    service.add(UNLISTED)
    await save(own_bot, UNLISTED.arxiv_id)
    much_later = READ_AT + 3 * (FOUND_FOR + lookups.KEPT_AFTER_EXPIRY)
    await own_bot.app.move_clock(much_later)
    # A look-up of another paper cleans the table.
    await own_bot.member.slash("paper", query="2511.00009")
    service.error = DOWN
    opened = await own_bot.member.choose(await saved(own_bot), "Not in a List", OPEN)
    await opened.until(lambda each: bool(shown(each).embeds))
    assert opened.ephemeral
    assert shown(opened).embeds[0]["url"] == UNLISTED.url
    # Now the service has forgotten it.
    service.error = None
    del service.papers[UNLISTED.arxiv_id]
    await own_bot.app.move_clock(much_later + timedelta(days=60))
    opened = await own_bot.member.choose(await saved(own_bot), "Not in a List", OPEN)
    await opened.until(lambda each: bool(shown(each).embeds))
    assert shown(opened).embeds[0]["url"] == UNLISTED.url
    # Without look-ups.
    await own_bot.restart()
    opened = await own_bot.member.choose(await saved(own_bot), "Not in a List", OPEN)
    assert shown(opened).embeds[0]["url"] == UNLISTED.url
    found = await own_bot.member.slash("paper", query=UNLISTED.arxiv_id)
    assert found.answer is CallbackType.MESSAGE
    assert shown(found).embeds == shown(opened).embeds


async def test_a_saved_paper_that_is_gone_says_so_and_can_be_removed(fixture: BotFixture) -> None:
    await fill(fixture, 1)
    page = await saved(fixture)
    opened = await fixture.member.choose(page, "Paper 0", OPEN)
    assert shown(opened).content == EN("paper-gone")
    await fixture.member.choose(page, "Paper 0", MANAGE)
    await fixture.member.press(page, "Remove")
    assert page.content == EN("saved-none")


async def test_a_korean_reader_saves_in_korean(fixture: BotFixture) -> None:
    first = await save(fixture, KNOWN, fixture.korean)
    assert shown(first).content.startswith(f"저장했습니다: [{TITLE}]")
    page = shown(await fixture.korean.slash("저장목록"))
    assert page.embeds[0]["title"] == "저장한 논문 · 1편"
    await fixture.korean.choose(page, TITLE, "메모하거나 삭제할 논문")
    form = await fixture.korean.press(page, "메모")
    await fixture.korean.submit(form, {"이 논문에 대한 메모": "꼭 읽기"})
    assert lines_of(page)[1] == "-# ✎ 꼭 읽기"


@pytest.mark.slow
async def test_a_database_that_is_locked_is_said_in_a_sentence(fixture: BotFixture) -> None:
    card = shown(await fixture.member.slash("paper", query=KNOWN))
    async with fixture.database.transaction():
        refused = await fixture.member.press(card, "Save")
    assert refused.ephemeral
    assert shown(refused).content == EN("error-storage")
    assert shown(await fixture.member.press(card, "Save")).content.startswith("Saved: ")
