"""Components of messages and modals for a terminal."""

from collections.abc import Callable, Iterator, Mapping

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.sandbox.model import Json
from bot.sandbox.model.components import ENTITY_SELECTS, LINK_BUTTON, SELECTS, ComponentType
from bot.sandbox.terminal.text import Reader, markdown, mention_of, safe

_EDGE = 0x80848E
"""The colour of a container without `accent_color`."""
_OFFERS: dict[int, str] = {
    ComponentType.USER_SELECT: "user",
    ComponentType.ROLE_SELECT: "role",
    ComponentType.MENTIONABLE_SELECT: "userOrRole",
    ComponentType.CHANNEL_SELECT: "channel",
}
"""The key of what a select menu offers where nothing is chosen."""


def draw_components(reader: Reader, components: list[Json]) -> Iterator[RenderableType]:
    """Yield components in the order in which they are read."""
    for component in components:
        yield from _DRAWN.get(component["type"], _unknown)(reader, component)


def draw_modal(reader: Reader, modal: Json, entered: Mapping[str, str]) -> Panel:
    """Return a modal, with what was entered so far by label."""
    body: list[RenderableType] = []
    for part in modal["components"]:
        if part["type"] == ComponentType.TEXT_DISPLAY:
            body.append(markdown(reader, part["content"]))
        elif part["type"] == ComponentType.LABEL:
            body += _field(reader, part["component"] | {"label": part["label"]}, part, entered)
        else:
            for field in part["components"]:
                body += _field(reader, field, {}, entered)
    title = Text(safe(modal["title"]), "bold")
    hint = reader.words("modalHint")
    return Panel(Group(*body), title=title, title_align="left", subtitle=hint)


def _field(
    reader: Reader, field: Json, label: Json, entered: Mapping[str, str]
) -> Iterator[RenderableType]:
    name = safe(field.get("label") or "")
    yield Text(f"{name} *" if _is_required(field) else name, "bold")
    if label.get("description"):
        yield Text(safe(label["description"]), "dim")
    if field.get("label") in entered:
        yield Text(f" → {safe(entered[field['label']])}", "green")
    yield from _input(reader, field)


def _is_required(field: Json) -> bool:
    kind = field["type"]
    if kind == ComponentType.CHECKBOX:
        return False
    if kind in (ComponentType.TEXT_INPUT, ComponentType.RADIO_GROUP):
        return field.get("required") is not False
    return bool(field.get("min_values", 1))


def _input(reader: Reader, field: Json) -> Iterator[RenderableType]:
    kind = field["type"]
    if kind in SELECTS:
        yield from _select(reader, field)
    elif kind == ComponentType.TEXT_INPUT:
        yield Text(f" [{safe(field.get('value') or field.get('placeholder') or '')}]", "cyan")
    elif kind == ComponentType.CHECKBOX:
        mark = "[x]" if field.get("default") else "[ ]"
        yield Text(f" {mark} {reader.words('yes')}", "cyan")
    elif kind == ComponentType.FILE_UPLOAD:
        yield Text(f" {reader.words('noFiles')}", "dim")
    else:
        marks = "(•)", "( )"
        if kind == ComponentType.CHECKBOX_GROUP:
            marks = "[x]", "[ ]"
        for option in field["options"]:
            mark = marks[0] if option.get("default") else marks[1]
            yield _option(f" {mark}", option)


def _option(mark: str, option: Json) -> Text:
    text = Text(f"{mark} {safe(option['label'])}", "cyan")
    if option.get("description"):
        text.append(f"  {safe(option['description'])}", "dim")
    return text


def _row(reader: Reader, row: Json) -> Iterator[RenderableType]:
    yield from draw_components(reader, row["components"])


def _button(_reader: Reader, button: Json) -> Iterator[RenderableType]:
    label = safe(button.get("label") or (button.get("emoji") or {}).get("name") or "")
    if button.get("style") == LINK_BUTTON:
        yield Text.assemble((f" [{label}]", "bold"), f" → {safe(button['url'])}")
    else:
        yield Text(f" [{label}]", "dim strike" if button.get("disabled") else "bold cyan")


def _select(reader: Reader, select: Json) -> Iterator[RenderableType]:
    style = "dim strike" if select.get("disabled") else "cyan"
    title = f" ▾ {safe(select.get('placeholder') or '')}"
    if select["type"] in ENTITY_SELECTS:
        chosen = [mention_of(reader, value) for value in select.get("default_values") or ()]
        title += f" ({', '.join(chosen) or reader.words(_OFFERS[select['type']])})"
    most = select.get("max_values") or 1
    yield Text(title + (f" {reader.words('upTo', n=most)}" if most > 1 else ""), style)
    for number, option in enumerate(select.get("options") or [], start=1):
        yield _option(f"   {number}.{' ●' if option.get('default') else ''}", option)


def _section(reader: Reader, section: Json) -> Iterator[RenderableType]:
    yield from draw_components(reader, [*section["components"], section["accessory"]])


def _text_display(reader: Reader, display: Json) -> Iterator[RenderableType]:
    yield markdown(reader, display["content"])


def _thumbnail(reader: Reader, thumbnail: Json) -> Iterator[RenderableType]:
    yield _picture(reader, thumbnail)


def _gallery(reader: Reader, gallery: Json) -> Iterator[RenderableType]:
    for item in gallery["items"]:
        yield _picture(reader, item)


def _picture(reader: Reader, item: Json) -> Text:
    note = f"  ({reader.words('spoiler')})" if item.get("spoiler") else ""
    described = f"  {safe(item['description'])}" if item.get("description") else ""
    return Text(f"🖼  {safe(item['media']['url'])}{described}{note}", "dim")


def _file(reader: Reader, file: Json) -> Iterator[RenderableType]:
    if file.get("name"):
        size = reader.words("bytes", n=f"{file['size']:,}")
        yield Text(f"📎 {safe(file['name'])} ({size})", "dim")


def _separator(_reader: Reader, separator: Json) -> Iterator[RenderableType]:
    yield Rule(style="dim") if separator["divider"] else Text()


def _container(reader: Reader, container: Json) -> Iterator[RenderableType]:
    colour = container.get("accent_color")
    yield Panel(
        Group(*draw_components(reader, container["components"])),
        title=reader.words("spoiler") if container.get("spoiler") else None,
        title_align="left",
        border_style=f"#{_EDGE if colour is None else colour:06x}",
    )


def _unknown(reader: Reader, component: Json) -> Iterator[RenderableType]:
    yield Text(f" {reader.words('unknownPart', type=component['type'])}", "dim")


_DRAWN: dict[int, Callable[[Reader, Json], Iterator[RenderableType]]] = {
    ComponentType.ACTION_ROW: _row,
    ComponentType.BUTTON: _button,
    **dict.fromkeys(SELECTS, _select),
    ComponentType.SECTION: _section,
    ComponentType.TEXT_DISPLAY: _text_display,
    ComponentType.THUMBNAIL: _thumbnail,
    ComponentType.MEDIA_GALLERY: _gallery,
    ComponentType.FILE: _file,
    ComponentType.SEPARATOR: _separator,
    ComponentType.CONTAINER: _container,
}
