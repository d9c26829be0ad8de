r"""Texts as LaTeX source for BibTeX. Pure.

BibTeX counts braces even behind a backslash, and changes the case of titles outside of braces. So
a brace of the text becomes a command, and what must keep its capitals stands in braces.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_SPECIAL: Final = {
    **{character: f"\\{character}" for character in "&%$#_"},
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
    # Two are a quotation mark, and in Discord three of them end a code block.
    "`": r"{\textasciigrave}",
    "ß": r"{\ss}",
    "æ": r"{\ae}",
    "Æ": r"{\AE}",
    "œ": r"{\oe}",
    "Œ": r"{\OE}",
    "ø": r"{\o}",
    "Ø": r"{\O}",
    "ł": r"{\l}",
    "Ł": r"{\L}",
    "ı": r"{\i}",
    "–": "--",
    "—": "---",
}
_ACCENTS: Final = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0327": "c",
    "\u0328": "k",
}
_GREEK: Final = {
    character: f"\\{unicodedata.name(character).split()[-1].lower()}"
    for character in "αβγδζηθικμνξπρστυφχψω"
} | {
    character: f"\\{unicodedata.name(character).split()[-1].capitalize()}"
    for character in "ΓΔΘΞΠΣΦΨΩ"
}
_MATH: Final = {
    **_GREEK,
    "ε": r"\varepsilon",
    "λ": r"\lambda",
    "Λ": r"\Lambda",
    "ℓ": r"\ell",
    "∞": r"\infty",
    "×": r"\times",
    "·": r"\cdot",
    "±": r"\pm",
    "−": "-",
    "≤": r"\leq",
    "≥": r"\geq",
    "≠": r"\neq",
    "≈": r"\approx",
    "∼": r"\sim",
    "∈": r"\in",
    "∇": r"\nabla",
    "∂": r"\partial",
    "√": r"\surd",
    "→": r"\rightarrow",
    "←": r"\leftarrow",
    "↔": r"\leftrightarrow",
    **{character: f"^{{{digit}}}" for digit, character in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{character: f"_{{{digit}}}" for digit, character in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    "ⁿ": "^{n}",
    "⁺": "^{+}",
    "⁻": "^{-}",
}
_FORMULA: Final = re.compile(r"(?<!\\)\$(?=\S)((?:[^$\\]|\\.)+?)(?<=\S)\$(?!\d)")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+|.)")
_COMMANDS: Final = frozenset(command[1:] for command in _MATH.values() if command[0] == "\\") | {
    " ",
    *re.findall(
        r"\S+",
        """
        alpha epsilon phi varphi vartheta to mapsto ll gg equiv propto subset cup cap circ ast star
        dagger prime cdots ldots dots sum prod int log ln exp min max arg sup inf frac sqrt hat bar
        tilde vec dot overline underline left right mid langle rangle mathcal mathbb mathrm mathbf
        mathit mathsf mathtt boldsymbol operatorname text textbf textit textrm texttt textsc rm bf
        it cal quad forall exists perp oplus otimes odot Rightarrow Leftarrow Leftrightarrow
        , ; ! :
        """,
    ),
}
"""Commands that a formula may have: others could read files where the source is typeset."""
_WORD: Final = re.compile(r"[^\W_]+")
_SENTENCE_ENDS: Final = ":?!.–—"
_LONG_WORD: Final = 4


def encode(text: str) -> str:
    r"""Return a text as LaTeX source that prints it.

    >>> print(encode("50% of Müller & Co_"))
    50\% of M{\"u}ller \& Co\_
    """
    return "".join(map(_encode_character, text))


def _encode_character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isascii():
        return character
    if character in _MATH:
        return f"{{${_MATH[character]}$}}"
    base, *marks = list(unicodedata.normalize("NFD", character))
    if not marks or not (base.isascii() and base.isalpha()) or not set(marks) <= _ACCENTS.keys():
        return character
    letter = f"\\{base}" if base in "ij" and marks[0] not in "\u0323\u0327\u0328" else base
    for mark in marks:
        accent = _ACCENTS[mark]
        is_bare = len(letter) == 1 and not accent.isalpha()
        letter = f"\\{accent}{letter}" if is_bare else f"\\{accent}{{{letter}}}"
    return f"{{{letter}}}"


def encode_title(title: str) -> str:
    r"""Return a title as LaTeX source that prints it, and keeps its formulas and capitals.

    >>> print(encode_title("MLGym: A Benchmark of $O(n)$ for R&D"))
    {MLGym}: A Benchmark of {$O(n)$} for {R}\&{D}
    """
    keeps_names = _is_in_sentence_case(title)
    return "".join(_parts(title, keeps_names=keeps_names))


def _parts(title: str, *, keeps_names: bool) -> Iterator[str]:
    end = 0
    for match in _FORMULA.finditer(title):
        if not _is_harmless(match[1]):
            continue
        yield from _words(title, end, match.start(), keeps_names=keeps_names)
        yield f"{{${_formula(match[1])}$}}"
        end = match.end()
    yield from _words(title, end, len(title), keeps_names=keeps_names)


def _words(title: str, begin: int, end: int, *, keeps_names: bool) -> Iterator[str]:
    """Yield the words of a part of a title, and what stands between them."""
    at = begin
    for match in _WORD.finditer(title, begin, end):
        yield encode(title[at : match.start()])
        word = match[0]
        needs_braces = _has_inner_capital(word) or (
            keeps_names and word[0].isupper() and not _begins_sentence(title, match.start())
        )
        yield f"{{{encode(word)}}}" if needs_braces else encode(word)
        at = match.end()
    yield encode(title[at:end])


def _has_inner_capital(word: str) -> bool:
    if len(word) == 1:
        return word.isupper() and word != "A"
    is_code = any(map(str.isdigit, word)) and any(map(str.isupper, word))
    return is_code or any(map(str.isupper, word[1:]))


def _is_in_sentence_case(title: str) -> bool:
    """Return whether most long words of a title are in lower case, so that others are names."""
    words = [
        match[0]
        for match in _WORD.finditer(title)
        if len(match[0]) >= _LONG_WORD
        and not _has_inner_capital(match[0])
        and not _begins_sentence(title, match.start())
    ]
    capitalized = sum(word[0].isupper() for word in words)
    return capitalized * 2 < len(words)


def _begins_sentence(title: str, at: int) -> bool:
    before = title[:at].rstrip("\"'“‘([ ")
    return not before or before[-1] in _SENTENCE_ENDS


def _is_harmless(formula: str) -> bool:
    """Return whether a formula in a title is safe to copy into BibTeX without escaping."""
    depth = 0
    for character in formula:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    commands = {match[1] for match in _COMMAND.finditer(formula)}
    return depth == 0 and commands <= _COMMANDS and not re.search(r"[%#&~`]|\^\^", formula)


def _formula(source: str) -> str:
    """Return a formula with the letters of Unicode as commands."""
    return "".join(f"{_MATH[each]} " if each in _MATH else each for each in source)
