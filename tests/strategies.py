"""Hypothesis strategies for papers, including hostile texts."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from storage.records import Details, ListedPaper, Media, MediaKind, Paper, Section, Text

HOSTILE = (
    "@everyone",
    "@here",
    "<@1234567890123456789>",
    "<#1234567890123456789>",
    "<t:1740096000:R>",
    "</paper:123>",
    "[click](https://example.org)",
    "||hidden||",
    "```py\ncode",
    "**bold",
    "`tick",
    "# heading",
    ">>> quote",
    "-# small",
    "\u202eright to left",
    "\x00\x1b[2J",
    "👩‍🔬" * 30,
    "가" * 700,
    "word " * 400,
    "한 문장입니다. " * 120,
    "\\",
    "\\\\",
)

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE) | st.text(max_size=80), max_size=12).map(" ".join),
    st.lists(st.sampled_from(HOSTILE) | st.text(max_size=80), max_size=12).map("\n".join),
)
some_texts = texts.map(str.strip).filter(bool)
lines = some_texts.map(lambda text: " ".join(text.split())).filter(bool)
arxiv_ids = st.one_of(
    st.builds(
        "{:02}{:02}.{:05}".format, st.integers(7, 99), st.integers(1, 12), st.integers(0, 99999)
    ),
    st.builds(
        "hep-th/{:02}{:02}{:03}".format,
        st.integers(91, 99),
        st.integers(1, 12),
        st.integers(0, 999),
    ),
)
media = st.builds(
    Media,
    kind=st.sampled_from(MediaKind),
    url=st.sampled_from(
        (
            "https://example.org/a.png",
            "https://example.org/" + "a" * 700,
            "https://example.org/" + "a" * 3000,
        )
    ),
)
sections = st.builds(Section, heading=st.none() | lines, body=some_texts)
papers = st.builds(
    Paper,
    arxiv_id=arxiv_ids,
    title=lines,
    votes=st.none() | st.integers(0, 100_000),
    authors=st.lists(lines, max_size=6).map(tuple)
    | st.just(tuple(f"Author Number{i}" for i in range(663))),
    media=st.none() | media,
    sections=st.lists(sections, max_size=5).map(tuple)
    | st.lists(sections, min_size=26, max_size=30).map(tuple),
)
languages = st.none() | st.sampled_from(("en", "ko", "pt-BR", "xx"))
addresses = st.none() | st.sampled_from(
    ("https://example.org/", "https://example.org/" + "a" * 700, "http://localhost/", "no address")
)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
details = st.builds(
    Details,
    abstract=st.none() | some_texts,
    summary=st.none() | some_texts,
    keywords=st.lists(lines, max_size=8).map(tuple),
    organization=st.none() | lines,
    code_url=addresses,
    code_stars=st.none() | st.integers(0, 10_000_000),
    project_url=addresses,
    comments=st.none() | st.integers(0, 10_000),
    submitted_at=moments,
    withdrawn_at=moments,
)
other_texts = st.builds(
    Text,
    language=languages,
    sections=st.lists(sections, max_size=3).map(tuple),
    source=st.sampled_from(("folder", "another")),
)
detailed_papers = st.builds(
    replace,
    papers,
    language=languages,
    other_texts=st.lists(other_texts, max_size=3).map(tuple),
    details=details,
    authors_ordered=st.booleans(),
)
"""Papers with what live sources know."""
listed_papers = st.builds(
    ListedPaper,
    paper=papers | detailed_papers,
    digest_date=st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    rank=st.integers(1, 100),
    votes_read_at=st.none() | st.just(datetime(2025, 2, 21, 23, 0, tzinfo=UTC)),
)
