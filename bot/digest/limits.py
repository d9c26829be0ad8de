"""How much of a paper is kept. Sizes are bytes of UTF-8.

Whatever a digest holds is shown by code that takes time in step with its length, so that length has
a bound. The longest section of 18 months of real digests has 4 KB, the longest paper 20 KB.
"""

from typing import Final

MAX_LINE: Final = 4 * 1024
"""Of a title, and of a section's heading."""
MAX_SECTION: Final = 64 * 1024
"""Of a section's body."""
MAX_SECTIONS: Final = 64
MAX_PAPER: Final = 256 * 1024
"""Of a title, authors, headings and bodies together."""
MAX_AUTHORS: Final = 20_000
"""Of one paper. The most that any paper is known to have is 15,025."""
_LONGEST_CHARACTER: Final = 4


def size(text: str) -> int:
    """Return how many bytes of UTF-8 a text has."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def truncate(text: str, most: int) -> str:
    """Return as much of a text's beginning as `most` bytes hold, without blanks at a cut end."""
    if len(text) * _LONGEST_CHARACTER <= most or size(text) <= most:
        return text
    # No character takes less than a byte: what is further behind needs no encoding.
    data = text[:most].encode("utf-8", "surrogatepass")[:most]
    return data.decode("utf-8", "ignore").rstrip()
