"""A command imports only what it needs, so that it starts quickly."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from network_guard import GUARDED_PATH

# Modules that only the bot itself and the demo need.
OF_THE_BOT = (
    *("discord", "aiohttp", "apscheduler", "fluent", "babel", "bot.sandbox", "bot.app"),
    *("tenacity", "pylatexenc", "defusedxml"),
)
CALLS = {
    "--version": 0,
    "--help": 0,
    "top --help": 0,
    "run --help": 0,
    "demo --help": 0,
    "ingest digest.md": 0,
    "paper 2502.14499": 0,
    "paper 2502.99999": 1,
    "paper 2502.14499 --json": 0,
    "top": 0,
    "top --json": 0,
    "search MLGym": 0,
    "search MLGym --json": 0,
    "export": 0,
    "export --format markdown": 0,
    "sources": 0,
    "sources --json": 0,
    "fetch --help": 0,
    "run": 2,
    "--config missing.toml top": 2,
    "nonsense": 2,
}
REPORT = """
import atexit, json, os, sys
from bot.__main__ import main

atexit.register(lambda: os.write(int(os.environ["REPORT"]), json.dumps([*sys.modules]).encode()))
main()
"""


def imported(folder: Path, call: str) -> tuple[int, set[str], str]:
    """Run a command; return its exit code, the modules it imported, and its stderr."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as report:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", REPORT, *call.split()],
            env={"PYTHONPATH": GUARDED_PATH, "REPORT": str(writing)},
            cwd=folder,
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(writing)
        modules = set(json.loads(report.read()))
        _, err = process.communicate()
    return process.returncode, modules, err


@pytest.mark.parametrize(("call", "status"), CALLS.items())
def test_commands_other_than_run_and_demo_do_not_import_the_bot(
    stored: Path, call: str, status: int
) -> None:
    folder = stored.parent
    text = "## Daily Papers (2025-02-24)\n\n### [T](https://arxiv.org/abs/2502.15000)\n\n- a\n"
    (folder / "digest.md").write_text(text, encoding="utf-8")
    ended, modules, err = imported(folder, call)
    assert ended == status, err
    assert "bot.cli.app" in modules
    assert modules.isdisjoint(OF_THE_BOT)


def test_the_version_needs_neither_settings_nor_database(tmp_path: Path) -> None:
    _, modules, _ = imported(tmp_path, "--version")
    assert modules.isdisjoint({"pydantic", "asyncio", "sqlite3", "rich", "bot.digest"})


@pytest.mark.parametrize("call", ["paper 2502.14499", "top", "search MLGym"])
def test_lookup_commands_import_neither_ingest_nor_markdown(stored: Path, call: str) -> None:
    _, modules, _ = imported(stored.parent, call)
    assert modules.isdisjoint({"bot.ingest", "markdown_it", "rich.markdown"})
