"""What the language model of the demo writes: each of its sentences passes the check."""

from pathlib import Path

import pytest

from bot.clock import Clock
from bot.demo.papers import local_papers, store_history
from bot.demo.written import ABSTRACTS, MODEL, local_model
from bot.ingest.full_texts import FullTexts
from bot.writer.configured import connect_writer
from config.settings import Writer
from storage import papers
from storage.database import Database

MADE = ("2502.93601", "2502.93901", "2502.96001")
"""Invented papers of three days."""


@pytest.mark.slow
async def test_every_prepared_sentence_is_supported_in_both_languages(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    clock = Clock()
    async with (
        await Database.open(path) as database,
        local_papers(clock) as local,
        local_model(clock) as url,
        connect_writer(
            Writer(url=url, model=MODEL), database, FullTexts(None), now=clock.now
        ) as writing,
    ):
        assert writing is not None
        await store_history(database, local, clock)
        for arxiv_id in ABSTRACTS:
            listed = await papers.get(database, arxiv_id)
            assert listed is not None
            assert listed.paper.sections == ()
        made = [each for each in MADE if await papers.get(database, each) is not None]
        assert made
        for arxiv_id in (*ABSTRACTS, *made):
            for language in ("en", "ko"):
                draft = await writing.draft(arxiv_id, language)
                assert draft.dropped == ()
                assert len(draft.sections) == 3
