"""Size limits of a paper. Sizes are bytes of UTF-8.

Rendering takes time proportional to the length of a text, so the length is limited. The longest
section in 18 months of real digests has 4 KB, the longest paper 20 KB.
"""

from typing import Final

MAX_LINE: Final = 4 * 1024
"""Size of a title, and of a section's heading."""
MAX_SECTION: Final = 64 * 1024
"""Size of a section's body."""
MAX_SECTIONS: Final = 64
MAX_PAPER: Final = 256 * 1024
"""Size of title, authors, headings and bodies together."""
MAX_AUTHORS: Final = 20_000
"""Authors of one paper. The most that any known paper has is 15,025."""
_LONGEST_CHARACTER: Final = 4


def size(text: str) -> int:
    """Return the size of a text in bytes of UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def truncate(text: str, most: int) -> str:
    """Return the beginning of a text with at most `most` bytes, without whitespace at the cut."""
    if len(text) * _LONGEST_CHARACTER <= most or size(text) <= most:
        return text
    # A character takes at least one byte, so later characters need no encoding.
    data = text[:most].encode("utf-8", "surrogatepass")[:most]
    return data.decode("utf-8", "ignore").rstrip()
