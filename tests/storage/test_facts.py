import json
from datetime import UTC, datetime

from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import detailed_papers

from storage.facts import details_from_json, paper_from_json, paper_to_json
from storage.records import Details, Media, MediaKind, Paper, Section, Text

FULL = Paper(
    "2502.14499",
    "A Title",
    0,
    ("Ann", "Bo"),
    Media(MediaKind.VIDEO, "https://example.org/a.mp4"),
    (Section(None, "- 점"), Section("What's New", "새롭습니다.")),
    "ko",
    (Text("en", (Section(None, "A point."),), "other"), Text(None, (), "third")),
    Details(
        abstract="One. Two.",
        summary="It is new.",
        keywords=("agents", "gym"),
        organization="A Lab",
        code_url="https://example.org/code",
        code_stars=0,
        project_url="https://example.org/",
        comments=0,
        submitted_at=datetime(2025, 2, 20, 18, 0, tzinfo=UTC),
        withdrawn_at=datetime(2025, 3, 1, 1, 2, 3, 4, tzinfo=UTC),
    ),
    authors_ordered=True,
)


def test_every_fact_of_a_paper_comes_back() -> None:
    assert paper_from_json(json.loads(json.dumps(paper_to_json(FULL)))) == FULL


@settings(max_examples=scaled(30))
@given(detailed_papers | st.just(FULL))
def test_any_paper_comes_back(paper: Paper) -> None:
    assert paper_from_json(json.loads(json.dumps(paper_to_json(paper)))) == paper


def test_unknown_facts_are_left_out() -> None:
    assert paper_to_json(Paper("2502.14499", "T")) == {"arxiv_id": "2502.14499", "title": "T"}


def test_missing_facts_are_unknown_and_new_ones_are_ignored() -> None:
    facts = {"arxiv_id": "2502.14499", "mood": "good", "media": {"kind": "hologram", "url": "x"}}
    assert paper_from_json(facts) == Paper("2502.14499", "")
    assert details_from_json({"mood": "good", "abstract": None}) == Details()
