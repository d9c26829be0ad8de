"""Components of messages and modals, as a terminal shows them."""

from collections.abc import Callable, Iterator, Mapping

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.sandbox.components import ENTITY_SELECTS, LINK_BUTTON, SELECTS, ComponentType
from bot.sandbox.model import Json
from bot.sandbox.terminal_text import markdown, mention_of, safe
from bot.sandbox.world import World

_EDGE = 0x80848E
"""Colour of a container that states none."""
_OFFERS: dict[int, str] = {
    ComponentType.USER_SELECT: "@user",
    ComponentType.ROLE_SELECT: "@role",
    ComponentType.MENTIONABLE_SELECT: "@user or @role",
    ComponentType.CHANNEL_SELECT: "#channel",
}


def draw_components(world: World, components: list[Json]) -> Iterator[RenderableType]:
    """Yield components in the order in which they are read."""
    for component in components:
        yield from _DRAWN.get(component["type"], _unknown)(world, component)


def draw_modal(world: World, modal: Json, entered: Mapping[str, str]) -> Panel:
    """Return a modal, with what was entered so far by label."""
    body: list[RenderableType] = []
    for part in modal["components"]:
        if part["type"] == ComponentType.TEXT_DISPLAY:
            body.append(markdown(world, part["content"]))
        elif part["type"] == ComponentType.LABEL:
            body += _field(world, part["component"] | {"label": part["label"]}, part, entered)
        else:
            for field in part["components"]:
                body += _field(world, field, {}, entered)
    hint = "fill LABEL: VALUE · submit · dismiss"
    title = Text(safe(modal["title"]), "bold")
    return Panel(Group(*body), title=title, title_align="left", subtitle=hint)


def _field(
    world: World, field: Json, label: Json, entered: Mapping[str, str]
) -> Iterator[RenderableType]:
    name = safe(field.get("label") or "")
    yield Text(f"{name} *" if _is_required(field) else name, "bold")
    if label.get("description"):
        yield Text(safe(label["description"]), "dim")
    if field.get("label") in entered:
        yield Text(f" → {safe(entered[field['label']])}", "green")
    yield from _input(world, field)


def _is_required(field: Json) -> bool:
    kind = field["type"]
    if kind == ComponentType.CHECKBOX:
        return False
    if kind in (ComponentType.TEXT_INPUT, ComponentType.RADIO_GROUP):
        return field.get("required") is not False
    return bool(field.get("min_values", 1))


def _input(world: World, field: Json) -> Iterator[RenderableType]:
    kind = field["type"]
    if kind in SELECTS:
        yield from _select(world, field)
    elif kind == ComponentType.TEXT_INPUT:
        yield Text(f" [{safe(field.get('value') or field.get('placeholder') or '')}]", "cyan")
    elif kind == ComponentType.CHECKBOX:
        yield Text(" [x] yes" if field.get("default") else " [ ] yes", "cyan")
    elif kind == ComponentType.FILE_UPLOAD:
        yield Text(" files can't be given here", "dim")
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


def _row(world: World, row: Json) -> Iterator[RenderableType]:
    yield from draw_components(world, row["components"])


def _button(_world: World, button: Json) -> Iterator[RenderableType]:
    label = safe(button.get("label") or (button.get("emoji") or {}).get("name") or "")
    if button.get("style") == LINK_BUTTON:
        yield Text.assemble((f" [{label}]", "bold"), f" → {safe(button['url'])}")
    else:
        yield Text(f" [{label}]", "dim strike" if button.get("disabled") else "bold cyan")


def _select(world: World, select: Json) -> Iterator[RenderableType]:
    style = "dim strike" if select.get("disabled") else "cyan"
    title = f" ▾ {safe(select.get('placeholder') or '')}"
    if select["type"] in ENTITY_SELECTS:
        chosen = [mention_of(world, value) for value in select.get("default_values") or ()]
        title += f" ({', '.join(chosen) or _OFFERS[select['type']]})"
    most = select.get("max_values") or 1
    yield Text(title + (f" (up to {most})" if most > 1 else ""), style)
    for number, option in enumerate(select.get("options") or [], start=1):
        yield _option(f"   {number}.{' ●' if option.get('default') else ''}", option)


def _section(world: World, section: Json) -> Iterator[RenderableType]:
    yield from draw_components(world, [*section["components"], section["accessory"]])


def _text_display(world: World, display: Json) -> Iterator[RenderableType]:
    yield markdown(world, display["content"])


def _thumbnail(_world: World, thumbnail: Json) -> Iterator[RenderableType]:
    yield _picture(thumbnail)


def _gallery(_world: World, gallery: Json) -> Iterator[RenderableType]:
    yield from map(_picture, gallery["items"])


def _picture(item: Json) -> Text:
    note = "  (spoiler)" if item.get("spoiler") else ""
    described = f"  {safe(item['description'])}" if item.get("description") else ""
    return Text(f"🖼  {safe(item['media']['url'])}{described}{note}", "dim")


def _file(_world: World, file: Json) -> Iterator[RenderableType]:
    if file.get("name"):
        yield Text(f"📎 {safe(file['name'])} ({file['size']:,} bytes)", "dim")


def _separator(_world: World, separator: Json) -> Iterator[RenderableType]:
    yield Rule(style="dim") if separator["divider"] else Text()


def _container(world: World, container: Json) -> Iterator[RenderableType]:
    colour = container.get("accent_color")
    yield Panel(
        Group(*draw_components(world, container["components"])),
        title="spoiler" if container.get("spoiler") else None,
        title_align="left",
        border_style=f"#{_EDGE if colour is None else colour:06x}",
    )


def _unknown(_world: World, component: Json) -> Iterator[RenderableType]:
    yield Text(f" (component of type {component['type']})", "dim")


_DRAWN: dict[int, Callable[[World, Json], Iterator[RenderableType]]] = {
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
