"""Small checks that combine into the shape of a JSON body, with Discord's own complaints."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.sandbox.model import Json
from bot.sandbox.rules.errors import ApiError, Refusal

Path = tuple[str | int, ...]
_LONGEST_HOST = 253
"""Characters of a name in DNS."""
_PORTS = 65_536


class Problems:
    """The errors of a body, by field."""

    def __init__(self) -> None:
        self.tree: Json = {}
        self.count = 0

    def add(self, path: Path, code: str, message: str) -> None:
        """Add an error at a path."""
        self.count += 1
        node = self.tree
        for part in path:
            node = node.setdefault(str(part), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def required(self, path: Path) -> None:
        """Add the error of a missing field."""
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def __bool__(self) -> bool:
        return self.count > 0

    def refuse(self) -> None:
        """Refuse the body if it has errors.

        Raises:
            ApiError: with all errors.
        """
        if self.tree:
            raise ApiError(Refusal.INVALID_FORM_BODY, errors=self.tree)


Check = Callable[[Any, Path, Problems], None]
"""Checks a value, which is not null, at a path, and adds its errors."""


def _length(size: int, least: int, most: int | None, path: Path, problems: Problems) -> None:
    if size == 0 and least:
        problems.required(path)
    elif most is not None and least and not least <= size <= most:
        message = f"Must be between {least} and {most} in length."
        problems.add(path, "BASE_TYPE_BAD_LENGTH", message)
    elif most is not None and size > most:
        problems.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    elif size < least:
        problems.add(path, "BASE_TYPE_MIN_LENGTH", f"Must be {least} or more in length.")


def text(most: int | None = None, *, least: int = 0, pattern: str | None = None) -> Check:
    """A string with a length; blanks at its ends do not count."""
    compiled = re.compile(pattern) if pattern else None

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        if not isinstance(value, str):
            problems.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return
        _length(len(value.strip()), least, most, path, problems)
        if compiled is not None and not compiled.fullmatch(value):
            message = f"String value did not match validation regex: {compiled.pattern}"
            problems.add(path, "STRING_TYPE_REGEX", message)

    return check


def number(least: float | None = None, most: float | None = None, *, whole: bool = True) -> Check:
    """A number, by default an integer; a string with a number is accepted."""
    kind = "int" if whole else "float"

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        try:
            if isinstance(value, bool) or (whole and isinstance(value, float) and value % 1):
                raise ValueError  # noqa: TRY301  the same complaint as for words
            found = int(value) if whole else float(value)
        except (TypeError, ValueError):
            problems.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not {kind}.')
            return
        if least is not None and found < least:
            message = f"{kind} value should be greater than or equal to {least}."
            problems.add(path, "NUMBER_TYPE_MIN", message)
        if most is not None and found > most:
            message = f"{kind} value should be less than or equal to {most}."
            problems.add(path, "NUMBER_TYPE_MAX", message)

    return check


def boolean(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
    """True or false."""
    if not isinstance(value, bool):
        problems.add(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


def snowflake(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
    """An id, as a string or a number."""
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if not whole and not (isinstance(value, str) and re.fullmatch(r"\d{1,20}", value)):
        problems.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


def one_of(*choices: str | float) -> Check:
    """One of some values."""

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        if isinstance(value, bool) or value not in choices:
            listed = ", ".join(map(repr, choices))
            problems.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")

    return check


def moment(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
    """A timestamp in ISO 8601."""
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        message = f"Could not parse {value}. Should be ISO8601."
        problems.add(path, "DATE_TIME_TYPE_PARSE", message)


def url(most: int = 2048, *, schemes: tuple[str, ...] = ("http", "https")) -> Check:
    """A URL with one of some schemes; http and https need a valid host name."""
    listed = ", ".join(map(repr, schemes))

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        if not isinstance(value, str):
            problems.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return
        _length(len(value), 0, most, path, problems)
        scheme, colon, rest = value.partition(":")
        is_known = scheme.lower() in schemes
        if colon and not is_known and (scheme.isalpha() or _is_address("", rest)):
            message = f'Scheme "{scheme}" is not supported. Scheme must be one of ({listed}).'
            problems.add(path, "URL_TYPE_INVALID_SCHEME", message)
        elif not is_known or not _is_address(scheme.lower(), rest):
            problems.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")

    return check


# What RFC 3986 and 3987 allow. Discord's complaints are those of the library schematics, so its
# pattern is followed: https://github.com/schematics/schematics/blob/master/schematics/types/net.py
_UCS = r"\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
_PCHAR = rf"\w\-.~!$&'()*+,;=%:@{_UCS}"
_HOST_AND_PORT = re.compile(
    rf"//(?:[{_PCHAR}]*@)?(?:\[(?P<ipv6>[0-9a-fA-F:.]+)\]|(?P<name>[a-zA-Z0-9.\-{_UCS}]+))"
    rf"(?::(?P<port>[0-9]{{2,5}}))?"
    rf"(?:/[{_PCHAR}/]*)?(?:\?[{_PCHAR}/?\[\]]*)?(?:#[{_PCHAR}/?]*)?"
)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.IGNORECASE)
_TOP_LEVEL = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]{2,}", re.IGNORECASE)


def _is_address(scheme: str, rest: str) -> bool:
    """Return whether a URL is well formed behind its scheme and colon."""
    if scheme not in {"http", "https"}:
        return re.fullmatch(r"//[^\s/][^\s]*", rest) is not None
    found = _HOST_AND_PORT.fullmatch(rest)
    if found is None or not rest.isprintable() or not 0 < int(found["port"] or 80) < _PORTS:
        return False
    try:
        if found["ipv6"]:
            return bool(ipaddress.IPv6Address(found["ipv6"]))
        if re.fullmatch(r"[0-9.]+", found["name"]):
            return bool(ipaddress.IPv4Address(found["name"]))
    except ValueError:
        return False
    return _is_domain(found["name"].removesuffix("."))


def _is_domain(name: str) -> bool:
    # The codec takes long for long names.
    if len(name) > _LONGEST_HOST:
        return False
    try:
        name = name.encode("ascii" if name.isascii() else "idna").decode("ascii")
    except UnicodeError:
        return False
    labels = name.split(".")
    is_resolvable = len(labels) > 1 and _TOP_LEVEL.fullmatch(labels[-1]) is not None
    return is_resolvable and len(name) <= _LONGEST_HOST and all(map(_LABEL.fullmatch, labels))


def list_of(item: Check, most: int | None = None, *, least: int = 0) -> Check:
    """A list with a length, without null."""

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        if not isinstance(value, list):
            message = "Only iterables may be used in a ListType"
            problems.add(path, "LIST_TYPE_CONVERT", message)
            return
        _length(len(value), least, most, path, problems)
        for index, entry in enumerate(value):
            if entry is None:
                message = "List item values are required"
                problems.add((*path, index), "LIST_ITEM_VALUE_REQUIRED", message)
            else:
                item(entry, (*path, index), problems)

    return check


def mapping_of(check_value: Check, keys: frozenset[str]) -> Check:
    """An object with certain keys, whose values all pass one check."""

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        if not _is_object(value, path, problems):
            return
        for key, entry in value.items():
            if key not in keys:
                message = f"Value must be one of {sorted(keys)}."
                problems.add((*path, key), "ENUM_TYPE_COERCE", message)
            else:
                check_value(entry, (*path, key), problems)

    return check


def json_object(
    fields: Mapping[str, Check],
    *,
    required: tuple[str, ...] = (),
    also: Check | None = None,
) -> Check:
    """An object. Unknown fields are ignored, as Discord does; null means absent.

    Args:
        fields: what each holds.
        required: those that must be there.
        also: looks at the whole where its parts are in order.
    """

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        if not _is_object(value, path, problems):
            return
        before = problems.count
        for name in required:
            if value.get(name) is None:
                problems.required((*path, name))
        for name, entry in value.items():
            if entry is not None and name in fields:
                fields[name](entry, (*path, name), problems)
        if also is not None and problems.count == before:
            also(value, path, problems)

    return check


def _is_object(value: object, path: Path, problems: Problems) -> bool:
    if isinstance(value, dict):
        return True
    message = "Only dictionaries may be used in a ModelType"
    problems.add(path, "MODEL_TYPE_CONVERT", message)
    return False


def union(by_type: Mapping[int, Check]) -> Check:
    """An object that is checked by its `type`."""
    listed = ", ".join(map(str, by_type))

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        if not _is_object(value, path, problems):
            return
        kind = value.get("type")
        found = by_type.get(kind) if isinstance(kind, int) else None
        if kind is None:
            problems.required((*path, "type"))
        elif found is None:
            message = f'Value of field "type" must be one of ({listed}).'
            problems.add((*path, "type"), "UNION_TYPE_CHOICES", message)
        else:
            found(value, path, problems)

    return check


def errors_of(check: Check, body: object) -> Json:
    """Return the errors of a body, as Discord nests them; empty if there are none."""
    problems = Problems()
    check(body, (), problems)
    return problems.tree
