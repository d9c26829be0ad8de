"""`/schedule remove`, `/schedule pause` and `/schedule resume`."""

from discord import app_commands

from bot.commands.schedule import options
from bot.commands.schedule.options import Asking
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import limits
from bot.ui import schedules as ui
from storage import schedules
from storage.records import Schedule


def register(group: app_commands.Group, services: Services) -> None:
    """Add the subcommands that end a schedule, hold it and let it go on."""
    label = services.label

    @group.command(
        name=label("command-schedule-remove-name"),
        description=label("command-schedule-remove-description"),
    )
    @options.options(services, "schedule")
    async def remove(asking: Asking, schedule: int) -> None:
        known = await options.known(schedule, asking, services)
        if not await schedules.remove(services.database, known.id, guild_id=known.guild_id):
            raise UserError("schedule-unknown")
        await services.worker.schedule_removed(known.id)
        texts = services.texts(asking)
        others = [
            each
            for each in await schedules.of_guild(services.database, known.guild_id)
            if each.channel_id == known.channel_id
        ]
        key = "schedule-removed-others" if others else "schedule-removed"
        text = texts(key, channel=str(known.channel_id), count=len(others))
        await asking.response.send_message(text, ephemeral=True)

    @group.command(
        name=label("command-schedule-pause-name"),
        description=label("command-schedule-pause-description"),
    )
    @options.options(services, "schedule")
    async def pause(asking: Asking, schedule: int) -> None:
        known = await options.known(schedule, asking, services)
        paused = await schedules.pause(
            services.database, known.id, reason=schedules.ASKED, at=services.worker.now()
        )
        if paused is not None:
            await services.worker.schedule_changed(paused)
        key = "schedule-paused" if paused else "schedule-paused-before"
        await _answer(asking, key, known.id, services)

    @group.command(
        name=label("command-schedule-resume-name"),
        description=label("command-schedule-resume-description"),
    )
    @options.options(services, "schedule")
    async def resume(asking: Asking, schedule: int) -> None:
        known = await options.known(schedule, asking, services)
        if known.paused_at is None:
            await _answer(asking, "schedule-runs", known.id, services)
            return
        place = await options.place_of(known.channel_id, None, asking)
        options.check_permissions(place, known, services.texts(asking))
        resumed = await schedules.resume(services.database, known.id, at=services.worker.now())
        if resumed is not None:
            await services.worker.schedule_changed(resumed)
        await _answer(asking, "schedule-resumed", known.id, services)

    options.suggest_schedules(remove, services)
    options.suggest_schedules(pause, services)
    options.suggest_schedules(resume, services)


async def _answer(asking: Asking, key: str, schedule_id: int, services: Services) -> None:
    schedule: Schedule = await options.known(schedule_id, asking, services)
    texts = services.texts(asking)
    text = f"{texts(key)}\n{ui.stated(options.shown(schedule, services, texts), texts)}"
    await asking.response.send_message(limits.cut(text, limits.CONTENT), ephemeral=True)
