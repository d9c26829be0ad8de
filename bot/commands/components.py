"""The base of the buttons and menus that outlive restarts."""

import re
from types import new_class
from typing import Any, ClassVar, Self, cast

import discord

from bot.commands.errors import WRITE_TIMEOUT, answer_error
from bot.commands.services import Services
from storage.database import set_write_timeout


class PersistentItem(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?!)"):
    """A button or menu whose state is in its `custom_id`; each subclass answers one kind.

    >>> class Forget(PersistentItem, template=r"forget:(?P<number>[0-9]+)"):
    ...     async def answer(self, interaction, services): ...
    """

    _services: ClassVar[Services]

    def __init__(self, item: discord.ui.Item[Any], state: dict[str, str]) -> None:
        super().__init__(item)
        self.state = state
        """The named groups of the template."""

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the item for what was pressed."""
        return cls(item, match.groupdict())

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the person who pressed it, also if that fails."""
        self._services.rate_limiter.interaction_started()
        set_write_timeout(WRITE_TIMEOUT)  # discord.py runs each press in a task of its own
        try:
            await self.answer(interaction, self._services)
        except Exception as error:  # noqa: BLE001 - the one place where errors of presses end
            await answer_error(interaction, error, self._services)

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Do what it is for."""
        raise NotImplementedError

    @classmethod
    def with_services(cls, services: Services) -> type[Self]:
        """Return this class for one running bot; discord.py makes the items without arguments."""
        attributes = {"_services": services, "__doc__": cls.__doc__}
        keywords = {"template": cls.__discord_ui_compiled_template__}
        bound = new_class(cls.__name__, (cls,), keywords, lambda names: names.update(attributes))
        return cast("type[Self]", bound)


def add_items(client: discord.Client, services: Services, *kinds: type[PersistentItem]) -> None:
    """Let a client answer presses of these kinds of items, however old their messages are."""
    client.add_dynamic_items(*(kind.with_services(services) for kind in kinds))


def chosen_values(interaction: discord.Interaction[Any]) -> list[str]:
    """Return what was chosen in a menu."""
    return cast("dict[str, list[str]]", interaction.data)["values"]
