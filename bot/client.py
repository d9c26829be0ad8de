"""The bot: a Discord client with its commands and its alarm clock."""

import hashlib
import json
import logging

import discord
from discord import app_commands

from bot.commands import paper, schedule, top
from bot.commands.answers import Tree
from bot.commands.services import Services, Translator
from bot.posts.clock import AlarmClock, Clock
from bot.posts.deliver import Deliverer
from bot.recent import Recent
from config.texts import Catalogue
from storage import notes, schedules
from storage.database import Database

log = logging.getLogger(__name__)

COMMANDS = (paper, top, schedule)
"""Each has a `register(tree, services)`."""


class DailyPapers(discord.AutoShardedClient):
    """Answers commands, and posts each morning.

    It asks for nothing privileged: neither members nor what people write. It keeps no messages and
    no members in memory, so its size is that of the servers' channels.
    """

    def __init__(self, *, database: Database, catalogue: Catalogue, clock: Clock) -> None:
        # It never speaks, so what discord.py would need for that is not missed.
        discord.VoiceClient.warn_nacl = False
        discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.database = database
        self.deliverer = Deliverer(
            database=database, catalogue=catalogue, channels=self, clock=clock
        )
        self.alarm = AlarmClock(clock, self._ring)
        self.services = Services(
            database=database,
            catalogue=catalogue,
            alarm=self.alarm,
            recent=Recent(database),
        )
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self.tree.services = self.services

    async def setup_hook(self) -> None:
        """Learn the commands, tell Discord of them if they have changed, and set the alarm."""
        await self.tree.set_translator(Translator(self.services.catalogue))
        for module in COMMANDS:
            module.register(self.tree, self.services)
        await self._sync()
        self.alarm.start(await schedules.all_of_them(self.database))

    async def _sync(self) -> None:
        """Send the commands to Discord, unless they are what was sent last."""
        translator = self.tree.translator
        assert translator is not None
        payload = [
            await command.get_translated_payload(self.tree, translator)
            for command in self.tree.get_commands()
        ]
        digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        key = f"commands of {self.application_id}"
        if await notes.get(self.database, key) == digest:
            return
        synced = await self.tree.sync()
        await notes.put(self.database, key, digest)
        log.info("told Discord of %d commands", len(synced))

    async def _ring(self, schedule_id: int) -> None:
        await self.deliverer.deliver(schedule_id)

    async def on_ready(self) -> None:
        """Say that the bot is there."""
        log.info("connected as %s, in %d servers", self.user, len(self.guilds))

    async def close(self) -> None:
        """Stop the alarm, then the connections."""
        self.alarm.stop()
        await super().close()
