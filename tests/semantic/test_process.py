"""A model in a process of its own: what it answers, and what happens when it fails."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from small_models import CRASH, DIMENSIONS, MISSING, SMALL, needs_extra, needs_numpy

from bot.semantic.opening import installed_model
from bot.semantic.process import ModelDiedError, ModelProcess, ModelUnavailableError

pytestmark = [needs_numpy, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def process() -> AsyncIterator[ModelProcess]:
    process = ModelProcess(SMALL, niceness=1)
    yield process
    await process.close()


async def test_each_text_has_a_vector_and_equal_texts_have_equal_ones(
    process: ModelProcess,
) -> None:
    one, other, same = await process.embed(["a cat", "a car", "a cat"], is_query=False)
    assert one == same != other
    assert len(one) == 4 + DIMENSIONS
    assert await process.embed([], is_query=True) == []


@pytest.mark.parametrize(
    "text", ["", "\0", "a\nb", "\ud800", "x" * 100_000, '"}{', "고양이 \u202e"]
)
async def test_any_text_is_embedded(process: ModelProcess, text: str) -> None:
    (vector,) = await process.embed([text], is_query=True)
    assert len(vector) == 4 + DIMENSIONS


async def test_requests_at_once_each_get_their_own_answer(process: ModelProcess) -> None:
    texts = [f"text {number}" for number in range(20)]
    alone = [(await process.embed([text], is_query=True))[0] for text in texts]
    together = await asyncio.gather(*(process.embed([each], is_query=True) for each in texts))
    assert [vector for (vector,) in together] == alone


async def test_a_caller_that_gives_up_does_not_disturb_the_next_one(process: ModelProcess) -> None:
    (wanted,) = await process.embed(["a ship"], is_query=True)
    asking = asyncio.create_task(process.embed(["a car"], is_query=True))
    await asyncio.sleep(0)
    asking.cancel()
    assert await process.embed(["a ship"], is_query=True) == [wanted]


async def test_a_text_that_crashes_the_model_ends_only_its_process(process: ModelProcess) -> None:
    with pytest.raises(ModelDiedError):
        await process.embed([CRASH], is_query=False)
    assert len(await process.embed(["a cat"], is_query=False)) == 1


async def test_a_model_that_cannot_be_loaded_says_why() -> None:
    with pytest.raises(ModelUnavailableError, match="no_such_module"):
        await ModelProcess(MISSING).embed(["a cat"], is_query=True)


async def test_a_closed_process_can_be_used_again(process: ModelProcess) -> None:
    await process.close()
    assert len(await process.embed(["a cat"], is_query=True)) == 1


@needs_extra
async def test_the_model_of_the_extra_finds_meaning_across_languages() -> None:
    from bot.semantic.vectors import normalize, unpack  # noqa: PLC0415 - needs numpy

    model = installed_model()
    assert model is not None
    process = ModelProcess(model)
    try:
        papers = await process.embed(
            [
                "A robot arm learns to grasp objects.",
                "음악을 만드는 확산 모델",
                "Tax law of Norway",
            ],
            is_query=False,
        )
        queries = await process.embed(["로봇이 물건을 집는 법", "generating music"], is_query=True)
    finally:
        await process.close()
    close = normalize(unpack(queries)) @ normalize(unpack(papers)).T
    assert close.argmax(axis=1).tolist() == [0, 1]
