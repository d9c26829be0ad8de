"""Texts as stored jobs: what comes first, what is shared, what survives, and what stops."""

import asyncio
from datetime import timedelta

import pytest
from writer_fixture import BARE, GYM, NOW, WINDOWS, WriterFixture, papers_to_write
from written_samples import report

from bot.demo.services.chat import ROUTE, UNTRUE, Behaviour
from bot.demo.services.faults import failing, slow
from bot.writer.service import WriteResult, write_job
from bot.writer.settings import WriterSettings
from storage import digests, jobs, reports
from storage.writer_attempts import DailyLimits

ONE_LANE = WriterSettings(parallel=1)


async def test_what_the_next_posts_show_is_written_in_their_languages(
    fixture: WriterFixture,
) -> None:
    fixture.upcoming = [(WINDOWS, "en"), (GYM, "ko"), (WINDOWS, "fr")]
    async with fixture.running(ONE_LANE):
        await fixture.settle()
    assert await fixture.texts() == {(WINDOWS, "en"), (GYM, "ko")}
    assert [question.title[-10:] for question in fixture.chat.questions] == [WINDOWS, GYM]
    assert await fixture.jobs() == {}


async def test_texts_that_exist_are_not_written_again(fixture: WriterFixture) -> None:
    fixture.upcoming = [(GYM, "ko")]
    async with fixture.running():
        await fixture.settle()
        await fixture.settle(minutes=6)
    assert len(fixture.chat.questions) == 1


async def test_with_all_every_paper_is_written_after_those_of_posts(
    fixture: WriterFixture,
) -> None:
    fixture.upcoming = [(WINDOWS, "en")]
    async with fixture.running(WriterSettings(all=True, parallel=1)):
        await fixture.settle()
    assert await fixture.texts() == {(GYM, "ko"), (GYM, "en"), (WINDOWS, "ko"), (WINDOWS, "en")}
    assert fixture.chat.questions[0].title.endswith(WINDOWS)
    assert await fixture.outcomes() != []


async def test_so_many_are_written_at_the_same_time_as_set(fixture: WriterFixture) -> None:
    fixture.upcoming = [(GYM, "ko"), (GYM, "en"), (WINDOWS, "ko"), (WINDOWS, "en")]
    fixture.chat.faults.put(ROUTE, slow(0.1))
    async with fixture.running(WriterSettings(parallel=2)):
        await fixture.settle()
    assert fixture.chat.most_at_once == 2
    assert len(await fixture.texts()) == 4


async def test_a_restart_in_the_middle_loses_nothing_and_writes_nothing_twice(
    fixture: WriterFixture,
) -> None:
    fixture.upcoming = [(GYM, "ko"), (WINDOWS, "ko")]
    fixture.chat.faults.put(ROUTE, slow(30), times=1)
    async with fixture.running(ONE_LANE):
        await fixture.until_asked()
    assert await fixture.texts() == set()
    assert len(await fixture.jobs()) == 2
    assert await fixture.outcomes() == ["begun"]
    fixture.upcoming = []  # the post has gone out meanwhile
    async with fixture.running(ONE_LANE):
        await fixture.settle()
    assert await fixture.texts() == {(GYM, "ko"), (WINDOWS, "ko")}
    assert len(fixture.chat.questions) == 2


async def test_nothing_more_is_written_after_the_limit_until_the_next_day(
    fixture: WriterFixture,
) -> None:
    fixture.upcoming = [(GYM, "ko"), (WINDOWS, "ko")]
    settings = WriterSettings(parallel=1, limits=DailyLimits(papers=1, tokens=10**6))
    async with fixture.running(settings):
        await fixture.settle()
        assert await fixture.texts() == {(GYM, "ko")}
        await fixture.settle(hours=15)  # until 23:00 UTC
        assert await fixture.texts() == {(GYM, "ko")}
        await fixture.settle(hours=2)
        assert await fixture.texts() == {(GYM, "ko"), (WINDOWS, "ko")}
    assert len(fixture.chat.questions) == 2


async def test_a_paper_that_fails_is_tried_again_later_and_given_up_in_the_end(
    fixture: WriterFixture,
) -> None:
    fixture.upcoming = [(GYM, "ko")]
    fixture.chat.behaviour = Behaviour.REFUSES
    async with fixture.running():
        await fixture.settle()
        for hours, asked in ((0.1, 1), (0.2, 2), (0.5, 2), (2, 3), (3, 3), (7, 4), (24, 4)):
            await fixture.settle(hours=hours)
            assert len(fixture.chat.questions) == asked
        assert await fixture.jobs() == {}
        fixture.chat.behaviour = Behaviour.WELL
        await fixture.settle(days=7)
    assert await fixture.texts() == {(GYM, "ko")}


async def test_a_server_that_is_down_is_asked_with_growing_pauses_and_costs_no_attempt(
    fixture: WriterFixture,
) -> None:
    fixture.upcoming = [(GYM, "ko"), (WINDOWS, "ko")]
    fixture.chat.faults.put(ROUTE, failing(401))
    async with fixture.running(ONE_LANE):
        await fixture.settle()
        assert len(fixture.chat.requests) == 1
        for _ in range(60):
            await fixture.settle(minutes=1)
        assert 5 < len(fixture.chat.requests) < 25
        fixture.chat.faults.clear()
        await fixture.settle(minutes=11)
    assert await fixture.texts() == {(GYM, "ko"), (WINDOWS, "ko")}


async def test_a_failing_paper_does_not_keep_others_waiting(fixture: WriterFixture) -> None:
    fixture.upcoming = [(GYM, "ko"), (WINDOWS, "ko")]
    fixture.chat.behaviours[f"Title of {GYM}"] = Behaviour.NO_JSON
    async with fixture.running(ONE_LANE):
        await fixture.settle()
    assert await fixture.texts() == {(WINDOWS, "ko")}


async def test_all_who_open_a_paper_share_one_text(fixture: WriterFixture) -> None:
    fixture.chat.faults.put(ROUTE, slow(0.2))
    async with fixture.running():
        results = await asyncio.gather(*(fixture.service.write_now(GYM, "ko") for _ in range(8)))
    assert results == [WriteResult.WRITTEN] * 8
    assert len(fixture.chat.questions) == 1


async def test_texts_of_posts_come_first_then_what_is_opened_then_all_others(
    fixture: WriterFixture,
) -> None:
    await digests.store(fixture.database, papers_to_write(), read_at=NOW)
    fixture.upcoming = [(GYM, "ko"), (GYM, "en")]
    fixture.chat.faults.put(ROUTE, slow(0.2))
    settings = WriterSettings(parallel=1, all=True)
    async with fixture.running(settings):
        await fixture.until_asked()
        assert await fixture.service.write_now(WINDOWS, "ko") is WriteResult.WRITTEN
        asked = [(each.title, each.is_korean) for each in fixture.chat.questions][:3]
    gym = f"Title of {GYM}"
    assert asked == [(gym, True), (gym, False), (f"Title of {WINDOWS}", True)]


async def test_opening_a_paper_of_the_next_post_does_not_put_it_back(
    fixture: WriterFixture,
) -> None:
    await digests.store(fixture.database, papers_to_write(), read_at=NOW)
    fixture.upcoming = [(GYM, "ko"), (WINDOWS, "ko"), (GYM, "en")]
    fixture.chat.faults.put(ROUTE, slow(0.2))
    async with fixture.running(ONE_LANE):
        await fixture.until_asked()
        assert await fixture.service.write_now(WINDOWS, "ko") is WriteResult.WRITTEN
        titles = [each.title for each in fixture.chat.questions][:2]
    assert titles == [f"Title of {GYM}", f"Title of {WINDOWS}"]


async def test_who_waits_too_long_gets_nothing_but_the_text_is_still_written(
    fixture: WriterFixture,
) -> None:
    fixture.chat.faults.put(ROUTE, slow(0.5))
    async with fixture.running():
        assert await fixture.service.write_now(GYM, "ko", seconds=0.05) is WriteResult.LATER
        waiting = asyncio.create_task(fixture.service.write_now(GYM, "ko"))
        await asyncio.sleep(0.05)
        waiting.cancel()
        await fixture.settle()
    assert await fixture.texts() == {(GYM, "ko")}
    assert len(fixture.chat.questions) == 1


async def test_what_is_never_written_is_said_at_once(fixture: WriterFixture) -> None:
    async with fixture.running():
        assert await fixture.service.write_now(GYM, "fr") is WriteResult.NEVER
        assert await fixture.service.write_now("2502.99999", "ko") is WriteResult.NEVER
        await fixture.service.write_now(GYM, "ko")
        assert await fixture.service.write_now(GYM, "ko") is WriteResult.WRITTEN
        report_id = await report(fixture.database, GYM, at=fixture.now)
        found = await reports.get(fixture.database, report_id)
        assert found is not None
        await reports.hide(fixture.database, found, at=fixture.now)
        assert await fixture.service.write_now(GYM, "ko") is WriteResult.NEVER
    assert len(fixture.chat.questions) == 1


async def test_opening_a_paper_that_has_failed_does_not_ask_again(fixture: WriterFixture) -> None:
    fixture.chat.behaviour = Behaviour.REFUSES
    async with fixture.running():
        for _ in range(5):
            assert await fixture.service.write_now(GYM, "ko") is WriteResult.LATER
        assert len(fixture.chat.questions) == 1
        assert await fixture.service.write_now(BARE, "ko") is WriteResult.LATER


async def test_a_text_to_rewrite_is_written_again(fixture: WriterFixture) -> None:
    async with fixture.running():
        await fixture.service.write_now(GYM, "ko")
        report_id = await report(fixture.database, GYM, at=fixture.now)
        found = await reports.get(fixture.database, report_id)
        assert found is not None
        again = write_job(GYM, "ko", fixture.now)
        await reports.rewrite(fixture.database, found, write=[again], at=fixture.now)
        await fixture.settle(seconds=1)
    assert await fixture.text() is not None
    assert len(fixture.chat.questions) == 2


async def test_without_a_model_jobs_of_an_earlier_one_are_removed(fixture: WriterFixture) -> None:
    fixture.upcoming = [(GYM, "ko")]
    fixture.chat.faults.put(ROUTE, failing(401))
    async with fixture.running():
        await fixture.settle()
        assert len(await fixture.jobs()) == 1
    fixture.build(is_on=False)
    await fixture.service.start()
    await fixture.service.check()
    assert await fixture.jobs() == {}
    assert await jobs.get(fixture.database, "plan:writer") is None
    assert await fixture.service.write_now(GYM, "ko") is WriteResult.NEVER
    assert not fixture.service.is_on


async def test_jobs_of_lanes_and_languages_that_are_gone_are_moved_or_removed(
    fixture: WriterFixture,
) -> None:
    fixture.build()
    await jobs.enqueue(
        fixture.database,
        [write_job(GYM, "ko", NOW, lane=7), write_job(WINDOWS, "en", NOW, lane=1)],
    )
    async with fixture.running(WriterSettings(languages=("ko",), parallel=1)):
        await fixture.settle()
    assert await fixture.texts() == {(GYM, "ko")}


async def test_the_plan_is_written_again_if_it_is_missing_or_too_late(
    fixture: WriterFixture,
) -> None:
    async with fixture.running():
        await fixture.settle()
        fixture.now -= timedelta(days=300)
        await fixture.service.check()
        plan = await jobs.get(fixture.database, "plan:writer")
        assert plan is not None
        assert plan.run_at == fixture.now


@pytest.mark.parametrize("behaviour", Behaviour)
async def test_nothing_untrue_of_any_model_is_stored(
    fixture: WriterFixture, behaviour: Behaviour
) -> None:
    fixture.chat.behaviour = behaviour
    async with fixture.running(WriterSettings(all=True)):
        await fixture.settle()
    assert fixture.chat.questions
    assert (await fixture.everything()).count(UNTRUE) == 0
