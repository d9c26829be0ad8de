"""The code of the package `bot` as syntax trees, to check what it says to people."""

import ast
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

_CODE: Final = Path(str(files("bot")))


@cache
def trees() -> dict[str, ast.Module]:
    """Return the tree of each module by its path within the package."""
    return {
        str(path.relative_to(_CODE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(_CODE.rglob("*.py"))
    }
