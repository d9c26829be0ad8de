"""Rendering of the papers that a message names: short cards, and a menu that opens each."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.ui import actions, limits, post_cards
from bot.ui.markdown import title_of
from bot.ui.papers import ROOM
from config.texts import Texts
from storage.records import KnownPaper

_CARDS: Final = 5
"""Cards of a message: each has about the room of a paragraph."""
_CARD_ROOM: Final = 2_000


def render_cards(known: Sequence[KnownPaper], texts: Texts) -> list[list[discord.Embed]]:
    """Return short cards of papers, those of each message in a list."""
    room = min(_CARD_ROOM, ROOM // min(_CARDS, len(known)))
    cards = [post_cards.render_card(each, texts, room=room) for each in known]
    return [cards[at : at + _CARDS] for at in range(0, len(cards), _CARDS)]


def render_menu(known: Sequence[KnownPaper], texts: Texts) -> actions.StaticView:
    """Return a menu that opens one of up to 25 papers in private."""
    options = [
        discord.SelectOption(
            label=limits.shorten(title_of(each.paper), limits.OPTION_TEXT),
            value=each.paper.arxiv_id,
            description=each.paper.arxiv_id,
        )
        for each in known
    ]
    menu = discord.ui.Select[actions.StaticView](
        custom_id=actions.open_chosen(private=True),
        options=options,
        placeholder=texts("paper-choose"),
    )
    return actions.StaticView(menu)
