"""The slash commands, one file each; thin."""

from bot.commands import (
    discussions,
    find_papers,
    forms,
    help_and_about,
    mydata,
    paper,
    paper_buttons,
    posts,
    saved,
    schedule,
    search,
    setup,
    status,
    top,
    welcome,
)

COMMANDS = (
    paper,
    paper_buttons,
    find_papers,
    saved,
    top,
    search,
    setup,
    schedule,
    forms,
    posts,
    discussions,
    help_and_about,
    status,
    mydata,
    welcome,
)
"""Each has a `register(tree, services)`."""
