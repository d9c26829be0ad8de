"""Application commands: registering and reading them."""

from bot.sandbox.model import Command, Json
from bot.sandbox.payloads.entities import command_payload
from bot.sandbox.rest.call import NO_CONTENT, Call, Reply
from bot.sandbox.rest.lookup import find_guild
from bot.sandbox.rules.commands import MOST, check_command, check_commands
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.shape import Problems


def _store(call: Call) -> tuple[dict[int, Command], int | None]:
    """Return the commands of a route, global or of a guild, and the guild's id."""
    if call.id("application_id") != call.world.application_id:
        raise ApiError(Refusal.UNKNOWN_APPLICATION)
    if "guild_id" not in call.params:
        return call.world.commands, None
    guild = find_guild(call)
    return guild.commands, guild.id


def _payload(call: Call, command: Command) -> Json:
    return command_payload(command, call.world.application_id)


def list_application_commands(call: Call) -> Reply:
    """Return the commands, global or of a guild."""
    store, _ = _store(call)
    return Reply([_payload(call, command) for command in store.values()])


def _new_command(
    call: Call, store: dict[int, Command], body: Json, guild_id: int | None
) -> Command:
    """Return a new command, with the id of the one that has its name, if there is one."""
    kind = body.get("type") or 1
    for command in store.values():
        if command.name == body["name"] and command.type == kind:
            return Command(command.id, call.world.new_id(), body, guild_id)
    number = call.world.new_id()
    return Command(number, number, body, guild_id)


def bulk_set_application_commands(call: Call) -> Reply:
    """Replace all commands, global or of a guild."""
    store, guild_id = _store(call)
    bodies = call.request.body
    if not isinstance(bodies, list):
        raise ApiError(Refusal.INVALID_JSON if not call.is_json else Refusal.INVALID_FORM_BODY)
    problems = Problems()
    check_commands(bodies, problems)
    problems.refuse()
    made = [_new_command(call, store, body, guild_id) for body in bodies]
    store.clear()
    store.update({command.id: command for command in made})
    call.world.publish("COMMANDS_UPDATE", made)
    return Reply([_payload(call, command) for command in made])


def create_application_command(call: Call) -> Reply:
    """Add a command, or replace the one with its name."""
    store, guild_id = _store(call)
    body = call.body
    problems = Problems()
    check_command(body, (), problems)
    problems.refuse()
    command = _new_command(call, store, body, guild_id)
    status = 200 if command.id in store else 201
    of_its_type = sum(present.type == command.type for present in store.values())
    if status == 201 and of_its_type >= MOST[command.type]:  # noqa: PLR2004  it is a new one
        raise ApiError(Refusal.TOO_MANY_COMMANDS)
    store[command.id] = command
    call.world.publish("COMMANDS_UPDATE", [command])
    return Reply(_payload(call, command), status)


def _one(call: Call) -> tuple[dict[int, Command], Command]:
    store, _ = _store(call)
    command = store.get(call.id("command_id"))
    if command is None:
        raise ApiError(Refusal.UNKNOWN_COMMAND)
    return store, command


def get_application_command(call: Call) -> Reply:
    """Return a command."""
    return Reply(_payload(call, _one(call)[1]))


def delete_application_command(call: Call) -> Reply:
    """Delete a command."""
    store, command = _one(call)
    del store[command.id]
    return NO_CONTENT
