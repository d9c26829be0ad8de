"""The examples in the docstrings of the sources."""

import doctest
import importlib
import pkgutil

import pytest

import bot.sources

MODULES = [module.name for module in pkgutil.iter_modules(bot.sources.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"bot.sources.{name}")).failed == 0
