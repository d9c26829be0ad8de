import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.posts.lanes import Again, Lanes

Work = Callable[[str], Awaitable[Again[str] | None]]


async def done_by(work: Work, *jobs: tuple[str, str], at_once: int = 2) -> None:
    lanes: Lanes[str] = Lanes(work, at_once=at_once)
    lanes.start()
    for lane, job in jobs:
        lanes.put(lane, job)
    async with asyncio.timeout(5):
        await lanes.until_idle()
    await lanes.stop()


async def test_a_lane_keeps_its_order_and_a_job_stands_in_it_once() -> None:
    done: list[str] = []

    async def work(job: str) -> None:
        await asyncio.sleep(0)
        done.append(job)

    await done_by(work, ("a", "1"), ("a", "2"), ("a", "2"), ("b", "3"), ("a", "4"))
    assert [job for job in done if job != "3"] == ["1", "2", "4"]
    assert "3" in done


async def test_a_lane_that_hangs_or_waits_holds_up_no_other() -> None:
    done, hanging = list[str](), asyncio.Event()
    lanes: Lanes[str]

    async def work(job: str) -> Again[str] | None:
        if job == "hangs":
            await hanging.wait()
        if job == "waits" and "waits" not in done:
            done.append(job)
            return Again(job, 3600)
        done.append(job)
        return None

    lanes = Lanes(work, at_once=2)
    lanes.start()
    for lane, job in (("a", "hangs"), ("b", "waits"), ("b", "behind it"), ("c", "well")):
        lanes.put(lane, job)
    async with asyncio.timeout(5):
        await lanes.done("d", "well too")
        assert done == ["waits", "well", "well too"]
        lanes.hurry("b")
        hanging.set()
        await lanes.until_idle()
    assert sorted(done[3:]) == ["behind it", "hangs", "waits"]
    assert done.index("behind it") > 3
    await lanes.stop()


async def test_a_job_that_fails_is_logged_and_the_next_is_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []

    async def work(job: str) -> None:
        if job == "bad":
            raise RuntimeError("no")
        done.append(job)

    await done_by(work, ("a", "bad"), ("a", "good"))
    assert done == ["good"]
    assert "bad failed" in caplog.text


async def test_what_was_stopped_is_forgotten() -> None:
    begun = asyncio.Event()

    async def work(_job: str) -> None:
        begun.set()
        await asyncio.Event().wait()

    lanes: Lanes[str] = Lanes(work, at_once=1)
    lanes.start()
    waiting = asyncio.create_task(lanes.done("a", "job"))
    await begun.wait()
    await lanes.stop()
    async with asyncio.timeout(5):
        await waiting
        await lanes.until_idle()
