"""What a model reads of a paper: title, abstract and the beginning of its text. Pure."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from storage.records import Basis, Paper

LONGEST_TEXT: Final = 16_000
"""Characters of the full text, about 4,000 tokens: introduction, method and first results."""
_LONGEST_ABSTRACT: Final = 6_000
_LONGEST_TITLE: Final = 1_000
_SHORTEST_TEXT: Final = 500
"""A full text that is shorter is a note that there is none."""
_SHORTEST_ABSTRACT: Final = 40
_READ: Final = 4 * LONGEST_TEXT
"""Characters before links, pictures and tags are taken out."""

_PICTURE: Final = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\s]{0,500}\)")
_LINK: Final = re.compile(r"\[([^\]\n]{0,200})\]\([^)\s]{0,500}\)")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_REFERENCES: Final = re.compile(
    r"^#{1,6}[ \t]*(?:references|bibliography)\b", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a model is given to read, and where its quotes have to stand."""

    text: str
    basis: Basis

    @property
    def hash(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def source_of(paper: Paper, full_text: str | None) -> Source | None:
    """Return what a model reads of a paper; `None` if there is too little to write from.

    Args:
        paper: With its abstract, if that is known.
        full_text: The paper's text as Markdown; `None` if there is none.
    """
    title = _clean(paper.title[:_LONGEST_TITLE])
    abstract = _clean((paper.details.abstract or "")[:_LONGEST_ABSTRACT])
    text = _clean_text(full_text or "")
    parts = [f"Title: {title}"]
    if len(abstract) >= _SHORTEST_ABSTRACT:
        parts.append(f"Abstract: {abstract}")
    if len(text) >= _SHORTEST_TEXT:
        parts.append(f"Text:\n{text}")
        return Source("\n\n".join(parts), Basis.FULL_TEXT)
    return Source("\n\n".join(parts), Basis.ABSTRACT) if len(parts) > 1 else None


def _clean_text(markdown: str) -> str:
    text = _PICTURE.sub("", markdown[:_READ])
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    if references := _REFERENCES.search(text):
        text = text[: references.start()]
    text = _clean(text)
    if len(text) <= LONGEST_TEXT:
        return text
    head = text[:LONGEST_TEXT]
    return (head[: head.rfind("\n")] if "\n" in head[LONGEST_TEXT // 2 :] else head).rstrip()


def _clean(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", _CONTROLS.sub("", text)).strip()
