"""The components of a post: a menu of its papers, and a list of the remaining papers."""

from collections.abc import Container
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands.components import PersistentItem, add_items
from bot.commands.paper import chosen, show_whole
from bot.commands.services import Services
from bot.errors import UserError
from bot.posting.coverage import Coverage
from bot.posting.filters import ranked
from bot.posting.layout import title
from bot.posting.shown_papers import ShownPapers
from bot.ui import actions, posts
from config.texts import Texts
from storage import digests, papers
from storage.database import Database
from storage.records import Frequency, ListedPaper

_MOST: Final = 1_000
"""Papers of a month: three times what the fullest one has."""


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Register the components of posts of any age."""
    add_items(tree.client, services, OpenPaperOfPost, ListRest, ListAll, TurnRest)


class OpenPaperOfPost(PersistentItem, template=actions.POST_OPEN):
    """The menu of a post's papers."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the chosen paper in private."""
        await show_whole(interaction, await chosen(interaction, services), services)


class ListRest(PersistentItem, template=actions.POST_REST):
    """The button of older posts that lists the papers which a post doesn't show."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """List the remaining papers in private."""
        coverage = _coverage(self.state["coverage"])
        await _list_rest(interaction, services, coverage, _in_menu(interaction.message))


class ListAll(PersistentItem, template=actions.POST_ALL):
    """The button that lists the papers which a post doesn't show; its menu has more than those."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """List the remaining papers in private."""
        coverage = _coverage(self.state["coverage"])
        shown = _in_menu(interaction.message)[: int(self.state["shown"])]
        await _list_rest(interaction, services, coverage, shown)


class TurnRest(PersistentItem, template=actions.REST):
    """A button to another page of the remaining papers."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the page."""
        coverage = _coverage(self.state["coverage"])
        seen = ShownPapers(int(self.state["salt"]), self.state["seen"])
        found = await _papers(services.database, coverage)
        try:
            rest = _without(found, seen)
        except ValueError:  # not Base64
            raise UserError("error-outdated") from None
        page = int(self.state["page"])
        embed, view = _page(coverage, rest, seen, texts=services.texts(interaction), page=page)
        await interaction.response.edit_message(embed=embed, view=view)


def _coverage(key: str) -> Coverage:
    try:
        return Coverage.parse(key)
    except ValueError:
        raise UserError("error-outdated") from None


async def _papers(database: Database, coverage: Coverage) -> tuple[ListedPaper, ...]:
    """Return all papers of a coverage with current votes, most votes first."""
    if coverage.kind is Frequency.DAY:
        digest = await digests.get(database, coverage.first)
        return ranked(digest.papers) if digest else ()
    ranking = await papers.top(database, first=coverage.first, last=coverage.last, limit=_MOST)
    return ranking.papers


async def _list_rest(
    interaction: discord.Interaction[Any],
    services: Services,
    coverage: Coverage,
    shown: list[str],
) -> None:
    rest = _without(await _papers(services.database, coverage), shown)
    seen = ShownPapers.of(shown, others=[each.paper.arxiv_id for _, each in rest])
    embed, view = _page(coverage, rest, seen, texts=services.texts(interaction), page=0)
    await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


def _without(
    papers: tuple[ListedPaper, ...], shown: Container[str] | ShownPapers
) -> list[tuple[int, ListedPaper]]:
    """Return the papers that are not shown, each with its rank among all."""
    return [
        (rank, each)
        for rank, each in enumerate(papers, start=1)
        if each.paper.arxiv_id not in shown
    ]


def _in_menu(message: discord.Message | None) -> list[str]:
    """Return the ids of the papers in a post's menu, in order."""
    return [
        option.value
        for row in (message.components if message else ())
        if isinstance(row, discord.ActionRow)
        for menu in row.children
        if isinstance(menu, discord.SelectMenu) and actions.mark_of(menu.custom_id or "")
        for option in menu.options
    ]


def _page(
    coverage: Coverage,
    rest: list[tuple[int, ListedPaper]],
    seen: ShownPapers,
    *,
    texts: Texts,
    page: int,
) -> tuple[discord.Embed, actions.StaticView]:
    return posts.render_rest(
        rest,
        texts,
        title=texts("post-rest-title", title=title(coverage, texts)),
        page=page,
        turn=lambda to: actions.rest(coverage.key, to, seen.salt, seen.text),
    )
