"""A model's server is asked over real sockets, and each way to fail has its kind."""

from collections.abc import AsyncIterator

import pytest

from bot.backoff import Backoff
from bot.demo.services.chat import ROUTE, Behaviour, LocalChat
from bot.demo.services.faults import (
    Fault,
    answering,
    cut_off,
    failing,
    html_page,
    hung_up,
    slow,
    too_many_requests,
)
from bot.writer.client import ChatClient
from bot.writer.errors import Failure, WriteError

KEY = "sk-made-up-for-this-test"
SYSTEM = "You summarize a research paper for engineers who read Korean."
USER = "Title: A title\n\nAbstract: We introduce a gym with 13 tasks for research agents. It works."


@pytest.fixture
async def client(chat: LocalChat) -> AsyncIterator[ChatClient]:
    client = ChatClient(chat.base, "m", key=KEY, timeout=5.0, backoff=Backoff(0.01, 0.02))
    yield client
    await client.close()


async def failure_of(client: ChatClient) -> WriteError:
    with pytest.raises(WriteError) as caught:
        await client.ask(SYSTEM, USER)
    return caught.value


async def test_the_request_has_what_the_api_wants(chat: LocalChat, client: ChatClient) -> None:
    reply = await client.ask(SYSTEM, USER)
    (question,) = chat.questions
    assert (question.system, question.user) == (SYSTEM, USER)
    assert question.body["model"] == "m"
    assert question.body["response_format"]["json_schema"]["strict"] is True
    assert chat.requests[0].headers["Authorization"] == f"Bearer {KEY}"
    assert reply.content.startswith("{")
    assert reply.tokens is not None
    assert reply.tokens > 0


@pytest.mark.parametrize(
    ("unknown", "asked"),
    [({"response_format"}, 2), ({"max_tokens"}, 3), ({"temperature", "response_format"}, 3)],
)
async def test_a_server_without_schema_is_asked_with_fewer_fields_from_then_on(
    chat: LocalChat, client: ChatClient, unknown: set[str], asked: int
) -> None:
    chat.unknown_fields = frozenset(unknown)
    await client.ask(SYSTEM, USER)
    assert chat.count(ROUTE) == asked
    await client.ask(SYSTEM, USER)
    assert chat.count(ROUTE) == asked + 1


async def test_a_request_that_is_never_taken_does_not_change_how_the_server_is_asked(
    chat: LocalChat, client: ChatClient
) -> None:
    chat.longest_question = 10
    assert (await failure_of(client)).failure is Failure.NOT_TAKEN
    chat.longest_question = 10**6
    await client.ask(SYSTEM, USER)
    assert "response_format" in chat.questions[0].body


@pytest.mark.parametrize(
    ("fault", "failure", "requests"),
    [
        (failing(500), Failure.UNAVAILABLE, 3),
        (failing(503), Failure.UNAVAILABLE, 3),
        (hung_up(), Failure.UNAVAILABLE, 3),
        (cut_off(), Failure.UNAVAILABLE, 3),
        (too_many_requests(30), Failure.UNAVAILABLE, 1),
        (failing(401), Failure.REFUSED_REQUEST, 1),
        (failing(404), Failure.REFUSED_REQUEST, 1),
        (Fault(status=302, headers={"Location": "/elsewhere"}), Failure.REFUSED_REQUEST, 1),
        (html_page(), Failure.INVALID, 1),
        (answering(b"[]"), Failure.INVALID, 1),
        (answering(b'{"choices": []}'), Failure.INVALID, 1),
        (answering(b'{"choices": [{"message": "x"}]}'), Failure.INVALID, 1),
        (answering(b"[" * 100_000), Failure.INVALID, 1),
        (answering(b"x" * (1024 * 1024 + 1)), Failure.INVALID, 1),
    ],
)
async def test_each_failure_has_its_kind_and_only_those_that_pass_are_tried_again(
    chat: LocalChat, client: ChatClient, fault: Fault, failure: Failure, requests: int
) -> None:
    chat.faults.put(ROUTE, fault)
    error = await failure_of(client)
    assert (error.failure, chat.count(ROUTE)) == (failure, requests)
    assert KEY not in f"{error!r} {error}"
    assert chat.url not in str(error)


@pytest.mark.parametrize(
    ("behaviour", "failure"),
    [
        (Behaviour.REFUSES, Failure.REFUSED),
        (Behaviour.HALF, Failure.CUT_OFF),
        (Behaviour.EMPTY, Failure.INVALID),
    ],
)
async def test_answers_that_are_no_text_have_their_kinds_and_their_cost(
    chat: LocalChat, client: ChatClient, behaviour: Behaviour, failure: Failure
) -> None:
    chat.behaviour = behaviour
    error = await failure_of(client)
    assert error.failure is failure
    assert error.tokens is not None
    assert error.tokens > 0


async def test_a_failure_that_passes_is_tried_again(chat: LocalChat, client: ChatClient) -> None:
    chat.faults.put(ROUTE, failing(500), times=1)
    chat.faults.put(ROUTE, cut_off(), times=1)
    await client.ask(SYSTEM, USER)
    assert chat.count(ROUTE) == 3


async def test_a_server_that_stalls_is_left_after_the_time_limit(chat: LocalChat) -> None:
    client = ChatClient(chat.base, "m", timeout=0.2)
    chat.faults.put(ROUTE, slow(30))
    assert (await failure_of(client)).failure is Failure.TIMED_OUT
    assert chat.count(ROUTE) == 1
    await client.close()


async def test_a_server_that_is_down_is_unavailable(chat: LocalChat, client: ChatClient) -> None:
    async with chat.outage():
        assert (await failure_of(client)).failure is Failure.UNAVAILABLE
    await client.ask(SYSTEM, USER)


@pytest.mark.parametrize(("given", "seconds"), [("30", 30.0), ("soon", 0.0), ("-5", 0.0)])
async def test_the_server_says_how_long_to_wait(
    chat: LocalChat, client: ChatClient, given: str, seconds: float
) -> None:
    chat.faults.put(ROUTE, Fault(status=429, headers={"Retry-After": given}))
    assert (await failure_of(client)).retry_after == seconds


async def test_without_a_count_of_tokens_none_is_known(chat: LocalChat, client: ChatClient) -> None:
    chat.has_usage = False
    assert (await client.ask(SYSTEM, USER)).tokens is None
