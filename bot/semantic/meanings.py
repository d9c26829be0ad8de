"""What queries and papers mean, compared with the stored vectors."""

import asyncio
import logging
import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final

import numpy as np

from bot.semantic.process import ModelDiedError, ModelProcess, ModelUnavailableError
from bot.semantic.vectors import Floats, VectorIndex, normalize, unpack
from storage import vectors
from storage.database import Database
from storage.records import Paper

log = logging.getLogger(__name__)

_CHUNK: Final = 2_000
"""Vectors that are read at once."""
_LEAST_TO_QUERY: Final = 0.15
_LEAST_TO_PAPER: Final = 0.25
"""How close a paper must be: texts about something else are at 0 ± 0.06, papers at 0 ± 0.09.

Of real papers, one pair in 130 is as close; 43 % of these share distinctive words, 4 % of others.
"""
_LEAST_OF_BEST: Final = 0.4
"""How close a paper must be, as a share of how close the closest one is."""
_FEW: Final = 50
"""With fewer vectors, their mean isn't known well enough to be subtracted.

Without it, any two papers have a cosine of 0.83 to 0.9. A query still has nearest papers, of which
people read that they don't have its words, but nobody can tell whether two papers are similar.
"""
_REMEMBERED: Final = 500
"""Queries whose meanings are kept, for their further pages."""
_CLOSED: Final = 600.0
"""Seconds for which a model isn't asked that couldn't be loaded."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A meaning, as storage compares it with that of papers: by cosines, the mean subtracted."""

    vector: Floats
    """As the model has it."""
    index: VectorIndex
    model_id: int
    least_cosine: float
    least_without_mean: float
    """Instead of `least_cosine`, if the mean isn't subtracted."""

    def likely(self, limit: int) -> list[int]:
        """Return the papers whose bits differ least, in no order."""
        return self.index.likely(self.vector, limit)

    def closeness(self, stored: Sequence[bytes]) -> list[float]:
        """Return the cosine of each stored vector."""
        papers = normalize(unpack(stored) - self.index.mean)
        found: list[float] = (papers @ normalize(self.vector - self.index.mean)).tolist()
        return found

    def least(self, best: float) -> float:
        """Return how close a paper must be."""
        if not self.index.has_mean:
            return self.least_without_mean
        return max(self.least_cosine, _LEAST_OF_BEST * best)


class VectorMeanings:
    """Finds out what queries and papers mean, with a model in a process of its own."""

    def __init__(self, database: Database, process: ModelProcess, *, seconds: float) -> None:
        """Build it; it knows nothing before `load`.

        Args:
            database: Where the vectors are.
            process: Embeds what people look for.
            seconds: How long to wait for the meaning of something.
        """
        self._seconds = seconds
        self._database = database
        self._process = process
        self._model_id: int | None = None
        self._index: VectorIndex | None = None
        self._loaded = 0
        """Vectors whose mean is that of the index."""
        self._meanwhile: list[tuple[int, bytes]] | None = None
        """Vectors that were stored while others are read; `None` while none are."""
        self._queries: OrderedDict[str, Floats] = OrderedDict()
        self._is_failing = False
        """Whether the failure is in the log."""
        self._closed_until = -math.inf
        """Until when the model isn't asked, by `monotonic`."""

    async def load(self, model_id: int) -> bool:
        """Read the vectors of a model, some at a time; return whether there are any.

        Those that were read before are used meanwhile.

        Raises:
            StorageError: The database can't be read.
        """
        self._meanwhile = []
        try:
            index = await self._read(model_id)
            if index is None and self._meanwhile:
                index = await self._read(model_id)
            if index is not None:
                _replace(index, self._meanwhile)
                self._loaded = len(index)
                self._model_id, self._index = model_id, index
            return index is not None
        finally:
            self._meanwhile = None

    async def _read(self, model_id: int) -> VectorIndex | None:
        """Return an index of all vectors of a model; `None` if there are none."""
        index: VectorIndex | None = None
        below = None
        while rows := await vectors.chunk(self._database, model_id, below=below, limit=_CHUNK):
            if index is None:
                mean = unpack([packed for _, packed in rows]).mean(axis=0)
                index = VectorIndex(mean if len(rows) >= _FEW else np.zeros_like(mean))
            # Thousands of vectors take some milliseconds.
            await asyncio.to_thread(_add, index, rows)
            below = rows[-1][0]
        return index

    def add(self, stored: Sequence[tuple[int, bytes]]) -> bool:
        """Add vectors that were stored; return whether `load` should be called, for their mean."""
        if not stored:
            return False
        if self._meanwhile is not None:
            self._meanwhile += stored
        if self._index is None:
            return True
        _replace(self._index, stored)
        if not self._index.has_mean:
            return len(self._index) >= _FEW
        return self._loaded < _CHUNK and len(self._index) >= 2 * self._loaded

    async def start(self) -> None:
        """Start the process, so that nobody waits for it; a failure is logged."""
        try:
            await self._process.start()
        except ModelUnavailableError as error:
            self._close(error)

    async def of_query(self, text: str) -> _Meaning | None:
        """Return what a query means; `None` if that can't be told at the moment."""
        if not text or self._index is None:
            return None
        vector = self._queries.get(text)
        if vector is None:
            vector = await self._embed(text, is_query=True)
            if vector is None:
                return None
            self._queries[text] = vector
            if len(self._queries) > _REMEMBERED:
                self._queries.popitem(last=False)
        return self._meaning(vector, is_query=True)

    async def of_paper(self, paper: Paper) -> _Meaning | None:
        """Return what a paper means; one without a vector is embedded."""
        if self._index is None or self._model_id is None:
            return None
        packed = await vectors.of_paper(self._database, self._model_id, paper.arxiv_id)
        if packed is not None:
            return self._meaning(unpack([packed])[0], is_query=False)
        vector = await self._embed(vectors.text_of(paper), is_query=False)
        return None if vector is None else self._meaning(vector, is_query=False)

    def _meaning(self, vector: Floats, *, is_query: bool) -> _Meaning | None:
        if self._index is None or self._model_id is None:
            return None
        if vector.shape != self._index.mean.shape or not np.isfinite(vector).all():
            return None
        if is_query:
            return _Meaning(vector, self._index, self._model_id, _LEAST_TO_QUERY, 0.0)
        return _Meaning(vector, self._index, self._model_id, _LEAST_TO_PAPER, math.inf)

    async def _embed(self, text: str, *, is_query: bool) -> Floats | None:
        if monotonic() < self._closed_until:
            return None
        try:
            async with asyncio.timeout(self._seconds):
                (packed,) = await self._process.embed([text], is_query=is_query)
        except ModelUnavailableError as error:
            self._close(error)
            return None
        except (ModelDiedError, TimeoutError) as error:
            self._log(error)
            return None
        self._is_failing = False
        vector: Floats = unpack([packed])[0]
        return vector

    def _close(self, error: ModelUnavailableError) -> None:
        self._closed_until = monotonic() + _CLOSED
        self._log(error)

    def _log(self, error: Exception) -> None:
        if not self._is_failing:
            reason = str(error) or "it takes too long"
            log.warning("searches go without meaning: %s: %s", self._process.model.name, reason)
        self._is_failing = True

    async def close(self) -> None:
        """End the process."""
        await self._process.close()


def _add(index: VectorIndex, stored: Sequence[tuple[int, bytes]]) -> None:
    index.add([each for each, _ in stored], unpack([packed for _, packed in stored]))


def _replace(index: VectorIndex, stored: Sequence[tuple[int, bytes]]) -> None:
    if stored:
        index.replace([each for each, _ in stored], unpack([packed for _, packed in stored]))
