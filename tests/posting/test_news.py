"""Which list a daily post takes, which papers of it are new, and what it says of failures."""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from posting_fixture import FRIDAY, PostingFixture, digest

from bot.demo.services.faults import failing
from bot.demo.services.huggingface import LocalHuggingFace
from bot.ingest.lists import HuggingFaceLists
from bot.posting.manual_posts import Posted
from bot.posting.selection import enough_new
from bot.sandbox import Channel
from bot.sources import list_days
from bot.sources.http import HttpClient
from bot.sources.huggingface import HuggingFace
from storage import digests, history, sources
from storage.records import (
    Digest,
    Frequency,
    Layout,
    Outcome,
    Paper,
    Reason,
    Schedule,
    SourceKind,
    SourceList,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THURSDAY, MONDAY, TUESDAY = FRIDAY - DAY, FRIDAY + 3 * DAY, FRIDAY + 4 * DAY
# In February a list opens at 02:30 UTC, so that it is old enough at 12:30.
OLD_ENOUGH = time(12, 30)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


async def store_live(posting: PostingFixture, day: date, papers: Iterable[Paper] = ()) -> None:
    """Store a list of Hugging Face, twelve papers if not given."""
    await sources.configure(posting.database, [("huggingface", SourceKind.HUGGINGFACE)])
    found = SourceList(
        source="huggingface",
        date=day,
        papers=tuple(papers) or digest(day).papers,
        read_at=posting.clock.now(),
        is_live=True,
        opened_at=list_days.opens_at(day),
        closed_at=list_days.closes_at(day),
        body_hash="1",
    )
    await digests.store_lists(posting.database, [found])


def posted_list(channel: Channel, number: int = -1) -> str:
    """Return the day in the heading of a post."""
    heading: str = channel.messages[number].embeds[0]["author"]["name"]
    return next(part for part in heading.split(" · ") if "day, " in part)


def shown(channel: Channel, number: int = -1) -> list[str]:
    """Return the ids of the papers that a brief post shows, in order."""
    lead, *lists = channel.messages[number].embeds
    entries = "".join(embed["description"] for embed in lists)
    return re.findall(r"arxiv\.org/abs/([\d.]+)", f"{lead['url']} {entries}")


async def reasons(posting: PostingFixture, schedule: Schedule) -> list[str | None]:
    """Return the reasons in a schedule's history, oldest first."""
    lines = await history.of_guild(
        posting.database, schedule.guild_id, schedule_id=schedule.id, limit=99
    )
    return [line.reason for line in reversed(lines)]


# Which list


async def test_a_post_takes_the_newest_list_that_has_been_open_for_ten_hours(
    posting: PostingFixture,
) -> None:
    posting.clock.move_to(at(FRIDAY, 11))
    await store_live(posting, THURSDAY)
    await store_live(posting, FRIDAY)
    early, late = posting.channel("early"), posting.channel("late")
    await posting.schedule(early, time=time(12, 29))
    await posting.schedule(late, time=OLD_ENOUGH)
    async with posting.running(wait_hours=0):
        await posting.wait_for(at(FRIDAY, 12, 31))
    assert "Thursday, February 20" in posted_list(early)
    assert "Friday, February 21" in posted_list(late)


@pytest.mark.parametrize("age", [0, 5.5, 24])
async def test_how_long_a_list_must_have_been_open_is_a_setting(
    posting: PostingFixture, age: float
) -> None:
    posting.clock.move_to(at(FRIDAY, 7))
    await store_live(posting, FRIDAY)
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running(wait_hours=0, list_age_hours=age):
        await posting.wait_for(at(FRIDAY, 8))
    assert len(channel.messages) == (age < 24)


async def test_a_digest_of_files_is_complete_when_it_arrives(posting: PostingFixture) -> None:
    posting.clock.move_to(at(FRIDAY, 7))
    await store_live(posting, FRIDAY)  # too young, but files have the same day
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running() as app:
        await posting.wait_for(at(FRIDAY, 8))
        assert not channel.messages
        posting.clock.move_to(at(FRIDAY, 9))
        await posting.store(FRIDAY)
        app.posting.digests_stored()
        await posting.settle()
    assert "Friday" in posted_list(channel)


async def test_a_complete_list_with_the_papers_of_one_that_is_too_new_is_posted(
    posting: PostingFixture,
) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    saturday = FRIDAY + DAY
    await store_live(posting, saturday)
    async with posting.running():
        await posting.wait_for(at(saturday, 8))
        assert await posting.outcomes(schedule) == []
        bare = (replace(each, votes=None, sections=()) for each in digest(saturday).papers)
        await digests.store(
            posting.database, Digest(saturday, tuple(bare)), read_at=posting.clock.now()
        )
        await posting.settle()
    assert await posting.outcomes(schedule) == [Outcome.POSTED]


async def test_a_post_after_an_outage_of_the_bot_takes_the_list_of_its_due_time(
    posting: PostingFixture,
) -> None:
    channel = posting.channel()
    posting.clock.move_to(at(FRIDAY, 7))
    await posting.schedule(channel)
    posting.clock.move_to(at(FRIDAY, 20))
    await store_live(posting, THURSDAY)
    await store_live(posting, FRIDAY)
    async with posting.running(wait_hours=0):
        await posting.settle()
        assert "Thursday" in posted_list(channel)
        await posting.wait_for(at(FRIDAY + DAY, 8))
    assert "Friday" in posted_list(channel)
    assert len(channel.messages) == 2


async def test_a_late_post_does_not_take_a_digest_of_files_for_a_later_day(
    posting: PostingFixture,
) -> None:
    channel = posting.channel()
    posting.clock.move_to(at(FRIDAY, 7))
    await posting.schedule(channel)
    posting.clock.move_to(at(FRIDAY + DAY, 7))
    await posting.store(FRIDAY)
    await posting.store(FRIDAY + DAY)
    async with posting.running():
        await posting.settle()
        assert "Friday" in posted_list(channel)
        await posting.wait_for(at(FRIDAY + DAY, 8))
    assert "Saturday" in posted_list(channel)


async def test_a_post_that_discord_delays_keeps_its_list(posting: PostingFixture) -> None:
    posting.clock.move_to(at(FRIDAY, 7))
    await store_live(posting, THURSDAY)
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running(wait_hours=0):
        posting.sandbox.faults.add("POST", "/channels/*/messages", status=503)
        await posting.move_to(at(FRIDAY, 8))
        await store_live(posting, FRIDAY)
        await posting.move_to(at(FRIDAY, 14))
        posting.sandbox.faults.clear()
        await posting.move_to(at(FRIDAY, 15))
        await posting.until(schedule, Outcome.POSTED)
    assert [posted_list(channel, number) for number in range(len(channel.messages))] == [
        "Thursday, February 20"
    ]


async def test_a_list_that_was_posted_by_hand_is_not_posted_again(
    posting: PostingFixture,
) -> None:
    posting.clock.move_to(at(FRIDAY, 13))
    await store_live(posting, FRIDAY)
    channel = posting.channel()
    schedule = await posting.schedule(channel, time=time(14), layout=Layout.BRIEF)
    async with posting.running(wait_hours=0) as app:
        assert isinstance(await app.posting.post_now(schedule), Posted)
        await posting.wait_for(at(FRIDAY, 14))
        assert len(channel.messages) == 1
        repeated = digest(FRIDAY).papers[:5]
        await store_live(posting, MONDAY, (*repeated, *digest(MONDAY).papers))
        await posting.wait_for(at(MONDAY, 14))
    assert len(channel.messages) == 2
    assert not {paper.arxiv_id for paper in repeated} & set(shown(channel))


# New papers


@pytest.mark.parametrize(
    ("total", "new", "count", "expected"),
    [
        (30, 30, 10, True),
        (30, 5, 10, True),
        (30, 4, 10, False),
        (30, 3, 3, True),
        (30, 2, 3, False),
        (4, 4, 10, True),
        (4, 3, 10, False),
        (4, 3, 3, True),
        (1, 1, 10, True),
        (1, 0, 10, False),
        (0, 0, 10, False),
    ],
)
def test_a_list_has_enough_new_papers(total: int, new: int, count: int, *, expected: bool) -> None:
    assert enough_new(total, new, count) is expected


@pytest.fixture
async def after_friday(posting: PostingFixture) -> AsyncIterator[tuple[Channel, Schedule]]:
    """A channel with a post of Friday's first ten papers, and the bot on Friday evening."""
    posting.clock.move_to(at(FRIDAY, 11))
    await store_live(posting, FRIDAY)
    channel = posting.channel()
    schedule = await posting.schedule(channel, time=OLD_ENOUGH, count=10, layout=Layout.BRIEF)
    async with posting.running(wait_hours=0):
        await posting.wait_for(at(FRIDAY, 13))
        assert shown(channel) == [paper.arxiv_id for paper in digest(FRIDAY).papers[:10]]
        yield channel, schedule


async def post_on(posting: PostingFixture, day: date) -> None:
    for hour in (12, 13):
        await posting.wait_for(at(day, hour))


async def test_papers_that_were_posted_are_left_out_and_the_next_ones_move_up(
    posting: PostingFixture, after_friday: tuple[Channel, Schedule]
) -> None:
    channel, _ = after_friday
    old, new = digest(FRIDAY).papers[:4], digest(MONDAY).papers
    await store_live(posting, MONDAY, (*old, *new))
    await post_on(posting, MONDAY)
    assert shown(channel) == [paper.arxiv_id for paper in new[:10]]


async def test_a_list_with_hardly_a_new_paper_gives_way_to_the_newest_one_with_enough(
    posting: PostingFixture, after_friday: tuple[Channel, Schedule]
) -> None:
    channel, _ = after_friday
    old = digest(FRIDAY).papers[:10]
    await store_live(posting, FRIDAY + DAY, digest(FRIDAY + DAY).papers)
    await store_live(posting, FRIDAY + 2 * DAY, digest(FRIDAY + 2 * DAY).papers)
    await store_live(posting, MONDAY, (*old, *digest(MONDAY).papers[:4]))
    await post_on(posting, MONDAY)
    assert "Sunday, February 23" in posted_list(channel)


@pytest.mark.parametrize(("few", "is_posted"), [(4, False), (5, True)])
async def test_without_enough_new_papers_nothing_is_posted_and_the_history_says_so(
    posting: PostingFixture, after_friday: tuple[Channel, Schedule], few: int, *, is_posted: bool
) -> None:
    channel, schedule = after_friday
    await store_live(posting, MONDAY, (*digest(FRIDAY).papers[:10], *digest(MONDAY).papers[:few]))
    await post_on(posting, MONDAY)
    assert len(channel.messages) == 1 + is_posted
    if is_posted:
        assert len(shown(channel)) == few
    else:
        assert (await reasons(posting, schedule))[-1] == Reason.NO_NEW_PAPERS
        assert (await posting.outcomes(schedule))[-1] is Outcome.NOTHING_NEW


async def test_a_short_list_is_posted_only_if_it_is_completely_new(
    posting: PostingFixture, after_friday: tuple[Channel, Schedule]
) -> None:
    channel, _ = after_friday
    await store_live(posting, MONDAY, (digest(FRIDAY).papers[0], *digest(MONDAY).papers[:3]))
    await post_on(posting, MONDAY)
    assert len(channel.messages) == 1
    await store_live(posting, TUESDAY, digest(TUESDAY).papers[:3])
    await post_on(posting, TUESDAY)
    assert shown(channel) == [paper.arxiv_id for paper in digest(TUESDAY).papers[:3]]


@pytest.mark.parametrize(("days", "is_repeated"), [(30, False), (31, True)])
async def test_a_paper_may_be_posted_again_after_30_days(
    posting: PostingFixture,
    after_friday: tuple[Channel, Schedule],
    days: int,
    *,
    is_repeated: bool,
) -> None:
    channel, _ = after_friday
    later = FRIDAY + days * DAY
    old = tuple(replace(paper, votes=500) for paper in digest(FRIDAY).papers[:3])
    await store_live(posting, later, (*old, *digest(later).papers))
    await post_on(posting, later)
    assert (set(shown(channel)) >= {paper.arxiv_id for paper in old}) is is_repeated


@pytest.mark.usefixtures("quick_drawing")
async def test_weekly_and_monthly_posts_repeat_what_daily_ones_posted(
    posting: PostingFixture, after_friday: tuple[Channel, Schedule]
) -> None:
    channel, _ = after_friday
    for period, day in ((Frequency.WEEK, MONDAY), (Frequency.MONTH, date(2025, 3, 1))):
        posting.clock.move_to(at(day, 12))
        await posting.schedule(
            channel, time=time(12, 15), count=10, layout=Layout.BRIEF, period=period
        )
        await post_on(posting, day)
        assert shown(channel) == [paper.arxiv_id for paper in digest(FRIDAY).papers[:10]]


# What a post says


async def test_a_list_with_few_votes_speaks_of_its_newest_papers(posting: PostingFixture) -> None:
    posting.clock.move_to(at(FRIDAY, 11))
    channel = posting.channel()
    await posting.schedule(channel, time=OLD_ENOUGH)
    async with posting.running(wait_hours=0):
        for day, votes, word in ((FRIDAY, 4, "newest"), (MONDAY, 5, "top"), (TUESDAY, 0, "newest")):
            await store_live(posting, day, [replace(p, votes=votes) for p in digest(day).papers])
            await posting.wait_for(at(day, 13))
            heading = channel.messages[-1].embeds[0]["author"]["name"]
            assert f"{day:%A}" in heading
            assert [each for each in ("newest", "top") if f" · {each} " in heading] == [word], votes


async def test_the_next_post_says_once_on_which_days_the_source_could_not_be_reached(
    posting: PostingFixture,
) -> None:
    holiday = FRIDAY - 2 * DAY
    posting.clock.move_to(at(FRIDAY - 3 * DAY, 10))
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(
            LocalHuggingFace(posting.clock.now, papers_per_day=8)
        )
        service.set_list(holiday, ())
        client = HttpClient(timeout=5.0, backoff=0.01)
        stack.push_async_callback(client.close)
        reader = HuggingFace(client, url=service.url)
        posting.lists = [HuggingFaceLists("huggingface", reader, now=posting.clock.now)]
        channel = posting.channel()
        # It waits until 02:00 of the next day, which is not the day without papers.
        await posting.schedule(channel, time=time(20), layout=Layout.BRIEF)
        running = posting.running(
            wait_hours=6, sources="Hugging Face", reading_pause=0.0, reading_jitter=timedelta(0)
        )
        await stack.enter_async_context(running)
        await posting.app.until_lists_are_read()
        for days in range(-3, 5):
            day = FRIDAY + days * DAY
            service.faults.clear()
            if day in {THURSDAY, FRIDAY}:
                service.faults.put(".*", failing(503))
            for moment in (at(day, 19, 56), at(day, 20), at(day + DAY, 2, 1)):
                await posting.wait_for(moment)
    notes = [
        next(
            (line for line in message.embeds[1]["description"].splitlines() if "reached" in line),
            None,
        )
        for message in channel.messages
    ]
    assert [posted_list(channel, number) for number in range(len(notes))] == [
        "Tuesday, February 18",
        "Friday, February 21",
        "Monday, February 24",
        "Tuesday, February 25",
    ]
    assert notes[0] is None
    assert notes[1] is not None
    assert "No papers on Thursday, Friday: Hugging Face" in notes[1]
    assert notes[2:] == [None, None]
