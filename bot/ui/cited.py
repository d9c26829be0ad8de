"""Rendering of a paper's citation: BibTeX to copy, and files."""

import io
from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.citations import Format, knows_authors, render, render_files
from bot.ui import actions, limits
from bot.ui.names import link_title
from config.texts import Texts
from storage.records import Paper

FILE_BYTES: Final = 8 * 1024 * 1024
"""The most bytes in a file of citations; below Discord's limit for files of bots."""
_BLOCK: Final = "```bibtex\n{}```"


def render_citation(paper: Paper, texts: Texts) -> dict[str, Any]:
    """Return a message with a paper's BibTeX and buttons to the other formats.

    A citation that is too long to be shown is a file. The result are arguments of discord.py's
    methods that send messages.
    """
    title = link_title(paper)
    sentence = texts("cite-title", title=title, link=paper.url)
    if not knows_authors(paper):
        key = "cite-authors-unordered" if paper.authors else "cite-authors-unknown"
        sentence += "\n" + texts(key, link=paper.url)
    others = [
        discord.ui.Button[actions.StaticView](
            label=to.label, custom_id=actions.citation(paper.arxiv_id, to)
        )
        for to in Format
        if to is not Format.BIBTEX
    ]
    source = render([paper], Format.BIBTEX)
    shown = f"{sentence}\n{_BLOCK.format(source)}"
    message: dict[str, Any] = {"view": actions.StaticView(*others)}
    if limits.fits(shown, limits.CONTENT):
        return message | {"content": shown}
    text = f"{sentence}\n{texts('cite-file')}"
    return message | {"content": text, "file": citation_file(paper, Format.BIBTEX)}


def citation_file(paper: Paper, to: Format) -> discord.File:
    """Return a citation of a paper as a file."""
    return _file(render([paper], to), paper.arxiv_id.replace("/", "-") + to.suffix)


def citation_files(papers: Sequence[Paper], to: Format, name: str) -> list[discord.File]:
    """Return the citations of papers as files with a name; most often there is one.

    For 1,000 papers it takes tenths of a second.
    """
    texts = render_files(papers, to, most=FILE_BYTES)
    return [
        _file(text, f"{name}{f'-{number}' if number > 1 else ''}{to.suffix}")
        for number, text in enumerate(texts, start=1)
    ]


def _file(text: str, name: str) -> discord.File:
    return discord.File(io.BytesIO(text.encode()), name)
