"""Responses to interactions: the first one, and those through the webhook."""

from bot.sandbox.model import (
    TOKEN_LIFE,
    CallbackType,
    Interaction,
    InteractionType,
    Json,
    Message,
    MessageFlag,
    MessageType,
)
from bot.sandbox.payloads.messages import message_payload
from bot.sandbox.rest.call import NO_CONTENT, Call, Reply
from bot.sandbox.rest.composing import Draft, draft, fill, new_message
from bot.sandbox.rest.messages import edit, would_be_empty
from bot.sandbox.rest.stored_components import stored_components
from bot.sandbox.rules.callbacks import check_callback
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.shape import Problems


def create_interaction_response(call: Call) -> Reply:
    """Respond to an interaction for the first time."""
    interaction = call.world.interactions.get(call.id("interaction_id"))
    if interaction is None or interaction.token != call.params["interaction_token"]:
        raise ApiError(Refusal.UNKNOWN_INTERACTION)
    if interaction.acknowledged:
        raise ApiError(Refusal.ALREADY_ACKNOWLEDGED)
    is_late = call.world.clock() - interaction.created_at > call.world.first_answer
    if interaction.failed or is_late:
        call.world.give_up(interaction)
        raise ApiError(Refusal.UNKNOWN_INTERACTION)
    body = call.body
    problems = Problems()
    check_callback(body, interaction, problems)
    problems.refuse()
    answer = CallbackType(int(body["type"]))
    _ANSWERS[answer](call, interaction, body.get("data") or {})
    interaction.acknowledge(answer)
    call.world.interaction_changed(interaction)
    if not call.flag("with_response"):
        return NO_CONTENT
    return Reply(_callback_payload(interaction, answer))


def _callback_payload(interaction: Interaction, answer: CallbackType) -> Json:
    summary: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    payload: Json = {"interaction": summary}
    shown = interaction.message
    if shown is not None and answer is not CallbackType.DEFERRED_UPDATE:
        summary["response_message_id"] = str(shown.id)
        summary["response_message_loading"] = shown.loading
        summary["response_message_ephemeral"] = shown.ephemeral
        if not shown.loading:
            payload["resource"] = {"type": int(answer), "message": message_payload(shown)}
    return payload


def _message_of(call: Call, interaction: Interaction, found: Draft, data: Json) -> Message:
    """Return a new message of an interaction, without adding it to its channel."""
    message = new_message(call, interaction.channel, call.world.bot, found)
    message.interaction = interaction
    if int(data.get("flags") or 0) & MessageFlag.EPHEMERAL:
        message.flags |= MessageFlag.EPHEMERAL
        message.only_for = interaction.person.id
    return message


def _answer_message(call: Call, interaction: Interaction, data: Json) -> None:
    found = draft(call, data, ("data",), new=True)
    message = _message_of(call, interaction, found, data)
    _place(call, interaction, message)


def _place(call: Call, interaction: Interaction, message: Message) -> None:
    """Add the first response to its channel."""
    if interaction.kind is InteractionType.COMMAND:
        slash = interaction.data.get("type") == 1
        message.type = MessageType.CHAT_INPUT_COMMAND if slash else MessageType.CONTEXT_MENU_COMMAND
    elif interaction.source is not None:
        message.type, message.reply_to = MessageType.REPLY, interaction.source
    interaction.message = message
    call.world.add_message(message)


def _answer_deferred(call: Call, interaction: Interaction, data: Json) -> None:
    message = _message_of(call, interaction, Draft({}, 0), data)
    message.flags |= MessageFlag.LOADING
    _place(call, interaction, message)


def _answer_deferred_update(_call: Call, interaction: Interaction, _data: Json) -> None:
    interaction.message = interaction.source


def _answer_update(call: Call, interaction: Interaction, data: Json) -> None:
    source = interaction.source
    if source is None:
        raise ApiError(Refusal.UNKNOWN_MESSAGE)
    found = draft(call, data, ("data",), new=False, present=source)
    interaction.message = source
    edit(call, source, found)


def _answer_choices(_call: Call, interaction: Interaction, data: Json) -> None:
    interaction.choices = list(data.get("choices") or ())


def _answer_modal(_call: Call, interaction: Interaction, data: Json) -> None:
    interaction.modal = data | {"components": stored_components(data["components"])}


_ANSWERS = {
    CallbackType.MESSAGE: _answer_message,
    CallbackType.DEFERRED_MESSAGE: _answer_deferred,
    CallbackType.DEFERRED_UPDATE: _answer_deferred_update,
    CallbackType.UPDATE: _answer_update,
    CallbackType.CHOICES: _answer_choices,
    CallbackType.MODAL: _answer_modal,
}


def _interaction(call: Call) -> Interaction:
    """Return the interaction of a webhook.

    Raises:
        ApiError: there is none, it has no first response yet, or its token is invalid.
    """
    if call.id("webhook_id") != call.world.application_id:
        raise ApiError(Refusal.UNKNOWN_WEBHOOK)
    interaction = call.world.interactions_by_token.get(call.params["webhook_token"])
    if interaction is None or call.world.clock() - interaction.created_at > TOKEN_LIFE:
        raise ApiError(Refusal.INVALID_WEBHOOK_TOKEN)
    if not interaction.acknowledged:
        raise ApiError(Refusal.UNKNOWN_WEBHOOK)
    return interaction


def execute_webhook(call: Call) -> Reply:
    """Send a followup message of an interaction."""
    interaction = _interaction(call)
    body = call.body
    found = draft(call, body, new=True)
    first = interaction.message
    is_there = first is not None and first.id in first.channel.all_messages
    if first is not None and first.loading and is_there:
        _edit_of(call, interaction, first, found)
        return Reply(message_payload(first))
    message = _message_of(call, interaction, found, body)
    if first is not None:
        message.type, message.reply_to = MessageType.REPLY, first
    interaction.followups.append(message)
    call.world.add_message(message)
    call.world.interaction_changed(interaction)
    return Reply(message_payload(message))


def _message(call: Call, interaction: Interaction) -> Message:
    wanted = call.params.get("message_id", "@original")
    message: Message | None
    if wanted == "@original":
        message = interaction.message
    else:
        own = [interaction.message, *interaction.followups]
        known = {message.id: message for message in own if message is not None}
        message = known.get(call.id("message_id"))
    if message is None or message.id not in message.channel.all_messages:
        raise ApiError(Refusal.UNKNOWN_MESSAGE)
    return message


def get_webhook_message(call: Call) -> Reply:
    """Return a response to an interaction."""
    return Reply(message_payload(_message(call, _interaction(call))))


def update_webhook_message(call: Call) -> Reply:
    """Edit a response to an interaction."""
    interaction = _interaction(call)
    message = _message(call, interaction)
    found = draft(call, call.body, new=False, present=message)
    _edit_of(call, interaction, message, found)
    return Reply(message_payload(message))


def _edit_of(call: Call, interaction: Interaction, message: Message, found: Draft) -> None:
    """Edit a message of an interaction; "thinking…" becomes the response."""
    if message.loading:
        if would_be_empty(call, message, found):
            raise ApiError(Refusal.EMPTY_MESSAGE)
        fill(call, message, found)
        message.flags &= ~MessageFlag.LOADING
        call.world.message_changed(message)
    else:
        edit(call, message, found)
    if message is interaction.message:
        interaction.edits += 1
    call.world.interaction_changed(interaction)


def delete_webhook_message(call: Call) -> Reply:
    """Delete a response to an interaction."""
    interaction = _interaction(call)
    message = _message(call, interaction)
    call.world.remove_message(message)
    call.world.interaction_changed(interaction)
    return NO_CONTENT
