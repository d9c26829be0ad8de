"""`/schedule preview` and `/schedule post`."""

import discord
from discord import app_commands

from bot.commands.answers import pressable
from bot.commands.schedule import options
from bot.commands.schedule.options import Asking
from bot.commands.services import Services
from bot.posts.layouts import lay_out_renderable, title
from bot.posts.outcomes import Nothing, Posted
from bot.ui import actions
from bot.ui import schedules as ui
from bot.ui.markdown import plain
from config.texts import Texts
from storage.records import Schedule

_MARK = "preview"
_HAD = "already"


def register(group: app_commands.Group, services: Services, client: discord.Client) -> None:
    """Add the subcommands that show a post beforehand and send it at once."""
    label = services.label

    @group.command(
        name=label("command-schedule-preview-name"),
        description=label("command-schedule-preview-description"),
    )
    @options.options(services, "schedule")
    async def preview(asking: Asking, schedule: int) -> None:
        known = await options.known(schedule, asking, services)
        await asking.response.defer(ephemeral=True, thinking=True)
        await _preview(asking, known, services)

    @group.command(
        name=label("command-schedule-post-name"),
        description=label("command-schedule-post-description"),
    )
    @options.options(services, "schedule")
    async def post(asking: Asking, schedule: int) -> None:
        known = await options.known(schedule, asking, services)
        place = await options.place_of(known.channel_id, None, asking)
        options.check_permissions(place, known, services.texts(asking))
        await asking.response.defer(ephemeral=True, thinking=True)
        await _post(asking, known, services, again=False)

    async def again(asking: Asking, state: dict[str, str]) -> None:
        if not asking.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        known = await options.known(int(state["schedule"]), asking, services)
        sending = services.texts(asking)("post-under-way")
        await asking.response.edit_message(content=sending, view=None)
        await _post(asking, known, services, again=True)

    async def leave(asking: Asking, _state: dict[str, str]) -> None:
        left = services.texts(asking)("post-left")
        await asking.response.edit_message(content=left, view=None)

    client.add_dynamic_items(
        pressable(actions.POST_AGAIN, again, services), pressable(actions.LEAVE, leave, services)
    )
    options.suggest_schedules(preview, services)
    options.suggest_schedules(post, services)


async def _preview(asking: Asking, schedule: Schedule, services: Services) -> None:
    texts = services.texts(asking)
    found = await services.worker.preview(schedule)
    if isinstance(found, Nothing):
        nothing = texts("preview-nothing", reason=ui.reason(found.reason, texts))
        await asking.edit_original_response(content=nothing)
        return
    place = await options.place_of(schedule.channel_id, None, asking)
    _, messages = lay_out_renderable(
        found, schedule, services.catalogue.for_locale(schedule.language), forum=place.is_forum
    )
    if not messages:
        raise RuntimeError("none of the papers can be rendered")
    lines = [texts("preview-of", channel=str(schedule.channel_id), count=len(messages))]
    if (name := messages[0].thread_name) is not None:
        key = "preview-forum" if place.is_forum else "preview-thread"
        lines.append(texts(key, name=plain(name)))
    await asking.edit_original_response(content="\n".join(lines))
    for message in messages:
        assert message.controls is not None, "below every message of a post stands something"
        await asking.followup.send(
            message.content or discord.utils.MISSING,
            embeds=list(message.embeds),
            view=message.controls(_MARK),
            ephemeral=True,
        )


async def _post(asking: Asking, schedule: Schedule, services: Services, *, again: bool) -> None:
    texts = services.texts(asking)
    outcome = await services.worker.post_now(schedule, again=again)
    channel = str(schedule.channel_id)
    if isinstance(outcome, Posted):
        links = " ".join(ui.links(outcome.messages, schedule.guild_id))
        of = title(outcome.subject, texts)
        done = texts("post-done", channel=channel, title=of, links=links)
        await asking.edit_original_response(content=done)
    elif outcome.reason == _HAD:
        await asking.edit_original_response(
            content=texts("post-had", channel=channel), view=_question(schedule, texts)
        )
    else:
        nothing = texts("post-nothing", channel=channel, reason=ui.reason(outcome.reason, texts))
        await asking.edit_original_response(content=nothing)


def _question(schedule: Schedule, texts: Texts) -> actions.Drawn:
    return actions.Drawn(
        discord.ui.Button(
            label=texts("post-again"),
            style=discord.ButtonStyle.primary,
            custom_id=actions.post_again(schedule.id),
        ),
        discord.ui.Button(label=texts("post-leave"), custom_id=actions.leave()),
    )
