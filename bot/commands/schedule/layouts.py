"""Answers of Components V2 about a schedule, in private."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.commands.schedule import options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.posting import time_zones, weekdays
from bot.posting.setup_draft import Draft
from bot.ui import schedules as schedules_ui
from bot.ui import setup as ui
from bot.ui import setup_facts
from bot.ui.actions import StaticLayout
from config.texts import Texts
from storage.records import Schedule


def describe(draft: Draft, services: Services, texts: Texts) -> list[str]:
    """Describe a draft in two lines."""
    names = setup_facts.ScheduleNames(
        city=time_zones.city_of(draft.timezone, texts.language) if draft.timezone else None,
        days=weekdays.describe(draft.days, texts),
        language=options.language_name(draft.language, services),
    )
    return setup_facts.describe(draft, names, texts)


def describe_schedule(
    schedule: Schedule, services: Services, texts: Texts, *, letter: str = ""
) -> list[str]:
    """Describe a stored schedule in two lines; a letter tells it from one that is the same."""
    what, how = describe(Draft.of(schedule.settings, schedule.version), services, texts)
    return [what, f"{how} · {letter}" if letter else how]


async def describe_next(schedule: Schedule, services: Services, texts: Texts) -> str:
    """Describe when a schedule posts next, or that it is paused."""
    (summary,) = await options.summarize([schedule], services, texts)
    return schedules_ui.describe_next_run(summary, texts)


async def answer(interaction: Interaction, layout: StaticLayout, *, is_new: bool = False) -> None:
    """Show a layout in the place of the private message that was pressed, or as a new one.

    `is_new` makes it a new one in any case.
    """
    message = interaction.message
    if (
        not is_new
        and message is not None
        and message.flags.components_v2
        and message.flags.ephemeral
    ):
        await interaction.response.edit_message(
            view=layout, allowed_mentions=discord.AllowedMentions.none()
        )
    else:
        await interaction.response.send_message(
            view=layout, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )


async def answer_lines(
    interaction: Interaction,
    lines: Sequence[str],
    buttons: Sequence[discord.ui.Button[Any]] = (),
) -> None:
    """Show lines and buttons, as `answer` does."""
    await answer(interaction, ui.render_answer(ui.Answer(lines, buttons)))
