"""Vectors as they are stored, and the index that finds the nearest ones."""

import pytest

np = pytest.importorskip("numpy", reason="numpy isn't installed: install the extra “semantic”")

from bot.semantic.vectors import Floats, VectorIndex, normalize, pack, unpack  # noqa: E402 - needs numpy

DIMENSIONS = 100


def made(count: int, seed: int = 0) -> Floats:
    """Return vectors as models make them: with a lot in common."""
    chance = np.random.default_rng(seed)
    vectors = chance.normal(size=(count, DIMENSIONS)) + 3
    return normalize(vectors.astype(np.float32))


def test_a_stored_vector_takes_a_byte_for_each_dimension_and_is_nearly_the_same() -> None:
    vectors = made(50)
    packed = [pack(vector) for vector in vectors]
    assert {len(each) for each in packed} == {DIMENSIONS + 4}
    same = (normalize(unpack(packed)) * vectors).sum(axis=1)
    assert same.min() > 0.9999
    assert (unpack([pack(np.zeros(3, dtype=np.float32))]) == 0).all()


def test_the_nearest_vectors_are_likely() -> None:
    vectors = made(3_000)
    mean = vectors.mean(axis=0)
    index = VectorIndex(mean)
    for start in range(0, 3_000, 500):
        index.add(range(start, start + 500), vectors[start : start + 500])
    centred = normalize(vectors - mean)
    found = 0
    for place in range(0, 3_000, 100):
        nearest = np.argsort(-(centred @ centred[place]))[:10].tolist()
        likely = index.likely(vectors[place], 600)
        assert len(likely) == 600
        found += len(set(nearest).intersection(likely))
    assert found / 300 > 0.85


def test_a_vector_that_is_added_again_replaces_the_earlier_one() -> None:
    one, other, far = made(3)
    index = VectorIndex(np.zeros(DIMENSIONS, dtype=np.float32) + 0.09)
    index.add([1, 2], np.array([one, far]))
    index.replace([1, 3], np.array([other, one]))
    assert index.likely(other, 1) == [1]
    assert sorted(index.likely(one, 9)) == [1, 2, 3]
    # The earlier ones are not among the likely ones in the place of others.
    for _ in range(5):
        index.replace([2, 4, 4], np.array([one, far, one]))
    assert len(index) == 4
    assert sorted(index.likely(one, 3)) == [2, 3, 4]
    assert sorted(index.likely(far, 4)) == [1, 2, 3, 4]


def test_an_empty_index_has_nothing_likely() -> None:
    assert VectorIndex(np.zeros(DIMENSIONS, dtype=np.float32)).likely(made(1)[0], 5) == []
