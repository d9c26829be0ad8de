"""What a reader can do with a paper that they have opened: buttons below its card, and a menu.

`ACTIONS` declares them all. A further action is a further entry, whose `custom_id` a
`PersistentItem` in `bot.commands.paper_buttons.KINDS` answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import discord

from bot.ui import actions
from bot.ui.paper_texts import WrittenVersion
from config.texts import Texts

BUTTONS: Final = 4
"""Actions that are buttons, the others are in the menu: more would take three rows on a phone."""


@dataclass(frozen=True, slots=True)
class CardContext:
    """Where a card is shown."""

    can_share: bool = False
    """Whether it is private, in a channel of a server that has the bot."""
    can_discuss: bool = False
    """Whether there is a post with a thread for it, or it is a message that can have one."""
    post_id: int | None = None
    """The message of the post that it was opened from; `None` if it wasn't opened from a post."""


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A paper's card as a reader sees it, which decides what they can do with it."""

    arxiv_id: str
    is_whole: bool = True
    """Whether all of its text is shown already."""
    has_abstract: bool = False
    context: CardContext = CardContext()
    written: WrittenVersion | None = None
    """Which text of a language model it shows; `None` if it shows none."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a reader can do with a paper."""

    label: str
    """The key of its text."""
    custom_id: Callable[[OpenedPaper], str]
    is_offered: Callable[[OpenedPaper], bool]
    style: discord.ButtonStyle = discord.ButtonStyle.secondary


def _quotes(opened: OpenedPaper) -> str:
    assert opened.written is not None
    return actions.quotes(opened.arxiv_id, opened.written.language)


def _report(opened: OpenedPaper) -> str:
    assert opened.written is not None
    return actions.report(opened.arxiv_id, opened.written.language, opened.written.version)


_QUOTES: Final = Action("paper-quotes", _quotes, lambda opened: bool(opened.written))
_REPORT: Final = Action("paper-report", _report, lambda opened: bool(opened.written))
ACTIONS: Final = (
    Action(
        "paper-whole",
        lambda opened: actions.full_text(opened.arxiv_id),
        lambda opened: not opened.is_whole,
        discord.ButtonStyle.primary,
    ),
    _QUOTES,
    Action(
        "paper-discuss",
        lambda opened: actions.discuss(opened.arxiv_id, opened.context.post_id),
        lambda opened: opened.context.can_discuss,
    ),
    Action(
        "paper-share",
        lambda opened: actions.share(opened.arxiv_id),
        lambda opened: opened.context.can_share,
    ),
    Action("paper-save", lambda opened: actions.save(opened.arxiv_id), lambda _: True),
    Action(
        "paper-abstract",
        lambda opened: actions.abstract(opened.arxiv_id),
        lambda opened: opened.has_abstract,
    ),
    Action("paper-similar", lambda opened: actions.similar(opened.arxiv_id), lambda _: True),
    Action("paper-cite", lambda opened: actions.cite(opened.arxiv_id), lambda _: True),
    _REPORT,
)
"""The most important first."""


def render_actions(opened: OpenedPaper, texts: Texts) -> actions.StaticView:
    """Return the buttons below a paper's card, and a menu of the actions that are not among them.

    The value of an option is the `custom_id` that a button of the same action has.

    Args:
        opened: The card.
        texts: In the reader's language.
    """
    offered = [action for action in ACTIONS if action.is_offered(opened)]
    items: list[discord.ui.Item[actions.StaticView]] = [
        discord.ui.Button(
            label=texts(action.label), custom_id=action.custom_id(opened), style=action.style, row=0
        )
        for action in offered[:BUTTONS]
    ]
    options = [
        discord.SelectOption(label=texts(action.label), value=action.custom_id(opened))
        for action in offered[BUTTONS:]
    ]
    if options:
        items.append(
            discord.ui.Select(
                custom_id=actions.more(), placeholder=texts("paper-more"), options=options, row=1
            )
        )
    return actions.StaticView(*items)


def render_written_actions(
    arxiv_id: str, written: WrittenVersion, texts: Texts
) -> actions.StaticView:
    """Return the buttons below the whole of a text that a language model wrote."""
    opened = OpenedPaper(arxiv_id, written=written)
    return actions.StaticView(
        *(
            discord.ui.Button(label=texts(action.label), custom_id=action.custom_id(opened))
            for action in (_QUOTES, _REPORT)
        )
    )
