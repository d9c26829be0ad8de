"""Discord's Markdown in a terminal, drawn by rich."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from markdown_it.token import Token
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot.discord_markdown.names import Names, mention_text
from bot.discord_markdown.parser import parse, parse_title, walk

_STYLES: Final = {
    "strong": Style(bold=True),
    "em": Style(italic=True),
    "underline": Style(underline=True),
    "s": Style(strike=True),
    "link": Style(underline=True),
    "heading": Style(bold=True),
    "subtext": Style(dim=True),
    "spoiler": Style(dim=True),
    "code_inline": Style(bold=True, color="cyan"),
    "code_block": Style(bold=True, color="cyan"),
    "mention": Style(bold=True),
}
_PREFIX: Final = Style(dim=True)
_QUOTE: Final = "▌ "
_BULLET: Final = "• "
_SPOILER: Final = "||"
"""Stands around a spoiler: a terminal can't uncover one."""
_NARROWEST: Final = 20
"""Columns that a text has beside a bullet or a quote's bar; with fewer, these are left out."""

WriteTime = Callable[[datetime, str], str]
"""Returns a time as text, by one of Discord's styles: t, T, d, D, f, F, s, S or R."""


@dataclass(frozen=True, slots=True)
class TerminalMarkdown:
    """A text that rich draws. It is parsed only then.

    Attributes:
        text: Without control characters: whoever draws it has removed them.
        names: Of what the text mentions. Where `None`, mentions are shown as they are written.
        write_time: Where `None`, times are shown in UTC.
    """

    text: str
    names: Names | None = None
    write_time: WriteTime | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines of the text, wrapped."""
        tokens = parse(self.text, mentions=self.names is not None)
        for block in _blocks(tokens, self.names, self.write_time or _in_utc):
            yield from block.render(console, options.max_width)


def title_text(text: str) -> Text:
    """Return the text of a title as rich draws it: without mentions, links and blocks."""
    return Text(" ").join(block.text for block in _blocks(parse_title(text), None, _in_utc))


def _in_utc(at: datetime, _style: str) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


@dataclass(slots=True)
class _Block:
    """A paragraph, a heading or code, with what stands before its first line and the others."""

    first: str
    rest: str
    text: Text = field(default_factory=Text)

    def render(self, console: Console, max_width: int) -> Iterable[Segment]:
        width, first, rest = max_width - len(self.first), self.first, self.rest
        if width < _NARROWEST:
            width, first, rest = max_width, "", ""
        for number, line in enumerate(self.text.wrap(console, width)):
            yield Segment(rest if number else first, _PREFIX)
            yield from line.render(console)
            yield Segment.line()


def _blocks(tokens: list[Token], names: Names | None, write_time: WriteTime) -> list[_Block]:
    builder = _Builder(names, write_time)
    for token in walk(tokens):
        builder.take(token)
    return [block for block in builder.blocks if block.text]


@dataclass(slots=True)
class _Container:
    """A quote or an item of a list: what stands before its next line, and before further ones."""

    first: str
    rest: str


class _Builder:
    """Makes blocks of tokens."""

    def __init__(self, names: Names | None, write_time: WriteTime) -> None:
        self.blocks: list[_Block] = []
        self._is_new_block = True
        self._names = names
        self._write_time = write_time
        self._styles: list[Style] = [Style()]
        self._containers: list[_Container] = []
        self._numbers: list[int | None] = []
        """Of the next item of each open list; `None` for bullets."""
        self._links: list[tuple[str, int]] = []
        """The address of each open link, and where its text begins."""

    def take(self, token: Token) -> None:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.block or kind == "code_block":
            self._is_new_block = True
        if token.nesting == 0:
            self._append(self._content(token), _STYLES.get(kind))
        elif token.nesting == 1:
            self._open(token, kind)
        else:
            self._close(kind)
        if kind == "code_block":
            self._is_new_block = True

    def _text(self) -> Text:
        """Return the text of the current block."""
        if self._is_new_block:
            first = "".join(each.first for each in self._containers)
            rest = "".join(each.rest for each in self._containers)
            self.blocks.append(_Block(first, rest))
            for container in self._containers:
                container.first = container.rest
            self._is_new_block = False
        return self.blocks[-1].text

    def _append(self, content: str, style: Style | None = None) -> None:
        if content:
            now = self._styles[-1]
            self._text().append(content, now if style is None else now + style)

    def _content(self, token: Token) -> str:
        if token.type in ("softbreak", "hardbreak"):
            return "\n"
        if token.type == "mention":
            return mention_text(token, self._names)
        if token.type == "timestamp":
            return self._write_time(token.meta["at"], token.meta["style"])
        return token.content

    def _open(self, token: Token, kind: str) -> None:
        if kind == "spoiler":
            self._append(_SPOILER)
        if kind in _STYLES:
            self._styles.append(self._styles[-1] + _STYLES[kind])
        if kind == "link":
            self._links.append((str(token.attrGet("href")), len(self._text())))
        elif kind == "bullet_list":
            self._numbers.append(None)
        elif kind == "ordered_list":
            start = token.attrGet("start")
            self._numbers.append(1 if start is None else int(start))
        elif kind == "list_item":
            self._containers.append(self._item())
        elif kind == "blockquote":
            self._containers.append(_Container(_QUOTE, _QUOTE))

    def _close(self, kind: str) -> None:
        if kind in _STYLES:
            self._styles.pop()
        if kind == "spoiler":
            self._append(_SPOILER)
        elif kind == "link":
            href, start = self._links.pop()
            if self._text().plain[start:] != href:
                self._append(f" ({href})")
        elif kind in ("bullet_list", "ordered_list"):
            self._numbers.pop()
        elif kind in ("list_item", "blockquote"):
            self._containers.pop()

    def _item(self) -> _Container:
        number = self._numbers[-1]
        if number is None:
            return _Container(_BULLET, " " * len(_BULLET))
        self._numbers[-1] = number + 1
        first = f"{number}. "
        return _Container(first, " " * len(first))
