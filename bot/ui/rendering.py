"""Rendering of several papers of which one can't be rendered: the others are shown."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from storage.records import ListedPaper

T = TypeVar("T")

log = logging.getLogger(__name__)


def render_each(
    papers: Iterable[ListedPaper], render: Callable[[int, ListedPaper], T], *, start: int = 1
) -> list[tuple[ListedPaper, T]]:
    """Return papers with what `render` makes of each and its place, counted from `start`.

    A paper that can't be rendered is logged with its traceback and left out; its place is empty.
    """
    rendered = []
    for place, paper in enumerate(papers, start):
        try:
            rendered.append((paper, render(place, paper)))
        except Exception:
            log.exception("paper %s can't be rendered and is left out", paper.paper.arxiv_id)
    return rendered
