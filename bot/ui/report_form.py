"""The form in which a reader says what is wrong with a written text, as a modal."""

from typing import Final

import discord

from bot.ui import actions
from bot.ui.paper_texts import WrittenVersion
from config.texts import Texts

REASON: Final = "2:report:reason"
"""The `custom_id` of the field."""


def report_form(
    arxiv_id: str, written: WrittenVersion, texts: Texts, *, longest: int
) -> discord.ui.Modal:
    """Return the form.

    Args:
        arxiv_id: The paper.
        written: The text that the reader has seen.
        texts: In the reader's language.
        longest: The most characters of the reason.
    """
    modal = discord.ui.Modal(
        title=texts("report-form-title"),
        custom_id=actions.report(arxiv_id, written.language, written.version),
    )
    reason: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=REASON, style=discord.TextStyle.paragraph, max_length=longest
    )
    modal.add_item(
        discord.ui.Label(
            text=texts("report-field-reason"),
            description=texts("report-field-reason-description"),
            component=reason,
        )
    )
    modal.stop()  # what is sent is answered by its `custom_id`
    return modal


def report_button(arxiv_id: str, written: WrittenVersion, texts: Texts) -> actions.StaticView:
    """Return the button that opens the form."""
    button: discord.ui.Button[actions.StaticView] = discord.ui.Button(
        label=texts("paper-report"),
        custom_id=actions.report(arxiv_id, written.language, written.version),
    )
    return actions.StaticView(button)
