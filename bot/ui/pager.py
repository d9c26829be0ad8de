"""Pages of a long list: their number, the footer, and the buttons to other pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.ui.actions import StaticView
from config.texts import Texts


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list.

    >>> pager = Pager.at(9, items=21, size=10)
    >>> pager.page, pager.pages, pager.first
    (2, 3, 20)
    """

    page: int
    """0-based."""
    pages: int
    """At least 1."""
    size: int
    """Items on a page."""

    @classmethod
    def at(cls, page: int, *, items: int, size: int) -> "Pager":
        """Return a page of a list of `items`; a number past the last page gives the last page."""
        pages = max(-(-items // size), 1)
        return cls(min(page, pages - 1), pages, size)

    @property
    def first(self) -> int:
        """The index of the page's first item."""
        return self.page * self.size

    def set_footer(
        self, embed: discord.Embed, texts: Texts, *, votes_read_at: datetime | None = None
    ) -> None:
        """Set the footer to the page number, if there are several, and the time votes were read.

        Args:
            embed: The embed of the page.
            texts: In the language of the reader.
            votes_read_at: UTC; `None` if there are no votes on the page.
        """
        parts = [texts("top-page", page=self.page + 1, pages=self.pages)] if self.pages > 1 else []
        parts += [texts("top-votes-as-of")] if votes_read_at is not None else []
        if parts:
            embed.set_footer(text=" · ".join(parts))
        embed.timestamp = votes_read_at

    def buttons(
        self, texts: Texts, custom_id: Callable[[int], str]
    ) -> list[discord.ui.Item[StaticView]]:
        """Return the buttons to the pages before and after; none if there is one page.

        Args:
            texts: In the language of the reader.
            custom_id: Returns the `custom_id` of the button to a page.
        """
        if self.pages == 1:
            return []
        return [
            discord.ui.Button(
                label=texts(label),
                disabled=not 0 <= to < self.pages,
                custom_id=custom_id(max(to, 0)),
            )
            for label, to in (("top-previous", self.page - 1), ("top-next", self.page + 1))
        ]
