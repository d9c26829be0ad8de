"""The base class of persistent components: buttons and menus that work after a restart."""

import re
from collections.abc import Mapping
from types import new_class
from typing import Any, ClassVar, Self, cast

import discord

from bot.commands.errors import WRITE_TIMEOUT, answer_error
from bot.commands.services import Services
from storage.patience import set_write_timeout


class PersistentItem(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?!)"):
    """A button or menu whose state is in its `custom_id`; one subclass per kind.

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
        """Return the item for a pressed component."""
        return cls(item, match.groupdict())

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Handle a press; answer with an error text if that fails."""
        self._services.rate_limiter.interaction_started()
        set_write_timeout(WRITE_TIMEOUT)  # discord.py runs each press in a task of its own
        try:
            await self.answer(interaction, self._services)
        except Exception as error:  # noqa: BLE001 - the only handler of errors of components
            await answer_error(interaction, error, self._services)

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Handle a press of the component."""
        raise NotImplementedError

    @classmethod
    def state_in(cls, custom_id: str) -> dict[str, str] | None:
        """Return the state in a `custom_id`; `None` if it is not of this kind."""
        match = cls.__discord_ui_compiled_template__.fullmatch(custom_id)
        return match.groupdict() if match else None

    @classmethod
    def with_services(cls, services: Services) -> type[Self]:
        """Return a subclass bound to the services, since discord.py passes none to its items."""
        attributes = {"_services": services, "__doc__": cls.__doc__}
        keywords = {"template": cls.__discord_ui_compiled_template__}
        bound = new_class(cls.__name__, (cls,), keywords, lambda names: names.update(attributes))
        return cast("type[Self]", bound)


def add_items(client: discord.Client, services: Services, *kinds: type[PersistentItem]) -> None:
    """Register kinds of items, so that the client handles presses on messages of any age."""
    client.add_dynamic_items(*(kind.with_services(services) for kind in kinds))


class PersistentForm:
    """A form (modal) whose state is in its `custom_id`; one subclass per kind.

    discord.py keeps sent modals in memory, so that what is entered is lost when the bot restarts
    meanwhile. These are sent stopped, which it doesn't keep, and answered by their `custom_id`.
    """

    template: ClassVar[re.Pattern[str]]

    def __init__(self, state: dict[str, str], values: Mapping[str, list[str]]) -> None:
        self.state = state
        """The named groups of the template."""
        self.values = values
        """What was entered, by the `custom_id` of the field; an empty list if nothing was."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Handle what was entered."""
        raise NotImplementedError


def add_forms(client: discord.Client, services: Services, *kinds: type[PersistentForm]) -> None:
    """Let the client handle forms of these kinds, whichever version of it has sent them."""

    async def on_interaction(interaction: discord.Interaction[Any]) -> None:
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data = cast("dict[str, Any]", interaction.data)
        for kind in kinds:
            if (match := kind.template.fullmatch(data["custom_id"])) is not None:
                services.rate_limiter.interaction_started()
                set_write_timeout(WRITE_TIMEOUT)
                try:
                    form = kind(match.groupdict(), _field_values(data["components"]))
                    await form.answer(interaction, services)
                except Exception as error:  # noqa: BLE001 - the only handler of errors of forms
                    await answer_error(interaction, error, services)

    client.event(on_interaction)


def _field_values(components: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the values of a form's fields, each as a list of texts."""
    found = {}
    for label in components:
        field = label.get("component", {})
        if "custom_id" in field:
            values = field.get("values", [field.get("value")])
            found[field["custom_id"]] = [str(value) for value in values if value is not None]
    return found


def chosen_values(interaction: discord.Interaction[Any]) -> list[str]:
    """Return the values chosen in a menu."""
    return cast("dict[str, list[str]]", interaction.data)["values"]


def is_choice(interaction: discord.Interaction[Any]) -> bool:
    """Return whether an option of a menu was chosen; otherwise a button was pressed."""
    return "values" in cast("dict[str, Any]", interaction.data)
