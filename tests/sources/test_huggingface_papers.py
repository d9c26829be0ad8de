"""Any JSON gives a paper that the rest of the program can take, or a reason why not."""

import json
from typing import Any

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.huggingface_papers import paper_from
from storage.addresses import address_fault
from storage.records import MOST_VOTES, arxiv_id_in

NAMES = ["id", "title", "summary", "upvotes", "numComments", "authors", "name", "hidden", "paper"]
NAMES += ["mediaUrls", "githubRepo", "githubStars", "projectPage", "publishedAt", "withdrawnAt"]
NAMES += ["organization", "fullname", "ai_summary", "ai_keywords"]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=30)
    | st.sampled_from(["2502.14499v2", "https://example.org/a.png", "2025-02-20T00:00:00.000Z"])
    | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "\ud800"])
)
JSON = st.recursive(
    SCALARS,
    lambda values: (
        st.lists(values, max_size=4) | st.dictionaries(st.sampled_from(NAMES), values, max_size=8)
    ),
    max_leaves=25,
)
ITEMS = st.fixed_dictionaries(
    {"id": st.just("2502.14499"), "title": st.text(min_size=1, max_size=20)},
    optional={name: JSON for name in NAMES if name not in ("id", "title", "paper")},
)


@settings(max_examples=scaled(60))
@given(JSON | ITEMS | ITEMS.map(lambda inner: {"paper": inner}))
def test_any_json_gives_a_usable_paper_or_a_reason(item: Any) -> None:  # noqa: ANN401 - any JSON
    try:
        paper = paper_from(json.loads(json.dumps(item)))
    except ValueError as error:
        reason = str(error)
        assert reason in ("is no object", "has no arXiv id", "has no title")
        return
    details = paper.details
    assert arxiv_id_in(paper.arxiv_id) == paper.arxiv_id
    texts = [paper.title, *paper.authors, *details.keywords, details.abstract, details.summary]
    for text in filter(None, [*texts, details.organization]):
        assert text == text.strip()
        assert "\n" not in text.replace("\n\n", "")
        text.encode()
    for number in (paper.votes, details.comments, details.code_stars):
        assert number is None or 0 <= number <= MOST_VOTES
    for url in (paper.media.url if paper.media else None, details.code_url, details.project_url):
        assert url is None or address_fault(url) is None
    for moment in (details.submitted_at, details.withdrawn_at):
        assert moment is None or moment.utcoffset() is not None


@pytest.mark.parametrize("title", ["\0", " \n ", "\u202e", "\u0301\u0323" * 100])
def test_title_of_which_nothing_is_left_is_none(title: str) -> None:
    with pytest.raises(ValueError, match="has no title"):
        paper_from({"id": "2502.14499", "title": title})
