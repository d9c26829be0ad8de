from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import discord
import pytest
from catalogue import CATALOGUE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import listed_papers

from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions, render
from bot.posting.selection import Selection
from bot.ui import actions, limits
from bot.ui.messages import Message, Target, decode, encode, to_items
from config.texts import Texts
from storage.records import Frequency, Layout, ListedPaper, Paper, Section

EN, KO = (CATALOGUE.for_locale(language) for language in ("en", "ko"))
DAY = date(2025, 2, 21)
READ_AT = datetime(2025, 2, 21, 22, tzinfo=UTC)
TODAY = Coverage.of(Frequency.DAY, DAY)
CARDS = PostOptions(layout=Layout.CARDS, language="en")
BRIEF = replace(CARDS, layout=Layout.BRIEF)
THREAD = replace(CARDS, layout=Layout.THREAD)


MARK_LENGTH = 12


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
    return [dict(item.to_component_dict()) for item in to_items(message.rows, mark)]


def messages_of(
    selection: Selection, options: PostOptions, texts: Texts, *, forum: bool = False
) -> tuple[Message, ...]:
    selection, messages = render(selection, replace(options, is_forum=forum), texts)
    return messages


def test_cards_are_sent_five_per_message_after_a_heading() -> None:
    first, *others = messages_of(selection(12, 30), CARDS, KO)
    assert first.content == (
        "## 데일리 페이퍼 · 2025년 2월 21일 금요일\n"
        "논문 30편 중 추천 상위 12편 · 추천 수 기준 <t:1740175200:f>"
    )
    assert [message.content for message in others] == [None, None]
    assert [len(message.embeds) for message in (first, *others)] == [5, 5, 2]
    assert {message.target for message in (first, *others)} == {Target.CHANNEL}
    assert {message.thread_name for message in (first, *others)} == {None}


def test_the_last_menu_opens_every_paper_of_the_post() -> None:
    first, last = messages_of(selection(7, 30), CARDS, EN)
    (menu,) = components(first)
    assert [option["value"] for option in menu["options"]] == [f"2502.{n:05}" for n in range(1, 6)]
    menu, button = components(last)
    assert [option["value"] for option in menu["options"]] == [f"2502.{n:05}" for n in range(1, 8)]
    assert button["label"] == "23 more papers · votes as of Feb 21, 2025, 10:00\u202fPM UTC"


def test_a_post_of_all_papers_has_no_button_for_more() -> None:
    assert [part["type"] for part in components(messages_of(selection(5, 5), CARDS, EN)[0])] == [3]


def test_brief_is_one_embed_with_a_line_and_a_sentence_per_paper() -> None:
    (message,) = messages_of(selection(3, 30), BRIEF, EN)
    (embed,) = message.embeds
    assert embed.description == "\n".join(
        f"{n}\\. [Paper {n}](https://arxiv.org/abs/2502.{n:05}) · **▲{100 - n}**\n"
        f"Sentence {n} is here."
        for n in (1, 2, 3)
    )
    assert embed.timestamp == READ_AT
    assert embed.footer.text == "votes as of"
    assert len(components(message)) == 2


def test_twenty_five_papers_fit_one_brief_embed() -> None:
    (message,) = messages_of(selection(25, 68), BRIEF, EN)
    assert (message.embeds[0].description or "").count("https://arxiv.org") == 25
    menu, _ = components(message)
    assert len(menu["options"]) == 25


@pytest.mark.parametrize("count", [1, 8, 10, 16, 25])
def test_the_longest_lines_fit_one_brief_embed(count: int) -> None:
    long = tuple(
        ListedPaper(Paper(f"cond-mat/99010{n:02}", "**Title** " * 80), DAY, n, None)
        for n in range(1, count + 1)
    )
    for texts in (EN, KO):
        (message,) = messages_of(Selection(TODAY, long, 300, None), BRIEF, texts)
        assert_sendable(message, "m" * MARK_LENGTH)
        assert (message.embeds[0].description or "").count("cond-mat") == count


def test_a_thread_has_a_card_per_paper_below_the_list() -> None:
    first, *cards = messages_of(selection(7, 30), THREAD, EN)
    assert first.thread_name == "Daily Papers · Friday, February 21, 2025"
    assert len(first.embeds) == 1
    assert [message.target for message in (first, *cards)] == [
        Target.CHANNEL,
        Target.THREAD,
        Target.THREAD,
    ]
    assert sum(len(message.embeds) for message in cards) == 7
    assert all(message.content is None for message in cards)


@pytest.mark.parametrize("schedule", [CARDS, BRIEF, THREAD])
def test_in_a_forum_the_first_message_starts_a_named_post(schedule: PostOptions) -> None:
    first, *others = messages_of(selection(12, 30), schedule, EN, forum=True)
    assert first.thread_name == "Daily Papers · Friday, February 21, 2025"
    assert first.target is Target.CHANNEL
    assert {message.target for message in others} <= {Target.THREAD}
    assert {message.thread_name for message in others} <= {None}


def test_only_the_first_message_has_the_mention() -> None:
    for layout in Layout:
        schedule = replace(CARDS, layout=layout, mention=77)
        first, *others = messages_of(selection(12, 30), schedule, EN)
        assert (first.content or "").startswith("<@&77>\n## ")
        assert "<@&77>" not in "".join(message.content or "" for message in others)


@pytest.mark.parametrize(
    ("span", "title"),
    [
        (Frequency.WEEK, "Daily Papers · the best of Feb 17, 2025 – Feb 23, 2025"),
        (Frequency.MONTH, "Daily Papers · the best of February 2025"),
    ],
)
def test_weekly_and_monthly_posts_name_their_week_or_month(span: Frequency, title: str) -> None:
    of = Selection(Coverage.of(span, DAY), papers(2), 40, READ_AT)
    (message,) = messages_of(of, CARDS, EN)
    assert title in (message.content or "")


def test_unknown_votes_have_no_date() -> None:
    unknown = Selection(TODAY, papers(2), 9, None)
    (message,) = messages_of(unknown, CARDS, KO)
    assert "추천 수 미확인" in (message.content or "")
    assert all("추천 수 미확인" in str(part) for part in components(message))


def test_the_heading_of_a_filtered_post_says_so() -> None:
    (message,) = messages_of(selection(2, 30), replace(CARDS, is_filtered=True), EN)
    assert "of those this channel wants" in (message.content or "")


def test_passed_over_days_are_named_with_their_links() -> None:
    missed = tuple(
        (date(2025, 2, day), f"https://discord.com/channels/1/2/{day}" if day % 2 else None)
        for day in range(10, 20)
    )
    (message,) = messages_of(replace(selection(2, 30), passed_over=missed), CARDS, EN)
    assert (message.content or "").endswith(
        "2025-02-15](<https://discord.com/channels/1/2/15>), 2025-02-16,"
        " [2025-02-17](<https://discord.com/channels/1/2/17>), 2025-02-18,"
        " [2025-02-19](<https://discord.com/channels/1/2/19>) and 5 more"
    )


def test_a_post_without_papers_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        messages_of(Selection(TODAY, (), 9, READ_AT), CARDS, EN)


marks = st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=MARK_LENGTH
)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=20)
@given(
    st.lists(
        listed_papers, min_size=1, max_size=25, unique_by=lambda listed: listed.paper.arxiv_id
    ),
    st.integers(0, 400),
    st.sampled_from(Layout),
    st.sampled_from(Frequency),
    st.sampled_from(CATALOGUE.languages),
    st.booleans(),
    st.none() | st.integers(2**62, 2**63),
    marks,
    st.none() | st.just(READ_AT),
)
def test_every_message_of_any_post_is_within_the_limits_and_carries_its_mark(  # noqa: PLR0913, PLR0917 - as many as a post depends on
    chosen: list[ListedPaper],
    more: int,
    layout: Layout,
    span: Frequency,
    language: str,
    forum: bool,
    mention: int | None,
    mark: str,
    read_at: datetime | None,
) -> None:
    url = f"https://discord.com/channels/{2**63}/{2**63}/{2**63}"
    missed = tuple((date(2025, 2, day), url) for day in range(1, 20))
    of = Selection(Coverage.of(span, DAY), tuple(chosen), len(chosen) + more, read_at, missed)
    schedule = replace(CARDS, layout=layout, mention=mention, is_filtered=True)
    messages = messages_of(of, schedule, CATALOGUE.for_locale(language), forum=forum)
    assert all(message.content or message.embeds for message in messages)
    for message in messages:
        assert_sendable(message, mark)
        assert encode(decode(encode(message))) == encode(message)
    cards = messages[1:] if layout is Layout.THREAD else messages
    if layout is not Layout.BRIEF:
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
