from datetime import UTC, date, datetime

import discord
import pytest
from catalogue import CATALOGUE
from examples import scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import listed_papers, texts

from bot.ui import (
    brief,
    full_text,
    limits,
    names,
    papers,
    post_cards,
    posts,
    rankings,
)
from bot.ui.messages import to_view
from bot.ui.paper_texts import choose_sections, is_blank
from config.texts import Texts
from storage.records import ListedPaper, Media, MediaKind, Paper, PaperName, Ranking, Section

EN = CATALOGUE.for_locale("en-US")
KO = CATALOGUE.for_locale("ko")
DAY = date(2025, 2, 21)
LINKS = (
    "[arXiv](https://arxiv.org/abs/2502.14499) · [PDF](https://arxiv.org/pdf/2502.14499)"
    " · [Hugging Face](https://huggingface.co/papers/2502.14499)"
)
FACTS = brief.PostFacts("Today", "https://example.org", None)
languages = st.sampled_from([EN, KO])
any_input = settings(suppress_health_check=list(HealthCheck), max_examples=scaled(40))


def units(text: str | None) -> int:
    return len((text or "").encode("utf-16-le", "surrogatepass")) // 2


def assert_sendable(*embeds: discord.Embed) -> None:
    total = 0
    assert len(embeds) <= 10
    for embed in embeds:
        assert len(embed.fields) <= 25
        sized = [
            (embed.title, 256),
            (embed.description, 4096),
            (embed.footer.text, 2048),
            (embed.author.name, 256),
            *((field.name, 256) for field in embed.fields),
            *((field.value, 1024) for field in embed.fields),
        ]
        assert all((field.name or "").strip() for field in embed.fields)
        assert all((field.value or "").strip() for field in embed.fields)
        assert all(units(text) <= limit for text, limit in sized)
        total += sum(units(text) for text, _ in sized)
    assert total <= 6000


def listed(paper: Paper, rank: int = 1) -> ListedPaper:
    return ListedPaper(paper, DAY, rank, datetime(2025, 2, 21, 23, tzinfo=UTC))


@any_input
@given(listed_papers, languages, st.sampled_from([papers.ROOM, 1200]))
def test_a_card_is_within_its_room(listed: ListedPaper, language: Texts, room: int) -> None:
    card = papers.render_card(listed, language, room=room, authors_room=150)
    assert_sendable(card.embed)
    assert limits.embed_length(card.embed) <= room


@any_input
@given(listed_papers, languages)
def test_the_full_text_of_any_paper_can_be_sent(listed: ListedPaper, language: Texts) -> None:
    whole = full_text.render_full_text(listed, language)
    for embed in whole.embeds:
        assert_sendable(embed)
    assert len(whole.embeds) <= 3
    if whole.file is not None:
        text = whole.file.fp.read().decode()
        chosen = choose_sections(listed.paper, language.language)
        if chosen is not None:
            assert all(section.body in text for section in chosen.sections)
        else:
            assert (listed.paper.details.abstract or "") in text


@any_input
@given(listed_papers, languages)
def test_the_abstract_of_any_paper_can_be_sent(listed: ListedPaper, language: Texts) -> None:
    whole = full_text.render_abstract(listed, language)
    assert (whole is not None) == (not is_blank(listed.paper.details.abstract))
    if whole is not None:
        for embed in whole.embeds:
            assert_sendable(embed)


@settings(any_input, max_examples=scaled(15))
@given(
    st.lists(listed_papers, max_size=10),
    languages,
    st.sampled_from(["today", "year"]),
    st.booleans(),
)
def test_a_ranking_is_within_the_limits(
    ranked: list[ListedPaper], language: Texts, period: str, is_latest: bool
) -> None:
    ranking = Ranking(tuple(ranked), 25, DAY, DAY, None)
    window = rankings.Window(period, DAY, 25, page=1, owner=2**63)
    page = rankings.render_ranking(ranking, window, language, is_latest=is_latest)
    assert_sendable(page.embed)
    days = (None, DAY) if period == "today" else None
    rows = rankings.render_buttons(page, window, days, language).to_components()
    ids = [item["custom_id"] for row in rows for item in row["components"]]
    has_chart = period != "today" and bool(ranked)
    buttons = 4 if days else 2 + has_chart
    assert len(ids) == len(set(ids)) == buttons + bool(ranked)
    assert all(len(custom_id) <= 100 for custom_id in ids)


@any_input
@given(texts, st.integers(0, 300))
def test_a_cut_text_fits_and_ends_with_the_mark(text: str, room: int) -> None:
    cut = limits.cut(text, room)
    assert units(cut) <= room
    if units(text) <= room:
        assert cut == text
    else:
        assert cut == "" or cut.endswith(limits.CUT_MARK)
        assert cut.count("```") % 2 == 0


@any_input
@given(texts, st.integers(20, 300))
def test_pieces_keep_every_word(text: str, room: int) -> None:
    parts = limits.pieces(text, room)
    assert all(units(part) <= room for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_is_cut_after_a_sentence() -> None:
    text = "첫 문장입니다. 둘째 문장은 조금 더 깁니다. 셋째 문장입니다."
    assert limits.cut(text, 34) == "첫 문장입니다. 둘째 문장은 조금 더 깁니다. […]"


def test_an_escape_is_never_cut_in_half() -> None:
    assert not limits.shorten("ab\\*", 4).endswith("\\…")


def test_the_first_authors_are_named_and_the_others_counted() -> None:
    authors = tuple(f"Author {number:03}" for number in range(100))
    text, is_complete = papers.join_authors(authors, EN, 130)
    assert text == ", ".join(authors[:10]) + " and 90 others"
    assert not is_complete


def test_a_card_shows_every_field_of_a_paper() -> None:
    paper = Paper(
        "2502.14499",
        "A *title*",
        121,
        ("Ann", "Bo"),
        Media(MediaKind.IMAGE, "https://example.org/a.png"),
        (Section("What's New", "새롭습니다."), Section(None, "- 점")),
    )
    card = papers.render_card(listed(paper, rank=3), KO)
    shown = card.embed.to_dict()
    assert shown["title"] == "A \\*title\\*"
    assert shown["url"] == "https://arxiv.org/abs/2502.14499"
    assert shown["author"]["name"] == "▲ 121 · 2025년 2월 21일 3위"
    assert shown["image"]["url"] == "https://example.org/a.png"
    assert shown["description"] == "- 점"
    assert [(f["name"], f["value"]) for f in shown["fields"]] == [
        ("새로운 점", "새롭습니다."),
        ("저자", "Ann, Bo"),
        (
            "링크",
            LINKS,
        ),
    ]
    assert card.is_whole


def test_unknown_votes_are_not_shown_as_zero() -> None:
    embed = papers.render_card(ListedPaper(Paper("2502.14499", "T"), DAY, 2, None), EN).embed
    assert embed.author.name == "Upvotes unknown · #2 on Feb 21, 2025"


def test_a_card_that_is_cut_says_so() -> None:
    paper = Paper("2502.14499", "T", sections=(Section("Long", "word " * 500),))
    assert not papers.render_card(listed(paper), EN).is_whole


def test_a_card_links_to_the_pages_of_the_paper_in_its_text() -> None:
    paper = Paper("2502.14499", "T", media=Media(MediaKind.VIDEO, "https://example.org/a.mp4"))
    (links,) = [f.value for f in papers.render_card(listed(paper), EN).embed.fields]
    assert links == f"{LINKS} · [Video](https://example.org/a.mp4)"


def test_papers_to_choose_from_are_listed_up_to_ten_within_a_message() -> None:
    names = [PaperName(f"2502.{n:05}", "*" * 600, 121, DAY) for n in range(25)]
    lines = papers.list_names("Which one?" + "x" * 400, names, EN).splitlines()
    assert len(lines) == 12
    assert lines[1].startswith("1\\. \\*\\*")
    assert lines[1].endswith("… · ▲ 121 · Feb 21, 2025")
    assert lines[-1] == "…and 15 more in the menu"
    assert units("\n".join(lines)) <= limits.CONTENT
    unknown = papers.list_names("One:", [PaperName("2502.00001", "T", None, DAY)], KO)
    assert unknown == "One:\n1\\. T · 추천 수 미확인 · 2025. 2. 21."


def test_a_choice_has_at_most_100_characters_and_keeps_date_and_votes() -> None:
    label = papers.choice_label(PaperName("2502.14499", "very long " * 30, 12, DAY))
    assert units(label) <= 100
    assert label.endswith("… · 2025-02-21 ▲12")


@pytest.mark.parametrize("kind", MediaKind)
@pytest.mark.parametrize(
    "url", ["http://localhost/a.png", "https://[::1/a", "https://a.org:x", "http://10.0.0.1/a"]
)
async def test_a_stored_url_that_discord_refuses_is_not_sent(kind: MediaKind, url: str) -> None:
    paper = Paper("2502.14499", "T", media=Media(kind, url))
    embed = papers.render_card(listed(paper), EN).embed
    assert embed.image.url is None
    assert url not in str(embed.to_dict())


@pytest.mark.parametrize("title", ["\u00a0", "\u202e", "\u3000", "\x1b\x07", "\u0301\u0302"])
def test_an_invisible_title_is_replaced_by_the_arxiv_id_everywhere(title: str) -> None:
    paper = listed(Paper("2502.14499", title, 3))
    name = PaperName("2502.14499", title, 3, DAY)
    assert papers.render_card(paper, EN).embed.title == "2502.14499"
    assert post_cards.render_card(paper, EN, room=1000).title == "2502.14499"
    assert names.content_line([paper], 1) == "2502.14499 ▲3"
    assert full_text.render_full_text(paper, EN).embeds[0].title == "2502.14499"
    assert papers.choice_label(name).startswith("2502.14499 · ")
    ranking = Ranking((paper,), 1, DAY, DAY, None)
    window = rankings.Window("today", DAY, 10, page=0, owner=1)
    lists = [
        rankings.render_ranking(ranking, window, EN, is_latest=True).embed,
        brief.render_brief([paper, paper], FACTS, EN)[1],
    ]
    lists.append(posts.render_rest([(1, paper)], EN, title="T", page=0, turn=str)[0])
    assert all("[2502.14499](" in (embed.description or "") for embed in lists)
    menus = [
        papers.render_menu([name], EN),
        to_view(posts.build_rows([paper], EN), "mark"),
    ]
    menus.append(papers.render_suggestions(None, [name], EN))
    for view in menus:
        options = [
            o for row in view.to_components() for c in row["components"] for o in c["options"]
        ]
        assert [option["label"] for option in options] == ["2502.14499"]
