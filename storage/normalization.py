"""Normalize texts and queries for search: what differs only in writing becomes equal. Pure."""

import re
import unicodedata
from typing import Final

_PLAIN: Final = re.compile(
    r"[^\x00-\x7f\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]+"
)
"""Most texts are ASCII and Hangul, which have no accents and would be slow to take apart."""
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"}
)
"""Letters that Unicode doesn't take apart, as people without such a keyboard write them."""
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\ufe58]")
_ROUNDS: Final = 3

_ADDRESS: Final = re.compile(r"https?://[^\s()<>]+")
_COMMAND: Final = re.compile(r"\\[A-Za-z]+\*?")
_MARKS: Final = re.compile(r"[*`$\\{}\u200b-\u200d\u2060\ufeff\u00ad]+")
_APOSTROPHE: Final = re.compile(r"['’ʼ](?<=[^\W\d_].)(?=[^\W\d_])")
"""What comes before is tested last, so that the search skips to the next apostrophe."""


def is_plain(text: str) -> bool:
    """Return whether `normalize` only makes the letters of a text small, one by one."""
    return text.isascii() or not _PLAIN.search(text)


def normalize(text: str) -> str:
    """Return a text without differences of letter case, width, accents and composition.

    >>> normalize("Ｇｐｔ–4 and Hénaff")
    'gpt-4 and henaff'
    """
    if is_plain(text):
        return text.lower()
    for _ in range(_ROUNDS):
        before = text
        text = unicodedata.normalize("NFKC", text).casefold()
        text = _PLAIN.sub(_without_accents, _DASHES.sub("-", text))
        if text == before:
            break
    return text


def _without_accents(match: re.Match[str]) -> str:
    apart = unicodedata.normalize("NFD", match[0].translate(_LETTERS))
    kept = "".join(each for each in apart if unicodedata.category(each) != "Mn")
    return unicodedata.normalize("NFC", kept)


def plain(text: str) -> str:
    r"""Return a text without Markdown, LaTeX commands, addresses and apostrophes within words.

    >>> plain(r"**Agent**s with $\mathcal{O}(n)$, see [it](https://example.org)")
    'Agents with  O(n), see [it]()'
    """
    text = _ADDRESS.sub("", text)
    text = _COMMAND.sub(" ", text)
    return _APOSTROPHE.sub("", _MARKS.sub("", text))
