"""JSON of messages and interactions, as Discord returns them."""

from collections.abc import Iterable
from typing import Any

from bot.sandbox.model import (
    Attachment,
    Interaction,
    InteractionMetadata,
    Json,
    Message,
    MessageType,
    User,
)
from bot.sandbox.model.state import State
from bot.sandbox.payloads.entities import (
    channel_payload,
    member_payload,
    resolved_channel_payload,
    user_payload,
)
from bot.sandbox.rules.permissions import app_permissions, permissions_of

_ATTACHMENT_LIMIT = 10 * 1024 * 1024


def attachment_payload(file: Attachment, *, ephemeral: bool = False) -> Json:
    """Return an attachment."""
    payload: Json = {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.content),
        "url": file.url,
        "proxy_url": file.url,
        "content_type": file.content_type,
    }
    if file.description:
        payload["description"] = file.description
    if ephemeral:
        payload["ephemeral"] = True
    return payload


def message_payload(message: Message, *, with_nonce: bool = False, with_reply: bool = True) -> Json:
    """Return a message; its nonce only when it was just created."""
    users = [ping for ping in message.pings if ping.startswith("<@") and ping[2] != "&"]
    roles = [ping for ping in message.pings if ping.startswith("<@&")]
    payload: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "type": int(message.type),
        "author": user_payload(message.author),
        "content": message.content,
        "timestamp": message.created_at.isoformat(),
        "edited_timestamp": message.edited_at.isoformat() if message.edited_at else None,
        "tts": False,
        "pinned": False,
        "mention_everyone": "everyone" in message.pings,
        "mentions": [user_payload(user) for user in _people(message) if user.mention in users],
        "mention_roles": [role[3:-1] for role in roles],
        "attachments": [
            attachment_payload(file, ephemeral=message.ephemeral) for file in message.attachments
        ],
        "embeds": message.embeds,
        "components": message.components,
        "flags": int(message.flags),
    }
    if with_nonce and message.nonce is not None:
        payload["nonce"] = message.nonce
    if message.thread is not None:
        payload["thread"] = channel_payload(message.thread)
    if message.reply_to is not None and with_reply:
        payload["message_reference"] = {
            "type": 0,
            "channel_id": str(message.channel.id),
            "message_id": str(message.reply_to.id),
        }
        payload["referenced_message"] = message_payload(message.reply_to, with_reply=False)
    if message.webhook_id is not None:
        payload["webhook_id"] = str(message.webhook_id)
    if message.copy_of is not None:
        source = message.copy_of
        payload["webhook_id"] = str(message.author.id)
        payload["message_reference"] = {
            "type": 0,
            "guild_id": str(source.channel.guild.id) if source.channel.guild else None,
            "channel_id": str(source.channel.id),
            "message_id": str(source.id),
        }
    if message.interaction is not None:
        payload |= _interaction_of(message, message.interaction)
    return payload


def _people(message: Message) -> Iterable[User]:
    """Return the users that a message can mention."""
    guild = message.channel.guild
    if guild is not None:
        return [member.user for member in guild.members.values()]
    replied_to = [message.reply_to.author] if message.reply_to is not None else []
    return {message.author, *replied_to, *message.channel.recipients}


def _interaction_of(message: Message, interaction: InteractionMetadata) -> Json:
    metadata = _metadata(interaction)
    if interaction.message is not None and interaction.message is not message:
        metadata["original_response_message_id"] = str(interaction.message.id)
    found: Json = {
        "interaction_metadata": metadata,
        "webhook_id": str(message.author.id),
        "application_id": str(message.author.id),
    }
    if message.type is MessageType.CHAT_INPUT_COMMAND:
        found["interaction"] = {
            "id": str(interaction.id),
            "type": 2,
            "name": interaction.name,
            "user": user_payload(interaction.person),
        }
    return found


def _metadata(interaction: InteractionMetadata) -> Json:
    """Return the metadata of an interaction."""
    metadata: Json = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": user_payload(interaction.person),
        "authorizing_integration_owners": interaction.integration_owners,
    }
    if (target := interaction.data.get("target_id")) is not None:
        users = interaction.data["resolved"].get("users", {})
        is_user = target in users
        metadata["target_user" if is_user else "target_message_id"] = users.get(target, target)
    if interaction.trigger is not None:
        metadata["triggering_interaction_metadata"] = _metadata(interaction.trigger)
    elif interaction.source is not None:
        metadata["interacted_message_id"] = str(interaction.source.id)
    return metadata


def interaction_payload(world: State, interaction: Interaction) -> Json:
    """Return the data of INTERACTION_CREATE."""
    channel, person = interaction.channel, interaction.person
    payload: dict[str, Any] = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": int(interaction.kind),
        "data": interaction.data,
        "token": interaction.token,
        "version": 1,
        "locale": person.locale,
        "channel_id": str(channel.id),
        "channel": resolved_channel_payload(channel, person),
        "app_permissions": str(app_permissions(channel)),
        "entitlements": [],
        "authorizing_integration_owners": interaction.integration_owners,
        "attachment_size_limit": _ATTACHMENT_LIMIT,
    }
    payload["channel"].pop("app_permissions")
    if channel.guild is not None:
        guild = channel.guild
        member = guild.members[person.id]
        payload |= {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": member_payload(member)
            | {"permissions": str(permissions_of(person, channel))},
            "context": 0,
        }
    else:
        payload |= {"user": user_payload(person), "context": 1 if channel.has_bot else 2}
    if interaction.source is not None:
        payload["message"] = message_payload(interaction.source)
    return payload
