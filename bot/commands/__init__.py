"""The slash commands, one file each; thin."""

from bot.commands import paper, posts, schedule, top

COMMANDS = (paper, top, schedule, posts)
"""Each has a `register(tree, services)`."""
