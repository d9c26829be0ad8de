"""The sources of the settings, ready to be read."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.demo.services.addresses import LocalFiles
from bot.demo.services.faults import failing
from bot.demo.services.huggingface import LocalHuggingFace
from bot.demo.services.made_papers import LocalPaper
from bot.ingest import WatchedFolder
from bot.ingest.configured import connect_sources, precedence_of
from config.settings import HuggingFace, Settings
from config.sources import Source, SourceKind
from storage import records

HUGGINGFACE = Source(name="huggingface", kind=SourceKind.HUGGINGFACE)
ARCHIVE = Source(
    name="archive", kind=SourceKind.URL, url="http://127.0.0.1:9/{date}.md", language="ko"
)
OURS = Source(name="ours", kind=SourceKind.FOLDER, path=Path("ours"), language="en")


async def test_all_sources_are_made_in_their_order() -> None:
    settings = Settings(sources=(ARCHIVE, OURS, HUGGINGFACE), digests=Path("digests"))
    async with connect_sources(settings, now=Clock().now) as sources:
        assert [source.name for source in sources.lists] == ["archive", "huggingface"]
        assert sources.folders == (
            WatchedFolder(Path("ours"), "ours", "en"),
            WatchedFolder(Path("digests"), "files", None),
        )
        assert sources.precedence == (
            ("archive", records.SourceKind.URL),
            ("ours", records.SourceKind.FOLDER),
            ("huggingface", records.SourceKind.HUGGINGFACE),
        )
        assert sources.precedence == precedence_of(settings)
        assert sources.title == "archive, Hugging Face"


@pytest.mark.parametrize(
    ("settings", "can_be_late"),
    [
        (Settings(), False),
        (Settings(sources=()), True),
        (Settings(sources=(HUGGINGFACE, ARCHIVE)), True),
        (Settings(sources=(HUGGINGFACE, OURS)), True),
        (Settings(digests=Path("digests")), True),
    ],
)
async def test_written_digests_can_be_late(settings: Settings, *, can_be_late: bool) -> None:
    async with connect_sources(settings, now=Clock().now) as sources:
        assert sources.has_written_digests is can_be_late


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        (Settings(), ["Hugging Face", "arXiv"]),
        (Settings(digests=Path("digests")), ["Hugging Face", "arXiv"]),
        (Settings(sources=(ARCHIVE,)), ["Hugging Face", "arXiv"]),
        (Settings(sources=()), []),
        (Settings(sources=(), digests=Path("digests")), []),
    ],
)
async def test_papers_are_looked_up_unless_all_sources_are_turned_off(
    settings: Settings, asked: list[str]
) -> None:
    async with connect_sources(settings, now=Clock().now) as sources:
        assert [service.name for service in sources.lookup_services] == asked


async def test_services_are_asked_at_the_addresses_of_the_settings() -> None:
    async with LocalHuggingFace() as service, LocalFiles() as files:
        archive = ARCHIVE.model_copy(update={"url": files.url + "/{date:%Y/%m/%d}.md"})
        settings = Settings.model_validate(
            {
                "sources": (HUGGINGFACE, archive),
                "huggingface": HuggingFace.model_validate({"url": service.url, "token": "hf_a.b"}),
            }
        )
        async with connect_sources(settings, now=Clock().now) as sources:
            for source in sources.lists:
                await source.read(date(2025, 2, 21), None)
    assert files.requests[0].path == "/2025/02/21.md"
    headers = service.requests[0].headers
    assert headers["Authorization"] == "Bearer hf_a.b"
    assert headers["User-Agent"].startswith("daily-papers-bot/")
    assert "Discord bot" in headers["User-Agent"]
    assert "Authorization" not in files.requests[0].headers


async def test_full_texts_are_read_unless_all_sources_are_off() -> None:
    async with LocalHuggingFace() as service:
        service.add_paper(
            LocalPaper(
                arxiv_id="2502.00001",
                title="A paper",
                appears_at=datetime(2025, 2, 1, tzinfo=UTC),
                full_text="Its text.",
            )
        )
        url = HuggingFace(url=service.url)
        async with connect_sources(Settings(huggingface=url), now=Clock().now) as sources:
            assert await sources.full_texts.read_full_text("2502.00001") == "Its text."
            assert await sources.full_texts.read_full_text("2502.00002") is None
            service.faults.put("/papers/.*", failing(403))
            assert await sources.full_texts.read_full_text("2502.00001") is None
        asked = service.count()
        off = Settings(huggingface=url, sources=())
        async with connect_sources(off, now=Clock().now) as sources:
            assert await sources.full_texts.read_full_text("2502.00001") is None
        assert service.count() == asked
