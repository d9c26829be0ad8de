"""Rendering of several papers, also if one of them can't be rendered."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from storage.records import ListedPaper

T = TypeVar("T")

log = logging.getLogger(__name__)


def render_each(
    papers: Iterable[ListedPaper], render: Callable[[int, ListedPaper], T], *, start: int = 1
) -> list[tuple[ListedPaper, T]]:
    """Return papers with the result of `render`, which gets each paper's number and the paper.

    A paper that can't be rendered is logged with its traceback and left out; its number is skipped.
    """
    rendered = []
    for number, paper in enumerate(papers, start):
        try:
            rendered.append((paper, render(number, paper)))
        except Exception:
            log.exception("paper %s can't be rendered and is left out", paper.paper.arxiv_id)
    return rendered
