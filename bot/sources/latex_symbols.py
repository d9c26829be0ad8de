"""Single LaTeX symbols as Unicode: macros without arguments, accents, alphabets, scripts."""

import unicodedata
from functools import cache
from typing import Final

from pylatexenc.latex2text import get_default_latex_context_db

_MORE_SYMBOLS: Final = {
    "ne": "≠", "lt": "<", "gt": ">", "land": "∧", "lor": "∨", "iff": "⇔", "implies": "⇒",
    "checkmark": "✓", "argmax": "argmax", "argmin": "argmin", "softmax": "softmax", "top": "⊤",
    "triangle": "△", "bullet": "•", "prime": "′", "copyright": "©", "LaTeX": "LaTeX",
    "TeX": "TeX", "ast": "*", "lvert": "|", "rvert": "|", "colon": ":", "dotsc": "…",
    "dotsb": "⋯", "textless": "<", "textgreater": ">", "textsuperscript": "", "circledR": "®",
}  # fmt: skip
"""What pylatexenc lacks or gives otherwise."""

LETTERS: Final = frozenset({"o", "O", "l", "L", "ss", "aa", "AA", "ae", "AE", "oe", "OE"})
"""Macros for letters of European languages, which names contain."""

ACCENTS: Final = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
"""Macros that put an accent on the next letter of a text."""

MATH_ACCENTS: Final = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300",
    "underline": "\u0332", "mathring": "\u030a",
}  # fmt: skip

ALPHABETS: Final = {
    "mathcal": "SCRIPT", "mathscr": "SCRIPT", "mathbb": "DOUBLE-STRUCK", "mathfrak": "FRAKTUR",
    "mathds": "DOUBLE-STRUCK", "Bbb": "DOUBLE-STRUCK", "cal": "SCRIPT",
}  # fmt: skip
"""Macros for alphabets of mathematics, with the names that Unicode has for these."""
_OLDER_NAMES: Final = {"FRAKTUR": "BLACK-LETTER"}
"""Names of alphabets in letters that Unicode had before the alphabets, such as ℝ and ℌ."""

_SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤*′†∘ ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ*′†° ",
        strict=True,
    )
)
_SUBSCRIPTS: Final = dict(
    zip(
        "0123456789+-=()aehijklmnoprstuvxβγρφχ ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ ",
        strict=True,
    )
)


@cache
def _macros() -> dict[str, str]:
    """Return the macros of pylatexenc that always stand for the same characters."""
    database = get_default_latex_context_db()
    found: dict[str, str] = {}
    for spec in database.iter_macro_specs():
        text = getattr(spec, "simplify_repl", None)
        if isinstance(text, str) and text and "%" not in text:
            found.setdefault(spec.macroname, text.strip() or " ")
    return found | _MORE_SYMBOLS


def symbol(name: str) -> str | None:
    r"""Return what a macro without arguments stands for; `None` if it is not known.

    >>> symbol("alpha"), symbol("leq"), symbol("nonsense")
    ('α', '≤', None)
    """
    return _macros().get(name)


def add_accent(letter: str, accent: str) -> str | None:
    """Return a letter with a combining accent as one character; `None` if there is none.

    >>> add_accent("o", ACCENTS['"'])
    'ö'
    """
    composed = unicodedata.normalize("NFC", letter + accent)
    return composed if len(composed) == 1 else None


def in_alphabet(name: str, text: str) -> str:
    """Return a text in one of the `ALPHABETS`; what is no letter or digit stays.

    >>> in_alphabet("mathbb", "R"), in_alphabet("mathcal", "O")
    ('ℝ', '𝒪')
    """
    return "".join(_style(letter, ALPHABETS[name]) for letter in text)


def _style(letter: str, alphabet: str) -> str:
    if not letter.isascii() or not letter.isalnum():
        return letter
    name = unicodedata.name(letter).replace("LATIN ", "").replace("LETTER ", "")
    older = _OLDER_NAMES.get(alphabet, alphabet)
    for candidate in (f"{older} {name}", f"MATHEMATICAL {alphabet} {name}"):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return letter


def script(sign: str, text: str) -> str | None:
    """Return a text as superscript (`^`) or subscript (`_`); `None` if Unicode lacks a character.

    >>> script("^", "-3"), script("_", "ij"), script("_", "B")
    ('⁻³', 'ᵢⱼ', None)
    """
    characters = _SUPERSCRIPTS if sign == "^" else _SUBSCRIPTS
    converted = [characters.get(letter) for letter in text]
    return None if None in converted or not text else "".join(filter(None, converted))
