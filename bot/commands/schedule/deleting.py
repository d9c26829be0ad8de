"""Delete a schedule after a question, and undo it."""

import discord

from bot.commands.schedule import layouts, options, repeating
from bot.commands.schedule.changing import explain_limits
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import setup as ui
from storage import schedules
from storage.records import Schedule
from storage.schedules import SameScheduleError


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


async def undo(
    interaction: Interaction, schedule_id: int, services: Services, *, may_repeat: bool = False
) -> None:
    """Restore a deleted schedule; ask if its channel gets the same papers by another one by now.

    Args:
        interaction: A press.
        schedule_id: Which schedule.
        services: The parts of the app.
        may_repeat: Whether its channel may get the same papers twice.

    Raises:
        UserError: It is too late for that, or there are too many others by now.
    """
    guild = options.guild_of(interaction)
    texts = services.texts(interaction)
    current = await schedules.get(services.database, schedule_id, include_deleted=True)
    if current is None or current.guild_id != guild.id:
        raise UserError("delete-too-late")
    try:
        with explain_limits(current.settings):
            schedule = await services.posting.restore(
                schedule_id, guild_id=guild.id, may_repeat=may_repeat
            )
    except SameScheduleError as error:
        await repeating.ask_to_restore(interaction, schedule_id, error.schedule, services)
        return
    if schedule is None:  # perhaps pressed twice
        schedule = await schedules.get(services.database, schedule_id)
    if schedule is None:
        raise UserError("delete-too-late")
    lines = [
        texts("delete-undone"),
        *layouts.describe_schedule(schedule, services, texts),
        await layouts.describe_next(schedule, services, texts),
    ]
    button = ui.schedule_button("manage", schedule.id, texts)
    await layouts.answer_lines(interaction, lines, [button])
