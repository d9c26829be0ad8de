"""What all styles of posts have in common, and cards and threads."""

from dataclasses import replace
from datetime import date
from itertools import cycle

import pytest
from catalogue import CATALOGUE
from examples import scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
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
    named,
    papers,
    selection,
    without_components,
)
from strategies import arxiv_ids, listed_papers

from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions
from bot.posting.selection import Selection
from bot.ui.columns import width
from bot.ui.messages import Target, decode, encode
from config.texts import Texts
from storage.records import (
    Details,
    Frequency,
    Layout,
    ListedPaper,
    Media,
    MediaKind,
)


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


@pytest.mark.parametrize("options", [CARDS, THREAD])
def test_cards_say_once_whose_summaries_they_show(options: PostOptions) -> None:
    many = selection(7, 9).papers
    details = Details(summary="It is new.", abstract="We do it.")
    others = [
        replace(each, paper=replace(each.paper, sections=(), details=details)) for each in many[1:]
    ]
    named = replace(many[0], paper=replace(many[0].paper, source="ours"))
    messages = messages_of(Selection(TODAY, (named, *others), 9, READ_AT), options, EN)
    footer = messages[-1].embeds[-1].footer.text or ""
    assert "Summary from ours · AI summary by Hugging Face" in footer
    cards = messages[-2:]
    assert "\n".join(map(without_components, cards)).count("Summary from ours") == 1
    assert "\n".join(map(without_components, cards)).count("by Hugging Face") == 1


def test_a_card_has_its_authors_on_one_line() -> None:
    (listed,) = papers(1)
    many = replace(listed, paper=replace(listed.paper, authors=("Ann", "Bo", *("C" * 20,) * 14)))
    (message,) = messages_of(Selection(TODAY, (many,), 1, None), CARDS, EN)
    (card,) = message.embeds
    assert card.footer.text == "Ann, Bo, CCCCCCCCCCCCCCCCCCCC +13"
    assert [field.name for field in card.fields] == ["What's New"]


def test_a_card_names_organization_keywords_code_and_project() -> None:
    (listed,) = papers(1)
    details = Details(
        organization="Lab",
        keywords=("agents", "gyms"),
        code_url="https://github.com/a/b",
        code_stars=540,
        project_url="https://example.org/x_(y)",
    )
    known = replace(listed, paper=replace(listed.paper, details=details))
    (message,) = messages_of(Selection(TODAY, (known,), 1, None), CARDS, EN)
    (card,) = message.embeds
    assert (card.author.name or "").startswith("▲99 · Lab · ")
    assert [(field.name, field.value) for field in card.fields[1:]] == [
        ("Keywords", "agents, gyms"),
        (
            "Links",
            "[Code ★540](https://github.com/a/b) · [Project](https://example.org/x_%28y%29)",
        ),
    ]


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


@st.composite
def posts_of_papers(draw: st.DrawFn) -> tuple[ListedPaper, ...]:
    """Up to 25 papers: since to draw them takes long, some of many differ in their ids only."""
    drawn = draw(st.lists(listed_papers, min_size=1, max_size=6))
    ids = draw(st.lists(arxiv_ids, min_size=1, max_size=25, unique=True))
    return tuple(
        replace(listed, paper=replace(listed.paper, arxiv_id=arxiv_id))
        for arxiv_id, listed in zip(ids, cycle(drawn), strict=False)
    )


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    coverage = Coverage.of(draw(st.sampled_from(Frequency)), DAY)
    chosen = draw(posts_of_papers())
    total = len(chosen) + draw(st.integers(0, 400))
    url = f"https://discord.com/channels/{2**63}/{2**63}/{2**63}"
    missed = tuple((date(2025, 2, day), url) for day in range(1, 20))
    return Selection(coverage, chosen, total, draw(st.none() | st.just(READ_AT)), missed)


post_options = st.builds(
    replace,
    st.just(CARDS),
    layout=st.sampled_from(Layout),
    mention=st.none() | st.integers(2**62, 2**63),
    is_filtered=st.just(value=True),
)


@settings(suppress_health_check=list(HealthCheck), max_examples=scaled(15))
@given(selections(), post_options, st.sampled_from(CATALOGUE.languages), st.booleans(), marks)
def test_every_message_of_any_post_is_within_the_limits_and_carries_its_mark(
    of: Selection, options: PostOptions, language: str, forum: bool, mark: str
) -> None:
    messages = messages_of(of, options, CATALOGUE.for_locale(language), forum=forum)
    assert all(message.content or message.embeds for message in messages)
    for message in messages:
        assert_sendable(message, mark)
        assert encode(decode(encode(message))) == encode(message)
    cards = messages[1:] if options.layout is Layout.THREAD else messages
    if options.layout is not Layout.BRIEF:
        urls = [embed.url for message in cards for embed in message.embeds if embed.url]
        assert urls == [each.paper.url for each in of.papers]
    assert width((messages[0].content or "").partition(" <@&")[0]) <= 110
