"""The facts of a paper as JSON, for tables that keep what a source says about it. Pure."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from storage.records import Details, Media, MediaKind, Paper, Section, Text
from storage.times import from_text, to_text

_TIMES: Final = frozenset({"submitted_at", "withdrawn_at"})
_KINDS: Final = frozenset(MediaKind)
_DETAILS: Final = tuple(field.name for field in fields(Details))
_UNKNOWN: Final = Details()

dump: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""As `json.dumps` with these options, which would make an encoder for each call."""


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """Return a paper's facts as a value for `json.dumps`; unknown and empty ones are left out."""
    # Most are unknown in most papers, and storing a digest takes this path for each paper.
    facts: dict[str, Any] = {"arxiv_id": paper.arxiv_id, "title": paper.title}
    if paper.votes is not None:
        facts["votes"] = paper.votes
    if paper.authors:
        facts["authors"] = list(paper.authors)
    if paper.authors_ordered:
        facts["authors_ordered"] = True
    if paper.media:
        facts["media"] = {"kind": paper.media.kind, "url": paper.media.url}
    if paper.language:
        facts["language"] = paper.language
    if paper.sections:
        facts["sections"] = _sections_to_json(paper.sections)
    if paper.other_texts:
        facts["other_texts"] = [
            {
                "language": text.language,
                "source": text.source,
                "sections": _sections_to_json(text.sections),
            }
            for text in paper.other_texts
        ]
    if paper.details != _UNKNOWN:
        facts["details"] = details_to_json(paper.details)
    return facts


def paper_from_json(facts: dict[str, Any]) -> Paper:
    """Return the paper of facts that `paper_to_json` of any version returned.

    Missing facts are unknown; those that a later version has added are ignored.

    Raises:
        KeyError: There is no `arxiv_id`.
    """
    media = facts.get("media")
    return Paper(
        arxiv_id=facts["arxiv_id"],
        title=facts.get("title", ""),
        votes=facts.get("votes"),
        authors=tuple(facts.get("authors", ())),
        authors_ordered=facts.get("authors_ordered", False),
        media=Media(MediaKind(media["kind"]), media["url"])
        if media and media.get("kind") in _KINDS
        else None,
        language=facts.get("language"),
        sections=_sections_from_json(facts.get("sections", ())),
        other_texts=tuple(
            Text(
                language=text.get("language"),
                sections=_sections_from_json(text.get("sections", ())),
                source=text.get("source", ""),
            )
            for text in facts.get("other_texts", ())
        ),
        details=details_from_json(facts.get("details", {})),
    )


def details_to_json(details: Details) -> dict[str, Any]:
    """Return details as a value for `json.dumps`; unknown and empty ones are left out."""
    values = {name: getattr(details, name) for name in _DETAILS}
    return {name: _to_json(value) for name, value in values.items() if _is_known(value)}


def details_from_json(facts: dict[str, Any]) -> Details:
    """Return the details of facts that `details_to_json` of any version returned."""
    known = {name: facts[name] for name in _DETAILS if facts.get(name) is not None}
    known |= {name: from_text(known[name]) for name in _TIMES & known.keys()}
    return Details(**known | {"keywords": tuple(known.get("keywords", ()))})


def _is_known(value: object) -> bool:
    """Return whether a fact is neither `None` nor empty; 0 comments are known."""
    return value is not None and value not in {"", ()}


def _to_json(value: object) -> object:
    match value:
        case datetime():
            return to_text(value)
        case tuple():
            return list(value)
        case _:
            return value


def _sections_to_json(sections: Iterable[Section]) -> list[dict[str, str | None]]:
    return [{"heading": section.heading, "body": section.body} for section in sections]


def _sections_from_json(sections: Iterable[dict[str, Any]]) -> tuple[Section, ...]:
    return tuple(
        Section(section.get("heading"), section["body"])
        for section in sections
        if section.get("body")
    )
