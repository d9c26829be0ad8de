"""Ids of what a task works on, added to every line that it logs meanwhile, in any module."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from types import MappingProxyType
from typing import Final

_NONE: Final[Mapping[str, int | str]] = MappingProxyType({})
_IDS: ContextVar[Mapping[str, int | str]] = ContextVar("log_ids", default=_NONE)


def log_ids() -> Mapping[str, int | str]:
    """Return the ids of what the running task works on, by name."""
    return _IDS.get()


@contextmanager
def with_log_ids(**ids: int | str | None) -> Iterator[None]:
    """Add ids to every line logged inside the context, in place of earlier ones, without `None`."""
    token = _IDS.set({name: value for name, value in ids.items() if value is not None})
    try:
        yield
    finally:
        _IDS.reset(token)


def without_ids() -> Context:
    """Return the current context without ids, for a task that works on something else."""
    context = copy_context()
    context.run(_IDS.set, _NONE)
    return context
