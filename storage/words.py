"""Build full-text queries from what people type."""

import re
import unicodedata
from typing import Final

_MOST_WORDS: Final = 32
"""FTS5 takes at most 256 phrases, and nobody types 33 words of a paper."""
_BETWEEN: Final = re.compile(r"[\s\x00,;·…、。，；：！？「」『』《》〈〉（）]+")


def prefix_query(text: str) -> str | None:
    """Return an FTS5 query for texts that contain all words, each as the prefix of a word.

    Words joined by other punctuation stay together: `GPT-4` finds "GPT-4o", not "4 GPTs". Nothing
    is an operator, so no text is an error. `None` if the text has no word.

    >>> prefix_query("GPT-4 OR agents")
    '"GPT-4"* "OR"* "agents"*'

    Source of the syntax: https://sqlite.org/fts5.html#full_text_query_syntax
    """
    chunks = _BETWEEN.split(unicodedata.normalize("NFC", text).replace('"', " "))
    words = [chunk for chunk in chunks if any(map(_is_indexed, chunk))]
    return " ".join(f'"{word}"*' for word in words[:_MOST_WORDS]) or None


def _is_indexed(character: str) -> bool:
    """Return whether the tokenizer `unicode61` indexes it: letters, numbers, private use."""
    return unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co"
