"""The examples in docstrings hold."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["bot.publish.archive", "bot.digest.published"])
def test_examples_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
