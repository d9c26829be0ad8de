"""Requests by hand that break a rule of Discord: a scene, and functions that build them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from small_bot import Ask, ManualClock, Place

from bot.sandbox import Channel, ChannelType, Interaction, Limits, Permission

Json = dict[str, Any]
Answer = tuple[int, Any]


@dataclass
class Scene:
    """A guild of the bot, and what sends requests by hand."""

    place: Place
    ask: Ask
    clock: ManualClock

    @property
    def messages(self) -> str:
        """The path of the channel's messages."""
        return f"/channels/{self.place.general.id}/messages"

    @property
    def commands(self) -> str:
        """The path of the global commands."""
        return f"/applications/{self.place.sandbox.world.application_id}/commands"

    async def send(self, **body: object) -> str:
        """Send a message that is in order; return its path."""
        _, message = await self.ask("POST", self.messages, json={"content": "Hello"} | body)
        return f"{self.messages}/{message['id']}"

    async def interaction(self) -> Interaction:
        """Let a member use a command that nobody has responded to."""
        command = {"name": "paper", "description": "Finds", "options": [option(autocomplete=True)]}
        await self.ask("PUT", self.commands, json=[command])
        return await self.place.anna.slash("paper", a="x", wait=False)

    async def respond(self, interaction: Interaction, **body: object) -> Answer:
        """Respond to an interaction for the first time."""
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        return await self.ask("POST", path, json=body, token=None)

    async def follow_up(self, interaction: Interaction) -> Answer:
        """Send a followup message of an interaction."""
        path = f"/webhooks/{self.place.sandbox.world.application_id}/{interaction.token}"
        return await self.ask("POST", path, json={"content": "More"}, token=None)

    def deny(self, permissions: Permission) -> None:
        """Deny everyone permissions in the channel, the bot too."""
        guild = self.place.guild
        guild.set_overwrite(self.place.general, guild.everyone, deny=permissions)

    async def thread(self) -> Channel:
        """Start a thread from a message."""
        path = await self.send()
        _, thread = await self.ask("POST", f"{path}/threads", json={"name": "Talk"})
        return self.place.guild.threads[int(thread["id"])]


Violation = Callable[[Scene], Awaitable[Answer]]


def button(**fields: object) -> Json:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go", **fields}


def link(**fields: object) -> Json:
    return {"type": 2, "style": 5, "label": "Go", "url": "https://arxiv.org", **fields}


def options(count: int, **fields: object) -> list[Json]:
    return [{"label": f"Option {n}", "value": str(n), **fields} for n in range(count)]


def select(count: int = 1, **fields: object) -> Json:
    return {"type": 3, "custom_id": "menu", "options": options(count), **fields}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def text_display(text: str = "Text") -> Json:
    return {"type": 10, "content": text}


def option(kind: int = 3, **fields: object) -> Json:
    return {"type": kind, "name": "a", "description": "An option", **fields}


def message(**body: object) -> Violation:
    """Send a message."""

    async def send(scene: Scene) -> Answer:
        return await scene.ask("POST", scene.messages, json=body)

    return send


def embed(**fields: object) -> Violation:
    return message(embeds=[{"title": "Title", **fields}])


def field(**fields: object) -> Violation:
    return embed(fields=[{"name": "Name", "value": "Value", **fields}])


def components(*parts: Json) -> Violation:
    """Send a message with components."""
    return message(content="Hello", components=list(parts))


def layout(*parts: Json, **body: object) -> Violation:
    """Send a message with Components V2."""
    return message(flags=1 << 15, components=list(parts), **body)


def modal(*parts: Json, **fields: object) -> Violation:
    """Respond with a modal."""
    data = {"custom_id": "form", "title": "Form", "components": list(parts), **fields}

    async def respond(scene: Scene) -> Answer:
        return await scene.respond(await scene.interaction(), type=9, data=data)

    return respond


def label(component: Json, **fields: object) -> Json:
    return {"type": 18, "label": "Label", "component": component, **fields}


def text_input(**fields: object) -> Json:
    return {"type": 4, "custom_id": "word", "style": 1, **fields}


def command(**fields: object) -> Violation:
    """Register a command."""
    body = {"name": "paper", "description": "Finds a paper", **fields}

    async def create(scene: Scene) -> Answer:
        return await scene.ask("POST", scene.commands, json=body)

    return create


def commands(kind: int, count: int) -> Violation:
    """Register many commands."""

    async def replace(scene: Scene) -> Answer:
        each = {"type": kind} | ({"description": "Finds"} if kind == 1 else {})
        bodies = [each | {"name": f"paper{n}"} for n in range(count)]
        return await scene.ask("PUT", scene.commands, json=bodies)

    return replace


def lacking(permission: Permission, method: str, path: str, body: object = None) -> Violation:
    """Send a request without a permission; `{message}` is a message of a member's."""

    async def send(scene: Scene) -> Answer:
        written = scene.place.anna.say("Hello")
        scene.deny(permission)
        where = path.format(channel=scene.place.general.id, message=written.id)
        return await scene.ask(method, where, json=body)

    return send


def in_forum(body: Json, *, path: str = "threads", requires_tag: bool = False) -> Violation:
    """Send a request to a forum."""

    async def send(scene: Scene) -> Answer:
        forum = scene.place.guild.add_channel(
            "ideas", ChannelType.FORUM, tags=("News",), requires_tag=requires_tag
        )
        return await scene.ask("POST", f"/channels/{forum.id}/{path}", json=body)

    return send


def repeated(limits: Limits, method: str, path: str, times: int) -> Violation:
    """Send a request one time too often; `{channel}` is the channel's id."""

    async def send(scene: Scene) -> Answer:
        scene.place.sandbox.limiter.limits = limits
        where = path.format(channel=scene.place.general.id)
        for _ in range(times):
            await scene.ask(method, where, json={"content": "Hello"} if method == "POST" else None)
        return await scene.ask(method, where, json={"content": "Hello"})

    return send
