"""Discord's Markdown as safe HTML.

Nothing of the text becomes HTML by itself: markdown-it parses with HTML off, and each tag and
attribute below is written by this module. Addresses lead to http and https only.
Source of the dialect: https://support.discord.com/hc/en-us/articles/210298617 and Discord's client.
"""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from bot.sandbox.page import blocks, inlines

_CODE = re.compile(r"(?<!\\)```(?:([\w+\-.#]+)\n)?(.+?)```", re.DOTALL)
_TAKEN_OUT = re.compile(f"{inlines.CODE_BLOCK}([0-9]+){inlines.CODE_BLOCK_END}")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|pre|small)>|<br ?/?>")
_MENTION = re.compile(r"<(?P<kind>@[!&]?|#)(?P<id>[0-9]{1,20})>")
_UNUSED = str.maketrans({inlines.CODE_BLOCK: "\ufffd", inlines.CODE_BLOCK_END: "\ufffd"})


class Names(Protocol):
    """Knows what things are called, by their ids."""

    def user(self, user_id: int) -> str:
        """Return the name of a user."""

    def role(self, role_id: int) -> str:
        """Return the name of a role."""

    def channel(self, channel_id: int) -> str:
        """Return the name of a channel."""


class Markdown:
    """Renders texts for a page."""

    def __init__(self) -> None:
        self._whole = _parser()
        self._line = _parser().disable(
            ["heading", "subtext", "blockquote", "list", "link", "linkify"]
        )

    def html(self, text: str, names: Names, *, calls_everyone: bool = False) -> str:
        """Return the HTML of a message's content or an embed's description or field."""
        return _render(self._whole, text, names, calls_everyone=calls_everyone)

    def plain(self, text: str, names: Names) -> str:
        """Return a text without its markup, in one line.

        >>> Markdown().plain("**Bold** and [a link](https://example.org)", None)
        'Bold and a link'
        """
        html = _BLOCK_END.sub(" ", self.html(text, names))
        return " ".join(unescape(_TAG.sub("", html)).split())

    def mentions_named(self, text: str, names: Names) -> str:
        """Return a text with names in place of mentions, and all other markup as it stands."""
        said = {"@": names.user, "@!": names.user, "@&": names.role, "#": names.channel}
        return _MENTION.sub(
            lambda found: f"{found['kind'][0]}{said[found['kind']](int(found['id']))}", text
        )

    def line(self, text: str) -> str:
        """Return the HTML of a title: nothing is mentioned or linked, and no block begins."""
        return _render(self._line, text, None)


def _render(
    parser: MarkdownIt, text: str, names: Names | None, *, calls_everyone: bool = False
) -> str:
    code: list[inlines.Code] = []

    def take_out(found: re.Match[str]) -> str:
        content = found[2].strip("\n")
        if not content.strip():
            return found[0]
        code.append(inlines.Code(found[0], found[1] or "", content))
        return f"{inlines.CODE_BLOCK}{len(code) - 1}{inlines.CODE_BLOCK_END}"

    env: EnvType = {
        "code": code,
        "names": names,
        "mentions": names is not None,
        "calls_everyone": calls_everyone,
    }
    return str(parser.render(_CODE.sub(take_out, text.translate(_UNUSED)), env)).strip()


class _Renderer(RendererHTML):
    """Writes the tokens that markdown-it does not know, and those that Discord shows otherwise."""

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Write a link that shows where it leads, and tells nobody where it was followed."""
        href = str(tokens[idx].attrGet("href"))
        tokens[idx].attrs = {
            "href": href,
            "title": href,
            "target": "_blank",
            "rel": "noopener noreferrer nofollow",
        }
        return self.renderToken(tokens, idx, options, env)

    def strong_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Write bold, or what is underlined where the marks are `__`."""
        if tokens[idx].markup == "__":
            tokens[idx].tag = "u"
        return self.renderToken(tokens, idx, options, env)

    strong_close = strong_open

    def spoiler_open(self, *_: object) -> str:
        """Write the beginning of a spoiler: covered, and a button until it is uncovered."""
        return (
            '<span class="spoiler" role="button" tabindex="0" aria-expanded="false">'
            '<span class="covered">'
        )

    def spoiler_close(self, *_: object) -> str:
        """Write the end of a spoiler."""
        return "</span></span>"

    def named(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """Write a mention, a time or an emoji."""
        token = tokens[idx]
        return f"<{token.tag}{self.renderAttrs(token)}>{escapeHtml(token.content)}</{token.tag}>"

    def code_inline(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Write code within a line, with what looked like a code block in it as it was written."""
        token = tokens[idx]
        token.content = _TAKEN_OUT.sub(
            lambda found: env["code"][int(found[1])].source, token.content
        )
        return super().code_inline(tokens, idx, options, env)

    def discord_code(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """Write a code block."""
        token = tokens[idx]
        language = f' data-language="{escapeHtml(token.info)}"' if token.info else ""
        return f'<pre tabindex="0"{language}><code>{escapeHtml(token.content)}</code></pre>'

    def subtext_open(self, *_: object) -> str:
        """Write the beginning of small print."""
        return '<small class="subtext">'

    def softbreak(self, *_: Any) -> str:  # noqa: ANN401  signature of the base class
        """Write a line break."""
        return "<br>"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False}, renderer_cls=_Renderer)
    block, inline = parser.block.ruler, parser.inline.ruler
    ends_others: RuleOptionsType = {"alt": ["paragraph", "list"]}
    block.at("heading", blocks.heading, ends_others)
    block.at("blockquote", blocks.quote, ends_others)
    block.before("heading", "subtext", blocks.subtext, ends_others)
    block.at("paragraph", blocks.paragraph)
    block.enable(["heading", "blockquote", "list"])
    inline.at("text", inlines.text)
    inline.at("linkify", inlines.bare_address)
    inline.at("escape", inlines.escape)
    inline.at("strikethrough", inlines.delimiters)
    inline.at("link", inlines.masked_link)
    inline.after("link", "in_angles", inlines.in_angles)
    inline.after("link", "crowd", inlines.crowd)
    inline.after("link", "code_block", inlines.code_block)
    inline.enable(["linkify", "newline", "escape", "backticks", "strikethrough", "link"])
    pairs = parser.inline.ruler2
    pairs.before("fragments_join", "spoilers", inlines.spoilers)
    pairs.enable(["strikethrough", "emphasis"])
    parser.core.ruler.push("breaks_at_code", _drop_breaks_at_code)
    return parser


def _drop_breaks_at_code(state: StateCore) -> None:
    """Drop one line break on each side of a code block, which begins and ends lines by itself."""
    for token in state.tokens:
        children = token.children
        if not children or all(child.type != "discord_code" for child in children):
            continue
        kept: list[Token] = []
        for child in children:
            if child.type == "softbreak" and kept and kept[-1].type == "discord_code":
                continue
            if child.type == "discord_code" and kept and kept[-1].type == "softbreak":
                kept.pop()
            kept.append(child)
        token.children = kept
