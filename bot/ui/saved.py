"""Rendering of the papers that a person has saved: pages, one of them, its form, questions."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.citations import Format
from bot.ui import actions, limits
from bot.ui.columns import shorten
from bot.ui.markdown import escape, one_line, title_of
from bot.ui.names import link_title
from bot.ui.pager import Pager
from bot.ui.papers import COLOUR
from config.texts import Texts
from storage.records import Paper, SavedPaper

PAGE: Final = 10
"""Saved papers on a page."""
NOTE_LENGTH: Final = 200
"""The most characters of a note, before those that can't be shown are taken out."""
NOTE_FIELD: Final = "2:note"
_TITLE_ROOM: Final = 120
_NOTE_ROOM: Final = 160
_NOTE_COLUMNS: Final = 60
_ROWS: Final = {"open": 0, "manage": 1, "pages": 2, "files": 3, "clear": 4}
"""Rows of components below a page."""


def tidy_note(text: str) -> str | None:
    """Return a note as it is stored: on one line, without controls; `None` if nothing is left."""
    return one_line(text[:NOTE_LENGTH]) or None


def render_page(
    entries: Sequence[SavedPaper], pager: Pager, count: int, texts: Texts
) -> tuple[discord.Embed, actions.StaticView]:
    """Return a page of saved papers, with menus and buttons.

    Args:
        entries: Those of the page; at least one.
        pager: Which page it is.
        count: How many papers the person has saved in all.
        texts: In the person's language.
    """
    lines = [_line(number, entry) for number, entry in enumerate(entries, pager.first + 1)]
    embed = discord.Embed(
        title=texts("saved-title", count=count),
        description=limits.cut("\n".join(lines), limits.EMBED_DESCRIPTION),
        colour=COLOUR,
    )
    pager.set_footer(embed, texts)
    page = pager.page
    items: list[discord.ui.Item[actions.StaticView]] = [
        _menu(entries, actions.open_chosen(private=True), texts("saved-choose-open"), "open"),
        _menu(entries, actions.saved("manage", page), texts("saved-choose-manage"), "manage"),
    ]
    for button in pager.buttons(texts, lambda to: actions.saved("page", to)):
        button.row = _ROWS["pages"]
        items.append(button)
    items += [
        discord.ui.Button(label=to.label, custom_id=actions.saved(to, page), row=_ROWS["files"])
        for to in Format
    ]
    items.append(
        discord.ui.Button(
            label=texts("saved-button-clear"),
            custom_id=actions.saved("clear", page),
            style=discord.ButtonStyle.danger,
            row=_ROWS["clear"],
        )
    )
    return embed, actions.StaticView(*items)


def _line(number: int, entry: SavedPaper) -> str:
    paper = Paper(entry.arxiv_id, entry.title)
    title = limits.shorten(escape(title_of(paper)), _TITLE_ROOM)
    line = f"{number}\\. [{title}]({paper.url}) · `{entry.arxiv_id}`"
    return f"{line}\n-# ✎ {_note(entry)}" if entry.note else line


def _note(entry: SavedPaper) -> str:
    return limits.shorten(escape(entry.note or ""), _NOTE_ROOM)


def _menu(
    entries: Sequence[SavedPaper], custom_id: str, placeholder: str, row: str
) -> discord.ui.Select[actions.StaticView]:
    options = [
        discord.SelectOption(
            label=limits.shorten(title_of(Paper(entry.arxiv_id, entry.title)), limits.OPTION_TEXT),
            value=entry.arxiv_id,
            description=limits.shorten(
                " · ".join(
                    filter(None, (entry.arxiv_id, shorten(entry.note or "", _NOTE_COLUMNS)))
                ),
                limits.OPTION_TEXT,
            ),
        )
        for entry in entries
    ]
    return discord.ui.Select(
        custom_id=custom_id, options=options, placeholder=placeholder, row=_ROWS[row]
    )


def render_entry(
    entry: SavedPaper, texts: Texts, *, page: int | None, is_new: bool = False
) -> tuple[str, actions.StaticView]:
    """Return what is said of one saved paper, with the buttons to note and remove it.

    Args:
        entry: The saved paper.
        texts: In the person's language.
        page: The page of the saved papers that it was chosen on, to go back to; `None` otherwise.
        is_new: Whether it has just been saved.
    """
    paper = Paper(entry.arxiv_id, entry.title)
    title = link_title(paper)
    if is_new:
        lines = [texts("saved-done", title=title, link=paper.url)]
    else:
        day = discord.utils.format_dt(entry.saved_at, "D")
        lines = [texts("saved-already", title=title, link=paper.url, day=day)]
    if entry.note:
        lines.append(texts("saved-note", note=escape(entry.note)))
    buttons = [
        discord.ui.Button[actions.StaticView](
            label=texts("saved-button-note"), custom_id=actions.entry("note", entry.arxiv_id, page)
        ),
        discord.ui.Button[actions.StaticView](
            label=texts("saved-button-remove"),
            custom_id=actions.entry("remove", entry.arxiv_id, page),
            style=discord.ButtonStyle.danger,
        ),
    ]
    if page is not None:
        buttons.append(
            discord.ui.Button(
                label=texts("saved-button-back"), custom_id=actions.saved("page", page)
            )
        )
    return "\n".join(lines), actions.StaticView(*buttons)


def render_removed(entry: SavedPaper, texts: Texts) -> tuple[str, actions.StaticView]:
    """Return what is said of a paper that isn't saved any more, with a button to save it again."""
    paper = Paper(entry.arxiv_id, entry.title)
    again = discord.ui.Button[actions.StaticView](
        label=texts("paper-save"), custom_id=actions.save(entry.arxiv_id)
    )
    text = texts("saved-removed", title=link_title(paper), link=paper.url)
    return text, actions.StaticView(again)


def render_question(count: int, page: int, texts: Texts) -> tuple[str, actions.StaticView]:
    """Return the question whether all saved papers shall be deleted."""
    return texts("saved-clear", count=count), actions.StaticView(
        discord.ui.Button(
            label=texts("saved-button-erase"),
            custom_id=actions.saved("erase", page),
            style=discord.ButtonStyle.danger,
        ),
        discord.ui.Button(label=texts("saved-button-keep"), custom_id=actions.saved("page", page)),
    )


class NoteForm(discord.ui.Modal):
    """The form of a note; sent and forgotten, what is sent is answered by its `custom_id`."""

    def __init__(self, entry: SavedPaper, page: int | None, texts: Texts) -> None:
        super().__init__(
            title=texts("saved-form-note"),
            custom_id=actions.entry("note", entry.arxiv_id, page),
        )
        field = discord.ui.TextInput[Any](
            custom_id=NOTE_FIELD,
            default=entry.note,
            required=False,
            max_length=NOTE_LENGTH,
        )
        self.add_item(
            discord.ui.Label(
                text=texts("saved-field-note"),
                description=texts("saved-field-note-description"),
                component=field,
            )
        )
        self.stop()
