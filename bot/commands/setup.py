"""`/setup`: one private screen for a schedule, and its buttons and menus."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands import setup_forms, setup_screen, setup_start
from bot.commands.components import PersistentItem, add_items, chosen_values
from bot.commands.schedule import layouts, options, posting
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.commands.setup_manage import ScheduleItem
from bot.commands.setup_screen import OpenDraft
from bot.errors import UserError
from bot.posting import setup_draft
from bot.posting.setup_draft import Draft
from bot.ui import actions
from storage import setup_drafts
from storage.records import Schedule


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/setup`, and the components of its screen."""
    label = services.label

    @tree.command(name=label("command-setup-name"), description=label("command-setup-description"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def setup(interaction: Interaction) -> None:
        options.guild_of(interaction)
        options.check_manager(interaction)
        opened = await setup_screen.open_new(interaction, services)
        await setup_screen.show(interaction, opened, services)

    add_items(tree.client, services, SetupItem, ScheduleItem)


class SetupItem(PersistentItem, template=actions.SETUP):
    """A button or menu of the set-up screen."""

    async def answer(self, interaction: Interaction, services: Services) -> None:
        """Do what the person pressed or chose."""
        action, draft_id = self.state["action"], int(self.state["draft"])
        if action in _CHOICES:
            async with services.draft_locks.of(draft_id):
                await _choose(interaction, action, draft_id, services)
            return
        opened = await setup_screen.load(interaction, draft_id, services)
        if action in setup_forms.FORMS:
            await setup_forms.open_form(interaction, action, opened, services)
        elif action in _PRESSES:
            await _PRESSES[action](interaction, opened, services)
        elif action == "edit" and self.state["schedule"] is not None:
            other = await options.find_by_id(int(self.state["schedule"]), interaction, services)
            opened = await setup_screen.open_schedule(interaction, other, services)
            await setup_screen.show(interaction, opened, services)
        else:
            raise UserError("error-outdated")


async def _choose(interaction: Interaction, menu: str, draft_id: int, services: Services) -> None:
    """Change the draft by what was chosen in a menu."""
    opened = await setup_screen.load(interaction, draft_id, services)
    (value,) = chosen_values(interaction)
    try:
        draft = await _CHOICES[menu](opened.draft, value, interaction, services)
    except UserError as error:
        note = services.texts(interaction)(error.key, **error.facts)
        await setup_screen.show(interaction, opened, services, note=note)
        return
    opened = await setup_screen.save(opened, draft, services)
    await setup_screen.show(interaction, opened, services)


async def _choose_preset(draft: Draft, value: str, _: Interaction, __: Services) -> Draft:
    return setup_draft.choose_preset(draft, setup_screen.preset_of(value))


async def _choose_channel(
    draft: Draft, value: str, interaction: Interaction, services: Services
) -> Draft:
    given: dict[str, Any] = {"channel_id": int(value)}
    facts = await options.find_channel(int(value), None, interaction)
    if facts.kind is not discord.ChannelType.news:
        given["publish"] = False
    return setup_draft.change(draft, given, languages=services.catalogue.languages)


async def _choose_time(draft: Draft, value: str, _: Interaction, services: Services) -> Draft:
    return setup_draft.change(draft, {"time": value}, languages=services.catalogue.languages)


async def _choose_zone(draft: Draft, value: str, _: Interaction, services: Services) -> Draft:
    if value == draft.timezone:  # one that is stored may be a name that people no longer write
        return draft
    return setup_draft.change(draft, {"timezone": value}, languages=services.catalogue.languages)


_CHOICES: Final[Mapping[str, Callable[[Draft, str, Interaction, Services], Awaitable[Draft]]]] = {
    "preset": _choose_preset,
    "channel": _choose_channel,
    "time": _choose_time,
    "zone": _choose_zone,
}


async def _start(interaction: Interaction, opened: OpenDraft, services: Services) -> None:
    await setup_start.start(interaction, opened, services)


async def _repeat(interaction: Interaction, opened: OpenDraft, services: Services) -> None:
    await setup_start.start(interaction, opened, services, may_repeat=True)


async def _preview(interaction: Interaction, opened: OpenDraft, services: Services) -> None:
    settings = opened.draft.settings()
    if settings is None:
        note = setup_screen.missing_sentence(opened.draft, services.texts(interaction))
        await setup_screen.show(interaction, opened, services, note=note)
        return
    schedule = Schedule(
        id=0,
        guild_id=opened.stored.guild_id,
        created_by=interaction.user.id,
        created_at=services.posting.now(),
        settings=settings,
    )
    await interaction.response.defer(ephemeral=True, thinking=True)
    await posting.show_preview(interaction, schedule, services)


async def _cancel(interaction: Interaction, opened: OpenDraft, services: Services) -> None:
    await setup_drafts.discard(services.database, opened.stored.id)
    text = services.texts(interaction)("setup-cancelled")
    await layouts.answer_lines(interaction, [text])


_PRESSES: Final[Mapping[str, Callable[[Interaction, OpenDraft, Services], Awaitable[None]]]] = {
    "start": _start,
    "repeat": _repeat,
    "preview": _preview,
    "cancel": _cancel,
    "check": setup_screen.show,
    "back": setup_screen.show,
}
