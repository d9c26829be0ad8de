"""Strict parsing of JSON: no infinite numbers, no nesting beyond Python's recursion limit."""

import json
import math


def loads(text: str | bytes) -> object:
    """Return the value of a JSON text.

    Raises:
        ValueError: It is none, has a number that no float holds (`1e999`, `NaN`), or is nested too
            deeply.
    """
    try:
        return json.loads(text, parse_float=_finite, parse_constant=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no number")
    return number
