"""What a model is told and given to read. Pure, but for the file with the prompt's text."""

import re
from collections.abc import Mapping
from typing import Final

from babel import Locale, UnknownLocaleError

from config import prompts

PROMPT: Final = prompts.load("sections")

_STYLES: Final = {
    "ko": "End it in 합니다체 (…습니다). Write a term as 한국어(English) where it first occurs.",
}
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.&/+'-]*")
_MOST_WORDS: Final = 4
"""The most words of a term."""
_MOST_TERMS: Final = 20
_READ: Final = 4_000
"""Characters of a source in which terms are looked for: title, abstract and an introduction."""


def instructions(language: str, terms: Mapping[str, str]) -> str:
    """Return the system message.

    Args:
        language: The code of the language to write in.
        terms: English terms of the paper with the Korean forms to use; for Korean texts only.
    """
    lines = [f"- {korean}({english})" for english, korean in list(terms.items())[:_MOST_TERMS]]
    known = "\nUse these forms of terms:\n" + "\n".join(lines) + "\n" if lines else ""
    return PROMPT.fill(language=_name_of(language), style=_STYLES.get(language, ""), terms=known)


def possible_terms(source: str) -> frozenset[str]:
    """Return every few words in a row of a source, which may be a term with a known form.

    >>> sorted(possible_terms("Reward models"))
    ['Reward', 'Reward models', 'models']
    """
    words = [word.rstrip(".-/'") for word in _WORD.findall(source[:_READ])]
    return frozenset(
        " ".join(words[start : start + count])
        for count in range(1, _MOST_WORDS + 1)
        for start in range(len(words) - count + 1)
    )


def _name_of(language: str) -> str:
    """Return the English name of a language, or its code if that is not known."""
    try:
        return Locale.parse(language).get_language_name("en") or language
    except (UnknownLocaleError, ValueError):
        return language
