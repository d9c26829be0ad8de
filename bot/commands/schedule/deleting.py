"""Delete a schedule after a question, and undo it."""

import discord

from bot.commands.schedule import layouts, options
from bot.commands.schedule.changing import explain_limits
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import setup as ui
from storage import schedules
from storage.records import Schedule


async def ask(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    """Ask whether to delete a schedule, which is written out."""
    texts = services.texts(interaction)
    lines = [texts("delete-ask"), *layouts.describe_schedule(schedule, services, texts)]
    buttons = [
        ui.schedule_button("erase", schedule.id, texts, discord.ButtonStyle.danger),
        ui.schedule_button("keep", schedule.id, texts),
    ]
    await layouts.answer_lines(interaction, lines, buttons)


async def delete(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    """Delete a schedule, and offer to undo that.

    Raises:
        UserError: It was deleted meanwhile.
    """
    texts = services.texts(interaction)
    if not await services.posting.delete(schedule.id, guild_id=schedule.guild_id):
        raise UserError("schedule-unknown")
    channel_id = schedule.settings.channel_id
    others = [
        each
        for each in await schedules.of_guild(services.database, schedule.guild_id)
        if each.settings.channel_id == channel_id
    ]
    key = "schedule-removed-others" if others else "schedule-removed"
    lines = [
        texts(key, channel=str(channel_id), count=len(others)),
        *layouts.describe_schedule(schedule, services, texts),
        texts("delete-undo"),
    ]
    button = ui.schedule_button("undo", schedule.id, texts, discord.ButtonStyle.primary)
    await layouts.answer_lines(interaction, lines, [button])


async def undo(interaction: Interaction, schedule_id: int, services: Services) -> None:
    """Restore a deleted schedule.

    Raises:
        UserError: It is too late for that, or there are too many others by now.
    """
    guild = options.guild_of(interaction)
    texts = services.texts(interaction)
    current = await schedules.get(services.database, schedule_id, include_deleted=True)
    if current is None or current.guild_id != guild.id:
        raise UserError("delete-too-late")
    with explain_limits(current.settings):
        restored = await services.posting.restore(schedule_id, guild_id=guild.id)
    if restored is None and current.deleted_at is not None:
        raise UserError("delete-too-late")
    schedule = restored or current  # pressed twice
    lines = [
        texts("delete-undone"),
        *layouts.describe_schedule(schedule, services, texts),
        layouts.describe_next(schedule, services, texts),
    ]
    button = ui.schedule_button("manage", schedule.id, texts)
    await layouts.answer_lines(interaction, lines, [button])
