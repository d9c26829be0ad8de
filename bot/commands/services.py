"""The objects that commands use, built once by the app."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import discord
from discord import app_commands

from bot.cache import Cache
from bot.commands.autocomplete import Autocompletes
from bot.commands.awaited_texts import AwaitedTexts
from bot.commands.keyed_locks import KeyedLocks
from bot.commands.operators import Operators
from bot.commands.recent_ids import RecentIds
from bot.ingest.live_lookup import LiveLookup
from bot.keeping.forgetting import Forgetting
from bot.posting.rate_limit import RateLimiter
from bot.posting.service import PostingService
from bot.usage import UsageCounter
from config.texts import Catalogue, Texts
from storage.database import Database
from storage.meaning import Meanings
from storage.records import Status


@dataclass(frozen=True, slots=True)
class About:
    """What the operator says about this installation."""

    operator: str | None = None
    """Who runs the bot; `None` if that isn't said."""
    is_public: bool = False
    """Whether people are offered to add the bot to their own servers."""


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the app that commands use."""

    database: Database
    catalogue: Catalogue
    posting: PostingService
    cache: Cache
    rate_limiter: RateLimiter
    awaited_texts: AwaitedTexts
    """Lets texts be written that people open a paper for."""
    now: Callable[[], datetime]
    """The wall clock, in UTC."""
    usage: UsageCounter
    """Counts how much is read."""
    status: Callable[[], Awaitable[Status]]
    """Returns how the bot is."""
    forgetting: Forgetting
    """Deletes what is stored about people and servers."""
    autocompletes: Autocompletes = field(default_factory=Autocompletes)
    draft_locks: KeyedLocks = field(default_factory=KeyedLocks)
    """By the id of a draft: held while it is read, changed and shown, so that no choice is lost."""
    confirmed: RecentIds = field(default_factory=RecentIds)
    """Messages with a question that a press has confirmed: a second one must not do it again."""
    live_lookup: LiveLookup | None = None
    """Looks up papers that no list has; `None` if that is turned off."""
    two_languages: bool = True
    """Whether terms are searched in the other language, too."""
    meanings: Meanings | None = None
    """Tells what queries and papers mean; `None` if that is off or not installed."""
    about: About = field(default_factory=About)
    operators: Operators = field(default_factory=Operators)
    """Who may see how the bot is."""

    def texts(self, interaction: discord.Interaction[Any]) -> Texts:
        """Return the texts in the user's language."""
        return self.catalogue.for_locale(interaction.locale.value)

    def label(self, key: str) -> app_commands.locale_str:
        """Return a localized name or description of a command."""
        english = self.catalogue.for_locale(str(discord.Locale.american_english))
        return app_commands.locale_str(english(key), key=key)
