r"""Simple LaTeX in titles and abstracts becomes Unicode; all other text stays as it is.

Only what can hardly be anything else is taken for LaTeX: formulas between signs, known macros,
accents. So prices ($5), paths (C:\temp), names with underscores and 100% survive. pylatexenc knows
what single macros mean; its parser is not used, since it takes a whole text for LaTeX (`%` begins a
comment), and time that grows with the square of hostile texts.
"""

import re
from collections.abc import Callable
from typing import Final

from bot.sources.latex_math import NotSimpleError, formula
from bot.sources.latex_symbols import ACCENTS, LETTERS, add_accent, script, symbol

_MAX_DEPTH: Final = 5
"""Macros with text in each other."""
_LONGEST_FORMULA: Final = 1_000
_LONGEST_SCRIPT: Final = 20
_LONGEST_QUOTE: Final = 500
_LONGEST_ACCENT: Final = 20

_SIGN = re.compile(r"[$\\{^_`~:-]")
"""The first character of each token: much quicker to search for than the tokens."""
_TOKEN = re.compile(
    r"""
    (?P<path>(?<=[A-Za-z])(?<![^\W_][A-Za-z]):\\\S*)
    | (?P<dollars>\$\$?)
    | \\(?P<bracket>[(\[])
    | \\(?P<name>[A-Za-z]+)
    | \\(?P<sign>[^A-Za-z\s])
    | (?P<brace>\{)
    | (?P<script>(?<=[^\W_]|\))[\^_](?=\{))
    | (?P<quote>``(?!`))
    | (?P<dashes>(?<!-)-{2,3}(?!-))
    | (?P<tie>~)
    """,
    re.VERBOSE,
)
_DOLLARS = re.compile(rf"(?=\S)([^$]{{1,{_LONGEST_FORMULA}}})(?<=\S)\$(?P<digit>(?=[0-9]))?")
_MATH_SIGN = re.compile(r"[\\^_={}<>+*/|()\[\]-]")
_MONEY = re.compile(r"[0-9]+\w*\W+\w|.*(?<!\\)\b[A-Za-z]{4,}", re.DOTALL)
_ACCENT = re.compile(r"\s*(?:\{\s*(?P<group>\\?[A-Za-z])\s*\}|(?P<bare>\\?[A-Za-z]))")
_QUOTE_END = re.compile(rf"(?:[^`']|'(?!')){{1,{_LONGEST_QUOTE}}}''")
_FONT = re.compile(r"\\(?:bf|it|em|tt|sc|rm|sl|sf|bfseries|itshape|upshape)(?![A-Za-z])\s*")
_ACCENT_IN_GROUP = re.compile(
    r"""\\(?:["'`^~=.]|(?:[cvuHkrdboOlL]|ss|aa|AA|ae|AE|oe|OE)(?![A-Za-z]))"""
)
_NUMBER_END = re.compile(r"[0-9]\w*$")
_SPACED_ACCENT = re.compile(r"\\([cvuHkrdb])\s+(\\?[A-Za-z])")

_TEXT_MACROS: Final = frozenset(
    {"textbf", "textit", "texttt", "textsc", "textsf", "textrm", "textsl", "textup", "textmd"}
    | {"textnormal", "text", "emph", "mbox", "underline", "uline"}
)
_ESCAPED: Final = frozenset("%&#$_{}")
_SPACES: Final = frozenset(",;")
_CAN_END: Final = ".,;:)]}'”\""
_CAN_BEGIN: Final = "(\\$[“\"'"


def to_unicode(text: str) -> str:
    r"""Return a text with its simple LaTeX as Unicode, in time proportional to its length.

    >>> to_unicode(r"$\alpha$-divergence of {\"o}, \textbf{at most} 10^{-3}")
    'α-divergence of ö, at most 10⁻³'
    >>> to_unicode("costs $5 and 100% of a_b & #1")
    'costs $5 and 100% of a_b & #1'
    """
    return _Text(text, 0).converted() if _next_token(text, 0) is not None else text


def _next_token(text: str, position: int) -> re.Match[str] | None:
    for sign in _SIGN.finditer(text, position):
        token = _TOKEN.match(text, sign.start())
        # The letter of a path at the beginning belongs to the token before it.
        if token and not (token["path"] and token.start() == position):
            return token
    return None


class _Text:
    """Converts one text, from its first character to its last."""

    def __init__(self, text: str, depth: int) -> None:
        self._text = text
        self._depth = depth
        self._closing = _closing_braces(text)
        self._quote_ends: set[int] = set()

    def converted(self) -> str:
        parts = []
        position = 0
        while token := _next_token(self._text, position):
            parts.append(self._plain(position, token.start()))
            converted, position = self._convert(token)
            parts.append(converted)
        parts.append(self._plain(position, len(self._text)))
        return "".join(parts)

    def _plain(self, start: int, end: int) -> str:
        """Return text without a token; the ends of quotations are known from their beginnings."""
        plain = self._text[start:end]
        if not self._quote_ends or "''" not in plain:
            return plain
        return re.sub(
            "''", lambda match: "”" if start + match.start() in self._quote_ends else "''", plain
        )

    def _convert(self, token: re.Match[str]) -> tuple[str, int]:
        """Return what a token becomes, and where the text goes on after it."""
        converters: dict[str, Callable[[re.Match[str]], tuple[str, int] | None]] = {
            "dollars": self._formula,
            "bracket": self._formula,
            "name": self._macro,
            "sign": self._sign,
            "brace": self._group,
            "script": self._script,
            "quote": self._quote,
            "dashes": self._dashes,
            "tie": self._tie,
        }
        convert = converters.get(token.lastgroup or "")
        return (convert and convert(token)) or (token[0], token.end())

    def _formula(self, token: re.Match[str]) -> tuple[str, int] | None:
        start = token.end()
        if token["dollars"]:
            found = _DOLLARS.match(self._text, start)
            if found is None:
                return None
            content, end = found[1], found.end()
            if len(token["dollars"]) > 1:
                if not self._text.startswith("$", end):
                    return None
                end += 1
            if _is_money(content, is_before_digit=found["digit"] is not None):
                return None
        else:
            close = "\\)" if token["bracket"] == "(" else "\\]"
            stop = self._text.find(close, start, start + _LONGEST_FORMULA)
            if stop < 0:
                return None
            content, end = self._text[start:stop], stop + len(close)
        try:
            return formula(content), end
        except NotSimpleError:
            return self._text[token.start() : end], end

    def _argument(self, position: int) -> slice | None:
        """Return where the text in the braces at a position is.

        Not the text: copies of deeply nested groups would take quadratic time.
        """
        close = self._closing.get(position)
        return None if close is None else slice(position + 1, close)

    def _inner(self, span: slice) -> str:
        text = self._text[span]
        return text if self._depth == _MAX_DEPTH else _Text(text, self._depth + 1).converted()

    def _macro(self, token: re.Match[str]) -> tuple[str, int] | None:
        name = token["name"]
        argument = self._argument(token.end())
        if argument is None:
            return self._symbol(name, token.end())
        after = argument.stop + 1
        converted: tuple[str, int] | None = None
        if name in _TEXT_MACROS:
            converted = self._inner(argument), after
        elif name == "url":
            converted = self._text[argument], after
        elif name == "href" and (label := self._argument(after)):
            converted = f"{self._inner(label)} ({self._text[argument]})", label.stop + 1
        elif name in ACCENTS:
            converted = self._accent(name, token.end())
        elif argument.start == argument.stop:
            converted = self._symbol(name, after)
        return converted

    def _symbol(self, name: str, end: int) -> tuple[str, int] | None:
        known = symbol(name)
        if known is None:
            return None
        if name in LETTERS:
            return known, end + self._text.startswith(" ", end)
        # Other single letters are more often those of regular expressions.
        return (known, end) if len(name) > 1 else None

    def _sign(self, token: re.Match[str]) -> tuple[str, int] | None:
        sign, end = token["sign"], token.end()
        if sign in _ESCAPED:
            return sign, end
        if sign in _SPACES:
            return " ", end
        return self._accent(sign, end) if sign in ACCENTS else None

    def _accent(self, name: str, end: int) -> tuple[str, int] | None:
        found = _ACCENT.match(self._text, end)
        if found is None or (found["bare"] and self._is_apostrophe(name, found)):
            return None
        letter = (found["group"] or found["bare"]).removeprefix("\\")
        if "\\" in found[0] and letter not in ("i", "j"):
            return None
        composed = add_accent(letter, ACCENTS[name])
        return (composed, found.end()) if composed else None

    def _is_apostrophe(self, name: str, found: re.Match[str]) -> bool:
        r"""Whether it is the end of a word in an escaped string: `it\'s`, `C:\.ssh`."""
        after = self._text[found.end() : found.end() + 1]
        return name == "." or (name == "'" and found[0] in "st" and not after.isalpha())

    def _group(self, token: re.Match[str]) -> tuple[str, int] | None:
        r"""Convert a group that changes the font or is there for an accent: `{\bf x}`, `{\"o}`."""
        argument = self._argument(token.start())
        if argument is None:
            return None
        after = argument.stop + 1
        if font := _FONT.match(self._text, argument.start, argument.stop):
            return self._inner(slice(font.end(), argument.stop)), after
        if argument.stop - argument.start > _LONGEST_ACCENT:
            return None
        content = self._text[argument]
        if not _ACCENT_IN_GROUP.match(content):
            return None
        braced = _SPACED_ACCENT.sub(r"\\\1{\2}", content)
        converted = to_unicode(braced)
        return None if "\\" in converted else (converted, after)

    def _script(self, token: re.Match[str]) -> tuple[str, int] | None:
        argument = self._argument(token.end())
        if argument is None or argument.stop - argument.start > _LONGEST_SCRIPT:
            return None
        try:
            converted = script(token[0], formula(self._text[argument]))
        except NotSimpleError:
            return None
        return (converted, argument.stop + 1) if converted else None

    def _quote(self, token: re.Match[str]) -> tuple[str, int] | None:
        end = token.end()
        found = _QUOTE_END.match(self._text, end)
        if found is None:
            return None
        self._quote_ends.add(found.end() - 2)
        return "“", end

    def _neighbours(self, token: re.Match[str]) -> tuple[str, str]:
        start, end = token.span()
        return self._text[max(0, start - 1) : start], self._text[end : end + 1]

    def _dashes(self, token: re.Match[str]) -> tuple[str, int] | None:
        before, after = self._neighbours(token)
        is_joined = _ends_word(before) and _begins_word(after)
        is_apart = before.isspace() and after.isspace()  # Unlike `--option`.
        if not (is_joined or is_apart):
            return None
        return "–" if token[0] == "--" else "—", token.end()

    def _tie(self, token: re.Match[str]) -> tuple[str, int] | None:
        before, after = self._neighbours(token)
        # 7B~14B and 월~금 are ranges, as Koreans write them.
        start = token.start()
        has_number = _NUMBER_END.search(self._text, max(0, start - 8), start) is not None
        is_range = (has_number and after.isdecimal()) or not (before + after).isascii()
        is_tie = _ends_word(before) and _begins_word(after) and not is_range
        return (" ", token.end()) if is_tie else None


def _is_money(content: str, *, is_before_digit: bool) -> bool:
    """Whether two dollar signs, and not a formula, are around a text: "$5 per user or US$6"."""
    if is_before_digit and not content.startswith("\\"):
        return True
    return not _MATH_SIGN.search(content) and _MONEY.match(content) is not None


def _ends_word(character: str) -> bool:
    return character.isalnum() or (character != "" and character in _CAN_END + "$")


def _begins_word(character: str) -> bool:
    return character.isalnum() or (character != "" and character in _CAN_BEGIN)


def _closing_braces(text: str) -> dict[int, int]:
    """Return the position of the closing brace by that of the opening one, where both exist."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for found in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            closing[opened.pop()] = found.start()
    return closing
