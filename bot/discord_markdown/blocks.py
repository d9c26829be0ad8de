"""The lines of Discord's Markdown: rules for markdown-it's block parser."""

import re

from markdown_it.rules_block import StateBlock, list_block

_HEADING = re.compile(r"(#{1,3})\s+(.*?)[#\s]*$")
_SUBTEXT = re.compile(r"-# +(?!-#)(.+)$")
_QUOTE = re.compile(r"> (.*)$")
_QUOTE_ALL = ">>> "
_DEEPEST_LIST = 10
"""Lists within one another; Discord shows about as many, and what is deeper as text."""
_TOKENS_PER_LIST = 2
"""Levels of markdown-it that a list takes: itself and its item."""


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _wrap(state: StateBlock, line: int, kind: str, tag: str, text: str) -> None:
    state.push(f"{kind}_open", tag, 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = text, [], [line, line + 1]
    state.push(f"{kind}_close", tag, -1)
    state.line = line + 1


def heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Take `# `, `## ` and `### `; more of them are text."""
    found = _HEADING.match(_line(state, start))
    if found is None or not found[2]:
        return False
    if not silent:
        _wrap(state, start, "heading", f"h{len(found[1])}", found[2])
    return True


def subtext(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Take `-# `: subtext."""
    found = _SUBTEXT.match(_line(state, start))
    if found is None:
        return False
    if not silent:
        _wrap(state, start, "subtext", "small", found[1])
    return True


def quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `> ` before each line, or `>>> ` before all that follows; quotes hold no quotes."""
    if state.env.get("quoted") or state.blkIndent:
        return False
    first = _line(state, start)
    last = start
    if first.startswith(_QUOTE_ALL):
        last = end
        text = "\n".join(
            [first.removeprefix(_QUOTE_ALL), *(_line(state, n) for n in range(start + 1, end))]
        )
    else:
        lines = []
        while last < end and (found := _QUOTE.match(_line(state, last) + " ")):
            lines.append(found[1].rstrip())
            last += 1
        text = "\n".join(lines)
    if last == start:
        return False
    if not silent:
        state.push("blockquote_open", "blockquote", 1)
        state.env["quoted"] = True
        state.md.block.parse(text, state.md, state.env, state.tokens)
        state.env["quoted"] = False
        state.push("blockquote_close", "blockquote", -1)
        state.line = last
    return True


def shallow_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a list, unless it is nested too deeply."""
    if state.level >= _DEEPEST_LIST * _TOKENS_PER_LIST:
        return False
    return list_block(state, start, end, silent)


def paragraph(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    """Take lines up to something else, empty ones too: Discord shows each line break.

    Within a list's item a line that is not indented ends the item.
    """
    rules = state.md.block.ruler.getRules("paragraph")
    line = start + 1
    while line < state.lineMax:
        if state.isEmpty(line):
            if state.blkIndent:
                break
        elif state.sCount[line] < state.blkIndent or any(
            rule(state, line, state.lineMax, True) for rule in rules
        ):
            break
        line += 1
    state.push("paragraph_open", "div", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, line, state.blkIndent, False).strip()
    inline.map, inline.children = [start, line], []
    state.push("paragraph_close", "div", -1)
    state.line = line
    return True
