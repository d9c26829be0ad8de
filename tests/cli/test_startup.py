"""A command imports only what it needs, so that it starts quickly."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from network_guard import GUARDED_PATH

pytestmark = pytest.mark.xdist_group("startup")

# Modules that only the bot itself and the demo need.
OF_THE_BOT = (
    *("discord", "aiohttp", "apscheduler", "fluent", "babel", "bot.sandbox", "bot.app"),
    *("tenacity", "pylatexenc", "defusedxml"),
)
LOOKUPS = {
    "paper 2502.14499": 0,
    "paper 2502.99999": 1,
    "paper 2502.14499 --json": 0,
    "top": 0,
    "top --json": 0,
    "search MLGym": 0,
    "search MLGym --json": 0,
    "similar 2502.14499": 1,
    "cite 2502.14499": 0,
    "cite 2502.14499 --format csl": 0,
}
MORE = {
    "--help": 0,
    "top --help": 0,
    "run --help": 0,
    "demo --help": 0,
    "ingest digest.md": 0,
    "export": 0,
    "export --format markdown": 0,
    "sources": 0,
    "sources --json": 0,
    "status": 1,
    "status --json": 1,
    "fetch --help": 0,
    "backup copy.db": 0,
    "restore copy.db": 0,
    "doctor --help": 0,
    "run": 2,
    "--config missing.toml top": 2,
    "nonsense": 2,
}
CALLS = {"--version": 0, **LOOKUPS, **MORE}
"""Each command and its exit status, in an order in which modules are imported as late as can be."""
REPORT = """
import json, os, sys
from bot.__main__ import main

at_start = sorted(sys.modules)
reports = []
for call in json.loads(sys.argv[1]):
    before = set(sys.modules)
    sys.argv = ["daily-papers", *call.split()]
    try:
        main()
    except SystemExit as ended:
        reports.append([call, ended.code or 0, sorted(set(sys.modules) - before)])
os.write(int(os.environ["REPORT"]), json.dumps([at_start, reports]).encode())
"""


@dataclass(frozen=True)
class Imports:
    """What a process imported for some calls, one after the other."""

    at_start: set[str]
    """Before the first call."""
    statuses: dict[str, int]
    new: dict[str, set[str]]
    """The modules that each call imported, without those of the calls before it."""
    err: str

    def of(self, names: Iterable[str]) -> dict[str, set[str]]:
        """Return the calls that imported one of some modules first."""
        wanted = set(names)
        found = {call: modules & wanted for call, modules in self.new.items()}
        return {call: modules for call, modules in found.items() if modules}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, stored_file: bytes) -> Imports:
    """Run all commands in one process: none imports what all of them together don't."""
    folder = tmp_path_factory.mktemp("started")
    (folder / "daily-papers.db").write_bytes(stored_file)
    text = "## Daily Papers (2025-02-24)\n\n### [T](https://arxiv.org/abs/2502.15000)\n\n- a\n"
    (folder / "digest.md").write_text(text, encoding="utf-8")
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as report:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", REPORT, json.dumps([*CALLS])],
            env={"PYTHONPATH": GUARDED_PATH, "REPORT": str(writing)},
            cwd=folder,
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(writing)
        written = report.read()
        _, err = process.communicate()
    assert written, err
    at_start, reports = json.loads(written)
    assert [call for call, _, _ in reports] == list(CALLS)
    return Imports(
        set(at_start),
        {call: status for call, status, _ in reports},
        {call: set(new) for call, _, new in reports},
        err,
    )


def test_commands_other_than_run_and_demo_do_not_import_the_bot(imported: Imports) -> None:
    assert imported.statuses == CALLS, imported.err
    assert "bot.cli.app" in imported.at_start
    assert imported.at_start.isdisjoint(OF_THE_BOT)
    assert not imported.of(OF_THE_BOT)


def test_the_version_needs_neither_settings_nor_database(imported: Imports) -> None:
    modules = imported.at_start | imported.new["--version"]
    assert modules.isdisjoint({"pydantic", "asyncio", "sqlite3", "rich", "bot.digest"})


def test_lookup_commands_import_neither_ingest_nor_markdown(imported: Imports) -> None:
    modules = imported.at_start.union(*(imported.new[call] for call in ("--version", *LOOKUPS)))
    assert "bot.cli.lookup" in modules
    assert modules.isdisjoint({"bot.ingest", "markdown_it", "rich.markdown"})
