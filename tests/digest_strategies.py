"""Digests for properties: whatever the parser can make of a text."""

import string

from hypothesis import strategies as st

from storage.records import MOST_VOTES, Digest, Media, MediaKind, Paper, Section

# Of any script, with blanks of every kind, newlines, marks that compose and what Markdown reads;
# not NUL and lone surrogates, which no file of text and no database column carries.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
MARKDOWN = st.lists(
    st.sampled_from(
        [
            "### [Another](https://arxiv.org/abs/2401.00001)",
            "## Daily Papers (2024-01-01)",
            "# License",
            "Vote: 3",
            "Authors: Nobody, Else",
            "![](https://example.org/a.png)",
            "[Watch Video](https://example.org/a.mp4)",
            '<div><video controls src="https://example.org/b.mp4"></video></div>',
            "- ***What's New***: more",
            "**Bold**: more",
            "- **Bold**",
            "- ***Unclosed*: more",
            "- item",
            "  - nested",
            "\t- deep",
            "1) numbered",
            "2. numbered",
            "```",
            "~~~ md",
            "    code",
            "> quote",
            "---",
            "===",
            "- - -",
            "* * *",
            "<!-- escaped -->",
            "<!-- no heading -->",
            "<!--",
            "-->",
            "&#32;",
            "&#38;#10;",
            "[label]: https://example.org",
            "| a | b |",
            "",
            " ",
            "text",
            "text ",
            "-",
            "***",
            "\N{HANGUL CHOSEONG KIYEOK}\N{HANGUL JUNGSEONG A}",
            "\N{ANGSTROM SIGN}",
            "\r",
            "\N{NO-BREAK SPACE}text",
            "#### \x85",
            "- ***\x85***: text",
            "\x85text\x85",
            "\u2028",
            "\N{BYTE ORDER MARK}",
        ]
    )
    | ANY_TEXT,
    max_size=6,
)
BODIES = (MARKDOWN.map("\n".join) | ANY_TEXT).filter(lambda text: text.strip())
ONE_LINE = ANY_TEXT.map(lambda text: text.replace("\n", "").replace("\r", ""))
HEADINGS = (
    ONE_LINE
    | st.sampled_from(
        ["What's New", "What’s New", "Technical Details", "A*", "*", "x: y", "x:", "고찰", "a]("]
    )
    | st.sampled_from(["\x85", "\u2028 \u3000", "\x1c", "\x85a\x85"])
).filter(lambda text: text.strip(" \t"))
TITLES = (
    ONE_LINE
    | st.sampled_from(
        [
            "$S^2$: `code` *and* [brackets]",
            "[Re] x](https://arxiv.org/abs/2401.00001)",
            "x](y",
            "#",
            "a ##",
            "\\",
        ]
    )
).filter(lambda text: text.strip(" \t"))
NAMES = (
    ONE_LINE | st.sampled_from(["A, B", "A and B", "and", "[A]", "'A'", 'O"B', "+", "**A**", "\\n"])
).filter(bool)
ADDRESSES = st.builds(
    "https://example.org/{}{}{}".format,
    st.text(string.ascii_letters + string.digits + "()!'*~._-%&=/", max_size=20),
    st.sampled_from(["", ".png", ".webm", ".mp4", ".svg"]),
    st.sampled_from(["", "?x[0]=1&y=?", "#z", "?#"]),
)
IDS = st.from_regex(r"\A[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}\Z") | st.from_regex(
    r"\A(?:hep-th|math|cond-mat)/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}\Z"
)
PAPERS = st.builds(
    Paper,
    arxiv_id=IDS,
    title=TITLES,
    votes=st.none() | st.integers(0, MOST_VOTES),
    authors=st.lists(NAMES, max_size=4).map(tuple),
    media=st.none() | st.builds(Media, st.sampled_from(MediaKind), ADDRESSES),
    sections=st.lists(st.builds(Section, st.none() | HEADINGS, BODIES), max_size=5).map(tuple),
)
DIGESTS = st.builds(
    Digest,
    date=st.dates(),
    papers=st.lists(PAPERS, max_size=4, unique_by=lambda paper: paper.arxiv_id).map(tuple),
)
