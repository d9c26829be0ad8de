"""Rendering of one paper's embed, and of menus of papers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.ui import actions, limits
from bot.ui.growth import Growth, describe_growth
from bot.ui.markdown import escape, first_sentences, is_invisible, sanitize, title_of
from bot.ui.paper_links import all_links, join_links
from bot.ui.paper_texts import (
    SENTENCES,
    ChosenText,
    TextKind,
    WrittenVersion,
    choose_texts,
    heading_of,
    label_heading,
    language_label,
    name_sources,
    translate_heading,
    written_version,
)
from bot.ui.pictures import figure_of
from config.texts import Texts
from storage.records import (
    KnownPaper,
    ListedPaper,
    Paper,
    PaperName,
    UnlistedPaper,
)

COLOUR = discord.Colour(0xB31B1B)
"""The red of arXiv's logo."""
ROOM = 5_800
"""The most characters of an embed that is alone in its message; below Discord's limit."""
AUTHORS_ROOM = 300
SEPARATOR = ", "
_SUMMARY_READ = limits.EMBED_FIELD_VALUE
_LISTED = 10
"""Papers that a message lists above a menu of up to 25."""
_LISTED_TITLE = 110
"""The most characters of a title there: with 40 others a line, ten fit a message."""
_MARGIN = 64
"""Characters read beyond 5/4 of a text's room, because some of them may be removed."""


@dataclass(frozen=True, slots=True)
class Card:
    """A paper's embed, and whether the whole paper is in it."""

    embed: discord.Embed
    is_whole: bool
    """Whether all authors and all of the sections are; an abstract doesn't count."""
    written: WrittenVersion | None
    """Which text of a language model is in it; `None` if there is none."""


def render_card(
    known: KnownPaper,
    texts: Texts,
    *,
    room: int = ROOM,
    authors_room: int = AUTHORS_ROOM,
    growth: Growth | None = None,
) -> Card:
    """Render a paper within `room` characters; texts that don't fit are cut after a sentence.

    Args:
        known: The paper.
        texts: In the reader's language.
        room: The most characters of the embed, at least 1,200.
        authors_room: The most characters of the authors; keywords have half of it, links twice.
        growth: How its votes grew; `None` to leave that out.
    """
    paper = known.paper
    chosen = choose_texts(paper, texts.language)
    embed = discord.Embed(
        title=limits.shorten(escape(title_of(paper)), limits.EMBED_TITLE),
        url=paper.url,
        colour=COLOUR,
    )
    embed.set_author(name=describe_standing(known, texts))
    set_footer(embed, known, texts, chosen)
    if figure := figure_of(paper):
        embed.set_image(url=figure)
    authors, all_authors = join_authors(paper.authors, texts, authors_room)
    links = all_links(paper, texts, is_listed=isinstance(known, ListedPaper))
    facts = [
        (texts("paper-growth"), describe_growth(growth, texts) if growth is not None else ""),
        (texts("paper-authors"), authors),
        (texts("paper-organization"), name_organization(paper, authors_room // 2)),
        (texts("paper-keywords"), join_keywords(paper.details.keywords, authors_room // 2)),
        (texts("paper-links"), join_links(links, 2 * authors_room)),
    ]
    facts = [(name, value) for name, value in facts if value]
    room -= limits.embed_length(embed)
    room -= sum(limits.length(name + value) for name, value in facts)
    # At least the authors' field has always been left free.
    fields = limits.EMBED_FIELDS - max(len(facts), 1)
    is_whole = set_texts(embed, paper, texts, room=room, fields=fields)
    for name, value in facts:
        embed.add_field(name=name, value=value, inline=False)
    return Card(embed, is_whole and all_authors, written_version(chosen))


def set_footer(
    embed: discord.Embed, known: KnownPaper, texts: Texts, shown: Iterable[ChosenText]
) -> None:
    """Set the footer of a paper's embed: whose texts it shows, and when its votes were read."""
    parts = [f"arXiv {known.paper.arxiv_id}", *name_sources(shown, texts)]
    # Discord writes the time behind the footer.
    parts += [texts("top-votes-as-of")] if known.votes_time else []
    embed.timestamp = known.votes_time
    embed.set_footer(text=" · ".join(parts))


def describe_standing(known: KnownPaper, texts: Texts) -> str:
    """Return a text with a paper's votes, its comments, and its rank in its digest."""
    paper = known.paper
    votes, comments = paper.votes, paper.details.comments
    talk = f" · {texts('paper-comments', count=comments)}" if comments else ""
    match known:
        case ListedPaper(rank=rank, digest_date=day) if votes is not None:
            text = texts("paper-standing", votes=votes, comments=talk, rank=rank, day=day)
        case ListedPaper(rank=rank, digest_date=day):
            text = texts("paper-standing-unknown", comments=talk, rank=rank, day=day)
        case UnlistedPaper() if votes is not None:
            text = texts("paper-standing-unlisted", votes=votes, comments=talk)
        case UnlistedPaper():
            text = texts("paper-standing-unlisted-unknown", comments=talk)
    return texts("paper-withdrawn", standing=text) if paper.details.withdrawn_at else text


def join_authors(authors: Sequence[str], texts: Texts, room: int) -> tuple[str, bool]:
    """Return the authors that fit and the number of the others, and whether all of them fit.

    At least one is named.
    """
    shown: list[str] = []
    used = 0
    for author in authors:
        name = limits.shorten(escape(author, 2 * room), room)
        used += limits.length(name) + len(SEPARATOR)
        if used > room and shown:
            break
        shown.append(name)
    text = SEPARATOR.join(shown)
    if len(shown) == len(authors):
        return text, True
    return texts("paper-authors-more", names=text, count=len(authors) - len(shown)), False


def name_organization(paper: Paper, room: int) -> str:
    """Return a paper's organization within `room` characters; empty if it is not known."""
    name = limits.shorten(escape(paper.details.organization or "", 2 * room), room)
    return "" if is_invisible(name) else name


def join_keywords(keywords: Sequence[str], room: int) -> str:
    """Return the first keywords that fit."""
    text = ""
    for keyword in keywords:
        word = escape(keyword, 2 * room)
        longer = f"{text}{SEPARATOR}{word}" if text else word
        if is_invisible(word):
            continue
        if not limits.fits(longer, room):
            return text or limits.shorten(word, room)
        text = longer
    return text


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text of a paper's embed."""

    name: str | None
    """The name of the field; `None` for the embed's description."""
    body: str
    limit: int
    is_complete: bool = True
    """Whether `body` is all of it."""
    is_section: bool = True
    """Whether it is a section, and not escaped yet."""
    is_markdown: bool = True
    """Whether a section is Markdown; otherwise its markup is shown as it is written."""

    def render(self, text: str) -> str:
        """Return a part of the body as Discord is to show it."""
        if not self.is_section:
            return text
        return sanitize(text) if self.is_markdown else escape(text, len(text))


def _passages(paper: Paper, texts: Texts) -> Iterator[_Passage]:
    """Yield the texts of a paper's card, the description first."""
    for chosen in choose_texts(paper, texts.language):
        match chosen.kind:
            case TextKind.SECTIONS:
                yield from _section_passages(chosen, texts)
            case TextKind.SUMMARY:
                yield _passage(chosen, escape(paper.details.summary or "", _SUMMARY_READ), texts)
            case TextKind.ABSTRACT:
                abstract = paper.details.abstract or ""
                body, is_all = first_sentences(abstract, SENTENCES)
                yield _passage(chosen, body if is_all else body + limits.CUT_MARK, texts)


def _passage(chosen: ChosenText, body: str, texts: Texts) -> _Passage:
    name = heading_of(chosen, texts)
    return _Passage(name, body, limits.EMBED_FIELD_VALUE, is_section=False)


def _section_passages(chosen: ChosenText, texts: Texts) -> Iterator[_Passage]:
    label = language_label(chosen, texts)
    loose = [section.body for section in chosen.sections if section.heading is None]
    if label and loose:
        loose.insert(0, label)
    body, is_complete = _join(loose, _read_length(limits.EMBED_DESCRIPTION))
    is_markdown = not chosen.is_written
    yield _Passage(None, body, limits.EMBED_DESCRIPTION, is_complete, is_markdown=is_markdown)
    for section in chosen.sections:
        if section.heading is not None:
            name = label_heading(_field_name(translate_heading(section.heading, texts)), label)
            yield _Passage(name, section.body, limits.EMBED_FIELD_VALUE, is_markdown=is_markdown)


def set_texts(
    embed: discord.Embed,
    paper: Paper,
    texts: Texts,
    *,
    room: int,
    fields: int,
    cut: Callable[..., str] = limits.cut,
) -> bool:
    """Set an embed's description and fields to a paper's texts.

    Args:
        embed: The embed.
        paper: The paper.
        texts: In the reader's language.
        room: The most characters of the texts.
        fields: The most fields.
        cut: Cuts a text that doesn't fit.

    Returns:
        Whether all sections fit.
    """
    wanted = list(_passages(paper, texts))
    shown: list[_Passage] = []
    for passage in wanted:
        if passage.name is not None:
            if limits.length(passage.name) >= room or fields == 0:
                break
            room -= limits.length(passage.name)
            fields -= 1
        shown.append(passage)
    room = max(room, 0)
    # We read no more of each text than could be shown.
    rooms = divide_room([min(len(each.body), each.limit) for each in shown], room)
    values = []
    are_complete = []
    for passage, space in zip(shown, rooms, strict=True):
        read = passage.body[: _read_length(space)] if passage.is_section else passage.body
        are_complete.append(passage.is_complete and len(read) == len(passage.body))
        values.append(passage.render(read))
    lengths = [
        min(limits.length(value), passage.limit)
        for value, passage in zip(values, shown, strict=True)
    ]
    is_whole = not any(passage.is_section for passage in wanted[len(shown) :])
    for passage, value, is_complete, space in zip(
        shown, values, are_complete, divide_room(lengths, room), strict=True
    ):
        text = cut(value, space, is_whole=is_complete)
        if passage.is_section and (not is_complete or text != value):
            is_whole = False
        if passage.name is None:
            embed.description = text or None
        elif text:
            embed.add_field(name=passage.name, value=text, inline=False)
    return is_whole


def _read_length(room: int) -> int:
    """Return how many characters of a text to read to fill `room` characters."""
    return room + room // 4 + _MARGIN


def _field_name(heading: str) -> str:
    name = escape(heading, _read_length(limits.EMBED_FIELD_NAME))
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
    for served, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[index] = min(wanted[index], left // (len(wanted) - served))
        left -= given[index]
    return given


def choice_label(name: PaperName) -> str:
    """Return the label of a paper in an autocomplete: title, date and votes."""
    votes = f" ▲{name.votes}" if name.votes is not None else ""
    tail = f" · {name.digest_date}{votes}"
    title = title_of(name)
    return limits.shorten(title, limits.CHOICE_NAME - limits.length(tail)) + tail


def list_names(sentence: str, found: Sequence[PaperName], texts: Texts) -> str:
    """Return a sentence, and below it the first ten of the papers that it is about."""
    lines = [sentence]
    for number, name in enumerate(found[:_LISTED], start=1):
        key = "paper-line" if name.votes is not None else "paper-line-unknown"
        title = limits.shorten(escape(title_of(name)), _LISTED_TITLE)
        lines.append(
            texts(key, number=number, title=title, votes=name.votes or 0, day=name.digest_date)
        )
    if len(found) > _LISTED:
        lines.append(texts("paper-lines-more", count=len(found) - _LISTED))
    return "\n".join(lines)


def render_menu(
    found: Iterable[PaperName], texts: Texts, *, private: bool = False
) -> actions.StaticView:
    """Return a menu that opens one of the papers; the first 25 are in it.

    Args:
        found: The papers.
        texts: In the reader's language.
        private: Whether it is opened in private even if the menu is private.
    """
    return actions.StaticView(paper_menu(found, texts, private=private))


def render_suggestions(
    arxiv_id: str | None, found: Sequence[PaperName], texts: Texts, *, private: bool = False
) -> actions.StaticView:
    """Return a button to an unknown paper's page on arXiv, and a menu of similar papers."""
    items: list[discord.ui.Item[actions.StaticView]] = []
    if arxiv_id is not None:
        url = Paper(arxiv_id=arxiv_id, title="").url
        items.append(discord.ui.Button(label="arXiv", url=url))
    if found:
        items.append(paper_menu(found, texts, private=private))
    return actions.StaticView(*items)


def paper_menu(
    found: Iterable[PaperName], texts: Texts, *, private: bool
) -> discord.ui.Select[actions.StaticView]:
    """Return a menu that opens one of the papers, as `render_menu`."""
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
        custom_id=actions.open_chosen(private=private),
        options=options,
        placeholder=texts("paper-choose"),
    )
