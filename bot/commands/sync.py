"""Sync the slash commands with Discord."""

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from bot.commands.services import Services
from config.texts import Catalogue
from storage import key_value
from storage.errors import StorageError

log = logging.getLogger(__name__)


class Translator(app_commands.Translator):
    """Translates the names and descriptions of commands into each language."""

    def __init__(self, catalogue: Catalogue) -> None:
        # discord.py asks thousands of times, for each string in each of Discord's languages.
        self._texts = {
            locale: texts
            for locale in discord.Locale
            if (texts := catalogue.for_locale(locale.value)).language == locale.value
        }

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - discord.py's signature
    ) -> str | None:
        """Return a label's text in `locale`; `None` leaves the default, which is English."""
        texts = self._texts.get(locale)
        key = string.extras.get("key")
        return None if texts is None or key is None else texts(key)


async def sync_commands(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Register the commands at Discord, unless they are unchanged since the last registration.

    Their ids are kept, so that texts link to them.

    Raises:
        discord.HTTPException: Discord refuses the commands, or fails.
    """
    translator = Translator(services.catalogue)
    await tree.set_translator(translator)
    payload = [
        await command.get_translated_payload(tree, translator) for command in tree.get_commands()
    ]
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    application_id = tree.client.application_id
    assert application_id is not None  # known since the login
    key = f"commands of {application_id}"
    try:
        ids = _ids_of(await key_value.get(services.database, key), digest)
    except StorageError as error:
        log.warning("can't read which commands are registered; registering them again: %s", error)
        ids = None
    if ids is not None:
        services.catalogue.set_command_ids(ids)
        return
    # Not `tree.sync()`, which would translate everything again: half of the time of a start.
    synced = await tree.client.http.bulk_upsert_global_commands(application_id, payload)
    ids = {command["name"]: int(command["id"]) for command in synced}
    services.catalogue.set_command_ids(ids)
    try:
        await key_value.put(services.database, key, json.dumps({"digest": digest, "ids": ids}))
    except StorageError as error:
        log.warning("the commands will be registered again at the next start: %s", error)
    log.info("registered %d %s", len(synced), "command" if len(synced) == 1 else "commands")


def _ids_of(stored: str | None, digest: str) -> dict[str, int] | None:
    """Return the ids of the registered commands; `None` if others are, or none.

    Until 0.3.0 the digest alone was stored.
    """
    try:
        found = json.loads(stored or "null")
        if found["digest"] != digest:
            return None
        return {str(name): int(command_id) for name, command_id in found["ids"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
