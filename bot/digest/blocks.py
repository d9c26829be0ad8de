"""The block structure of a digest, by markdown-it-py.

Only what stands at the top of the page matters to a digest: headings, items, paragraphs, rules,
fences. Bodies are kept as their source, so nothing inside an item has to be understood. That is
why the list rule of CommonMark is replaced by one that finds where an item ends and does not look
into it: no recursion, no depth at which the rest of the page is dropped, and each line is read
once whatever a text does. The rules left out (block quotes, HTML, link definitions, underlined
headings) cost time on every line and would hide words; without them their lines are paragraphs.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_MARK = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]|$)")
_LONGEST_GAP = 4
"""Blanks between an item's mark and its text; more of them begin indented code."""
_ENDS_ITEM = re.compile(
    r"(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|$)"
    r"|#{1,6}(?:[ \t]|$)"
    r"|```|~~~"
    r"|([-_*])(?:[ \t]*\1){2,}[ \t]*$"
)
_CODE_INDENT = 4


def blocks_of(lines: list[str]) -> list[Token]:
    """Return the blocks at the top of the page, in order, as markdown-it-py's tokens.

    The types are `heading_open` (its `markup` has a `#` for each level), `paragraph_open`,
    `item`, `fence`, `code_block` and `hr`; `map` is the range of lines, from 0. An `item` has
    its mark as `markup`, and as `meta` `indent`, the column where its text begins.
    """
    return [token for token in _markdown().parse("\n".join(lines)) if token.type in _BLOCKS]


_BLOCKS = frozenset({"heading_open", "paragraph_open", "item", "fence", "code_block", "hr"})


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero")
    markdown.core.ruler.enableOnly(["block"])
    markdown.block.ruler.at("list", _item, {"alt": ["paragraph"]})
    markdown.block.ruler.enableOnly(["code", "fence", "hr", "list", "heading", "paragraph"])
    return markdown


def _item(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read one item of a list, in the form of a rule of markdown-it-py's."""
    if state.is_code_block(first):
        return False
    source = state.src
    begin, stop = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    mark = _MARK.match(source, begin, stop)
    if mark is None:
        return False
    text = state.skipSpaces(mark.end())
    if silent:
        # Text that goes on may begin with a year or a dash: CommonMark lets only an item that has
        # text, and of numbers only 1, break into a paragraph.
        return text < stop and (mark[0] in "-+*" or int(mark[0][:-1]) == 1)

    gap = text - mark.end() if text < stop else 1
    if "\t" in source[mark.end() : text]:
        column = state.sCount[first] + len(mark[0])
        gap = len((" " * column + source[mark.end() : text]).expandtabs(4)) - column
    indent = state.sCount[first] + len(mark[0]) + (gap if gap <= _LONGEST_GAP else 1)

    line = last = first
    while (line := line + 1) < end:
        if state.isEmpty(line):
            continue
        if state.sCount[line] < indent and (
            last != line - 1
            or (
                state.sCount[line] < _CODE_INDENT
                and _ENDS_ITEM.match(
                    source, state.bMarks[line] + state.tShift[line], state.eMarks[line]
                )
            )
        ):
            break
        last = line
    state.line = last + 1

    token = state.push("item", "li", 0)
    token.map = [first, last + 1]
    token.markup = mark[0]
    token.meta = {"indent": indent}
    return True
