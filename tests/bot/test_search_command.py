"""`/search` in the sandbox: what it finds and says, its pages, menus and corrections."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from bot_fixture import READ_AT, BotFixture, link, shown
from posting_fixture import eventually

from storage import digests, search_index
from storage.records import Details, Digest, Paper, Section

NEWEST = date(2025, 2, 22)
GRAPHS = tuple(
    Paper(
        f"2502.3{number:04}",
        f"Graph Walks {number}",
        100 - number,
        ("Zoë Quux", f"Reader {number}"),
        None,
        (Section(None, f"그래프를 걷는 방법 {number}번과 **확산모델**의 <@1> 비교."),),
        details=Details(organization="Ministry of Walks"),
    )
    for number in range(12)
)


@pytest.fixture(scope="module")
def more_digests() -> tuple[Digest, ...]:
    """Papers on several pages."""
    return (Digest(NEWEST, GRAPHS),)


async def test_results_have_titles_passages_menus_and_pages(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("search", text="graph walks"))
    (embed,) = message.embeds
    assert embed["title"] == "Search: graph walks"
    description = embed["description"]
    assert description.startswith("12 papers")
    assert "1\\. [Graph Walks 0](https://arxiv.org/abs/2502.30000) · **▲100**" in description
    assert embed["footer"]["text"].startswith("Page 1 of 3")
    menu, authors, previous, following = message.controls
    assert [option["value"] for option in menu["options"]] == [
        paper.arxiv_id for paper in GRAPHS[:5]
    ]
    assert authors["options"][0]["value"] == "Zoë Quux"
    assert previous["disabled"]
    assert len(following["custom_id"]) <= 100


async def test_votes_of_a_file_that_is_read_long_after_its_day_have_no_time(
    own_bot: BotFixture,
) -> None:
    paper = replace(GRAPHS[0], arxiv_id="2501.00001", title="Old Rivers")
    await digests.store(own_bot.database, Digest(date(2025, 1, 1), (paper,)), read_at=READ_AT)
    (embed,) = shown(await own_bot.member.slash("search", text="old rivers")).embeds
    assert "**▲100**" in embed["description"]
    assert "timestamp" not in embed
    assert "footer" not in embed


async def test_a_passage_has_matches_in_bold_and_nothing_that_discord_would_render(
    fixture: BotFixture,
) -> None:
    embed = shown(await fixture.member.slash("search", text="확산 모델")).embeds[0]
    assert "**확산모델**의 \\<@1> 비교" in embed["description"].replace("\\<@1\\>", "\\<@1>")


async def test_pages_are_turned_after_a_restart_and_others_get_a_private_copy(
    fixture: BotFixture,
) -> None:
    message = shown(await fixture.member.slash("search", text="graph", sort="votes"))
    await fixture.restart()
    await fixture.member.press(message, "Next")
    assert message.embeds[0]["footer"]["text"].startswith("Page 2 of 3")
    assert "6\\. [Graph Walks 5]" in message.embeds[0]["description"]
    copy = await fixture.korean.press(message, "Next")
    assert copy.ephemeral
    assert "3쪽 중 3쪽" in shown(copy).embeds[0]["footer"]["text"]
    assert message.embeds[0]["footer"]["text"].startswith("Page 2 of 3")


async def test_a_page_that_is_gone_is_the_last_one(own_bot: BotFixture) -> None:
    message = shown(await own_bot.member.slash("search", text="graph"))
    others = tuple(replace(paper, title="Gone") for paper in GRAPHS[1:])
    gone = tuple(replace(paper, sections=(Section(None, "Gone."),)) for paper in others)
    await digests.store(own_bot.database, Digest(NEWEST, (GRAPHS[0], *gone)), read_at=READ_AT)
    await own_bot.member.press(message, "Next")
    assert message.embeds[0]["description"].startswith("1 paper\n")
    assert len(message.controls) == 2


async def test_a_menu_opens_a_paper_and_another_the_papers_of_an_author(
    fixture: BotFixture,
) -> None:
    message = shown(await fixture.member.slash("search", text="graph"))
    papers_menu, authors_menu = message.controls[:2]
    opened = await fixture.member.choose(message, "2502.30002", papers_menu["custom_id"])
    assert opened.ephemeral
    assert shown(opened).embeds[0]["title"] == "Graph Walks 2"
    of_author = await fixture.member.choose(message, "Reader 3", authors_menu["custom_id"])
    assert of_author.ephemeral
    (embed,) = shown(of_author).embeds
    assert embed["title"] == "Search: Reader 3 · newest first"
    assert embed["description"].startswith("1 paper\n")


async def test_results_name_the_authors_who_were_asked_for_and_menus_their_papers(
    own_bot: BotFixture,
) -> None:
    many = tuple(f"Writer {number}" for number in range(9))
    paper = Paper("2502.39997", "By *Many*", 3, (*many, "Ada Reader", "Bo Reader"))
    day = NEWEST + timedelta(days=1)
    await digests.store(own_bot.database, Digest(day, (paper,)), read_at=READ_AT)
    message = shown(await own_bot.member.slash("search", text="author:reader", sort="date"))
    first, second = message.embeds[0]["description"].split("\n\n")[1:3]
    assert first.splitlines()[1] == "**Ada Reader**, **Bo Reader** and 9 others"
    assert second.splitlines()[1] == "**Reader 0** and 1 other"
    options = message.controls[1]["options"]
    assert [option["value"] for option in options[:3]] == ["Ada Reader", "Bo Reader", "Reader 0"]
    assert options[0]["description"] == "1. By *Many*"
    (zoe,) = [option for option in options if option["value"] == "Zoë Quux"]
    assert zoe["description"].startswith("2. Graph Walks 0 · 3. Graph Walks 1")
    others = shown(await own_bot.member.slash("search", text="graph reader"))
    assert "**Reader" not in others.embeds[0]["description"]


async def test_conditions_narrow_a_search(fixture: BotFixture) -> None:
    async def found(**options: str | int) -> str:
        message = shown(await fixture.member.slash("search", None, options))
        return str(message.embeds[0]["description"].splitlines()[0])

    assert await found(text="graph", min_votes=95) == "6 papers"
    assert await found(text="graph -3", since="2025-02-22") == "11 papers"
    assert await found(author="quux z.", until="2025-02-22") == "12 papers"
    assert await found(org="ministry") == "12 papers"
    assert await found(text="walks", author="Reader 7", org="Ministry of Walks") == "1 paper"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Enter words, an author or an organization."),
        ({"text": "…"}, "Enter words, an author or an organization."),
        ({"text": "-graph"}, "Enter a word to search for besides those you exclude."),
        ({"text": "graph", "since": "someday"}, "I don't recognize “someday” as a day."),
        (
            {"text": "graph", "since": "2025-02-22", "until": "2025-02-21"},
            "“since” (Feb 22, 2025) is after “until” (Feb 21, 2025).",
        ),
    ],
)
async def test_a_search_that_cannot_be_made_is_answered_with_a_sentence(
    fixture: BotFixture, options: dict[str, str], sentence: str
) -> None:
    interaction = await fixture.member.slash("search", None, options)
    assert interaction.ephemeral
    assert shown(interaction).content.startswith(sentence)


async def test_a_search_without_results_offers_the_nearest_spellings(fixture: BotFixture) -> None:
    interaction = await fixture.member.slash("search", text="grahp walks")
    assert interaction.ephemeral
    message = shown(interaction)
    assert "I looked for: grahp walks. Did you mean" in message.content
    assert len(message.controls) == 1
    await fixture.member.press(message, "graph walks")
    assert message.embeds[0]["description"].startswith("12 papers")


async def test_a_search_without_results_says_what_was_understood(fixture: BotFixture) -> None:
    interaction = await fixture.member.slash("search", text="QQQ author:Quux -x")
    assert interaction.ephemeral
    assert "I looked for: qqq author:quux \\-x" in shown(interaction).content.replace("-x", "\\-x")


async def test_a_search_without_results_says_its_conditions(fixture: BotFixture) -> None:
    options: dict[str, str | int] = {"text": "graph", "since": "2025-02-22", "min_votes": 500}
    message = shown(await fixture.member.slash("search", None, options))
    assert message.content == (
        "No paper matches “graph”. I looked for: graph · since Feb 22, 2025 · ▲ 500+. "
        "Try fewer words or conditions."
    )
    korean = shown(await fixture.korean.slash("검색", None, {"검색어": "graph", "최소추천": 500}))
    assert "검색한 내용: graph · 추천 500개 이상. 단어나 조건을 줄여 보세요." in korean.content


async def test_results_say_their_conditions_and_their_order(fixture: BotFixture) -> None:
    options: dict[str, str | int] = {
        "text": "graph",
        "since": "2025-02-21",
        "until": "2025-02-22",
        "min_votes": 95,
        "sort": "votes",
    }
    (embed,) = shown(await fixture.member.slash("search", None, options)).embeds
    conditions = "since Feb 21, 2025 · until Feb 22, 2025 · ▲ 95+ · most upvoted first"
    assert embed["title"] == f"Search: graph · {conditions}"
    long = "graph " * 60 + '"'
    (embed,) = shown(await fixture.member.slash("search", None, {**options, "text": long})).embeds
    assert embed["title"].endswith(f"… · {conditions}")


async def test_a_posted_page_says_once_what_was_searched_for(fixture: BotFixture) -> None:
    private = shown(await fixture.member.slash("search", text="graph", sort="votes", private=True))
    await fixture.member.press(private, "Post to channel")
    posted = fixture.general.messages[-1]
    line = f"Shared by {fixture.member.mention}: Search: graph · most upvoted first"
    for place in ("1\\. [Graph Walks 0]", "6\\. [Graph Walks 5]"):
        assert posted.content == line
        assert "title" not in posted.embeds[0]
        assert place in posted.embeds[0]["description"]
        await fixture.member.press(posted, "Next")


@pytest.mark.parametrize(
    "text", ["2502.30004", "https://huggingface.co/papers/2502.30004", "arxiv.org/pdf/2502.30004v2"]
)
async def test_an_id_or_a_link_finds_its_paper(fixture: BotFixture, text: str) -> None:
    (embed,) = shown(await fixture.member.slash("search", text=text)).embeds
    assert embed["title"] == "Search: 2502.30004"
    assert embed["description"].startswith("1 paper\n")
    assert "[Graph Walks 4]" in embed["description"]
    nothing = shown(await fixture.member.slash("search", text=text, until="2025-02-01"))
    assert "I looked for: 2502.30004 · until Feb 1, 2025." in nothing.content


async def test_an_id_that_no_list_has_is_answered_with_a_link_and_near_ids(
    fixture: BotFixture,
) -> None:
    message = shown(await fixture.member.slash("search", text="arxiv.org/abs/2502.30099"))
    assert message.content.startswith("**2502.30099** hasn't been in Daily Papers.")
    link_button, menu = message.controls
    assert link_button["url"] == "https://arxiv.org/abs/2502.30099"
    assert menu["options"]


async def test_answers_say_what_of_a_query_was_read_otherwise(fixture: BotFixture) -> None:
    (embed,) = shown(await fixture.member.slash("search", text='graph "walks')).embeds
    assert embed["description"].splitlines()[:2] == [
        "12 papers",
        "A quotation mark isn't closed, so its words were searched one by one.",
    ]
    (embed,) = shown(await fixture.member.slash("search", text="graph " * 33)).embeds
    assert embed["description"].splitlines()[1] == "Only the first 32 terms were searched."
    nothing = shown(await fixture.member.slash("search", text='"qqq'))
    assert nothing.content.endswith("so its words were searched one by one.")


async def test_a_private_search_is_private_and_a_usual_one_is_not(fixture: BotFixture) -> None:
    assert not (await fixture.member.slash("search", text="graph")).ephemeral
    assert (await fixture.member.slash("search", text="graph", private=True)).ephemeral


async def test_words_that_fit_no_title_give_the_results_of_the_search(fixture: BotFixture) -> None:
    interaction = await fixture.member.slash("paper", query="quux graph")
    message = shown(interaction)
    assert link(fixture, "search") in message.content
    assert "Graph Walks 0" in message.content


async def test_misspelled_words_give_paper_the_nearest_spellings(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("paper", query="grahp wlaks"))
    assert message.content == "No title or text matches “grahp wlaks”. Did you mean one of these?"
    await fixture.member.press(message, "graph walks")
    assert message.embeds[0]["description"].startswith("12 papers")
    unknown = shown(await fixture.member.slash("paper", query="qqqqq"))
    assert unknown.content == "No title or text matches “qqqqq”. Try fewer or other words."


async def test_terms_are_searched_in_the_other_language(own_bot: BotFixture) -> None:
    pair = Section(None, "확산 모델(Diffusion Model)")
    korean = [Paper(f"2502.3999{n}", "In Korean", 3, sections=(pair,)) for n in range(2)]
    english = Paper("2502.39999", "A Diffusion Model of Ink", 1)
    day = NEWEST + timedelta(days=1)
    await digests.store(own_bot.database, Digest(day, (*korean, english)), read_at=READ_AT)
    embed = shown(await own_bot.member.slash("search", text="확산모델", sort="date")).embeds[0]
    assert "Also searched: Diffusion Model" in embed["description"]
    assert "A Diffusion Model of Ink" in embed["description"]
    embed = shown(await own_bot.korean.slash("search", text="diffusion models")).embeds[0]
    assert "함께 검색한 용어: 확산 모델" in embed["description"]


async def test_names_are_suggested_by_any_of_their_words(fixture: BotFixture) -> None:
    async def suggested(option: str, typed: str) -> list[str]:
        choices = await fixture.member.autocomplete("search", option, typed)
        return [choice["value"] for choice in choices]

    assert (await suggested("author", ""))[0] == "Zoë Quux"
    assert await suggested("author", "quux z") == await suggested("author", "ZOE") == ["Zoë Quux"]
    assert await suggested("author", "nobody") == []
    assert await suggested("org", "walks") == ["Ministry of Walks"]
    assert await suggested("author", '"*') == await suggested("author", "")


async def test_the_bot_indexes_what_was_stored_and_a_search_finds_the_newest_at_once(
    own_bot: BotFixture,
) -> None:
    many = tuple(
        replace(GRAPHS[0], arxiv_id=f"2502.4{n:04}", title=f"Moss {n}") for n in range(400)
    )
    await digests.store(own_bot.database, Digest(NEWEST, (*GRAPHS, *many)), read_at=READ_AT)
    await eventually(lambda: search_index.is_complete(own_bot.database))
    few = replace(GRAPHS[0], arxiv_id="2502.50000", title="Newest Moss")
    await digests.store(own_bot.database, Digest(NEWEST, (*GRAPHS, *many, few)), read_at=READ_AT)
    embed = shown(await own_bot.member.slash("search", text="newest moss")).embeds[0]
    assert embed["description"].startswith("1 paper\n")


@pytest.mark.slow
async def test_answers_say_that_papers_may_be_missing_that_cannot_be_indexed_now(
    own_bot: BotFixture,
) -> None:
    await eventually(lambda: search_index.is_complete(own_bot.database))
    path = own_bot.database.path
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        await asyncio.to_thread(
            other.executescript, "INSERT INTO stale_papers VALUES (1); BEGIN IMMEDIATE"
        )
        found, unknown = await asyncio.gather(
            own_bot.member.slash("search", text="graph walks"),
            own_bot.admin.slash("paper", query="no such words"),
        )
    assert "still being indexed" in shown(found).embeds[0]["description"]
    assert "still being indexed" in shown(unknown).content


async def test_results_of_a_database_that_cannot_be_written_have_no_page_buttons(
    fixture: BotFixture,
) -> None:
    await eventually(lambda: search_index.is_complete(fixture.database))
    path = fixture.database.path
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        # In a thread: the bot may have to end a transaction of its own first.
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        message = shown(await fixture.member.slash("search", text="graph walks"))
    assert message.embeds[0]["description"].startswith("12 papers")
    assert len(message.controls) == 2


async def test_an_autocomplete_that_fails_has_no_choices(
    own_bot: BotFixture, caplog: pytest.LogCaptureFixture
) -> None:
    async with own_bot.database.transaction() as writer:
        await writer.execute("ALTER TABLE search_names RENAME TO gone")
    assert await own_bot.member.autocomplete("search", "author", "quux") == []
    assert "choices can't be suggested" in caplog.text
