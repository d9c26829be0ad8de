"""Rules for the first response to an interaction."""

from bot.sandbox.model import CallbackType, Interaction, InteractionType, Json
from bot.sandbox.rules.modals import MODAL
from bot.sandbox.rules.shape import Path, Problems, json_object, list_of, number, one_of, text

_CHOICES = 25
_FITTING = {
    InteractionType.COMMAND: (
        CallbackType.MESSAGE,
        CallbackType.DEFERRED_MESSAGE,
        CallbackType.MODAL,
    ),
    InteractionType.COMPONENT: (
        CallbackType.MESSAGE,
        CallbackType.DEFERRED_MESSAGE,
        CallbackType.DEFERRED_UPDATE,
        CallbackType.UPDATE,
        CallbackType.MODAL,
    ),
    InteractionType.AUTOCOMPLETE: (CallbackType.CHOICES,),
    InteractionType.MODAL: (CallbackType.MESSAGE, CallbackType.DEFERRED_MESSAGE),
}
_FROM_MESSAGE = (CallbackType.DEFERRED_UPDATE, CallbackType.UPDATE)
_NAME = text(100, least=1)
_LANGUAGES = json_object({})


def _choice(kind: int) -> object:
    value = {3: text(100), 4: number(), 10: number(whole=False)}[kind]
    return json_object(
        {"name": _NAME, "name_localizations": _LANGUAGES, "value": value},
        required=("name", "value"),
    )


_CHOICES_OF = {
    kind: json_object({"choices": list_of(_choice(kind), _CHOICES)})  # type: ignore[arg-type]  # a Check
    for kind in (3, 4, 10)
}


def check_callback(body: Json, interaction: Interaction, problems: Problems) -> None:
    """Check the first response to an interaction; its message is checked when it is created."""
    fitting = _FITTING[interaction.kind]
    if interaction.kind is InteractionType.MODAL and interaction.source is not None:
        fitting += _FROM_MESSAGE
    json_object({"type": one_of(*map(int, fitting))}, required=("type",))(body, (), problems)
    if problems:
        return
    data, path = body.get("data"), ("data",)
    if body["type"] == CallbackType.MODAL:
        _required(MODAL, data, path, problems)
    elif body["type"] == CallbackType.CHOICES:
        _required(_CHOICES_OF[_focused_type(interaction.data)], data, path, problems)
    elif body["type"] == CallbackType.MESSAGE:
        _required(json_object({}), data, path, problems)


def _required(check: object, data: object, path: Path, problems: Problems) -> None:
    if data is None:
        problems.required(path)
    else:
        check(data, path, problems)  # type: ignore[operator]  # a Check


def _focused_type(data: Json) -> int:
    """Return the type of the focused option."""
    for option in data.get("options") or ():
        if option.get("focused"):
            return int(option["type"])
        if option["type"] in (1, 2):
            return _focused_type(option)
    return 3
