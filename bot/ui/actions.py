"""What a press means: all of its state is in the `custom_id`, so buttons outlive restarts.

Each template is met by the function beside it; the commands answer the presses.
"""

from datetime import date

import discord

WHOLE = r"whole:(?P<arxiv_id>\S+)"
OPEN = r"open"
TOP = r"top:(?P<period>[a-z]+):(?P<count>\d+):(?P<anchor>\d+):(?P<owner>\d+):(?P<page>\d+)"


def whole(arxiv_id: str) -> str:
    """Show a paper's whole text, in private."""
    return f"whole:{arxiv_id}"


def open_chosen() -> str:
    """Show the paper that is chosen in a menu."""
    return "open"


def top(period: str, count: int, anchor: date, owner: int, page: int) -> str:
    """Turn to a page (0-based) of a ranking that ends at the digest of `anchor`."""
    return f"top:{period}:{count}:{anchor.toordinal()}:{owner}:{page}"


class Drawn(discord.ui.View):
    """Buttons that are only drawn: who presses is answered by `custom_id`, not by this object.

    discord.py keeps every sent view that still listens, for ever where it has no timeout; a
    stopped one is sent and forgotten.
    """

    def __init__(self, *items: discord.ui.Item["Drawn"]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        self.stop()
