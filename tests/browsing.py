"""What the tests of the page have at hand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page as Tab
from small_bot import HandClock, SmallBot

from bot.client import DailyPapers
from bot.demo.scene import Scene
from bot.sandbox import Channel, Guild, Person, Sandbox
from bot.sandbox.page import Page

OpenTab = Callable[..., Awaitable[Tab]]
"""Opens an address in a tab of its own; takes what a browser's context takes."""


@dataclass
class Small:
    """A small bot in a sandbox, and the page; the bot is started by the test."""

    sandbox: Sandbox
    bot: SmallBot
    page: Page
    clock: HandClock
    guild: Guild
    general: Channel
    anna: Person

    def channel(self, channel: Channel | None = None) -> Any:  # noqa: ANN401  of whichever kind
        """A channel as the bot knows it."""
        return self.bot.get_channel((channel or self.general).id)


@dataclass
class Demo:
    """The demonstration, with its page served."""

    scene: Scene
    page: Page
    bot: DailyPapers
