"""Terms that rose against the period before."""

from dataclasses import replace
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


def test_a_longer_term_is_named_where_most_papers_of_a_shorter_one_have_it() -> None:
    titles = [*["Reinforcement Learning"] * 5, "Reinforcement of Concrete"]
    assert rising_terms(papers(*titles), papers()) == (RisingTerm("reinforcement learning", 5, 0),)
    titles = [*["Video Editing"] * 4, *[f"Video X{number}" for number in range(5)]]
    assert rising_terms(papers(*titles), papers()) == (RisingTerm("video", 9, 0),)


def test_whole_compounds_are_named() -> None:
    for title, term in {
        "Test-Time Scaling": "test-time scaling",
        "Multimodal Large Language Models": "multimodal large language models",
        "Mixture of Experts": "mixture of experts",
        "Mixture-of-Experts": "mixture-of-experts",
        "A Text-to-3D Model": "text-to-3D model",
    }.items():
        now = papers(*[title] * 9)
        assert rising_terms(now, papers()) == (RisingTerm(term, 9, 0),)


def test_words_on_both_sides_of_a_sign_are_no_compound() -> None:
    now = papers(*["Graphs: Sparse Walks"] * 9)
    assert {each.english for each in rising_terms(now, papers())} == {"graphs", "sparse walks"}


def test_a_word_that_says_little_is_a_term_only_with_others() -> None:
    now = papers("Knowledge Graphs", "Knowledge of Whales", "Knowledge Editing", "Knowledge in X")
    assert rising_terms(now, papers()) == ()
    now = papers(*["Knowledge Editing"] * 4)
    assert rising_terms(now, papers()) == (RisingTerm("knowledge editing", 4, 0),)


def test_papers_are_counted_that_have_a_term_in_any_kind_in_both_periods() -> None:
    def period(in_titles: int, in_texts: int) -> list[PeriodPaper]:
        found = papers(*["Sparse Walks"] * in_titles, others=40 - in_titles)
        terms = [("sparse walk",)] * in_texts + [("other",)] * (40 - in_texts)
        return [replace(each, terms=own) for each, own in zip(found[::-1], terms, strict=True)]

    assert rising_terms(period(2, 9), period(1, 0)) == (RisingTerm("sparse walk", 11, 1),)
    assert rising_terms(period(2, 9), period(9, 1)) == ()


def test_a_keyword_does_not_rise_because_more_papers_have_keywords() -> None:
    def period(with_keywords: int) -> list[PeriodPaper]:
        keys = ["sparse walks" if at % 2 else "other" for at in range(with_keywords)]
        found = papers(others=60)
        keyed = [replace(each, keywords=(own,)) for each, own in zip(found, keys, strict=False)]
        return keyed + found[with_keywords:]

    assert rising_terms(period(60), period(12)) == ()


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
