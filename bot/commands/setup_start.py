"""Start what a draft says: store its schedule, or the changes to one."""

from typing import Final

import discord

from bot.commands import setup_screen
from bot.commands.schedule import changing, layouts, options, repeating
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.commands.setup_screen import OpenDraft
from bot.errors import UserError
from bot.posting.setup_draft import Draft
from bot.ui import schedules as schedules_ui
from bot.ui import setup as ui
from config.texts import Texts
from storage import schedules
from storage.records import Schedule, ScheduleEdit, ScheduleSettings
from storage.schedules import SameScheduleError
from storage.setup_drafts import DraftGoneError

_SHOWN: Final = ("schedule-lacks", "schedule-channel-gone")
"""Errors that the screen shows by itself."""


async def start(
    interaction: Interaction, opened: OpenDraft, services: Services, *, may_repeat: bool = False
) -> None:
    """Store the schedule of a draft and say when it posts first; or say what is in the way.

    Args:
        interaction: A press on the screen.
        opened: The draft.
        services: The parts of the app.
        may_repeat: Whether the channel may get the same papers twice.

    Raises:
        UserError: The draft is gone.
    """
    texts = services.texts(interaction)
    settings = opened.draft.settings()
    sentence = setup_screen.missing_sentence(opened.draft, texts)
    if settings is None or sentence is not None:
        await setup_screen.show(interaction, opened, services, note=sentence)
        return
    try:
        facts = await options.find_channel(settings.channel_id, None, interaction)
        notes = await changing.check(interaction, facts, settings, services)
        with changing.explain_limits(settings):
            if opened.stored.schedule_id is None:
                await _add(interaction, opened, settings, notes, services, may_repeat=may_repeat)
            else:
                await _edit(interaction, opened, settings, notes, services, may_repeat=may_repeat)
    except UserError as error:
        # What the screen says of the channel anyway is not said twice.
        note = None if error.key in _SHOWN else texts(error.key, **error.facts)
        await setup_screen.show(interaction, opened, services, note=note)
    except SameScheduleError as error:
        await repeating.ask(interaction, opened.stored, error.schedule, services)
    except DraftGoneError:
        raise UserError("setup-gone") from None


async def _add(
    interaction: Interaction,
    opened: OpenDraft,
    settings: ScheduleSettings,
    notes: tuple[str, ...],
    services: Services,
    *,
    may_repeat: bool,
) -> None:
    texts = services.texts(interaction)
    schedule = await services.posting.add(
        settings,
        guild_id=opened.stored.guild_id,
        created_by=interaction.user.id,
        draft_id=opened.stored.id,
        may_repeat=may_repeat,
    )
    lines = [
        texts("setup-started"),
        *layouts.describe(opened.draft, services, texts),
        await _first(schedule, "setup-first", services, texts),
        *notes,
    ]
    buttons = [
        ui.schedule_button("now", schedule.id, texts, discord.ButtonStyle.primary),
        ui.schedule_button("manage", schedule.id, texts),
    ]
    await layouts.answer_lines(interaction, lines, buttons)


async def _edit(
    interaction: Interaction,
    opened: OpenDraft,
    settings: ScheduleSettings,
    notes: tuple[str, ...],
    services: Services,
    *,
    may_repeat: bool,
) -> None:
    texts = services.texts(interaction)
    schedule_id = opened.stored.schedule_id
    assert schedule_id is not None
    before = await schedules.get(services.database, schedule_id)
    if before is None:
        raise UserError("setup-deleted-meanwhile")
    if before.version != opened.draft.version:
        await _ask_to_replace(interaction, opened, before, services)
        return
    edit = ScheduleEdit(
        schedule_id,
        opened.stored.guild_id,
        settings,
        draft_id=opened.stored.id,
        version=before.version,
        may_repeat=may_repeat,
    )
    edited = await services.posting.edit(edit)
    if edited is None:
        raise UserError("setup-changed-meanwhile")
    changes = changing.describe_changes(before.settings, settings, services, texts)
    lines = [
        texts("setup-saved" if changes else "setup-unchanged"),
        *changes,
        *layouts.describe(opened.draft, services, texts),
        await _first(edited, "setup-next", services, texts),
        *notes,
    ]
    buttons = [ui.schedule_button("manage", schedule_id, texts)]
    await layouts.answer_lines(interaction, lines, buttons)


async def _first(schedule: Schedule, key: str, services: Services, texts: Texts) -> str:
    """Return when a schedule posts next, or that it is paused."""
    next_run = services.posting.next_run(schedule)
    if next_run is None:
        return await layouts.describe_next(schedule, services, texts)
    return texts(key, stamp=schedules_ui.format_stamp(next_run))


async def _ask_to_replace(
    interaction: Interaction, opened: OpenDraft, current: Schedule, services: Services
) -> None:
    """Show the screen again, with what someone else has made of the schedule meanwhile."""
    texts = services.texts(interaction)
    values = Draft.of(current.settings, current.version)
    now = "\n".join(layouts.describe(values, services, texts))
    based = setup_screen.rebase(opened.draft, current.version)
    opened = await setup_screen.save(opened, based, services)
    note = f"{texts('setup-changed-meanwhile')}\n{now}"
    await setup_screen.show(interaction, opened, services, note=note)
