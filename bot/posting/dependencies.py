"""What the handlers of posts work with, built once by the service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.posting.news import News
from bot.posting.planner import Planner
from bot.posting.sending import SendingDelivery
from bot.posting.settings import PostingSettings
from bot.posting.sources import Sources
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """What the handlers of posts work with."""

    database: Database
    """With the schedules, deliveries and jobs."""
    client: discord.Client
    planner: Planner
    """Selects, renders and records posts."""
    news: News
    """Decides which list a post takes."""
    sources: Sources
    """Knows whether the newest list could be read."""
    sending: SendingDelivery
    """Sends recorded deliveries."""
    settings: PostingSettings
    """Times and limits of posts."""
    now: Callable[[], datetime]
    """The wall clock, in UTC."""
