"""Two weeks of posts from a live source, in several time zones: which list, when, and how often.

From an empty database, the clock moves through the weeks around both of the United States' clock
changes (Europe's are on other days), and through ordinary ones with a holiday and an outage. The
quick run looks at the days around these events.
"""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from examples import is_thorough
from posting_fixture import PostingFixture

from bot.demo.services.huggingface import LocalHuggingFace, is_weekend
from bot.demo.services.made_papers import LocalPaper, votes_at
from bot.ingest.lists import HuggingFaceLists
from bot.sandbox import Channel
from bot.sources.http import HttpClient
from bot.sources.huggingface import HuggingFace
from storage import jobs
from storage.records import Layout

WEEKDAYS = 0b0011111
COUNT = 3
"""Papers of a post."""
PAPERS = 8
"""Of each list: more than two posts have, since a Sunday's list is repeated on Monday."""
BEFORE = timedelta(minutes=4)
"""How long before a post the clock stops, for the reading that it needs."""
COLUMNS = {
    "Seoul": ("Asia/Seoul", time(8)),
    "Kolkata": ("Asia/Kolkata", time(18)),
    "Berlin 8": ("Europe/Berlin", time(8)),
    "Berlin 10": ("Europe/Berlin", time(10)),
    "London": ("Europe/London", time(9)),
    "New York": ("America/New_York", time(8)),
    "Los Angeles": ("America/Los_Angeles", time(6)),
    "San Francisco": ("America/Los_Angeles", time(8)),
}
"""The zones and times of the tables' columns."""
SCHEDULES = [name for name in COLUMNS if is_thorough() or name not in {"Berlin 10", "Los Angeles"}]
"""The columns that are looked at: in the quick run not those whose lists the next one has, at the
same time or two hours later."""


@dataclass(frozen=True)
class Weeks:
    """Two weeks, and which list each schedule posts on each of their days."""

    table: str
    first: str
    """The first day of the quick run."""
    last: str
    """Its last day."""
    holidays: frozenset[date] = frozenset()
    sundays: frozenset[date] = frozenset()
    """Sundays with a list, which is repeated on Monday."""
    outage: tuple[datetime, datetime] | None = None
    notes: Mapping[tuple[str, date], str] = field(default_factory=dict)
    """The posts that name a day without papers, and that day."""

    @property
    def expected(self) -> dict[tuple[str, date], date | None]:
        """Return the list that each schedule posts on each local day; `None` for no post."""
        found: dict[tuple[str, date], date | None] = {}
        for line in self.table.strip().splitlines():
            day_text, *lists = line.split()
            if not (is_thorough() or self.first <= day_text <= self.last):
                continue
            day = date.fromisoformat(day_text)
            for name, text in zip(COLUMNS, lists, strict=True):
                if name in SCHEDULES:
                    found[name, day] = None if text == "-" else _near(day, text)
        return found


def _near(day: date, text: str) -> date:
    """Return the date with a day of the month that is at most some days before another."""
    return next(
        each for back in range(9) if f"{(each := day - timedelta(days=back)).day:02}" == text
    )


MARCH = Weeks(
    """
    2026-03-02  27 02 27 27 27 02 02 02
    2026-03-03  02 03 02 02 02 03 03 03
    2026-03-04  03 04 03 03 03 04 04 04
    2026-03-05  04 05 04 04 04 05 05 05
    2026-03-06  05 06 05 05 05 06 06 06
    2026-03-09  08 09 08 08 08 09 09 09
    2026-03-10  09 10 09 09 09 10 10 10
    2026-03-11  10 11 10 10 10 11 11 11
    2026-03-12  11 12 11 11 11 12 12 12
    2026-03-13  12 13 12 12 12 13 13 13
    """,
    first="2026-03-06",
    last="2026-03-10",
    sundays=frozenset({date(2026, 3, 8)}),
)
"""The United States' clocks change on March 8, with a list on that Sunday; Europe's on the 29th."""

NOVEMBER = Weeks(
    """
    2026-10-26  23 26 23 23 23 26 26 26
    2026-10-27  26 27 26 26 26 27 27 27
    2026-10-28  27 28 27 27 27 28 28 28
    2026-10-29  28 29 28 28 28 29 29 29
    2026-10-30  29 30 29 29 29 30 30 30
    2026-11-02  30 02 30 30 30 02 02 02
    2026-11-03  02 03 02 02 02 03 03 03
    2026-11-04  03 04 03 03 03 04 04 04
    2026-11-05  04 05 04 04 04 05 05 05
    2026-11-06  05 06 05 05 05 06 06 06
    """,
    first="2026-10-30",
    last="2026-11-03",
)
"""Europe's clocks change on October 25, the United States' on November 1."""

ORDINARY = Weeks(
    """
    2026-06-15  12 15 12 12 12 15 15 15
    2026-06-16  15 16 15 15 15 16 16 16
    2026-06-17  16 17 16 16 16 17 17 17
    2026-06-18  17 18 17 17 17 18 18 18
    2026-06-19  18 -  18 18 18 -  -  -
    2026-06-22  -  22 -  -  -  22 22 22
    2026-06-23  22 -  22 22 22 -  -  -
    2026-06-24  -  24 -  -  -  24 24 24
    2026-06-25  24 25 24 24 24 25 25 25
    2026-06-26  25 26 25 25 25 26 26 26
    """,
    first="2026-06-18",
    last="2026-06-25",
    holidays=frozenset({date(2026, 6, 19)}),
    outage=(datetime(2026, 6, 23, 1, tzinfo=UTC), datetime(2026, 6, 24, 9, tzinfo=UTC)),
    notes={
        ("Seoul", date(2026, 6, 25)): "Wednesday",
        ("Kolkata", date(2026, 6, 24)): "Tuesday",
        ("Berlin 8", date(2026, 6, 25)): "Wednesday",
        ("Berlin 10", date(2026, 6, 25)): "Wednesday",
        ("London", date(2026, 6, 25)): "Wednesday",
        ("New York", date(2026, 6, 24)): "Tuesday",
        ("Los Angeles", date(2026, 6, 24)): "Tuesday",
        ("San Francisco", date(2026, 6, 24)): "Tuesday",
    },
)
"""Friday the 19th is a holiday, and the source can't be reached on the 23rd."""


@dataclass
class Run:
    """A bot on a live source, with one channel for each schedule."""

    posting: PostingFixture
    service: LocalHuggingFace
    channels: dict[str, Channel]
    out_since: datetime | None = None
    """When the source was last read before its outage; `None` while it can be reached."""

    async def wait_for(self, moment: datetime) -> None:
        """Make it a moment, and do all that is due then, readings one after the other included."""
        await self.posting.wait_for(moment)
        for _ in range(100):
            (job,) = await jobs.of_kind(self.posting.database, "read")
            now = self.posting.clock.now()
            at = job.due_at
            if at - now > timedelta(seconds=5):
                return
            await self.posting.wait_for(max(at, now) + timedelta(milliseconds=5))
        raise AssertionError("the source is read without end")

    def counts(self) -> dict[str, int]:
        """Return how many messages each channel has."""
        return {name: len(channel.messages) for name, channel in self.channels.items()}


@asynccontextmanager
async def running(posting: PostingFixture, weeks: Weeks, start: datetime) -> AsyncIterator[Run]:
    """Run a bot from an empty database, with a schedule for each column of the table."""

    def is_empty(day: date) -> bool:
        return (is_weekend(day) and day not in weeks.sundays) or day in weeks.holidays

    posting.clock.move_to(start)
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(
            LocalHuggingFace(posting.clock.now, papers_per_day=PAPERS, is_empty=is_empty)
        )
        for sunday in weeks.sundays:
            service.repeat_list(sunday, sunday + timedelta(days=1))
        client = HttpClient(timeout=5.0, backoff=0.01)
        stack.push_async_callback(client.close)
        reader = HuggingFace(client, url=service.url)
        posting.lists = [HuggingFaceLists("huggingface", reader, now=posting.clock.now)]
        run = Run(posting, service, {})
        await stack.enter_async_context(posting.running(wait_hours=0, sources="Hugging Face"))
        for name in SCHEDULES:
            zone, at = COLUMNS[name]
            run.channels[name] = posting.channel(name.replace(" ", "-").lower())
            await posting.schedule(
                run.channels[name],
                timezone=zone,
                time=at,
                layout=Layout.BRIEF,
                count=COUNT,
                days=WEEKDAYS,
            )
        yield run


def occurrences(weeks: Weeks) -> Iterator[tuple[datetime, dict[str, date | None]]]:
    """Yield each time at which posts are due, with the lists that are expected, by schedule."""
    due = sorted(
        (datetime.combine(day, COLUMNS[name][1], ZoneInfo(COLUMNS[name][0])).astimezone(UTC), name)
        for name, day in weeks.expected
    )
    for moment, group in groupby(due, key=lambda each: each[0]):
        names = [name for _, name in group]
        days = {name: moment.astimezone(ZoneInfo(COLUMNS[name][0])).date() for name in names}
        yield moment, {name: weeks.expected[name, day] for name, day in days.items()}


def check_post(
    run: Run, channel: Channel, listed: date, moment: datetime, had: set[str]
) -> list[str]:
    """Check the newest post of a channel; return the ids of its papers."""
    message = channel.messages[-1]
    content = message.content
    lead, entries = message.embeds
    assert f"{listed:%A, %B} {listed.day} · " in lead["author"]["name"]
    (most,) = re.findall(r" ▲(\d+)", content)
    lines = [(lead["url"].rpartition("/")[2], most)]
    lines += [
        (arxiv_id, votes)
        for votes, arxiv_id in re.findall(
            r"\*\*▲(\d+) \[.*?\]\(https://arxiv\.org/abs/([\d.]+)\)\*\*", entries["description"]
        )
    ]
    ids = [arxiv_id for arxiv_id, _ in lines]
    votes = [int(each) for _, each in lines]
    assert len(lines) == COUNT
    assert not had & set(ids)
    assert votes == sorted(votes, reverse=True)
    papers: dict[str, LocalPaper] = {
        paper.arxiv_id: paper for paper in run.service.papers_of(listed)
    }
    earliest = run.out_since or moment - timedelta(minutes=10)
    for arxiv_id, shown in zip(ids, votes, strict=True):
        assert votes_at(papers[arxiv_id], earliest) <= shown <= votes_at(papers[arxiv_id], moment)
    others = [paper for name, paper in papers.items() if name not in had and name not in ids]
    assert all(votes_at(paper, earliest) <= votes[-1] for paper in others)
    return ids


@pytest.mark.slow
@pytest.mark.parametrize("weeks", [MARCH, NOVEMBER, ORDINARY], ids=["march", "november", "june"])
async def test_posts_come_in_time_with_the_right_list_once_and_with_present_votes(
    posting: PostingFixture, weeks: Weeks, caplog: pytest.LogCaptureFixture
) -> None:
    due = list(occurrences(weeks))
    had: dict[str, set[str]] = {name: set() for name in SCHEDULES}
    async with running(posting, weeks, due[0][0] - timedelta(hours=3)) as run:
        await run.wait_for(due[0][0] - timedelta(hours=2))
        async with AsyncExitStack() as outage:
            for moment, expected in due:
                if weeks.outage is not None:
                    if weeks.outage[0] <= moment < weeks.outage[1] and not run.out_since:
                        await run.wait_for(weeks.outage[0])
                        await outage.enter_async_context(run.service.outage())
                        run.out_since = weeks.outage[0] - timedelta(minutes=30)
                    if moment >= weeks.outage[1] and run.out_since:
                        await outage.aclose()
                        run.out_since = None
                        await run.wait_for(weeks.outage[1])
                before = run.counts()
                await run.wait_for(moment - BEFORE)
                assert run.counts() == before, f"a post came before {moment}"
                await run.wait_for(moment)
                came = {name: run.counts()[name] - before[name] for name in SCHEDULES}
                wanted = {name: int(expected.get(name) is not None) for name in SCHEDULES}
                assert came == wanted, moment
                for name, listed in expected.items():
                    if listed is not None:
                        channel = run.channels[name]
                        had[name].update(check_post(run, channel, listed, moment, had[name]))
                        today = moment.astimezone(ZoneInfo(COLUMNS[name][0])).date()
                        day = weeks.notes.get((name, today))
                        note = f"No papers on {day}: Hugging Face couldn't be reached"
                        text = str(channel.messages[-1].embeds)
                        assert (note in text) if day else ("No papers" not in text)
    # A holiday is no reason for a warning.
    assert "no new digest" not in caplog.text
