"""The sandbox as a web page: a Discord in the browser, for whatever bot is connected."""

from bot.sandbox.page.server import Action, Page

__all__ = ["Action", "Page"]
