"""Whether a sentence rests on the passage that it names. Pure.

A sentence is supported if its quote stands in the source text, and every number in it stands
there, too. What the sentence makes of the passage is not judged.
"""

import re
from enum import StrEnum
from typing import Final

from bot.writer.language_check import is_in_language, is_polite
from bot.writer.numbers import is_supported, mentions_in, numbers_in
from bot.writer.plain import fold, normalize, without_markup

SHORTEST_QUOTE: Final = 15
"""Characters: fewer would support any sentence."""
LONGEST_QUOTE: Final = 500
"""Characters: a quote is a passage, not the whole abstract."""
LONGEST_SENTENCE: Final = 400

_QUOTE_ENDS: Final = " \t.,;:…\"'"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+/-]*")
"""A word that may be a name with a number in it, such as GPT-4o."""
_LINK: Final = re.compile(r"://|\bwww\.|\b[\w-]+(?:\.[\w-]+)+/\S", re.IGNORECASE)
_NEXT_SENTENCE: Final = re.compile(r"다\.\s+\S|[^\W\d_]{2}[.!?][\"')\]]*\s+[A-Z가-힣]")
_ABBREVIATION: Final = re.compile(
    r"\b(?:et al|vs|cf|resp|approx|Fig|Eq|Sec|No|Dr)\.\s", re.IGNORECASE
)


class Verdict(StrEnum):
    """Whether a sentence is supported, or why it isn't."""

    SUPPORTED = "supported"
    NO_QUOTE = "no_quote"
    """Its quote does not stand in the source, or is too short or too long."""
    NUMBER = "number"
    """It has a number that the source doesn't have."""
    LANGUAGE = "language"
    """It is in another language, or in Korean but not in 합니다체."""
    FORM = "form"
    """It has a link, is too long, or is more than one sentence."""


class SourceText:
    """The text that quotes are looked for in."""

    def __init__(self, text: str) -> None:
        """Prepare a text, which is done once for all its sentences."""
        self._folded = fold(text)
        self._numbers = numbers_in(without_markup(normalize(text)))

    def has_quote(self, quote: str) -> bool:
        """Return whether a passage stands in the text, from one word's beginning to another's end.

        White space, case and Unicode forms don't matter, nor marks around the quote.
        """
        passage = fold(quote).strip(_QUOTE_ENDS)
        is_usable = SHORTEST_QUOTE <= len(passage) <= LONGEST_QUOTE
        return is_usable and self._has_words(passage)

    def has_numbers(self, sentence: str) -> bool:
        """Return whether every number of a sentence stands in the text.

        A name with a number in it (GPT-4o) stands there, or else its number does.
        """
        text = _NAME.sub(self._without_known_name, without_markup(normalize(sentence)))
        return all(is_supported(mention, self._numbers) for mention in mentions_in(text))

    def _without_known_name(self, match: re.Match[str]) -> str:
        word = match[0].rstrip(".-/+")
        is_name = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
        if is_name and self._has_words(word.casefold()):
            return " " + match[0][len(word) :]
        return match[0]

    def _has_words(self, passage: str) -> bool:
        start = self._folded.find(passage)
        while start >= 0:
            end = start + len(passage)
            before, after = self._folded[max(start - 1, 0) : start], self._folded[end : end + 1]
            is_cut = (_joins(before) and _joins(passage[0])) or (
                _joins(after) and _joins(passage[-1])
            )
            if not is_cut:
                return True
            start = self._folded.find(passage, start + 1)
        return False


def judge(sentence: str, quote: str, source: SourceText, language: str) -> Verdict:
    """Return whether a sentence is supported by its quote and the source, or why not.

    Args:
        sentence: In one line.
        quote: The passage that it rests on, as the model gives it.
        source: What the model was given to read.
        language: The code of the language that the sentence should be in.
    """
    plain = normalize(sentence)
    if not plain or len(plain) > LONGEST_SENTENCE or _LINK.search(plain) or _is_several(plain):
        return Verdict.FORM
    if not is_in_language(plain, language) or (language == "ko" and not is_polite(plain)):
        return Verdict.LANGUAGE
    if not source.has_quote(quote):
        return Verdict.NO_QUOTE
    if not source.has_numbers(sentence):
        return Verdict.NUMBER
    return Verdict.SUPPORTED


def _is_several(sentence: str) -> bool:
    return bool(_NEXT_SENTENCE.search(_ABBREVIATION.sub(" ", sentence)))


def _joins(character: str) -> bool:
    """Return whether a character next to another one of these is in the same word."""
    return character.isalnum() and not "가" <= character <= "힣"
