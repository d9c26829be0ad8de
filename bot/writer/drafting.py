"""Ask a model for a paper's sections, and keep what the paper supports. Nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.writer.answer import ESSENTIAL, HEADINGS, Answer, InvalidAnswerError, Item, parse
from bot.writer.client import LONGEST_ANSWER, ChatClient
from bot.writer.errors import Failure, WriteError
from bot.writer.prompt import instructions, possible_terms
from bot.writer.receipts import SourceText, Verdict, judge
from bot.writer.source_text import Source, source_of
from storage import terms
from storage.database import Database
from storage.records import Paper
from storage.written_texts import Sentence, WrittenSection

_CHARACTERS_PER_TOKEN: Final = 3
"""Fewer than tokens of English have, so that an estimate is rather too high."""
_KOREAN: Final = "ko"
_MOST_PER_SECTION: Final = 4


class FullTexts(Protocol):
    """Knows the full text of papers."""

    async def read_full_text(self, arxiv_id: str) -> str | None:
        """Return a paper's text as Markdown; `None` if there is none, or it can't be read."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked."""

    source: Source
    system: str
    language: str

    @property
    def tokens(self) -> int:
        """How many tokens question and answer may use, as an estimate."""
        characters = len(self.system) + len(self.source.text)
        return characters // _CHARACTERS_PER_TOKEN + LONGEST_ANSWER


@dataclass(frozen=True, slots=True)
class DroppedSentence:
    """A sentence that the paper does not support."""

    sentence: str
    quote: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model has written, checked."""

    sections: tuple[WrittenSection, ...]
    dropped: tuple[DroppedSentence, ...]
    source: Source
    tokens: int

    @property
    def sentences(self) -> int:
        """How many sentences the model wrote, those that were dropped included."""
        return len(self.dropped) + sum(len(section.sentences) for section in self.sections)


class Drafting:
    """Writes drafts with one model."""

    def __init__(self, database: Database, client: ChatClient, full_texts: FullTexts) -> None:
        """Build it.

        Args:
            database: Where terms are.
            client: Asks the model.
            full_texts: Knows the full text of papers.
        """
        self._database = database
        self._client = client
        self._full_texts = full_texts

    async def questions(self, paper: Paper, language: str) -> tuple[Question, ...]:
        """Return what to ask the model for a paper: with its full text if there is one.

        A second question, with the abstract alone, is for a model that can't read so much. There is
        none at all if neither abstract nor text is known.
        """
        full_text = await self._full_texts.read_full_text(paper.arxiv_id)
        sources = [source_of(paper, full_text)]
        if full_text is not None:
            sources.append(source_of(paper, None))
        return tuple(
            [
                Question(source, await self._instructions(source, language), language)
                for source in dict.fromkeys(filter(None, sources))
            ]
        )

    async def _instructions(self, source: Source, language: str) -> str:
        known: dict[str, str] = {}
        if language == _KOREAN:
            known = await terms.korean_forms(self._database, possible_terms(source.text))
        return instructions(language, known)

    async def write(self, question: Question) -> Draft:
        """Ask the model once, and return what it wrote that the paper supports.

        Raises:
            WriteError: There is no usable answer, or too little of it is supported.
        """
        reply = await self._client.ask(question.system, question.source.text)
        tokens = question.tokens if reply.tokens is None else reply.tokens
        try:
            answer = parse(reply.content)
        except InvalidAnswerError as error:
            raise WriteError(
                Failure.INVALID, f"answered no such JSON: {error}", tokens=tokens
            ) from None
        draft = check(answer, question, tokens)
        if not any(section.heading == HEADINGS[ESSENTIAL] for section in draft.sections):
            raise WriteError(
                Failure.UNSUPPORTED,
                f"wrote {draft.sentences} sentences, of which the paper supports too few",
                tokens=tokens,
                sentences=draft.sentences,
                dropped=draft.sentences,
            )
        return draft


def check(answer: Answer, question: Question, tokens: int) -> Draft:
    """Return the sections of an answer with the sentences that the paper supports."""
    source = SourceText(question.source.text)
    dropped: list[DroppedSentence] = []
    sections: list[WrittenSection] = []
    seen: set[str] = set()
    for key, heading in HEADINGS.items():
        items: Sequence[Item] = getattr(answer, key)
        kept: list[Sentence] = []
        for item in items:
            text, quote = _one_line(item.text), _one_line(item.quote)
            verdict = judge(text, quote, source, question.language)
            if verdict is Verdict.SUPPORTED and (text in seen or len(kept) == _MOST_PER_SECTION):
                verdict = Verdict.FORM
            if verdict is Verdict.SUPPORTED:
                seen.add(text)
                kept.append(Sentence(text, quote))
            else:
                dropped.append(DroppedSentence(text, quote, verdict))
        if kept:
            sections.append(WrittenSection(heading, tuple(kept)))
    return Draft(tuple(sections), tuple(dropped), question.source, tokens)


def _one_line(text: str) -> str:
    """Return a text on one line without control, invisible and unpaired characters."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
