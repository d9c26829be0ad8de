"""Messages as a terminal shows them: close to how Discord does, in plain characters."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from bot.sandbox.model import Json, Message
from bot.sandbox.world import World

_BLURPLE = 0x5865F2
_DRIVES_TERMINAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u2060\u200b\ufeff]")
_STAMP = re.compile(r"<t:(-?\d+)(?::([tTdDfFR]))?>")
_CHANNEL = re.compile(r"<#(\d+)>")
_USER = re.compile(r"<@!?(\d+)>")
_TIMES = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%Y-%m-%d",
    "D": "%Y-%m-%d",
    "f": "%Y-%m-%d %H:%M %Z",
    "F": "%A %Y-%m-%d %H:%M %Z",
    "R": "%Y-%m-%d %H:%M %Z",
}
_BUTTON, _MENU, _LINK_STYLE = 2, 3, 5


def draw(world: World, message: Message) -> Group:
    """Return all of a message: who, what, embeds, files, buttons and menus."""
    return Group(*_parts(world, message))


def _parts(world: World, message: Message) -> Iterator[RenderableType]:
    yield _head(message)
    if message.content:
        yield _markdown(world, message.content)
    for embed in message.embeds:
        yield _embed(world, embed)
    for file in message.attachments:
        yield Text(f"📎 {_safe(file.filename)} ({len(file.content):,} bytes)", "dim")
    for row in message.components:
        yield from map(_control, row.get("components") or [])


def _head(message: Message) -> Text:
    head = Text.assemble((_safe(message.author.name), "bold"))
    if message.author.bot:
        head.append(" APP", "bold white on blue")
    head.append(f"  {message.created_at.astimezone(UTC):%Y-%m-%d %H:%M %Z}", "dim")
    if message.ephemeral:
        head.append("  only you can see this", "dim italic")
    if message.edited_at is not None:
        head.append("  (edited)", "dim")
    if message.loading:
        head.append("  is thinking…", "dim")
    return head


def _embed(world: World, embed: Json) -> Panel:
    body: list[RenderableType] = []
    if title := embed.get("title"):
        style = Style(bold=True, link=embed.get("url"))
        plain = Text(_unescaped(_safe(title)), style)
        body.append(plain)
        if url := embed.get("url"):
            body.append(Text(_safe(url), "dim underline"))
    if description := embed.get("description"):
        body.append(_markdown(world, description))
    for field in embed.get("fields") or []:
        body.append(Text(f"\n{_safe(field['name'])}", "bold"))
        body.append(_markdown(world, field["value"]))
    if image := embed.get("image"):
        body.append(Text(f"\n🖼  {_safe(image['url'])}", "dim"))
    footer = [_safe(embed["footer"]["text"])] if embed.get("footer") else []
    if stamp := embed.get("timestamp"):
        footer.append(f"{datetime.fromisoformat(stamp).astimezone(UTC):{_TIMES['f']}}")
    author = embed.get("author") or {}
    colour = embed.get("color") or _BLURPLE
    return Panel(
        Group(*body),
        title=Text(_safe(author.get("name", ""))) if author else None,
        title_align="left",
        subtitle=Text(" ".join(footer), "dim") if footer else None,
        subtitle_align="left",
        border_style=f"#{colour:06x}",
    )


def _control(control: Json) -> Text:
    if control["type"] == _BUTTON:
        label = _safe(control.get("label") or "")
        if control.get("style") == _LINK_STYLE:
            return Text.assemble((f" [{label}]", "bold"), f" → {_safe(control['url'])}")
        return Text(f" [{label}]", "dim strike" if control.get("disabled") else "bold cyan")
    if control["type"] == _MENU:
        lines = [f" ▾ {_safe(control.get('placeholder') or '')}"]
        lines += [
            f"   {number}. {_safe(option['label'])}"
            for number, option in enumerate(control.get("options") or [], start=1)
        ]
        return Text("\n".join(lines), "cyan")
    return Text(f" (component of type {control['type']})", "dim")


def _markdown(world: World, text: str) -> Markdown:
    """Return Markdown, with what only Discord understands written out."""
    text = _STAMP.sub(lambda match: _when(int(match[1]), match[2] or "f"), _safe(text))
    text = _CHANNEL.sub(lambda match: f"#{_name(world.channels.get(int(match[1])))}", text)
    text = _USER.sub(lambda match: f"@{_name(world.users.get(int(match[1])))}", text)
    # Discord breaks lines where the text does.
    return Markdown(text.replace("\n", "  \n"), hyperlinks=False)


def _name(known: object) -> str:
    return str(getattr(known, "name", "unknown"))


def _when(seconds: int, style: str) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):{_TIMES[style]}}"


def _safe(text: str) -> str:
    """Return a text that can't drive the terminal."""
    return _INVISIBLE.sub("", _DRIVES_TERMINAL.sub("", text))


def _unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)
