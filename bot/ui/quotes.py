"""Rendering of what a written text rests on: each sentence with its quote, on pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape, title_of
from bot.ui.pager import Pager
from bot.ui.paper_texts import ChosenText, name_sources, translate_heading, version_of
from bot.ui.papers import COLOUR
from config.texts import Texts
from storage.records import Paper

_ROOM: Final = limits.EMBED_DESCRIPTION - 96
"""Characters of a page; a heading that is repeated on the next one needs some."""
_ENTRY: Final = _ROOM // 2
"""The most characters of a sentence, and of a quote."""


@dataclass(frozen=True, slots=True)
class QuotedSection:
    """A section of a written text: sentences, each with the passage that it rests on."""

    heading: str
    sentences: tuple[tuple[str, str], ...]


def render_quotes(
    paper: Paper, chosen: ChosenText, quoted: Sequence[QuotedSection], texts: Texts, page: int
) -> tuple[discord.Embed, actions.StaticView]:
    """Render a page of a written text with its quotes, and the buttons below it.

    Args:
        paper: The paper.
        chosen: Its written text.
        quoted: The text's sections.
        texts: In the reader's language.
        page: 0-based; a number past the last page gives the last page.
    """
    assert chosen.text is not None
    language = chosen.text.language or ""
    pages = tuple(_pages(quoted, texts)) or ("",)
    pager = Pager.at(page, items=len(pages), size=1)
    embed = discord.Embed(
        title=limits.shorten(escape(title_of(paper)), limits.EMBED_TITLE),
        url=paper.url,
        description=pages[pager.page],
        colour=COLOUR,
    )
    footer = name_sources([chosen], texts)
    if pager.pages > 1:
        footer.append(texts("top-page", page=pager.page + 1, pages=pager.pages))
    embed.set_footer(text=" · ".join(footer))
    report: discord.ui.Button[actions.StaticView] = discord.ui.Button(
        label=texts("paper-report"),
        custom_id=actions.report(paper.arxiv_id, language, version_of(chosen.sections)),
    )
    turn = pager.buttons(texts, lambda to: actions.quotes(paper.arxiv_id, language, to))
    return embed, actions.StaticView(*turn, report)


def _pages(quoted: Iterable[QuotedSection], texts: Texts) -> Iterable[str]:
    """Yield descriptions of embeds: sentences with their quotes below headings, none split."""
    text = ""
    for section in quoted:
        heading = f"**{escape(translate_heading(section.heading, texts))}**"
        is_first = True
        for sentence, quote in section.sentences:
            entry = f"{_shorten(sentence)}\n> {_shorten(quote)}"
            lead = f"{heading}\n" if is_first or not text else ""
            longer = f"{text}\n\n{lead}{entry}" if text else f"{lead}{entry}"
            if text and not limits.fits(longer, _ROOM):
                yield text
                longer = f"{heading}\n{entry}"
            text, is_first = longer, False
    if text:
        yield text


def _shorten(text: str) -> str:
    return limits.shorten(escape(text), _ENTRY)
