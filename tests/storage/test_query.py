"""The query language: how typed text is understood, and printed again."""

import doctest
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE

from storage import normalization, query, stems, tokens
from storage.documents import Document
from storage.normalization import normalize
from storage.query import MOST_TERMS, Field, ProblemKind, Term, parse
from storage.ranking import Scorer
from storage.search_plan import Clause
from storage.stems import stem
from storage.tokens import BREAK, tokenize, tokenize_lines

TYPED = (
    st.text()
    | st.sampled_from(HOSTILE)
    | st.text("ab -\"'*()^:{}+,추론저자author:org", max_size=60)
)


@pytest.mark.parametrize("module", [normalization, query, stems, tokens])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Agents survey", [Term(("agents",)), Term(("survey",))]),
        ("Self-Attention", [Term(("self", "attention"))]),
        ("강화 학습", [Term(("강화",)), Term(("학습",))]),
        ('"강화 학습"', [Term(("강화학습",), is_exact=True)]),
        ("AI모델", [Term(("ai", "모델"))]),
        ("“World model”", [Term(("world", "model"), is_exact=True)]),
        ("-survey", [Term(("survey",), is_excluded=True)]),
        ('-"a b"', [Term(("a", "b"), is_exact=True, is_excluded=True)]),
        ("저자: 르쿤", [Term(("르쿤",), Field.AUTHOR)]),
        ("author:LeCun", [Term(("lecun",), Field.AUTHOR)]),
        (
            '-author:"Hénaff, O."',
            [Term(("henaff", "o"), Field.AUTHOR, is_exact=True, is_excluded=True)],
        ),
        ("org:deepmind", [Term(("deepmind",), Field.ORGANIZATION)]),
        ("소속：네이버", [Term(("네이버",), Field.ORGANIZATION)]),
        ("ＧＰＴ４", [Term(("gpt4",))]),
        ("a OR b", [Term(("a",)), Term(("or",)), Term(("b",))]),
        ("title:a*", [Term(("title", "a"))]),
        ("", []),
        ("- … * ^", []),
    ],
)
def test_a_query_is_split_into_terms(typed: str, terms: list[Term]) -> None:
    assert list(parse(typed).terms) == terms


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ('a "b c', ProblemKind.OPEN_QUOTE, '"b c'),
        ("a …", ProblemKind.NO_WORD, "…"),
        ('""', ProblemKind.NO_WORD, '""'),
        ("a " * (MOST_TERMS + 1), ProblemKind.TOO_MANY, "a"),
        ("가" * 401, ProblemKind.TOO_LONG, "가" * 100),
    ],
)
def test_what_cannot_be_understood_is_a_problem(typed: str, kind: ProblemKind, text: str) -> None:
    problems = parse(typed).problems
    assert [(each.kind, each.text) for each in problems] == [(kind, text)]


def test_a_quotation_without_end_is_read_as_words() -> None:
    assert parse('a "b c').terms == (Term(("a",)), Term(("b",)), Term(("c",)))


@given(TYPED)
def test_a_query_printed_and_parsed_again_has_the_same_terms(typed: str) -> None:
    parsed = parse(typed)
    printed = str(parsed)
    if len(printed) <= query.LONGEST:
        assert parse(printed).terms == parsed.terms


@given(st.text())
def test_normalizing_again_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(TYPED)
def test_tokens_are_separated_by_spaces_alone(text: str) -> None:
    for token in tokenize(text).split(" "):
        assert all(each.isalnum() or not each.isascii() for each in token.removeprefix("^"))


@given(st.lists(TYPED), st.integers(1, 3))
def test_texts_that_are_tokenized_together_have_the_tokens_of_each(
    texts: list[str], breaks: int
) -> None:
    together: set[str] = set()
    apart: set[str] = set()
    between = " ".join(("", *[BREAK] * breaks, ""))
    each = [tokenize(text, apart) for text in texts]
    assert tokenize_lines(texts, together, breaks=breaks) == between.join(filter(None, each))
    assert together == apart


@given(
    st.lists(st.sampled_from(("model", "models", "modeling", "mode", "data", "^모델")), min_size=1)
)
def test_forms_of_a_word_are_counted_as_each_by_itself(words: list[str]) -> None:
    def score(*forms: str) -> float:
        clause = Clause("", ((tuple((form,) for form in forms),),), 1.0)
        body = " ".join(words)
        return Scorer([clause], []).score(Document("", "", "", "", body, "").pack())

    def frequency(found: float) -> float:
        return 2 * found / (1 - found)

    forms = ("model", "models", "modeling")
    counts = [frequency(score(form)) for form in forms if form in words]
    expected = sum(counts) if counts else frequency(score("absent"))
    assert frequency(score(*forms)) == pytest.approx(expected)


@pytest.mark.parametrize(
    "forms",
    [
        "agent agents",
        "policy policies",
        "train trained training trains",
        "plan planned planning",
        "cache caches cached caching",
        "study studies studied studying",
        "loss losses",
        "process processes processed",
        "model models modeling modelling",
        "embed embedded embeddings",
        "analysis analyses",
        "hypothesis hypotheses",
        "database databases",
        "bias biases",
        "quantize quantized quantizing",
        "scale scaled scaling scales",
    ],
)
def test_inflected_forms_have_one_stem(forms: str) -> None:
    assert len(set(map(stem, forms.split()))) == 1


@pytest.mark.parametrize(
    "pair", ["string str", "agent agentic", "speed spe", "corpus corp", "king k"]
)
def test_other_words_have_other_stems(pair: str) -> None:
    assert len(set(map(stem, pair.split()))) == 2
