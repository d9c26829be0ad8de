import doctest

import pytest

from storage.records import arxiv_ids, arxiv_ids_in, mistaken_id_in


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("<@187650000000000001> 2502.14499", ["2502.14499"]),
        ("2502.14499는 어때요?", ["2502.14499"]),
        ("<https://arxiv.org/abs/2502.14499v2>", ["2502.14499"]),
        ("[x](https://arxiv.org/pdf/2502.14499.pdf)", ["2502.14499"]),
        ("||https://huggingface.co/papers/2502.14499#community||", ["2502.14499"]),
        ("2502.14499, arXiv: 2502.00001 and 2502.14499v3.", ["2502.14499", "2502.00001"]),
        ("arxiv.org/abs/hep-th/9901001 and math.GT/0309136", ["hep-th/9901001", "math/0309136"]),
        ("v1.2502.14499, 2502.14499.1, 12502.14499, a/2502.14499 and 2502.144999", []),
        ("2513.12345 and https://arxiv.org/abs/2500.12345", []),
        ("", []),
    ],
)
def test_the_ids_of_a_message_are_found_in_their_order(text: str, ids: list[str]) -> None:
    assert arxiv_ids_in(text) == tuple(ids)


@pytest.mark.parametrize(
    ("text", "mistaken"),
    [
        ("2513.12345", "2513.12345"),
        ("arXiv:2500.12345v2", "2500.12345"),
        ("https://arxiv.org/abs/2513.12345", "2513.12345"),
        ("hep-th/9913001", "hep-th/9913001"),
        ("https://arxiv.org/abs/math.GT/0300136v1", "math.GT/0300136"),
        ("hep-th/990100", None),
        ("src/9913001", None),
        ("2502.144", "2502.144"),
        ("2502.14499", None),
        ("2513.12345 or 2502.14499", None),
        ("GPT 3.14 in 2024", None),
    ],
)
def test_what_only_looks_like_an_id_is_told_apart(text: str, mistaken: str | None) -> None:
    assert mistaken_id_in(text) == mistaken


def test_the_examples_in_docstrings_are_true() -> None:
    failed, attempted = doctest.testmod(arxiv_ids)
    assert (failed, attempted > 0) == (0, True)
