"""The action that shows papers similar to one, and the buttons of its pages."""

from typing import Any

import discord

from bot.commands import responses
from bot.commands.card_contexts import is_in_server
from bot.commands.card_messages import answer_posted, check_channel, post_once
from bot.commands.components import PersistentItem
from bot.commands.known_papers import known_paper
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import actions
from bot.ui.names import line_title, link_title
from bot.ui.search_results import PAGE
from bot.ui.similar import SimilarPage, render_similar
from storage import similar
from storage.records import Paper
from storage.similar import SimilarPapers


class ShowSimilar(PersistentItem, template=actions.SIMILAR):
    """The button that shows papers similar to one, or another page of them."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the papers in private, or turn to their page."""
        known = await known_paper(interaction, self.state["arxiv_id"], services)
        turned_to: str | None = self.state["page"]
        page = await _find(known.paper, int(turned_to or 0), services)
        embed, view = render_similar(
            page, services.texts(interaction), can_share=is_in_server(interaction)
        )
        if turned_to is None or interaction.response.is_done():
            await responses.send(interaction, embed=embed, view=view, ephemeral=True)
        else:
            await interaction.response.edit_message(embed=embed, view=view)


class ShareSimilar(PersistentItem, template=actions.SIMILAR_SHARE):
    """The button below a page of similar papers that posts it for everyone in the channel."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Post the page in the reader's name, once, and link to it in private."""
        texts = services.texts(interaction)
        channel = check_channel(interaction, texts)
        await interaction.response.defer(ephemeral=True, thinking=True)
        paper = (await known_paper(interaction, self.state["arxiv_id"], services)).paper
        page = await _find(paper, int(self.state["page"]), services)
        embed, view = render_similar(page, texts, private=False)
        title = texts("similar-title", title=line_title(paper))
        message = await post_once(
            channel,
            f"similar {paper.arxiv_id} {page.page} {texts.language}",
            texts("shared-by", user=interaction.user.mention, title=title),
            embed=embed,
            view=view,
        )
        title = texts("similar-title", title=link_title(paper))
        await answer_posted(interaction, message, title, texts)


async def _find(paper: Paper, number: int, services: Services) -> SimilarPage:
    """Return a page, or the last one if there are fewer by now.

    Raises:
        UserError: No paper is similar.
    """
    found = await _page(paper, number, services)
    last = max(-(-found.total // PAGE), 1) - 1
    if number > last:
        number = last
        found = await _page(paper, number, services)
    if not found.papers:
        raise UserError("similar-none")
    return SimilarPage(
        paper,
        [(each.listed, each.shares) for each in found.papers],
        found.total,
        found.is_indexing,
        number,
    )


async def _page(paper: Paper, number: int, services: Services) -> SimilarPapers:
    return await similar.find(
        services.database,
        paper,
        limit=PAGE,
        offset=number * PAGE,
        meanings=services.meanings,
    )
