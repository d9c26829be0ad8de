"""Rendering of one paper: its embed, buttons, menus and full text."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape, is_invisible, sanitize, title_of, without_blocks
from config.texts import Texts
from storage.addresses import address_fault
from storage.records import ListedPaper, MediaKind, Paper, PaperName

COLOUR = discord.Colour(0xB31B1B)
"""The red of arXiv's logo."""
ROOM = 5_800
"""The most characters of an embed that is alone in its message; below Discord's limit."""
AUTHORS_ROOM = 300
_SEPARATOR = ", "
_FULL_TEXT_MESSAGES = 3
_FULL_TEXT_READ = 2 * _FULL_TEXT_MESSAGES * limits.EMBED_DESCRIPTION
"""The most characters of a paper that is sent as messages; a longer one is sent as a file."""
_CONTINUATION = 0x80
"""The two highest bits of a UTF-8 continuation byte."""
_CHUNK = 8_192
_MARGIN = 64
"""Characters read beyond 5/4 of a text's room, because some of them may be removed."""


@dataclass(frozen=True, slots=True)
class Card:
    """A paper's embed, and whether the whole paper is in it."""

    embed: discord.Embed
    is_whole: bool


def render_card(
    listed: ListedPaper, texts: Texts, *, room: int = ROOM, authors_room: int = AUTHORS_ROOM
) -> Card:
    """Render a paper within `room` characters; texts that don't fit are cut after a sentence."""
    paper = listed.paper
    embed = discord.Embed(
        title=limits.shorten(escape(title_of(paper)), limits.EMBED_TITLE),
        url=paper.url,
        colour=COLOUR,
    )
    embed.set_author(name=describe_rank(listed, texts))
    _set_footer(embed, listed, texts)
    if picture := _address(paper, MediaKind.IMAGE):
        embed.set_image(url=picture)
    authors, all_authors = join_authors(paper.authors, texts, authors_room)
    heading = texts("paper-authors")
    room -= limits.embed_length(embed) + limits.length(heading + authors)
    is_whole = _set_sections(embed, paper, room, fields=limits.EMBED_FIELDS - 1) and all_authors
    if authors:
        embed.add_field(name=heading, value=authors, inline=False)
    return Card(embed, is_whole)


def _address(paper: Paper, kind: MediaKind) -> str | None:
    """Return the URL of a paper's picture or video, or `None` if Discord would refuse it.

    The parser drops such URLs, but an older version may have stored one.
    """
    media = paper.media
    is_sendable = media and media.kind is kind and address_fault(media.url) is None
    return media.url if media and is_sendable else None


def _set_footer(embed: discord.Embed, listed: ListedPaper, texts: Texts) -> None:
    """Set the footer of a paper's embed, and the time its votes were read."""
    key = "paper-footer" if listed.votes_read_at else "paper-footer-plain"
    embed.timestamp = listed.votes_read_at
    embed.set_footer(text=texts(key, id=listed.paper.arxiv_id))


def describe_rank(listed: ListedPaper, texts: Texts) -> str:
    """Return a text with a paper's votes, and its rank in its digest."""
    votes = listed.paper.votes
    return texts(
        "paper-standing" if votes is not None else "paper-standing-unknown",
        votes=votes or 0,
        rank=listed.rank,
        day=listed.digest_date,
    )


def join_authors(authors: Sequence[str], texts: Texts, room: int) -> tuple[str, bool]:
    """Return the authors that fit and the number of the others, and whether all of them fit.

    At least one is named.
    """
    shown: list[str] = []
    used = 0
    for author in authors:
        name = limits.shorten(escape(author, 2 * room), room)
        used += limits.length(name) + len(_SEPARATOR)
        if used > room and shown:
            break
        shown.append(name)
    text = _SEPARATOR.join(shown)
    if len(shown) == len(authors):
        return text, True
    return texts("paper-authors-more", names=text, count=len(authors) - len(shown)), False


def _set_sections(embed: discord.Embed, paper: Paper, room: int, *, fields: int) -> bool:
    """Set an embed's description and fields to a paper's sections; return whether all fit."""
    headed = [section for section in paper.sections if section.heading is not None]
    names = []
    for section in headed[:fields]:
        name = _field_name(section.heading or "")
        if limits.length(name) >= room:
            break
        names.append(name)
        room -= limits.length(name)
    shown = headed[: len(names)]
    room = max(room, 0)
    loose, is_whole = _join(
        (section.body for section in paper.sections if section.heading is None),
        _read_length(limits.EMBED_DESCRIPTION),
    )
    bodies = [loose, *(section.body for section in shown)]
    most = [limits.EMBED_DESCRIPTION, *(limits.EMBED_FIELD_VALUE for _ in shown)]
    # We read no more of each text than could be shown.
    rooms = divide_room(
        [min(len(text), limit) for text, limit in zip(bodies, most, strict=True)], room
    )
    read = [text[: _read_length(space)] for text, space in zip(bodies, rooms, strict=True)]
    are_whole = [len(part) == len(text) for part, text in zip(read, bodies, strict=True)]
    are_whole[0] = are_whole[0] and is_whole
    texts = list(map(sanitize, read))
    wanted = [min(limits.length(text), limit) for text, limit in zip(texts, most, strict=True)]
    values = [
        limits.cut(text, space, is_whole=whole)
        for text, space, whole in zip(texts, divide_room(wanted, room), are_whole, strict=True)
    ]
    embed.description = values[0] or None
    for name, value in zip(names, values[1:], strict=True):
        if value:
            embed.add_field(name=name, value=value, inline=False)
    return len(shown) == len(headed) and all(are_whole) and values == texts


def _read_length(room: int) -> int:
    """Return how many characters of a text to read to fill `room` characters."""
    return room + room // 4 + _MARGIN


def _field_name(heading: str) -> str:
    name = limits.shorten(
        escape(heading, _read_length(limits.EMBED_FIELD_NAME)), limits.EMBED_FIELD_NAME
    )
    return "·" if is_invisible(name) else name


def _join(texts: Iterable[str], room: int) -> tuple[str, bool]:
    """Join texts by line ends up to `room` characters, and return whether all of them fit."""
    parts: list[str] = []
    for text in texts:
        if room <= 0:
            return "\n".join(parts), False
        parts.append(text[:room])
        room -= len(text) + 1
    return "\n".join(parts), room >= -1


def divide_room(wanted: Sequence[int], room: int) -> list[int]:
    """Divide `room`: small wishes are met in full, the others share the rest evenly.

    >>> divide_room([5, 100, 100], 65)
    [5, 30, 30]
    """
    given = [0] * len(wanted)
    left = room
    for place, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[index] = min(wanted[index], left // (len(wanted) - place))
        left -= given[index]
    return given


def render_links(paper: Paper, texts: Texts, *, is_whole: bool = True) -> actions.StaticView:
    """Return buttons to the paper's web pages, and to its full text unless all of it is shown."""
    buttons: list[discord.ui.Button[actions.StaticView]] = [
        discord.ui.Button(label="arXiv", url=paper.url),
        discord.ui.Button(label="PDF", url=paper.pdf_url),
        discord.ui.Button(label="Hugging Face", url=paper.huggingface_url),
    ]
    video = _address(paper, MediaKind.VIDEO)
    if video and len(video) <= limits.BUTTON_URL:
        buttons.append(discord.ui.Button(label=texts("paper-video"), url=video))
    if not is_whole:
        buttons.append(
            discord.ui.Button(
                label=texts("paper-whole"),
                custom_id=actions.full_text(paper.arxiv_id),
                style=discord.ButtonStyle.primary,
            )
        )
    return actions.StaticView(*buttons)


@dataclass(frozen=True, slots=True)
class FullText:
    """A paper's full text: messages of one embed each, or one embed and a file if it is long."""

    embeds: tuple[discord.Embed, ...]
    file: discord.File | None = None


def render_full_text(listed: ListedPaper, texts: Texts) -> FullText:
    """Render all sections and authors of a paper."""
    paper = listed.paper
    size = sum(len(section.heading or "") + len(section.body) for section in paper.sections)
    size += sum(len(author) + len(_SEPARATOR) for author in paper.authors)
    pages = _pages(paper, texts) if size <= _FULL_TEXT_READ else None
    title = limits.shorten(escape(title_of(paper)), limits.EMBED_TITLE)
    is_file = pages is None or len(pages) > _FULL_TEXT_MESSAGES
    shown = [texts("paper-whole-file")] if is_file else pages or [""]
    embeds = [discord.Embed(description=page, colour=COLOUR) for page in shown]
    embeds[0].title, embeds[0].url = title, paper.url
    embeds[0].set_author(name=describe_rank(listed, texts))
    _set_footer(embeds[0], listed, texts)
    return FullText(tuple(embeds), _file(listed, texts) if is_file else None)


def _pages(paper: Paper, texts: Texts) -> list[str]:
    """Return a paper's sections and authors, split into descriptions of embeds."""
    parts = [
        f"**{heading}**\n{text}" if heading else text
        for heading, text in (
            *((s.heading and escape(s.heading), sanitize(s.body)) for s in paper.sections),
            (texts("paper-authors"), _SEPARATOR.join(map(escape, paper.authors))),
        )
        if text
    ]
    # A page may begin within a line, with what would be a heading there. The character that
    # prevents this needs room.
    pages = limits.pieces("\n\n".join(parts), limits.EMBED_DESCRIPTION - 1)
    return list(map(without_blocks, pages))


def _file(listed: ListedPaper, texts: Texts) -> discord.File:
    paper = listed.paper
    parts = [
        f"# {title_of(paper)}",
        f"<{paper.url}>",
        describe_rank(listed, texts),
        *(f"## {s.heading}\n\n{s.body}" if s.heading else s.body for s in paper.sections),
        f"## {texts('paper-authors')}\n\n{_SEPARATOR.join(paper.authors)}",
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


def choice_label(name: PaperName) -> str:
    """Return the label of a paper in an autocomplete: title, date and votes."""
    votes = f" ▲{name.votes}" if name.votes is not None else ""
    tail = f" · {name.digest_date}{votes}"
    title = title_of(name)
    return limits.shorten(title, limits.CHOICE_NAME - limits.length(tail)) + tail


def render_menu(found: Iterable[PaperName], texts: Texts) -> actions.StaticView:
    """Return a menu that opens one of the papers; the first 25 are in it."""
    return actions.StaticView(_menu(found, texts))


def render_suggestions(
    arxiv_id: str | None, found: Sequence[PaperName], texts: Texts
) -> actions.StaticView:
    """Return a button to an unknown paper's page on arXiv, and a menu of similar papers."""
    items: list[discord.ui.Item[actions.StaticView]] = []
    if arxiv_id is not None:
        url = Paper(arxiv_id=arxiv_id, title="").url
        items.append(discord.ui.Button(label="arXiv", url=url))
    if found:
        items.append(_menu(found, texts))
    return actions.StaticView(*items)


def _menu(found: Iterable[PaperName], texts: Texts) -> discord.ui.Select[actions.StaticView]:
    options = [
        discord.SelectOption(
            label=limits.shorten(title_of(name), limits.OPTION_TEXT),
            value=name.arxiv_id,
            description=limits.shorten(
                texts(
                    "paper-option" if name.votes is not None else "paper-option-unknown",
                    id=name.arxiv_id,
                    votes=name.votes or 0,
                    day=name.digest_date,
                ),
                limits.OPTION_TEXT,
            ),
        )
        for name in found
    ][: limits.SELECT_OPTIONS]
    return discord.ui.Select(
        custom_id=actions.open_chosen(), options=options, placeholder=texts("paper-choose")
    )
