"""Decoding: what is accepted, what is refused, and the messages."""

import unicodedata
from datetime import date

import pytest

from bot.digest import DigestError, ProblemKind, date_from_path, decode, parse, write
from bot.digest.limits import MAX_AUTHORS
from bot.digest.source import MAX_BYTES, MAX_LINES
from storage.records import Digest, Paper, Section

DIGEST = Digest(
    date(2025, 2, 21), (Paper("2502.14499", "Ångström 측정", sections=(Section(None, "- 글"),)),)
)


def test_byte_order_mark_is_not_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbf## Daily Papers") == "## Daily Papers"


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"good \xff bad", 5),
        (b"\xef\xbb\xbfgood \xff bad", 8),
        ("글".encode("euc-kr"), 0),
        ("글".encode()[:2], 0),
    ],
)
def test_bytes_that_are_not_utf_8_are_refused_with_their_offset(data: bytes, offset: int) -> None:
    with pytest.raises(DigestError, match=rf"is not UTF-8: the byte 0x\w\w at offset {offset} "):
        decode(data)


def test_decomposed_text_is_composed() -> None:
    text = write(DIGEST)
    assert unicodedata.normalize("NFD", text) != text
    assert parse(unicodedata.normalize("NFD", text)) == ((DIGEST,), ())


def test_nul_becomes_a_replacement_character() -> None:
    ((digest,), _) = parse(write(DIGEST).replace("측정", "\0"))
    assert digest.papers[0].title == "Ångström \ufffd"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no digest"),
        ("# A page\n\n### [Linked](https://example.org)\n", "is no digest"),
        (
            "### [Undated](https://arxiv.org/abs/2502.14499)\n",
            r"has papers \(1\) and no date: neither a heading",
        ),
        ("## Daily Papers\n", "is no digest"),
        ("글" * (MAX_BYTES // 3 + 1), "is larger than 16 MiB"),
        ("\n" * MAX_LINES, "has 100,001 lines; at most 100,000 are read"),
        ("one\ntwo a" + "\u0301\u0323" * 40, "line 2 has over 64 combining marks in a row"),
    ],
    ids=["empty", "page", "undated", "no date", "large", "lines", "marks"],
)
def test_text_without_digest_is_refused_with_what_was_expected(text: str, reason: str) -> None:
    with pytest.raises(DigestError, match=reason):
        parse(text)


def test_bytes_over_16_mib_are_refused() -> None:
    decode(b" " * MAX_BYTES)
    with pytest.raises(DigestError, match="is larger than 16 MiB"):
        decode(b" " * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2025/02/21.md", date(2025, 2, 21)),
        ("/archive/papers/2025/02/21.md", date(2025, 2, 21)),
        ("C:\\archive\\2025\\02\\21.md", date(2025, 2, 21)),
        ("archive/2025-02-21.md", date(2025, 2, 21)),
        ("2025-02-21.MD", date(2025, 2, 21)),
        ("2025-02-30.md", None),
        ("2025/02/21.txt", None),
        ("2025/02/21/README.md", None),
        ("12025/02/21.md", None),
        ("draft-2025-02-21.md", None),
        ("21.md", None),
    ],
)
def test_path_has_a_date_in_two_formats_only(path: str, day: date | None) -> None:
    assert date_from_path(path) == day


def test_date_of_the_heading_takes_precedence_over_the_path() -> None:
    assert parse(write(DIGEST), path="2024/01/01.md") == ((DIGEST,), ())


def test_title_of_a_page_is_not_a_digest() -> None:
    text = "# Daily Papers\n\n" + write(DIGEST)
    assert parse(text, path="2025/02/20.md") == ((DIGEST,), ())
    assert parse("# Daily Papers\n", path="2025/02/20.md") == ((Digest(date(2025, 2, 20)),), ())


def test_problem_quotes_a_long_line_truncated() -> None:
    _, (problem,) = parse("## Daily Papers (2025-02-21)\n" + "long " * 100)
    assert problem.kind is ProblemKind.TEXT_LEFT_OUT
    assert len(problem.message) < 120
    assert "…" in problem.message


@pytest.mark.parametrize("form", ["{}", "['{}']"])
def test_authors_over_the_limit_are_left_out_and_reported(form: str) -> None:
    between = "', '" if "'" in form else ", "
    for count, kept in ((MAX_AUTHORS, MAX_AUTHORS), (MAX_AUTHORS + 1, MAX_AUTHORS)):
        names = between.join(f"A{number}" for number in range(count))
        text = "## Daily Papers (2025-02-21)\n\n### [T](https://arxiv.org/abs/2502.14499)\n\n"
        (digest,), problems = parse(f"{text}Authors: {form.format(names)}\n")
        assert len(digest.papers[0].authors) == kept
        told = [(problem.kind, problem.line, problem.message) for problem in problems]
        expected = (ProblemKind.AUTHORS_TOO_MANY, 5)
        message = "20,001 authors are named: the first 20,000 are kept"
        assert told == ([(*expected, message)] if count > kept else [])
