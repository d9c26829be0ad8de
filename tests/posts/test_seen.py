from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import arxiv_ids

from bot.posts.seen import Seen
from bot.ui import actions, limits

many = st.sets(arxiv_ids, max_size=25)


@settings(deadline=None, max_examples=50)
@given(many, st.sets(arxiv_ids, max_size=300))
def test_what_was_seen_is_known_and_nothing_else_of_what_is_there(
    seen: set[str], others: set[str]
) -> None:
    made = Seen.of(seen, others=others - seen)
    read = Seen(made.salt, made.text)
    assert all(each in read for each in seen)
    assert not any(each in read for each in others - seen)


@settings(deadline=None, max_examples=20)
@given(many)
def test_what_was_seen_fits_a_button(seen: set[str]) -> None:
    made = Seen.of(seen, others=())
    custom_id = actions.rest("week:2025-02-17", 9999, 255, made.text)
    assert limits.length(custom_id) <= limits.CUSTOM_ID
