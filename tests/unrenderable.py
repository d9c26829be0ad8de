"""A paper that can't be rendered in any layout, for benchmarks over several processes.

No real text is known for which a renderer fails, so the renderers are replaced.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from bot.posting import layout
from bot.ui import papers, posts
from storage.records import ListedPaper

TITLE: Final = "A paper that can't be rendered"


@contextmanager
def unrenderable() -> Iterator[None]:
    """Let the rendering of papers with this title fail, as a card and in a list."""
    card, compact = papers.card, posts.compact

    def failing_card(listed: ListedPaper, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - passed on
        if listed.paper.title == TITLE:
            raise ZeroDivisionError("no room")
        return card(listed, *args, **more)

    def failing_compact(shown: Sequence[ListedPaper], *args: Any, **more: Any) -> Any:  # noqa: ANN401 - passed on
        if any(each.paper.title == TITLE for each in shown):
            raise ZeroDivisionError("no room")
        return compact(shown, *args, **more)

    with (
        mock.patch.object(layout, "card", failing_card),
        mock.patch.object(posts, "compact", failing_compact),
    ):
        yield
