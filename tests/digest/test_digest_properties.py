"""What must hold of every text and of every digest."""

import string
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.digest import DigestError, parse, write
from storage.records import Digest, Media, MediaKind, Paper, Section

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
).filter(lambda text: text.strip())
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
    "https://example.org/{}{}".format,
    st.text(string.ascii_letters + string.digits + "()[]!'*~._-%&?=#/\\", max_size=20),
    st.sampled_from(["", ".png", ".webm", ".mp4", ".svg?x=1"]),
)
IDS = st.from_regex(r"\A[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}\Z") | st.from_regex(
    r"\A(?:hep-th|math|cond-mat)/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}\Z"
)
PAPERS = st.builds(
    Paper,
    arxiv_id=IDS,
    title=TITLES,
    votes=st.none() | st.integers(0, 2**63 - 1),
    authors=st.lists(NAMES, max_size=4).map(tuple),
    media=st.none() | st.builds(Media, st.sampled_from(MediaKind), ADDRESSES),
    sections=st.lists(st.builds(Section, st.none() | HEADINGS, BODIES), max_size=5).map(tuple),
)
DIGESTS = st.builds(
    Digest,
    date=st.dates(),
    papers=st.lists(PAPERS, max_size=4, unique_by=lambda paper: paper.arxiv_id).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(DIGESTS)
def test_written_digest_reads_back_equal(digest: Digest) -> None:
    assert parse(write(digest)) == ((digest,), ())


PAGES = MARKDOWN.map("\n".join) | st.text() | st.builds(write, DIGESTS)


@settings(max_examples=60, deadline=None)
@given(st.lists(PAGES, max_size=4).map("\n".join), st.sampled_from([None, "2025/02/21.md"]))
@example("### [a&#10;b](https://arxiv.org/abs/2401.00001) <!-- escaped -->", "2025/02/21.md")
def test_any_text_is_read_or_refused_and_what_is_read_can_be_written(
    text: str, path: str | None
) -> None:
    try:
        digests, problems = parse(text, path=path)
    except DigestError:
        return
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= problem.line <= lines for problem in problems)
    for digest in digests:
        assert parse(write(digest)) == ((digest,), ())


@settings(max_examples=60, deadline=None)
@given(st.lists(DIGESTS, min_size=1, max_size=3, unique_by=lambda digest: digest.date))
def test_digests_of_several_days_in_one_text_are_told_apart(digests: list[Digest]) -> None:
    assert parse("\n".join(write(digest) for digest in digests)) == (tuple(digests), ())


def test_digest_without_papers_reads_back_equal() -> None:
    digest = Digest(date(2025, 2, 22))
    assert parse(write(digest)) == ((digest,), ())
