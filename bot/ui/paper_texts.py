"""Which of a paper's texts a reader gets, and what stands above them. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.ui import limits
from bot.ui.markdown import escape, is_invisible, one_line
from config.texts import Texts
from storage.records import FILES, Basis, Paper, Section, Text, model_of

SENTENCES: Final = 2
"""Sentences of an abstract in a card; a button shows all of it."""
LANGUAGE_OF_SERVICES: Final = "en"
"""The language of abstracts and summaries."""
_LONGEST_LANGUAGE: Final = 40
_LONGEST_MODEL: Final = 40
_VERSION_BYTES: Final = 6
_HEADINGS: Final = {
    "What's New": "section-new",
    "Technical Details": "section-method",
    "Performance Highlights": "section-results",
}
"""The headings of digests whose texts are in several languages, but not their headings."""


class TextKind(StrEnum):
    """What a text is."""

    SECTIONS = "sections"
    SUMMARY = "summary"
    """A sentence that a service's AI wrote."""
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class ChosenText:
    """A text to show."""

    kind: TextKind
    foreign: str | None = None
    """Its language if that isn't the reader's, so that the text is marked; `None` for none."""
    sections: tuple[Section, ...] = ()
    """Not empty for `SECTIONS`."""
    text: Text | None = field(default=None, compare=False)
    """What the sections are from; `None` for other kinds."""

    @property
    def is_written(self) -> bool:
        """Whether a language model of ours wrote it: plain text, whose sentences have quotes."""
        return self.text is not None and self.text.basis is not None


@dataclass(frozen=True, slots=True)
class WrittenVersion:
    """A text that a language model wrote, as a reader sees it."""

    language: str
    """The code of its language."""
    version: str
    """Another one for another text: 12 hexadecimal digits."""


def choose_texts(paper: Paper, language: str) -> tuple[ChosenText, ...]:
    """Return the texts that a card shows to readers of a language, in this order.

    Sections in their language are enough. They may be unable to read others, which the summary and
    the abstract follow.
    """
    chosen = []
    sections = choose_sections(paper, language)
    if sections is not None:
        chosen.append(sections)
        if has_own_sections(paper, language):
            return tuple(chosen)
    foreign = None if language == LANGUAGE_OF_SERVICES else LANGUAGE_OF_SERVICES
    if not is_blank(paper.details.summary):
        chosen.append(ChosenText(TextKind.SUMMARY, foreign))
    if not is_blank(paper.details.abstract):
        chosen.append(ChosenText(TextKind.ABSTRACT, foreign))
    return tuple(chosen)


def choose_sections(paper: Paper, language: str) -> ChosenText | None:
    """Return a paper's sections in a language, or else the first ones; `None` if it has none.

    Sections whose language is not known are never marked.
    """
    texts = texts_for(paper, language)
    own = [each for each in texts if primary_language(each.language) == language]
    if not texts:
        return None
    text = (own or texts)[0]
    foreign = None if own else primary_language(text.language)
    return ChosenText(TextKind.SECTIONS, foreign, text.sections, text)


def has_own_sections(paper: Paper, language: str) -> bool:
    """Return whether a paper has sections in a language."""
    return language in {primary_language(text.language) for text in texts_for(paper, language)}


def written_version(chosen: Iterable[ChosenText]) -> WrittenVersion | None:
    """Return which text of a language model is among those shown; `None` if there is none."""
    for each in chosen:
        if each.is_written and each.text is not None and each.text.language is not None:
            return WrittenVersion(each.text.language, version_of(each.sections))
    return None


def version_of(sections: Iterable[Section]) -> str:
    """Return a text's version, which tells it from what it is rewritten to."""
    content = "\n".join(f"{each.heading}\n{each.body}" for each in sections)
    data = content.encode(errors="surrogatepass")
    return hashlib.blake2b(data, digest_size=_VERSION_BYTES).hexdigest()


def texts_for(paper: Paper, language: str) -> list[Text]:
    """Return a paper's texts that readers of a language may get, the first source's first.

    What a language model wrote in another language is left out, if there is a summary or abstract
    of which it can only be a translation.
    """
    details = paper.details
    is_spare = not is_blank(details.summary) or not is_blank(details.abstract)
    return [
        text
        for text in texts_of(paper)
        if not (is_spare and text.basis is not None and primary_language(text.language) != language)
    ]


def texts_of(paper: Paper) -> list[Text]:
    """Return a paper's texts that have sections, the first source's first."""
    main = Text(paper.language, paper.sections, paper.source or FILES, paper.basis)
    return [text for text in (main, *paper.other_texts) if text.sections]


def primary_language(code: str | None) -> str | None:
    """Return a language code without its region: `ko` for `ko-KR`."""
    return code.replace("_", "-").partition("-")[0].lower() if code else None


def is_blank(text: str | None) -> bool:
    """Return whether nothing of a text can be seen."""
    return not text or is_invisible(text[: limits.EMBED_FIELD_VALUE])


def language_label(chosen: ChosenText, texts: Texts) -> str:
    """Return the name of a text's language in brackets; empty if it is the reader's own."""
    if chosen.foreign is None:
        return ""
    name = limits.shorten(escape(texts.language_name(chosen.foreign)), _LONGEST_LANGUAGE)
    return texts("paper-language", language=name)


def translate_heading(heading: str, texts: Texts) -> str:
    """Return a section's heading in the reader's language, if it is one of those that we know."""
    key = _HEADINGS.get(heading)
    return texts(key) if key is not None else heading


def label_heading(heading: str, label: str) -> str:
    """Return a heading with the label of its language, as the name of an embed's field."""
    if not label:
        return limits.shorten(heading, limits.EMBED_FIELD_NAME)
    room = limits.EMBED_FIELD_NAME - limits.length(label) - 1
    return f"{limits.shorten(heading, room)} {label}"


def heading_of(chosen: ChosenText, texts: Texts) -> str:
    """Return the heading of a summary or an abstract: what it is, whose, in which language."""
    key = "paper-summary-heading" if chosen.kind is TextKind.SUMMARY else "paper-abstract"
    return label_heading(texts(key), language_label(chosen, texts))


def name_sources(
    chosen: Iterable[ChosenText], texts: Texts, *, is_short: bool = False
) -> list[str]:
    """Return whose texts these are, for a footer, each once.

    The abstract is the authors' own. Files that the operator has given have no source with a name.

    Args:
        chosen: The texts.
        texts: In the reader's language.
        is_short: Whether there is little room, as below a post.
    """
    names: dict[str, None] = {}
    bases: dict[str, set[Basis]] = {}
    for each in chosen:
        if each.kind is TextKind.SUMMARY:
            names[texts("paper-summary")] = None
        elif each.text is not None and each.text.basis is not None:
            bases.setdefault(name_of_source(each.text.source), set()).add(each.text.basis)
        elif each.text is not None and each.text.source != FILES:
            names[texts("paper-source", source=each.text.source)] = None
    key = "paper-written-short" if is_short else "paper-written"
    for model, of_model in bases.items():
        basis = next(iter(of_model)) if len(of_model) == 1 else "any"
        names[texts(key, model=model, basis=str(basis))] = None
    return list(names)


def name_of_source(source: str) -> str:
    """Return the name of a source, or of the model that it stands for, as readers see it."""
    return limits.shorten(one_line(model_of(source) or source), _LONGEST_MODEL)


def abstract_of(paper: Paper, language: str) -> ChosenText | None:
    """Return a paper's abstract for readers of a language; `None` if it has none."""
    found = choose_texts(Paper(paper.arxiv_id, "", details=paper.details), language)
    return next((text for text in found if text.kind is TextKind.ABSTRACT), None)
