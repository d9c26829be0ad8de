"""Texts of papers as HTML and XML. They are untrusted: no markup of theirs has an effect. Pure.

Titles and names are escaped. Bodies are Markdown: of it only what formats text is rendered, and
links to public addresses. HTML and headings in it are shown as they are written, and a picture
becomes a link.
"""

import html
import re
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from storage.addresses import address_fault

_LONGEST_RENDERED: Final = 16_384
"""Characters of a body that is rendered; a longer one is shown as it is written. The longest real
one has 4,000, and nested markup takes more time than text."""
_INVISIBLE: Final = re.compile(
    # What XML forbids, and the marks that change the direction in which a text is read.
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+"
)
_NO_MARKUP: Final = ("heading", "lheading", "image", "html_block", "html_inline", "reference")


class _SafeMarkdown(MarkdownIt):
    """CommonMark without what could change a page."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable([*_NO_MARKUP])

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name in markdown-it-py
        """Return whether a link may be made, which leads to a public address of the web."""
        return address_fault(url) is None


@cache
def _markdown() -> MarkdownIt:
    return _SafeMarkdown()


def clean(text: str) -> str:
    """Return a text without characters that can't be seen or change the direction of others."""
    return _INVISIBLE.sub("", text)


def escape(text: str) -> str:
    """Return a text for an element or a quoted attribute of HTML or XML."""
    return html.escape(clean(text))


def render_body(body: str) -> str:
    """Return the Markdown of a section or an abstract as HTML."""
    text = clean(body)
    if len(text) > _LONGEST_RENDERED:
        return render_plain(text)
    markdown = _markdown()
    tokens = markdown.parse(text)
    for token in tokens:
        for child in token.children or ():
            _mark_link(child)
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _mark_link(token: Token) -> None:
    if token.type == "link_open":
        # Search engines don't count links that others have put into a text.
        token.attrSet("rel", "nofollow noopener")


def render_plain(text: str) -> str:
    """Return a plain text as paragraphs of HTML."""
    return f'<p class="plain">{escape(text)}</p>\n'
