"""Terms that rose against the period before."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import texts

from storage.records import RisingTerm
from storage.rising import MOST, PeriodPaper, rising_terms

DAY = date(2025, 2, 21)


def papers(*titles: str, keywords: tuple[str, ...] = (), others: int = 20) -> list[PeriodPaper]:
    """Return papers with titles, and others with a title that nothing rises in."""
    found = [PeriodPaper(f"2502.1{at:04}", title, 1, DAY) for at, title in enumerate(titles)]
    rest = [
        PeriodPaper(f"2502.2{at:04}", f"Q{at}x{len(titles)} Z{at}", 1, DAY, keywords)
        for at in range(others)
    ]
    return found + rest


def test_a_term_that_a_larger_share_has_rose_with_its_numbers() -> None:
    now = papers(*[f"Agents for X{number}" for number in range(8)])
    before = papers("An agent", others=27)
    (term,) = rising_terms(now, before)
    assert term == RisingTerm("agents", 8, 1)


def test_forms_of_a_word_are_one_term_written_as_most_papers_do() -> None:
    now = papers(*["World Model"] * 3, *["World models"] * 5)
    (term,) = rising_terms(now, papers(others=28))
    assert term == RisingTerm("world models", 8, 0)


def test_fewer_than_three_papers_the_same_share_and_a_fall_are_no_rise() -> None:
    assert rising_terms(papers("Agents", "Agents"), papers(others=200)) == ()
    assert rising_terms(papers(*["Agents"] * 9), papers(*["Agents"] * 9)) == ()
    assert rising_terms(papers("Agents"), papers(*["Agents"] * 9)) == ()


def test_twice_as_many_papers_of_twice_as_many_are_no_rise() -> None:
    now = papers(*["Agents"] * 8, others=32)
    assert rising_terms(now, papers(*["Agents"] * 4, others=16)) == ()


def test_words_that_say_nothing_are_no_terms() -> None:
    now = papers(*["Towards Learning with 2025 Models: a New Method for Data"] * 9)
    assert rising_terms(now, papers(others=29)) == ()


def test_nothing_is_compared_with_hardly_any_papers() -> None:
    now = papers(*["Agents"] * 9)
    assert rising_terms(now, papers(others=9)) == ()
    assert rising_terms(now, []) == ()


def test_keywords_that_only_one_period_has_at_all_did_not_rise() -> None:
    keyed = papers(keywords=("diffusion",))
    assert rising_terms(keyed, papers()) == ()
    (term,) = rising_terms(keyed, papers(keywords=("other",)))
    assert term == RisingTerm("diffusion", 20, 0)


def test_a_term_within_another_is_not_named_besides() -> None:
    now = papers(*["Sparse Attention"] * 9)
    assert [each.english for each in rising_terms(now, papers())] == ["sparse attention"]


@settings(max_examples=25)
@given(
    st.lists(st.tuples(texts, st.lists(texts, max_size=4)), min_size=10, max_size=25),
    st.lists(st.tuples(texts, st.lists(texts, max_size=4)), max_size=15),
)
def test_any_texts_give_few_terms_with_true_numbers(
    now: list[tuple[str, list[str]]], before: list[tuple[str, list[str]]]
) -> None:
    periods = [
        [
            PeriodPaper(str(at), title, None, DAY, tuple(words), tuple(words))
            for at, (title, words) in enumerate(period)
        ]
        for period in (now, before)
    ]
    found = rising_terms(*periods)
    assert len(found) <= MOST
    for term in found:
        assert 3 <= term.papers <= len(now)
        assert 0 <= term.before <= len(before)
        assert term.english.strip()
