"""The slash commands, one file each; thin."""

from bot.commands import discussions, paper, posts, schedule, setup, top

COMMANDS = (paper, top, schedule, setup, posts, discussions)
"""Each has a `register(tree, services)`."""
