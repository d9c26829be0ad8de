"""A model for tests: words that mean the same are in `small_models.SAME`. It needs only numpy."""

import hashlib
import os
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from small_models import CRASH, DIMENSIONS, SAME

Rows = npt.NDArray[np.float32]


class SmallEmbedder:
    """Adds up a vector for each meaning."""

    def embed(self, texts: Sequence[str], *, is_query: bool) -> Rows:
        """Return a row for each text; queries and papers are the same here."""
        assert isinstance(is_query, bool)
        print("what a library prints is no answer")  # noqa: T201 - see above
        return np.array([self._embed(text) for text in texts], dtype=np.float32)

    def _embed(self, text: str) -> npt.NDArray[np.float64]:
        text.encode()  # as any model needs it
        assert "\0" not in text
        words = re.findall(r"\w+", text.lower())
        if CRASH in words:
            os._exit(3)
        total = sum((_direction(SAME.get(word, word)) for word in words), np.full(DIMENSIONS, 0.2))
        return total / np.linalg.norm(total)


def _direction(word: str) -> npt.NDArray[np.float64]:
    # From its hash, so that no process imports NumPy's generators.
    drawn = hashlib.shake_128(word.encode()).digest(DIMENSIONS)
    return np.frombuffer(drawn, dtype=np.uint8) / 64 - 2
