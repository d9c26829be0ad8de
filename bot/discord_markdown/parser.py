"""Parses Discord's Markdown to tokens of markdown-it.

Source of the dialect: https://support.discord.com/hc/en-us/articles/210298617 and Discord's client.

Types of tokens that CommonMark does not have: `subtext_open`, `underline_open` and `spoiler_open`
with their `_close`, `mention` (`meta`: `kind`, and `id` of a user, role or channel, or `name` of a
command), `timestamp` (`meta`: `at`, `style`), and `emoji`. A code block is a `code_block` within
the tokens of a line, with its language in `info`.
"""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bot.discord_markdown import blocks, inlines

_CODE = re.compile(r"(?<!\\)```(?:([A-Za-z0-9_+\-.#]+)\n)?(.+?)```", re.DOTALL)
_RESERVED = str.maketrans({inlines.CODE_BLOCK: "\ufffd", inlines.CODE_BLOCK_END: "\ufffd"})
_MAX_NESTING = 100
"""Lists and links end far below it: markdown-it drops what is nested deeper."""


def parse(text: str, *, mentions: bool = True, mentions_everyone: bool = False) -> list[Token]:
    """Parse the content of a message, or the description or a field of an embed.

    Args:
        text: Anything.
        mentions: Whether mentions and addresses in angle brackets are rendered.
        mentions_everyone: Whether `@everyone` and `@here` are mentions: only where the message
            notifies everyone.
    """
    return _parse(
        _parser(), text, {"mentions": mentions, "mentions_everyone": mentions and mentions_everyone}
    )


def parse_title(text: str) -> list[Token]:
    """Parse the title of an embed or the name of a field: without mentions, links and blocks."""
    return _parse(_title_parser(), text, {"mentions": False, "mentions_everyone": False})


def walk(tokens: list[Token]) -> Iterator[Token]:
    """Yield all tokens in order, those within lines in place of the `inline` token of a line."""
    for token in tokens:
        if token.type == "inline":
            yield from token.children or ()
        else:
            yield token


def _parse(parser: MarkdownIt, text: str, env: dict[str, object]) -> list[Token]:
    code: list[inlines.Code] = []

    def take_out(found: re.Match[str]) -> str:
        content = found[2].strip("\n")
        if not content.strip():
            return found[0]
        code.append(inlines.Code(found[0], found[1] or "", content))
        return f"{inlines.CODE_BLOCK}{len(code) - 1}{inlines.CODE_BLOCK_END}"

    source = _CODE.sub(take_out, text.translate(_RESERVED))
    return parser.parse(source, env | {"code": code})


@cache
def _parser() -> MarkdownIt:
    return _new_parser()


@cache
def _title_parser() -> MarkdownIt:
    return _new_parser().disable(["heading", "subtext", "blockquote", "list", "link", "linkify"])


def _new_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "maxNesting": _MAX_NESTING})
    block, inline = parser.block.ruler, parser.inline.ruler
    ends_others: RuleOptionsType = {"alt": ["paragraph", "list"]}
    block.at("heading", blocks.heading, ends_others)
    block.at("blockquote", blocks.quote, ends_others)
    block.before("heading", "subtext", blocks.subtext, ends_others)
    block.at("list", blocks.shallow_list, {"alt": ["paragraph"]})
    block.at("paragraph", blocks.paragraph)
    block.enable(["heading", "blockquote", "list"])
    inline.at("text", inlines.text)
    inline.at("linkify", inlines.bare_address)
    inline.at("escape", inlines.escape)
    inline.at("strikethrough", inlines.delimiters)
    inline.at("link", inlines.masked_link)
    inline.after("link", "in_angles", inlines.in_angles)
    inline.after("link", "everyone", inlines.everyone)
    inline.after("link", "code_block", inlines.code_block)
    inline.enable(["linkify", "newline", "escape", "backticks", "strikethrough", "link"])
    pairs = parser.inline.ruler2
    pairs.before("fragments_join", "spoilers", inlines.spoilers)
    pairs.enable(["strikethrough", "emphasis"])
    pairs.after("emphasis", "underlines", inlines.underlines)
    parser.core.ruler.push("code", _restore_code)
    return parser


def _restore_code(state: StateCore) -> None:
    """Put what looked like code blocks back into inline code, and drop breaks at code blocks.

    A code block begins and ends lines by itself, so one line break on each side of it is not shown.
    """
    for token in state.tokens:
        if not token.children:
            continue
        kept: list[Token] = []
        for child in token.children:
            if child.type == "code_inline":
                child.content = inlines.with_code(child.content, state.env["code"])
            if child.type == "softbreak" and kept and kept[-1].type == "code_block":
                continue
            if child.type == "code_block" and kept and kept[-1].type == "softbreak":
                kept.pop()
            kept.append(child)
        token.children = kept
