"""`/search`: find papers by words, authors and organizations."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands import responses
from bot.commands.card_contexts import is_in_server
from bot.commands.card_messages import answer_posted, check_channel, post_once
from bot.commands.components import PersistentItem, add_items, chosen_values
from bot.commands.days import suggest_days
from bot.commands.kept_searches import add_corrections, keep_search
from bot.commands.known_papers import explain_missing
from bot.commands.no_papers import find_newest_day
from bot.commands.search_options import (
    MOST_VOTES,
    describe_conditions,
    describe_sort,
    read_days,
    read_sort,
    read_votes,
)
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import actions, limits
from bot.ui.markdown import escape
from bot.ui.search_results import (
    PAGE,
    ResultPage,
    line_search,
    render_items,
    render_page,
    search_title,
)
from storage import names, papers, search, searches
from storage.query import LONGEST, MOST_TERMS, Field, ProblemKind
from storage.search import Request, SearchPage, Sort

_ECHO: Final = 100
_TIMEOUT: Final = 2.0
"""Seconds for a search: Discord wants an answer within 3."""


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/search`, and the components of its responses."""
    label = services.label
    options = ("text", "author", "org", "since", "until", "min_votes", "sort")
    renamed = {each: label(f"command-search-{each}-name") for each in options}
    described = {each: label(f"command-search-{each}-description") for each in options}

    @tree.command(
        name=label("command-search-name"), description=label("command-search-description")
    )
    @app_commands.rename(**renamed, private=label("command-option-private-name"))
    @app_commands.describe(**described, private=label("command-option-private-description"))
    @app_commands.choices(
        sort=[
            app_commands.Choice(name=label(f"command-search-sort-{each}"), value=each)
            for each in Sort
        ]
    )
    async def search_papers(  # noqa: PLR0913, PLR0917 - options of a command
        interaction: discord.Interaction[Any],
        text: app_commands.Range[str, 1, LONGEST] = "",
        author: app_commands.Range[str, 1, limits.CHOICE_NAME] = "",
        org: app_commands.Range[str, 1, limits.CHOICE_NAME] = "",
        since: str | None = None,
        until: str | None = None,
        min_votes: app_commands.Range[int, 0, MOST_VOTES] | None = None,
        sort: str = Sort.RELEVANCE,
        private: bool = False,
    ) -> None:
        request = Request(
            text.strip(),
            author.strip(),
            org.strip(),
            *read_days(since, until, interaction),
            read_votes(min_votes),
            read_sort(sort),
        )
        await _Answer(interaction, services, request).send(is_private=private, is_new=True)

    @search_papers.autocomplete("author")
    @services.autocompletes.newest_only
    async def suggest_author(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return await _suggest(services, Field.AUTHOR, current)

    @search_papers.autocomplete("org")
    @services.autocompletes.newest_only
    async def suggest_org(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return await _suggest(services, Field.ORGANIZATION, current)

    @search_papers.autocomplete("since")
    @search_papers.autocomplete("until")
    @services.autocompletes.newest_only
    async def suggest_day(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return await suggest_days(interaction, current, services)

    add_items(tree.client, services, TurnPage, SharePage, ChooseAuthor)


class TurnPage(PersistentItem, template=actions.SEARCH):
    """A button to another page of what a search found, or to one with another spelling."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the page to the person who searched; send others a private copy."""
        request = await searches.get(services.database, int(self.state["search"]))
        if request is None:
            raise UserError("error-outdated")
        answer = _Answer(interaction, services, request)
        answer.page, answer.search_id = int(self.state["page"]), int(self.state["search"])
        if interaction.user.id == int(self.state["owner"]):
            await answer.edit()
        else:
            await answer.send(is_private=True)


class SharePage(PersistentItem, template=actions.SEARCH_SHARE):
    """The button of a private page that posts it for everyone in the channel."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Post the page in the person's name, once, and link to it in private."""
        request = await searches.get(services.database, int(self.state["search"]))
        if request is None:
            raise UserError("error-outdated")
        answer = _Answer(interaction, services, request)
        answer.page, answer.search_id = int(self.state["page"]), int(self.state["search"])
        await answer.share()


class ChooseAuthor(PersistentItem, template=actions.BY_AUTHOR):
    """The menu of authors below results."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the author's papers in private, the newest first."""
        request = Request(author=chosen_values(interaction)[0], sort=Sort.DATE)
        await _Answer(interaction, services, request).send(is_private=True)


class _Answer:
    """The response to a search; errors are always private."""

    def __init__(
        self,
        interaction: discord.Interaction[Any],
        services: Services,
        request: Request,
    ) -> None:
        self._interaction = interaction
        self._services = services
        self._texts = services.texts(interaction)
        self._request = request
        self.page = 0
        self.search_id: int | None = None
        """Of the stored search; `None` while it isn't stored."""

    async def send(self, *, is_private: bool, is_new: bool = False) -> None:
        """Send a page of what was found, or say that nothing was; `is_new` if a person typed it."""
        found = await self._search()
        if is_new:
            # Elsewhere people have brought the bot along: nobody there could have it forgotten.
            is_in = is_in_server(self._interaction)
            self._services.usage.searched(self._interaction.guild_id if is_in else None)
        if not found.hits:
            await self._refuse(found)
            return
        # What doesn't have the words isn't what a channel was to see.
        is_private |= found.is_by_meaning
        embed, view = await self._render(found, is_private=is_private)
        await responses.send(self._interaction, embed=embed, view=view, ephemeral=is_private)

    async def edit(self) -> None:
        """Show a page in place of the one whose button was pressed."""
        found = await self._search()
        if not found.hits:
            await self._refuse(found)
            return
        message = self._interaction.message
        assert message is not None, "it has the button"
        embed, view = await self._render(found, is_private=message.flags.ephemeral)
        changes: dict[str, Any] = {"embed": embed, "view": view}
        if message.content and message.embeds:
            embed.title = None  # as `share` has posted it
        else:
            changes["content"] = None  # that nothing was found
        await self._interaction.response.edit_message(**changes)

    async def share(self) -> None:
        """Post a page in the channel, once, and link to it in private."""
        texts = self._texts
        channel = check_channel(self._interaction, texts)
        await self._interaction.response.defer(ephemeral=True, thinking=True)
        found = await self._search()
        if not found.hits:
            await self._refuse(found)
            return
        embed, view = await self._render(found)
        embed.title = None  # the line above it says the same, and a notification shows that
        user = self._interaction.user.mention
        message = await post_once(
            channel,
            f"search {self.search_id} {self.page} {texts.language}",
            texts("shared-by", user=user, title=line_search(*self._describe(), texts)),
            embed=embed,
            view=view,
        )
        title = search_title(*self._describe(), texts)
        await answer_posted(self._interaction, message, title, texts)

    async def _search(self) -> SearchPage:
        """Return what is found, of the page or of the last one before it.

        Raises:
            UserError: There is nothing to search for, no paper at all, or it takes too long.
        """
        parsed = self._request.query()
        if not parsed.required and self._request.arxiv_id is None:
            raise UserError("search-only-excluded" if parsed.terms else "search-empty")
        await find_newest_day(self._interaction, self._services)
        try:
            async with asyncio.timeout(_TIMEOUT):
                found = await self._find(self.page)
                last = max(-(-found.total // PAGE), 1) - 1
                if not found.hits and self.page > last:
                    self.page = last
                    found = await self._find(last)
        except TimeoutError:
            raise UserError("search-slow") from None
        return found

    async def _find(self, page: int) -> SearchPage:
        return await search.search(
            self._services.database,
            self._request,
            limit=PAGE,
            offset=page * PAGE,
            two_languages=self._services.two_languages,
            meanings=self._services.meanings,
        )

    async def _render(
        self, found: SearchPage, *, is_private: bool = False
    ) -> tuple[discord.Embed, actions.StaticView]:
        """Return a page with its menus and buttons; a private one can be posted for everyone."""
        can_share = is_private and is_in_server(self._interaction)
        query, conditions = self._describe()
        page = ResultPage(
            papers=found.hits,
            query=query,
            conditions=conditions,
            total=found.total,
            has_more=found.has_more,
            is_partial=found.is_partial,
            is_indexing=found.is_indexing,
            also=found.also,
            page=self.page,
            is_by_meaning=found.is_by_meaning,
            notes=self._notes(found),
        )
        if self.search_id is None and (page.pager.pages > 1 or can_share):
            self.search_id = await keep_search(self._interaction, self._services, self._request)
        owner = self._interaction.user.id
        view = render_items(page, self.search_id, owner, self._texts, can_share=can_share)
        await self._add_corrections(view, found)
        return render_page(page, self._texts), view

    async def _add_corrections(self, view: discord.ui.View, found: SearchPage) -> None:
        await add_corrections(self._interaction, self._services, view, self._request, found.similar)

    async def _refuse(self, found: SearchPage) -> None:
        """Say that nothing was found, what was looked for, and which spellings are near."""
        texts = self._texts
        arxiv_id = self._request.arxiv_id
        if arxiv_id is not None and await papers.get(self._services.database, arxiv_id) is None:
            sentence, view = await explain_missing(
                self._services, arxiv_id, None, texts, self._interaction
            )
            await responses.send(self._interaction, sentence, view=view, ephemeral=True)
            return
        query = limits.shorten(escape(self._typed_query()), _ECHO)
        understood = limits.shorten(escape(arxiv_id or str(found.query)), _ECHO)
        conditions = describe_conditions(self._request, texts)
        sentence = texts(
            "search-none-near" if found.similar else "search-none",
            query=query,
            understood=" · ".join([understood, *conditions]),
            conditions=len(conditions),
        )
        notes = [*self._notes(found), *([texts("search-indexing")] if found.is_indexing else [])]
        view = actions.StaticView()
        await self._add_corrections(view, found)
        await responses.send(
            self._interaction, "\n".join([sentence, *notes]), view=view, ephemeral=True
        )

    def _notes(self, found: SearchPage) -> list[str]:
        """Return what of the query wasn't read as it was typed."""
        kinds = {problem.kind for problem in found.query.problems}
        notes = []
        if ProblemKind.OPEN_QUOTE in kinds:
            notes.append(self._texts("search-open-quote"))
        if ProblemKind.TOO_MANY in kinds:
            notes.append(self._texts("search-too-many", most=MOST_TERMS))
        return notes

    def _typed_query(self) -> str:
        text = self._request.arxiv_id or self._request.text
        given = (text, self._request.author, self._request.org)
        return " · ".join(filter(None, given))

    def _describe(self) -> tuple[str, list[str]]:
        """Return the query as it was typed, and its conditions and sort order in words."""
        request, texts = self._request, self._texts
        return self._typed_query(), [
            *describe_conditions(request, texts),
            *describe_sort(request, texts),
        ]


async def _suggest(
    services: Services, field: Field, current: str
) -> list[app_commands.Choice[str]]:
    found: Sequence[str] = await names.suggest(services.database, field, current)
    return [
        app_commands.Choice(name=name, value=name)
        for name in found
        if name.strip() and limits.fits(name, limits.CHOICE_NAME)
    ][: limits.CHOICES]
