"""Messages for a terminal."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from bot.sandbox.model import Json, Message, MessageFlag
from bot.sandbox.terminal.components import draw_components
from bot.sandbox.terminal.text import Reader, markdown, safe, title

_BLURPLE = 0x5865F2


def draw(reader: Reader, message: Message) -> Group:
    """Return a message: author, content, embeds, files and components."""
    return Group(*_parts(reader, message))


def _parts(reader: Reader, message: Message) -> Iterator[RenderableType]:
    yield _head(reader, message)
    if message.content:
        yield markdown(reader, message.content)
    for embed in message.embeds:
        yield _embed(reader, embed)
    # A layout shows its files itself.
    is_v2 = message.flags & MessageFlag.COMPONENTS_V2
    for file in () if is_v2 else message.attachments:
        alt = f": {safe(file.description)}" if file.description else ""
        size = reader.words("bytes", n=f"{len(file.content):,}")
        yield Text(f"📎 {safe(file.filename)} ({size}){alt}", "dim")
    yield from draw_components(reader, message.components)


def _head(reader: Reader, message: Message) -> Text:
    words = reader.words
    head = Text.assemble((safe(message.author.name), "bold"))
    if message.author.bot:
        head.append(f" {words('app')}", "bold white on blue")
    head.append(f"  {reader.write_time(message.created_at, 'f')}", "dim")
    if message.ephemeral:
        head.append(f"  {words('onlyYou')}", "dim italic")
    if message.edited_at is not None:
        head.append(f"  {words('edited')}", "dim")
    if message.loading:
        head.append(f"  {words('thinking')}", "dim")
    return head


def _embed(reader: Reader, embed: Json) -> Panel:
    body: list[RenderableType] = []
    if name := embed.get("title"):
        shown = title(name)
        shown.stylize_before(Style(bold=True, link=embed.get("url")))
        body.append(shown)
        if url := embed.get("url"):
            body.append(Text(safe(url), "dim underline"))
    if description := embed.get("description"):
        body.append(markdown(reader, description))
    for field in embed.get("fields") or []:
        body += Text(), Text.assemble(title(field["name"]), style="bold")
        body.append(markdown(reader, field["value"]))
    if image := embed.get("image"):
        body.append(Text(f"\n🖼  {safe(image['url'])}", "dim"))
    footer = [safe(embed["footer"]["text"])] if embed.get("footer") else []
    if stamp := embed.get("timestamp"):
        footer.append(reader.write_time(datetime.fromisoformat(stamp), "f"))
    author = embed.get("author") or {}
    colour = embed.get("color") or _BLURPLE
    return Panel(
        Group(*body),
        title=Text(safe(author.get("name", ""))) if author else None,
        title_align="left",
        subtitle=Text(" ".join(footer), "dim") if footer else None,
        subtitle_align="left",
        border_style=f"#{colour:06x}",
    )
