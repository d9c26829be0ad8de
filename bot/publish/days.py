"""What of a day's list is published in which language, and when it is final. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.ui.paper_texts import (
    LANGUAGE_OF_SERVICES,
    choose_sections,
    is_blank,
    primary_language,
    texts_of,
)
from storage.records import Digest, Paper, Section

FINAL_AFTER: Final = timedelta(days=7)
"""How long after its end a list is written for good: its votes grow until then."""
_ENDS_EVERYWHERE: Final = timedelta(hours=36)
"""How long after its beginning in UTC a day has ended in the last time zone."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that has a list."""

    date: date
    closed_at: datetime | None = None
    """UTC; when its list is complete. `None`: when the day has ended in all time zones."""

    def is_closed(self, now: datetime) -> bool:
        """Return whether the list is complete."""
        if self.closed_at is not None:
            return self.closed_at <= now
        return datetime.combine(self.date, time(), UTC) <= now - _ENDS_EVERYWHERE

    def is_final(self, now: datetime) -> bool:
        """Return whether the list is written for good."""
        return self.is_closed(now - FINAL_AFTER)


def languages_of(digest: Digest) -> tuple[str, ...]:
    """Return the languages in which a digest is published: those of its papers' texts.

    A digest without any text is published in the language of the services.
    """
    found = {code for paper in digest.papers for code in _languages(paper)}
    return tuple(sorted(found)) or (LANGUAGE_OF_SERVICES,)


def _languages(paper: Paper) -> Iterator[str]:
    """Yield the languages of a paper's texts that can be the name of a folder."""
    for text in texts_of(paper):
        language = primary_language(text.language)
        if language is not None and _LANGUAGE.fullmatch(language):
            yield language
    if not (is_blank(paper.details.summary) and is_blank(paper.details.abstract)):
        yield LANGUAGE_OF_SERVICES


def in_language(digest: Digest, language: str) -> Digest:
    """Return a digest with those texts alone that are in a language."""
    papers = (replace(paper, sections=_own(paper, language)) for paper in digest.papers)
    return Digest(
        digest.date,
        tuple(replace(paper, language=language, other_texts=()) for paper in papers),
    )


def text_sources(digest: Digest, language: str) -> tuple[str, ...]:
    """Return the names of the sources whose texts a digest has in a language, sorted."""
    found = {source_of(paper, own) for paper in digest.papers if (own := _own(paper, language))}
    return tuple(sorted(filter(None, found)))


def visible_title(paper: Paper) -> str:
    """Return a paper's title, or its id if nothing of the title can be seen."""
    return paper.arxiv_id if is_blank(paper.title) else paper.title


def source_of(paper: Paper, sections: tuple[Section, ...]) -> str | None:
    """Return the name of the source that a paper has sections from."""
    texts = [(paper.sections, paper.source)]
    texts += [(text.sections, text.source) for text in paper.other_texts]
    return next((source for each, source in texts if each == sections), None)


def _own(paper: Paper, language: str) -> tuple[Section, ...]:
    """Return the sections that readers of a language get, if they are in that language."""
    chosen = choose_sections(paper, language)
    return () if chosen is None or chosen.foreign is not None else chosen.sections
