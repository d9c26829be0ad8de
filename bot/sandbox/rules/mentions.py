"""Mentions that notify."""

import re

from bot.sandbox.model import Json, Message
from bot.sandbox.model.components import walk
from bot.sandbox.rules.permissions import Permission, permissions_of

_MENTION = re.compile(r"<@!?(\d+)>|<@&(\d+)>|@(everyone|here)")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def pings_of(message: Message, allowed: Json | None) -> frozenset[str]:
    """Return the mentions in a message's text that notify.

    Args:
        message: with text and author.
        allowed: the `allowed_mentions` that it was sent with; `None` for all that are in the text.
    """
    channel, found = message.channel, set()
    displays = [part["content"] for part in walk(message.components) if "content" in part]
    text = _CODE.sub(" ", "\n".join([message.content, *displays]))
    for user_id, role_id, crowd in _MENTION.findall(text):
        if crowd:
            found.add("everyone")
        else:
            found.add(f"<@{user_id}>" if user_id else f"<@&{role_id}>")
    if not found:
        return frozenset()
    if allowed is not None:
        parse = allowed.get("parse") or ()
        named = {f"<@{entry}>" for entry in allowed.get("users") or ()}
        named |= {f"<@&{entry}>" for entry in allowed.get("roles") or ()}
        found = {ping for ping in found if ping in named or _kind_of(ping) in parse}
    may_call_all = permissions_of(message.author, channel) & Permission.MENTION_EVERYONE
    if not may_call_all:
        found.discard("everyone")
        mentionable = (
            {role.mention for role in channel.guild.roles.values() if role.mentionable}
            if channel.guild
            else set()
        )
        found = {ping for ping in found if _kind_of(ping) != "roles" or ping in mentionable}
    return frozenset(found)


def _kind_of(ping: str) -> str:
    if ping == "everyone":
        return "everyone"
    return "roles" if ping.startswith("<@&") else "users"
