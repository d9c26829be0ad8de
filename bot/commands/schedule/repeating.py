"""Ask before a channel gets the same papers by two schedules."""

import discord

from bot.commands.schedule import layouts, options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.posting import time_zones
from bot.posting.setup_draft import Draft
from bot.ui import setup as ui
from storage import setup_drafts
from storage.records import Schedule, ScheduleSettings


async def keep_and_ask(
    interaction: Interaction, settings: ScheduleSettings, same: Schedule, services: Services
) -> None:
    """Keep the settings of a new schedule as a draft, and ask."""
    stored = await setup_drafts.begin(
        services.database,
        options.guild_of(interaction).id,
        interaction.user.id,
        schedule_id=None,
        draft=Draft.of(settings, None).encode(),
        at=services.posting.now(),
    )
    await ask(interaction, stored.id, same, services)


async def ask(interaction: Interaction, draft_id: int, same: Schedule, services: Services) -> None:
    """Ask whether a channel shall get the same papers twice."""
    texts = services.texts(interaction)
    settings = same.settings
    question = texts(
        "setup-same",
        channel=str(settings.channel_id),
        time=texts.format_time(settings.time),
        city=time_zones.city_of(settings.timezone, texts.language),
    )
    buttons = [
        ui.draft_button("repeat", draft_id, texts, discord.ButtonStyle.primary),
        ui.draft_button("back", draft_id, texts),
    ]
    await layouts.answer_lines(interaction, [question], buttons)
