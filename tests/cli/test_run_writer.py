"""`daily-papers run` writes with the language model of its settings, also after it was killed."""

import signal
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bot_processes import BotProcesses
from posting_fixture import eventually
from writer_fixture import ABSTRACTS, MODEL, papers_to_write

from bot.demo.services.chat import ROUTE, LocalChat
from bot.demo.services.faults import slow
from bot.sandbox import Sandbox
from storage import digests
from storage.database import Database

pytestmark = pytest.mark.slow
KEY = "sk-made-up-for-this-test"


def written(path: Path) -> set[tuple[str, str]]:
    """Return all texts that are stored; the database isn't opened as a bot does."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return set(
            connection.execute(
                "SELECT arxiv_id, language FROM texts JOIN papers ON papers.id = paper_id"
            )
        )


async def test_texts_are_written_by_run_and_go_on_after_a_kill(
    sandbox: Sandbox, tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as database:
        listed = papers_to_write(date(2025, 2, 21))
        await digests.store(database, listed, read_at=datetime(2025, 2, 21, 23, tzinfo=UTC))
    wanted = {(arxiv_id, code) for arxiv_id in ABSTRACTS for code in ("ko", "en")}

    async with LocalChat(key=KEY) as chat:
        variables = {
            "DAILY_PAPERS_SOURCES": "[]",
            "DAILY_PAPERS_WRITER_URL": chat.base,
            "DAILY_PAPERS_WRITER_MODEL": MODEL,
            "DAILY_PAPERS_WRITER_KEY": KEY,
            "DAILY_PAPERS_WRITER_ALL": "true",
        }
        chat.faults.put(ROUTE, slow(60), times=2)
        async with BotProcesses(sandbox, tmp_path, variables=variables) as bots:
            bots.wanted = 1
            await eventually(lambda: chat.count(ROUTE) == 2)
            await bots.end(signal.SIGKILL)
            await eventually(lambda: written(path) == wanted)
            bots.wanted = 0
            await bots.end(signal.SIGTERM)
            logged = bots.logs()
        assert len(chat.questions) == len(wanted)
    assert f"summaries are written by {MODEL} in ko, en" in logged
    assert f"{MODEL} has written " in logged
    assert KEY not in logged
    assert "Traceback" not in logged
