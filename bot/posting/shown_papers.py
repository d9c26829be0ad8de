"""Encode which papers a reader was shown, in the few characters of a `custom_id`. Pure."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

_ROOM: Final = 50
"""Bytes, which are 67 characters of a `custom_id`."""
_WIDEST: Final = 4
_MOST_SALTS: Final = 256


@dataclass(frozen=True)
class ShownPapers:
    """A set of papers' ids, as a piece of each one's hash.

    A piece may also match another paper. The salt is chosen so that it matches none of the known
    papers; the chance that it matches a later one is less than 1 in 2,000.
    """

    salt: int
    text: str
    """How many bytes a piece has, then the pieces in Base64's alphabet for addresses."""

    @classmethod
    def of(cls, seen: Collection[str], *, others: Collection[str]) -> Self:
        """Return the set of at most 25 ids, in which none of the others is."""
        width = min(_ROOM // max(len(seen), 1), _WIDEST)
        made = cls(0, "")
        for salt in range(_MOST_SALTS):
            pieces = b"".join(sorted(_piece(salt, each, width) for each in seen))
            made = cls(salt, f"{width}{urlsafe_b64encode(pieces).decode().rstrip('=')}")
            if not any(each in made for each in others):
                break
        return made

    def __contains__(self, arxiv_id: str) -> bool:
        width, pieces = self._pieces
        return _piece(self.salt, arxiv_id, width) in pieces

    @cached_property
    def _pieces(self) -> tuple[int, frozenset[bytes]]:
        width, code = int(self.text[:1]), self.text[1:]
        data = urlsafe_b64decode(code + "=" * (-len(code) % 4))
        return width, frozenset(data[at : at + width] for at in range(0, len(data), width))


def _piece(salt: int, arxiv_id: str, width: int) -> bytes:
    return hashlib.sha256(f"{salt}/{arxiv_id}".encode()).digest()[:width]
