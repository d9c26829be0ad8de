"""Rendering of the set-up screen: menus, facts and buttons of one private message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import discord

from bot.ui import actions, limits
from bot.ui.actions import StaticLayout
from config.texts import Texts

Item: TypeAlias = discord.ui.Item[StaticLayout]

_TEXT_ROOM: Final = 3_600
"""Characters of all texts; Discord allows 4,000."""
_NOTE_ROOM: Final = 1_400
_GREY: Final = discord.ButtonStyle.secondary
_CHANNELS: Final = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a menu."""

    label: str
    value: str
    is_chosen: bool = False
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupScreen:
    """What the screen shows, in the reader's language."""

    draft_id: int
    title: str
    presets: Sequence[Choice]
    channel_id: int | None
    times: Sequence[Choice]
    zones: Sequence[Choice]
    facts: Sequence[str]
    """Lines below the menus."""
    note: str | None = None
    """What the last press could not do, and why."""
    can_check: bool = False
    """Whether the bot lacks permissions in the channel, and can look again."""
    other_schedule: int | None = None
    """The id of a schedule that posts to the channel already."""
    schedule_id: int | None = None
    """The id of the schedule that is changed; `None` for a new one."""
    is_paused: bool = False
    """Whether that schedule is paused."""


def render(screen: SetupScreen, texts: Texts) -> StaticLayout:
    """Render the screen."""
    note = [limits.cut(f"⚠ {screen.note}", _NOTE_ROOM)] if screen.note else []
    body = limits.cut("\n".join(screen.facts), _TEXT_ROOM - _NOTE_ROOM)
    items: list[Item] = [
        text(f"### {screen.title}"),
        row(_menu(screen, "preset", screen.presets, texts)),
        row(_channel_menu(screen, texts)),
        row(_menu(screen, "time", screen.times, texts)),
        row(_menu(screen, "zone", screen.zones, texts)),
        text("\n".join([body, *note])),
    ]
    if beside := list(_beside_facts(screen, texts)):
        items.append(row(*beside))
    items.append(
        row(
            _button(screen, "start", texts, discord.ButtonStyle.success),
            *(_button(screen, each, texts) for each in ("preview", "keywords", "style", "days")),
        )
    )
    items.append(row(*(_button(screen, each, texts) for each in ("hour", "city", "cancel"))))
    if screen.schedule_id is not None:
        items.append(row(*_schedule_buttons(screen, texts)))
    return StaticLayout(*items)


def _beside_facts(screen: SetupScreen, texts: Texts) -> Iterable[Item]:
    if screen.can_check:
        yield _button(screen, "check", texts, discord.ButtonStyle.primary)
    if screen.other_schedule is not None:
        yield discord.ui.Button(
            label=texts("setup-button-edit"),
            style=_GREY,
            custom_id=actions.setup("edit", screen.draft_id, screen.other_schedule),
        )


def _button(
    screen: SetupScreen, action: str, texts: Texts, style: discord.ButtonStyle = _GREY
) -> Item:
    is_save = action == "start" and screen.schedule_id is not None
    key = "setup-button-save" if is_save else f"setup-button-{action}"
    return discord.ui.Button(
        label=texts(key), style=style, custom_id=actions.setup(action, screen.draft_id)
    )


def _schedule_buttons(screen: SetupScreen, texts: Texts) -> Iterable[Item]:
    assert screen.schedule_id is not None
    for action in ("resume" if screen.is_paused else "pause", "post", "history", "delete"):
        style = discord.ButtonStyle.danger if action == "delete" else _GREY
        yield schedule_button(action, screen.schedule_id, texts, style)


def schedule_button(
    action: str, schedule_id: int, texts: Texts, style: discord.ButtonStyle = _GREY
) -> discord.ui.Button[Any]:
    """Return a button that does something with a stored schedule."""
    return discord.ui.Button(
        label=texts(f"setup-button-{action}"),
        style=style,
        custom_id=actions.schedule(action, schedule_id),
    )


def _menu(screen: SetupScreen, action: str, choices: Sequence[Choice], texts: Texts) -> Item:
    return discord.ui.Select(
        custom_id=actions.setup(action, screen.draft_id),
        placeholder=texts(f"setup-choose-{action}"),
        options=options_of(choices),
    )


def options_of(choices: Sequence[Choice]) -> list[discord.SelectOption]:
    """Return the options of a menu, of which Discord takes 25."""
    return [
        discord.SelectOption(
            label=limits.shorten(each.label, limits.OPTION_TEXT),
            value=each.value,
            description=each.description,
            default=each.is_chosen,
        )
        for each in choices[: limits.SELECT_OPTIONS]
    ]


def _channel_menu(screen: SetupScreen, texts: Texts) -> Item:
    chosen = [discord.Object(screen.channel_id)] if screen.channel_id is not None else []
    return discord.ui.ChannelSelect(
        custom_id=actions.setup("channel", screen.draft_id),
        placeholder=texts("setup-choose-channel"),
        channel_types=_CHANNELS,
        default_values=[
            discord.SelectDefaultValue(id=each.id, type=discord.SelectDefaultValueType.channel)
            for each in chosen
        ],
    )


def text(content: str) -> Item:
    """Return a text of a layout."""
    return discord.ui.TextDisplay(content)


def row(*items: Item) -> Item:
    """Return a row of buttons, or of one menu."""
    return discord.ui.ActionRow(*items)


@dataclass(frozen=True, slots=True)
class Answer:
    """A text in the place of the screen, with buttons."""

    lines: Sequence[str]
    buttons: Sequence[discord.ui.Button[Any]] = field(default=())


def render_answer(answer: Answer) -> StaticLayout:
    """Render a text with buttons."""
    items = [text(limits.cut("\n".join(answer.lines), _TEXT_ROOM))]
    if answer.buttons:
        items.append(row(*answer.buttons))
    return StaticLayout(*items)


def draft_button(
    action: str, draft_id: int, label: str, style: discord.ButtonStyle = _GREY
) -> discord.ui.Button[Any]:
    """Return a button that goes on with a draft."""
    return discord.ui.Button(label=label, style=style, custom_id=actions.setup(action, draft_id))
