"""Escaping, checked with the parser of Discord's Markdown, which shares no code with `bot.ui`."""

from html.parser import HTMLParser

import pytest
from examples import scaled
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.discord_markdown.html import title_to_html, to_html
from bot.ui import limits
from bot.ui.markdown import (
    clean,
    escape,
    first_line,
    is_invisible,
    sanitize,
    split_sentences,
    title_of,
    without_blocks,
)
from storage.records import Paper

WORD_JOINER = "\u2060"
MARKUP = (
    *"\\`*_~|[]()<>#@:-+/. \n\t",
    *("\u3000", "\u2060", "\u200d", "\ue000", "\ue001", "a", "가", "1", "10."),
    *("<t:0:R>", "<@1>", "<@&1>", "<#1>", "</paper:1>", "<a:ab:1>", "<:ab:1>", "<https://e.org>"),
    *("@everyone", "@here", "https://e.org/", "[a](https://e.org)", "||", "```", "``", "**"),
    *("\n# ", "\n- # ", "\n-# ", "\n> ", "\n>>> ", "- ", "* ", "1. ", "1) ", "\\\\", "  - "),
)
many_examples = settings(suppress_health_check=list(HealthCheck), max_examples=scaled(200))
texts = st.text() | st.lists(st.sampled_from(MARKUP) | st.text(max_size=3)).map("".join)
HARMLESS_TAGS = {"div", "br", "strong", "em", "u", "s", "code", "pre", "ul", "ol", "li", "a"}


class Names:
    def user(self, user_id: int) -> str:
        return f"user {user_id}"

    def role(self, role_id: int) -> str:
        return f"role {role_id}"

    def channel(self, channel_id: int) -> str:
        return f"channel {channel_id}"


class RenderedText(HTMLParser):
    """Rendered HTML: its tags, its text, and the text of each link."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.links: list[str] = []
        self._in_link = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.append(tag)
        if tag == "a":
            self.links.append("")
            self._in_link = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._in_link = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_link:
            self.links[-1] += data


def render(text: str) -> RenderedText:
    return RenderedText(to_html(text, Names(), mentions_everyone=True))


def letters(text: str) -> str:
    return "".join(text.replace(WORD_JOINER, "").split())


@many_examples
@given(texts)
@example("\\<t:0:R> \\<@1> \\</paper:1>")
@example("- # heading")
@example("1. a")
@example("https://example.org")
@example("\\")
def test_an_escaped_text_is_rendered_unchanged_and_without_markup(text: str) -> None:
    for page in (render(escape(text)), RenderedText(title_to_html(escape(text)))):
        assert set(page.tags) <= {"div"}
        line = " ".join(clean(text).split())
        assert page.text.replace(WORD_JOINER, "") == line.replace(WORD_JOINER, "")


@many_examples
@given(texts)
def test_an_escaped_text_has_no_markup_within_a_link(text: str) -> None:
    page = render(f"1\\. [x{escape(text)}x](https://example.org)")
    assert page.tags == ["div", "a"]
    assert letters(page.links[0]) == letters(f"x{clean(text)}x")


@many_examples
@given(texts)
@example("\\<t:0:R> \\<@1> \\</paper:1>")
@example("https://example.org\\<t:0:R>")
@example("- # heading")
@example("- 1. > - # heading")
@example("#\u3000heading")
@example("[a\\](https://example.org)")
@example("\\|||hidden||")
def test_a_sanitized_body_has_only_harmless_markup(text: str) -> None:
    page = render(sanitize(text))
    assert set(page.tags) <= HARMLESS_TAGS
    assert all(link.lower().startswith(("http://", "https://")) for link in page.links)
    assert "@everyone" not in page.text
    assert "@here" not in page.text


@many_examples
@given(texts, st.integers(10, 40))
@example("word # word", 6)
def test_the_pieces_of_a_body_have_only_harmless_markup(text: str, room: int) -> None:
    for piece in limits.pieces(sanitize(text), room):
        assert set(render(without_blocks(piece)).tags) <= HARMLESS_TAGS


@many_examples
@given(texts)
def test_an_escaped_first_line_has_no_markup(text: str) -> None:
    line, _ = first_line(text, 512)
    page = render(limits.shorten(escape(line), 240))
    assert set(page.tags) <= {"div"}


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("S*: a `cat` in $x_1$ <b>", "S\\*: a \\`cat\\` in $x\\_1$ \\<b\\>"),
        ("@everyone", "@\u2060everyone"),
        ("a\u202eb\x1b[2J", "ab\\[2J"),
        ("two\n lines", "two lines"),
        ("- item", "\\- item"),
        ("-# small", "\\-\\# small"),
        ("2. item", "2\\. item"),
        ("2.5 times", "2.5 times"),
        ("https://example.org/a", "https:\\//example.org/a"),
    ],
)
def test_escape_escapes_all_markup(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "sanitized"),
    [
        ("- **bold** and `code`", "- **bold** and `code`"),
        ("* a\n* b", "- a\n- b"),
        ("a\n\u3000\n \n\nb", "a\n\nb"),
        ("# not a heading", "\u2060# not a heading"),
        ("- # not a heading", "- \u2060# not a heading"),
        ("\u3000- 1. -# not small", "- 1. \u2060-# not small"),
        ("> not a quote", "\u2060> not a quote"),
        ("||spoiler||", "|\u2060|spoiler|\u2060|"),
        ("<@123> <#4> <t:1:R> </x:1>", "<\u2060@123> <\u2060#4> <\u2060t:1:R> <\u2060/x:1>"),
        ("\\<@123> \\\\<t:1:R>", "\\<\u2060@123> \\\\<\u2060t:1:R>"),
        ("[here](https://example.org)", "[here]\u2060(https://example.org)"),
        ("@here", "@\u2060here"),
        ("3 < 4 and a > b", "3 < 4 and a > b"),
        ("<think> `Vec<T>` </think> #1 >50%", "<think> `Vec<T>` </think> #1 >50%"),
    ],
)
def test_sanitize_keeps_lists_emphasis_and_code(text: str, sanitized: str) -> None:
    assert sanitize(text) == sanitized


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- **Bold**, *slanted* and `x*y*z`. More.", "Bold, slanted and x\\*y\\*z."),
        ("\n\n  1. # First! Second!", "First!"),
        ("See e.g. Fig. 3 of Lee et al. (2024). Next.", "See e.g. Fig. 3 of Lee et al. (2024)."),
        ("첫 문장입니다. 둘째입니다.", "첫 문장입니다."),
        ("**open and 2 * 3", "\\*\\*open and 2 \\* 3"),
        ("`` a`b `` and ~~gone~~ __under__", "a\\`b and gone under"),
    ],
)
def test_the_first_line_is_without_emphasis_and_list_marks(text: str, sentence: str) -> None:
    line, is_whole = first_line(text, 512)
    assert is_whole
    assert escape(next(split_sentences(line))) == sentence


BLANK_TITLES = (
    "\u00a0",
    "\u202e",
    "\u3000",
    "\x1b\x07",
    "\u0301\u0302",
    "\u200b\u2060\ufe0f",
    "\u3164",
)


@pytest.mark.parametrize("title", BLANK_TITLES)
def test_an_invisible_title_is_replaced_by_the_arxiv_id(title: str) -> None:
    assert is_invisible(title)
    assert title_of(Paper("2502.14499", title)) == "2502.14499"
    assert title_of(Paper("2502.14499", f"{title}A{title}")) != "2502.14499"


def test_a_title_without_a_visible_beginning_is_replaced_by_the_arxiv_id() -> None:
    assert title_of(Paper("2502.14499", "\u0301" * 500 + "A")) == "2502.14499"
