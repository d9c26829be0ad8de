"""The JSON output of the command line is a public format, compared with frozen lines.

Existing keys, their order, their values and where null is used must never change. Keys may be added
at the end; then the new lines replace the frozen ones here.
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
    """Create the default database with the frozen digests."""
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
