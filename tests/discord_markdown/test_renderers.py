"""What a page, a terminal and a notification show of the same text, and that nothing is lost."""

import io
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from counted_calls import count_calls
from examples import is_thorough
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.discord_markdown.html import title_to_html, to_html
from bot.discord_markdown.plain import Stamp, to_line, with_names
from bot.discord_markdown.terminal import TerminalMarkdown, title_text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Names:
    def user(self, user_id: int) -> str:
        return f"user {user_id}"

    def role(self, role_id: int) -> str:
        return f"role {role_id}"

    def channel(self, channel_id: int) -> str:
        return f"channel {channel_id}"


class PageText(HTMLParser):
    """The text that a browser shows of HTML: list markers aside, a line for each block."""

    BLOCKS = ("div", "li", "pre", "blockquote", "h4", "h5", "h6", "small", "ul", "ol", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.text += "\n" if tag in self.BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, None)

    def handle_data(self, data: str) -> None:
        self.text += data


def page(text: str) -> str:
    return PageText(to_html(text, Names(), mentions_everyone=True)).text


def line(text: str) -> str:
    """Return the line of a text, with its times in UTC."""
    return "".join(
        part if isinstance(part, str) else f"{part.at:%Y-%m-%d %H:%M} UTC"
        for part in to_line(text, Names())
    )


def terminal(text: str, *, width: int = 60) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(TerminalMarkdown(text, Names()))
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip(" ") for line in console.file.getvalue().splitlines())


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    ("text", "in_a_terminal", "in_a_line"),
    [
        ("**b** *i* __u__ ~~s~~ `c`", "b i u s c", "b i u s c"),
        ("***a** b*", "a b", "a b"),
        ("**용어(term)**은", "용어(term)은", "용어(term)은"),
        ("||the end||", "||the end||", "the end"),
        ("# One\n## Two\n-# three", "One\nTwo\nthree", "One Two three"),
        ("a\nb\n\nc", "a\nb\n\nc", "a b c"),
        ("> a\n> b\nc", "▌ a\n▌ b\nc", "a b c"),
        (">>> a\n- b", "▌ a\n▌ • b", "a b"),
        ("- a\n  - b\n    c\n- d", "• a\n  • b\n    c\n• d", "a b c d"),
        ("8. a\n9. b\n10. c", "8. a\n9. b\n10. c", "a b c"),
        ("- - a", "• • a", "a"),
        ("- > a", "• > a", "> a"),
        ("x ```py\nif a:\n    b\n```y", "x\nif a:\n    b\ny", "x if a: b y"),
        ("[a](https://e.org/x)", "a (https://e.org/x)", "a"),
        ("<https://e.org/x>", "https://e.org/x", "https://e.org/x"),
        ("<@1> <@!2> <@&3> <#4>", "@user 1 @user 2 @role 3 #channel 4", None),
        ("</top week:5> <:smile:6>", "/top week :smile:", None),
        ("<t:1740175200:F>", "2025-02-21 22:00 UTC", None),
        ("<b>&amp;</b> [red]x[/red]", "<b>&amp;</b> [red]x[/red]", None),
        (r"\*a\* \\ \<@1>", r"*a* \ <@1>", None),
        ("a **b", "a **b", None),
        ("| a |\n|---|", "| a |\n|---|", "| a | |---|"),
    ],
)
def test_a_text_is_the_same_on_a_page_in_a_terminal_and_in_a_line(
    text: str, in_a_terminal: str, in_a_line: str | None
) -> None:
    in_a_line = in_a_terminal if in_a_line is None else in_a_line
    assert terminal(text) == in_a_terminal
    assert line(text) == in_a_line
    assert words(page(text)) == words(in_a_line)


def test_mentions_are_shown_as_they_are_written_where_nobody_knows_their_names() -> None:
    console = Console(file=io.StringIO(), width=60)
    console.print(TerminalMarkdown("**x** <@1> </top:2>"))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == "x <@1> </top:2>\n"


def test_titles_have_only_the_markup_of_a_line() -> None:
    text = "# **x** <@1> [a](https://e.org) ||y||"
    assert title_text(text).plain == "# x <@1> [a](https://e.org) ||y||"
    assert PageText(title_to_html(text)).text.strip() == "# x <@1> [a](https://e.org) y"


def test_a_line_has_times_apart_from_its_words() -> None:
    parts = to_line(" a  **<t:0:R>**\n<t:60:F> ", Names())
    assert parts == ["a ", Stamp(EPOCH, "R"), " ", Stamp(EPOCH + timedelta(minutes=1), "F")]
    assert to_line(" \n", Names()) == []


def test_notifications_have_names_and_all_other_markup_as_it_is() -> None:
    assert with_names("**x** <@1> <@&2> <#3> <t:4:R>", Names()) == (
        "**x** @user 1 @role 2 #channel 3 <t:4:R>"
    )


def test_lines_are_wrapped_beside_what_stands_before_them() -> None:
    shown = terminal("- one two three four five six\n> seven eight nine ten eleven", width=24)
    assert shown.splitlines() == [
        "• one two three four",
        "  five six",
        "▌ seven eight nine ten",
        "▌ eleven",
    ]


SYLLABLES = "".join(map(chr, range(0xAC00, 0xAC00 + 60)))
MARKUP = [
    *("*", "**", "_", "__", "~~", "||", "`", "``", "```", "```py\n", "\\", "\n", "\n\n", " "),
    *("    ", "> ", ">>> ", "- ", "* ", "1. ", "999999999. ", "# ", "### ", "-# ", "[", "](", ")"),
    *("(https://e.org)", "<https://e.org>", "https://e.org/", "<t:1:R>", "<t:99999999999999:R>"),
    *("<@1>", "<#2>", "</a b:3>", "<:ab:4>", "@everyone", "<b>", "&lt;", "<!--", "]]>"),
    *("\t", "\x00"),
]
SYLLABLE = object()
"""Stands for the next syllable: each is in a text once."""


def filled(parts: list[object]) -> str:
    syllables = iter(SYLLABLES)
    return "".join(next(syllables) if part is SYLLABLE else str(part) for part in parts)


HOSTILE = st.lists(st.sampled_from([*MARKUP, *[SYLLABLE] * len(MARKUP)]), max_size=60).map(filled)


def syllables(text: str) -> str:
    return "".join(re.findall("[가-\uac3b]", text))


@given(HOSTILE)
def test_nothing_is_lost_and_all_show_the_same_whatever_the_markup(text: str) -> None:
    expected = syllables(text)
    # An address that hides behind a text has its letters in its `href`.
    assert sorted(set(syllables(unquote(to_html(text, Names()))))) == sorted(expected)
    shown = syllables(page(text))
    assert syllables(line(text)) == shown
    if "](" not in text:
        assert shown == expected
        assert syllables(terminal(text)) == expected
    assert set(syllables(unquote(terminal(text, width=12)))) == set(expected)


ENOUGH_LEVELS = 150
"""Of lines, each further in than the last: deeper than anything is parsed."""


@pytest.mark.parametrize("depth", [5, 50, 500])
@pytest.mark.parametrize(
    "opening", ["- ", "> ", "1. ", "**", "*", "_", "||", "~~", "[", "`", "- > "]
)
def test_deep_nesting_loses_nothing(opening: str, depth: int) -> None:
    text = opening * depth + "가" + opening[::-1] * depth
    levels = range(depth if is_thorough() else min(depth, ENOUGH_LEVELS))
    nested = "\n".join(f"{'  ' * level}{opening}{SYLLABLES[level % 60]}" for level in levels)
    for shown in (page, line, terminal):
        assert "가" in shown(text)
        assert syllables(shown(nested)) == syllables(nested)


UNITS = [
    *("[", "[]", "[](", "[a](", "[[a](http://e.org)]", '[a](http://e.org "', "`", "`` ` ", "```a"),
    *("```\n", "```a```", "*a ", "**a*", "_a", "~~~", "~~a", "||", "||a|", "<", "<http://"),
    *("<t:1:R>", "***__~~||", "가 ", "<b>&", "a"),
    *("<@1>", "</a b", "http://[", "https://a.b/(", "> ", "> a\n", ">>> ", "- a\n", "- ", "1. a\n"),
    *("# a\n", "-# a\n", "\n", "\\", "@everyone "),
]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_in_step_with_the_length(unit: str) -> None:
    size = 500 if is_thorough() else 250
    short, long = ((unit * (length // len(unit) + 1))[:length] for length in (size, 4 * size))
    for show in (page, line, terminal):
        show(short)  # fills caches
        assert count_calls(show, long) < 5 * count_calls(show, short) + 1_000


@pytest.mark.parametrize("unit", ["[a](http://e.org/[", "**a*", "- a\n  ", "http://[", "||_`"])
def test_texts_of_many_kilobytes_are_rendered(unit: str) -> None:
    text = unit * ((100_000 if is_thorough() else 10_000) // len(unit)) + "가"
    for show in (page, line, terminal):
        assert "가" in show(text)
