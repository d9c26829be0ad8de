"""`export --folder` writes the archive, and `ingest` reads it back."""

import json
from pathlib import Path
from typing import Protocol

import pytest


class Result(Protocol):
    status: int
    out: str
    err: str


class Invoke(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


CALL = ("export", "--format", "markdown", "--folder", "out")


@pytest.mark.usefixtures("stored")
def test_the_archive_of_the_past_is_written_in_one_go(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_PUBLISH_URL", "https://example.org/papers/")
    result = invoke(*CALL)
    assert (result.status, result.out, result.err) == (0, "16 files written in out\n", "")
    days = {path.relative_to("out").as_posix() for path in Path("out").rglob("[0-9]*.*")}
    assert days == {
        *("en/2024/01/05.html", "en/2024/01/05.md", "en/2025/02/17.html", "en/2025/02/17.md"),
        *("ko/2025/02/21.html", "ko/2025/02/21.md"),
    }
    feed = Path("out/ko/feed.xml").read_text(encoding="utf-8")
    assert "https://example.org/papers/ko/2025/02/21.html" in feed
    assert invoke(*CALL).out == "0 files written in out\n"


@pytest.mark.usefixtures("stored")
def test_the_archive_of_a_language_can_be_ingested(invoke: Invoke) -> None:
    invoke(*CALL)
    before = [json.loads(line) for line in invoke("export").out.splitlines()]
    assert invoke("--database", "new.db", "ingest", "out/ko").status == 0
    after = invoke("--database", "new.db", "export").out.splitlines()
    assert [*map(json.loads, after)] == [
        paper for paper in before if paper["digest_date"] == "2025-02-21"
    ]


def test_the_language_of_an_archive_is_that_of_its_marker(invoke: Invoke) -> None:
    text = (
        "<!-- Published by Daily Papers. Language: fr. -->\n\n## Daily Papers (2025-02-21)\n\n"
        "### [One](https://arxiv.org/abs/2502.00001)\n\n- ***Nouveau***: En français.\n"
    )
    Path("2025-02-21.md").write_text(text, encoding="utf-8")
    assert invoke("ingest", "2025-02-21.md").status == 0
    invoke(*CALL)
    assert Path("out/fr/2025/02/21.md").exists()


@pytest.mark.usefixtures("stored")
def test_what_is_in_the_way_is_named(invoke: Invoke) -> None:
    Path("out").mkdir()
    Path("out/index.html").write_text("mine", encoding="utf-8")
    result = invoke(*CALL)
    assert result.status == 1
    assert result.err == "out/index.html is no file of the archive and is left alone\n"
    Path("file").write_text("", encoding="utf-8")
    result = invoke(*CALL[:-1], "file")
    assert result.status == 1
    assert result.err.splitlines()[0].endswith("Not a directory")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--folder", "out"], "--folder: add --format markdown."),
        ([*CALL[1:], "--date", "2025-02-21"], "--folder: all days are written; leave out --date."),
    ],
)
@pytest.mark.usefixtures("stored")
def test_a_folder_gets_all_days_as_markdown(
    invoke: Invoke, options: list[str], sentence: str
) -> None:
    result = invoke("export", *options)
    assert result.status == 2
    assert sentence in result.err
