"""The code of the package `bot` as nodes of syntax trees, to check what it says to people."""

import ast
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

_CODE: Final = Path(str(files("bot")))


@cache
def nodes() -> dict[str, tuple[ast.AST, ...]]:
    """Return all nodes of each module by its path within the package."""
    return {
        str(path.relative_to(_CODE)): tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        for path in sorted(_CODE.rglob("*.py"))
    }
