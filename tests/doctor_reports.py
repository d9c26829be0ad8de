"""What `daily-papers doctor` prints, and faults that it is to find."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from disks import SmallDisk

from storage import search_index


@dataclass
class Report:
    """What the command printed."""

    status: int
    ok: list[str] = field(default_factory=list)
    to_do: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def parsed(status: int, out: str) -> Report:
    """Return a report from what was printed."""
    report = Report(status)
    lists = {"ok": report.ok, "to do": report.to_do, "skipped": report.skipped}
    for line in out.splitlines():
        lists[line[:8].strip()].append(line[8:])
    return report


def copied(path: Path, disk: SmallDisk) -> Path:
    """Copy a database to a small disk."""
    (copy := disk.folder / "papers.db").write_bytes(path.read_bytes())
    return copy


def lose_a_paper_in_the_index(path: Path) -> None:
    """Let the full-text indexes miss a change of a title."""
    with closing(sqlite3.connect(path)) as connection:
        search_index.index_stale(connection, limit=1_000)
        connection.execute("DROP TRIGGER papers_stale_update")
        connection.execute(
            "UPDATE papers SET title = 'Never indexed' WHERE arxiv_id = '2502.14499'"
        )
        connection.commit()
