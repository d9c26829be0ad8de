"""Which papers the next posts would show: for whoever prepares them in time."""

from datetime import date, time, timedelta

from posting_fixture import EVENING, FRIDAY, PostingFixture

from storage.records import Frequency

HALF_A_DAY = timedelta(hours=12)
FIRST, SECOND, THIRD = (f"2502.21{rank:03}" for rank in (1, 2, 3))


async def upcoming(
    posting: PostingFixture, *languages: str, within: timedelta = HALF_A_DAY
) -> list[tuple[str, str]]:
    app = posting.new_app(posting.database)
    return list(await app.posting.upcoming(languages, within=within))


async def test_posts_are_in_the_order_in_which_they_are_due(posting: PostingFixture) -> None:
    await posting.store()
    await posting.schedule(posting.channel(), count=1, language="en")
    await posting.schedule(posting.channel("seoul"), count=2, language="ko", time=time(1))
    assert await upcoming(posting, "en", "ko") == [(FIRST, "ko"), (SECOND, "ko"), (FIRST, "en")]
    assert await upcoming(posting, "en") == [(FIRST, "en")]
    assert await upcoming(posting) == []


async def test_a_paper_of_several_posts_is_named_once(posting: PostingFixture) -> None:
    await posting.store()
    for name in ("one", "two"):
        await posting.schedule(posting.channel(name), count=2)
    assert await upcoming(posting, "en") == [(FIRST, "en"), (SECOND, "en")]


async def test_filters_of_a_schedule_hold(posting: PostingFixture) -> None:
    await posting.store()
    await posting.schedule(posting.channel(), count=1, exclude='"Paper 1", "Paper 2"')
    assert await upcoming(posting, "en") == [(THIRD, "en")]


async def test_posts_that_are_paused_late_or_of_another_day_are_left_out(
    posting: PostingFixture,
) -> None:
    await posting.store()
    paused = await posting.schedule(posting.channel("paused"))
    app = posting.new_app(posting.database)
    await app.posting.pause(paused.id, actor_id=1)
    await posting.schedule(posting.channel("monday"), days=1)
    await posting.schedule(posting.channel("week"), period=Frequency.WEEK)
    assert await upcoming(posting, "en") == []
    week = await upcoming(posting, "en", within=timedelta(days=4))
    assert (FIRST, "en") in week


async def test_what_a_channel_has_had_is_not_shown_again(posting: PostingFixture) -> None:
    await posting.store()
    await posting.schedule(posting.channel(), count=1)
    async with posting.running():
        await posting.wait_for(EVENING + HALF_A_DAY)
        assert list(await posting.app.posting.upcoming(("en",), within=timedelta(days=1))) == []
        await posting.store(FRIDAY + timedelta(days=1))
        assert list(await posting.app.posting.upcoming(("en",), within=timedelta(days=1))) == [
            ("2502.22001", "en")
        ]


async def test_a_post_that_waits_for_its_digest_counts(posting: PostingFixture) -> None:
    await posting.schedule(posting.channel(), count=1)
    async with posting.running():
        await posting.wait_for(EVENING + timedelta(hours=10, minutes=1))
        await posting.store(date(2025, 2, 21))
        assert await posting.app.posting.upcoming(("en",), within=HALF_A_DAY) == ((FIRST, "en"),)
