"""Answers to interactions: the first one, and what follows through their webhook."""

from bot.sandbox.errors import ApiError, Refusal
from bot.sandbox.exchange import TOKEN_LIFE, CallbackType, Exchange
from bot.sandbox.message_payloads import message_payload
from bot.sandbox.model import InteractionType, Json, Message, MessageFlag, MessageType
from bot.sandbox.rest.call import NO_CONTENT, Call, Reply, Route
from bot.sandbox.rest.composing import Draft, draft, fill, new_message
from bot.sandbox.rest.messages import edit, would_be_empty
from bot.sandbox.rest.stored_components import stored_components
from bot.sandbox.rules.callbacks import check_callback
from bot.sandbox.rules.shape import Problems

_WEBHOOK = "/webhooks/{application_id}/{token}"


def _callback(call: Call) -> Reply:
    exchange = call.world.exchanges.get(call.id("interaction_id"))
    if exchange is None or exchange.token != call.params["token"]:
        raise ApiError(Refusal.UNKNOWN_INTERACTION)
    if exchange.acknowledged:
        raise ApiError(Refusal.ALREADY_ACKNOWLEDGED)
    is_late = call.world.clock() - exchange.created_at > call.world.first_answer
    if exchange.failed or is_late:
        call.world.give_up(exchange)
        raise ApiError(Refusal.UNKNOWN_INTERACTION)
    body = call.body
    problems = Problems()
    check_callback(body, exchange, problems)
    problems.refuse()
    answer = CallbackType(int(body["type"]))
    _ANSWERS[answer](call, exchange, body.get("data") or {})
    exchange.acknowledge(answer)
    call.world.exchange_changed(exchange)
    if not call.flag("with_response"):
        return NO_CONTENT
    return Reply(_callback_payload(exchange, answer))


def _callback_payload(exchange: Exchange, answer: CallbackType) -> Json:
    interaction: Json = {"id": str(exchange.id), "type": int(exchange.kind)}
    payload: Json = {"interaction": interaction}
    shown = exchange.message
    if shown is not None and answer is not CallbackType.DEFERRED_UPDATE:
        interaction["response_message_id"] = str(shown.id)
        interaction["response_message_loading"] = shown.loading
        interaction["response_message_ephemeral"] = shown.ephemeral
        if not shown.loading:
            payload["resource"] = {"type": int(answer), "message": message_payload(shown)}
    return payload


def _message_of(call: Call, exchange: Exchange, found: Draft, data: Json) -> Message:
    """Return a message that belongs to an interaction, not in its channel yet."""
    message = new_message(call, exchange.channel, call.world.bot, found)
    message.exchange = exchange
    if int(data.get("flags") or 0) & MessageFlag.EPHEMERAL:
        message.flags |= MessageFlag.EPHEMERAL
        message.only_for = exchange.person.id
    return message


def _answer_message(call: Call, exchange: Exchange, data: Json) -> None:
    found = draft(call, data, ("data",), new=True)
    message = _message_of(call, exchange, found, data)
    _place(call, exchange, message)


def _place(call: Call, exchange: Exchange, message: Message) -> None:
    """Put the first answer into its channel."""
    if exchange.kind is InteractionType.COMMAND:
        slash = exchange.data.get("type") == 1
        message.type = MessageType.CHAT_INPUT_COMMAND if slash else MessageType.CONTEXT_MENU_COMMAND
    elif exchange.source is not None:
        message.type, message.reply_to = MessageType.REPLY, exchange.source
    exchange.message = message
    call.world.add_message(message)


def _answer_deferred(call: Call, exchange: Exchange, data: Json) -> None:
    message = _message_of(call, exchange, Draft({}, 0), data)
    message.flags |= MessageFlag.LOADING
    _place(call, exchange, message)


def _answer_deferred_update(_call: Call, exchange: Exchange, _data: Json) -> None:
    exchange.message = exchange.source


def _answer_update(call: Call, exchange: Exchange, data: Json) -> None:
    source = exchange.source
    if source is None:
        raise ApiError(Refusal.UNKNOWN_MESSAGE)
    found = draft(call, data, ("data",), new=False, present=source)
    exchange.message = source
    edit(call, source, found)


def _answer_choices(_call: Call, exchange: Exchange, data: Json) -> None:
    exchange.choices = list(data.get("choices") or ())


def _answer_modal(_call: Call, exchange: Exchange, data: Json) -> None:
    exchange.modal = data | {"components": stored_components(data["components"])}


_ANSWERS = {
    CallbackType.MESSAGE: _answer_message,
    CallbackType.DEFERRED_MESSAGE: _answer_deferred,
    CallbackType.DEFERRED_UPDATE: _answer_deferred_update,
    CallbackType.UPDATE: _answer_update,
    CallbackType.CHOICES: _answer_choices,
    CallbackType.MODAL: _answer_modal,
}


def _exchange(call: Call) -> Exchange:
    """Return the interaction whose webhook is used.

    Raises:
        ApiError: there is none, it was not answered yet, or its time is over.
    """
    if call.id("application_id") != call.world.application_id:
        raise ApiError(Refusal.UNKNOWN_WEBHOOK)
    exchange = call.world.exchanges_by_token.get(call.params["token"])
    if exchange is None or call.world.clock() - exchange.created_at > TOKEN_LIFE:
        raise ApiError(Refusal.INVALID_WEBHOOK_TOKEN)
    if not exchange.acknowledged:
        raise ApiError(Refusal.UNKNOWN_WEBHOOK)
    return exchange


def _followup(call: Call) -> Reply:
    exchange = _exchange(call)
    body = call.body
    found = draft(call, body, new=True)
    first = exchange.message
    is_there = first is not None and first.id in first.channel.everything
    if first is not None and first.loading and is_there:
        _edit_of(call, exchange, first, found)
        return Reply(message_payload(first))
    message = _message_of(call, exchange, found, body)
    if first is not None:
        message.type, message.reply_to = MessageType.REPLY, first
    exchange.followups.append(message)
    call.world.add_message(message)
    call.world.exchange_changed(exchange)
    return Reply(message_payload(message))


def _message(call: Call, exchange: Exchange) -> Message:
    wanted = call.params.get("message_id", "@original")
    message: Message | None
    if wanted == "@original":
        message = exchange.message
    else:
        own = [exchange.message, *exchange.followups]
        known = {message.id: message for message in own if message is not None}
        message = known.get(call.id("message_id"))
    if message is None or message.id not in message.channel.everything:
        raise ApiError(Refusal.UNKNOWN_MESSAGE)
    return message


def _get(call: Call) -> Reply:
    return Reply(message_payload(_message(call, _exchange(call))))


def _edit(call: Call) -> Reply:
    exchange = _exchange(call)
    message = _message(call, exchange)
    found = draft(call, call.body, new=False, present=message)
    _edit_of(call, exchange, message, found)
    return Reply(message_payload(message))


def _edit_of(call: Call, exchange: Exchange, message: Message, found: Draft) -> None:
    """Change a message of an interaction; what was "thinking…" becomes the answer."""
    if message.loading:
        if would_be_empty(call, message, found):
            raise ApiError(Refusal.EMPTY_MESSAGE)
        fill(call, message, found)
        message.flags &= ~MessageFlag.LOADING
        call.world.message_changed(message)
    else:
        edit(call, message, found)
    if message is exchange.message:
        exchange.edits += 1
    call.world.exchange_changed(exchange)


def _delete(call: Call) -> Reply:
    exchange = _exchange(call)
    message = _message(call, exchange)
    call.world.remove_message(message)
    call.world.exchange_changed(exchange)
    return NO_CONTENT


ROUTES = [
    Route(
        "POST",
        "/interactions/{interaction_id}/{token}/callback",
        _callback,
        needs_token=False,
        counted=False,
    ),
    Route("POST", _WEBHOOK, _followup, needs_token=False, counted=False),
    *(
        Route(method, f"{_WEBHOOK}/messages/{one}", handler, needs_token=False, counted=False)
        for one in ("@original", "{message_id}")
        for method, handler in (("GET", _get), ("PATCH", _edit), ("DELETE", _delete))
    ),
]
"""What this module serves."""
