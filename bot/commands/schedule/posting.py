"""`/schedule preview` and `/schedule post`."""

from contextlib import suppress

import discord
from discord import app_commands

from bot.charts.pictures import DrawingError
from bot.commands.components import PersistentItem, add_items
from bot.commands.no_papers import find_newest_day
from bot.commands.schedule import options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.posting.layout import PostOptions, render, title
from bot.posting.manual_posts import NotPosted, Posted
from bot.ui import actions
from bot.ui import schedules as ui
from bot.ui.markdown import escape
from bot.ui.messages import Message, to_file, to_view
from config.texts import Texts
from storage import schedules
from storage.records import Reason, Schedule

_MARK = "preview"


def register(group: app_commands.Group, services: Services, client: discord.Client) -> None:
    """Add the subcommands that preview a post and post at once."""
    label = services.label

    @group.command(
        name=label("command-schedule-preview-name"),
        description=label("command-schedule-preview-description"),
    )
    @options.options(services, "schedule", required=("schedule",))
    async def preview(interaction: Interaction, schedule: str) -> None:
        known = await options.find_schedule(schedule, interaction, services)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_preview(interaction, known, services)

    @group.command(
        name=label("command-schedule-post-name"),
        description=label("command-schedule-post-description"),
    )
    @options.options(services, "schedule", required=("schedule",))
    async def post_now(interaction: Interaction, schedule: str) -> None:
        known = await options.find_schedule(schedule, interaction, services)
        settings = known.settings
        facts = await options.find_channel(settings.channel_id, None, interaction)
        options.check_permissions(facts, settings, services.texts(interaction))
        await interaction.response.defer(ephemeral=True, thinking=True)
        await post(interaction, known, services, again=False)

    add_items(client, services, PostAgain, Cancel)
    options.suggest_schedules(preview, services)
    options.suggest_schedules(post_now, services)


class PostAgain(PersistentItem, template=actions.POST_AGAIN):
    """The button that confirms to post a digest again."""

    async def answer(self, interaction: Interaction, services: Services) -> None:
        """Post the digest again, once."""
        options.check_manager(interaction)
        known = await options.find_by_id(int(self.state["schedule"]), interaction, services)
        assert interaction.message is not None
        if not services.confirmed.add(interaction.message.id):
            await interaction.response.defer()
            return
        sending = services.texts(interaction)("post-under-way")
        await interaction.response.edit_message(content=sending, view=None)
        await post(interaction, known, services, again=True)


class Cancel(PersistentItem, template=actions.CANCEL):
    """The button that cancels the post."""

    async def answer(self, interaction: Interaction, services: Services) -> None:
        """Say that nothing was posted."""
        text = services.texts(interaction)("post-left")
        await interaction.response.edit_message(content=text, view=None)


async def show_preview(interaction: Interaction, schedule: Schedule, services: Services) -> None:
    """Show what a schedule, stored or not, would post now, after a deferred answer."""
    texts = services.texts(interaction)
    found = await services.posting.preview(schedule)
    if isinstance(found, NotPosted):
        if found.reason is Reason.NO_DIGEST:
            await find_newest_day(interaction, services)
        nothing = texts("preview-nothing", reason=ui.describe_reason(found.reason, texts))
        await interaction.edit_original_response(content=nothing)
        return
    settings = schedule.settings
    facts = await options.find_channel(settings.channel_id, None, interaction)
    post_options = PostOptions.of(settings, is_forum=facts.is_forum)
    texts_of_post = services.catalogue.for_locale(settings.language)
    _, messages = render(found, post_options, texts_of_post)
    lines = [texts("preview-of", channel=str(settings.channel_id), count=len(messages))]
    if (name := messages[0].thread_name) is not None:
        key = "preview-forum" if facts.is_forum else "preview-thread"
        lines.append(texts(key, name=escape(name)))
    await interaction.edit_original_response(content="\n".join(lines))
    for message in messages:
        await interaction.followup.send(
            message.content or discord.utils.MISSING,
            embeds=list(message.embeds),
            view=to_view(message.rows, _MARK),
            file=await _picture(message, services),
            ephemeral=True,
        )


async def _picture(message: Message, services: Services) -> discord.File:
    """Return the picture of a message; `MISSING` if it has none, or can't be drawn."""
    if message.chart is not None:
        with suppress(DrawingError):  # which was logged
            picture = await services.posting.pictures.draw(message.chart)
            return to_file(message.chart, picture)
    missing: discord.File = discord.utils.MISSING
    return missing


async def post(
    interaction: Interaction, schedule: Schedule, services: Services, *, again: bool
) -> None:
    """Post for a schedule now, after a deferred answer, and say what came of it."""
    texts = services.texts(interaction)
    outcome = await services.posting.post_now(schedule, again=again)
    channel = str(schedule.settings.channel_id)
    if isinstance(outcome, Posted):
        links = ui.link_title(
            title(outcome.coverage, texts), outcome.messages, guild_id=schedule.guild_id
        )
        done = texts("post-done", channel=channel, links=links)
        current = await schedules.get(services.database, schedule.id)
        if current is not None and current.paused_at is not None:
            done = f"{done}\n{texts('setup-still-paused')}"
        await interaction.edit_original_response(content=done)
    elif outcome.reason is Reason.ALREADY:
        await interaction.edit_original_response(
            content=texts("already-posted", channel=channel), view=_question(schedule, texts)
        )
    else:
        if outcome.reason is Reason.NO_DIGEST:
            await find_newest_day(interaction, services)
        nothing = texts(
            "post-nothing", channel=channel, reason=ui.describe_reason(outcome.reason, texts)
        )
        await interaction.edit_original_response(content=nothing)


def _question(schedule: Schedule, texts: Texts) -> actions.StaticView:
    return actions.StaticView(
        discord.ui.Button(
            label=texts("post-again"),
            style=discord.ButtonStyle.primary,
            custom_id=actions.post_again(schedule.id),
        ),
        discord.ui.Button(label=texts("post-leave"), custom_id=actions.cancel()),
    )
