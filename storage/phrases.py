"""What a term of a query looks for: phrases of tokens, one of which must occur. Pure.

The index and a single paper are searched for the same phrases; only where the forms of a word are
looked up differs.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from storage.tokens import is_cjk, pairs

Phrase: TypeAlias = tuple[str, ...]
Forms: TypeAlias = Callable[[str], Iterable[str]]
"""Returns the words that a typed one stands for, longer and inflected ones, itself included."""

BEGINNING: Final = "*"
"""Ends a phrase whose last token may go on; no token has it."""
_SHORTEST_BEGINNING: Final = 2
SHORTEST_BEGINNING_OF_NAME: Final = 3


def has_longer_forms(word: str) -> bool:
    """Return whether a word also finds longer ones that begin with it.

    A single English letter doesn't; a single Korean syllable does, since tokens are pairs.
    """
    return len(word) >= _SHORTEST_BEGINNING or is_cjk(word)


def phrases(words: Sequence[str], forms: Forms, *, is_exact: bool) -> list[Phrase]:
    """Return the phrases that words stand for which follow each other.

    Args:
        words: Normalized; at least one.
        forms: Returns the forms of a word.
        is_exact: Whether English words are as they were typed.

    >>> phrases(["self", "attention"], lambda word: [word, word + "s"], is_exact=False)
    [('self', 'attention'), ('self', 'attentions'), ('selfattention',), ('selfattentions',)]
    """
    before: list[str] = []
    for word in words[:-1]:
        before += _all_tokens(word)
    found = [(*before, *last) for last in _last(words[-1], forms, is_exact=is_exact)]
    if len(words) > 1 and not is_exact and not any(map(is_cjk, words)):
        found += [(form,) for form in forms("".join(words))]
    return found


def _all_tokens(word: str) -> list[str]:
    """Return the tokens of a word that ends its run: another word follows."""
    return [*pairs(word), word[-1]] if is_cjk(word) else [word]


def _last(word: str, forms: Forms, *, is_exact: bool) -> list[Phrase]:
    if is_cjk(word):
        # A particle may follow, so that it isn't known what its last character is a pair with.
        return [tuple(pairs(word))] if len(word) > 1 else [(form,) for form in forms(word)]
    return [(word,)] if is_exact else [(form,) for form in forms(word)]


def between_spaces(phrase: Phrase) -> str:
    """Return how a phrase occurs in tokens that have a space before and after each."""
    text = " ".join(phrase)
    return f" {text.removesuffix(BEGINNING)}" if text.endswith(BEGINNING) else f" {text} "


def begins_word(phrase: Phrase) -> str:
    """Return a regular expression for a Korean phrase in marked tokens, at the beginning of a word.

    `강화학습` is found in `강화 학습`: the spaces of a compound don't matter.
    """
    tokens = r" \^?".join(map(re.escape, phrase))
    return rf" \^{tokens}(?= )"


def within_word(phrase: Phrase) -> str:
    """Return the same within a word, which must not end in between: `학습` in `강화학습`.

    `화학` isn't found in `강화 학습`.
    """
    return f" {' '.join(map(re.escape, phrase))}(?= [^ ^])"


def is_name(words: Sequence[str], name: Sequence[str], *, is_exact: bool) -> bool:
    """Return whether words name a person: all of them occur in a name, in any order.

    An initial stands for each name that begins with it, on both sides, if another word is whole.

    Args:
        words: Normalized; at least one.
        name: The tokens of the name.
        is_exact: Whether beginnings of names don't count.

    >>> is_name(["lecun", "y"], ["yann", "lecun"], is_exact=True)
    True
    """
    is_whole = False
    for word in words:
        if is_cjk(word):
            found = _contains(name, pairs(word) or [word])
        else:
            may_go_on = not is_exact and len(word) >= SHORTEST_BEGINNING_OF_NAME
            found = word in name or (may_go_on and any(each.startswith(word) for each in name))
        is_whole |= found
        if not found and not _is_initial(word, name):
            return False
    return is_whole


def _is_initial(word: str, name: Sequence[str]) -> bool:
    return (len(word) == 1 and any(each.startswith(word) for each in name)) or word[0] in name


def _contains(name: Sequence[str], tokens: Sequence[str]) -> bool:
    size = len(tokens)
    return any(list(name[at : at + size]) == list(tokens) for at in range(len(name) - size + 1))
