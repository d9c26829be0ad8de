"""Rendering of all of a paper's text, or of its whole abstract."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import discord

from bot.ui import limits
from bot.ui.markdown import escape, escape_paragraphs, sanitize, title_of, without_blocks
from bot.ui.paper_texts import (
    ChosenText,
    WrittenVersion,
    abstract_of,
    choose_sections,
    heading_of,
    language_label,
    translate_heading,
    written_version,
)
from bot.ui.papers import COLOUR, SEPARATOR, describe_standing, set_footer
from config.texts import Texts
from storage.records import KnownPaper, Paper

_MESSAGES = 3
_READ = 2 * _MESSAGES * limits.EMBED_DESCRIPTION
"""The most characters of a paper that is sent as messages; a longer one is sent as a file."""
_CONTINUATION = 0x80
"""The two highest bits of a UTF-8 continuation byte."""
_CHUNK = 8_192


@dataclass(frozen=True, slots=True)
class FullText:
    """A paper's full text: messages of one embed each, or one embed and a file if it is long."""

    embeds: tuple[discord.Embed, ...]
    file: discord.File | None = None
    written: WrittenVersion | None = None
    """Which text of a language model it is; `None` if it is another one."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading and the text under it."""

    heading: str | None
    body: str
    is_markdown: bool = False
    """Whether the body is Markdown; otherwise its markup is shown as it is written."""

    @property
    def size(self) -> int:
        return len(self.heading or "") + len(self.body)

    def render(self) -> str:
        body = sanitize(self.body) if self.is_markdown else escape_paragraphs(self.body)
        return f"**{escape(self.heading)}**\n{body}" if self.heading and body else body


def render_full_text(known: KnownPaper, texts: Texts) -> FullText:
    """Render a paper's sections in one language, or else its abstract, and all authors."""
    paper = known.paper
    chosen = choose_sections(paper, texts.language)
    blocks = _abstract(paper, texts) if chosen is None else _sections(chosen, texts)
    authors = _Block(texts("paper-authors"), SEPARATOR.join(paper.authors))
    return _render(known, [*blocks, authors], texts, chosen)


def render_abstract(known: KnownPaper, texts: Texts) -> FullText | None:
    """Render a paper's whole abstract; `None` if it has none."""
    blocks = _abstract(known.paper, texts)
    return _render(known, blocks, texts) if blocks else None


def _sections(chosen: ChosenText, texts: Texts) -> list[_Block]:
    label = language_label(chosen, texts)
    sections = [
        _Block(
            each.heading and translate_heading(each.heading, texts),
            each.body,
            is_markdown=not chosen.is_written,
        )
        for each in chosen.sections
    ]
    return [_Block(None, label, is_markdown=True), *sections] if label else sections


def _abstract(paper: Paper, texts: Texts) -> list[_Block]:
    chosen = abstract_of(paper, texts.language)
    if chosen is None:
        return []
    return [_Block(heading_of(chosen, texts), paper.details.abstract or "")]


def _render(
    known: KnownPaper, blocks: list[_Block], texts: Texts, sections: ChosenText | None = None
) -> FullText:
    """Render a paper's texts; `sections` are those among them that may have a source."""
    shown_texts = () if sections is None else (sections,)
    pages = _pages(blocks) if sum(block.size for block in blocks) <= _READ else None
    title = limits.shorten(escape(title_of(known.paper)), limits.EMBED_TITLE)
    is_file = pages is None or len(pages) > _MESSAGES
    shown = [texts("paper-whole-file")] if is_file else pages or [""]
    embeds = [discord.Embed(description=page, colour=COLOUR) for page in shown]
    embeds[0].title, embeds[0].url = title, known.paper.url
    embeds[0].set_author(name=describe_standing(known, texts))
    set_footer(embeds[0], known, texts, shown_texts)
    file = _file(known, blocks, texts) if is_file else None
    return FullText(tuple(embeds), file, written_version(shown_texts))


def _pages(blocks: list[_Block]) -> list[str]:
    """Return texts split into descriptions of embeds."""
    text = "\n\n".join(filter(None, (block.render() for block in blocks)))
    # A page may begin within a line, with what would be a heading there. The character that
    # prevents this needs room.
    pages = limits.pieces(text, limits.EMBED_DESCRIPTION - 1)
    return list(map(without_blocks, pages))


def _file(known: KnownPaper, blocks: list[_Block], texts: Texts) -> discord.File:
    paper = known.paper
    parts = [
        f"# {title_of(paper)}",
        f"<{paper.url}>",
        describe_standing(known, texts),
        *(f"## {each.heading}\n\n{each.body}" if each.heading else each.body for each in blocks),
    ]
    file = io.BytesIO()
    room = limits.FILE_BYTES
    for piece in _chunks(parts):
        data = piece.encode(errors="replace")
        end = min(room, len(data))
        while end < len(data) and data[end] & 0xC0 == _CONTINUATION:
            end -= 1
        file.write(data[:end])
        room -= end
        if end < len(data):
            break
    file.seek(0)
    return discord.File(file, f"{paper.arxiv_id.replace('/', '-')}.md")


def _chunks(parts: Iterable[str]) -> Iterator[str]:
    """Yield paragraphs in chunks, so that a long text is never encoded as a whole."""
    for part in parts:
        for at in range(0, len(part), _CHUNK):
            yield part[at : at + _CHUNK]
        yield "\n\n"
