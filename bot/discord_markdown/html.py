"""Discord's Markdown as safe HTML.

Each tag and attribute is written here, and all of a text is escaped. Links lead to http and https
only, as `parser` makes no others.
"""

from collections.abc import Callable
from html import escape

from markdown_it.token import Token

from bot.discord_markdown.names import Names, mention_text
from bot.discord_markdown.parser import parse, parse_title, walk

_HEADINGS = {"h1": "h4", "h2": "h5", "h3": "h6"}
"""The page around the text has headings of its own: these begin below them."""
_SPOILER = (
    '<span class="spoiler" role="button" tabindex="0" aria-expanded="false"><span class="covered">'
)
_TAGS = {
    "paragraph_open": "<div>",
    "paragraph_close": "</div>",
    "blockquote_open": "<blockquote>",
    "blockquote_close": "</blockquote>",
    "bullet_list_open": "<ul>",
    "bullet_list_close": "</ul>",
    "ordered_list_close": "</ol>",
    "list_item_open": "<li>",
    "list_item_close": "</li>",
    "subtext_open": '<small class="subtext">',
    "subtext_close": "</small>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "underline_open": "<u>",
    "underline_close": "</u>",
    "s_open": "<s>",
    "s_close": "</s>",
    "spoiler_open": _SPOILER,
    "spoiler_close": "</span></span>",
    "link_close": "</a>",
    "softbreak": "<br>",
    "hardbreak": "<br>",
}


def to_html(text: str, names: Names, *, mentions_everyone: bool = False) -> str:
    """Return the HTML of a message's content, or of the description or a field of an embed.

    Args:
        text: Anything.
        names: Of what the text mentions.
        mentions_everyone: As `parser.parse` has it.
    """
    return _render(parse(text, mentions_everyone=mentions_everyone), names)


def title_to_html(text: str) -> str:
    """Return the HTML of a title: nothing is mentioned or linked, and it has no blocks.

    >>> title_to_html("**New** # <@1>")
    '<div><strong>New</strong> # &lt;@1&gt;</div>'
    """
    return _render(parse_title(text), None)


def _render(tokens: list[Token], names: Names | None) -> str:
    return "".join(_html(token, names) for token in walk(tokens) if not token.hidden)


def _html(token: Token, names: Names | None) -> str:
    if token.type == "mention":
        shown = _escape(mention_text(token, names))
        return f"<span{_mention_attributes(token)}>{shown}</span>"
    tag = _TAGS.get(token.type)
    return _WRITERS[token.type](token) if tag is None else tag


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _ordered_list(token: Token) -> str:
    start = token.attrGet("start")
    return "<ol>" if start is None else f'<ol start="{int(start)}">'


def _link(token: Token) -> str:
    """Return a link that shows where it leads, and tells nobody where it was followed."""
    href = escape(str(token.attrGet("href")))
    rel = "noopener noreferrer nofollow"
    return f'<a href="{href}" title="{href}" target="_blank" rel="{rel}">'


def _code_block(token: Token) -> str:
    language = f' data-language="{escape(token.info)}"' if token.info else ""
    return f'<pre tabindex="0"{language}><code>{_escape(token.content)}</code></pre>'


def _timestamp(token: Token) -> str:
    at, style = token.meta["at"], token.meta["style"]
    shown = f"{at:%Y-%m-%d %H:%M} UTC"
    return f'<time datetime="{at.isoformat()}" data-style="{style}">{shown}</time>'


_WRITERS: dict[str, Callable[[Token], str]] = {
    "text": lambda token: _escape(token.content),
    "heading_open": lambda token: f"<{_HEADINGS[token.tag]}>",
    "heading_close": lambda token: f"</{_HEADINGS[token.tag]}>",
    "ordered_list_open": _ordered_list,
    "link_open": _link,
    "code_inline": lambda token: f"<code>{_escape(token.content)}</code>",
    "code_block": _code_block,
    "emoji": lambda token: f'<span class="emoji">{_escape(token.content)}</span>',
    "timestamp": _timestamp,
}


def _mention_attributes(token: Token) -> str:
    """Return the attributes of a mention: channels and commands can be clicked."""
    meta = token.meta
    attributes = ' class="mention"'
    if meta["kind"] == "channel":
        attributes += f' data-channel="{meta["id"]}" role="link" tabindex="0"'
    elif meta["kind"] == "command":
        attributes += f' data-command="{escape(meta["name"])}" role="button" tabindex="0"'
    return attributes
