"""Messages of posts as values that can be stored, and their conversion to JSON and to views.

Many channels share a stored message, so it has no marks. When a message is sent, its own mark goes
into the `custom_id`s; the bot finds the message in its channel by this mark.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, Final, TypeAlias

import discord

from bot.charts.chart import Chart
from bot.ui import actions
from storage.records import StoredMessage

FORMAT: Final = 3
"""The version of the JSON below."""
READABLE_FORMATS: Final = frozenset({1, 2, FORMAT})
"""The versions that can be decoded: their messages are still sent, and their votes updated.

Version 1 had no `as_of`, and its `rest` buttons no `shown`; version 2 had no `chart`.
"""


class Target(StrEnum):
    """Where a message of a post is sent."""

    CHANNEL = "channel"
    """The schedule's channel; in a forum the message starts a forum post."""
    THREAD = "thread"
    """The thread below the first message."""


@dataclass(frozen=True, slots=True)
class Option:
    """One paper in a menu."""

    label: str
    arxiv_id: str
    description: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu that opens one of a post's papers."""

    placeholder: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class RestButton:
    """A button that lists the papers of a coverage that the post doesn't show."""

    label: str
    coverage: str
    shown: int | None = None
    """How many papers of its menu the post shows; `None` for all, as in posts of format 1."""


@dataclass(frozen=True, slots=True)
class DiscussButton:
    """A button that opens a thread on the post."""

    label: str
    coverage: str


Control: TypeAlias = Menu | RestButton | DiscussButton
Row: TypeAlias = tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a post."""

    content: str | None
    embeds: tuple[discord.Embed, ...]
    rows: tuple[Row, ...] = ()
    target: Target = Target.CHANNEL
    thread_name: str | None = None
    """The name of the thread that starts with this message, or of the forum post."""
    role: int | None = None
    """The role that it pings."""
    silent: bool = False
    """Whether it is sent without a push notification."""
    as_of: str | None = None
    """The part of its footers that says when votes were read; `None` if none does."""
    chart: Chart | None = None
    """Its picture, which is drawn when it is sent."""


def to_items(rows: tuple[Row, ...], mark: str) -> list[discord.ui.Item[actions.StaticView]]:
    """Return the menus and buttons of a message, with its mark in their `custom_id`s."""
    items: list[discord.ui.Item[actions.StaticView]] = []
    for number, row in enumerate(rows):
        for item in row:
            match item:
                case Menu():
                    items.append(to_select(item, actions.post_open(mark), number))
                case RestButton(label, coverage, None):
                    items.append(_button(label, actions.post_rest(coverage, mark), number))
                case RestButton(label, coverage, int(shown)):
                    items.append(_button(label, actions.post_all(coverage, shown, mark), number))
                case DiscussButton(label, coverage):
                    items.append(_button(label, actions.post_discuss(coverage, mark), number))
    return items


def _button(label: str, custom_id: str, row: int) -> discord.ui.Button[actions.StaticView]:
    return discord.ui.Button(label=label, custom_id=custom_id, row=row)


def to_view(rows: tuple[Row, ...], mark: str) -> actions.StaticView:
    """Return the view of a message, with its mark in the `custom_id`s."""
    return actions.StaticView(*to_items(rows, mark))


def to_file(chart: Chart, picture: bytes) -> discord.File:
    """Return a chart's picture as a file with its description, for one request.

    It is a file of its own, and not the picture of an embed: it is larger on phones, its
    description can be read there, and edits of the embeds don't touch it.
    """
    return discord.File(BytesIO(picture), chart.filename, description=chart.alt)


def to_select(menu: Menu, custom_id: str, row: int = 0) -> discord.ui.Select[actions.StaticView]:
    """Return a menu of papers with a `custom_id`."""
    return discord.ui.Select(
        custom_id=custom_id,
        placeholder=menu.placeholder,
        options=[
            discord.SelectOption(
                label=each.label, value=each.arxiv_id, description=each.description
            )
            for each in menu.options
        ],
        row=row,
    )


def encode(message: Message) -> StoredMessage:
    """Return a message as it is stored; equal messages have equal hashes."""
    body: dict[str, Any] = {
        "content": message.content,
        "embeds": [embed.to_dict() for embed in message.embeds],
        "rows": [[_encode_item(item) for item in row] for row in message.rows],
        "target": message.target,
        "thread_name": message.thread_name,
        "role": message.role,
        "silent": message.silent,
        "as_of": message.as_of,
    }
    if message.chart is not None:
        body["chart"] = message.chart.to_json()
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(f"{FORMAT}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return StoredMessage(digest[:32], FORMAT, text)


def _encode_item(item: Control) -> dict[str, Any]:
    match item:
        case Menu():
            options = [[each.label, each.arxiv_id, each.description] for each in item.options]
            return {"type": "menu", "placeholder": item.placeholder, "options": options}
        case RestButton():
            rest = {"type": "rest", "label": item.label, "coverage": item.coverage}
            return rest if item.shown is None else {**rest, "shown": item.shown}
        case DiscussButton():
            return {"type": "discuss", "label": item.label, "coverage": item.coverage}


def decode(stored: StoredMessage) -> Message:
    """Return a stored message.

    Raises:
        ValueError: Its format is none of `READABLE_FORMATS`.
    """
    if stored.format not in READABLE_FORMATS:
        raise ValueError(f"message {stored.hash} has the unknown format {stored.format}")
    body = json.loads(stored.body)
    return Message(
        content=body["content"],
        embeds=tuple(map(discord.Embed.from_dict, body["embeds"])),
        rows=tuple(tuple(map(_decode_item, row)) for row in body["rows"]),
        target=Target(body["target"]),
        thread_name=body["thread_name"],
        role=body["role"],
        silent=body["silent"],
        as_of=body.get("as_of"),
        chart=Chart.from_json(body["chart"]) if "chart" in body else None,
    )


def _decode_item(item: dict[str, Any]) -> Control:
    match item["type"]:
        case "menu":
            return Menu(item["placeholder"], tuple(Option(*each) for each in item["options"]))
        case "discuss":
            return DiscussButton(item["label"], item["coverage"])
        case _:
            return RestButton(item["label"], item["coverage"], item.get("shown"))
