"""Citations as BibTeX, RIS and CSL-JSON. Pure."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.citations.latex import encode, encode_title
from bot.citations.names import Name
from bot.citations.records import Citation, cite
from storage.records import Paper


class Format(StrEnum):
    """A file format of citations: BibTeX, RIS or CSL-JSON."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"

    @property
    def label(self) -> str:
        """What people call it."""
        return _FORMATS[self].label

    @property
    def suffix(self) -> str:
        """The end of a file's name, with the dot."""
        return _FORMATS[self].suffix


@dataclass(frozen=True, slots=True)
class _Writer:
    label: str
    suffix: str
    entry: Callable[[Citation], str]
    begin: str
    between: str
    end: str


def render(papers: Sequence[Paper], to: Format) -> str:
    """Return the citations of papers as one text, which ends with a line end."""
    return "".join(render_files(papers, to))


def render_files(papers: Sequence[Paper], to: Format, *, most: int | None = None) -> list[str]:
    """Return the citations of papers as texts of at most `most` bytes of UTF-8 each.

    `None` is no limit. No key is given twice in all of them. A citation that is longer itself has
    a text of its own.
    """
    writer = _FORMATS[to]
    groups: list[list[str]] = [[]]
    room = most
    for citation in cite(papers):
        entry = writer.entry(citation)
        if room is not None and most is not None:
            size = len(entry.encode()) + len(writer.between)
            if size > room and groups[-1]:
                groups.append([])
                room = most
            room -= size
        groups[-1].append(entry)
    return [writer.begin + writer.between.join(group) + writer.end for group in groups]


def _bibtex(citation: Citation) -> str:
    authors = " and ".join(map(_bibtex_name, citation.authors))
    fields = {
        "title": encode_title(citation.title),
        "author": authors,
        "year": str(citation.year),
        "eprint": citation.arxiv_id,
        "archivePrefix": "arXiv",
        "primaryClass": citation.primary_class,
        "doi": citation.doi,
        "url": citation.url,
        "note": citation.note,
    }
    lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n" + ",\n".join(lines) + "\n}"


def _bibtex_name(name: Name) -> str:
    if name.is_whole:
        return f"{{{encode(name.family)}}}"
    parts = (" ".join(filter(None, (name.particle, name.family))), name.suffix, name.given)
    return ", ".join(encode(part) for part in parts if part)


def _ris(citation: Citation) -> str:
    day = citation.issued
    lines = [
        ("TY", "UNPB"),
        ("ID", citation.key),
        ("TI", citation.title),
        *(("AU", _ris_name(name)) for name in citation.authors),
        ("PY", str(citation.year)),
        ("DA", f"{day:%Y/%m/%d}/" if day else f"{citation.year}/{citation.month:02}//"),
        ("PB", "arXiv"),
        ("AN", f"arXiv:{citation.arxiv_id}"),
        ("DO", citation.doi),
        ("UR", citation.url),
        *([("N1", citation.note)] if citation.note else []),
        ("ER", ""),
    ]
    return "\r\n".join(f"{tag}  - {value}" for tag, value in lines)


def _ris_name(name: Name) -> str:
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(filter(None, (family, name.given, name.suffix)))


def _csl(citation: Citation) -> str:
    day = citation.issued
    number = [day.year, day.month, day.day] if day else [citation.year, citation.month]
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "article",
        "title": citation.title,
        "author": list(map(_csl_name, citation.authors)),
        "issued": {"date-parts": [number]},
        "publisher": "arXiv",
        "number": f"arXiv:{citation.arxiv_id}",
        "DOI": citation.doi,
        "URL": citation.url,
        "note": citation.note,
    }
    known = {name: value for name, value in item.items() if value}
    return json.dumps(known, ensure_ascii=False, indent=2)


def _csl_name(name: Name) -> Mapping[str, str]:
    if name.is_whole:
        return {"literal": name.family}
    parts: Iterable[tuple[str, str]] = (
        ("family", name.family),
        ("given", name.given),
        ("non-dropping-particle", name.particle),
        ("suffix", name.suffix),
    )
    return {key: value for key, value in parts if value}


_FORMATS: Final = {
    Format.BIBTEX: _Writer("BibTeX", ".bib", _bibtex, "", "\n\n", "\n"),
    Format.RIS: _Writer("RIS", ".ris", _ris, "", "\r\n\r\n", "\r\n"),
    Format.CSL: _Writer("CSL-JSON", ".json", _csl, "[\n", ",\n", "\n]\n"),
}
