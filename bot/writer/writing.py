"""Write a paper's text: within the limits of a day, once at a time, and stored with its quotes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.observer import Observer
from bot.writer.drafting import Draft, Drafting, Question
from bot.writer.errors import Failure, WriteError
from bot.writer.prompt import PROMPT
from storage import papers, writer_attempts, written_texts
from storage.database import Database
from storage.records import Paper
from storage.writer_attempts import DailyLimits, Result, WantedText
from storage.written_texts import UnknownPaperError, WrittenText

_REQUESTS: Final = 2
"""How often a model is asked at once for a paper whose first answer can't be used."""
_LONGEST: Final = 1200.0
"""Seconds for one text, all attempts included."""


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """A text that was stored, and the draft that it was made of."""

    text: WrittenText
    draft: Draft


class Writing:
    """Writes texts with one model and stores them."""

    def __init__(
        self,
        database: Database,
        drafting: Drafting,
        model: str,
        *,
        now: Callable[[], datetime],
        seconds: float = _LONGEST,
        observer: Observer | None = None,
    ) -> None:
        """Build it; `start` comes before the first text.

        Args:
            database: Where papers, texts and attempts are.
            drafting: Asks the model.
            model: Its name.
            now: The wall clock, in UTC.
            seconds: How long one text may take.
            observer: Is told of each attempt.
        """
        self.model = model
        self._database = database
        self._drafting = drafting
        self._now = now
        self._seconds = seconds
        self._observer = observer or Observer()

    async def start(self) -> None:
        """Record which model writes now."""
        await written_texts.configure(self._database, self.model)

    async def draft(self, arxiv_id: str, language: str) -> Draft:
        """Write a text and store nothing.

        Raises:
            UnknownPaperError: No list has the paper.
            WriteError: There is no usable answer.
        """
        first, *others = await self._questions(await self._paper(arxiv_id), language)
        try:
            return await self._drafting.write(first)
        except WriteError as error:
            if error.failure is not Failure.NOT_TAKEN or not others:
                raise
        return await self._drafting.write(others[0])

    async def write(self, arxiv_id: str, language: str, limits: DailyLimits | None) -> WrittenDraft:
        """Write a text and store it in place of an older one.

        Raises:
            UnknownPaperError: No list has the paper.
            LimitReachedError: Enough was written today.
            WriteError: There is no usable answer.
            StorageError: The database can't be used.
        """
        paper = await self._paper(arxiv_id)
        try:
            async with asyncio.timeout(self._seconds):
                draft = await self._attempt_all(paper, language, limits)
        except TimeoutError:
            raise WriteError(Failure.TIMED_OUT, f"took more than {self._seconds:g} s") from None
        text = WrittenText(
            arxiv_id=arxiv_id,
            language=language,
            model=self.model,
            sections=draft.sections,
            basis=draft.source.basis,
            basis_hash=draft.source.hash,
            prompt_version=PROMPT.version,
            written_at=self._now(),
        )
        await written_texts.store(self._database, text)
        return WrittenDraft(text, draft)

    async def _paper(self, arxiv_id: str) -> Paper:
        listed = await papers.get(self._database, arxiv_id)
        if listed is None:
            raise UnknownPaperError(arxiv_id)
        return listed.paper

    async def _questions(self, paper: Paper, language: str) -> tuple[Question, ...]:
        """Return the questions, of which there is at least one.

        Raises:
            WriteError: There is nothing to write from.
        """
        questions = await self._drafting.questions(paper, language)
        if not questions:
            raise WriteError(Failure.NO_SOURCE, "has neither an abstract nor a text to read")
        return questions

    async def _attempt_all(self, paper: Paper, language: str, limits: DailyLimits | None) -> Draft:
        """Ask the questions, until the model takes one."""
        try:
            questions = await self._questions(paper, language)
        except WriteError as error:
            attempt = await self._begin(paper, language, 0, None)
            await writer_attempts.end(self._database, attempt, Result(error.failure, 0))
            raise
        *larger, smallest = questions
        for question in larger:
            try:
                return await self._ask(paper, question, limits)
            except WriteError as error:
                if error.failure is not Failure.NOT_TAKEN:
                    raise
        return await self._ask(paper, smallest, limits)

    async def _ask(self, paper: Paper, question: Question, limits: DailyLimits | None) -> Draft:
        """Ask until there is a usable answer, at most `_REQUESTS` times."""
        for _ in range(_REQUESTS - 1):
            try:
                return await self._attempt(paper, question, limits)
            except WriteError as error:
                if not error.failure.may_pass_at_once:
                    raise
        return await self._attempt(paper, question, limits)

    async def _attempt(self, paper: Paper, question: Question, limits: DailyLimits | None) -> Draft:
        """Ask once, with a record of what that uses up."""
        attempt = await self._begin(paper, question.language, question.tokens, limits)
        try:
            draft = await self._drafting.write(question)
        except WriteError as error:
            tokens = error.tokens
            if tokens is None:
                # A server that took no request has not charged for one; a slow one may have.
                is_charged = error.failure is Failure.TIMED_OUT
                tokens = question.tokens if is_charged else 0
            result = Result(error.failure, tokens, error.sentences, error.dropped)
            await self._end(attempt, result)
            raise
        dropped = len(draft.dropped)
        result = Result(writer_attempts.WRITTEN, draft.tokens, draft.sentences, dropped)
        await self._end(attempt, result)
        return draft

    async def _end(self, attempt: int, result: Result) -> None:
        await writer_attempts.end(self._database, attempt, result)
        self._observer.text_attempted(
            tokens=result.tokens, sentences=result.sentences or 0, dropped=result.dropped or 0
        )

    async def _begin(
        self, paper: Paper, language: str, tokens: int, limits: DailyLimits | None
    ) -> int:
        wanted = WantedText(paper.arxiv_id, language, self.model, tokens)
        return await writer_attempts.begin(self._database, wanted, limits=limits, at=self._now())
