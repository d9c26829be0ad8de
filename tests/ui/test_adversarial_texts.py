"""Rendering of long texts, for which a pattern that backtracks would need minutes.

These tests check Discord's limits; `benchmarks/bench_rendering.py` measures times.
"""

from itertools import islice

import discord
import pytest
from adversarial import (
    RENDERERS,
    TEXTS,
    draw_on_terminal,
    hostile_paper,
    lay_out_posts,
    write_lines,
)
from catalogue import CATALOGUE
from examples import is_thorough

from bot.ui import full_text, limits, papers, post_cards
from bot.ui.brief import PostFacts, render_brief
from bot.ui.markdown import escape
from storage.records import ListedPaper

EN = CATALOGUE.for_locale("en")
SIZES = (100_000, 1_000_000) if is_thorough() else (100_000,)
SIZE_FOR_EVERY_RENDERER = 25_000 if is_thorough() else 10_000
"""Several times as long as a message; all renderers together take long for more."""
PAPERS_OF_POST = 25 if is_thorough() else 5
CASES = [pytest.param(name, size, id=f"{name} {size}") for name in TEXTS for size in SIZES]


def paper(name: str, size: int) -> ListedPaper:
    return hostile_paper(TEXTS[name](size))


def assert_within_limits(embed: discord.Embed) -> None:
    assert limits.embed_length(embed) <= limits.EMBEDS_TEXT
    assert limits.length(embed.title or "") <= limits.EMBED_TITLE
    assert limits.length(embed.description or "") <= limits.EMBED_DESCRIPTION
    assert all(
        limits.length(field.value or "") <= limits.EMBED_FIELD_VALUE for field in embed.fields
    )
    assert all((field.name or "").strip() and (field.value or "").strip() for field in embed.fields)


@pytest.mark.parametrize(("name", "size"), CASES)
def test_long_texts_are_cut_to_the_limits_of_discord(name: str, size: int) -> None:
    listed = paper(name, size)
    card = papers.render_card(listed, EN)
    assert_within_limits(card.embed)
    assert not card.is_whole
    whole = full_text.render_full_text(listed, EN)
    assert whole.file is not None
    assert_within_limits(whole.embeds[0])
    abstract = full_text.render_abstract(listed, EN)
    for embed in abstract.embeds if abstract is not None else ():
        assert_within_limits(embed)
    embeds = render_brief([listed] * 25, PostFacts("Today", "https://example.org", "Now"), EN)
    assert sum(map(limits.embed_length, embeds)) <= limits.EMBEDS_TEXT
    for embed in (*embeds, post_cards.render_card(listed, EN, room=1000)):
        assert_within_limits(embed)
    text = listed.paper.sections[0].body
    assert len(escape(text)) <= 2 * size
    assert all(0 < limits.length(piece) <= 4096 for piece in limits.pieces(text, 4096))


@pytest.mark.parametrize("name", TEXTS)
def test_every_renderer_accepts_long_texts(name: str) -> None:
    listed = paper(name, SIZE_FOR_EVERY_RENDERER)
    for render in RENDERERS.values():
        render(listed)
    for lay_out in lay_out_posts(listed, PAPERS_OF_POST):
        lay_out()
    # Behind these, hundreds of equal small sections follow.
    for steps in (islice(draw_on_terminal(listed), 50), write_lines(listed)):
        for step in steps:
            step()


def test_a_long_sequence_of_joiners_is_split() -> None:
    assert "".join(limits.pieces("\u200d" * 500, 100)) == "\u200d" * 500


def test_a_cut_file_is_valid_utf_8() -> None:
    listed = hostile_paper("가" * 8 * limits.FILE_BYTES)
    file = full_text.render_full_text(listed, EN).file
    assert file is not None
    data = file.fp.read()
    assert limits.FILE_BYTES - 4 < len(data) <= limits.FILE_BYTES
    assert data.decode()
