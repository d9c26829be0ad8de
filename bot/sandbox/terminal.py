"""A person at a terminal: types commands into a channel, and reads what comes back."""

import asyncio
import re
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.text import Text

from bot.sandbox.drawing import draw
from bot.sandbox.errors import NotSentError
from bot.sandbox.exchange import Exchange
from bot.sandbox.invocation import OptionType, Value
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.person import Person
from bot.sandbox.world import World

_WIDTH = 100
_SETTLE = 0.3
"""Seconds to wait for further messages after an answer."""
_NAMED = re.compile(r"(?:(?<=\s)|^)([^\s:]+):")
_NESTED = {OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP}


class Terminal:
    """Lets a person use a world's Discord by lines of text.

    A line is a command (`/top week 5`, `/top period:week count:5`), `press LABEL` for a button or
    `choose NUMBER` for a menu of the newest message that has it.
    """

    def __init__(self, world: World, person: Person, place: Channel, console: Console) -> None:
        self._world = world
        self._person = person
        self._place = place
        self._console = console
        self._width = min(console.width, _WIDTH)

    def show(self, message: Message) -> None:
        """Print a message."""
        self._console.print(draw(self._world, message), width=self._width)
        self._console.print()

    def say(self, text: str) -> None:
        """Print a line about what happens."""
        self._console.print(Text(text, "dim"))

    def echo(self, line: str) -> None:
        """Print what the person types."""
        name = f"{self._person.name} in #{self._place.name}"
        self._console.print(Text.assemble((name, "bold"), "  ", (line, "bold green")))

    def commands(self) -> Iterator[str]:
        """Yield the usage of each command that was registered."""
        for command in self._world.commands.values():
            yield from _usages(command.body, f"/{command.name}")

    async def do(self, line: str) -> None:
        """Do what a line says, and print what comes of it.

        Raises:
            NotSentError: Discord's own client would not send it; says why.
        """
        word, _, rest = line.strip().partition(" ")
        if word.startswith("/"):
            path, values = self._typed(line.strip()[1:])
            exchange = await self._person.slash(path, self._place, values)
        elif word == "press":
            message = self._newest(lambda control: rest in _names(control))
            exchange = await self._person.press(message, rest)
        elif word == "choose":
            message = self._newest(lambda control: bool(control.get("options")))
            exchange = await self._person.choose(message, _option(message, rest))
        else:
            raise NotSentError("type a /command, “press LABEL”, “choose NUMBER”, “help” or “quit”")
        await self._show_outcome(exchange)

    async def _show_outcome(self, exchange: Exchange) -> None:
        if exchange.failed:
            self.say(exchange.failed)
            return
        if exchange.message is not None:
            self.show(exchange.message)
        shown = 0
        while True:
            await asyncio.sleep(_SETTLE)
            if shown == len(exchange.followups):
                return
            for message in exchange.followups[shown:]:
                self.show(message)
                shown += 1

    def _newest(self, fits: Callable[[Json], bool]) -> Message:
        for message in reversed(self._place.seen_by(self._person)):
            if any(fits(control) for control in message.controls):
                return message
        raise NotSentError("no message here has that")

    def _typed(self, line: str) -> tuple[str, dict[str, Value]]:
        """Return a command's path and its options from what was typed after the slash."""
        name, _, rest = line.partition(" ")
        command = next((c for c in self._world.commands.values() if c.name == name), None)
        if command is None:
            known = ", ".join(f"/{c.name}" for c in self._world.commands.values())
            raise NotSentError(f"there is no /{name}; there are {known}")
        path, options = [name], command.body.get("options") or []
        while options and options[0]["type"] in _NESTED:
            word, _, rest = rest.strip().partition(" ")
            found = next((option for option in options if option["name"] == word), None)
            if found is None:
                raise NotSentError(
                    f"/{' '.join(path)} goes on with {', '.join(o['name'] for o in options)}"
                )
            path.append(word)
            options = found.get("options") or []
        texts = _assigned(rest, options)
        by_name = {option["name"]: option for option in options}
        return " ".join(path), {n: self._value(by_name[n], t) for n, t in texts.items()}

    def _value(self, option: Json, text: str) -> Value:
        kind = option["type"]
        if kind == OptionType.CHANNEL:
            channels = self._place.guild.text_channels if self._place.guild else []
            for channel in channels:
                if channel.name == text.removeprefix("#"):
                    return channel
            raise NotSentError(f"there is no channel {text!r}")
        try:
            if kind == OptionType.INTEGER:
                return int(text)
            if kind == OptionType.NUMBER:
                return float(text)
        except ValueError:
            raise NotSentError(f"{option['name']} is a number, not {text!r}") from None
        if kind == OptionType.BOOLEAN:
            return text.casefold() in {"true", "yes", "1"}
        return text


def _assigned(text: str, options: list[Json]) -> dict[str, str]:
    """Return which option gets which text: `name:value`, or in order where no name is given.

    The last option in order takes what is left, blanks included.
    """
    names = [option["name"] for option in options]
    marks = [match for match in _NAMED.finditer(text) if match[1] in names]
    assigned: dict[str, str] = {}
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        assigned[mark[1]] = text[mark.end() : end].strip()
    loose = text[: marks[0].start()] if marks else text
    left = [name for name in names if name not in assigned]
    words = loose.split(None, len(left) - 1) if left else loose.split()
    if len(words) > len(left):
        raise NotSentError(f"nothing takes {loose.strip()!r}")
    return dict(zip(left, map(str.strip, words), strict=False)) | assigned


def _usages(body: Json, path: str) -> Iterator[str]:
    options = body.get("options") or []
    nested = [option for option in options if option["type"] in _NESTED]
    for option in nested:
        yield from _usages(option, f"{path} {option['name']}")
    if not nested:
        words = [o["name"] if o.get("required") else f"[{o['name']}]" for o in options]
        yield f"{' '.join([path, *words])} — {body['description']}"


def _names(control: Json) -> set[str]:
    return {str(control.get("label")), str(control.get("custom_id"))}


def _option(message: Message, text: str) -> str:
    """Return the value of a menu's option by its number, its label or itself."""
    options = [o for control in message.controls for o in control.get("options") or []]
    if text.isdecimal() and 1 <= int(text) <= len(options):
        return str(options[int(text) - 1]["value"])
    return text
