"""Rules for markdown-it's inline parser: the markup within a line of Discord's Markdown."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

CODE_BLOCK: Final = "\ud800"
"""Stands for a code block that was taken out of the text, followed by its number.

Half of a surrogate pair: no valid text holds one.
"""
CODE_BLOCK_END: Final = "\udc00"

_TAKEN_OUT = re.compile(f"{CODE_BLOCK}([0-9]+){CODE_BLOCK_END}")
_MARKERS = frozenset("*_~|")
_PAIRED = frozenset("~|")
"""Markers that come in twos and mean nothing alone."""
_LONGEST_ADDRESS = 2_048
"""Characters; longer ones are shown as text. It also bounds the time."""
_ADDRESS = re.compile(rf"(?i:https?)://(?:(?!\]\()[^\s<{CODE_BLOCK}]){{1,{_LONGEST_ADDRESS + 1}}}")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_LINK_TITLE = re.compile(r"\s{1,100}\"[^\"]{0,1000}\"")
_HOST = re.compile(r"[\w.-]+|[0-9a-fA-F:.]+")
_SCHEME = re.compile(r"(?i:https?)$")
_LONGEST_SCHEME = len("https")
_IN_ANGLES = re.compile(rf"<((?i:https?)://[^\s<>{CODE_BLOCK}]{{1,{_LONGEST_ADDRESS}}})>")
_TRAILING = ".,:;\"'!?*_~|]"
_TIMESTAMP = re.compile(r"<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>")
_MENTIONS = {
    "user": re.compile(r"<@!?(\d{1,20})>"),
    "role": re.compile(r"<@&(\d{1,20})>"),
    "channel": re.compile(r"<#(\d{1,20})>"),
}
_EMOJI = re.compile(r"<a?:(\w{2,32}):\d{1,20}>")
_COMMAND = re.compile(r"</((?:[-_'\w]{1,32} ?){1,3}):\d{1,20}>")
_EVERYONE = re.compile(r"@(everyone|here)\b")
_SPECIAL = re.compile(rf"[\n\\`*_~|\[\]:<@{CODE_BLOCK}]")
"""Where something other than plain text may begin."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Code:
    """A code block that was taken out of the text."""

    source: str
    """As it stood in the text."""
    language: str
    content: str


def with_code(text: str, code: list[Code]) -> str:
    """Put what looked like code blocks back into a text, as it was written."""
    return _TAKEN_OUT.sub(lambda found: code[int(found[1])].source, text)


def is_web(url: str) -> bool:
    """Say whether an address leads to the web, and nowhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and _HOST.fullmatch(host) is not None


def text(state: StateInline, silent: bool) -> bool:
    """Take text up to where something else may begin."""
    found = _SPECIAL.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def delimiters(state: StateInline, silent: bool) -> bool:
    """Note `*`, `_`, `~~` and `||`, to be paired when the line is known to its end.

    CommonMark asks what stands on both sides, which keeps `**용어(term)**은` from being bold.
    Discord asks for no more than that the text within begins and ends without a blank; `_` alone
    also has to stand at the edge of a word.
    """
    marker = state.src[state.pos]
    if silent or marker not in _MARKERS:
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    length = end - state.pos
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = not after.isspace(), not before.isspace()
    if marker == "_" and length == 1:
        can_open = can_open and not before.isalnum()
        can_close = can_close and not after.isalnum()
    if marker == "|":
        can_open = can_close = True
    step = 2 if marker in _PAIRED else 1
    if length % step:
        state.push("text", "", 0).content = marker
    for _ in range(length // step):
        state.push("text", "", 0).content = marker * step
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=0 if step > 1 else length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos = end
    return True


def spoilers(state: StateInline) -> None:
    """Make spoilers of the pairs of `||` that were found."""
    metas = [meta for meta in state.tokens_meta if meta and "delimiters" in meta]
    for found in (state.delimiters, *(meta["delimiters"] for meta in metas)):
        for opener in found:
            if opener.marker == ord("|") and opener.end != -1:
                for index, nesting in ((opener.token, 1), (found[opener.end].token, -1)):
                    token = state.tokens[index]
                    token.type = "spoiler_open" if nesting > 0 else "spoiler_close"
                    token.nesting = 1 if nesting > 0 else -1
                    token.content = ""


def underlines(state: StateInline) -> None:
    """Make `__` underlines: CommonMark takes them for bold."""
    for token in state.tokens:
        if token.markup == "__" and token.type in ("strong_open", "strong_close"):
            token.type, token.tag = token.type.replace("strong", "underline"), "u"


def masked_link(state: StateInline, silent: bool) -> bool:
    """Take `[text](address)`, where the address leads to the web and the text is no address."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    start, label_end = state.pos + 1, _closing_bracket(state, state.pos)
    if label_end is None or label_end >= state.posMax or state.src[label_end + 1] != "(":
        return False
    label = state.src[start:label_end]
    if not label.strip() or "://" in label:
        return False
    limit = min(state.posMax, label_end + 2 + _LONGEST_ADDRESS)
    target = state.md.helpers.parseLinkDestination(state.src, label_end + 2, limit)
    if not target.ok:
        return False
    url = state.md.normalizeLink(target.str)
    title = _LINK_TITLE.match(state.src, target.pos)
    end = title.end() if title else target.pos
    if not is_web(url) or not state.src.startswith(")", end) or end >= state.posMax:
        return False
    if not silent:
        opened = state.push("link_open", "a", 1)
        opened.attrs = {"href": url}
        outer, state.pos, state.posMax = state.posMax, start, label_end
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = outer
        state.push("link_close", "a", -1)
    state.pos = end + 1
    return True


def _closing_bracket(state: StateInline, opening: int) -> int | None:
    """Return where the bracket at a place is closed, if a `(` follows there.

    All brackets of the text are paired at once: to look for each one's counterpart by itself takes
    quadratic time.
    """
    known: tuple[str, dict[int, int]] | None = state.env.get("brackets")
    if known is None or known[0] is not state.src:
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for found in _BRACKET.finditer(state.src):
            if found[0] == "[":
                opened.append(found.start())
            elif found[0] == "]" and opened:
                pairs[opened.pop()] = found.start()
        followed = {
            start: end for start, end in pairs.items() if state.src.startswith("(", end + 1)
        }
        known = state.env["brackets"] = (state.src, followed)
    return known[1].get(opening)


def _push_address(state: StateInline, address: str) -> None:
    url = state.md.normalizeLink(address)
    opened = state.push("link_open", "a", 1)
    opened.attrs = {"href": url}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)


def bare_address(state: StateInline, silent: bool) -> bool:
    """Make a link of an address that stands in the text; seen at its colon."""
    if state.src[state.pos] != ":" or state.linkLevel or silent:
        return False
    scheme = _SCHEME.search(state.pending[-_LONGEST_SCHEME:])
    if scheme is None:
        return False
    start = state.pos - len(scheme[0])
    found = _ADDRESS.match(state.src, start, state.posMax)
    if found is None or len(found[0]) > _LONGEST_ADDRESS:
        return False
    address = _without_trailing(found[0])
    if not is_web(address) or not is_web(state.md.normalizeLink(address)):
        return False
    state.pending = state.pending[: -len(scheme[0])]
    _push_address(state, address)
    state.pos = start + len(address)
    return True


def _without_trailing(address: str) -> str:
    """Drop punctuation after an address, and brackets that are closed but not opened in it."""
    end = len(address)
    too_many = address.count(")") - address.count("(")
    while address[end - 1] in _TRAILING or (address[end - 1] == ")" and too_many > 0):
        end -= 1
        too_many -= address[end] == ")"
    return address[:end]


def in_angles(state: StateInline, silent: bool) -> bool:
    """Take what Discord writes in angle brackets: emoji, times, addresses, mentions."""
    if state.src[state.pos] != "<":
        return False
    return (
        _emoji(state, silent)
        or _timestamp(state, silent)
        or (
            state.env["mentions"] and (_address_in_angles(state, silent) or _mention(state, silent))
        )
    )


def _address_in_angles(state: StateInline, silent: bool) -> bool:
    found = _IN_ANGLES.match(state.src, state.pos, state.posMax)
    if found is None or state.linkLevel or not is_web(state.md.normalizeLink(found[1])):
        return False
    if not silent:
        _push_address(state, found[1])
    state.pos = found.end()
    return True


def _emoji(state: StateInline, silent: bool) -> bool:
    found = _EMOJI.match(state.src, state.pos, state.posMax)
    return found is not None and _push(state, silent, found, "emoji", f":{found[1]}:")


def _timestamp(state: StateInline, silent: bool) -> bool:
    found = _TIMESTAMP.match(state.src, state.pos, state.posMax)
    moment = _moment(int(found[1])) if found else None
    if found is None or moment is None:
        return False
    return _push(state, silent, found, "timestamp", found[0], at=moment, style=found[2] or "f")


def _moment(seconds: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _mention(state: StateInline, silent: bool) -> bool:
    for kind, pattern in _MENTIONS.items():
        if found := pattern.match(state.src, state.pos, state.posMax):
            return _push(state, silent, found, "mention", found[0], kind=kind, id=int(found[1]))
    found = _COMMAND.match(state.src, state.pos, state.posMax)
    return found is not None and _push(
        state, silent, found, "mention", f"/{found[1]}", kind="command", name=found[1]
    )


def everyone(state: StateInline, silent: bool) -> bool:
    """Take `@everyone` and `@here` where the message notifies them."""
    found = _EVERYONE.match(state.src, state.pos, state.posMax)
    if found is None or not state.env["mentions_everyone"]:
        return False
    return _push(state, silent, found, "mention", found[0], kind="everyone")


def _push(
    state: StateInline,
    silent: bool,
    found: re.Match[str],
    token_type: str,
    content: str,
    /,
    **meta: object,
) -> bool:
    """Push a token for what was found, and go on behind it."""
    if not silent:
        token = state.push(token_type, "", 0)
        token.content, token.meta = content, meta
    state.pos = found.end()
    return True


def code_block(state: StateInline, silent: bool) -> bool:
    """Put a code block back where it was taken out."""
    if state.src[state.pos] != CODE_BLOCK:
        return False
    end = state.src.index(CODE_BLOCK_END, state.pos)
    if not silent:
        code = state.env["code"][int(state.src[state.pos + 1 : end])]
        token = state.push("code_block", "pre", 0)
        token.content, token.info = code.content, code.language
    state.pos = end + 1
    return True


def escape(state: StateInline, silent: bool) -> bool:
    """Take a character after a backslash as it is, unless it is a letter, a digit or a blank."""
    if state.src[state.pos] != "\\" or state.pos + 1 >= state.posMax:
        return False
    taken = state.src[state.pos + 1]
    if (taken.isascii() and taken.isalnum()) or taken.isspace() or taken == CODE_BLOCK:
        return False
    if not silent:
        state.pending += taken
    state.pos += 2
    return True
