"""The buttons that do something with a stored schedule."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import discord

from bot.commands import setup_screen
from bot.commands.components import PersistentItem
from bot.commands.schedule import deleting, listing, options, posting
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import actions
from storage.records import Schedule


class ScheduleItem(PersistentItem, template=actions.SCHEDULE):
    """A button that does something with a stored schedule."""

    async def answer(self, interaction: Interaction, services: Services) -> None:
        """Do what the person pressed."""
        options.check_manager(interaction)
        action, schedule_id = self.state["action"], int(self.state["schedule"])
        if action in ("undo", "restore"):
            may_repeat = action == "restore"
            await deleting.undo(interaction, schedule_id, services, may_repeat=may_repeat)
            return
        if action not in _PRESSES:
            raise UserError("error-outdated")
        schedule = await options.find_by_id(schedule_id, interaction, services)
        await _PRESSES[action](interaction, schedule, services)


async def _manage(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    # As a new message: the list, on which it was pressed, stays.
    opened = await setup_screen.open_schedule(interaction, schedule, services)
    await setup_screen.show(interaction, opened, services, is_new=True)


async def _keep(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    opened = await setup_screen.open_schedule(interaction, schedule, services)
    await setup_screen.show(interaction, opened, services)


async def _pause(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    await services.posting.pause(schedule.id, actor_id=interaction.user.id)
    await _show_again(interaction, schedule, services)


async def _resume(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    settings = schedule.settings
    facts = await options.find_channel(settings.channel_id, None, interaction)
    options.check_permissions(facts, settings, services.texts(interaction))
    await services.posting.resume(schedule.id, actor_id=interaction.user.id)
    await _show_again(interaction, schedule, services)


async def _show_again(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    """Show the screen with what was entered on it before."""
    opened = await setup_screen.reopen_schedule(interaction, schedule, services)
    await setup_screen.show(interaction, opened, services)


async def _post(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    settings = schedule.settings
    facts = await options.find_channel(settings.channel_id, None, interaction)
    options.check_permissions(facts, settings, services.texts(interaction))
    await interaction.response.defer(ephemeral=True, thinking=True)
    await posting.post(interaction, schedule, services, again=False)


async def _history(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    await interaction.response.send_message(
        embed=await listing.history_of(interaction, schedule.id, services),
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
    )


_PRESSES: Final[Mapping[str, Callable[[Interaction, Schedule, Services], Awaitable[None]]]] = {
    "manage": _manage,
    "keep": _keep,
    "pause": _pause,
    "resume": _resume,
    "post": _post,
    "now": _post,
    "history": _history,
    "delete": deleting.ask,
    "erase": deleting.delete,
}
