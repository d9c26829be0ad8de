"""Whether Discord's OpenAPI document checks what it is meant to check.

Other tests only add that check at their end: they run without the document, too. So that its
absence shows, one test here is skipped then.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from contract import Contract
from forked_process import ForkedProcess

from bot.sandbox import RecordedRequest, Sandbox

ROUTE = "/channels/{channel_id}/messages"


def test_requests_and_answers_are_checked_against_discords_openapi_document(
    contract: Contract | None,
) -> None:
    if contract is None:
        pytest.skip("DAILY_PAPERS_TEST_OPENAPI names no file: no request of any test was checked")

    def request(body: object, route: str = ROUTE, *, answer: object = None) -> RecordedRequest:
        at = datetime(2026, 2, 21, tzinfo=UTC)
        return RecordedRequest(
            at, "POST", "/channels/1/messages", route, body=body, status=200, answer=answer
        )

    assert contract.request_problem(request({"content": "Hello"})) is None
    assert "content" in (contract.request_problem(request({"content": 1})) or "")
    assert "no such route" in (contract.request_problem(request({}, "/channels/{a}/b")) or "")
    assert contract.answer_problem(request({"content": "Hello"}, answer={"id": "no message"}))


async def test_a_sandbox_that_stops_reports_requests_that_do_not_fit_the_document(
    contract: Contract | None,
) -> None:
    if contract is None:
        pytest.skip("DAILY_PAPERS_TEST_OPENAPI names no file: no request of any test was checked")
    with pytest.raises(AssertionError, match="flags"):  # noqa: PT012 - it fails as the block ends
        async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
            channel = sandbox.add_guild("Lab").add_channel("general")
            url = f"{sandbox.url}/channels/{channel.id}/messages"
            headers = {"Authorization": f"Bot {sandbox.token}"}
            # Discord converts numbers that are written as strings, but does not document it.
            body = {"content": "Hello", "flags": "4"}
            async with session.post(url, json=body, headers=headers) as response:
                assert response.status == 200


async def test_without_the_document_one_test_is_skipped_and_the_others_run() -> None:
    here = Path(__file__)
    tests = [
        f"{here}::test_requests_and_answers_are_checked_against_discords_openapi_document",
        # It uses the sandbox, whose fixture adds the check.
        f"{here.parent}/test_sandbox_faults.py::test_a_response_may_be_delayed_only",
    ]
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("DAILY_PAPERS_", "PYTEST_"))
    }
    options = ("-n", "0", "-p", "no:cacheprovider", "-q", "-rs")
    process = await ForkedProcess.start("-m", "pytest", *options, *tests, env=environment)
    output, errors = (each.decode() for each in await process.communicate())
    assert process.returncode == 0, output + errors
    assert "1 passed, 1 skipped" in output
    assert "DAILY_PAPERS_TEST_OPENAPI" in output
