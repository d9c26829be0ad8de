"""What several folders of tests share."""

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from contract import Contract

from bot.sandbox import Limits, Sandbox

OPENAPI = "DAILY_PAPERS_TEST_OPENAPI"
"""The environment variable that names Discord's OpenAPI document."""
DIGESTS = "DAILY_PAPERS_TEST_DIGESTS"
"""The environment variable that names a folder of real digests, YYYY/MM/DD.md."""


@pytest.fixture(scope="session")
def digests_folder() -> Path:
    """The folder of real digests; a test that wants it is skipped where there is none."""
    folder = os.environ.get(DIGESTS)
    if not folder:
        pytest.skip(f"{DIGESTS} names no folder of digests")
    return Path(folder)


@pytest.fixture(scope="session")
def contract() -> Contract | None:
    """Discord's OpenAPI document; `None` where it is not at hand."""
    path = os.environ.get(OPENAPI)
    return Contract.read(Path(path)) if path else None


@pytest.fixture
def check_contract(contract: Contract | None) -> Callable[[Sandbox], None]:
    """Fails a test whose bot sent something that Discord's OpenAPI document does not know.

    To be called when the test is over; where the document is not at hand, nothing is checked.
    """

    def check(sandbox: Sandbox) -> None:
        assert contract is None or not (problems := contract.request_problems(sandbox)), problems

    return check


@pytest.fixture
async def sandbox(check_contract: Callable[[Sandbox], None]) -> AsyncIterator[Sandbox]:
    """A Discord with nothing in it, and without rate limits: those take real seconds."""
    async with Sandbox(limits=Limits.off()) as sandbox:
        yield sandbox
        check_contract(sandbox)
