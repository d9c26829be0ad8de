"""What is indexed and searched of a paper: its tokens by column. Pure."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final, Self

from storage.records import Paper
from storage.tokens import BREAK, is_cjk, tokenize, tokenize_lines

NAME_BREAKS: Final = 3
"""Breaks between two names: words of different authors are never near each other."""
_LEVEL: Final = 6
_WINDOW_BITS: Final = 13
"""Texts are short: a larger window makes nothing smaller, and takes time to set up."""
_MEMORY_LEVEL: Final = 8


@dataclass(frozen=True, slots=True)
class Document:
    """The tokens of a paper; each field is a column of the full-text index."""

    title: str
    authors: str
    organization: str
    keywords: str
    body: str
    compounds: str
    """Hyphenated words in one piece."""

    @classmethod
    def of(
        cls,
        title: str,
        authors: Iterable[str],
        organization: str | None,
        keywords: Iterable[str],
        bodies: Iterable[str],
    ) -> Self:
        """Return the document of a paper's texts."""
        compounds: set[str] = set()
        return cls(
            tokenize(title, compounds),
            tokenize_lines(authors, breaks=NAME_BREAKS),
            tokenize(organization or ""),
            tokenize_lines(keywords, compounds),
            tokenize_lines(bodies, compounds),
            " ".join(sorted(compounds)),
        )

    @classmethod
    def of_paper(cls, paper: Paper) -> Self:
        """Return the document of a paper."""
        details = paper.details
        sections = [
            *paper.sections,
            *(section for text in paper.other_texts for section in text.sections),
        ]
        bodies = [section.body for section in sections]
        bodies += filter(None, (details.abstract, details.summary))
        return cls.of(paper.title, paper.authors, details.organization, details.keywords, bodies)

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Return a packed document."""
        return cls(*(column.decode().strip() for column in columns_of(packed)))

    def pack(self) -> bytes:
        """Return the document compressed, with spaces around its columns."""
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL)
        text = "\n".join(f" {each} " for each in self.columns).encode()
        return packer.compress(text) + packer.flush()

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields in the order of the index."""
        return tuple(getattr(self, each.name) for each in fields(self))

    def words(self) -> set[str]:
        """Return the different tokens."""
        return set(" ".join(self.columns).replace("^", "").split()) - {BREAK}

    def counted_words(self) -> set[str]:
        """Return the different words, of Korean ones the pairs with which they begin."""
        words = set()
        for word in set(" ".join(self.columns).split()):
            if word[0] == "^":
                words.add(word[1:])
            elif not is_cjk(word):
                words.add(word)
        words.discard(BREAK)
        return words


def columns_of(packed: bytes) -> list[bytes]:
    """Return the columns of a packed document, with a space before and after each token."""
    return zlib.decompress(packed).split(b"\n")
