"""The rules by which what several sources say of a day becomes one list."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.merge import MergedPaper, SourcePaper, Votes, complete, complete_details, merge
from storage.records import Details, Media, MediaKind, Paper

EIGHT = datetime(2025, 2, 21, 8, tzinfo=UTC)
NINE, TEN = EIGHT + timedelta(hours=1), EIGHT + timedelta(hours=2)
IMAGE = Media(MediaKind.IMAGE, "https://example.org/a.png")
VIDEO = Media(MediaKind.VIDEO, "https://example.org/a.mp4")


def says(
    precedence: int,
    position: int = 1,
    name: str = "a",
    *,
    votes: tuple[int, datetime] | None = None,
    gone_at: datetime | None = None,
    **facts: object,
) -> SourcePaper:
    """Return what a source, named by its precedence, says of a paper."""
    given: dict[str, object] = {"title": f"From {precedence}"} | facts
    return SourcePaper(
        100 - precedence,  # ids have another order than precedences
        precedence,
        position,
        Paper(name, votes=votes and votes[0], **given),  # type: ignore[arg-type]  # a test's
        votes and Votes(*votes, votes[1]),
        gone_at,
    )


@pytest.mark.parametrize(
    ("said", "order"),
    [
        pytest.param([], "", id="nothing is said"),
        pytest.param([says(1, 2, "b"), says(1, 1, "a")], "ab", id="of one source: its order"),
        pytest.param(
            [says(2, 1, "a"), says(2, 2, "b"), says(1, 1, "b"), says(1, 2, "c")],
            "bca",
            id="of two: the first by precedence, what only the second has behind",
        ),
        pytest.param(
            [says(3, 1, "c"), says(2, 1, "b"), says(1, 1, "a"), says(3, 2, "a")],
            "abc",
            id="of three: one behind the other",
        ),
        pytest.param(
            [says(1, 1, "a", gone_at=NINE), says(1, 1, "b"), says(2, 1, "c")],
            "bca",
            id="what a list lost comes last",
        ),
        pytest.param(
            [says(1, 1, "a", gone_at=NINE), says(1, 1, "b"), says(2, 1, "c"), says(2, 2, "a")],
            "bca",
            id="what one list lost and another has: as that one has it",
        ),
        pytest.param(
            [says(1, 1, "a", gone_at=EIGHT), says(1, 1, "b", gone_at=NINE)],
            "ba",
            id="of what a list lost: the last lost first",
        ),
        pytest.param(
            [says(1, 2, "a", gone_at=NINE), says(1, 1, "b", gone_at=NINE)],
            "ba",
            id="of what a list lost at once: as it was",
        ),
        pytest.param(
            [says(2, 1, "a", gone_at=TEN), says(1, 1, "b", gone_at=NINE)],
            "ba",
            id="of what two lists lost: by precedence",
        ),
    ],
)
def test_order(said: list[SourcePaper], order: str) -> None:
    assert "".join(each.paper.arxiv_id for each in merge(said)) == order
    assert merge(reversed(said)) == merge(said)


@pytest.mark.parametrize(
    ("said", "is_gone"),
    [
        ([says(1)], False),
        ([says(1, gone_at=NINE)], True),
        ([says(1, gone_at=NINE), says(2)], False),
        ([says(1, gone_at=NINE), says(2, gone_at=NINE)], True),
    ],
)
def test_a_paper_is_gone_when_no_source_lists_it(said: list[SourcePaper], is_gone: bool) -> None:
    assert [each.is_gone for each in merge(said)] == [is_gone]


@pytest.mark.parametrize(
    ("said", "votes"),
    [
        pytest.param([says(1), says(2)], None, id="none are known"),
        pytest.param([says(1), says(2, votes=(5, EIGHT))], (5, EIGHT), id="one source has any"),
        pytest.param([says(1), says(2, votes=(0, EIGHT))], (0, EIGHT), id="0 votes are votes"),
        pytest.param(
            [says(1, votes=(5, EIGHT)), says(2, votes=(3, NINE))], (3, NINE), id="the newest"
        ),
        pytest.param(
            [says(1, votes=(5, NINE)), says(2, votes=(7, EIGHT))], (5, NINE), id="not the most"
        ),
        pytest.param(
            [says(2, votes=(7, NINE)), says(1, votes=(5, NINE))],
            (5, NINE),
            id="of equally new ones the first source's",
        ),
        pytest.param(
            [says(1, votes=(5, EIGHT)), says(2, votes=(7, NINE), gone_at=TEN)],
            (7, NINE),
            id="the newest, though its list lost the paper",
        ),
    ],
)
def test_votes(said: list[SourcePaper], votes: tuple[int, datetime] | None) -> None:
    (merged,) = merge(said)
    assert merged.votes == (votes and Votes(*votes, votes[1]))
    assert merged.paper.votes == (votes and votes[0])


UNKNOWN = Details()


@dataclass(frozen=True)
class Facts:
    """What is known of a paper, by a source or by several."""

    title: str = "T"
    authors: str = ""
    """A letter for each."""
    authors_ordered: bool = False
    media: Media | None = None
    details: Details = UNKNOWN

    def said(self, precedence: int, **others: object) -> SourcePaper:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return says(precedence, **(values | {"authors": tuple(self.authors)} | others))


ABSTRACT = Details(abstract="Long.")


@pytest.mark.parametrize(
    ("said", "merged"),
    [
        pytest.param([Facts("One"), Facts("Two")], Facts("One"), id="title: the first's"),
        pytest.param(
            [Facts(authors="ab"), Facts(authors="xy")], Facts(authors="ab"), id="authors: the first"
        ),
        pytest.param(
            [Facts(), Facts(authors="xy")],
            Facts(authors="xy"),
            id="authors: the first that has any",
        ),
        pytest.param(
            [Facts(authors="ba"), Facts(authors="ab", authors_ordered=True)],
            Facts(authors="ab", authors_ordered=True),
            id="authors: the first that has them in order",
        ),
        pytest.param(
            [
                Facts(authors="ba"),
                Facts(authors="ab", authors_ordered=True),
                Facts(authors="abc", authors_ordered=True),
            ],
            Facts(authors="ab", authors_ordered=True),
            id="authors: the first of those that have them in order",
        ),
        pytest.param(
            [Facts(authors="ba"), Facts(authors_ordered=True)],
            Facts(authors="ba"),
            id="authors: a source in order that has none has no say",
        ),
        pytest.param(
            [Facts(media=IMAGE), Facts(media=VIDEO)], Facts(media=IMAGE), id="media: the first's"
        ),
        pytest.param([Facts(), Facts(media=VIDEO)], Facts(media=VIDEO), id="media: filled in"),
        pytest.param(
            [
                Facts(details=Details(comments=0, code_url="https://example.org/1")),
                Facts(details=Details(comments=9, keywords=("a",))),
                Facts(details=Details(keywords=("b",), abstract="A.", code_stars=1)),
            ],
            Facts(
                details=Details(
                    comments=0,
                    code_url="https://example.org/1",
                    keywords=("a",),
                    abstract="A.",
                    code_stars=1,
                )
            ),
            id="details: each of the first that has it",
        ),
        pytest.param(
            [Facts("One", media=IMAGE), Facts("Two", details=ABSTRACT), Facts("Three")],
            Facts("One", media=IMAGE, details=ABSTRACT),
            id="everything else: from any source",
        ),
    ],
)
def test_facts(said: list[Facts], merged: Facts) -> None:
    (paper,) = merge(each.said(precedence) for precedence, each in enumerate(said, start=1))
    assert (paper.paper, paper.votes) == (merged.said(1).paper, None)


def test_a_source_that_lost_a_paper_comes_after_those_that_list_it() -> None:
    (merged,) = merge([Facts("One", media=IMAGE).said(1, gone_at=NINE), Facts("Two").said(2)])
    assert merged.paper == Facts("Two", media=IMAGE).said(2).paper


details = st.builds(
    Details,
    abstract=st.sampled_from((None, "One.", "Two.")),
    keywords=st.sampled_from(((), ("a",), ("b", "c"))),
    code_stars=st.none() | st.integers(0, 2),
    comments=st.none() | st.integers(0, 2),
    submitted_at=st.sampled_from((None, EIGHT)),
)
facts = st.builds(
    Paper,
    st.just("a"),
    st.sampled_from(("One", "Two")),
    st.none() | st.integers(0, 2),
    st.sampled_from(((), ("Ada", "Bo"), ("Bo", "Ada"))),
    st.sampled_from((None, IMAGE, VIDEO)),
    details=details,
    authors_ordered=st.booleans(),
)
times = st.sampled_from((EIGHT, NINE, TEN))


@st.composite
def lists(draw: st.DrawFn) -> list[SourcePaper]:
    """Draw what up to three sources say of up to four papers."""
    said = []
    for source in range(draw(st.integers(0, 3))):
        names = draw(st.lists(st.sampled_from("abcd"), unique=True, max_size=4))
        for position, name in enumerate(names, start=1):
            paper = replace(draw(facts), arxiv_id=name)
            as_of, gone_at = draw(times), draw(st.none() | times)
            votes = None if paper.votes is None else Votes(paper.votes, as_of, TEN)
            said.append(SourcePaper(source, 10 - source, position, paper, votes, gone_at))
    return said


@settings(max_examples=scaled(60))
@given(said=lists(), chance=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(said: list[SourcePaper], chance: Random) -> None:
    merged = merge(said)
    chance.shuffle(said)
    assert merge(said) == merged


@settings(max_examples=scaled(60))
@given(lists())
def test_merging_a_merged_list_changes_nothing(said: list[SourcePaper]) -> None:
    merged = merge(said)
    again = merge(
        SourcePaper(1, 1, position, each.paper, each.votes, TEN if each.is_gone else None)
        for position, each in enumerate(merged, start=1)
    )
    assert again == merged


def _known(paper: Paper) -> set[str]:
    """Return the names of the facts that are known of a paper."""
    facts = {name: getattr(paper, name) for name in ("votes", "authors", "media")}
    facts |= {field.name: getattr(paper.details, field.name) for field in fields(Details)}
    return {name for name, value in facts.items() if value not in {None, ()}}


@settings(max_examples=scaled(60))
@given(lists())
def test_nothing_that_any_source_has_is_lost_or_made_up(said: list[SourcePaper]) -> None:
    merged = {each.paper.arxiv_id: each for each in merge(said)}
    by_paper: dict[str, list[SourcePaper]] = {}
    for each in said:
        by_paper.setdefault(each.paper.arxiv_id, []).append(each)
    assert merged.keys() == by_paper.keys()
    for name, sources in by_paper.items():
        paper = merged[name].paper
        assert _known(paper) == set().union(*(_known(each.paper) for each in sources))
        assert paper.title in {each.paper.title for each in sources}
        assert paper.authors in {each.paper.authors for each in sources}
        assert paper.media in {each.paper.media for each in sources}
        for field in fields(Details):
            known = {getattr(each.paper.details, field.name) for each in sources}
            assert getattr(paper.details, field.name) in known
        assert merged[name].votes in {each.votes for each in sources}
        assert merged[name].is_gone == all(each.gone_at for each in sources)


@settings(max_examples=scaled(60))
@given(facts, facts, facts)
def test_descriptions_complete_each_other_in_any_grouping(a: Paper, b: Paper, c: Paper) -> None:
    assert complete(a, a) == a
    assert complete(complete(a, b), c) == complete(a, complete(b, c))
    assert complete_details(Details(), b.details) == b.details


def test_a_list_of_one_source_is_merged_to_itself() -> None:
    one = says(1, votes=(5, EIGHT), media=IMAGE)
    assert merge([one]) == (MergedPaper(one.paper, one.votes, is_gone=False),)
