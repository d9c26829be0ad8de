"""A paper's card for commands and messages, and what is said of an id without a paper."""

from dataclasses import dataclass, replace
from datetime import date

import discord

from bot.commands.services import Services
from bot.ingest.live_lookup import NotFound, Unavailable
from bot.ui import actions
from bot.ui import papers as ui
from bot.ui.growth import Growth, compute_growth
from bot.ui.paper_actions import CardContext, OpenedPaper, render_actions
from bot.ui.paper_texts import has_own_sections, is_blank
from config.texts import Texts
from storage import papers
from storage.records import KnownPaper, ListedPaper, PaperName


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A rendered answer that shows a paper; its buttons depend on where it is shown."""

    embed: discord.Embed
    opened: OpenedPaper
    texts: Texts
    lacks_text: bool = False
    """Whether the paper has no sections in the reader's language, which can be written."""

    def view(self, context: CardContext) -> actions.StaticView:
        """Return what a reader can do with the paper in a context."""
        return render_actions(replace(self.opened, context=context), self.texts)


def _render(known: KnownPaper, texts: Texts, growth: Growth | None = None) -> PaperCard:
    card = ui.render_card(known, texts, growth=growth)
    opened = OpenedPaper(
        known.paper.arxiv_id,
        is_whole=card.is_whole,
        has_abstract=not is_blank(known.paper.details.abstract),
        written=card.written,
    )
    lacks_text = isinstance(known, ListedPaper) and not has_own_sections(
        known.paper, texts.language
    )
    return PaperCard(card.embed, opened, texts, lacks_text)


async def render(services: Services, known: KnownPaper, texts: Texts, today: date) -> PaperCard:
    """Render a paper; one of a list also with how its votes grew up to a day."""
    if not isinstance(known, ListedPaper):
        return _render(known, texts)
    readings = await papers.readings(services.database, known.paper.arxiv_id)
    return _render(known, texts, compute_growth(readings, today))


async def cached_card(
    services: Services, arxiv_id: str, texts: Texts, today: date
) -> PaperCard | None:
    """Return a paper's card, rendered once per paper, language and day.

    `None` if no list has the paper.
    """

    async def make() -> PaperCard | None:
        found = await papers.get_with_readings(services.database, arxiv_id)
        if found is None:
            return None
        listed, readings = found
        return _render(listed, texts, compute_growth(readings, today))

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
