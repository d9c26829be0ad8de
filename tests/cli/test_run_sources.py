"""`daily-papers run` reads the sources of its settings."""

import asyncio
import json
import signal
from datetime import UTC, date, datetime
from pathlib import Path

from bot_processes import IMPATIENT, BotProcesses

from bot.demo.services.arxiv import LocalArXiv
from bot.demo.services.huggingface import LocalHuggingFace
from bot.demo.services.made_papers import LocalPaper
from bot.digest import write
from bot.sandbox import Sandbox
from storage import digests, sources
from storage.database import Database
from storage.records import Digest, Paper, Section, SourceKind

PATIENCE = 40
DAY = date(2025, 2, 21)
OURS = Digest(DAY, (Paper("2502.14499", "MLGym", 121, (), None, (Section(None, "text"),)),))


async def until_logged(bots: BotProcesses, *texts: str) -> str:
    """Wait until the log has some texts, and return it."""
    async with asyncio.timeout(PATIENCE):
        while True:
            logged = await asyncio.to_thread(bots.logs)
            if all(text in logged for text in texts):
                return logged
            await asyncio.sleep(0.1)


async def test_lists_and_folders_are_read_under_their_names(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "2025-02-21.md").write_text(write(OURS), encoding="utf-8")
    configured = [
        {"name": "huggingface", "kind": "huggingface"},
        {"name": "ours", "kind": "folder", "path": "ours", "language": "fr"},
        {"name": "theirs", "kind": "url", "url": "http://ann:secret@127.0.0.1:9/{date}.md"},
    ]
    async with LocalHuggingFace(is_empty=lambda _: False) as service:
        variables = {
            "DAILY_PAPERS_SOURCES": json.dumps(configured),
            "DAILY_PAPERS_HUGGINGFACE_URL": service.url,
            "DAILY_PAPERS_DIGESTS": "later",
        }
        program = (*IMPATIENT, "run")
        async with BotProcesses(sandbox, tmp_path, program, variables=variables) as bots:
            bots.wanted = 1
            logged = await until_logged(
                bots,
                "stored the digest of 2025-02-21: 1 papers new",
                "huggingface: list of ",
                "theirs, list of ",
            )
            bots.wanted = 0
            await bots.end(signal.SIGTERM)
    assert f"source huggingface (huggingface): {service.url}\n" in logged
    assert "source ours (folder): ours\n" in logged
    assert "source theirs (url): http://127.0.0.1:9/{date}.md\n" in logged
    assert "source files (folder): later, which does not exist yet\n" in logged
    assert f"the folder of source files does not exist: {tmp_path / 'later'}\n" in logged
    assert "secret" not in bots.logs()
    assert "Traceback" not in bots.logs()
    async with await Database.open(tmp_path / "papers.db") as database:
        overviews = await sources.overviews(database)
        states = {name: overview.state for name, overview in overviews.items()}
        assert [(name, state.kind) for name, state in states.items()] == [
            ("huggingface", SourceKind.HUGGINGFACE),
            ("ours", SourceKind.FOLDER),
            ("theirs", SourceKind.URL),
            ("files", SourceKind.FOLDER),
        ]
        assert states["huggingface"].succeeded_at is not None
        assert states["ours"].succeeded_at is not None
        assert states["theirs"].error == "couldn't be reached: Connection refused"
        stored = await digests.get(database, DAY)
        assert stored is not None
        assert stored.papers[0].paper.language == "fr"


async def test_without_sources_nothing_is_read_and_the_log_says_so(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async with LocalHuggingFace() as service:
        variables = {"DAILY_PAPERS_HUGGINGFACE_URL": service.url}
        async with BotProcesses(sandbox, tmp_path, variables=variables) as bots:
            bots.wanted = 1
            await until_logged(bots, "no source is read", "registered")
            bots.wanted = 0
            await bots.end(signal.SIGTERM)
        assert not service.requests


async def test_papers_that_no_list_has_are_looked_up(sandbox: Sandbox, tmp_path: Path) -> None:
    guild = sandbox.add_guild("Lab")
    person = guild.add_member("Ann")
    person.channel = guild.add_channel("general")
    async with LocalHuggingFace() as huggingface, LocalArXiv() as arxiv:
        arxiv.add_paper(
            LocalPaper(
                arxiv_id="2502.14499",
                title="Only arXiv",
                appears_at=datetime(2025, 2, 20, tzinfo=UTC),
            )
        )
        variables = {
            "DAILY_PAPERS_SOURCES": '[{"name": "ours", "kind": "folder", "path": "ours"}]',
            "DAILY_PAPERS_HUGGINGFACE_URL": huggingface.url,
            "DAILY_PAPERS_ARXIV_URL": arxiv.url,
        }
        async with BotProcesses(sandbox, tmp_path, variables=variables) as bots:
            bots.wanted = 1
            await sandbox.wait_connected()
            interaction = await person.slash("paper", query="2502.14499")
            assert interaction.message is not None
            assert "Only arXiv" in str(interaction.message.embeds)
            bots.wanted = 0
            await bots.end(signal.SIGTERM)
        assert [request.path for request in huggingface.requests] == ["/api/papers/2502.14499"]
