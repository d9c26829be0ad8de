"""What a person does on the page: commands, buttons, menus, forms, messages."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.sandbox.model import Channel, Interaction, Json, Message
from bot.sandbox.page.content import Viewer
from bot.sandbox.people.command_data import Value
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.modal_data import Entry

_LONGEST = 2_000
"""Characters of a message that a person may write."""
_THINGS = ("user", "role", "channel")


class PersonActions:
    """Does as the person of a session what their browser asks for.

    Attributes:
        handlers: by the name that the browser uses.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self.handlers: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "say": self._say,
            "slash": self._slash,
            "complete": self._complete,
            "menu": self._menu,
            "press": self._press,
            "choose": self._choose,
            "submit": self._submit,
            "close": self._close,
        }

    async def _say(self, asked: Json) -> None:
        viewer = self._viewer
        channel = viewer.channel_of(asked["channel"])
        text = str(asked["text"]).strip()
        if not viewer.view.may_write(viewer.person, channel):
            raise NotSentError("you may not write here")
        if not 0 < len(text) <= _LONGEST:
            raise NotSentError(f"a message has 1 to {_LONGEST} characters")
        viewer.person.say(text, channel)

    async def _slash(self, asked: Json) -> str:
        viewer = self._viewer
        channel = viewer.channel_of(asked["channel"])
        interaction = await viewer.person.slash(
            str(asked["path"]),
            channel,
            {str(name): self._value(value, channel) for name, value in asked["options"].items()},
            force=asked.get("force") is True,
            wait=False,
        )
        return str(interaction.id)

    async def _complete(self, asked: Json) -> list[Json] | None:
        """Return what autocomplete offers; `None` where it failed."""
        viewer = self._viewer
        channel = viewer.channel_of(asked["channel"])
        focused = asked["focused"]
        if not isinstance(focused, str | int | float):
            raise TypeError
        try:
            return await viewer.person.autocomplete(
                str(asked["path"]),
                str(asked["option"]),
                focused,
                channel,
                {
                    str(name): self._value(value, channel)
                    for name, value in asked["options"].items()
                },
                force=asked.get("force") is True,
            )
        except TimeoutError:
            return None

    async def _menu(self, asked: Json) -> str:
        """Use a command of a message's menu, or of its author's."""
        viewer = self._viewer
        message = viewer.message_of(asked)
        target = message.author if asked.get("author") is True else message
        interaction = await viewer.person.context_menu(
            str(asked["path"]),
            target,
            message.channel,
            force=asked.get("force") is True,
            wait=False,
        )
        return str(interaction.id)

    async def _press(self, asked: Json) -> str:
        message = self._viewer.message_of(asked)
        button = str(asked["control"])
        return str((await self._viewer.person.press(message, button, wait=False)).id)

    async def _choose(self, asked: Json) -> str:
        message = self._viewer.message_of(asked)
        values = self._values(asked["values"], message)
        interaction = await self._viewer.person.choose(
            message, values, str(asked["control"]), wait=False
        )
        return str(interaction.id)

    async def _submit(self, asked: Json) -> str:
        interaction = self._own(asked["interaction"])
        values = {
            str(name): self._entry(value, interaction) for name, value in asked["values"].items()
        }
        return str((await self._viewer.person.submit(interaction, values, wait=False)).id)

    async def _close(self, asked: Json) -> None:
        """Close a modal without sending it."""
        self._viewer.person.dismiss(self._own(asked["interaction"]))

    def _own(self, key: object) -> Interaction:
        """Return an interaction of the person's, by its id."""
        interaction = self._viewer.world.interactions[int(str(key))]
        if interaction.person is not self._viewer.person:
            raise NotSentError("the form is someone else's")
        return interaction

    def _entry(self, value: object, interaction: Interaction) -> Entry:
        """Return what a field of a modal is given."""
        if isinstance(value, list):
            return self._values(value, interaction)
        return value if isinstance(value, bool) else str(value)

    def _values(self, values: Sequence[object], at: Message | Interaction) -> list[Value]:
        return [self._value(value, at.channel) for value in values]

    def _value(self, value: object, channel: Channel) -> Value:
        """Return what an option or a menu is given: plain, or a thing named by kind and id."""
        if isinstance(value, str | int | float | bool):
            return value
        if not isinstance(value, dict) or value.get("kind") not in _THINGS:
            raise TypeError
        number, world = int(value["id"]), self._viewer.world
        if value["kind"] == "channel":
            return self._viewer.channel_of(number)
        if value["kind"] == "user":
            return world.users[number]
        if channel.guild is None:
            raise NotSentError("there are no roles here")
        return channel.guild.roles[number]
