"""What stands below a post: a menu to open its papers, and the rest of its day's."""

from typing import Any, Final

import discord
from discord import app_commands

from bot.commands.answers import pressable
from bot.commands.paper import chosen, show_whole
from bot.commands.services import Services
from bot.errors import UserError
from bot.posts.filters import ranked
from bot.posts.layouts import title
from bot.posts.seen import Seen
from bot.posts.subjects import Subject
from bot.ui import actions, posts
from config.texts import Texts
from storage import digests, papers
from storage.database import Database
from storage.records import ListedPaper, Span

_MOST: Final = 1_000
"""Papers of a month: three times what the fullest one has."""


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add what answers the menus and buttons below posts, however old they are."""

    async def open_paper(asking: discord.Interaction[Any], _state: dict[str, str]) -> None:
        await show_whole(asking, await chosen(asking, services), services)

    async def list_rest(asking: discord.Interaction[Any], state: dict[str, str]) -> None:
        subject = _subject(state["subject"])
        found = await _papers(services.database, subject)
        shown = _shown(asking.message)
        rest = [each for each in found if each.paper.arxiv_id not in shown]
        seen = Seen.of(shown, others=[each.paper.arxiv_id for each in rest])
        embed, view = _page(subject, rest, seen, texts=services.texts(asking), page=0)
        await asking.response.send_message(embed=embed, view=view, ephemeral=True)

    async def turn(asking: discord.Interaction[Any], state: dict[str, str]) -> None:
        subject = _subject(state["subject"])
        seen = Seen(int(state["salt"]), state["seen"])
        found = await _papers(services.database, subject)
        try:
            rest = [each for each in found if each.paper.arxiv_id not in seen]
        except ValueError:  # its Base64 is none
            raise UserError("error-outdated") from None
        embed, view = _page(
            subject, rest, seen, texts=services.texts(asking), page=int(state["page"])
        )
        await asking.response.edit_message(embed=embed, view=view)

    tree.client.add_dynamic_items(
        pressable(actions.POST_OPEN, open_paper, services),
        pressable(actions.POST_REST, list_rest, services),
        pressable(actions.REST, turn, services),
    )


def _subject(key: str) -> Subject:
    try:
        return Subject.parse(key)
    except ValueError:
        raise UserError("error-outdated") from None


async def _papers(database: Database, subject: Subject) -> tuple[ListedPaper, ...]:
    """Return all papers of a subject, with their votes of now, the most voted first."""
    if subject.span is Span.DAY:
        digest = await digests.get(database, subject.first)
        return ranked(digest.papers) if digest else ()
    ranking = await papers.top(database, first=subject.first, last=subject.last, limit=_MOST)
    return ranking.papers


def _shown(message: discord.Message | None) -> frozenset[str]:
    """Return the ids of the papers that a post's own menu opens."""
    return frozenset(
        option.value
        for row in (message.components if message else ())
        if isinstance(row, discord.ActionRow)
        for menu in row.children
        if isinstance(menu, discord.SelectMenu) and actions.mark_of(menu.custom_id or "")
        for option in menu.options
    )


def _page(
    subject: Subject, rest: list[ListedPaper], seen: Seen, *, texts: Texts, page: int
) -> tuple[discord.Embed, actions.Drawn]:
    return posts.rest(
        rest,
        texts,
        title=texts("post-rest-title", title=title(subject, texts)),
        page=page,
        turn=lambda to: actions.rest(subject.key, to, seen.salt, seen.text),
    )
