"""Simple LaTeX formulas as Unicode."""

import re
from typing import Final

from bot.sources.latex_symbols import (
    ACCENTS,
    ALPHABETS,
    MATH_ACCENTS,
    add_accent,
    in_alphabet,
    script,
    symbol,
)

_MAX_DEPTH: Final = 12
"""Groups inside of each other."""
_TOKEN = re.compile(r"\\(?P<name>[A-Za-z]+)|\\(?P<sign>.)|(?P<space>\s+)|(?P<char>.)", re.DOTALL)

_KEEP_ARGUMENT: Final = frozenset(
    {"text", "mathrm", "mathbf", "mathsf", "mathtt", "mathit", "mathnormal", "operatorname"}
    | {"textbf", "textit", "textrm", "textsf", "texttt", "textsc", "emph", "mbox", "hbox"}
    | {"boldsymbol", "bm", "pmb", "ensuremath", "mathop", "mathbin", "mathrel", "boxed"}
)
_WITH_ARGUMENT: Final = _KEEP_ARGUMENT | MATH_ACCENTS.keys() | ALPHABETS.keys() | {"sqrt"}
_NOTHING: Final = frozenset(
    {"left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "limits"}
    | {"displaystyle", "textstyle", "scriptstyle", "nolimits", "middle", "rm", "bf", "it"}
)
_SIGNS: Final = {
    ",": " ", ";": " ", ":": " ", " ": " ", "!": "", "|": "‖", "/": "", "-": "",
    "%": "%", "&": "&", "#": "#", "$": "$", "_": "_", "{": "{", "}": "}",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+|.")


class NotSimpleError(ValueError):
    """A formula has something that is left as it is."""


def formula(text: str) -> str:
    r"""Return a formula, without the signs around it, as Unicode.

    >>> formula(r"\mathcal{O}(n^2)"), formula(r"x_1 \leq 10^{-3}")
    ('𝒪(n²)', 'x₁ ≤ 10⁻³')

    Raises:
        NotSimpleError: It has an unknown macro, is not balanced, or too deep.
    """
    reader = _Reader(text)
    converted = reader.read_sequence(0)
    if not reader.is_at_end:
        raise NotSimpleError
    return " ".join(converted.split())


class _Reader:
    """Reads the tokens of a formula one by one."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_TOKEN.finditer(text))
        self._position = 0

    @property
    def is_at_end(self) -> bool:
        return self._position == len(self._tokens)

    def read_sequence(self, depth: int) -> str:
        """Return everything up to the end, or to a closing brace, which stays."""
        if depth > _MAX_DEPTH:
            raise NotSimpleError
        parts: list[str] = []
        while not self.is_at_end and self._tokens[self._position]["char"] != "}":
            token = self._next()
            char = token["char"]
            if char in ("^", "_"):
                parts.append(_attach(char, self._argument(depth)))
            elif token["name"] and parts and _is_function(token["name"]):
                parts.append(_apart(parts[-1], self._item(token, depth)))
            else:
                parts.append(self._item(token, depth))
        return "".join(parts)

    def _next(self) -> re.Match[str]:
        token = self._tokens[self._position]
        self._position += 1
        return token

    def _argument(self, depth: int) -> str:
        """Return the next group or symbol."""
        while not self.is_at_end:
            token = self._next()
            if token["char"] == "}":
                break
            if not token["space"]:
                return self._item(token, depth)
        raise NotSimpleError

    def _item(self, token: re.Match[str], depth: int) -> str:
        if token["name"]:
            return self._macro(token["name"], depth)
        if token["sign"]:
            return self._sign(token["sign"], depth)
        if token["space"]:
            return " "
        if token["char"] == "{":
            content = self.read_sequence(depth + 1)
            if self.is_at_end:
                raise NotSimpleError
            self._next()
            return content
        return " " if token["char"] == "~" else token["char"]

    def _sign(self, sign: str, depth: int) -> str:
        if sign in _SIGNS:
            return _SIGNS[sign]
        if sign in ACCENTS:
            return _with_accent(self._argument(depth + 1), ACCENTS[sign])
        raise NotSimpleError

    def _macro(self, name: str, depth: int) -> str:
        # Each argument is one level deeper, braces or not: `\bm\bm\bm…` is deep, too.
        if depth > _MAX_DEPTH:
            raise NotSimpleError
        if name in _NOTHING:
            return ""
        if name in ("frac", "tfrac", "dfrac"):
            upper, lower = self._argument(depth + 1), self._argument(depth + 1)
            return f"{_group(upper)}/{_group(lower)}"
        if name in _WITH_ARGUMENT:
            return _apply_macro(name, self._argument(depth + 1))
        known = symbol(name)
        if known is None:
            raise NotSimpleError
        return known


def _apply_macro(name: str, argument: str) -> str:
    """Return what a macro makes of its argument."""
    if name in MATH_ACCENTS:
        return _with_accent(argument, MATH_ACCENTS[name])
    if name in ALPHABETS:
        return in_alphabet(name, argument)
    return f"√{_group(argument)}" if name == "sqrt" else argument


def _is_function(name: str) -> bool:
    """Whether a macro stands for a word, such as log, that needs a space before it."""
    return name == "operatorname" or len(symbol(name) or "") > 1


def _apart(before: str, word: str) -> str:
    return f" {word}" if before[-1:].isalnum() else word


def _with_accent(text: str, accent: str) -> str:
    if len(text) != 1:
        raise NotSimpleError
    return add_accent(text, accent) or text + accent


def _attach(sign: str, text: str) -> str:
    """Return a superscript or subscript, in braces if Unicode lacks it and it is not one word."""
    text = text.strip()
    if not text:
        return ""
    return script(sign, text) or sign + (text if _WORD.fullmatch(text) else f"{{{text}}}")


def _group(text: str) -> str:
    """Return a numerator, a denominator or a radicand, in parentheses unless it is one word."""
    text = text.strip()
    return text if _WORD.fullmatch(text) else f"({text})"
