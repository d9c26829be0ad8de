"""`ingest` reads the output of `export` back without loss."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from digest_strategies import PAPERS
from examples import scaled
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli.app import app
from storage import digests, papers
from storage.database import Database
from storage.records import Digest, Paper, Section

NOW = datetime(2025, 2, 22, 8, tzinfo=UTC)
# Only a few ids and days, so that digests list the same papers.
FEW_DIGESTS = st.builds(
    Digest,
    st.integers(0, 3).map(lambda days: date(2025, 2, 17) + timedelta(days=days)),
    st.dictionaries(
        st.sampled_from(("2502.00001", "2502.00002", "hep-th/9901001")), PAPERS, min_size=1
    ).map(lambda few: tuple(replace(paper, arxiv_id=key) for key, paper in few.items())),
)


async def store(path: Path, few: list[Digest]) -> None:
    async with await Database.open(path) as database:
        for digest in few:
            await digests.store(database, digest, read_at=NOW)


async def everything_in(path: Path) -> object:
    """Return all data of papers in a database, except for the time of reading."""
    async with await Database.open(path) as database:
        days = await digests.dates(database)
        known = [await digests.get(database, day) for day in days]
        return (
            [await digests.get_as_read(database, day) for day in days],
            [[(each.rank, each.paper) for each in day.papers] for day in known if day],
            [
                (each.arxiv_id, each.votes, each.digest_date)
                for each in await papers.names(
                    database, ["2502.00001", "2502.00002", "hep-th/9901001"]
                )
            ],
        )


def call(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, list(map(str, arguments)), prog_name="daily-papers")
    assert result.exit_code == 0, result.output
    assert result.stderr == "" or arguments[-2] == "ingest"
    return result.stdout


@settings(max_examples=scaled(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FEW_DIGESTS, min_size=1, max_size=4))
@example(
    [
        Digest(
            date(2025, 2, 17),
            (
                Paper(
                    "2502.00001",
                    "\x85T\x85",
                    5,
                    ("\x85", "A\x85"),
                    sections=(Section("\x85", "\x85a\x85\n\x85"), Section(None, "- a\x85")),
                ),
            ),
        ),
        Digest(date(2025, 2, 18), (Paper("2502.00001", "T", 9),)),
    ]
)
def test_export_and_ingest_keep_all_data(few: list[Digest]) -> None:
    with TemporaryDirectory() as folder:
        old, new = Path(folder, "old.toml"), Path(folder, "new.toml")
        for config in (old, new):
            config.write_text(f'database = "{config.with_suffix(".db")}"\n')
        asyncio.run(store(old.with_suffix(".db"), few))
        exported = Path(folder, "exported.md")
        exported.write_bytes(call("--config", old, "export", "--format", "markdown").encode())
        call("--config", new, "ingest", exported)
        assert asyncio.run(everything_in(new.with_suffix(".db"))) == asyncio.run(
            everything_in(old.with_suffix(".db"))
        )
