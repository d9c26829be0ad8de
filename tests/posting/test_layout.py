import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import discord
import pytest
from catalogue import CATALOGUE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import listed_papers

from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions, render
from bot.posting.schedule_options import default_settings
from bot.posting.selection import Outage, Selection, select
from bot.ui import actions, limits
from bot.ui.columns import width
from bot.ui.messages import Message, Target, decode, encode, to_items
from config.texts import Texts
from storage.records import (
    Details,
    Frequency,
    Layout,
    ListedPaper,
    Media,
    MediaKind,
    Paper,
    ScheduleSettings,
    Section,
)

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


def following(shown: int, total: int) -> Selection:
    """Return a selection with the next papers of its day."""
    return replace(selection(shown, total), following=papers(total)[shown:])


def without_components(message: Message) -> str:
    """Return all that a reader sees of a copy in another server, which has no menu or button."""
    parts = [message.content or ""]
    for embed in message.embeds:
        texts = (embed.author.name, embed.title, embed.description, embed.footer.text)
        fields = (text for field in embed.fields for text in (field.name, field.value))
        parts += [text for text in (*texts, *fields) if text]
    return "\n".join(parts)


def test_cards_are_sent_five_per_message_below_the_line_of_the_post() -> None:
    first, *others = messages_of(selection(12, 30), CARDS, KO)
    assert first.content == "Paper 1 ▲99 +29"
    assert [message.content for message in others] == [None, None]
    assert [len(message.embeds) for message in (first, *others)] == [5, 5, 2]
    assert {message.target for message in (first, *others)} == {Target.CHANNEL}
    assert {message.thread_name for message in (first, *others)} == {None}


def test_cards_say_day_count_and_time_once() -> None:
    first, *others = messages_of(selection(12, 30), CARDS, KO)
    head = first.embeds[0]
    assert head.author.name == "▲99 · 2월 21일 금요일 · 30편 중 추천 상위 12편"
    assert head.author.url == "https://huggingface.co/papers/date/2025-02-21"
    assert first.embeds[1].author.name == "▲98"
    assert others[-1].embeds[-1].footer.text == "추천: 금요일 오후 10:00 기준"
    shown = "\n".join(map(without_components, (first, *others)))
    assert shown.count("2월 21일") == shown.count("10:00") == 1
    assert all(embed.timestamp is None for each in (first, *others) for embed in each.embeds)


def test_a_card_has_its_authors_on_one_line() -> None:
    (listed,) = papers(1)
    many = replace(listed, paper=replace(listed.paper, authors=("Ann", "Bo", *("C" * 20,) * 14)))
    (message,) = messages_of(Selection(TODAY, (many,), 1, None), CARDS, EN)
    (card,) = message.embeds
    assert card.footer.text == "Ann, Bo, CCCCCCCCCCCCCCCCCCCC +13"
    assert [field.name for field in card.fields] == ["What's New"]


def test_the_last_menu_opens_every_paper_of_the_post_and_the_next_ones() -> None:
    first, last = messages_of(following(7, 30), CARDS, EN)
    (menu,) = components(first)
    assert [option["value"] for option in menu["options"]] == [f"2502.{n:05}" for n in range(1, 6)]
    menu, button = components(last)
    assert [option["value"] for option in menu["options"]] == [f"2502.{n:05}" for n in range(1, 16)]
    assert menu["placeholder"] == "Read a summary…"
    assert button["label"] == "All 30"
    assert "post:all:day:2025-02-21:7:" in button["custom_id"]


def test_a_post_of_all_papers_has_no_button_for_more() -> None:
    assert [part["type"] for part in components(messages_of(selection(5, 5), CARDS, EN)[0])] == [3]


@pytest.mark.parametrize(("layout", "has_button"), [(BRIEF, True), (CARDS, True), (THREAD, False)])
def test_a_thread_can_be_opened_where_the_post_has_none(
    layout: PostOptions, has_button: bool
) -> None:
    for can_discuss in (True, False):
        options = replace(layout, can_discuss=can_discuss)
        labels = [
            part.get("label")
            for message in messages_of(selection(5, 30), options, EN)
            for part in components(message)
        ]
        assert ("Discuss" in labels) == (can_discuss and has_button)


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
    ("url", "is_figure"),
    [
        ("https://cdn-uploads.example.org/figure.png", True),
        ("https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/1.png", False),
        ("https://example.org/social-thumbnails/1.png", False),
        ("https://cdn-avatars.huggingface.co/v1/1.png", False),
        ("/figure.png", False),
    ],
)
def test_only_a_figure_is_a_picture(url: str, is_figure: bool) -> None:
    (listed,) = papers(1)
    shown = replace(listed, paper=replace(listed.paper, media=Media(MediaKind.IMAGE, url)))
    of = Selection(TODAY, (shown,), 1, None)
    (brief,), (cards,) = (messages_of(of, options, EN) for options in (BRIEF, CARDS))
    expected = url if is_figure else None
    assert (brief.embeds[0].thumbnail.url, cards.embeds[0].image.url) == (expected, expected)


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


def schedule_settings() -> ScheduleSettings:
    return default_settings(1, language="en")


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


def test_a_thread_has_a_card_per_paper_below_the_list() -> None:
    first, *cards = messages_of(selection(7, 30), THREAD, EN)
    assert first.thread_name == "Feb 21 · Paper 1"
    assert len(first.embeds) == 2
    assert [message.target for message in (first, *cards)] == [
        Target.CHANNEL,
        Target.THREAD,
        Target.THREAD,
    ]
    assert sum(len(message.embeds) for message in cards) == 7
    assert all(message.content is None for message in cards)
    assert "Upvotes" not in "".join(map(without_components, cards))


@pytest.mark.parametrize("schedule", [CARDS, BRIEF, THREAD])
def test_in_a_forum_the_first_message_starts_a_post_named_after_its_papers(
    schedule: PostOptions,
) -> None:
    first, *others = messages_of(
        named(("MLGym: A", "SuperGPQA: B", "S*: C")), schedule, EN, forum=True
    )
    assert first.thread_name == "Feb 21 · MLGym, SuperGPQA, S*"
    assert first.target is Target.CHANNEL
    assert {message.target for message in others} <= {Target.THREAD}
    assert {message.thread_name for message in others} <= {None}


def named(titles: tuple[str, ...]) -> Selection:
    chosen = tuple(
        replace(each, paper=replace(each.paper, title=title))
        for each, title in zip(papers(len(titles)), titles, strict=True)
    )
    return Selection(TODAY, chosen, 30, READ_AT)


def test_only_the_first_message_has_the_mention_behind_its_line() -> None:
    for layout in Layout:
        schedule = replace(CARDS, layout=layout, mention=77)
        first, *others = messages_of(selection(12, 30), schedule, EN)
        assert first.content == "Paper 1 ▲99 +29 <@&77>"
        assert "<@&77>" not in "".join(message.content or "" for message in others)


@pytest.mark.parametrize(
    ("span", "texts", "heading", "page", "name"),
    [
        (
            Frequency.WEEK,
            EN,
            "Feb 17 – 23 · top 2 of 40",
            "week/2025-W08",
            "Feb 17 – 23 · Paper 1",
        ),
        (Frequency.WEEK, KO, "2월 17일~23일 · 40편 중 추천 상위 2편", "week/2025-W08", None),
        (Frequency.MONTH, EN, "February 2025 · top 2 of 40", "month/2025-02", None),
        (Frequency.MONTH, KO, "2025년 2월 · 40편 중 추천 상위 2편", "month/2025-02", None),
    ],
)
def test_weekly_and_monthly_posts_name_and_link_their_week_or_month(
    span: Frequency, texts: Texts, heading: str, page: str, name: str | None
) -> None:
    of = Selection(Coverage.of(span, DAY), papers(2), 40, READ_AT)
    (message,) = messages_of(of, BRIEF, texts, forum=True)
    author = message.embeds[0].author
    assert (author.name or "").replace("\u2009", " ") == heading
    assert author.url == f"https://huggingface.co/papers/{page}"
    if name is not None:
        assert (message.thread_name or "").replace("\u2009", " ") == name


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


@pytest.mark.parametrize(("count", "options"), [(1, BRIEF), (2, BRIEF), (2, CARDS)])
def test_passed_over_days_are_named_with_their_links(count: int, options: PostOptions) -> None:
    missed = tuple(
        (date(2025, 2, day), f"https://discord.com/channels/1/2/{day}" if day % 2 else None)
        for day in range(10, 20)
    )
    (message,) = messages_of(replace(selection(count, 30), passed_over=missed), options, EN)
    assert (message.embeds[-1].description or "").endswith(
        "Not posted while the bot was offline:"
        " [Feb 15](https://discord.com/channels/1/2/15), Feb 16,"
        " [Feb 17](https://discord.com/channels/1/2/17), Feb 18,"
        " [Feb 19](https://discord.com/channels/1/2/19) and 5 more"
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
        urls = [embed.url for message in cards for embed in message.embeds if embed.url]
        assert urls == [each.paper.url for each in chosen]
    assert width((messages[0].content or "").partition(" <@&")[0]) <= 110


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
