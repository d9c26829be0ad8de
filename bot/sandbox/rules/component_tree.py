"""Rules for all components of a message or modal: paths, unique ids."""

from collections.abc import Iterator

from bot.sandbox.model import Json
from bot.sandbox.rules.shape import Path, Problems


def with_paths(components: list[Json], path: Path) -> Iterator[tuple[Path, Json]]:
    """Yield all components, nested ones too, each with its path in the request's body."""
    for index, component in enumerate(components):
        yield from _with_path(component, (*path, index))


def _with_path(component: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    yield path, component
    yield from with_paths(component.get("components") or [], (*path, "components"))
    for key in ("accessory", "component"):
        if component.get(key):
            yield from _with_path(component[key], (*path, key))


def check_ids(components: list[Json], path: Path, problems: Problems) -> None:
    """Check that no two components have the same `custom_id` or `id`; an `id` of 0 means none.

    The error code of equal `id`s is assumed; Discord documents only that they must be unique.
    """
    custom_ids: set[str] = set()
    ids: set[int] = set()
    for where, component in with_paths(components, path):
        custom_id, number = component.get("custom_id"), int(component.get("id") or 0)
        if custom_id is not None and custom_id in custom_ids:
            message = "Component custom id cannot be duplicated"
            problems.add((*where, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)
        if number and number in ids:
            message = "Component id cannot be duplicated"
            problems.add((*where, "id"), "COMPONENT_ID_DUPLICATED", message)
        if custom_id is not None:
            custom_ids.add(custom_id)
        ids.add(number)
