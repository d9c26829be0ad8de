"""`daily-papers search`: what it finds and says."""

import json
from typing import Protocol

import pytest


class Result(Protocol):
    status: int
    out: str
    err: str


class Invoke(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


@pytest.mark.usefixtures("stored")
def test_search_finds_papers_by_words(invoke: Invoke) -> None:
    result = invoke("search", "실험장", "--json")
    assert [json.loads(line)["arxiv_id"] for line in result.out.splitlines()] == ["2502.14499"]
    assert invoke("search", "supergpqa").out.startswith("1\t78\t2502.14739\t")


@pytest.mark.parametrize("text", ["nothing-has-this", '"', "\udcff"])
@pytest.mark.usefixtures("stored")
def test_a_search_without_results_says_so(invoke: Invoke, text: str) -> None:
    result = invoke("search", text)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("No paper matches “")


@pytest.mark.usefixtures("stored")
def test_search_has_the_options_of_the_slash_command(invoke: Invoke) -> None:
    def found(*options: str) -> list[str]:
        return [line.split("\t")[2] for line in invoke("search", *options).out.splitlines()]

    assert found("a", "--sort", "votes") == ["2401.00001", "2502.14499"]
    assert found("a", "--sort", "date") == ["2502.14499", "2401.00001"]
    assert found("a", "--min-votes", "200") == found("a", "--until", "2024-12-31")
    assert found("a", "--since", "2025-02-21") == ["2502.14499"]
    assert found("--author", "madaan, L.") == found("author:nathani") == ["2502.14499"]
    assert found("--org", "nowhere") == []


@pytest.mark.usefixtures("stored")
def test_a_search_suggests_the_nearest_spelling(invoke: Invoke) -> None:
    assert "Did you mean “supergpqa”" in invoke("search", "supergqpa").err


@pytest.mark.usefixtures("stored")
def test_a_search_without_results_says_what_was_searched_for(invoke: Invoke) -> None:
    assert invoke("search", "supergpqq", "--since", "2025-02-21").err == (
        "No paper matches “supergpqq”. Searched for: supergpqq, since 2025-02-21. "
        "Did you mean “supergpqa”?\n"
    )
    assert invoke("search", '"supergpqa', "--min-votes", "999").err == (
        'No paper matches “"supergpqa”. Searched for: supergpqa, at least 999 upvotes. '
        "Try fewer words or conditions.\n"
        "A quotation mark isn't closed, so its words were searched one by one.\n"
    )
    assert "Only the first 32 terms were searched.\n" in invoke("search", "a b " * 20).err


@pytest.mark.usefixtures("stored")
def test_days_of_a_search_in_the_wrong_order_are_a_usage_error(invoke: Invoke) -> None:
    result = invoke("search", "gym", "--since", "2025-02-22", "--until", "2025-02-21")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("--since 2025-02-22 is after --until 2025-02-21.")


@pytest.mark.parametrize("text", ["2502.14739", "https://arxiv.org/abs/2502.14739v2"])
@pytest.mark.usefixtures("stored")
def test_a_search_for_an_id_or_a_link_finds_its_paper(invoke: Invoke, text: str) -> None:
    assert invoke("search", text).out.startswith("1\t78\t2502.14739\t")
    assert "until 2020-01-01" in invoke("search", text, "--until", "2020-01-01").err
    missing = invoke("search", "2502.14738")
    assert (missing.status, missing.out) == (1, "")
    assert missing.err.startswith("No digest lists 2502.14738. Similar IDs:")


@pytest.mark.usefixtures("stored")
def test_a_search_for_nothing_but_excluded_words_says_so(invoke: Invoke) -> None:
    result = invoke("search", "--", "-model")
    assert result.status == 1
    assert "besides those that are excluded" in result.err


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_search_is_a_usage_error(invoke: Invoke, text: str) -> None:
    result = invoke("search", text)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("Enter a word to search for")
