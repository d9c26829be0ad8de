"""A prompt that reads lines of a person, acts for them, and prints the responses."""

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo

from rich.console import Console
from rich.text import Text

from bot.sandbox.model import Channel, Interaction, Json, Message
from bot.sandbox.model.components import ComponentType
from bot.sandbox.people.command_data import (
    OptionType,
    Value,
    has_name,
    local_description,
    local_name,
)
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.explanations import explain
from bot.sandbox.people.person import Person
from bot.sandbox.people.world import World
from bot.sandbox.terminal.components import draw_modal
from bot.sandbox.terminal.messages import draw
from bot.sandbox.terminal.text import Reader
from bot.sandbox.terminal.values import is_yes, typed_choice, typed_entry

_WIDTH = 100
_SETTLE = 0.3
"""Seconds to wait for further messages after an answer."""
_NAMED = re.compile(r"(?:(?<=\s)|^)([^\s:]+):")
_SLASH, _OF_USERS = 1, 2
"""Types of commands."""
_NESTED = {OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP}


class Terminal:
    """Lets a person use the sandbox by lines of text.

    A line is a command (`/top week`, `/top period:week count:5`), `press LABEL` for a button or
    `choose VALUE` for a menu of the newest message that has it; see `typed_choice` for values.
    `menu NAME` uses a command of the newest message's menu. A modal that was opened takes
    `fill LABEL: VALUE`, then `submit` or `dismiss`. Commands, their options and choices, and these
    words have their English names and those of the person's language.
    """

    def __init__(
        self,
        world: World,
        person: Person,
        channel: Channel,
        console: Console,
        *,
        zone: tzinfo = UTC,
    ) -> None:
        """Create a prompt for a person in a channel; times are in a zone."""
        self._world = world
        self._reader = Reader(world, channel.guild, zone, person.locale)
        self._words = self._reader.words
        self._person = person
        self._channel = channel
        self._console = console
        self._width = min(console.width, _WIDTH)
        self._opened: Interaction | None = None
        """The interaction whose modal is open."""
        self._typed_in: dict[str, str] = {}
        """The values that were typed into the modal, by label."""

    def show(self, message: Message) -> None:
        """Print a message."""
        self._console.print(draw(self._reader, message), width=self._width)
        self._console.print()

    def say(self, text: str) -> None:
        """Print a line of explanation."""
        self._console.print(Text(text, "dim"))

    def echo(self, line: str) -> None:
        """Print what the person types."""
        name = self._words("typed", name=self._person.name, channel=self._channel.name)
        self._console.print(Text.assemble((name, "bold"), "  ", (line, "bold green")))

    def explain(self, error: NotSentError) -> None:
        """Print why something was not sent."""
        self.say(explain(error, self._person.locale))

    def line_to_press(self, label: str) -> str:
        """Return the line that presses a button, as `do` takes it."""
        return f"{self._words('press')} {label}"

    def write_time(self, at: datetime, style: str) -> str:
        """Return a time in one of Discord's styles, as messages have it here."""
        return self._reader.write_time(at, style)

    def usages(self) -> Iterator[str]:
        """Yield the usage of each command, then of each other line that can be typed."""
        locale = self._person.locale
        for command in self._world.commands.values():
            name = local_name(command.body, locale)
            if command.type == _SLASH:
                yield from _usages(command.body, f"/{name}", locale)
            else:
                yield self._words("menuCommand", name=name)
        yield from self._words.usages()

    async def do(self, line: str) -> None:
        """Carry out a line, and print the result.

        Raises:
            NotSentError: Discord's client would not send it; the message says why.
        """
        word, _, rest = line.strip().partition(" ")
        verb = self._words.verb(word)
        if word.startswith("/"):
            path, values = self._typed(line.strip()[1:])
            interaction = await self._person.slash(path, self._channel, values)
        elif verb == "menu":
            interaction = await self._use_menu(rest)
        elif verb == "press":
            message = self._newest(lambda control: rest in _names(control))
            interaction = await self._person.press(message, rest)
        elif verb == "choose":
            seen = self._channel.seen_by(self._person)
            message, chosen, menu = typed_choice(seen, rest, self._channel)
            interaction = await self._person.choose(message, chosen, menu)
        elif verb == "fill":
            self._fill(rest)
            return
        elif verb == "submit":
            interaction = await self._submit()
        elif verb == "dismiss":
            self._person.dismiss(self._modal_of())
            self._opened = None
            return
        else:
            raise NotSentError(
                "type a /command, “press LABEL”, “choose VALUE”, “menu NAME”, “fill LABEL: VALUE”, "
                "“submit”, “dismiss”, “help” or “quit”"
            )
        await self._show_outcome(interaction)

    async def _use_menu(self, name: str) -> Interaction:
        """Use a command of the menu of the newest message, or of the user who wrote it.

        Raises:
            NotSentError: there is no message, or no such command.
        """
        seen = self._channel.seen_by(self._person)
        if not seen:
            raise NotSentError("there is no message here")
        is_of_users = any(
            command.type == _OF_USERS and has_name(command.body, name, self._person.locale)
            for command in self._world.commands.values()
        )
        target = seen[-1].author if is_of_users else seen[-1]
        return await self._person.context_menu(name, target, self._channel)

    def _modal_of(self) -> Interaction:
        """Return the interaction whose modal is open.

        Raises:
            NotSentError: none is.
        """
        if self._opened is None:
            raise NotSentError("no form is open")
        return self._opened

    def _fill(self, text: str) -> None:
        """Type a value into a field of the modal, and print the modal."""
        modal = self._modal_of().modal
        assert modal is not None
        fields = _fields(modal)
        name = next((name for name in fields if text.startswith(f"{name}:")), None)
        if name is None:
            labels = ", ".join(fields)
            raise NotSentError("type “fill LABEL: VALUE”; the labels are {labels}", labels=labels)
        value = text.removeprefix(f"{name}:").strip()
        typed_entry(fields[name], value, self._channel)  # to say at once what is wrong
        self._typed_in[name] = value
        self._show_modal(modal)

    async def _submit(self) -> Interaction:
        opened = self._modal_of()
        assert opened.modal is not None
        fields = _fields(opened.modal)
        values = {
            name: typed_entry(fields[name], text, self._channel)
            for name, text in self._typed_in.items()
        }
        interaction = await self._person.submit(opened, values)
        if not interaction.failed:
            self._opened = None
        return interaction

    def _show_modal(self, modal: Json) -> None:
        drawn = draw_modal(self._reader, modal, self._typed_in)
        self._console.print(drawn, width=self._width)
        self._console.print()

    async def _show_outcome(self, interaction: Interaction) -> None:
        if interaction.failed:
            self.say(self._words.failure(interaction.failed))
            return
        if interaction.modal is not None:
            self._opened, self._typed_in = interaction, {}
            self._show_modal(interaction.modal)
            return
        if interaction.message is not None:
            self.show(interaction.message)
        shown = 0
        while True:
            await asyncio.sleep(_SETTLE)
            if shown == len(interaction.followups):
                return
            for message in interaction.followups[shown:]:
                self.show(message)
                shown += 1

    def _newest(self, fits: Callable[[Json], bool]) -> Message:
        for message in reversed(self._channel.seen_by(self._person)):
            if any(fits(control) for control in message.controls):
                return message
        raise NotSentError("no message here has such a button or menu")

    def _typed(self, line: str) -> tuple[str, dict[str, Value]]:
        """Return a command's path and its options from what was typed after the slash."""
        name, _, rest = line.partition(" ")
        locale = self._person.locale
        commands = [c for c in self._world.commands.values() if c.type == _SLASH]
        command = next((c for c in commands if has_name(c.body, name, locale)), None)
        if command is None:
            known = ", ".join(f"/{local_name(c.body, locale)}" for c in commands)
            text = "there is no /{name}; choose one of {known}"
            raise NotSentError(text, name=name, known=known)
        path, typed = [command.name], [name]
        options = command.body.get("options") or []
        while options and options[0]["type"] in _NESTED:
            word, _, rest = rest.strip().partition(" ")
            found = next((option for option in options if has_name(option, word, locale)), None)
            if found is None:
                names = ", ".join(local_name(option, locale) for option in options)
                text = "/{path} needs one of {names}"
                raise NotSentError(text, path=" ".join(typed), names=names)
            path.append(found["name"])
            typed.append(word)
            options = found.get("options") or []
        texts = _assigned(rest, options, locale)
        by_name = {option["name"]: option for option in options}
        return " ".join(path), {n: self._value(by_name[n], t) for n, t in texts.items()}

    def _value(self, option: Json, text: str) -> Value:
        kind, locale = option["type"], self._person.locale
        for choice in option.get("choices") or ():
            if has_name(choice, text, locale):
                value: str | int | float = choice["value"]
                return value
        if kind == OptionType.CHANNEL:
            channels = self._channel.guild.text_channels if self._channel.guild else []
            for channel in channels:
                if channel.name == text.removeprefix("#"):
                    return channel
            raise NotSentError("there is no channel {name!r}", name=text)
        try:
            if kind == OptionType.INTEGER:
                return int(text)
            if kind == OptionType.NUMBER:
                return float(text)
        except ValueError:
            name = local_name(option, locale)
            raise NotSentError(
                "{name} must be a number, not {text!r}", name=name, text=text
            ) from None
        return is_yes(text) if kind == OptionType.BOOLEAN else text


def _assigned(text: str, options: list[Json], locale: str) -> dict[str, str]:
    """Return which option gets which text: `name:value`, or in order where no name is given.

    The last option in order takes what is left, blanks included.
    """
    names = {local_name(option, locale): option["name"] for option in options}
    names |= {option["name"]: option["name"] for option in options}
    marks = [match for match in _NAMED.finditer(text) if match[1] in names]
    assigned: dict[str, str] = {}
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        assigned[names[mark[1]]] = text[mark.end() : end].strip()
    loose = text[: marks[0].start()] if marks else text
    left = [option["name"] for option in options if option["name"] not in assigned]
    words = loose.split(None, len(left) - 1) if left else loose.split()
    if len(words) > len(left):
        raise NotSentError("no option takes {text!r}", text=loose.strip())
    return dict(zip(left, map(str.strip, words), strict=False)) | assigned


def _usages(body: Json, path: str, locale: str) -> Iterator[str]:
    options = body.get("options") or []
    nested = [option for option in options if option["type"] in _NESTED]
    for option in nested:
        yield from _usages(option, f"{path} {local_name(option, locale)}", locale)
    if not nested:
        names = [(local_name(option, locale), option.get("required")) for option in options]
        words = [name if required else f"[{name}]" for name, required in names]
        yield f"{' '.join([path, *words])} — {local_description(body, locale)}"


def _names(control: Json) -> set[str]:
    return {str(control.get("label")), str(control.get("custom_id"))}


def _fields(modal: Json) -> dict[str, Json]:
    """Return the fields of a modal by their labels, the longest first."""
    found: dict[str, Json] = {}
    for part in modal["components"]:
        if part["type"] == ComponentType.LABEL:
            found[part["label"]] = part["component"]
        for field in part.get("components") or ():
            found[field["label"]] = field
    return dict(sorted(found.items(), key=lambda entry: -len(entry[0])))
