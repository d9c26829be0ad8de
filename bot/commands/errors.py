"""Answer errors of commands and components in private, by one table of texts."""

import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import limits
from bot.ui.markdown import escape
from config.texts import Texts
from storage.errors import StorageError
from storage.patience import set_write_timeout

log = logging.getLogger(__name__)

WRITE_TIMEOUT = 1.5
"""Seconds that a command waits to write: Discord wants an answer within 3 seconds."""
_ECHO = 100
_UNKNOWN_INTERACTION = 10062
_TEXT_KEYS: dict[type[Exception], str] = {
    StorageError: "error-storage",
    discord.RateLimited: "error-rate-limited",
    app_commands.NoPrivateMessage: "error-guild-only",
    app_commands.MissingPermissions: "error-manage-server",
    app_commands.CommandNotFound: "error-outdated",
    app_commands.CommandSignatureMismatch: "error-outdated",
}
_UNSENT = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What can keep the answer to an error from being sent."""


class Tree(app_commands.CommandTree[Any]):
    """The command tree, whose errors are all answered by one table."""

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
        """Hold posts until the interaction is answered, and limit the time for database writes.

        Returns:
            Whether the command may run: not if its options can't be parsed.
        """
        set_write_timeout(WRITE_TIMEOUT)  # discord.py runs each command in a task of its own
        try:
            command = interaction.command
            # discord.py parses the options after this check, where nothing catches what is raised,
            # such as a `ValueError` for a role that is no snowflake.
            _ = interaction.namespace
        except Exception as error:  # noqa: BLE001 - any malformed payload
            await answer_error(interaction, error, self._services)
            return False
        if command is not None:
            self._services.rate_limiter.interaction_started()
        return True

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer the person with the text of the error."""
        await answer_error(interaction, error, self._services)


async def answer_error(
    interaction: discord.Interaction[Any], error: Exception, services: Services
) -> None:
    """Answer an interaction with the text of an error, in private and in the user's language.

    An error that is not in the table is logged with its traceback; the user sees a general text.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, discord.NotFound) and error.code == _UNKNOWN_INTERACTION:
        log.warning("the answer came after Discord's deadline: %s", _name_of(interaction))
        return
    text = None
    try:
        text = _sentence(error, services.texts(interaction))
    except Exception:
        log.exception("the text of an error is missing")
    if text is None:
        log.error("%s failed", _name_of(interaction), exc_info=error)
        text = services.texts(interaction)("error-unknown")
    if interaction.type is discord.InteractionType.autocomplete:
        # An autocomplete response has no message; without one, Discord shows no choices.
        return
    with suppress(*_UNSENT):
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)


def _sentence(error: Exception, texts: Texts) -> str | None:
    """Return the text of an error; `None` if the error is not in the table."""
    if isinstance(error, UserError):
        return texts(error.key, **error.facts)
    if isinstance(error, app_commands.TransformerError):
        return texts("error-option", value=limits.shorten(escape(str(error.value)), _ECHO))
    if isinstance(error, StorageError):
        log.error("the database can't be used: %s", error)
    key = next((key for kind, key in _TEXT_KEYS.items() if isinstance(error, kind)), None)
    return texts(key) if key is not None else None


def _name_of(interaction: discord.Interaction[Any]) -> str:
    """Return what was used, for the log: no ids of people, which a `custom_id` can have."""
    data: Mapping[str, Any] = interaction.data if isinstance(interaction.data, Mapping) else {}
    words = re.match(r"(?:2:)?[a-z]+(?::[a-z]+)?", str(data.get("custom_id")))
    return f"{interaction.type.name} {data.get('name') or (words[0] if words else None)}"
