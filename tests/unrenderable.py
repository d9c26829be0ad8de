"""A paper that can't be rendered, wherever it stands: for benchmarks over several processes.

No stored paper is known that a renderer fails for, so one is replaced by one that does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from bot.posting import layout
from bot.ui import papers, posts

TITLE: Final = "A paper that can't be rendered"


@contextmanager
def unrenderable() -> Iterator[None]:
    """Let the rendering of papers with this title fail, as a card and in a list."""
    card, sentence = papers.card, posts._sentence

    def failing_card(listed: Any, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - passed on
        if listed.paper.title == TITLE:
            raise ZeroDivisionError("no room")
        return card(listed, *args, **more)

    def failing_sentence(paper: Any) -> str:  # noqa: ANN401 - passed on
        if paper.title == TITLE:
            raise ZeroDivisionError("no room")
        return sentence(paper)

    with (
        mock.patch.object(layout, "card", failing_card),
        mock.patch.object(posts, "_sentence", failing_sentence),
    ):
        yield
