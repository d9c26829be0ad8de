"""Tells whoever made a schedule what is the matter with it: by message, else in their server."""

import logging

import discord

from bot.posts.pace import posting
from config.texts import Texts
from storage.records import Schedule

log = logging.getLogger(__name__)

_FAILURES = (discord.HTTPException, discord.RateLimited, OSError, TimeoutError)


async def tell(client: discord.Client, schedule: Schedule, what: str, texts: Texts) -> None:
    """Say it once; where neither the person nor the server can be written to, the log says it.

    Args:
        client: Connected to Discord.
        schedule: Whose maker is told.
        what: `quiet`, or the reason of a pause. Of `left` there is nobody left to tell.
        texts: In whose language.
    """
    guild = client.get_guild(schedule.guild_id)
    if guild is None:
        return
    key = what.replace("_", "-")
    text = texts(f"told-{key}", channel=str(schedule.channel_id), server=guild.name)
    nobody = discord.AllowedMentions.none()
    with posting():
        try:
            private = await client.create_dm(discord.Object(schedule.created_by))
            await private.send(text, allowed_mentions=nobody)
        except _FAILURES as error:
            log.info("the maker of schedule %d can't be written to: %s", schedule.id, error)
        else:
            return
        channel = guild.system_channel
        if channel is not None and channel.permissions_for(guild.me).send_messages:
            try:
                await channel.send(text, allowed_mentions=nobody)
            except _FAILURES as error:
                log.warning("nobody of server %d can be told: %s", guild.id, error)
