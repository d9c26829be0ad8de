"""The commands that a person is offered in a channel, in their language."""

from collections.abc import Iterator

from bot.sandbox.model import Channel, Command, Json
from bot.sandbox.people.command_data import (
    OptionType,
    find_command,
    local_description,
    local_name,
)
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.explanations import explain
from bot.sandbox.people.person import Person
from bot.sandbox.people.world import World

_GROUPS = (OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP)
_LIMITS = (
    *("type", "name", "required", "autocomplete", "channel_types"),
    *("min_value", "max_value", "min_length", "max_length"),
)


def offered_commands(world: World, person: Person, channel: Channel) -> list[Json]:
    """Return all commands of a channel, subcommands apart.

    Those that the person is not offered there say why, in `hidden`, in the person's language.
    """
    commands = list(world.commands.values())
    if channel.guild is not None:
        commands = [*channel.guild.commands.values(), *commands]
    found: list[Json] = []
    for command in commands:
        hidden = _why_hidden(world, person, channel, command)
        found += (
            {"type": command.type, "hidden": hidden} | entry
            for entry in _entries(command.body, person.locale, [], [])
        )
    return found


def _why_hidden(world: World, person: Person, channel: Channel, command: Command) -> str:
    try:
        find_command(world, person, channel, command.name, command.type, force=False)
    except NotSentError as error:
        return explain(error, person.locale)
    return ""


def _entries(body: Json, locale: str, path: list[str], shown: list[str]) -> Iterator[Json]:
    """Yield what can be sent: the command, or each subcommand in place of it."""
    path, shown = [*path, body["name"]], [*shown, local_name(body, locale)]
    options = body.get("options") or []
    nested = [option for option in options if option["type"] in _GROUPS]
    for option in nested:
        yield from _entries(option, locale, path, shown)
    if not nested:
        yield {
            "path": " ".join(path),
            "shown": " ".join(shown),
            "description": local_description(body, locale),
            "options": [_option(option, locale) for option in options],
        }


def _option(option: Json, locale: str) -> Json:
    return {key: option[key] for key in _LIMITS if option.get(key) is not None} | {
        "shown": local_name(option, locale),
        "description": local_description(option, locale),
        "choices": [
            {"name": local_name(choice, locale), "value": choice["value"]}
            for choice in option.get("choices") or ()
        ],
    }
