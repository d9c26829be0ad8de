"""Remove from a message the part that Discord refused. Pure.

Discord answers 50035 with the paths of what it refuses, which discord.py turns into lines such as
`In embeds.0.image.url: Not a well formed URL.`
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import discord

from bot.ui.messages import Control, Menu, Message, Row

_LINE: Final = re.compile(r"^In (?P<path>\S+): ", re.MULTILINE)
_INDEX: Final = re.compile(r"\d+")
_ADDRESSES: Final = {
    "image": "image",
    "thumbnail": "thumbnail",
    "video": "video",
    "url": "url",
}
_PAPER_ADDRESS: Final = re.compile(r"/abs/(?P<id>\S+)$")


def refused_paths(error: discord.HTTPException) -> tuple[tuple[str, ...], ...]:
    """Return the paths of what Discord refused, such as `("embeds", "0", "image", "url")`."""
    found = (tuple(match["path"].split(".")) for match in _LINE.finditer(error.text))
    # The first message of a forum post stands one level deeper.
    return tuple(path[1:] if path[0] == "message" else path for path in found)


def without_refused(
    message: Message, paths: tuple[tuple[str, ...], ...]
) -> tuple[Message | None, tuple[str, ...]]:
    """Return a message without the refused parts, and the ids of the papers concerned.

    An address is taken out of its embed; if anything else of an embed is refused, so is the embed.
    If all embeds are refused together, as they are when they are too long, the last one is taken
    out. The message is `None` if nothing can be taken out, or nothing would be left.
    """
    embeds: list[discord.Embed | None] = list(message.embeds)
    rows: list[list[Control | None]] = [list(row) for row in message.rows]
    left = message
    papers: list[str] = []
    # From the end, so that the places of what is still to be taken out stay right.
    for path in sorted(set(paths), reverse=True, key=_sort_key):
        match path:
            case ("embeds", index, *rest) if _is_index(index, embeds):
                embed = embeds[int(index)]
                if embed is None:
                    continue
                papers.append(_paper_of(embed))
                embeds[int(index)] = _without_address(embed, rest)
            case ("embeds",) if embeds:
                refused = embeds.pop()
                papers.append(_paper_of(refused) if refused is not None else "")
            case ("components", row, "components", item, *rest) if _is_index(row, rows) and (
                _is_index(item, rows[int(row)])
            ):
                control = rows[int(row)][int(item)]
                rows[int(row)][int(item)] = _without_option(control, rest, papers)
            case ("components", *_):
                rows.clear()
            case (field, *_):
                left = _without_field(left, field)
            case _:
                pass
    kept: tuple[Row, ...] = tuple(
        row for row in (tuple(item for item in row if item is not None) for row in rows) if row
    )
    left = replace(left, embeds=tuple(embed for embed in embeds if embed is not None), rows=kept)
    if left == message or not (left.embeds or left.content):
        return None, tuple(papers)
    return left, tuple(dict.fromkeys(filter(None, papers)))


def _without_field(message: Message, field: str) -> Message:
    match field:
        case "content":
            return replace(message, content=None)
        case "name":
            return replace(message, thread_name=None)
        case "attachments":
            return replace(message, chart=None)
        case _:
            return message


def _sort_key(path: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in path)


def _is_index(text: str, values: Sequence[object]) -> bool:
    return bool(_INDEX.fullmatch(text)) and int(text) < len(values)


def _without_address(embed: discord.Embed, rest: list[str]) -> discord.Embed | None:
    key = _ADDRESSES.get(rest[0]) if rest else None
    data: dict[str, Any] = dict(embed.to_dict())
    if key is None or key not in data:
        return None
    return discord.Embed.from_dict({name: value for name, value in data.items() if name != key})


def _without_option(control: Control | None, rest: list[str], papers: list[str]) -> Control | None:
    if not isinstance(control, Menu):
        return None
    match rest:
        case ("options", index, *_) if index.isdecimal() and int(index) < len(control.options):
            at = int(index)
            papers.append(control.options[at].arxiv_id)
            options = control.options[:at] + control.options[at + 1 :]
            return replace(control, options=options) if options else None
        case _:
            return None


def _paper_of(embed: discord.Embed) -> str:
    match = _PAPER_ADDRESS.search(embed.url or "")
    return match["id"] if match else ""
