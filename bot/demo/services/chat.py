"""A language model's server on this machine: the OpenAI chat API, with invented answers.

It answers well, or as badly as it is told to. What is untrue in its answers says so: it has
`UNTRUE` in it, so that a test can look for it where readers would see it.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from aiohttp import web

from bot.demo.services.local_server import LocalServer, utc_now

UNTRUE: Final = "zubenel"
"""A word that no paper has; every untrue sentence has it."""
ROUTE: Final = "/v1/chat/completions"

_LANGUAGE: Final = re.compile(r"for engineers who read (\w+)\.")
_TITLE: Final = re.compile(r"^Title: (.+)$", re.MULTILINE)
_BODY: Final = re.compile(r"(?:Abstract: |Text:\n)(.+)", re.DOTALL)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_SHORTEST_QUOTE: Final = 25
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*%?")
_ORDER: Final = re.compile(
    r"(?:ignore|disregard)[^.:]*instructions[^.:]*[:.]\s*([^\n]+)", re.IGNORECASE
)
_QUOTED_WORDS: Final = 30
Sections: TypeAlias = Mapping[str, Sequence[Mapping[str, str]]]
"""An answer: sentences with their quotes, by the keys `new`, `method` and `results`."""


class Behaviour(StrEnum):
    """How the model answers."""

    WELL = "well"
    """In the language that it is asked for, with quotes that stand in the paper."""
    FENCED = "fenced"
    """Well, in a code fence behind its thoughts, as some models do without a schema."""
    REFUSES = "refuses"
    NO_JSON = "no_json"
    """In prose."""
    OTHER_JSON = "other_json"
    """With keys that nobody has asked for."""
    HALF = "half"
    """It reaches the longest answer that it may write."""
    EMPTY = "empty"
    INVENTS_NUMBERS = "invents_numbers"
    """Beside good sentences it has some with numbers that the paper doesn't have."""
    MISQUOTES = "misquotes"
    """Beside good sentences it has some whose quotes don't stand in the paper."""
    OBEYS = "obeys"
    """It writes what an instruction in the paper wants."""
    WRONG_LANGUAGE = "wrong_language"
    LIES = "lies"
    """Everything that it writes is untrue, in one of the ways above."""


@dataclass(frozen=True, slots=True)
class ChatQuestion:
    """What the model was asked."""

    system: str
    user: str
    body: dict[str, Any]
    """The whole request."""

    @property
    def is_korean(self) -> bool:
        """Whether an answer in Korean is wanted."""
        found = _LANGUAGE.search(self.system)
        return bool(found and found[1] == "Korean")

    @property
    def title(self) -> str:
        """The title of the paper."""
        found = _TITLE.search(self.user)
        return found[1] if found else ""


class LocalChat(LocalServer):
    """A local stand-in for a server of language models.

    Attributes:
        behaviour: How it answers.
        behaviours: How it answers for papers with some title, in place of `behaviour`.
        prepared: Returns what it answers a question, in place of an invented answer; `None` for
            what it has not prepared for.
        key: The key that it wants; `None` for none.
        unknown_fields: Fields of a request that it refuses with 400.
        longest_question: Characters of a paper; more are refused with 400.
        has_usage: Whether it says how many tokens were used.
        may_answer: While this event is not set, it goes on thinking.
        questions: All questions that it has answered in one way or another.
    """

    def __init__(self, now: Callable[[], datetime] = utc_now, *, key: str | None = None) -> None:
        """Make a server; `now` is its clock, in UTC."""
        super().__init__(now)
        self.behaviour = Behaviour.WELL
        self.behaviours: dict[str, Behaviour] = {}
        self.prepared: Callable[[ChatQuestion], Sections | None] = lambda _: None
        self.key = key
        self.unknown_fields: frozenset[str] = frozenset()
        self.longest_question = 10**6
        self.has_usage = True
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.questions: list[ChatQuestion] = []

    @property
    def base(self) -> str:
        """The base address of the API."""
        return f"{self.url}/v1"

    def routes(self) -> Sequence[web.RouteDef]:
        """Return the one route of the API."""
        return [web.post(ROUTE, self._complete)]

    async def _complete(self, request: web.Request) -> web.Response:
        if self.key is not None and request.headers.get("Authorization") != f"Bearer {self.key}":
            return _error(401, "Incorrect API key provided")
        body = await request.json()
        if unknown := self.unknown_fields & body.keys():
            return _error(400, f"Unknown parameter: {min(unknown)}")
        texts = {message["role"]: message["content"] for message in body["messages"]}
        question = ChatQuestion(texts["system"], texts["user"], body)
        if len(question.user) > self.longest_question:
            return _error(400, "This model's maximum context length is exceeded")
        await self.may_answer.wait()
        self.questions.append(question)
        behaviour = self.behaviours.get(question.title, self.behaviour)
        return web.json_response(self._answer(question, behaviour))

    def _answer(self, question: ChatQuestion, behaviour: Behaviour) -> dict[str, object]:
        message: dict[str, object] = {"role": "assistant", "content": None}
        reason = "stop"
        if behaviour is Behaviour.REFUSES:
            message["refusal"] = "I can't help with that."
        else:
            found = self.prepared(question) if behaviour is Behaviour.WELL else None
            content = _content(question, behaviour) if found is None else _to_json(found)
            message["content"] = content
            if behaviour is Behaviour.HALF:
                message["content"], reason = content[: len(content) // 2], "length"
        size = len(question.system) + len(question.user) + len(str(message["content"]))
        usage = {"usage": {"total_tokens": size // 4}} if self.has_usage else {}
        return {
            "id": f"chatcmpl-{len(self.questions)}",
            "object": "chat.completion",
            "model": question.body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        } | usage


def _error(status: int, message: str) -> web.Response:
    return web.json_response({"error": {"message": message}}, status=status)


def _to_json(sections: Sections) -> str:
    return json.dumps(sections, ensure_ascii=False)


def _content(question: ChatQuestion, behaviour: Behaviour) -> str:
    match behaviour:
        case Behaviour.NO_JSON:
            return "Here is a summary: the paper is about research."
        case Behaviour.OTHER_JSON:
            return json.dumps({"summary": "The paper is about research."})
        case Behaviour.EMPTY:
            return ""
        case _:
            answer = _to_json(_sections(question, behaviour))
            is_fenced = behaviour is Behaviour.FENCED
            return f"<think>{{Hm.}}</think>\n```json\n{answer}\n```" if is_fenced else answer


def _sections(question: ChatQuestion, behaviour: Behaviour) -> Sections:
    quotes = list(_quotes(question.user))
    good = [_item(question, quote, index) for index, quote in enumerate(quotes)]
    new, method, results = good[:1], good[1:3], good[3:5]
    match behaviour:
        case Behaviour.INVENTS_NUMBERS:
            results = [*results, _invent(question, quotes[0])]
        case Behaviour.MISQUOTES:
            method = [*method, _misquote(question)]
        case Behaviour.OBEYS:
            if order := _ORDER.search(question.user):
                new = [{"text": order[1].strip(), "quote": order[0].strip()}, *new]
        case Behaviour.WRONG_LANGUAGE:
            foreign = f"Die Autoren zeigen, dass das {UNTRUE} in allen Fällen nicht das Beste ist."
            new = [{"text": foreign, "quote": quotes[0]}]
            method = results = []
        case Behaviour.LIES:
            new, method = [_invent(question, quotes[0])], [_misquote(question)]
            results = [_invent(question, "of the paper " * 3)]
    return {"new": new, "method": method, "results": results}


def _quotes(paper: str) -> Iterator[str]:
    """Yield the beginnings of sentences of a paper, word for word."""
    body = _BODY.search(paper)
    for sentence in _SENTENCE_END.split(body[1] if body else paper):
        if len(sentence) >= _SHORTEST_QUOTE:
            yield " ".join(sentence.rstrip(".!?").split()[:_QUOTED_WORDS])


def _item(question: ChatQuestion, quote: str, index: int) -> dict[str, str]:
    """Return a sentence that says what its quote says, as far as a template can."""
    if not question.is_korean:
        return {"text": f"The authors write: {quote}.", "quote": quote}
    numbers = ", ".join(dict.fromkeys(_NUMBER.findall(quote)))
    topics = ("새로운 접근", "방법", "구성 요소", "실험", "결과")
    topic = topics[min(index, len(topics) - 1)]
    text = f"{topic}에 나오는 수치는 {numbers}입니다." if numbers else f"{topic}을 설명합니다."
    return {"text": text, "quote": quote}


def _invent(question: ChatQuestion, quote: str) -> dict[str, str]:
    korean, english = (
        f"{UNTRUE} 정확도가 98765% 향상됩니다.",
        f"The {UNTRUE} accuracy improves by 98765%.",
    )
    text = korean if question.is_korean else english
    return {"text": text, "quote": quote}


def _misquote(question: ChatQuestion) -> dict[str, str]:
    text = f"{UNTRUE} 방식을 사용합니다." if question.is_korean else f"It uses the {UNTRUE} method."
    return {"text": text, "quote": f"we use the {UNTRUE} method in all of our experiments"}
