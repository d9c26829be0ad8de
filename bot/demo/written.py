"""The language model of the demo: a local server with prepared answers.

Two papers of the sample have no sections in the demo, so that it writes them when they are opened.
Abstracts and sentences are our own words, not those of the papers.
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from bot.clock import Clock
from bot.demo.services.chat import ChatQuestion, LocalChat, Sections

MODEL: Final = "demo-model"
_S2R: Final = "2502.12853"
_PC_AGENT: Final = "2502.14282"
ABSTRACTS: Final[Mapping[str, str]] = {
    _S2R: (
        "Small language models seldom notice when their reasoning has gone wrong. Instead of"
        " copying the long solutions of a larger model, S2R teaches them two habits: to verify an"
        " answer, and to correct it. A few curated examples show how to solve, check and solve"
        " again; reinforcement learning with rewards for the outcome or for each step then"
        " strengthens both habits. Mathematical reasoning improves with little training data, and"
        " the habits carry over to questions from other fields."
    ),
    _PC_AGENT: (
        "Working on a PC is harder for an agent than tapping on a phone: windows are crowded, and"
        " tasks run across several programs. PC-Agent reads the screen with accessibility"
        " information and text recognition. A manager splits an instruction into subtasks, a"
        " progress agent keeps track of them, and a decision agent acts on the screen, while a"
        " reflection agent reports what went wrong. On a new benchmark of office work it completes"
        " far more instructions than earlier agents, above all long ones."
    ),
}
"""Abstracts of the demo's papers whose summary is written when somebody opens them."""

_Passage = tuple[str, str, str]
"""A sentence in English, the same in Korean, and the quote."""
_PASSAGES: Final[Mapping[str, Mapping[str, tuple[_Passage, ...]]]] = {
    _S2R: {
        "new": (
            (
                "S2R teaches small language models to verify an answer and to correct it.",
                "S2R은 작은 언어 모델(Language Model)이 스스로 답을 검증하고 고치도록 가르칩니다.",
                "S2R teaches them two habits: to verify an answer, and to correct it",
            ),
            (
                "Such models seldom notice by themselves that their reasoning went wrong.",
                "이런 모델은 추론이 틀렸다는 것을 스스로 알아차리는 일이 드뭅니다.",
                "Small language models seldom notice when their reasoning has gone wrong",
            ),
        ),
        "method": (
            (
                "A few examples first show how to solve, check and solve again.",
                "먼저 풀고 확인하고 다시 푸는 과정을 적은 수의 예시로 보여 줍니다.",
                "A few curated examples show how to solve, check and solve again",
            ),
            (
                (
                    "Reinforcement learning then strengthens both habits, with rewards for the"
                    " outcome or for each step."
                ),
                (
                    "그다음 결과나 단계마다 보상을 주는 강화 학습(Reinforcement Learning)으로"
                    " 두 습관을 굳힙니다."
                ),
                (
                    "reinforcement learning with rewards for the outcome or for each step then"
                    " strengthens both habits"
                ),
            ),
        ),
        "results": (
            (
                "Mathematical reasoning gets better with little training data.",
                "적은 학습 데이터로도 수학 추론이 좋아집니다.",
                "Mathematical reasoning improves with little training data",
            ),
        ),
    },
    _PC_AGENT: {
        "new": (
            (
                "PC-Agent takes on tasks that run across several programs of a PC.",
                "PC-Agent는 PC에서 여러 프로그램을 오가는 작업을 다룹니다.",
                "windows are crowded, and tasks run across several programs",
            ),
        ),
        "method": (
            (
                "It reads the screen with accessibility information and text recognition.",
                "접근성 정보와 글자 인식(Text Recognition)으로 화면을 읽습니다.",
                "PC-Agent reads the screen with accessibility information and text recognition",
            ),
            (
                "A manager splits the instruction, and a progress agent keeps track of the parts.",
                "관리자가 지시를 작은 작업으로 나누고 진행 담당이 경과를 살핍니다.",
                (
                    "A manager splits an instruction into subtasks, a progress agent keeps track of"
                    " them"
                ),
            ),
            (
                "Another agent reports what went wrong.",
                "반성(Reflection)을 맡은 에이전트는 무엇이 잘못되었는지 알려 줍니다.",
                "a reflection agent reports what went wrong",
            ),
        ),
        "results": (
            (
                "It completes far more instructions of a new benchmark than earlier agents.",
                "새 벤치마크(Benchmark)에서 이전 에이전트보다 훨씬 많은 지시를 완수합니다.",
                "it completes far more instructions than earlier agents, above all long ones",
            ),
        ),
    },
}
_MADE: Final = re.compile(
    r"An invented abstract: (?P<what>[^,]+), tried on (?P<subject>.+?) with (?P<count>\d) made-up"
    r" baselines, takes (?P<steps>\S+) steps\."
)
"""The abstract of an invented paper, on one line."""


@asynccontextmanager
async def local_model(clock: Clock) -> AsyncIterator[str]:
    """Serve the model on this machine inside the context; yield the base of its API."""
    async with LocalChat(clock.now) as chat:
        chat.prepared = _answer
        yield chat.base


def _answer(question: ChatQuestion) -> Sections | None:
    for arxiv_id, abstract in ABSTRACTS.items():
        if abstract in question.user:
            return {
                key: [
                    {"text": korean if question.is_korean else english, "quote": quote}
                    for english, korean, quote in passages
                ]
                for key, passages in _PASSAGES[arxiv_id].items()
            }
    found = _MADE.search(" ".join(question.user.split()))
    return None if found is None else _about_made(found, is_korean=question.is_korean)


def _about_made(found: re.Match[str], *, is_korean: bool) -> Sections:
    """Return what is written of an invented paper."""
    what, subject, count, steps = found.group("what", "subject", "count", "steps")
    if is_korean:
        new = f"지어낸 논문으로, {what}을(를) {subject}에 적용합니다."
        method = f"계산에 {steps} 단계가 걸립니다."
        results = f"지어낸 비교 대상 {count}개와 견줍니다."
    else:
        new = f"This invented paper tries {what} on {subject}."
        method = f"It takes {steps} steps."
        results = f"It is compared with {count} baselines that are made up as well."
    return {
        "new": [{"text": new, "quote": f"An invented abstract: {what}, tried on {subject}"}],
        "method": [{"text": method, "quote": f"made-up baselines, takes {steps} steps"}],
        "results": [{"text": results, "quote": f"with {count} made-up baselines"}],
    }
