"""The tokens of texts and of words in queries. Pure.

An English word is a token, and a hyphen is as good as a space: `self-attention` is two. Korean,
Chinese and Japanese text has pairs of neighbouring characters as tokens, whatever spaces are
between them, and its last character alone: the tokens of `강화 학습을` are 강화, 화학, 학습, 습을
and 을. So the middle of a compound is found, particles don't matter, and neither does the spacing
of compounds. A pair that begins a word is marked with `^`, which isn't part of the token.

Lines are apart: no phrase begins in one and ends in the next. Therefore `BREAK` is between them.
"""

import re
from collections.abc import Iterable
from operator import add
from typing import Final

from storage.normalization import normalize, plain

BREAK: Final = "¶"
"""A token that no text and no query has."""
LONGEST: Final = 64
"""Characters of a token; the rest of a longer word doesn't count."""

_CJK: Final = (
    "\u1100-\u11ff\u3005\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECE: Final = re.compile(
    rf"(?P<cjk>[{_CJK}]+(?:(?:[ \t]+|\n|-)[{_CJK}]+)*)"
    rf"|(?P<words>[^\W_{_CJK}]+(?:-[^\W_{_CJK}]+)*)"
)
CJK_CHARACTER: Final = f"[{_CJK}]"
"""A character whose tokens are pairs, as a regular expression."""
_FIRST_CJK: Final = "\u1100"
_HANGUL: Final = ("\uac00", "\ud7a3")
"""The first and the last syllable of Hangul."""
_IS_CJK: Final = re.compile(CJK_CHARACTER)
_WORDS_OF_RUN: Final = re.compile(rf"[{_CJK}]+")

_BETWEEN_WORDS_OF_RUN: Final = re.compile(
    # What comes before is tested last, so that the search skips to the next space.
    rf"(?:[ \t](?<=[{_CJK}].)[ \t]*|[\n-](?<=[{_CJK}].))(?=[{_CJK}])",
    re.DOTALL,
)
_BETWEEN_WORDS_OF_NAME: Final = re.compile(r"[\s-]+")
_RUN: Final = re.compile(rf"([{_CJK}^]+)")
"""A run whose words have `^` between them."""
_WORD: Final = re.compile(rf"[^\W_]+|{BREAK}")
_HYPHENATED: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


def is_cjk(word: str) -> bool:
    """Return whether a word is of a script whose tokens are pairs of characters."""
    # Most are of one of these kinds, which needs no regular expression.
    if word < _FIRST_CJK:
        return False
    return _HANGUL[0] <= word[0] <= _HANGUL[1] or _IS_CJK.match(word) is not None


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a part of a query, normalized; spaces within Korean text are dropped.

    >>> words_in("Self-Attention 강화 학습")
    ('self', 'attention', '강화학습')
    """
    words: list[str] = []
    for match in _PIECE.finditer(normalize(plain(text))):
        if match["cjk"]:
            run = "".join(_WORDS_OF_RUN.findall(match[0]))
            if words and is_cjk(words[-1]):
                run = words.pop() + run
            words.append(run)
        else:
            words.extend(word[:LONGEST] for word in match[0].split("-"))
    return tuple(words)


def words_of_name(text: str) -> tuple[str, ...]:
    """Return the words of a typed name, normalized; those of a Korean one may be in any order.

    >>> words_of_name("민수 김"), words_of_name("O'Neil, D.")
    (('민수', '김'), ('oneil', 'd'))
    """
    return tuple(word for part in _BETWEEN_WORDS_OF_NAME.split(text) for word in words_in(part))


def pairs(run: str) -> list[str]:
    """Return the pairs of neighbouring characters of a run.

    >>> pairs("강화학습")
    ['강화', '화학', '학습']
    """
    return [run[at : at + 2] for at in range(len(run) - 1)]


def tokenize(text: str, compounds: set[str] | None = None) -> str:
    """Return the tokens of a text, separated by spaces.

    Args:
        text: It may have Markdown and LaTeX.
        compounds: Gets the hyphenated words in one piece: `pretraining` for `pre-training`.

    >>> tokenize("**Self-attention**에서 강화 학습")
    'self attention ^에서 서강 ^강화 화학 ^학습 습'
    """
    return " ".join(_tokens(text.replace(BREAK, "|"), compounds))


def tokenize_lines(
    texts: Iterable[str], compounds: set[str] | None = None, *, breaks: int = 1
) -> str:
    """Return the tokens of several texts, with `BREAK` between them, `breaks` times."""
    # All at once: most of the time of a short text is spent on the calls.
    joined = f"\n{BREAK}\n".join(text.replace(BREAK, "|") for text in texts)
    lines = map(str.strip, " ".join(_tokens(joined, compounds)).split(BREAK))
    return f" {' '.join([BREAK] * breaks)} ".join(filter(None, lines))


def _tokens(text: str, compounds: set[str] | None) -> list[str]:
    """Return the tokens of a text in which `BREAK` is one, too."""
    tokens: list[str] = []
    text = normalize(plain(text))
    if text.isascii():
        _add_words(tokens, text, compounds)
        return tokens
    text = _BETWEEN_WORDS_OF_RUN.sub("^", text.replace("^", "|"))
    # Every other part is a run.
    for place, part in enumerate(_RUN.split(text)):
        if place % 2:
            _add_run(tokens, part)
        elif part:
            _add_words(tokens, part, compounds)
    return tokens


def _add_words(tokens: list[str], text: str, compounds: set[str] | None) -> None:
    """Add the words of a text without runs."""
    words = _WORD.findall(text)
    if len(text) > LONGEST:
        words = [word[:LONGEST] for word in words]
    tokens += words
    if compounds is not None and "-" in text:
        compounds.update(word.replace("-", "")[:LONGEST] for word in _HYPHENATED.findall(text))


def _add_run(tokens: list[str], run: str) -> None:
    words = run.split("^")
    text = "".join(words)
    place = len(tokens)
    tokens += map(add, text, text[1:])
    tokens.append(text[-1])
    for word in words:
        tokens[place] = "^" + tokens[place]
        place += len(word)
