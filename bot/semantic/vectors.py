"""Vectors as they are stored, and an index that finds the nearest ones.

A stored vector has a byte for each dimension. In memory is only a bit for each, 24 MB for 500,000
papers with 384 dimensions: whether it is above the mean of all. The vectors whose bits differ least
from those of a query are then compared as they are stored.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_WORD: Final = 64
_SMALLEST: Final = 1_024
"""Vectors that there is room for at first."""


def pack(vector: Floats) -> bytes:
    r"""Return a vector as it is stored: the factor of its bytes, and these.

    >>> pack(np.array([0.5, -1.0], dtype=np.float32))[4:]
    b'@\x81'
    """
    largest = float(np.abs(vector).max(initial=0.0)) or 1.0
    factor = np.array([largest / 127], dtype="<f4")
    steps = np.rint(vector / factor).astype(np.int8)
    return bytes(factor.tobytes() + steps.tobytes())


def unpack(packed: Sequence[bytes]) -> Floats:
    """Return stored vectors, of which there is at least one, as rows."""
    rows = np.frombuffer(b"".join(packed), dtype=np.uint8).reshape(len(packed), -1)
    factors = np.ascontiguousarray(rows[:, :4]).view("<f4")
    vectors: Floats = rows[:, 4:].view(np.int8).astype(np.float32) * factors
    return vectors


def normalize(vectors: Floats) -> Floats:
    """Return vectors with the length 1."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: Floats = vectors / np.maximum(lengths, 1e-9)
    return found


class VectorIndex:
    """The vectors of papers, by their bits.

    One thread adds; others may look meanwhile.
    """

    def __init__(self, mean: Floats) -> None:
        """Make an empty index.

        Args:
            mean: Of all vectors. What they have in common says nothing; what is left tells them
                apart much better.
        """
        self.mean = mean
        self.has_mean = bool(mean.any())
        """Whether a mean is subtracted."""
        self._words = -(-len(mean) // _WORD)
        self._ids = np.zeros(_SMALLEST, dtype=np.int64)
        self._bits = np.zeros((self._words, _SMALLEST), dtype=np.uint64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def replace(self, ids: Sequence[int], vectors: Floats) -> None:
        """Add the vectors of papers, each in the place of its earlier one, if there is one."""
        known = self._ids[: self._count]
        positions = np.flatnonzero(np.isin(known, np.array(ids, dtype=np.int64)))
        position_of = dict(zip(known[positions].tolist(), positions.tolist(), strict=True))
        rows = [row for row, each in enumerate(ids) if each in position_of]
        if rows:
            at = [position_of[ids[row]] for row in rows]
            self._bits[:, at] = self._bits_of(vectors[rows] - self.mean).T
        new = {each: row for row, each in enumerate(ids) if each not in position_of}
        if new:
            self.add([*new], vectors[[*new.values()]])

    def add(self, ids: Sequence[int], vectors: Floats) -> None:
        """Add the vectors of papers that have none here."""
        new = np.array(ids, dtype=np.int64)
        end = self._count + len(new)
        if end > len(self._ids):
            self._grow(end)
        self._ids[self._count : end] = new
        self._bits[:, self._count : end] = self._bits_of(vectors - self.mean).T
        self._count = end

    def _grow(self, size: int) -> None:
        capacity = max(len(self._ids) * 5 // 4, size)
        ids = np.zeros(capacity, dtype=np.int64)
        bits = np.zeros((self._words, capacity), dtype=np.uint64)
        ids[: self._count] = self._ids[: self._count]
        bits[:, : self._count] = self._bits[:, : self._count]
        # Whoever looks has taken `_count` first, which fits the smaller arrays and the larger ones.
        self._ids, self._bits = ids, bits

    def _bits_of(self, vectors: Floats) -> npt.NDArray[np.uint64]:
        packed = np.packbits(vectors > 0, axis=-1)
        missing = self._words * _WORD // 8 - packed.shape[-1]
        padded = np.pad(packed, ((0, 0), (0, missing)))
        return np.ascontiguousarray(padded).view(np.uint64)

    def likely(self, vector: Floats, limit: int) -> list[int]:
        """Return the papers whose bits differ least from a vector's, in no order.

        Args:
            vector: As it is stored; the mean is subtracted here.
            limit: The most papers.
        """
        count = self._count
        ids, bits = self._ids[:count], self._bits[:, :count]
        wanted = self._bits_of((vector - self.mean)[np.newaxis])[0]
        differing = np.zeros(count, dtype=np.uint16)
        for index, word in enumerate(wanted):
            differing += np.bitwise_count(bits[index] ^ word)
        if count > limit:
            ids = ids[np.argpartition(differing, limit)[:limit]]
        found: list[int] = ids.tolist()
        return found
