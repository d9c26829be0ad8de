"""The slash commands, one file each; thin."""

from bot.commands import discussions, paper, posts, schedule, top

COMMANDS = (paper, top, schedule, posts, discussions)
"""Each has a `register(tree, services)`."""
