from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import arxiv_ids

from bot.posting.shown_papers import ShownPapers
from bot.ui import actions, limits

many = st.sets(arxiv_ids, max_size=25)


@settings(max_examples=scaled(50))
@given(many, st.sets(arxiv_ids, max_size=300))
def test_shown_papers_are_recognised_and_no_other_known_paper_is(
    seen: set[str], others: set[str]
) -> None:
    made = ShownPapers.of(seen, others=others - seen)
    read = ShownPapers(made.salt, made.text)
    assert all(each in read for each in seen)
    assert not any(each in read for each in others - seen)


@settings(max_examples=scaled(20))
@given(many)
def test_shown_papers_fit_into_the_custom_id_of_a_button(seen: set[str]) -> None:
    made = ShownPapers.of(seen, others=())
    custom_id = actions.rest("week:2025-02-17", 9999, 255, made.text)
    assert limits.length(custom_id) <= limits.CUSTOM_ID
