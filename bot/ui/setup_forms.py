"""The forms of the set-up screen, as modals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from bot.ui import actions
from bot.ui.setup import Choice, options_of
from config.texts import Texts

_FIELD: Final = "2:setup:"
_LONGEST_WORDS: Final = 400
_LONGEST_ZONE: Final = 60


def _field_id(name: str) -> str:
    return f"{_FIELD}{name}"


def field_name(custom_id: str) -> str:
    """Return the name of a field by its `custom_id`."""
    return custom_id.removeprefix(_FIELD)


class _Form(discord.ui.Modal):
    """A form that is sent and forgotten: what is sent is answered by its `custom_id`."""

    def __init__(
        self, name: str, draft_id: int, texts: Texts, *fields: discord.ui.Item[Any]
    ) -> None:
        super().__init__(title=texts(f"setup-form-{name}"), custom_id=actions.setup(name, draft_id))
        for field in fields:
            self.add_item(field)
        self.stop()


def _label(
    name: str, component: discord.ui.Item[Any], texts: Texts, *, is_described: bool = False
) -> discord.ui.Label[Any]:
    return discord.ui.Label(
        text=texts(f"setup-field-{name}"),
        description=texts(f"setup-field-{name}-description") if is_described else None,
        component=component,
    )


def _text_input(
    name: str,
    value: str,
    *,
    is_long: bool = False,
    most: int = _LONGEST_WORDS,
    required: bool = False,
) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=_field_id(name),
        style=discord.TextStyle.paragraph if is_long else discord.TextStyle.short,
        default=value or None,
        required=required,
        max_length=max(most, len(value)),
    )


def _select(name: str, choices: Sequence[Choice]) -> discord.ui.Select[Any]:
    return discord.ui.Select(custom_id=_field_id(name), options=options_of(choices))


def keywords_form(
    draft_id: int, texts: Texts, *, words: str, skipped: str, authors: str, min_votes: int | None
) -> discord.ui.Modal:
    """Return the form of the words, authors and upvotes by which papers are chosen."""
    votes = str(min_votes) if min_votes is not None else ""
    return _Form(
        "keywords",
        draft_id,
        texts,
        _label("words", _text_input("words", words, is_long=True), texts, is_described=True),
        _label("skipped", _text_input("skipped", skipped, is_long=True), texts, is_described=True),
        _label("authors", _text_input("authors", authors, is_long=True), texts, is_described=True),
        _label("votes", _text_input("votes", votes, most=9), texts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleChoices:
    """What the menus of the form of a post's looks offer."""

    layouts: Sequence[Choice]
    counts: Sequence[Choice]
    languages: Sequence[Choice]
    notifications: Sequence[Choice]


def style_form(
    draft_id: int, texts: Texts, choices: StyleChoices, *, role: int | None
) -> discord.ui.Modal:
    """Return the form of how a post looks, and whom it notifies."""
    roles: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
        custom_id=_field_id("mention"),
        min_values=0,
        required=False,
        default_values=[discord.Object(role, type=discord.Role)] if role is not None else [],
    )
    return _Form(
        "style",
        draft_id,
        texts,
        _label("layout", _select("layout", choices.layouts), texts),
        _label("count", _select("count", choices.counts), texts),
        _label("language", _select("language", choices.languages), texts),
        _label("mention", roles, texts),
        _label("silent", _select("silent", choices.notifications), texts),
    )


def days_form(
    draft_id: int,
    texts: Texts,
    *,
    patterns: Sequence[Choice],
    days: Sequence[Choice],
    is_published: bool | None,
    log_channel: int | None,
) -> discord.ui.Modal:
    """Return the form of the days of posts and of the server's log channel.

    Args:
        draft_id: The draft.
        texts: In the reader's language.
        patterns: Empty for posts that always come on the same day, like `days`.
        days: The single days.
        is_published: `None` where nobody can follow.
        log_channel: `None` if there is none yet.
    """
    fields: list[discord.ui.Item[Any]] = []
    if not patterns:
        fields.append(discord.ui.TextDisplay(texts("schedule-days-of-day")))
    else:
        pattern: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(
            custom_id=_field_id("pattern"),
            options=[
                discord.RadioGroupOption(label=each.label, value=each.value, default=each.is_chosen)
                for each in patterns
            ],
        )
        single: discord.ui.CheckboxGroup[Any] = discord.ui.CheckboxGroup(
            custom_id=_field_id("days"),
            required=False,
            min_values=0,
            options=[
                discord.CheckboxGroupOption(
                    label=each.label, value=each.value, default=each.is_chosen
                )
                for each in days
            ],
        )
        fields += [_label("pattern", pattern, texts), _label("days", single, texts)]
    if is_published is not None:
        publish: discord.ui.Checkbox[Any] = discord.ui.Checkbox(
            custom_id=_field_id("publish"), default=is_published
        )
        fields.append(_label("publish", publish, texts, is_described=True))
    log: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
        custom_id=_field_id("log"),
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        min_values=0,
        required=False,
        default_values=[
            discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.channel)
            for each in ([] if log_channel is None else [log_channel])
        ],
    )
    fields.append(_label("log", log, texts, is_described=True))
    return _Form("days", draft_id, texts, *fields)


def time_form(draft_id: int, texts: Texts, value: str) -> discord.ui.Modal:
    """Return the form of another time of day."""
    field = _text_input("time", value, most=20, required=True)
    return _Form("hour", draft_id, texts, _label("time", field, texts, is_described=True))


def zone_form(draft_id: int, texts: Texts, value: str) -> discord.ui.Modal:
    """Return the form of another time zone."""
    field = _text_input("zone", value, most=_LONGEST_ZONE, required=True)
    return _Form("city", draft_id, texts, _label("zone", field, texts, is_described=True))
