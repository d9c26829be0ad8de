"""The forms of the set-up screen: open them, and take what was entered."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import discord

from bot.commands import setup_screen
from bot.commands.components import PersistentForm
from bot.commands.schedule import log_channel, options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.commands.setup_screen import OpenDraft
from bot.errors import UserError
from bot.posting import schedule_options, setup_draft
from bot.posting.setup_draft import Draft
from bot.ui import actions, setup_forms
from bot.ui.setup import Choice
from config.texts import Texts
from storage.compounds import join_compounds
from storage.records import EVERY_DAY, WEEKDAYS, Frequency, Layout

Fields: TypeAlias = Mapping[str, list[str]]
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PATTERNS: Final[Mapping[str, int]] = {"weekdays": WEEKDAYS, "daily": EVERY_DAY}
_SINGLE: Final = "single"
_YES: Final = "yes"
_NO: Final = "no"


async def open_form(
    interaction: Interaction, name: str, opened: OpenDraft, services: Services
) -> None:
    """Open a form, filled in with what the draft says."""
    texts = services.texts(interaction)
    draft, draft_id = opened.draft, opened.stored.id
    match name:
        case "keywords":
            words, authors = setup_draft.keywords_of(draft)
            form = setup_forms.keywords_form(
                draft_id,
                texts,
                words=words,
                skipped=draft.exclude,
                authors=authors,
                min_votes=draft.min_votes,
            )
        case "style":
            form = _style_form(draft_id, draft, services, texts)
        case "days":
            form = await _days_form(draft_id, draft, interaction, services)
        case "hour":
            form = setup_forms.time_form(draft_id, texts, f"{draft.time:%H:%M}")
        case _:
            form = setup_forms.zone_form(draft_id, texts, draft.timezone or "")
    await interaction.response.send_modal(form)


def _style_form(draft_id: int, draft: Draft, services: Services, texts: Texts) -> discord.ui.Modal:
    languages = {*services.catalogue.languages, draft.language}
    choices = setup_forms.StyleChoices(
        layouts=[
            Choice(
                texts(f"setup-layout-{each}"),
                str(each),
                each is draft.layout,
                texts(f"setup-layout-{each}-description"),
            )
            for each in (Layout.BRIEF, Layout.CARDS, Layout.THREAD)
        ],
        counts=[
            Choice(str(each), str(each), each == draft.count)
            for each in sorted({*setup_draft.COUNTS, draft.count})
        ],
        languages=[
            Choice(options.language_name(each, services), each, each == draft.language)
            for each in sorted(languages)
        ],
        notifications=[
            Choice(texts("setup-with-notification"), _NO, not draft.silent),
            Choice(texts("setup-without-notification"), _YES, draft.silent),
        ],
    )
    return setup_forms.style_form(draft_id, texts, choices, role=draft.mention)


async def _days_form(
    draft_id: int, draft: Draft, interaction: Interaction, services: Services
) -> discord.ui.Modal:
    texts = services.texts(interaction)
    can_publish = await _can_publish(draft, interaction)
    is_daily = draft.period is Frequency.DAY
    pattern = _pattern_of(draft)
    return setup_forms.days_form(
        draft_id,
        texts,
        patterns=[
            Choice(texts(f"setup-days-{each}"), each, each == pattern)
            for each in (*_PATTERNS, _SINGLE)
            if is_daily
        ],
        days=[
            Choice(texts(f"day-{name}"), name, bool(draft.days >> index & 1))
            for index, name in enumerate(_DAYS)
            if is_daily
        ],
        is_published=draft.publish if can_publish else None,
        log_channel=await log_channel.find_channel_id(interaction, services),
    )


async def _can_publish(draft: Draft, interaction: Interaction) -> bool:
    if draft.channel_id is None:
        return False
    try:
        facts = await options.find_channel(draft.channel_id, None, interaction)
    except UserError:
        return False
    return facts.kind is discord.ChannelType.news


class SetupForm(PersistentForm):
    """A form of the set-up screen."""

    template = re.compile(actions.SETUP)

    async def answer(self, interaction: Interaction, services: Services) -> None:
        """Change the draft, and show the screen again."""
        draft_id = int(self.state["draft"])
        async with services.draft_locks.of(draft_id):
            await self._change(interaction, draft_id, services)

    async def _change(self, interaction: Interaction, draft_id: int, services: Services) -> None:
        opened = await setup_screen.load(interaction, draft_id, services)
        read = _READERS.get(self.state["action"])
        if read is None:
            raise UserError("error-outdated")
        fields = {setup_forms.field_name(name): values for name, values in self.values.items()}
        try:
            draft = await read(opened.draft, fields, interaction, services)
        except UserError as error:
            note = services.texts(interaction)(error.key, **error.facts)
            await setup_screen.show(interaction, opened, services, note=note)
            return
        opened = await setup_screen.save(opened, draft, services)
        await setup_screen.show(interaction, opened, services)


def _one(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


async def _read_keywords(
    draft: Draft, fields: Fields, _interaction: Interaction, services: Services
) -> Draft:
    return setup_draft.change_keywords(
        draft,
        words=await join_compounds(services.database, _one(fields, "words")),
        skipped=await join_compounds(services.database, _one(fields, "skipped")),
        authors=_one(fields, "authors"),
        min_votes=_one(fields, "votes"),
        languages=services.catalogue.languages,
    )


async def _read_style(
    draft: Draft, fields: Fields, interaction: Interaction, services: Services
) -> Draft:
    role = _one(fields, "mention")
    count = _one(fields, "count")
    given: dict[str, Any] = {
        "layout": _one(fields, "layout"),
        "count": int(count)
        if count.isascii() and count.isdigit() and len(count) < len("100")
        else 0,
        "language": _one(fields, "language"),
        "mention": int(role) if role.isascii() and role.isdigit() else None,
        "silent": _one(fields, "silent") == _YES,
    }
    if given["mention"] is not None:
        schedule_options.check_mention(given["mention"], options.guild_of(interaction).id)
    return setup_draft.change(draft, given, languages=services.catalogue.languages)


async def _read_days(
    draft: Draft, fields: Fields, interaction: Interaction, services: Services
) -> Draft:
    given: dict[str, Any] = {}
    if pattern := _one(fields, "pattern"):
        single = [name for name in fields.get("days", ()) if name in _DAYS]
        given["days"] = _find_days(draft, pattern, single, services.texts(interaction))
    if "publish" in fields:
        given["publish"] = _one(fields, "publish").casefold() == "true"
    changed = setup_draft.change(draft, given, languages=services.catalogue.languages)
    if "log" in fields:  # forms of older versions have none
        await log_channel.choose(interaction, _one(fields, "log"), services)
    return changed


def _pattern_of(draft: Draft) -> str:
    """Return the pattern that the form shows for the days of a draft."""
    return next((name for name, days in _PATTERNS.items() if days == draft.days), _SINGLE)


def _find_days(draft: Draft, pattern: str, single: Sequence[str], texts: Texts) -> str:
    """Return the days that a person has chosen, by a pattern or one by one.

    The form has both, so of the two it is the one that they changed.

    Raises:
        UserError: They chose no day, or a pattern and other days.
    """
    mask = sum(1 << _DAYS.index(name) for name in set(single))
    is_changed = bool(mask) and mask != draft.days
    if pattern == _SINGLE or (is_changed and pattern == _pattern_of(draft)):
        if not single:
            raise UserError("setup-days-none")
        return ",".join(single)
    if is_changed and mask != _PATTERNS.get(pattern, mask):
        raise UserError("setup-unclear-days", pattern=texts(f"setup-days-{pattern}"))
    return pattern


async def _read_time(
    draft: Draft, fields: Fields, _interaction: Interaction, services: Services
) -> Draft:
    given = {"time": _one(fields, "time")}
    return setup_draft.change(draft, given, languages=services.catalogue.languages)


async def _read_zone(
    draft: Draft, fields: Fields, _interaction: Interaction, services: Services
) -> Draft:
    given = {"timezone": _one(fields, "zone")}
    return setup_draft.change(draft, given, languages=services.catalogue.languages)


_READERS: Final[
    Mapping[str, Callable[[Draft, Fields, Interaction, Services], Awaitable[Draft]]]
] = {
    "keywords": _read_keywords,
    "style": _read_style,
    "days": _read_days,
    "hour": _read_time,
    "city": _read_zone,
}
FORMS: Final = tuple(_READERS)
"""The names of the forms, which are those of the buttons that open them."""
