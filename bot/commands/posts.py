"""The components of a post: a menu of its papers, and a list of the remaining papers."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands.components import PersistentItem, add_items
from bot.commands.known_papers import find_chosen
from bot.commands.paper import open_private
from bot.commands.services import Services
from bot.errors import UserError
from bot.posting.coverage import Coverage
from bot.posting.filters import rank_by_votes
from bot.posting.layout import title
from bot.posting.shown_papers import ShownPapers
from bot.ui import actions, posts
from config.texts import Texts
from storage import digests, papers
from storage.database import Database
from storage.records import Frequency, ListedPaper

_NO_POSTS: Final = frozenset({"preview", "rest", "top"})
"""What stands for a mark in menus of previews, lists and rankings: they are like those of posts."""
_MOST: Final = 1_000
"""Papers of a month: three times what the fullest one has."""


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Register the components of posts of any age."""
    add_items(tree.client, services, OpenPaperOfPost, OpenPaperOfRest, ListRest, ListAll, TurnRest)


class OpenPaperOfPost(PersistentItem, template=actions.POST_OPEN):
    """The menu of a post's papers."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the chosen paper in private."""
        listed = await find_chosen(interaction, services)
        post_id = None if self.state["mark"] in _NO_POSTS else _post_id(interaction.message)
        _count(interaction, services, post_id)
        await open_private(interaction, listed, services, post_id)


class OpenPaperOfRest(PersistentItem, template=actions.REST_OPEN):
    """The menu of the papers that a post doesn't show."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the chosen paper in private."""
        listed = await find_chosen(interaction, services)
        post_id = _post_id_in(self.state)
        _count(interaction, services, post_id)
        await open_private(interaction, listed, services, post_id)


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
        post_id = _post_id_of_list(interaction.message)
        texts = services.texts(interaction)
        embed, view = _page(_Rest(coverage, rest, seen, post_id), texts, page)
        await interaction.response.edit_message(embed=embed, view=view)


def _count(interaction: discord.Interaction[Any], services: Services, post_id: int | None) -> None:
    """Count that a paper of a post was opened, if it was one of a post and not of a preview."""
    if post_id is not None:
        services.usage.paper_opened(interaction.guild_id, post_id)


def _coverage(key: str) -> Coverage:
    try:
        return Coverage.parse(key)
    except ValueError:
        raise UserError("error-outdated") from None


async def _papers(database: Database, coverage: Coverage) -> tuple[ListedPaper, ...]:
    """Return all papers of a coverage with current votes, most votes first."""
    if coverage.kind is Frequency.DAY:
        digest = await digests.get(database, coverage.first)
        return rank_by_votes(digest.papers) if digest else ()
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
    found = _Rest(coverage, rest, seen, _post_id(interaction.message))
    embed, view = _page(found, services.texts(interaction), 0)
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
        for menu in _menus(message)
        if actions.mark_of(menu.custom_id or "")
        for option in menu.options
    ]


def _menus(message: discord.Message | None) -> Iterator[discord.SelectMenu]:
    """Yield the menus below a message."""
    for row in message.components if message else ():
        if isinstance(row, discord.ActionRow):
            yield from (each for each in row.children if isinstance(each, discord.SelectMenu))


def _post_id(message: discord.Message | None) -> int | None:
    """Return the message of a post that was pressed; `None` for a preview, which is private."""
    return None if message is None or message.flags.ephemeral else message.id


def _post_id_in(state: dict[str, str]) -> int | None:
    """Return the post of the menu of a list; `None` for that of a preview."""
    return int(state["post"]) if state["post"] else None


def _post_id_of_list(message: discord.Message | None) -> int | None:
    """Return the post of a list of papers, whose buttons have no room for it, by its menu."""
    for menu in _menus(message):
        state = OpenPaperOfRest.state_in(menu.custom_id or "")
        if state is not None:
            return _post_id_in(state)
    return None


@dataclass(frozen=True, slots=True)
class _Rest:
    """The papers that a post doesn't show."""

    coverage: Coverage
    papers: list[tuple[int, ListedPaper]]
    """Each with its rank in the coverage."""
    seen: ShownPapers
    """Those that it shows."""
    post_id: int | None
    """The post's message; `None` for a preview."""


def _page(rest: _Rest, texts: Texts, page: int) -> tuple[discord.Embed, actions.StaticView]:
    return posts.render_rest(
        rest.papers,
        texts,
        title=texts("post-rest-title", title=title(rest.coverage, texts)),
        page=page,
        turn=lambda to: actions.rest(rest.coverage.key, to, rest.seen.salt, rest.seen.text),
        post_id=rest.post_id,
    )
