"""The `data` of commands and autocomplete, with the checks of Discord's client."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from urllib.parse import quote

from bot.sandbox.model import Attachment, Channel, Command, Json, Message, Role, User
from bot.sandbox.model.state import State
from bot.sandbox.payloads.entities import (
    member_payload,
    resolved_channel_payload,
    role_payload,
    user_payload,
)
from bot.sandbox.payloads.messages import attachment_payload, message_payload
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.rules.permissions import ALL, permissions_in_guild, permissions_of

Value = str | int | float | bool | User | Role | Channel
"""The value of an option or select menu."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file for a file upload of a modal."""

    filename: str
    content: bytes


class OptionType(IntEnum):
    """Types of command options."""

    SUBCOMMAND = 1
    SUBCOMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


_ACCEPTS: dict[int, tuple[type, ...]] = {
    OptionType.STRING: (str,),
    OptionType.INTEGER: (int,),
    OptionType.BOOLEAN: (bool,),
    OptionType.USER: (User,),
    OptionType.CHANNEL: (Channel,),
    OptionType.ROLE: (Role,),
    OptionType.MENTIONABLE: (User, Role),
    OptionType.NUMBER: (int, float),
}


@dataclass
class Resolved:
    """Collects the `resolved` data of an interaction."""

    world: State
    person: User
    channel: Channel
    found: dict[str, dict[str, Json]] = field(default_factory=dict)

    def add(self, value: User | Role | Channel | Message) -> str:
        """Add an object, and return its id as a string."""
        key = str(value.id)
        if isinstance(value, User):
            self.found.setdefault("users", {})[key] = user_payload(value)
            guild = self.channel.guild
            if guild is not None and value.id in guild.members:
                member = guild.members[value.id]
                payload = member_payload(member, with_user=False)
                payload["permissions"] = str(permissions_of(value, self.channel))
                self.found.setdefault("members", {})[key] = payload
        elif isinstance(value, Role):
            self.found.setdefault("roles", {})[key] = role_payload(value)
        elif isinstance(value, Channel):
            payload = resolved_channel_payload(value, self.person)
            self.found.setdefault("channels", {})[key] = payload
        else:
            self.found.setdefault("messages", {})[key] = message_payload(value)
        return key

    def add_file(self, upload: Upload) -> str:
        """Add a file that the person uploads, and return its id as a string."""
        number = self.world.new_id()
        name = upload.filename
        url = f"{self.world.base_url}/attachments/{self.channel.id}/{number}/{quote(name)}"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = Attachment(number, name, upload.content, kind, url)
        self.world.files[number] = file
        payload = attachment_payload(file, ephemeral=True)
        self.found.setdefault("attachments", {})[str(number)] = payload
        return str(number)


def _registered(world: State, channel: Channel) -> list[Command]:
    """Return all commands of a channel: global ones, and those of its guild."""
    everywhere = list(world.commands.values())
    return everywhere if channel.guild is None else [*channel.guild.commands.values(), *everywhere]


def available_commands(world: State, person: User, channel: Channel) -> list[Command]:
    """Return the commands that Discord offers a person in a channel."""
    return [c for c in _registered(world, channel) if not _why_not(c, person, channel)]


def find_command(
    world: State, person: User, channel: Channel, name: str, kind: int, *, force: bool
) -> Command | None:
    """Return the command with a name, which may be the name in the person's language.

    With `force`, also one that they can't use, or `None` where there is none.

    Raises:
        NotSentError: there is none that the person can use in the channel.
    """
    named = [
        command
        for command in _registered(world, channel)
        if command.type == kind and has_name(command.body, name, person.locale)
    ]
    if force:
        return named[0] if named else None
    if not named:
        raise NotSentError("there is no command {name!r}", name=name)
    reasons = {command.id: _why_not(command, person, channel) for command in named}
    for command in named:
        if not reasons[command.id]:
            return command
    raise NotSentError(
        "{name!r} can't be used here by {person}: {why}",
        name=local_name(named[0].body, person.locale),
        person=person.name,
        why=reasons[named[0].id],
    )


def local_name(body: Json, locale: str) -> str:
    """Return the name of a command or option in a language."""
    return str((body.get("name_localizations") or {}).get(locale, body["name"]))


def local_description(body: Json, locale: str) -> str:
    """Return the description of a command or option in a language; empty if it has none."""
    local = (body.get("description_localizations") or {}).get(locale)
    return str(local or body.get("description") or "")


def has_name(body: Json, name: str, locale: str) -> bool:
    """Return whether a name is that of a command or option, as it is or in a language."""
    return name in (body["name"], local_name(body, locale))


def integration_owners(command: Command | None, person: User, channel: Channel) -> dict[str, str]:
    """Return `authorizing_integration_owners` of a command: ids by type of installation."""
    kinds = (command.body.get("integration_types") or [0]) if command else [0, 1]
    found = {}
    if 0 in kinds:
        if channel.guild is not None and channel.guild.me is not None:
            found["0"] = str(channel.guild.id)
        elif channel.guild is None and channel.has_bot:
            found["0"] = "0"
    if 1 in kinds and person.installed:
        found["1"] = str(person.id)
    return found


def _why_not(command: Command, person: User, channel: Channel) -> str:
    """Return why a person is not offered a command in a channel; empty if they are."""
    body = command.body
    if not integration_owners(command, person, channel):
        return "the application is not installed for it"
    contexts = body.get("contexts")
    context = 0 if channel.guild else (1 if channel.has_bot else 2)
    if contexts is not None and context not in contexts:
        return "not in a channel of this kind"
    if context == 1 and contexts is None and body.get("dm_permission") is False:
        return "not in a conversation with the bot"
    needed = body.get("default_member_permissions")
    if needed is not None and channel.guild is not None:
        member = channel.guild.members[person.id]
        held = permissions_in_guild(member)
        needed = int(needed)
        if held != ALL and (needed == 0 or held & needed != needed):
            return "it needs permissions that they do not have"
    return ""


def slash_data(
    command: Command | None,
    path: list[str],
    values: Mapping[str, Value],
    resolved: Resolved,
    *,
    force: bool,
    focused: str | None = None,
) -> Json:
    """Return the `data` of a slash command, or of autocomplete with `focused`.

    Raises:
        NotSentError: an option is missing, unknown, of a wrong type or out of its range.
    """
    locale = resolved.person.locale
    options = (command.body.get("options") or []) if command else []
    groups: list[Json] = []
    for name in path[1:]:
        group = next((o for o in options if has_name(o, name, locale)), None)
        if group is None or group["type"] not in (1, 2):
            if not force:
                raise NotSentError("{path!r} has no subcommand {name!r}", path=path[0], name=name)
            group = {"type": 1, "name": name, "options": []}
        groups.append(group)
        options = group.get("options") or []
    if not force and any(option["type"] in (1, 2) for option in options):
        raise NotSentError("{path!r} needs a subcommand", path=" ".join(path))
    given = _given(options, values, resolved, force=force, focused=focused)
    for group in reversed(groups):
        given = [{"name": group["name"], "type": group["type"], "options": given}]
    data: Json = {
        "id": str(command.id if command else resolved.world.new_id()),
        "name": command.name if command else path[0],
        "type": 1,
        "options": given,
    }
    if command and command.guild_id:
        data["guild_id"] = str(command.guild_id)
    if resolved.found and focused is None:
        data["resolved"] = resolved.found
    return data


def _given(
    options: list[Json],
    values: Mapping[str, Value],
    resolved: Resolved,
    *,
    force: bool,
    focused: str | None,
) -> list[Json]:
    locale = resolved.person.locale
    known = {option["name"]: option for option in options}
    known |= {local_name(option, locale): option for option in options}
    given = []
    for name, value in values.items():
        option = known.get(name)
        if option is None and not force:
            raise NotSentError("there is no option {name!r}", name=name)
        at_focus = name == focused
        if option is not None and not force and not at_focus:
            _check(option, value, locale)
        entry: Json = {
            "name": option["name"] if option else name,
            "type": option["type"] if option else _guess_type(value),
            "value": resolved.add(value) if isinstance(value, User | Role | Channel) else value,
        }
        if at_focus:
            entry["focused"] = True
        given.append(entry)
    if focused is None and not force:
        for option in options:
            names = {option["name"], local_name(option, locale)}
            if option.get("required") and not names & values.keys():
                raise NotSentError("option {name!r} is required", name=local_name(option, locale))
    return given


def _guess_type(value: Value) -> int:
    for kind in (OptionType.BOOLEAN, *_ACCEPTS):
        if isinstance(value, _ACCEPTS[kind]):
            return int(kind)
    raise NotSentError("no option takes {value!r}", value=value)


def _check(option: Json, value: Value, locale: str) -> None:
    """Check a value as Discord's client does.

    Raises:
        NotSentError: it would not accept the value.
    """
    kind, name = option["type"], local_name(option, locale)
    accepted = _ACCEPTS.get(kind, ())
    is_truth = isinstance(value, bool)
    if not isinstance(value, accepted) or is_truth != (kind == OptionType.BOOLEAN):
        text = "option {name!r}: {value!r} is not of its type"
        raise NotSentError(text, name=name, value=value)
    choices = option.get("choices")
    if choices and value not in [choice["value"] for choice in choices]:
        text = "option {name!r}: {value!r} is none of its choices"
        raise NotSentError(text, name=name, value=value)
    if isinstance(value, Channel):
        types = option.get("channel_types")
        if types and value.type not in types:
            text = "option {name!r}: a channel of type {type}"
            raise NotSentError(text, name=name, type=value.type.name)
        return
    size: float | None = None
    least = most = None
    if isinstance(value, str):
        size, least, most = len(value), option.get("min_length"), option.get("max_length")
        least = 1 if least is None else least
    elif isinstance(value, int | float):
        size, least, most = value, option.get("min_value"), option.get("max_value")
    if size is not None and least is not None and size < least:
        raise NotSentError("option {name!r}: less than {least}", name=name, least=least)
    if size is not None and most is not None and size > most:
        raise NotSentError("option {name!r}: more than {most}", name=name, most=most)
