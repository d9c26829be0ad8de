"""The sandbox as a web page: a Discord in the browser, for whatever bot is connected."""

from bot.sandbox.page.content import Action, PageOptions
from bot.sandbox.page.server import Page

__all__ = ["Action", "Page", "PageOptions"]
