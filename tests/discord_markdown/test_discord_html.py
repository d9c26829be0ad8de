"""Discord's Markdown as HTML: its tags and attributes, and that no text produces others."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_markdown.html import title_to_html, to_html

LINK = 'title="{0}" target="_blank" rel="noopener noreferrer nofollow"'


class Names:
    def user(self, user_id: int) -> str:
        return f"user {user_id} <b>"

    def role(self, role_id: int) -> str:
        return f"role {role_id}"

    def channel(self, channel_id: int) -> str:
        return f"channel-{channel_id}"


def html(text: str, **options: bool) -> str:
    return to_html(text, Names(), **options).replace("\n", "")


def link(url: str, text: str) -> str:
    return f'<a href="{url}" {LINK.format(url)}>{text}</a>'


def spoiler(inner: str) -> str:
    opening = '<span class="spoiler" role="button" tabindex="0" aria-expanded="false">'
    return f'{opening}<span class="covered">{inner}</span></span>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**b** *i* _i_ __u__ ~~s~~", "<strong>b</strong> <em>i</em> <em>i</em> <u>u</u> <s>s</s>"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("**용어(term)**은 **다음**을", "<strong>용어(term)</strong>은 <strong>다음</strong>을"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("||x **y**|| z", f"{spoiler('x <strong>y</strong>')} z"),
        ("a || b", "a || b"),
        ("`**x** ||y||`", "<code>**x** ||y||</code>"),
        (r"\*x\* \_ \<@1> a\b", "*x* _ &lt;@1&gt; a\\b"),
        ("a\nb\n\nc", "a<br>b<br><br>c"),
        ("&amp; <b>x</b>", "&amp;amp; &lt;b&gt;x&lt;/b&gt;"),
        ("![x](y) | a | b", "![x](y) | a | b"),
    ],
)
def test_inline_markdown_is_rendered(text: str, shown: str) -> None:
    assert html(text) == f"<div>{shown}</div>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# a\n## b ##\n### c\n#### d", "<h4>a</h4><h5>b</h5><h6>c</h6><div>#### d</div>"),
        ("#a\n-# small\n-#x", '<div>#a</div><small class="subtext">small</small><div>-#x</div>'),
        ("> a\n> b\nc", "<blockquote><div>a<br>b</div></blockquote><div>c</div>"),
        (">>> a\n> b", "<blockquote><div>a<br>&gt; b</div></blockquote>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("- a\nb", "<ul><li>a</li></ul><div>b</div>"),
        ("a\n3. b", '<div>a</div><ol start="3"><li>b</li></ol>'),
        ("---\n===\n    x", "<div>---<br>===<br>x</div>"),
        (
            "x\n```py\n# <y>\n\n- z\n```\nend",
            '<div>x<pre tabindex="0" data-language="py"><code># &lt;y&gt;\n\n- z</code></pre>end'
            "</div>".replace("\n", ""),
        ),
        ("``````", "<div>``````</div>"),
        ("`a ```b``` c`", "<div><code>a ```b``` c</code></div>"),
        (
            "\ue0000\ue001 ```x```",
            '<div>\ue0000\ue001 <pre tabindex="0"><code>x</code></pre></div>',
        ),
    ],
)
def test_block_markdown_is_rendered(text: str, shown: str) -> None:
    assert html(text) == shown.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a **b**](https://e.org/x)", link("https://e.org/x", "a <strong>b</strong>")),
        ("[a](https://e.org 'b')", f"[a]({link('https://e.org', 'https://e.org')} 'b')"),
        ('[a](https://e.org/?q="x")', link("https://e.org/?q=%22x%22", "a")),
        ("<https://e.org/a>", link("https://e.org/a", "https://e.org/a")),
        ("(https://e.org/a_(b)).", f"({link('https://e.org/a_(b)', 'https://e.org/a_(b)')})."),
        ("**https://e.org**", f"<strong>{link('https://e.org', 'https://e.org')}</strong>"),
        # A host name with foreign letters is shown in Punycode.
        ("[bank](https://bаnk.com)", link("https://xn--bnk-6cd.com", "bank")),
        # A link text that looks like another address is not made a link.
        (
            "[https://good.org](https://evil.org)",
            "[{}]({})".format(
                link("https://good.org", "https://good.org"),
                link("https://evil.org", "https://evil.org"),
            ),
        ),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](data:text/html,x) [b](//e.org)", "[a](data:text/html,x) [b](//e.org)"),
        ("[a](http://[) javascript:x", "[a](http://[) javascript:x"),
    ],
)
def test_links_open_only_web_addresses_and_show_them(text: str, shown: str) -> None:
    assert html(text) == f"<div>{shown}</div>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<@1> <@!2>", '<span class="mention">@user 1 &lt;b&gt;</span> <span class="mention">@u'),
        ("<@&3>", '<span class="mention">@role 3</span>'),
        ("<#4>", 'data-channel="4" role="link" tabindex="0">#channel-4</span>'),
        ("</schedule add:5>", 'data-command="schedule add" role="button" tabindex="0">/schedule a'),
        ("<:smile:123>", '<span class="emoji">:smile:</span>'),
        (
            "<t:1740175200:F>",
            '<time datetime="2025-02-21T22:00:00+00:00" data-style="F">2025-02-21 22:00 UTC</time>',
        ),
        ("<t:9999999999999>", "&lt;t:9999999999999&gt;"),
        ("<t:1:x> <@x> <#> </a>", "&lt;t:1:x&gt; &lt;@x&gt; &lt;#&gt; &lt;/a&gt;"),
    ],
)
def test_mentions_and_timestamps_are_rendered(text: str, shown: str) -> None:
    assert shown in html(text)


def test_everyone_is_highlighted_only_if_everyone_is_notified() -> None:
    assert html("@everyone @here") == "<div>@everyone @here</div>"
    assert html("@everyone", mentions_everyone=True).count('class="mention"') == 1


def test_titles_have_no_mentions_and_no_links() -> None:
    assert title_to_html("# **x** <@1> [a](https://e.org) <https://e.org>") == (
        "<div># <strong>x</strong> &lt;@1&gt; [a](https://e.org) &lt;https://e.org&gt;</div>"
    )


ALLOWED: dict[str, set[str]] = {
    "a": {"href", "title", "target", "rel"},
    "span": {"class", "role", "tabindex", "aria-expanded", "data-channel", "data-command"},
    "time": {"datetime", "data-style"},
    "pre": {"tabindex", "data-language"},
    "ol": {"start"},
    "small": {"class"},
    **{
        tag: set()
        for tag in [
            "div",
            "strong",
            "em",
            "u",
            "s",
            "code",
            "br",
            "blockquote",
            "h4",
            "h5",
            "h6",
            "ul",
            "li",
        ]
    },
}


class Reader(HTMLParser):
    """Parses HTML as a browser would, and checks its tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= ALLOWED[tag]
        href = dict(attrs).get("href")
        assert href is None or href.startswith(("http://", "https://"))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


PIECES = st.sampled_from(
    [
        *("*", "**", "_", "__", "~~", "||", "`", "```", "```py\n", "\\", "\n", "\n\n", " ", "  "),
        *("> ", ">>> ", "- ", "1. ", "# ", "-# ", "[", "](", ")", "<", ">", "&lt;", '"', "'"),
        *("https://e.org/", "javascript:", "data:", "<t:1:R>", "<@1>", "<#2>", "</a:3>", "@here"),
        *(
            "<img src=x onerror=alert(1)>",
            "<script>",
            "</div>",
            "<!--",
            "\u202e",
            "\ue000",
            "\ue0000",
        ),
        *("\ue001", "\x00", "가", "a", "::", "<:a:1>", "http://[", "https://e.org/?a=1&amp;b=2"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_produces_only_allowed_tags(text: str) -> None:
    for shown in (to_html(text, Names(), mentions_everyone=True), title_to_html(text)):
        reader = Reader()
        reader.feed(shown)
        reader.close()
        assert reader.open == []
