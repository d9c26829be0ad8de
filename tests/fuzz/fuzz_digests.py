"""Mutate digests and take each through parser, storage, layouts and the sandbox's message rules.

    python tests/fuzz/fuzz_digests.py [--minutes M] [--seed N] [--digests FOLDER]
        [--only NUMBER] [--save FILE]

Each input is made of the seed and its number alone, so that `--only` repeats one, and `--save`
writes its text to a file. Real digests are the raw material where `--digests` or
`DAILY_PAPERS_TEST_DIGESTS` names a folder, made ones otherwise. Prints the first input that breaks
a rule in each way, and the slowest of each step; the exit code is 1 if any rule is broken.
"""

import argparse
import asyncio
import itertools
import os
import random
import re
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))

import discord
from storage_samples import in_language

from bot.digest import DigestError, decode, limits, parse, write
from bot.posting.coverage import Coverage
from bot.posting.filters import rank_by_votes
from bot.posting.layout import PostOptions, render
from bot.posting.selection import Selection
from bot.sandbox.rules.messages import MESSAGE, is_empty
from bot.sandbox.rules.shape import errors_of
from bot.ui import full_text, rankings
from bot.ui import papers as papers_ui
from bot.ui import posts as posts_ui
from bot.ui.messages import decode as decode_message
from bot.ui.messages import encode, to_view
from bot.ui.paper_actions import CardContext, OpenedPaper, render_actions
from config.texts import Catalogue, Texts
from storage import digests, migrations, papers
from storage.addresses import address_fault
from storage.database import Database
from storage.records import (
    MOST_VOTES,
    Digest,
    Frequency,
    Layout,
    ListedDigest,
    ListedPaper,
    Paper,
    PaperName,
    Ranking,
)

FOLDER: Final = "DAILY_PAPERS_TEST_DIGESTS"
READ_AT: Final = datetime(2025, 2, 21, 22, tzinfo=UTC)
_LONGEST_RUN: Final = 3_000
_LONGEST_TEXT: Final = 400_000
_MOST_POSTED: Final = 25
_LONGEST_MARK: Final = 30

MADE: Final = (
    """\
## Daily Papers (2025-02-21)

### [MADE-1: Learning to Prove](https://arxiv.org/abs/2502.00001)

![](https://example.org/papers/2502.00001.png)

Vote: 16

Authors: Ada Lovelace, Alan Turing, 김하나

- ***What's New***: 이 논문은 증명(proof)을 배우는 **모델**을 소개합니다. 결과가 좋습니다.
- ***Technical Details***: Uses `attention` and $x^2$, e.g. with two heads. See [code](https://example.org).
- ***Performance Highlights***: 92.3% on *two* benchmarks.

### [MADE-2](https://arxiv.org/abs/2502.00002)

[Watch Video](https://example.org/b.mp4)
<div><video controls src="https://example.org/b.mp4" muted="false"></video></div>

Vote: -

Authors: ['Grace Hopper', "Conan O'Brien"]

- one item
  - nested
    - deeper
1. numbered
""",
    """\
# Daily Papers (2023-11-20)

### [Early days](https://huggingface.co/papers/2311.00003)
Authors: A, B, +

A paragraph of text.

#### Section

```py
print("code")
```

---

### [Old id](https://arxiv.org/abs/hep-th/9901001)
Vote: 1,024
""",
)

SNIPPETS: Final = (
    "\n",
    "\r",
    "\n\n",
    "\x00",
    "\x85",
    "\u2028",
    "\u3000\n",
    "\u202e",
    "\u200d",
    "\ufeff",
    "\ud7ff",
    "\U000e0041",
    "👩‍🔬",
    "e\u0301",
    "\u0301",
    "ᄀ",
    "\t",
    "    ",
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "```",
    "~~~",
    "~~",
    "||",
    "[",
    "](",
    ")",
    "<",
    ">",
    "\\",
    "&#10;",
    "&#133;",
    "&amp;",
    "- ",
    "  - ",
    "* ",
    "1. ",
    "-# ",
    "# ",
    "#### ",
    "> ",
    ">>> ",
    "---",
    "e.g. ",
    ". ",
    "。",
    "@everyone",
    "<@1234567890123456789>",
    "<t:0:R>",
    "</paper:1>",
    "\\<t:0:R>",
    "<!-- escaped -->",
    "<!-- no heading -->",
    "<div>",
    "</video>",
    "Vote: 99999999999999999999",
    "Vote: 10000000",
    "Vote: -1",
    "Authors: ['",
    "Authors: \x85",
    "![](http://localhost/a.png)",
    "![](https://[::1/a.png)",
    "![](https://example.org:99999/a.png)",
    "![](https://10.0.0.1/a.png)",
    "![](https://user:word@example.org/a.png)",
    "![](https://a_b.example.org/a.png)",
    "![](https://example.org/" + "a" * 2040 + ")",
    "[Watch Video](https://example.org/" + "a" * 600 + ")",
    "## Daily Papers (2025-02-21)\n",
    "## Daily Papers (2025-02-30)\n",
    "### [Another](https://arxiv.org/abs/2502.00009)\n",
    "### [\x85](https://arxiv.org/abs/2502.00010)\n",
    "### [\u3000](https://arxiv.org/abs/2502.00011) <!-- escaped -->\n",
    "- ***\x85***: text\n",
    "- ***What's New***: ",
    "[label]: <b>\n",
)


def mutate(sources: Sequence[str], chance: random.Random) -> str:
    """Return a text made of some sources, changed in a few places."""
    text = chance.choice(sources)
    if len(text) > 1 and chance.random() < 0.7:
        # A part is quicker to go through than a whole day.
        papers_of = text.split("\n### ")
        first = chance.randrange(len(papers_of))
        text = "\n### ".join([papers_of[0], *papers_of[first : first + chance.randint(1, 5)]])
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 13))):
        text = chance.choice(_MUTATIONS)(text, sources, chance)[:_LONGEST_TEXT]
    return text


def _insert(text: str, _: Sequence[str], chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(SNIPPETS) + text[at:]


def _insert_character(text: str, _: Sequence[str], chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    code = chance.choice((0x7F, 0xFF, 0x3000, 0xD7FF, 0x1FFFF, 0x10FFFF))
    character = chr(chance.randint(0, code))
    return text[:at] + ("x" if 0xD800 <= ord(character) <= 0xDFFF else character) + text[at:]


def _repeat(text: str, _: Sequence[str], chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    unit = "".join(chance.choices(SNIPPETS, k=chance.choice((1, 1, 2))))
    return text[:at] + unit * chance.randint(2, _LONGEST_RUN) + text[at:]


def _nest(text: str, _: Sequence[str], chance: random.Random) -> str:
    at = text.find("\n", chance.randint(0, len(text))) + 1
    levels = chance.randint(2, 400)
    return text[:at] + "".join("  " * level + "- a\n" for level in range(levels)) + text[at:]


def _drop(text: str, _: Sequence[str], chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.choice((1, 1, 3, 20, 300)) :]


def _truncate(text: str, _: Sequence[str], chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))]


def _shuffle_lines(text: str, _: Sequence[str], chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    some = lines[at : at + chance.randint(2, 12)]
    chance.shuffle(some)
    return "\n".join([*lines[:at], *some, *lines[at + len(some) :]])


def _repeat_line(text: str, _: Sequence[str], chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join([*lines[:at], *[lines[at]] * chance.choice((2, 3, 70, 300)), *lines[at + 1 :]])


def _replace_number(text: str, _: Sequence[str], chance: random.Random) -> str:
    places = [at for at, character in enumerate(text) if character.isdecimal()]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + str(chance.choice((0, -1, 9, 10**7, 10**12, 2**63, 10**40))) + text[at + 1 :]


def _splice(text: str, sources: Sequence[str], chance: random.Random) -> str:
    other = chance.choice(sources)
    at, start = chance.randint(0, len(text)), chance.randint(0, len(other))
    return text[:at] + other[start : start + chance.randint(1, 4_000)] + text[at:]


def _join_lines(text: str, _: Sequence[str], chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    end = at + chance.randint(1, 5_000)
    return text[:at] + text[at:end].replace("\n", " ") + text[end:]


def _write_anew(text: str, _: Sequence[str], __: random.Random) -> str:
    """Return a text as `write` writes it, with its marks of escaped text."""
    try:
        return "\n".join(map(write, parse(text)[0]))
    except DigestError:
        return text


_MUTATIONS: Final[Sequence[Callable[[str, Sequence[str], random.Random], str]]] = (
    _insert,
    _insert,
    _insert,
    _insert_character,
    _repeat,
    _nest,
    _drop,
    _truncate,
    _shuffle_lines,
    _repeat_line,
    _replace_number,
    _splice,
    _join_lines,
    _write_anew,
)


@dataclass
class Tally:
    """What a run went through."""

    texts: int = 0
    refused: int = 0
    papers: int = 0
    messages: int = 0
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    """By step: the most seconds that it took, and the number of the input."""

    def step(self, name: str, number: int, started: float) -> float:
        """Note how long a step took, and return the time now."""
        now = time.perf_counter()
        self.slowest[name] = max(self.slowest.get(name, (0, 0)), (now - started, number))
        return now


class Fuzzer:
    """Takes texts the whole way, and raises `AssertionError` where a rule is broken."""

    def __init__(self, sources: Sequence[str], folder: Path, *, seed: int) -> None:
        self.tally = Tally()
        self._sources = sources
        self._seed = seed
        self._path = folder / "papers.db"
        self._empty = folder / "empty.db"
        with closing(sqlite3.connect(self._empty, isolation_level=None)) as connection:
            migrations.apply(connection, migrations.load(), path=self._empty)
        catalogue = Catalogue.load()
        self._texts = {name: catalogue.for_locale(name) for name in catalogue.languages}

    def text(self, number: int) -> str:
        """Return an input by its number."""
        return mutate(self._sources, random.Random(f"{self._seed}:{number}"))

    async def run(self, number: int) -> None:
        """Make one input and take it the whole way."""
        text = self.text(number)
        self.tally.texts += 1
        started = time.perf_counter()
        try:
            read, problems = parse(decode(text.encode()), path="2025/02/21.md")
        except DigestError:
            self.tally.refused += 1
            return
        started = self.tally.step("parse", number, started)
        lines = text.count("\n") + text.count("\r") + 1
        assert all(1 <= problem.line <= lines for problem in problems)
        for digest in read:
            for paper in digest.papers:
                check_paper(paper)
            started = time.perf_counter()
            assert parse(write(digest)) == ((digest,), ()), "written digest reads back different"
            started = self.tally.step("write and parse", number, started)
        listed_digests = await self._store(read)
        started = self.tally.step("store", number, started)
        chance = random.Random(number)
        for listed in listed_digests:
            if listed.papers:
                self.tally.papers += len(listed.papers)
                self._show(listed, number, chance)

    async def _store(self, read: Sequence[Digest]) -> list[ListedDigest]:
        for name in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + name).unlink(missing_ok=True)
        self._path.write_bytes(self._empty.read_bytes())
        results = []
        async with await Database.open(self._path) as database:
            for digest in read:
                await digests.store(database, digest, read_at=READ_AT)
            for digest in read:
                # An id that a later digest gave anew has the text of the newest.
                is_alone = len(read) == 1
                exported = await digests.get_as_read(database, digest.date)
                assert exported is not None
                expected = replace(digest, papers=tuple(map(in_language, digest.papers)))
                assert not is_alone or exported == expected, "stored digest comes back different"
                listed = await digests.get(database, digest.date)
                assert listed is not None
                ids = [each.paper.arxiv_id for each in listed.papers]
                assert ids == [paper.arxiv_id for paper in digest.papers]
                names = await papers.names(database, ids)
                assert len(names) == len(ids)
                results.append(listed)
        return results

    def _show(self, listed: ListedDigest, number: int, chance: random.Random) -> None:
        coverage = Coverage.of(Frequency.DAY, listed.date)
        count = chance.randint(1, _MOST_POSTED)
        selection = Selection(
            coverage, rank_by_votes(listed.papers)[:count], len(listed.papers), listed.votes_read_at
        )
        texts = self._texts[chance.choice(sorted(self._texts))]
        for layout in Layout:
            started = time.perf_counter()
            is_forum = chance.random() < 0.3
            options = PostOptions(layout=layout, language="en", is_forum=is_forum)
            shown_selection, messages = render(selection, options, texts)
            assert shown_selection == selection, "a paper can't be rendered"
            stored = [encode(message) for message in messages]
            assert tuple(map(decode_message, stored)) == messages, (
                "stored message reads back different"
            )
            payloads: list[dict[str, Any]] = [
                _payload(
                    message.content,
                    message.embeds,
                    to_view(message.rows, "m" * _LONGEST_MARK) if message.rows else None,
                    thread_name=message.thread_name,
                )
                for message in messages
            ]
            self.tally.step(f"render {layout}", number, started)
            self._check(payloads)
        shown = chance.choice(listed.papers)
        started = time.perf_counter()
        payloads = list(_answers(shown, listed, texts))
        self.tally.step("answer", number, started)
        self._check(payloads)

    def _check(self, payloads: Iterable[dict[str, Any]]) -> None:
        for payload in payloads:
            self.tally.messages += 1
            assert not (errors := errors_of(MESSAGE, payload)), f"Discord refuses it: {errors}"
            assert not is_empty(payload, has_files=False)


def check_paper(paper: Paper) -> None:
    """Check that a paper is within what the parser says that it keeps."""
    assert 0 < limits.size(paper.title) <= limits.MAX_LINE
    assert paper.votes is None or 0 <= paper.votes <= MOST_VOTES
    assert paper.media is None or address_fault(paper.media.url) is None
    assert len(paper.authors) <= limits.MAX_AUTHORS
    assert len(paper.sections) <= limits.MAX_SECTIONS
    for section in paper.sections:
        assert limits.size(section.heading or "") <= limits.MAX_LINE
        assert section.body.strip()
        assert limits.size(section.body) <= limits.MAX_SECTION
    held = [paper.title, *paper.authors]
    held += [text for section in paper.sections for text in (section.heading or "", section.body)]
    assert sum(map(limits.size, held)) <= limits.MAX_PAPER


def _answers(shown: ListedPaper, listed: ListedDigest, texts: Texts) -> Iterable[dict[str, Any]]:
    """Yield the messages that answer commands and buttons with a paper or a list."""
    card = papers_ui.render_card(shown, texts)
    opened = OpenedPaper(
        shown.paper.arxiv_id,
        is_whole=card.is_whole,
        has_abstract=True,
        context=CardContext(can_share=True, can_discuss=True, post_id=2**63),
    )
    yield _payload(None, [card.embed], render_actions(opened, texts))
    for embed in full_text.render_full_text(shown, texts).embeds:
        yield _payload(None, [embed], None)
    names = [
        PaperName(each.paper.arxiv_id, each.paper.title, each.paper.votes, each.digest_date)
        for each in listed.papers
    ]
    for name in names:
        assert 0 < len(papers_ui.choice_label(name)) <= 100
    listing = papers_ui.list_names("papers", names, texts)
    yield _payload(listing, [], papers_ui.render_menu(names, texts))
    embed, view = posts_ui.render_rest(
        list(enumerate(listed.papers, start=1)),
        texts,
        title="rest",
        page=0,
        turn=lambda page: f"rest:{page}",
    )
    yield _payload(None, [embed], view)
    window = rankings.Window("today", listed.date, 25, page=0, owner=1)
    ranking = Ranking(
        rank_by_votes(listed.papers)[: window.limit],
        len(listed.papers),
        listed.date,
        listed.date,
        listed.votes_read_at,
    )
    page = rankings.render_ranking(ranking, window, texts, is_latest=True)
    view = rankings.render_buttons(page, window, (None, None), texts)
    yield _payload(None, [page.embed], view)


def _payload(
    content: str | None,
    embeds: Iterable[discord.Embed],
    view: discord.ui.View | None,
    *,
    thread_name: str | None = None,
) -> dict[str, Any]:
    """Return a message as discord.py sends it."""
    return {
        "content": content,
        "embeds": [embed.to_dict() for embed in embeds],
        "components": view.to_components() if view else [],
        "thread_name": thread_name,
    }


def sources_in(folder: Path | None) -> list[str]:
    """Return the raw material: the digests of a folder, if there is one, else made ones."""
    if folder is None:
        return list(MADE)
    return [*MADE, *(path.read_text("utf-8") for path in sorted(folder.rglob("*.md")))]


@dataclass(frozen=True)
class Failure:
    """A rule that was broken, and by which input first."""

    number: int
    error: str
    details: str
    """The traceback."""


async def fuzz(
    fuzzer: Fuzzer, numbers: Iterable[int], *, until: float | None = None
) -> list[Failure]:
    """Run inputs by their numbers, and return the first failure of each way to fail.

    Args:
        fuzzer: Runs them.
        numbers: Which.
        until: A time of `time.monotonic` after which no more are run; `None` runs all.
    """
    failures: dict[str, Failure] = {}
    for number in numbers:
        try:
            await fuzzer.run(number)
        except Exception as error:  # noqa: BLE001 - any is a failure of what is tested
            text = f"{type(error).__name__}: {error}"[:2_000]
            failure = Failure(number, text, traceback.format_exc(limit=-5)[-4_000:])
            failures.setdefault(re.sub(r"\d+", "", text)[:100], failure)
        if until is not None and time.monotonic() > until:
            break
    return list(failures.values())


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="run this input alone")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write its text to a file")
    parser.add_argument("--digests", type=Path, default=os.environ.get(FOLDER))
    options = parser.parse_args()
    if options.save and options.only is None:
        parser.error("--save wants --only")
    numbers = itertools.count() if options.only is None else [options.only]
    with TemporaryDirectory() as folder:
        fuzzer = Fuzzer(sources_in(options.digests), Path(folder), seed=options.seed)
        if options.save:
            options.save.write_bytes(fuzzer.text(options.only).encode())
        until = time.monotonic() + options.minutes * 60
        failures = asyncio.run(fuzz(fuzzer, numbers, until=until))
    for failure in failures:
        print(f"INPUT {failure.number}: {failure.error}\n{failure.details}")
    tally = fuzzer.tally
    print(
        f"{tally.texts:,} texts ({tally.refused:,} are no digest), {tally.papers:,} papers, "
        f"{tally.messages:,} messages; rules broken in {len(failures)} ways"
    )
    for name, (taken, number) in tally.slowest.items():
        print(f"slowest {name:16} {taken * 1000:8.1f} ms   input {number}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
