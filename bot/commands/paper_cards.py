"""A paper's card for commands and messages, and what is said of an id without a paper."""

from dataclasses import dataclass
from datetime import date

import discord

from bot.commands.services import Services
from bot.ingest.live_lookup import NotFound, Unavailable
from bot.ui import actions
from bot.ui import papers as ui
from bot.ui.growth import Growth, compute_growth
from bot.ui.paper_links import render_links
from config.texts import Texts
from storage import papers
from storage.records import KnownPaper, ListedPaper, PaperName


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A rendered answer that shows a paper."""

    embed: discord.Embed
    view: actions.StaticView


def render(known: KnownPaper, texts: Texts, growth: Growth | None = None) -> PaperCard:
    """Render a paper with its buttons."""
    card = ui.render_card(known, texts, growth=growth)
    view = render_links(
        known.paper, texts, is_whole=card.is_whole, is_listed=isinstance(known, ListedPaper)
    )
    return PaperCard(card.embed, view)


async def render_listed(
    services: Services, listed: ListedPaper, texts: Texts, today: date
) -> PaperCard:
    """Render a paper of a list, with how its votes grew up to a day."""
    readings = await papers.readings(services.database, listed.paper.arxiv_id)
    return render(listed, texts, compute_growth(readings, today))


async def cached_card(
    services: Services, arxiv_id: str, texts: Texts, today: date
) -> PaperCard | None:
    """Return a paper's card, rendered once per paper, language and day.

    `None` if no list has the paper.
    """

    async def make() -> PaperCard | None:
        listed = await papers.get(services.database, arxiv_id)
        return await render_listed(services, listed, texts, today) if listed is not None else None

    return await services.cache.get(("paper", arxiv_id, texts, today), make)


def describe_missing(
    arxiv_id: str,
    missing: NotFound | Unavailable | None,
    near: tuple[PaperName, ...],
    texts: Texts,
) -> str:
    """Return what is said of an id without a paper; `missing` is `None` if nobody was asked."""
    match missing:
        case None:
            key = "paper-unknown-id-near" if near else "paper-unknown-id"
            return texts(key, id=arxiv_id)
        case NotFound(names):
            key = "paper-not-found-near" if near else "paper-not-found"
        case Unavailable(names):
            key = "paper-services-down-near" if near else "paper-services-down"
    return texts(key, id=arxiv_id, services=texts.join(names))
