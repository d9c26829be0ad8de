"""The sandbox in a terminal."""

from bot.sandbox.terminal.prompt import Terminal

__all__ = ["Terminal"]
