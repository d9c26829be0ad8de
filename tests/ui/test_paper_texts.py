"""Which texts of a paper a reader gets."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from catalogue import CATALOGUE

from bot.ui import full_text, limits, papers
from bot.ui.paper_texts import (
    ChosenText,
    TextKind,
    choose_sections,
    choose_texts,
    name_sources,
    version_of,
)
from storage.records import Basis, Details, ListedPaper, Paper, Section, Text, UnlistedPaper

EN = CATALOGUE.for_locale("en-US")
KO = CATALOGUE.for_locale("ko")
NOW = datetime(2025, 11, 29, 12, 0, tzinfo=UTC)
ENGLISH = (Section("New", "In English."),)
KOREAN = (Section("새 소식", "한국어입니다."), Section(None, "- 점입니다."))
FRENCH = (Section(None, "En français."),)
BOTH = Details(abstract="One is *bold*. Two cites Fig. 2. Three is hidden.", summary="It is new.")


def paper(
    language: str | None = None,
    sections: tuple[Section, ...] = (),
    *others: Text,
    details: Details = BOTH,
) -> Paper:
    return Paper("2511.00001", "T", 3, ("Ann",), None, sections, language, others, details)


def text(language: str | None, sections: tuple[Section, ...]) -> Text:
    return Text(language, sections, "another")


def written_text(language: str, sections: tuple[Section, ...]) -> Text:
    """Return a text that a language model wrote."""
    return Text(language, sections, "writer:model", Basis.ABSTRACT)


def written(language: str, sections: tuple[Section, ...], *, details: Details = BOTH) -> Paper:
    """Return a paper whose only text a language model wrote."""
    return replace(paper(language, sections, details=details), basis=Basis.ABSTRACT)


def sections(found: tuple[Section, ...], foreign: str | None = None) -> ChosenText:
    return ChosenText(TextKind.SECTIONS, foreign, found)


SUMMARY = ChosenText(TextKind.SUMMARY)
ABSTRACT = ChosenText(TextKind.ABSTRACT)
IN_ENGLISH = (ChosenText(TextKind.SUMMARY, "en"), ChosenText(TextKind.ABSTRACT, "en"))

DECISIONS = [
    # reader's language, paper, texts
    ("en", paper("en", ENGLISH), (sections(ENGLISH),)),
    ("ko", paper("ko-KR", KOREAN), (sections(KOREAN),)),
    ("ko", paper("en", ENGLISH, text("ko", KOREAN)), (sections(KOREAN),)),
    ("ko", paper("en", (), text("fr", FRENCH), text("ko", KOREAN)), (sections(KOREAN),)),
    ("en", paper("ko", KOREAN), (sections(KOREAN, "ko"), SUMMARY, ABSTRACT)),
    ("ko", paper("en", ENGLISH), (sections(ENGLISH, "en"), *IN_ENGLISH)),
    (
        "en",
        paper("ko", KOREAN, text("fr", FRENCH), details=Details()),
        (sections(KOREAN, "ko"),),
    ),
    ("en", paper(None, (), text("fr", FRENCH)), (sections(FRENCH, "fr"), SUMMARY, ABSTRACT)),
    # What a model wrote from the abstract helps only readers of its language.
    ("ko", paper("ko", KOREAN, text("en", ENGLISH)), (sections(KOREAN),)),
    ("ko", written("ko", KOREAN), (sections(KOREAN),)),
    ("en", written("ko", KOREAN), (SUMMARY, ABSTRACT)),
    ("en", written("ko", KOREAN, details=Details()), (sections(KOREAN, "ko"),)),
    (
        "en",
        paper("ko", KOREAN, written_text("fr", FRENCH)),
        (sections(KOREAN, "ko"), SUMMARY, ABSTRACT),
    ),
    ("fr", paper("ko", KOREAN, written_text("fr", FRENCH)), (sections(FRENCH),)),
    # Nobody knows whether the reader can read it.
    ("en", paper(None, KOREAN), (sections(KOREAN), SUMMARY, ABSTRACT)),
    ("en", paper(None, KOREAN, details=Details()), (sections(KOREAN),)),
    ("en", paper(None, KOREAN, text("en", ENGLISH)), (sections(ENGLISH),)),
    ("en", paper(), (SUMMARY, ABSTRACT)),
    ("ko", paper(), IN_ENGLISH),
    ("en", paper(details=Details(abstract="A.")), (ABSTRACT,)),
    ("en", paper(details=Details(summary="S.")), (SUMMARY,)),
    ("en", paper(details=Details(summary=" \u202e", abstract="\n\u3164")), ()),
    ("en", paper(details=Details()), ()),
    ("en", paper("en", (), text("en", ())), (SUMMARY, ABSTRACT)),
]


@pytest.mark.parametrize(("language", "given", "chosen"), DECISIONS)
def test_a_reader_gets_the_best_available_texts(
    language: str, given: Paper, chosen: tuple[ChosenText, ...]
) -> None:
    assert choose_texts(given, language) == chosen
    found = [each for each in chosen if each.kind is TextKind.SECTIONS]
    assert choose_sections(given, language) == (found[0] if found else None)


def test_a_footer_says_which_model_wrote_a_text_and_what_its_sentences_quote() -> None:
    def chosen(model: str, *bases: Basis) -> list[ChosenText]:
        texts = [Text("en", ENGLISH, f"writer:{model}", basis) for basis in bases]
        return [ChosenText(TextKind.SECTIONS, None, ENGLISH, each) for each in texts]

    abstract, full = (chosen("m:8b", basis) for basis in (Basis.ABSTRACT, Basis.FULL_TEXT))
    assert name_sources(abstract, EN) == ["Written by m:8b, each sentence quotes the abstract"]
    assert name_sources(full, KO) == ["AI 요약: m:8b · 모든 문장에 본문 인용"]
    assert name_sources(full, EN, is_short=True) == ["Written by m:8b, quoting the full text"]
    assert name_sources([*abstract, *full, *abstract, SUMMARY], EN, is_short=True) == [
        "AI summary by Hugging Face",
        "Written by m:8b, quoting the papers",
    ]
    assert name_sources(abstract, KO, is_short=True) == ["AI 요약: m:8b · 초록 인용"]
    (long,) = name_sources(chosen("m" * 200, Basis.ABSTRACT), EN, is_short=True)
    assert len(long) < 80


def test_the_version_of_a_text_changes_with_each_of_its_parts() -> None:
    section = ENGLISH[0]
    others = [
        (replace(section, heading=None),),
        (replace(section, body="In English!"),),
        (section, section),
    ]
    assert len({version_of(each) for each in (ENGLISH, *others)}) == 4
    assert version_of((Section("a", "b"),)) == version_of([Section("a", "b")])


def fields(given: Paper, language: str, room: int = papers.ROOM) -> list[tuple[str, str]]:
    """Return the names and values of a card's fields but that of the links, which comes last."""
    known = ListedPaper(given, date(2025, 11, 29), 1, NOW)
    embed = papers.render_card(known, CATALOGUE.for_locale(language), room=room).embed
    *shown, (links, _) = [(field.name or "", field.value or "") for field in embed.fields]
    assert links in {"Links", "링크"}
    return [("", embed.description), *shown] if embed.description else shown


def test_a_text_in_another_language_is_marked_and_the_summary_and_abstract_follow_it() -> None:
    assert fields(paper("ko", KOREAN), "en") == [
        ("", "(Korean)\n- 점입니다."),
        ("새 소식 (Korean)", "한국어입니다."),
        ("AI summary", "It is new."),
        ("Abstract", r"One is \*bold\*. Two cites Fig. 2. […]"),
        ("Authors", "Ann"),
    ]
    assert fields(paper("en", ENGLISH), "ko")[:2] == [
        ("New (영어)", "In English."),
        ("AI 요약 (영어)", "It is new."),
    ]


def test_a_short_abstract_is_shown_whole_without_a_mark() -> None:
    short = paper(details=Details(abstract="One is new.\n\nTwo, too."))
    assert ("Abstract", "One is new. Two, too.") in fields(short, "en")


def test_texts_that_do_not_fit_are_cut_and_the_first_ones_are_kept() -> None:
    long = Details(abstract="word " * 300, summary="word " * 300)
    given = replace(paper("ko", (Section("New", "낱말 " * 2_000),), details=long), title="T" * 250)
    shown = fields(given, "en", room=1_200)
    assert [name for name, _ in shown] == [
        "New (Korean)",
        "AI summary",
        "Abstract",
        "Authors",
    ]
    assert all(value.endswith(limits.CUT_MARK) for _, value in shown[:3])
    many = paper("ko", (Section("New", "낱말"),) * 40)
    assert len(fields(many, "en")) == limits.EMBED_FIELDS - 1
    assert fields(many, "en")[-1] == ("Authors", "Ann")


def test_the_full_text_has_the_sections_of_the_card_or_else_the_abstract() -> None:
    def shown(given: Paper) -> str:
        known = UnlistedPaper(given, "arXiv", NOW)
        return full_text.render_full_text(known, EN).embeds[0].description or ""

    both = paper("ko", KOREAN, text("en", ENGLISH))
    assert shown(both) == "**New**\nIn English.\n\n**Authors**\nAnn"
    assert shown(paper("ko", KOREAN)).startswith("(Korean)\n\n**새 소식**\n한국어입니다.")
    assert shown(paper()).startswith(r"**Abstract**" + "\n" + r"One is \*bold\*. Two")


def test_an_abstract_is_text_and_never_markup() -> None:
    hostile = (
        "# big\n- [x](https://example.org) <@1> ||s|| @everyone\n> quote **b** `c` https://a.org"
    )
    given = paper(details=Details(abstract=hostile, summary=hostile, keywords=(hostile,)))
    known = UnlistedPaper(replace(given, title="T"), "arXiv", NOW)
    whole = full_text.render_abstract(known, EN)
    assert whole is not None
    found = [whole.embeds[0].description or ""]
    found += [value for _, value in fields(given, "en")]
    for shown in found:
        for markup in ("\n# ", "[x](", " <@", "||", "@everyone", "**b", " `c", "://", "\n> "):
            assert markup not in shown.removeprefix("**Abstract**\n"), shown


def test_details_are_shown_where_they_are_known() -> None:
    details = Details(organization="A *Lab*", keywords=("agents", "\u202e", "a_b"))
    assert fields(paper(details=details), "ko") == [
        ("저자", "Ann"),
        ("소속", r"A \*Lab\*"),
        ("키워드", r"agents, a\_b"),
    ]


def test_as_many_keywords_are_shown_as_fit() -> None:
    many = paper(details=Details(keywords=tuple(f"keyword {number}" for number in range(50))))
    (value,) = [value for name, value in fields(many, "en") if name == "Keywords"]
    assert value.startswith("keyword 0, keyword 1, ")
    assert len(value) <= papers.AUTHORS_ROOM // 2
    assert value.endswith(tuple("0123456789"))


@pytest.mark.parametrize(
    ("known", "standing"),
    [
        (ListedPaper(paper(), date(2025, 11, 29), 2, NOW), "▲ 3 · #2 on Nov 29, 2025"),
        (
            ListedPaper(paper(details=Details(comments=4)), date(2025, 11, 29), 2, NOW),
            "▲ 3 · 💬 4 · #2 on Nov 29, 2025",
        ),
        (
            ListedPaper(paper(details=Details(comments=0)), date(2025, 11, 29), 2, NOW),
            "▲ 3 · #2 on Nov 29, 2025",
        ),
        (
            ListedPaper(paper(details=Details(withdrawn_at=NOW)), date(2025, 11, 29), 2, NOW),
            "⚠ Withdrawn · ▲ 3 · #2 on Nov 29, 2025",
        ),
        (
            UnlistedPaper(paper(details=Details(comments=1)), "arXiv", NOW),
            "▲ 3 · 💬 1 · not in Daily Papers",
        ),
        (
            UnlistedPaper(replace(paper(), votes=None), "arXiv", NOW),
            "Not in Daily Papers",
        ),
    ],
)
def test_the_first_line_says_votes_comments_rank_and_what_is_withdrawn(
    known: ListedPaper | UnlistedPaper, standing: str
) -> None:
    assert papers.render_card(known, EN).embed.author.name == standing


def test_the_headings_of_the_archive_are_shown_in_the_readers_language() -> None:
    found = (
        Section("What's New", "가."),
        Section("Technical Details", "나."),
        Section("Performance Highlights", "다."),
        Section("What’s New", "라."),
    )
    given = paper("ko", found, details=Details())
    names = [name for name, _ in fields(given, "ko")]
    assert names == ["새로운 점", "방법", "주요 결과", "What’s New", "저자"]
    assert fields(given, "en")[1][0] == "Technical Details (Korean)"
    known = UnlistedPaper(given, "arXiv", NOW)
    whole = full_text.render_full_text(known, KO).embeds[0].description or ""
    assert whole.startswith("**새로운 점**\n가.\n\n**방법**\n나.")


def footers(given: Paper, language: str = "en") -> tuple[str | None, str | None]:
    """Return the footers of a paper's card and of its full text."""
    known = ListedPaper(given, date(2025, 11, 29), 1, NOW)
    texts = CATALOGUE.for_locale(language)
    whole = full_text.render_full_text(known, texts).embeds[0]
    return papers.render_card(known, texts).embed.footer.text, whole.footer.text


@pytest.mark.parametrize(
    ("given", "card", "whole"),
    [
        # A summary of Hugging Face's AI; the full text has the abstract, which is the authors'.
        (paper(), " · AI summary by Hugging Face", ""),
        (paper(details=Details(abstract="A.")), "", ""),
        # Files that the operator has given have no name, other sources have.
        (paper("en", ENGLISH), "", ""),
        (replace(paper("en", ENGLISH), source="files"), "", ""),
        (replace(paper("en", ENGLISH), source="ours"), *(2 * (" · Summary from ours",))),
        (paper("fr", FRENCH, text("en", ENGLISH)), *(2 * (" · Summary from another",))),
        (
            replace(paper("ko", KOREAN), source="ours"),
            " · Summary from ours · AI summary by Hugging Face",
            " · Summary from ours",
        ),
    ],
)
def test_a_footer_says_once_whose_texts_are_shown(given: Paper, card: str, whole: str) -> None:
    end = " · Upvotes as of"
    assert footers(given) == tuple(f"arXiv 2511.00001{each}{end}" for each in (card, whole))
    known = ListedPaper(given, date(2025, 11, 29), 1, NOW)
    embed = papers.render_card(known, EN).embed
    assert str(embed.to_dict()).count("by Hugging Face") == card.count("by Hugging Face")


def test_a_footer_names_a_source_in_the_readers_language() -> None:
    given = replace(paper("ko", KOREAN), source="ours")
    assert footers(given, "ko")[0] == "arXiv 2511.00001 · 요약 출처: ours · 추천 수 업데이트"
