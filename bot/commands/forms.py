"""All forms, which discord.py lets one handler answer."""

from typing import Any

from discord import app_commands

from bot.commands.components import add_forms
from bot.commands.reporting import ReportForm
from bot.commands.saving import NoteForm
from bot.commands.services import Services
from bot.commands.setup_forms import SetupForm


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Register the forms."""
    add_forms(tree.client, services, SetupForm, ReportForm, NoteForm)
