from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import listed_papers

from bot.posts.layouts import LONGEST_MARK, Message, Place, Selection, lay_out
from bot.posts.subjects import Subject
from bot.ui import actions, limits
from config.texts import Catalogue
from storage.records import Layout, ListedPaper, NewSchedule, Paper, Section, Span

CATALOGUE = Catalogue.load()
EN, KO = (CATALOGUE.for_locale(language) for language in ("en", "ko"))
DAY = date(2025, 2, 21)
READ_AT = datetime(2025, 2, 21, 22, tzinfo=UTC)
TODAY = Subject.of(Span.DAY, DAY)
CARDS = NewSchedule(
    guild_id=1,
    channel_id=2,
    time=time(8),
    timezone="UTC",
    count=5,
    language="en",
    created_by=3,
)
COMPACT = replace(CARDS, layout=Layout.COMPACT)
THREAD = replace(CARDS, layout=Layout.THREAD)


def papers(count: int) -> tuple[ListedPaper, ...]:
    return tuple(
        ListedPaper(
            Paper(
                f"2502.{rank:05}",
                f"Paper {rank}",
                100 - rank,
                (),
                None,
                (Section("What's New", f"Sentence {rank} is here. Another is not."),),
            ),
            DAY,
            rank,
            READ_AT,
        )
        for rank in range(1, count + 1)
    )


def selection(shown: int, total: int) -> Selection:
    return Selection(TODAY, papers(shown), total, READ_AT)


def components(message: Message, mark: str = "d1.1") -> list[dict[str, Any]]:
    assert message.controls is not None
    return [part for row in message.controls(mark).to_components() for part in row["components"]]


def test_cards_come_five_to_a_message_with_a_heading_first() -> None:
    first, *others = lay_out(selection(12, 30), CARDS, KO)
    assert first.content == (
        "## 데일리 페이퍼 · 2025년 2월 21일 금요일\n"
        "논문 30편 중 추천 상위 12편 · 추천 수 기준 <t:1740175200:f>"
    )
    assert [message.content for message in others] == [None, None]
    assert [len(message.embeds) for message in (first, *others)] == [5, 5, 2]
    assert {message.place for message in (first, *others)} == {Place.CHANNEL}
    assert {message.thread_name for message in (first, *others)} == {None}


def test_below_the_last_card_any_paper_of_the_post_can_be_opened() -> None:
    first, last = lay_out(selection(7, 30), CARDS, EN)
    (menu,) = components(first)
    assert [option["value"] for option in menu["options"]] == [f"2502.{n:05}" for n in range(1, 6)]
    menu, button = components(last)
    assert [option["value"] for option in menu["options"]] == [f"2502.{n:05}" for n in range(1, 8)]
    assert button["label"] == "23 more papers · votes as of Feb 21, 2025, 10:00\u202fPM UTC"


def test_where_nothing_is_left_no_button_says_so() -> None:
    assert [part["type"] for part in components(lay_out(selection(5, 5), CARDS, EN)[0])] == [3]


def test_compact_is_one_embed_with_a_line_and_a_sentence_a_paper() -> None:
    (message,) = lay_out(selection(3, 30), COMPACT, EN)
    (embed,) = message.embeds
    assert embed.description == "\n".join(
        f"{n}\\. [Paper {n}](https://arxiv.org/abs/2502.{n:05}) · **▲{100 - n}**\n"
        f"Sentence {n} is here."
        for n in (1, 2, 3)
    )
    assert embed.timestamp == READ_AT
    assert embed.footer.text == "votes as of"
    assert len(components(message)) == 2


def test_twenty_five_papers_fit_one_compact_embed() -> None:
    (message,) = lay_out(selection(25, 68), COMPACT, EN)
    assert (message.embeds[0].description or "").count("https://arxiv.org") == 25
    menu, _ = components(message)
    assert len(menu["options"]) == 25


@pytest.mark.parametrize("count", [1, 8, 10, 16, 25])
def test_the_longest_lines_fit_one_compact_embed(count: int) -> None:
    long = tuple(
        ListedPaper(Paper(f"cond-mat/99010{n:02}", "**Title** " * 80), DAY, n, None)
        for n in range(1, count + 1)
    )
    for texts in (EN, KO):
        (message,) = lay_out(Selection(TODAY, long, 300, None), COMPACT, texts)
        assert_sendable(message, "m" * LONGEST_MARK)
        assert (message.embeds[0].description or "").count("cond-mat") == count


def test_a_thread_has_a_card_a_paper_below_the_list() -> None:
    first, *cards = lay_out(selection(7, 30), THREAD, EN)
    assert first.thread_name == "Daily Papers · Friday, February 21, 2025"
    assert len(first.embeds) == 1
    assert [message.place for message in (first, *cards)] == [
        Place.CHANNEL,
        Place.THREAD,
        Place.THREAD,
    ]
    assert sum(len(message.embeds) for message in cards) == 7
    assert all(message.content is None for message in cards)


@pytest.mark.parametrize("schedule", [CARDS, COMPACT, THREAD])
def test_in_a_forum_the_first_message_begins_a_named_post(schedule: NewSchedule) -> None:
    first, *others = lay_out(selection(12, 30), schedule, EN, forum=True)
    assert first.thread_name == "Daily Papers · Friday, February 21, 2025"
    assert first.place is Place.CHANNEL
    assert {message.place for message in others} <= {Place.THREAD}
    assert {message.thread_name for message in others} <= {None}


def test_the_mention_stands_in_the_first_message_alone() -> None:
    for layout in Layout:
        schedule = replace(CARDS, layout=layout, mention=77)
        first, *others = lay_out(selection(12, 30), schedule, EN)
        assert (first.content or "").startswith("<@&77>\n## ")
        assert "<@&77>" not in "".join(message.content or "" for message in others)


@pytest.mark.parametrize(
    ("span", "title"),
    [
        (Span.WEEK, "Daily Papers · the best of Feb 17, 2025 – Feb 23, 2025"),
        (Span.MONTH, "Daily Papers · the best of February 2025"),
    ],
)
def test_a_week_and_a_month_say_which(span: Span, title: str) -> None:
    of = Selection(Subject.of(span, DAY), papers(2), 40, READ_AT)
    (message,) = lay_out(of, CARDS, EN)
    assert title in (message.content or "")


def test_votes_that_nobody_knows_are_not_dated() -> None:
    unknown = Selection(TODAY, papers(2), 9, None)
    (message,) = lay_out(unknown, CARDS, KO)
    assert "추천 수 미확인" in (message.content or "")
    assert all("추천 수 미확인" in str(part) for part in components(message))


def test_of_a_filtered_post_the_heading_says_that_it_is() -> None:
    (message,) = lay_out(selection(2, 30), replace(CARDS, include="agent"), EN)
    assert "of those this channel wants" in (message.content or "")


def test_days_that_were_missed_are_named_with_their_links() -> None:
    missed = tuple(
        (date(2025, 2, day), f"https://discord.com/channels/1/2/{day}" if day % 2 else None)
        for day in range(10, 20)
    )
    (message,) = lay_out(replace(selection(2, 30), passed_over=missed), CARDS, EN)
    assert (message.content or "").endswith(
        "2025-02-15](<https://discord.com/channels/1/2/15>), 2025-02-16,"
        " [2025-02-17](<https://discord.com/channels/1/2/17>), 2025-02-18,"
        " [2025-02-19](<https://discord.com/channels/1/2/19>) and 5 more"
    )


def test_a_post_of_nothing_is_a_fault() -> None:
    with pytest.raises(ValueError, match="at least one"):
        lay_out(Selection(TODAY, (), 9, READ_AT), CARDS, EN)


marks = st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=LONGEST_MARK
)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=20)
@given(
    st.lists(
        listed_papers, min_size=1, max_size=25, unique_by=lambda listed: listed.paper.arxiv_id
    ),
    st.integers(0, 400),
    st.sampled_from(Layout),
    st.sampled_from(Span),
    st.sampled_from(CATALOGUE.languages),
    st.booleans(),
    st.none() | st.integers(2**62, 2**63),
    marks,
    st.none() | st.just(READ_AT),
)
def test_every_message_of_any_post_is_within_the_limits_and_carries_its_mark(  # noqa: PLR0917 - as many as a post depends on
    chosen: list[ListedPaper],
    more: int,
    layout: Layout,
    span: Span,
    language: str,
    forum: bool,
    mention: int | None,
    mark: str,
    read_at: datetime | None,
) -> None:
    url = f"https://discord.com/channels/{2**63}/{2**63}/{2**63}"
    missed = tuple((date(2025, 2, day), url) for day in range(1, 20))
    of = Selection(Subject.of(span, DAY), tuple(chosen), len(chosen) + more, read_at, missed)
    schedule = replace(CARDS, layout=layout, mention=mention, include="word")
    messages = lay_out(of, schedule, CATALOGUE.for_locale(language), forum=forum)
    assert all(message.content or message.embeds for message in messages)
    for message in messages:
        assert_sendable(message, mark)
    cards = messages[1:] if layout is Layout.THREAD else messages
    if layout is not Layout.COMPACT:
        assert sum(len(message.embeds) for message in cards) == len(chosen)


def assert_sendable(message: Message, mark: str) -> None:
    assert limits.length(message.content or "") <= limits.CONTENT
    assert limits.length(message.thread_name or "") <= limits.THREAD_NAME
    assert len(message.embeds) <= limits.EMBEDS
    assert sum(map(limits.embed_length, message.embeds)) <= limits.EMBEDS_TEXT
    for embed in message.embeds:
        assert limits.length(embed.description or "") <= limits.EMBED_DESCRIPTION
        assert isinstance(embed, discord.Embed)
    parts = components(message, mark)
    ids = [part["custom_id"] for part in parts]
    assert len(ids) == len(set(ids))
    assert all(limits.length(custom_id) <= limits.CUSTOM_ID for custom_id in ids)
    assert {actions.mark_of(custom_id) for custom_id in ids} == {mark}
    for part in parts:
        assert limits.length(part.get("label", "")) <= limits.BUTTON_LABEL
        assert limits.length(part.get("placeholder", "")) <= limits.PLACEHOLDER
        assert 1 <= len(part.get("options", "x")) <= limits.SELECT_OPTIONS
        for option in part.get("options", ()):
            assert 1 <= limits.length(option["label"]) <= limits.OPTION_TEXT
            assert limits.length(option["description"]) <= limits.OPTION_TEXT
            assert 1 <= limits.length(option["value"]) <= limits.OPTION_TEXT
