"""`/schedule remove`, `/schedule pause` and `/schedule resume`."""

from discord import app_commands

from bot.commands.schedule import deleting, options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.ui import limits
from bot.ui import schedules as ui


def register(group: app_commands.Group, services: Services) -> None:
    """Add the subcommands that delete a schedule, pause it and resume it."""
    label = services.label

    @group.command(
        name=label("command-schedule-remove-name"),
        description=label("command-schedule-remove-description"),
    )
    @options.options(services, "schedule", required=("schedule",))
    async def remove(interaction: Interaction, schedule: str) -> None:
        known = await options.find_schedule(schedule, interaction, services)
        await deleting.ask(interaction, known, services)

    @group.command(
        name=label("command-schedule-pause-name"),
        description=label("command-schedule-pause-description"),
    )
    @options.options(services, "schedule", required=("schedule",))
    async def pause(interaction: Interaction, schedule: str) -> None:
        known = await options.find_schedule(schedule, interaction, services)
        paused = await services.posting.pause(known.id, actor_id=interaction.user.id)
        key = "schedule-paused" if paused else "schedule-paused-before"
        await _answer(interaction, key, known.id, services)

    @group.command(
        name=label("command-schedule-resume-name"),
        description=label("command-schedule-resume-description"),
    )
    @options.options(services, "schedule", required=("schedule",))
    async def resume(interaction: Interaction, schedule: str) -> None:
        known = await options.find_schedule(schedule, interaction, services)
        if known.paused_at is None:
            await _answer(interaction, "schedule-runs", known.id, services)
            return
        settings = known.settings
        facts = await options.find_channel(settings.channel_id, None, interaction)
        options.check_permissions(facts, settings, services.texts(interaction))
        await services.posting.resume(known.id, actor_id=interaction.user.id)
        await _answer(interaction, "schedule-resumed", known.id, services)

    options.suggest_schedules(remove, services)
    options.suggest_schedules(pause, services)
    options.suggest_schedules(resume, services)


async def _answer(interaction: Interaction, key: str, schedule_id: int, services: Services) -> None:
    schedule = await options.find_by_id(schedule_id, interaction, services)
    texts = services.texts(interaction)
    (shown,) = await options.summarize([schedule], services, texts)
    text = f"{texts(key)}\n{ui.describe(shown, texts)}"
    await interaction.response.send_message(limits.cut(text, limits.CONTENT), ephemeral=True)
