"""The command line as a process of its own: pipes, terminals, signals."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from network_guard import GUARDED_PATH
from terminal import on_a_terminal

from bot.digest import write
from storage.records import Digest, Paper

CALL = (sys.executable, "-m", "bot")
NEWEST = Digest(date(2025, 2, 21), tuple(Paper(f"2502.1449{n}", f"Paper {n}") for n in range(3)))


@pytest.fixture
def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": GUARDED_PATH, "TERM": "xterm-256color", "COLUMNS": "100"}


@pytest.mark.usefixtures("stored")
async def test_a_terminal_gets_a_coloured_table_without_escapes_from_titles(
    environment: dict[str, str], tmp_path: Path
) -> None:
    status, drawn = await on_a_terminal(["top"], environment, tmp_path)
    assert status == 0
    assert "\x1b[31m" in drawn
    assert "3 of 3 · 2025-02-21 · upvotes as of 2025-02-21 23:05 UTC" in drawn
    assert "Titles [red]may[/red] hold [2J anything" in drawn
    assert "\x1b[2J" not in drawn


@pytest.mark.usefixtures("stored")
async def test_exported_markdown_controls_no_terminal(
    environment: dict[str, str], tmp_path: Path
) -> None:
    status, drawn = await on_a_terminal(["export", "--format", "markdown"], environment, tmp_path)
    assert status == 0
    assert "hold [2J anything" in drawn
    assert "\x1b" not in drawn


async def test_a_terminal_gets_a_progress_bar_with_the_problems_above_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    text = write(NEWEST) + "\n![](/avatars/a.svg)\n"
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    status, drawn = await on_a_terminal(["ingest", str(tmp_path)], environment, tmp_path)
    assert status == 0
    assert "━" in drawn
    assert "3/3" in drawn
    assert len(re.findall(r"\d\.md:\d+: media-dropped: ", drawn)) == 3
    assert drawn.endswith("3 digests, 1 new; 3 papers new, 0 changed, 6 the same; 3 problems.\r\n")


@pytest.mark.usefixtures("stored")
def test_a_pipe_gets_utf_8_in_any_locale(environment: dict[str, str]) -> None:
    result = subprocess.run(  # noqa: S603 - our own program
        [*CALL, "paper", "2502.14499", "--json"],
        env=environment | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=True,
    )
    assert json.loads(result.stdout.decode("utf-8"))["sections"][0]["body"].startswith("연구")
    assert result.stderr == b""


@pytest.mark.usefixtures("stored")
def test_a_closed_pipe_ends_the_command_quietly(environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(  # noqa: S603 - our own program
        [*CALL, "export"],
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("arguments", [["export"], ["ingest", "a.md"]], ids=" ".join)
@pytest.mark.usefixtures("stored")
def test_output_that_cannot_be_written_is_reported_in_a_sentence(
    environment: dict[str, str], tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "a.md").write_text(write(NEWEST), encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(  # noqa: S603 - our own program
            [*CALL, *arguments], env=environment, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        b"The output can't be written: No space left on device."
    )
    assert b"Traceback" not in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("top >&-", (1, b"The output can't be written: it is closed.\n")),
        ("export --format markdown >&-", (1, b"The output can't be written: it is closed.\n")),
        ("paper 1 >&- 2>&-", (2, b"")),
        ("ingest a.md 2>&-", (0, b"")),
        ("run >&-", (2, b"The bot needs a token")),
    ],
)
@pytest.mark.usefixtures("stored")
def test_closed_streams_give_no_traceback(
    environment: dict[str, str], tmp_path: Path, call: str, expected: tuple[int, bytes]
) -> None:
    (tmp_path / "a.md").write_text(write(NEWEST), encoding="utf-8")
    result = subprocess.run(  # noqa: S603 - our own program
        ["/bin/sh", "-c", f'"{sys.executable}" -m bot {call}'],
        env=environment,
        capture_output=True,
        check=False,
    )
    status, err = expected
    assert result.returncode == status
    assert result.stderr[: len(err)] == err
    assert bool(err) == bool(result.stderr)


def test_version_prints_the_version_of_the_distribution(environment: dict[str, str]) -> None:
    result = subprocess.run(  # noqa: S603 - our own program
        [*CALL, "--version"], env=environment, capture_output=True, check=True, text=True
    )
    try:
        expected = version("daily-papers-bot")
    except PackageNotFoundError:
        expected = "(not installed)"
    assert result.stdout == f"daily-papers {expected}\n"
    assert re.fullmatch(r"\(not installed\)|\d+\.\d+.*", expected)
