"""The style Brief: a first paper, and a list of the others."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from layout_samples import (
    BRIEF,
    CARDS,
    DAY,
    EN,
    KO,
    MARK_LENGTH,
    READ_AT,
    THREAD,
    TODAY,
    assert_sendable,
    components,
    following,
    messages_of,
    papers,
    schedule_settings,
    selection,
    without_components,
)

from bot.posting.selection import Outage, Selection, select
from bot.ui.columns import width
from storage.records import (
    Details,
    Layout,
    ListedPaper,
    Paper,
)


def test_brief_has_the_first_paper_with_a_sentence_and_a_list_of_the_others() -> None:
    (message,) = messages_of(selection(3, 30), BRIEF, EN)
    assert message.content == "Paper 1 ▲99 +29"
    lead, others = message.embeds
    assert (lead.title, lead.url) == ("Paper 1", "https://arxiv.org/abs/2502.00001")
    assert lead.author.name == "Friday, February 21 · top 3 of 30"
    assert lead.author.url == "https://huggingface.co/papers/date/2025-02-21"
    assert lead.description == "Sentence 1 is here."
    assert others.description == "\n".join(
        f"**▲{100 - n} [Paper {n}](https://arxiv.org/abs/2502.{n:05})**" for n in (2, 3)
    )
    assert others.url is None
    assert lead.footer.text is None
    assert (others.footer.text or "").replace("\u202f", " ") == "Upvotes as of Fri 10:00 PM"
    assert len(components(message)) == 2


def test_a_brief_post_says_everything_without_its_components() -> None:
    outage = Outage((date(2025, 2, 20),), "Hugging Face")
    of = replace(following(5, 30), passed_over=((date(2025, 2, 19), None),), outage=outage)
    (message,) = messages_of(of, replace(BRIEF, can_discuss=True), EN)
    shown = without_components(replace(message, rows=()))
    for text in (
        *(f"Paper {n}" for n in range(1, 6)),
        *(f"▲{100 - n}" for n in range(1, 6)),
        "Friday, February 21",
        "top 5 of 30",
        "Sentence 1 is here.",
        "Not posted while the bot was offline: Feb 19",
        "No papers on Thursday: Hugging Face",
    ):
        assert text in shown
    for once in ("February 21", "of 30", "PM"):
        assert shown.count(once) == 1


def test_an_entry_has_a_linked_name_and_the_rest_of_the_title_within_its_columns() -> None:
    titles = (
        "First",
        "SuperGPQA: Scaling LLM Evaluation across 285 Graduate Disciplines",
        "SigLIP 2: " + "Multilingual Encoders with " * 9,
        "How *Much* Knowledge",
        "Word " * 60,
    )
    chosen = tuple(
        replace(each, paper=replace(each.paper, title=title))
        for each, title in zip(papers(5), titles, strict=True)
    )
    (message,) = messages_of(Selection(TODAY, chosen, 9, READ_AT), BRIEF, EN)
    lines = (message.embeds[1].description or "").splitlines()
    link = "](https://arxiv.org/abs/2502.0000"
    assert lines[0] == (
        f"**▲98 [SuperGPQA{link}2)** Scaling LLM Evaluation across 285 Graduate Disciplines"
    )
    assert lines[1].startswith(f"**▲97 [SigLIP 2{link}3)** Multilingual Encoders with")
    assert lines[1].endswith("…")
    assert lines[2] == f"**▲96 [How \\*Much\\* Knowledge{link}4)**"
    assert lines[3].endswith(f"Word…{link}5)**")
    for line in lines:
        assert width(re.sub(r"\]\([^)]*\)|\*\*|[\[\\]", "", line)) <= 110


@pytest.mark.parametrize(
    ("details", "footer"),
    [
        (Details(summary="It is new."), "Upvotes as of Fri 10:00 PM · AI summary by Hugging Face"),
        (Details(abstract="We do it."), "Upvotes as of Fri 10:00 PM"),
    ],
)
def test_the_footer_says_whose_summary_it_is(details: Details, footer: str) -> None:
    first, second = papers(2)
    first = replace(first, paper=replace(first.paper, sections=(), details=details))
    (message,) = messages_of(Selection(TODAY, (first, second), 2, READ_AT), BRIEF, EN)
    assert (message.embeds[-1].footer.text or "").replace("\u202f", " ") == footer


def test_the_time_of_votes_is_in_the_schedules_zone_and_language() -> None:
    seoul = replace(BRIEF, timezone="Asia/Seoul")
    for options, texts, footer in (
        (seoul, KO, "추천: 토요일 오전 7:00 기준"),
        (BRIEF, KO, "추천: 금요일 오후 10:00 기준"),
        (seoul, EN, "Upvotes as of Sat 7:00 AM"),
    ):
        (message,) = messages_of(selection(2, 9), options, texts)
        assert (message.embeds[-1].footer.text or "").replace("\u202f", " ") == footer


@pytest.mark.parametrize(("hours", "is_said"), [(46, True), (50, False)])
def test_votes_of_a_file_that_is_read_long_after_its_day_have_no_time(
    hours: int, is_said: bool
) -> None:
    midnight = datetime(2025, 2, 21, tzinfo=UTC)
    late = tuple(
        replace(each, votes_as_of=midnight, votes_read_at=midnight + timedelta(hours=hours))
        for each in papers(9)
    )
    of = select(late, TODAY, schedule_settings())
    for options in (BRIEF, CARDS, THREAD):
        messages = messages_of(of, options, EN)
        shown = "\n".join(map(without_components, messages))
        assert ("Upvotes as of" in shown) == is_said
        assert "▲99" in shown


def test_brief_is_the_default_of_new_schedules() -> None:
    assert schedule_settings().layout is Layout.BRIEF


def test_the_next_papers_are_selected_for_the_menu() -> None:
    everything = papers(30)
    had = frozenset({everything[0].paper.arxiv_id})
    of = select(everything, TODAY, schedule_settings(), without=had)
    (message,) = messages_of(of, BRIEF, EN)
    menu, _ = components(message)
    assert [option["value"] for option in menu["options"]] == [f"2502.{n:05}" for n in range(2, 17)]


def test_twenty_five_papers_fit_one_brief_message() -> None:
    (message,) = messages_of(following(25, 68), BRIEF, EN)
    descriptions = "\n".join(embed.description or "" for embed in message.embeds[1:])
    assert descriptions.count("https://arxiv.org") == 24
    menu, _ = components(message)
    assert len(menu["options"]) == 25


def test_a_list_goes_on_in_a_further_embed() -> None:
    chosen = tuple(
        replace(each, paper=replace(each.paper, title=f"Name {n}: " + "Rest_*of*_it " * 20))
        for n, each in enumerate(papers(25), start=1)
    )
    (message,) = messages_of(Selection(TODAY, chosen, 25, READ_AT), BRIEF, EN)
    assert_sendable(message, "m" * MARK_LENGTH)
    _, *lists = message.embeds
    assert len(lists) == 2
    assert [embed.footer.text is None for embed in lists] == [True, False]
    assert all(embed.url is None for embed in lists)


@pytest.mark.parametrize("count", [1, 8, 10, 16, 25])
def test_the_longest_lines_fit_one_brief_message(count: int) -> None:
    long = tuple(
        ListedPaper(Paper(f"cond-mat/99010{n:02}", "**Title** " * 80), DAY, n, None)
        for n in range(1, count + 1)
    )
    for texts in (EN, KO):
        (message,) = messages_of(Selection(TODAY, long, 300, None), BRIEF, texts)
        assert_sendable(message, "m" * MARK_LENGTH)
        assert len(re.findall(r"abs/cond-mat", without_components(message))) == count - 1


def test_unknown_votes_are_not_mentioned() -> None:
    unknown = tuple(
        replace(each, paper=replace(each.paper, votes=None), votes_read_at=None)
        for each in papers(2)
    )
    for options in (BRIEF, CARDS):
        (message,) = messages_of(Selection(TODAY, unknown, 9, None), options, KO)
        shown = without_components(message)
        assert "▲" not in shown
        assert "추천" not in shown
        assert "9편 중 2편" in shown


@pytest.mark.parametrize(
    ("shown", "total", "votes", "is_filtered", "said"),
    [
        (2, 30, 100, False, "top 2 of 30"),
        (2, 30, 4, False, "newest 2 of 30"),
        (2, 30, 100, True, "2 matches in 30"),
        (1, 30, 100, True, "1 match in 30"),
        (2, 2, 100, False, "all 2 papers"),
        (1, 1, 100, False, "1 paper"),
    ],
)
def test_the_heading_says_how_many_papers_of_how_many(
    shown: int, total: int, votes: int, is_filtered: bool, said: str
) -> None:
    chosen = tuple(replace(each, paper=replace(each.paper, votes=votes)) for each in papers(shown))
    options = replace(BRIEF, is_filtered=is_filtered)
    (message,) = messages_of(Selection(TODAY, chosen, total, READ_AT), options, EN)
    assert message.embeds[0].author.name == f"Friday, February 21 · {said}"
