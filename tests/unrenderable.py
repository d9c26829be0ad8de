"""A paper that can't be rendered in any layout, for benchmarks over several processes.

No real text is known for which a renderer fails, so the renderers are replaced.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from bot.posting import layout
from bot.ui import brief, post_cards
from storage.records import ListedPaper

TITLE: Final = "A paper that can't be rendered"


@contextmanager
def unrenderable() -> Iterator[None]:
    """Let the rendering of papers with this title fail, as a card and in a list."""
    render_card, render_brief = post_cards.render_card, brief.render_brief

    def failing_card(listed: ListedPaper, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - passed on
        if listed.paper.title == TITLE:
            raise ZeroDivisionError("no room")
        return render_card(listed, *args, **more)

    def failing_brief(shown: Sequence[ListedPaper], *args: Any, **more: Any) -> Any:  # noqa: ANN401 - passed on
        if any(each.paper.title == TITLE for each in shown):
            raise ZeroDivisionError("no room")
        return render_brief(shown, *args, **more)

    with (
        mock.patch.object(layout, "render_card", failing_card),
        mock.patch.object(layout, "render_brief", failing_brief),
    ):
        yield
