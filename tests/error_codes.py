"""Error codes from the nested errors of an invalid form body."""

from typing import Any

from bot.sandbox.rules.shape import Check, errors_of

Body = dict[str, Any]


def codes(tree: Body, path: str = "") -> dict[str, str]:
    """Return the first error code of each invalid field, by the path of the field."""
    found = {}
    for key, inner in tree.items():
        if key == "_errors":
            found[path] = inner[0]["code"]
        else:
            found |= codes(inner, f"{path}.{key}" if path else key)
    return found


def wrong(check: Check, body: object) -> dict[str, str]:
    """Return the error codes of a body by the path of each invalid field."""
    return codes(errors_of(check, body))
