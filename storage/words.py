"""Make full-text queries from what people type."""

import re
import unicodedata
from typing import Final

_MOST_WORDS: Final = 32
"""FTS5 takes no more than 256 parts, and nobody remembers 33 words of a paper."""
_BETWEEN: Final = re.compile(r"[\s\x00,;·…、。，；：！？「」『』《》〈〉（）]+")


def prefix_query(text: str) -> str | None:
    """Return an FTS5 query for what has all words of a text, each as a word's beginning.

    What is joined by other marks stays together: `GPT-4` finds "GPT-4o", not "4 GPTs". No word or
    mark means anything but itself, so no text is an error. `None` means that the text has no word.

    Source of the syntax: https://sqlite.org/fts5.html#full_text_query_syntax
    """
    chunks = _BETWEEN.split(unicodedata.normalize("NFC", text).replace('"', " "))
    words = [chunk for chunk in chunks if any(map(_is_indexed, chunk))]
    return " ".join(f'"{word}"*' for word in words[:_MOST_WORDS]) or None


def _is_indexed(character: str) -> bool:
    """Whether the tokenizer `unicode61` makes words of it: letters, numbers, private use."""
    return unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co"
