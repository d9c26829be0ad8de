"""The button that reports an error of a written text, and the form that it opens."""

import re
from collections.abc import Mapping
from typing import Any

import discord

from bot.commands.components import PersistentForm, PersistentItem, is_choice
from bot.commands.services import Services
from bot.commands.written import find_written
from bot.errors import UserError
from bot.ui import actions
from bot.ui.markdown import clean, is_invisible
from bot.ui.paper_texts import WrittenVersion, version_of
from bot.ui.report_form import REASON, report_button, report_form
from storage import reports
from storage.reports import AlreadyReportedError, TooManyReportsError
from storage.written_texts import UnknownPaperError, WrittenText


class ReportText(PersistentItem, template=actions.REPORT):
    """The button that reports a written text."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Open the form, unless the person can't report this text."""
        text = await _find_reported(self.state, services)
        try:
            await reports.check(
                services.database, text, user_id=interaction.user.id, at=services.now()
            )
        except (UnknownPaperError, AlreadyReportedError, TooManyReportsError) as error:
            raise _refusal(error) from error
        arxiv_id, texts = self.state["arxiv_id"], services.texts(interaction)
        written = WrittenVersion(self.state["language"], self.state["version"])
        if is_choice(interaction):
            # Discord doesn't let people choose an option again whose form they have closed.
            await interaction.response.send_message(
                texts("report-ask"),
                view=report_button(arxiv_id, written, texts),
                ephemeral=True,
            )
            return
        form = report_form(arxiv_id, written, texts, longest=reports.LONGEST_REASON)
        await interaction.response.send_modal(form)


class ReportForm(PersistentForm):
    """The form of a report."""

    template = re.compile(actions.REPORT)

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Store the report, and thank in private."""
        text = await _find_reported(self.state, services)
        reason = clean("".join(self.values.get(REASON, [])))[: reports.LONGEST_REASON]
        if is_invisible(reason):
            raise UserError("report-no-reason")
        try:
            await reports.add(
                services.database,
                text,
                user_id=interaction.user.id,
                reason=reason,
                at=services.now(),
            )
        except (UnknownPaperError, AlreadyReportedError, TooManyReportsError) as error:
            raise _refusal(error) from error
        await interaction.response.send_message(
            services.texts(interaction)("report-thanks"), ephemeral=True
        )


async def _find_reported(state: Mapping[str, str], services: Services) -> WrittenText:
    """Return the text that a reader reports.

    Raises:
        UserError: It is gone, or isn't the one any more that the reader has seen.
    """
    shown = await find_written(services, state["arxiv_id"], state["language"])
    if version_of(shown.chosen.sections) != state["version"]:
        raise UserError("report-rewritten")
    return shown.text


def _refusal(error: Exception) -> UserError:
    """Return why a person can't report a text."""
    match error:
        case AlreadyReportedError():
            return UserError("report-again")
        case TooManyReportsError():
            return UserError("report-too-many", count=reports.PER_DAY)
        case _:
            return UserError("written-gone")
