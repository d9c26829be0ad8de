"""Ask before a channel gets the same papers by two schedules."""

import discord

from bot.commands.schedule import layouts, options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.posting import time_zones
from bot.posting.setup_draft import Draft
from bot.ui import setup as ui
from config.texts import Texts
from storage import setup_drafts
from storage.records import Schedule
from storage.setup_drafts import StoredDraft


async def keep_and_ask(
    interaction: Interaction,
    draft: Draft,
    schedule_id: int | None,
    same: Schedule,
    services: Services,
) -> None:
    """Keep what a command wanted as a draft, and ask.

    Args:
        interaction: The command.
        draft: The settings that it wanted.
        schedule_id: The schedule that it edits; `None` for a new one.
        same: The schedule that posts the same papers to the same channel.
        services: The parts of the app.
    """
    stored = await setup_drafts.begin(
        services.database,
        options.guild_of(interaction).id,
        interaction.user.id,
        schedule_id=schedule_id,
        draft=draft.encode(),
        at=services.posting.now(),
    )
    await ask(interaction, stored, same, services)


async def ask(
    interaction: Interaction, stored: StoredDraft, same: Schedule, services: Services
) -> None:
    """Ask whether a channel shall get the same papers twice, by the schedule of a draft."""
    texts = services.texts(interaction)
    is_edit = stored.schedule_id is not None
    question = _question("setup-same-edit" if is_edit else "setup-same", same, texts)
    label = texts("setup-button-repeat-edit" if is_edit else "setup-button-repeat")
    buttons = [
        ui.draft_button("repeat", stored.id, label, discord.ButtonStyle.primary),
        ui.draft_button("back", stored.id, texts("setup-button-back")),
    ]
    await layouts.answer_lines(interaction, [question], buttons)


async def ask_to_restore(
    interaction: Interaction, schedule_id: int, same: Schedule, services: Services
) -> None:
    """Ask whether a channel shall get the same papers twice, by a schedule that was deleted."""
    texts = services.texts(interaction)
    buttons = [
        ui.schedule_button("restore", schedule_id, texts, discord.ButtonStyle.primary),
        ui.schedule_button("manage", same.id, texts),
    ]
    await layouts.answer_lines(interaction, [_question("delete-same", same, texts)], buttons)


def _question(key: str, same: Schedule, texts: Texts) -> str:
    settings = same.settings
    return texts(
        key,
        channel=str(settings.channel_id),
        time=texts.format_time(settings.time),
        city=time_zones.city_of(settings.timezone, texts.language),
    )
