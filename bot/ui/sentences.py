"""The sentence that presents a paper in a post: a whole one, or none. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.ui import limits
from bot.ui.columns import width
from bot.ui.markdown import (
    escape,
    first_line,
    is_invisible,
    one_line,
    split_sentences,
)
from bot.ui.paper_texts import (
    LANGUAGE_OF_SERVICES,
    ChosenText,
    TextKind,
    language_label,
    primary_language,
    texts_for,
)
from config.texts import Texts
from storage.records import Paper

COLUMNS: Final = 220
"""The most columns of a sentence."""
_READ: Final = 1_024
_ABSTRACT_READ: Final = 4_000
_END: Final = re.compile(r"[.!?。！？][\"'”’)\]]*\Z")
_OPEN_END: Final = re.compile(r"(?:\.\.\.?|[…:：,;\-–—([])\Z")
"""How a sentence ends that is not whole."""
_EMPTY_OPENING: Final = re.compile(
    r"\A(?:이번|이|본|해당)\s?(?:논문|연구|작업|보고서)(?:은|는|에서는|에서|에선),?\s+(?=\S)"
)
_WORK: Final = r"(?:paper|work|study|report|article|survey)"
_PRESENTS: Final = re.compile(
    rf"\A(?:here,? )?(?:we|this {_WORK}|in this {_WORK})\b"
    rf"|\b(?:we|this {_WORK}) (?:(?:also|then|therefore|thus|first|further|here) )?"
    r"(?:introduce|present|propose|develop|describe|release|show|study|investigate|explore|report"
    r"|demonstrate|design|find|address|build|create|offer|provide)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to show."""

    text: str
    """Escaped, on one line, with the label of its language if that isn't the reader's."""
    chosen: ChosenText
    """What it was taken from."""


def find_sentence(paper: Paper, texts: Texts) -> Sentence | None:
    """Return a whole sentence that says what is in a paper; `None` if it has none.

    The first that fits of these: the first sentence of the sections in the reader's language, of
    those in another language, of the summary, and the one of the abstract that presents the paper.

    Args:
        paper: The paper.
        texts: In the reader's language. A sentence in another language is marked.
    """
    for chosen, sentence in _candidates(paper, texts.language):
        label = language_label(chosen, texts)
        line = one_line(_EMPTY_OPENING.sub("", sentence))
        shown = f"{label} {line}" if label else line
        is_short = width(shown) <= COLUMNS and limits.fits(shown, 2 * COLUMNS)
        if is_short and not is_invisible(line):
            escaped = escape(line)
            return Sentence(f"{label} {escaped}" if label else escaped, chosen)
    return None


def _candidates(paper: Paper, language: str) -> Iterator[tuple[ChosenText, str]]:
    """Yield whole sentences, each with the text that it is taken from."""
    known = [(primary_language(text.language), text) for text in texts_for(paper, language)]
    known.sort(key=lambda each: each[0] != language)
    for code, text in known:
        foreign = None if code == language else code
        if sentence := _of_section(text.sections[0].body):
            yield ChosenText(TextKind.SECTIONS, foreign, text.sections, text), sentence
    foreign = None if language == LANGUAGE_OF_SERVICES else LANGUAGE_OF_SERVICES
    details = paper.details
    for sentence in _of_plain_text(details.summary or "", _READ):
        yield ChosenText(TextKind.SUMMARY, foreign), sentence
        break
    for sentence in _of_plain_text(details.abstract or "", _ABSTRACT_READ):
        if _PRESENTS.search(sentence):
            yield ChosenText(TextKind.ABSTRACT, foreign), sentence
            break


def _of_section(body: str) -> str | None:
    """Return the first sentence of a section, or `None` if it isn't whole."""
    line, is_whole_line = first_line(body, _READ)
    sentence = next(split_sentences(line), "")
    return sentence if _is_whole(sentence, is_last=sentence == line and is_whole_line) else None


def _of_plain_text(text: str, read: int) -> Iterator[str]:
    """Yield the whole sentences of a plain text."""
    line = " ".join(text[:read].split())
    for sentence in split_sentences(line):
        is_end = len(text) <= read and line.endswith(sentence)
        if _is_whole(sentence, is_last=is_end):
            yield sentence


def _is_whole(sentence: str, *, is_last: bool) -> bool:
    """Return whether a sentence is whole; the last of a line may have no full stop."""
    if not sentence or _OPEN_END.search(sentence):
        return False
    return is_last or bool(_END.search(sentence))
