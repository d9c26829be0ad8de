"""The log lines of an ingested text."""

import logging

import pytest

from bot.digest import Problem, ProblemKind
from bot.ingest.report import IngestResult, log_result


def test_equal_problems_are_one_log_entry_with_their_count_and_first_places(
    caplog: pytest.LogCaptureFixture,
) -> None:
    empty = [
        Problem(ProblemKind.SECTION_EMPTY, line, "a section is empty") for line in (3, 9, 14, 20)
    ]
    other = Problem(ProblemKind.VOTES_UNREADABLE, 5, "votes are no number")
    with caplog.at_level(logging.WARNING):
        log_result(IngestResult("a.md", problems=(*empty, other)))
    assert caplog.messages == [
        "a.md:3: section-empty: a section is empty (4 times: lines 3, 9, 14 …)",
        "a.md:5: votes-unreadable: votes are no number",
    ]
