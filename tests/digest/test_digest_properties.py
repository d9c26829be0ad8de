"""Properties of every text and every digest."""

from datetime import date

from digest_strategies import DIGESTS, MARKDOWN
from examples import scaled
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.digest import DigestError, parse, write
from storage.records import Digest, Paper


@settings(max_examples=scaled(60))
@given(DIGESTS)
def test_written_digest_reads_back_equal(digest: Digest) -> None:
    assert parse(write(digest)) == ((digest,), ())


PAGES = MARKDOWN.map("\n".join) | st.text() | st.builds(write, DIGESTS)


@settings(max_examples=scaled(60))
@given(st.lists(PAGES, max_size=4).map("\n".join), st.sampled_from([None, "2025/02/21.md"]))
@example("### [a&#10;b](https://arxiv.org/abs/2401.00001) <!-- escaped -->", "2025/02/21.md")
def test_any_text_is_parsed_or_refused_and_the_result_can_be_written(
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


@settings(max_examples=scaled(60))
@given(st.lists(DIGESTS, min_size=1, max_size=3, unique_by=lambda digest: digest.date))
def test_digests_of_several_days_in_one_text_are_separated(digests: list[Digest]) -> None:
    assert parse("\n".join(write(digest) for digest in digests)) == (tuple(digests), ())


def test_digest_without_papers_reads_back_equal() -> None:
    digest = Digest(date(2025, 2, 22))
    assert parse(write(digest)) == ((digest,), ())


def test_a_quoted_name_is_written_alike_by_every_version_of_python() -> None:
    # Unicode has the first character since 2018: an older Python takes it for unprintable.
    paper = Paper("2502.00001", "One", authors=("A, \U0001f9ea", "B, é 김"))
    text = write(Digest(date(2025, 2, 21), (paper,)))
    assert "Authors: ['A\\U0000002c\\U00000020\\U0001f9ea', 'B, é 김']\n" in text
