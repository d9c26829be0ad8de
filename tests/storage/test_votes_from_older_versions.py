"""Votes above the limit, stored by older versions, are read as unknown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from catalogue import CATALOGUE

from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions, render
from bot.posting.selection import Selection
from storage import digests, papers
from storage.database import Database
from storage.records import MOST_VOTES, Digest, Frequency, Layout, Paper

DAY = date(2025, 2, 21)
NOW = datetime(2025, 2, 21, 8, tzinfo=UTC)
PAPER = Paper("2502.14499", "T", 2**63 - 1)


async def test_more_votes_than_can_be_are_unknown_and_the_paper_is_shown(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "papers.db") as database:
        await digests.store(database, Digest(DAY, (PAPER,)), read_at=NOW)
        listed = await digests.get(database, DAY)
        assert listed is not None
        assert [(each.paper.votes, each.votes_read_at) for each in listed.papers] == [(None, None)]
        assert await digests.get_as_read(database, DAY) == Digest(
            DAY, (replace(PAPER, votes=None),)
        )
        assert [name.votes for name in await papers.names(database, [PAPER.arxiv_id])] == [None]
        assert await papers.readings(database, PAPER.arxiv_id) == ()

        selection = Selection(
            Coverage.of(Frequency.DAY, DAY), listed.papers, 1, listed.votes_read_at
        )
        for layout in Layout:
            for language in ("en", "ko"):
                options = PostOptions(layout=layout, language=language)
                shown, messages = render(selection, options, CATALOGUE.for_locale(language))
                assert (shown, bool(messages)) == (selection, True)


async def test_a_believable_reading_replaces_them(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "papers.db") as database:
        await digests.store(database, Digest(DAY, (PAPER,)), read_at=NOW)
        later = NOW + timedelta(hours=1)
        # First a new text without votes: what is written back must be consistent.
        for title, votes in (("U", None), ("U", MOST_VOTES)):
            digest = Digest(DAY, (Paper(PAPER.arxiv_id, title, votes),))
            await digests.store(database, digest, read_at=later)
            listed = await digests.get(database, DAY)
            assert listed is not None
            assert listed.papers[0].paper == digest.papers[0]
