"""Split a digest into its top-level blocks with markdown-it-py.

A digest consists of top-level blocks: headings, list items, paragraphs, thematic breaks and code.
Section bodies are kept as source text, so blocks inside items and paragraphs need no parsing. Two
CommonMark rules (lists and paragraphs) are therefore replaced by rules that only find where the
block ends: there is no recursion, no maximum depth, and each line is read once. The rules left out
(block quotes, HTML, link definitions, setext headings) would cost time on every line and hide
words; without them their lines are paragraphs.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_HEADING = r"#{1,6}(?:[ \t]|$)"
_FENCE = r"```|~~~"
_RULE = r"([-_*])(?:[ \t]*\1){2,}[ \t]*$"
_MARKER = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]|$)")
_ENDS_ITEM = re.compile(rf"(?:[-+*]|[0-9]{{1,9}}[.)])(?:[ \t]|$)|{_HEADING}|{_FENCE}|{_RULE}")
_ENDS_PARAGRAPH = re.compile(rf"(?:[-+*]|0{{0,8}}1[.)])[ \t]|{_HEADING}|{_FENCE}|{_RULE}")
"""A line of a paragraph may begin with a year: of numbered items only 1 ends a paragraph."""
_MARKS = frozenset("#-+*_`~0123456789")
"""The characters that a heading, a list item, a thematic break or a fence can begin with."""
_CODE_INDENT = 4
_MAX_MARKER_GAP = 4
"""Spaces between a list marker and the text; more of them begin indented code."""
_BLOCKS = frozenset({"heading_open", "paragraph", "item", "fence", "code_block", "hr"})


def blocks_of(lines: list[str]) -> list[Token]:
    """Return the top-level blocks in order, as tokens of markdown-it-py.

    The types are `heading_open` (`markup` is one `#` per level), `paragraph`, `item`, `fence`,
    `code_block` and `hr`. `map` is the range of lines, 0-based, end excluded. The `markup` of an
    `item` is its list marker, and `meta["indent"]` the column where its text begins.

    Args:
        lines: Without trailing whitespace.
    """
    return [token for token in _markdown().parse("\n".join(lines)) if token.type in _BLOCKS]


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero")
    markdown.core.ruler.enableOnly(["block"])
    markdown.block.ruler.at("list", _item)
    markdown.block.ruler.at("paragraph", _paragraph)
    markdown.block.ruler.before("code", "text", _text)
    markdown.block.ruler.enableOnly(["text", "code", "fence", "hr", "list", "heading", "paragraph"])
    return markdown


def _text(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Parse a paragraph that no other rule needs to look at: a block rule of markdown-it-py."""
    if state.is_code_block(first) or state.src[state.bMarks[first] + state.tShift[first]] in _MARKS:
        return False
    return _paragraph(state, first, end, silent)


def _paragraph(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - the signature of a rule
    """Parse a paragraph: a block rule of markdown-it-py."""
    line = first + 1
    while (
        line < end and not state.isEmpty(line) and not _begins_block(_ENDS_PARAGRAPH, state, line)
    ):
        line += 1
    state.line = line
    state.push("paragraph", "p", 0).map = [first, line]
    return True


def _item(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - the signature of a rule
    """Parse one list item: a block rule of markdown-it-py."""
    if state.is_code_block(first):
        return False
    source = state.src
    begin, stop = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    mark = _MARKER.match(source, begin, stop)
    if mark is None:
        return False
    text = state.skipSpaces(mark.end())
    gap = text - mark.end() if text < stop else 1
    if "\t" in source[mark.end() : text]:
        column = state.sCount[first] + len(mark[0])
        gap = len((" " * column + source[mark.end() : text]).expandtabs(4)) - column
    indent = state.sCount[first] + len(mark[0]) + (gap if gap <= _MAX_MARKER_GAP else 1)

    line = last = first
    while (line := line + 1) < end:
        if state.isEmpty(line):
            continue
        if state.sCount[line] < indent and (
            last != line - 1 or _begins_block(_ENDS_ITEM, state, line)
        ):
            break
        last = line
    state.line = last + 1

    token = state.push("item", "li", 0)
    token.map = [first, last + 1]
    token.markup = mark[0]
    token.meta = {"indent": indent}
    return True


def _begins_block(block: re.Pattern[str], state: StateBlock, line: int) -> bool:
    if state.sCount[line] >= _CODE_INDENT:
        return False
    begin = state.bMarks[line] + state.tShift[line]
    return block.match(state.src, begin, state.eMarks[line]) is not None
