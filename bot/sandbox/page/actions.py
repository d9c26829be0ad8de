"""What a person does on the page: commands, components, modals, messages."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.sandbox.model import Channel, Interaction, Json, Message
from bot.sandbox.page.content import Viewer
from bot.sandbox.people.command_data import Value
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.modal_data import Entry

_LONGEST = 2_000
"""Characters that a message may have."""
_ENTITIES = ("user", "role", "channel")


class PersonActions:
    """Acts as the person of a session.

    Attributes:
        handlers: of the requests of the browser, by type.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self.handlers: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "send_message": self._send_message,
            "slash_command": self._slash_command,
            "autocomplete": self._autocomplete,
            "context_menu": self._context_menu,
            "press": self._press,
            "select": self._select,
            "submit_modal": self._submit_modal,
            "close_modal": self._close_modal,
        }

    async def _send_message(self, request: Json) -> None:
        viewer = self._viewer
        channel = viewer.channel_of(request["channel"])
        text = str(request["text"]).strip()
        if not viewer.view.may_write(viewer.person, channel):
            raise NotSentError("you may not write here")
        if not 0 < len(text) <= _LONGEST:
            raise NotSentError("a message has 1 to {most} characters", most=_LONGEST)
        viewer.person.say(text, channel)

    async def _slash_command(self, request: Json) -> str:
        viewer = self._viewer
        channel = viewer.channel_of(request["channel"])
        interaction = await viewer.person.slash(
            str(request["path"]),
            channel,
            {str(name): self._value(value, channel) for name, value in request["options"].items()},
            force=request.get("force") is True,
            wait=False,
        )
        return str(interaction.id)

    async def _autocomplete(self, request: Json) -> list[Json] | None:
        """Return the choices of autocomplete, or `None` if it failed."""
        viewer = self._viewer
        channel = viewer.channel_of(request["channel"])
        focused = request["focused"]
        if not isinstance(focused, str | int | float):
            raise TypeError
        try:
            return await viewer.person.autocomplete(
                str(request["path"]),
                str(request["option"]),
                focused,
                channel,
                {
                    str(name): self._value(value, channel)
                    for name, value in request["options"].items()
                },
                force=request.get("force") is True,
            )
        except TimeoutError:
            return None

    async def _context_menu(self, request: Json) -> str:
        """Use a command of the context menu of a message, or of its author."""
        viewer = self._viewer
        message = viewer.message_of(request)
        target = message.author if request.get("author") is True else message
        interaction = await viewer.person.context_menu(
            str(request["path"]),
            target,
            message.channel,
            force=request.get("force") is True,
            wait=False,
        )
        return str(interaction.id)

    async def _press(self, request: Json) -> str:
        message = self._viewer.message_of(request)
        button = str(request["control"])
        return str((await self._viewer.person.press(message, button, wait=False)).id)

    async def _select(self, request: Json) -> str:
        message = self._viewer.message_of(request)
        values = self._values(request["values"], message)
        interaction = await self._viewer.person.choose(
            message, values, str(request["control"]), wait=False
        )
        return str(interaction.id)

    async def _submit_modal(self, request: Json) -> str:
        interaction = self._own(request["interaction"])
        values = {
            str(name): self._entry(value, interaction) for name, value in request["values"].items()
        }
        return str((await self._viewer.person.submit(interaction, values, wait=False)).id)

    async def _close_modal(self, request: Json) -> None:
        """Close a modal without sending it."""
        self._viewer.person.dismiss(self._own(request["interaction"]))

    def _own(self, key: object) -> Interaction:
        """Return an interaction of the person by its id."""
        interaction = self._viewer.world.interactions[int(str(key))]
        if interaction.person is not self._viewer.person:
            raise NotSentError("the form is someone else's")
        return interaction

    def _entry(self, value: object, interaction: Interaction) -> Entry:
        """Return the value of a field of a modal."""
        if isinstance(value, list):
            return self._values(value, interaction)
        return value if isinstance(value, bool) else str(value)

    def _values(self, values: Sequence[object], at: Message | Interaction) -> list[Value]:
        return [self._value(value, at.channel) for value in values]

    def _value(self, value: object, channel: Channel) -> Value:
        """Return the value of an option or select menu, a plain one or an entity."""
        if isinstance(value, str | int | float | bool):
            return value
        if not isinstance(value, dict) or value.get("kind") not in _ENTITIES:
            raise TypeError
        number, world = int(value["id"]), self._viewer.world
        if value["kind"] == "channel":
            return self._viewer.channel_of(number)
        if value["kind"] == "user":
            return world.users[number]
        if channel.guild is None:
            raise NotSentError("there are no roles here")
        return channel.guild.roles[number]
