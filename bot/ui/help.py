"""What `/help` and `/about` say, and the answer to a message without a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape
from config.texts import Texts

HUGGING_FACE = "Hugging Face Daily Papers"
"""The name of the daily lists."""
_HUGGING_FACE_URL = "https://huggingface.co/papers"
_ARXIV = "https://arxiv.org"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a help, and where."""

    is_in_guild: bool
    """Whether that is a server which the bot is in."""
    is_manager: bool
    """Whether they may manage that server's schedules."""


def render_help(texts: Texts, bot: str, reader: Reader) -> str:
    """Return what a reader can do.

    Args:
        texts: In the reader's language.
        bot: The mention of the bot.
        reader: Decides what is left out.
    """
    lines = [
        texts("help-title"),
        texts("help-paper"),
        texts("help-search"),
        texts("help-top"),
        texts("help-saved"),
        texts("help-mention", bot=bot) if reader.is_in_guild else texts("help-direct"),
        texts("help-find"),
    ]
    if reader.is_in_guild:
        lines += [texts("help-posts"), texts("help-follow")]
    lines.append(texts("help-about"))
    if reader.is_manager:
        lines += [
            "",
            texts("help-managers"),
            texts("help-setup"),
            texts("help-schedule-add"),
            texts("help-schedule-keep"),
            texts("help-schedule-post"),
            texts("help-schedule-history"),
            texts("help-publish"),
            texts("help-role"),
        ]
    return limits.cut("\n".join(lines), limits.CONTENT)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What `/about` says of a source."""

    name: str
    newest_day: date | None
    """`None` if no papers have come."""
    papers: int


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """What `/about` says."""

    version: str
    operator: str | None
    """Who runs the bot, in Markdown; `None` if that isn't known."""
    papers: int
    sources: Sequence[SourceFacts]
    invite: str | None
    """The address that adds the bot to a server; `None` if that isn't offered."""


def render_about(texts: Texts, facts: AboutFacts) -> tuple[str, actions.StaticView]:
    """Return what `/about` says, and its buttons."""
    operator = (
        texts("about-operator", operator=facts.operator)
        if facts.operator
        else texts("about-operator-unknown")
    )
    papers = texts("about-papers", count=facts.papers) if facts.papers else texts("no-papers-yet")
    lines = [
        texts("about-title", version=facts.version),
        operator,
        papers,
        *(_source_line(texts, source) for source in facts.sources),
        texts("about-summaries"),
        texts("about-stored"),
        texts("about-independent"),
    ]
    items: list[discord.ui.Item[actions.StaticView]] = [
        discord.ui.Button(label=HUGGING_FACE, url=_HUGGING_FACE_URL),
        discord.ui.Button(label="arXiv", url=_ARXIV),
    ]
    if facts.invite is not None:
        items.append(discord.ui.Button(label=texts("about-invite"), url=facts.invite))
    return limits.cut("\n".join(lines), limits.CONTENT), actions.StaticView(*items)


def _source_line(texts: Texts, source: SourceFacts) -> str:
    name = escape(source.name)
    if source.newest_day is None:
        return texts("about-source-empty", name=name)
    return texts("about-source", name=name, day=source.newest_day, count=source.papers)


def render_welcome(texts: Texts) -> tuple[str, actions.StaticView]:
    """Return what the bot says in a server that has added it, and its button."""
    button: discord.ui.Button[actions.StaticView] = discord.ui.Button(
        label=texts("welcome-set-up"),
        custom_id=actions.welcome(),
        style=discord.ButtonStyle.primary,
    )
    return texts("welcome"), actions.StaticView(button)
