"""The slash commands, one file each; thin."""

from bot.commands import paper, posts, schedule, setup, top

COMMANDS = (paper, top, schedule, setup, posts)
"""Each has a `register(tree, services)`."""
