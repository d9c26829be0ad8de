"""The JSON that the command line writes is a public format: it is compared with frozen lines.

The keys, their order, the values and where null stands may never change. Keys may be added behind
the present ones; then the new lines are frozen here in the place of the old ones.
"""

from pathlib import Path
from typing import Final, Protocol

import pytest

FROZEN: Final = Path(__file__).parents[1] / "public"
DIGESTS: Final = ("2025-03-03.md", "2025-03-04.md")


class Result(Protocol):
    status: int
    out: str
    err: str


class Invoke(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


@pytest.fixture
def frozen_digests(invoke: Invoke) -> None:
    """A database where the command line looks for it, with the frozen digests in it."""
    result = invoke("ingest", *(str(FROZEN / name) for name in DIGESTS))
    assert result.status == 0, result.err


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("paper", "2503.00001", "--json"), "paper.jsonl"),
        (("paper", "2503.00005", "--json"), "paper_with_nothing_known.jsonl"),
        (("top", "--period", "all", "--json"), "top.jsonl"),
        (("top", "--period", "all", "--count", "2", "--json"), "top_two.jsonl"),
        (("search", "planning", "--json"), "search.jsonl"),
        (("export",), "export.jsonl"),
        (("export", "--date", "2025-03-03", "--format", "jsonl"), "export_day.jsonl"),
    ],
)
@pytest.mark.usefixtures("frozen_digests")
def test_json_is_written_exactly_as_frozen(
    invoke: Invoke, arguments: tuple[str, ...], name: str
) -> None:
    result = invoke(*arguments)
    assert (result.status, result.err) == (0, "")
    assert result.out == (FROZEN / name).read_text("utf-8")
