"""A paper as an embed, with its links, and whole."""

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
"""The red of arXiv's sign."""
ROOM = 5_800
"""Characters an embed may have when it stands alone; under Discord's limit of a message."""
AUTHORS_ROOM = 300
_SEPARATOR = ", "
_WHOLE_MESSAGES = 3
_WHOLE_READ = 2 * _WHOLE_MESSAGES * limits.EMBED_DESCRIPTION
"""Characters of a paper that are read for messages; one with more is sent as a file."""
_CONTINUATION = 0x80
"""The two highest bits of every byte of a character's UTF-8 but the first."""
_CHUNK = 8_192
_MARGIN = 64
"""Characters of a text that are read beyond 5/4 of its room, as some of them may not be shown."""


@dataclass(frozen=True, slots=True)
class Card:
    """A paper's embed, and whether all of the paper is in it."""

    embed: discord.Embed
    is_whole: bool


def render_card(
    listed: ListedPaper, texts: Texts, *, room: int = ROOM, authors_room: int = AUTHORS_ROOM
) -> Card:
    """Draw a paper within `room` characters, its texts cut at a sentence where it must be."""
    paper = listed.paper
    embed = discord.Embed(
        title=limits.shorten(escape(title_of(paper)), limits.EMBED_TITLE),
        url=paper.url,
        colour=COLOUR,
    )
    embed.set_author(name=describe_rank(listed, texts))
    _set_age(embed, listed, texts)
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
    """Return the address of a paper's picture or video, `None` if there is none to send.

    The parser drops what Discord refuses, but a database may be older than that rule.
    """
    media = paper.media
    is_sendable = media and media.kind is kind and address_fault(media.url) is None
    return media.url if media and is_sendable else None


def _set_age(embed: discord.Embed, listed: ListedPaper, texts: Texts) -> None:
    """Say below an embed when the votes in it were read."""
    key = "paper-footer" if listed.votes_read_at else "paper-footer-plain"
    embed.timestamp = listed.votes_read_at
    embed.set_footer(text=texts(key, id=listed.paper.arxiv_id))


def describe_rank(listed: ListedPaper, texts: Texts) -> str:
    """Say a paper's votes, and where it stands in which digest."""
    votes = listed.paper.votes
    return texts(
        "paper-standing" if votes is not None else "paper-standing-unknown",
        votes=votes or 0,
        rank=listed.rank,
        day=listed.digest_date,
    )


def join_authors(authors: Sequence[str], texts: Texts, room: int) -> tuple[str, bool]:
    """Return as many authors as fit, with how many more there are, and whether all are there.

    At least one is named. The order says nothing, so none is told from the others.
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
    """Put the sections into the description and the fields; say whether they are there whole."""
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
    loose, is_whole = _joined(
        (section.body for section in paper.sections if section.heading is None),
        _read_for(limits.EMBED_DESCRIPTION),
    )
    bodies = [loose, *(section.body for section in shown)]
    most = [limits.EMBED_DESCRIPTION, *(limits.EMBED_FIELD_VALUE for _ in shown)]
    # Of each text no more is read than could be shown of it.
    rooms = divide_room(
        [min(len(text), limit) for text, limit in zip(bodies, most, strict=True)], room
    )
    read = [text[: _read_for(space)] for text, space in zip(bodies, rooms, strict=True)]
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


def _read_for(room: int) -> int:
    """Return how many characters of a text to read for so much room."""
    return room + room // 4 + _MARGIN


def _field_name(heading: str) -> str:
    name = limits.shorten(
        escape(heading, _read_for(limits.EMBED_FIELD_NAME)), limits.EMBED_FIELD_NAME
    )
    return "·" if is_invisible(name) else name


def _joined(texts: Iterable[str], room: int) -> tuple[str, bool]:
    """Join texts by line ends up to `room` characters, and say whether all of them are there."""
    parts: list[str] = []
    for text in texts:
        if room <= 0:
            return "\n".join(parts), False
        parts.append(text[:room])
        room -= len(text) + 1
    return "\n".join(parts), room >= -1


def divide_room(wanted: Sequence[int], room: int) -> list[int]:
    """Divide `room` so that whoever wants little gets it, and the others share the rest evenly."""
    given = [0] * len(wanted)
    left = room
    for place, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[index] = min(wanted[index], left // (len(wanted) - place))
        left -= given[index]
    return given


def render_links(paper: Paper, texts: Texts, *, is_whole: bool = True) -> actions.StaticView:
    """Return buttons to the paper's pages, and to its whole text where not all is shown."""
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
    """A paper's whole text: messages of one embed each, or a file where it would be too many."""

    embeds: tuple[discord.Embed, ...]
    file: discord.File | None = None


def render_full_text(listed: ListedPaper, texts: Texts) -> FullText:
    """Return all that is known of a paper."""
    paper = listed.paper
    size = sum(len(section.heading or "") + len(section.body) for section in paper.sections)
    size += sum(len(author) + len(_SEPARATOR) for author in paper.authors)
    pages = _pages(paper, texts) if size <= _WHOLE_READ else None
    title = limits.shorten(escape(title_of(paper)), limits.EMBED_TITLE)
    is_file = pages is None or len(pages) > _WHOLE_MESSAGES
    shown = [texts("paper-whole-file")] if is_file else pages or [""]
    embeds = [discord.Embed(description=page, colour=COLOUR) for page in shown]
    embeds[0].title, embeds[0].url = title, paper.url
    embeds[0].set_author(name=describe_rank(listed, texts))
    _set_age(embeds[0], listed, texts)
    return FullText(tuple(embeds), _file(listed, texts) if is_file else None)


def _pages(paper: Paper, texts: Texts) -> list[str]:
    """Return a paper's sections and authors as embeds' descriptions."""
    parts = [
        f"**{heading}**\n{text}" if heading else text
        for heading, text in (
            *((s.heading and escape(s.heading), sanitize(s.body)) for s in paper.sections),
            (texts("paper-authors"), _SEPARATOR.join(map(escape, paper.authors))),
        )
        if text
    ]
    # What was within a line may begin a page: one more character keeps it from being a heading.
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
    """Yield paragraphs in pieces, so that no second copy of a long text is made at once."""
    for part in parts:
        for at in range(0, len(part), _CHUNK):
            yield part[at : at + _CHUNK]
        yield "\n\n"


def choice_label(name: PaperName) -> str:
    """Return a line for an autocomplete's or a menu's choice."""
    votes = f" ▲{name.votes}" if name.votes is not None else ""
    tail = f" · {name.digest_date}{votes}"
    title = title_of(name)
    return limits.shorten(title, limits.CHOICE_NAME - limits.length(tail)) + tail


def render_menu(found: Iterable[PaperName], texts: Texts) -> actions.StaticView:
    """Return a menu of papers to open one of; at most 25 are shown."""
    return actions.StaticView(_menu(found, texts))


def render_suggestions(
    arxiv_id: str | None, found: Sequence[PaperName], texts: Texts
) -> actions.StaticView:
    """Return what helps on where a paper is unknown: its page at arXiv, papers near to it."""
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
