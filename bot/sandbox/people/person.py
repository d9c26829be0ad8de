"""People: use commands and components, submit modals, send messages."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.sandbox.model import (
    Channel,
    Command,
    Interaction,
    InteractionType,
    Json,
    Message,
    MessageType,
    User,
)
from bot.sandbox.model.components import SELECTS, ComponentType
from bot.sandbox.model.state import State
from bot.sandbox.people.command_data import (
    Resolved,
    Value,
    available_commands,
    find_command,
    integration_owners,
    slash_data,
)
from bot.sandbox.people.controls import find_control
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.modal_data import Entry, fill_modal, selected_values
from bot.sandbox.rules.mentions import pings_of
from bot.sandbox.rules.permissions import Permission, permissions_of


@dataclass(slots=True, eq=False, repr=False)
class Person(User):
    """A user with methods for what a person does in Discord's client.

    Every method waits for the result that the person sees and returns the `Interaction`;
    with `wait=False` it returns at once. Where Discord's own client would not let them, it raises
    `NotSentError` and nothing is sent; `force=True` sends it all the same, as a hostile client
    would, or a server whose settings override the command's.
    """

    world: State = field(kw_only=True)
    channel: Channel | None = None
    """The default channel of actions; `None` for the person's first channel."""

    def commands(self, channel: Channel | None = None) -> list[Command]:
        """Return the commands, of all types, that the person is offered in a channel."""
        return available_commands(self.world, self, self._where(channel))

    async def slash(
        self,
        command: str,
        channel: Channel | None = None,
        options: Mapping[str, Value] | None = None,
        /,
        *,
        force: bool = False,
        wait: bool = True,
        **more: Value,
    ) -> Interaction:
        """Use a slash command: `await anna.slash("schedule add", channel=news, time="08:00")`.

        Args:
            command: its name, with those of the group and subcommand after blanks.
            channel: where; else `self.channel`.
            options: by name; for names that are no Python words or are taken by the others here.
            force: whether to send it even if Discord's client would not.
            wait: whether to wait for the result.
            more: options by name.

        Raises:
            NotSentError: Discord's client would not send it.
            TimeoutError: the bot took longer than the sandbox's patience.
        """
        where = self._where(channel)
        path = command.split()
        found = find_command(self.world, self, where, path[0], 1, force=force)
        values = {**(options or {}), **more}
        resolved = Resolved(self.world, self, where)
        data = slash_data(found, path, values, resolved, force=force)
        interaction = self._begin(
            InteractionType.COMMAND,
            where,
            data,
            name=command,
            installations=integration_owners(found, self, where),
        )
        return await interaction.result() if wait else interaction

    async def autocomplete(
        self,
        command: str,
        focused: str,
        value: str | float = "",
        channel: Channel | None = None,
        options: Mapping[str, Value] | None = None,
        /,
        *,
        force: bool = False,
    ) -> list[Json]:
        """Type into an option, and return the choices: `name` and `value`.

        Args:
            command: as for `slash`.
            focused: the option typed into.
            value: the text so far.
            channel: as for `slash`.
            options: the values of the other options.
            force: as for `slash`.

        Raises:
            NotSentError: Discord's client would not ask.
            TimeoutError: no answer came, or none in time.
        """
        where = self._where(channel)
        path = command.split()
        found = find_command(self.world, self, where, path[0], 1, force=force)
        data = slash_data(
            found,
            path,
            {**(options or {}), focused: value},
            Resolved(self.world, self, where),
            force=force,
            focused=focused,
        )
        interaction = self._begin(
            InteractionType.AUTOCOMPLETE,
            where,
            data,
            name=command,
            installations=integration_owners(found, self, where),
        )
        await interaction.result()
        if interaction.choices is None:
            raise TimeoutError(f"{interaction!r}")
        return interaction.choices

    async def context_menu(
        self,
        command: str,
        target: Message | User,
        channel: Channel | None = None,
        *,
        force: bool = False,
        wait: bool = True,
    ) -> Interaction:
        """Use a message command or user command; see `slash` for the arguments."""
        is_message = isinstance(target, Message)
        if channel is None and isinstance(target, Message):
            channel = target.channel
        where = self._where(channel)
        kind = 3 if is_message else 2
        found = find_command(self.world, self, where, command, kind, force=force)
        resolved = Resolved(self.world, self, where)
        data: Json = {
            "id": str(found.id if found else self.world.new_id()),
            "name": found.name if found else command,
            "type": kind,
            "target_id": resolved.add(target),
            "resolved": resolved.found,
        }
        if found and found.guild_id:
            data["guild_id"] = str(found.guild_id)
        interaction = self._begin(
            InteractionType.COMMAND,
            where,
            data,
            name=command,
            installations=integration_owners(found, self, where),
        )
        return await interaction.result() if wait else interaction

    async def press(
        self, message: Message, button: str, *, force: bool = False, wait: bool = True
    ) -> Interaction:
        """Press a button, named by its label or `custom_id`.

        Raises:
            NotSentError: there is none, it is disabled or a link, or not visible to them.
        """
        control = find_control(self, message, button, {ComponentType.BUTTON}, force=force)
        data = {
            "component_type": int(ComponentType.BUTTON),
            "custom_id": control["custom_id"],
            "id": control.get("id", 0),
        }
        return await self._use(message, data, wait=wait)

    async def choose(
        self,
        message: Message,
        values: Value | Sequence[Value],
        menu: str | None = None,
        *,
        force: bool = False,
        wait: bool = True,
    ) -> Interaction:
        """Choose from a select menu: labels or values of its options; or users, roles, channels.

        Args:
            message: with the select menu.
            values: one or several.
            menu: its `custom_id` or placeholder; needed where there are several.
            force: whether to send it even if Discord's client would not.
            wait: whether to wait for the result.

        Raises:
            NotSentError: there is no such menu or option, too many or few were chosen, or the
                same again that has opened a modal: that can't be done until the message is edited
                (https://github.com/discord/discord-api-docs/issues/4801).
        """
        control = find_control(self, message, menu, SELECTS, force=force)
        resolved = Resolved(self.world, self, message.channel)
        data: Json = {
            "component_type": control["type"],
            "custom_id": control["custom_id"],
            "id": control.get("id", 0),
            "values": selected_values(control, values, resolved, force=force),
        }
        if resolved.found:
            data["resolved"] = resolved.found
        if not force and self._has_opened_modal(message, data):
            text = "{value!r} is chosen already, and nothing has changed since"
            raise NotSentError(text, value=values)
        return await self._use(message, data, wait=wait)

    def _has_opened_modal(self, message: Message, data: Json) -> bool:
        """Return whether the last choice of a select menu was the same, and opened a modal."""
        own = (
            interaction
            for interaction in reversed(self.world.interactions.values())
            if interaction.kind is InteractionType.COMPONENT
            and interaction.source is message
            and interaction.person is self
            and interaction.data.get("custom_id") == data["custom_id"]
        )
        last = next(own, None)
        if last is None or last.modal is None or last.data.get("values") != data["values"]:
            return False
        return message.edited_at is None or message.edited_at < last.created_at

    async def submit(
        self,
        interaction: Interaction,
        values: Mapping[str, Entry],
        *,
        force: bool = False,
        wait: bool = True,
    ) -> Interaction:
        """Submit the modal that an interaction opened.

        A text input takes text. A select menu, a radio or a checkbox group takes labels or values
        of its options; menus of users, roles or channels take these. A checkbox takes True or
        False, and a file upload takes an `Upload`. Several values are given as a list.

        Args:
            interaction: whose `modal` it is.
            values: by label or `custom_id`; what is not named keeps what it holds.
            force: whether to send it even if Discord's client would not.
            wait: whether to wait for the result.

        Raises:
            NotSentError: no modal is open, there is no such field, something required was left
                out, or does not fit.
        """
        modal = interaction.modal
        if modal is None or not (force or self._is_open(interaction)):
            raise NotSentError("no form is open")
        resolved = Resolved(self.world, self, interaction.channel)
        filled = fill_modal(modal, values, resolved, force=force)
        data: Json = {"custom_id": modal["custom_id"], "components": filled}
        if resolved.found:
            data["resolved"] = resolved.found
        sent = self._begin(
            InteractionType.MODAL,
            interaction.channel,
            data,
            name=interaction.name,
            installations=interaction.integration_owners,
            origin=interaction,
        )
        return await sent.result() if wait else sent

    def dismiss(self, interaction: Interaction) -> None:
        """Close the modal that an interaction opened; nothing is sent to the bot.

        Raises:
            NotSentError: no modal is open.
        """
        if not self._is_open(interaction):
            raise NotSentError("no form is open")
        interaction.dismissed = True

    def _is_open(self, interaction: Interaction) -> bool:
        """Return whether a modal is open: neither dismissed nor submitted with success."""
        if interaction.modal is None or interaction.dismissed:
            return False
        return not any(
            sent.trigger is interaction and sent.acknowledged
            for sent in self.world.interactions.values()
        )

    def say(
        self,
        text: str,
        channel: Channel | None = None,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
    ) -> Message:
        """Send a message; with `ping`, a reply notifies the author of the other message."""
        where = self._where(channel or (reply_to.channel if reply_to is not None else None))
        message = Message(self.world.new_id(), where, self, self.world.clock(), text)
        message.pings = pings_of(message, None)
        if reply_to is not None:
            message.reply_to, message.type = reply_to, MessageType.REPLY
            if ping:
                message.pings |= {reply_to.author.mention}
        return self.world.add_message(message)

    def edit(self, message: Message, text: str) -> None:
        """Edit one's own message."""
        message.content, message.edited_at = text, self.world.clock()
        message.pings = pings_of(message, None)
        self.world.message_changed(message)

    def _where(self, channel: Channel | None) -> Channel:
        channel = channel or self.channel or next(self._own_channels(), None)
        if channel is None:
            raise NotSentError("{name} is nowhere: say in which channel", name=self.name)
        allowed = permissions_of(self, channel)
        if not allowed & Permission.VIEW_CHANNEL:
            where = channel.name or "that conversation"
            raise NotSentError("{name} can't see {where}", name=self.name, where=where)
        return channel

    def _own_channels(self) -> Iterator[Channel]:
        for guild in self.world.guilds.values():
            if self.id in guild.members:
                yield from guild.text_channels

    async def _use(self, message: Message, data: Json, *, wait: bool) -> Interaction:
        source = message.interaction
        interaction = self._begin(
            InteractionType.COMPONENT,
            message.channel,
            data,
            name=data["custom_id"],
            installations=source.integration_owners
            if source
            else integration_owners(None, self, message.channel),
            origin=message,
        )
        return await interaction.result() if wait else interaction

    def _begin(
        self,
        kind: InteractionType,
        where: Channel,
        data: Json,
        *,
        name: str,
        installations: dict[str, str],
        origin: Message | Interaction | None = None,
    ) -> Interaction:
        """Send an interaction; `origin` is the message or the opened modal that was used."""
        interaction = Interaction(
            self.world.new_id(),
            kind,
            name,
            self,
            data,
            installations,
            secrets.token_urlsafe(48),
            where,
            self.world.clock(),
            self.world.patience,
            source=origin.source if isinstance(origin, Interaction) else origin,
            trigger=origin if isinstance(origin, Interaction) else None,
        )
        self.world.add_interaction(interaction)
        return interaction


def new_person(world: State, name: str, *, locale: str = "en-US") -> Person:
    """Create a user; `locale` is the language of their client."""
    person = Person(world.new_id(), name, locale=locale, world=world)
    world.users[person.id] = person
    return person
