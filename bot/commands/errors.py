"""How errors of commands and components are answered: one table, and in private."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

import discord
from discord import app_commands

from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import limits
from bot.ui.markdown import plain
from config.texts import Texts
from storage.database import set_write_timeout
from storage.errors import StorageError

log = logging.getLogger(__name__)

WRITE_TIMEOUT = 1.5
"""Seconds that a command waits to write: Discord wants an answer within 3 seconds."""
_ECHO = 100
_UNKNOWN_INTERACTION = 10062
_FORESEEN: dict[type[Exception], str] = {
    StorageError: "error-storage",
    discord.RateLimited: "error-rate-limited",
    app_commands.NoPrivateMessage: "error-guild-only",
    app_commands.MissingPermissions: "error-manage-server",
    app_commands.CommandNotFound: "error-outdated",
    app_commands.CommandSignatureMismatch: "error-outdated",
}
_Handler = Callable[[discord.Interaction[Any], dict[str, str]], Awaitable[None]]


class Tree(app_commands.CommandTree[Any]):
    """The slash commands, whose errors are all answered alike."""

    def __init__(self, client: discord.Client, services: Services) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._services = services

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let posts wait until the person is answered, and limit how long the command may write."""
        set_write_timeout(WRITE_TIMEOUT)  # discord.py runs each command in a task of its own
        if interaction.command is not None:
            self._services.rate_limiter.interaction_started()
        return True

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what went wrong."""
        await answer_error(interaction, error, self._services)


def dynamic_item(
    template: str, handle: _Handler, services: Services
) -> type[discord.ui.DynamicItem[discord.ui.Item[Any]]]:
    """Return the `DynamicItem` for buttons and menus whose `custom_id` matches `template`.

    The handler is given the interaction and the template's named groups.
    """

    class Item(discord.ui.DynamicItem[discord.ui.Item[Any]], template=template):
        def __init__(self, item: discord.ui.Item[Any], state: dict[str, str]) -> None:
            super().__init__(item)
            self._state = state

        @classmethod
        async def from_custom_id(
            cls,
            _interaction: discord.Interaction[Any],
            item: discord.ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> "Item":
            return cls(item, match.groupdict())

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            services.rate_limiter.interaction_started()
            try:
                set_write_timeout(WRITE_TIMEOUT)
                await handle(interaction, self._state)
            except Exception as error:  # noqa: BLE001 - the one place where a press's errors end
                await answer_error(interaction, error, services)

    return Item


async def answer_error(
    interaction: discord.Interaction[Any], error: Exception, services: Services
) -> None:
    """Answer a failure: kindly, in private, in the person's language, with nothing internal.

    What is not foreseen is logged once, with its traceback.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, discord.NotFound) and error.code == _UNKNOWN_INTERACTION:
        log.warning("an answer came too late for Discord: %s", _named(interaction))
        return
    text = None
    try:
        text = _sentence(error, services.texts(interaction))
    except Exception:
        log.exception("the answer to an error could not be composed")
    if text is None:
        log.error("%s failed", _named(interaction), exc_info=error)
        text = services.texts(interaction)("error-unknown")
    if interaction.type is discord.InteractionType.autocomplete:
        # It takes choices and no message; without an answer, Discord shows that there are none.
        return
    with suppress(discord.HTTPException, discord.RateLimited):
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)


def _sentence(error: Exception, texts: Texts) -> str | None:
    """Return what to tell the person; `None` where the error is not one of those foreseen."""
    if isinstance(error, UserError):
        return texts(error.key, **error.facts)
    if isinstance(error, app_commands.TransformerError):
        return texts("error-option", value=limits.shorten(plain(str(error.value)), _ECHO))
    if isinstance(error, StorageError):
        log.error("the database can't be used: %s", error)
    key = next((key for kind, key in _FORESEEN.items() if isinstance(error, kind)), None)
    return texts(key) if key is not None else None


def _named(interaction: discord.Interaction[Any]) -> str:
    data: Mapping[str, Any] = interaction.data or {}
    return f"{interaction.type.name} {data.get('name') or data.get('custom_id')}"
