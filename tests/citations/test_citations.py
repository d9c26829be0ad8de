"""Citations, read back by the libraries that people's programs are like."""

import json
import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from bot.citations import Format, render, render_files
from storage.records import Details, Paper

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc import formatter as formatters
    from citeproc.source.json import CiteProcJSON

SUBMITTED = Details(submitted_at=datetime(2025, 2, 20, 21, tzinfo=UTC))
AUTHORS = ("Deepak Nathani", "José Núñez Ñandú", "Jan van der Berg Jr.", "Qwen Team")
PAPER = Paper(
    "2502.14499",
    "MLGym: A New Framework & Benchmark for Advancing AI Research Agents",
    authors=AUTHORS,
    details=SUBMITTED,
    authors_ordered=True,
)


def titled(title: str, arxiv_id: str = "2502.14499", **more: Any) -> Paper:  # noqa: ANN401 - of a paper
    return Paper(arxiv_id, title, authors=("Ann Lee",), authors_ordered=True, **more)


def bibtex(*papers: Paper) -> dict[str, Entry]:
    """Return the entries of papers as pybtex reads them, by key."""
    return dict(parse_string(render(papers, Format.BIBTEX), "bibtex").entries)


def one(paper: Paper) -> Entry:
    (entry,) = bibtex(paper).values()
    return entry


def ris(*papers: Paper) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rispy.loads(render(papers, Format.RIS))
    return found


def csl(*papers: Paper) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render(papers, Format.CSL))
    return found


UNKNOWN: Final = {
    r"\textbraceleft": r"\{",
    r"\textbraceright": r"\}",
    r"\textasciigrave": "`",
    r"\textasciicircum": "^",
    r"\textbar": "|",
    r"\textless": "<",
    r"\textgreater": ">",
}
"""Commands of LaTeX that the library doesn't know, and what prints the same."""


def printed(source: str) -> str:
    """Return what LaTeX would print of a text."""
    for command, other in UNKNOWN.items():
        source = source.replace(command, other)
    return str(LatexNodes2Text(math_mode="text").latex_to_text(source))


def keys_of(papers: Sequence[Paper]) -> list[str]:
    return [item["id"] for item in csl(*papers)]


def test_bibtex_has_the_paper_as_arxiv_cites_it() -> None:
    (key, entry), *others = bibtex(PAPER).items()
    assert not others
    assert key == "nathani2025mlgym"
    assert entry.type == "misc"
    assert dict(entry.fields) == {
        "title": r"{MLGym}: A New Framework \& Benchmark for Advancing {AI} Research Agents",
        "year": "2025",
        "eprint": "2502.14499",
        "archivePrefix": "arXiv",
        "doi": "10.48550/arXiv.2502.14499",
        "url": "https://arxiv.org/abs/2502.14499",
    }
    names = [
        tuple(
            printed(" ".join(part))
            for part in (
                each.first_names + each.middle_names,
                each.prelast_names,
                each.last_names,
                each.lineage_names,
            )
        )
        for each in entry.persons["author"]
    ]
    assert names == [
        ("Deepak", "", "Nathani", ""),
        ("José Núñez", "", "Ñandú", ""),
        ("Jan", "van der", "Berg", "Jr."),
        ("", "", "Qwen Team", ""),
    ]


def test_ris_has_the_same() -> None:
    (entry,) = ris(PAPER)
    assert entry == {
        "type_of_reference": "UNPB",
        "id": "nathani2025mlgym",
        "title": PAPER.title,
        "authors": [
            "Nathani, Deepak",
            "Ñandú, José Núñez",
            "van der Berg, Jan, Jr.",
            "Qwen Team",
        ],
        "year": "2025",
        "date": "2025/02/20/",
        "publisher": "arXiv",
        "accession_number": "arXiv:2502.14499",
        "doi": "10.48550/arXiv.2502.14499",
        "urls": ["https://arxiv.org/abs/2502.14499"],
    }


def test_csl_json_has_the_same_and_makes_a_bibliography() -> None:
    items = csl(PAPER)
    assert items[0]["issued"] == {"date-parts": [[2025, 2, 20]]}
    assert items[0]["author"][2] == {
        "family": "Berg",
        "given": "Jan",
        "non-dropping-particle": "van der",
        "suffix": "Jr.",
    }
    # It wants names in two parts, though CSL-JSON also has whole ones.
    items[0]["author"].pop()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatters.plain)
        bibliography.register(Citation([CitationItem("nathani2025mlgym")]))
        (line,) = map(str, bibliography.bibliography())
    assert "Nathani" in line
    assert "van der Berg" in line
    assert "2025" in line
    assert PAPER.title in line


def test_authors_whose_order_is_unknown_are_left_to_the_entry_of_arxiv() -> None:
    shuffled = Paper("2502.00001", "A Paper", authors=AUTHORS)
    without = Paper("2502.00002", "A Paper")
    for paper, what in ((shuffled, "order of the authors"), (without, "authors")):
        note = f"The {what}"
        entry = one(paper)
        assert "author" not in entry.persons
        assert entry.fields["note"].startswith(note)
        (item,) = ris(paper)
        assert "authors" not in item
        assert item["notes"][0].startswith(note)
        assert csl(paper)[0]["note"].startswith(note)
        assert "author" not in csl(paper)[0]
        for to in Format:
            assert "Nathani" not in render([paper], to)


@pytest.mark.parametrize(
    ("arxiv_id", "year", "primary_class"),
    [
        ("2501.00001", "2025", None),
        ("0704.0001", "2007", None),
        ("hep-th/9901001", "1999", "hep-th"),
        ("math/0309136", "2003", None),
        ("quant-ph/0001001", "2000", "quant-ph"),
        ("9107.00001", "2091", None),
    ],
)
def test_the_year_and_the_class_come_from_the_id(
    arxiv_id: str, year: str, primary_class: str | None
) -> None:
    entry = one(titled("T", arxiv_id))
    assert entry.fields["year"] == year
    assert entry.fields.get("primaryClass") == primary_class
    assert csl(titled("T", arxiv_id))[0]["issued"]["date-parts"][0][0] == int(year)


def test_the_day_of_submission_is_preferred_to_the_id() -> None:
    paper = titled(
        "T", "2501.00001", details=Details(submitted_at=datetime(2024, 12, 31, tzinfo=UTC))
    )
    assert one(paper).fields["year"] == "2024"


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("50% of R&D: #1_a at $5", r"50\% of {R}\&{D}: \#1\_a at \$5"),
        ("From $5 to $10", r"From \$5 to \$10"),
        ("A Brace } or { Two", r"A Brace {\textbraceright} or {\textbraceleft} Two"),
        (r"Back\slash", r"Back{\textbackslash}slash"),
        ("Schrödinger's Łódź", "Schr{\\\"o}dinger's {\\L}{\\'o}d{\\'z}"),
        ("École", r"{\'E}cole"),
        ("Việt", r"Vi{\^{\d{e}}}t"),
        ("naïve", r"na{\"{\i}}ve"),
        ("GPT-4, LLaMA and 3D", "{GPT}-4, {LLaMA} and {3D}"),
        ("Self-Attention Is All", "Self-Attention Is All"),
        (
            "What we learn from Bayes and Euler today",
            "What we learn from {Bayes} and {Euler} today",
        ),
        (r"In $O(n^2)$ and $\mathcal{N}$", r"In {$O(n^2)$} and {$\mathcal{N}$}"),
        ("O(n²) ≤ α", r"{O}(n{$^{2}$}) {$\leq$} {$\alpha$}"),
        ("```code```", r"{\textasciigrave}" * 3 + "code" + r"{\textasciigrave}" * 3),
        ("확산 모델(Diffusion)", "확산 모델(Diffusion)"),
    ],
)
def test_a_title_keeps_its_characters_formulas_and_capitals(title: str, source: str) -> None:
    assert one(titled(title)).fields["title"] == source


@pytest.mark.parametrize(
    "formula",
    [
        r"$\input{/etc/passwd}$",
        r"$\write18{rm}$",
        "$^^5cinput$",
        r"$a\{b$",
        "$a}{b$",
        r"$\def\x{}$",
        "$a % b$",
        r"$\csname input\endcsname$",
    ],
)
def test_a_formula_that_could_do_more_than_print_is_printed_as_it_is(formula: str) -> None:
    title = one(titled(f"On {formula}")).fields["title"]
    assert not re.search(r"(?<!\\)\$", title)
    assert printed(title) == f"On {formula}"


@given(st.text(min_size=1, max_size=60))
def test_any_title_is_read_back(title: str) -> None:
    paper = titled(f"T{title}")
    ((key, entry),) = bibtex(paper).items()
    assert re.fullmatch(r"[a-z0-9]+", key)
    assert entry.fields["doi"].endswith(paper.arxiv_id)
    (item,) = ris(paper)
    assert item["doi"].endswith(paper.arxiv_id)
    assert csl(paper)[0]["title"].split() == item["title"].split()


@given(st.text(alphabet=st.characters(codec="latin-1", min_codepoint=32), max_size=40))
def test_latin_titles_are_printed_as_they_were_written(title: str) -> None:
    # What is a formula stays LaTeX, and two hyphens are a dash.
    written = " ".join(f"T {title.translate(dict.fromkeys(map(ord, '$-')))}".split())
    shown = one(titled(written)).fields["title"]
    expected = csl(titled(written))[0]["title"]
    for digit, raised in zip("123", "¹²³", strict=True):
        expected = expected.replace(raised, f"^{digit}")
    assert "".join(printed(shown).split()) == "".join(expected.split())


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_names_are_read_back_as_so_many_authors(names: list[str]) -> None:
    paper = Paper("2502.14499", "T", authors=("Ann Lee", *names), authors_ordered=True)
    count = len(csl(paper)[0]["author"])
    assert count <= 1 + len(names)
    assert len(one(paper).persons["author"]) == count
    assert len(ris(paper)[0]["authors"]) == count


def test_a_hostile_title_adds_no_entry_and_no_field() -> None:
    hostile = "A},\nauthor = {Eve}\n}\n@misc{x, title={B}\nER  - \r\nTY  - JOUR\u2028ER  - \x1b[1m"
    entry = one(titled(hostile))
    assert [str(each) for each in entry.persons["author"]] == ["Lee, Ann"]
    (item,) = ris(titled(hostile))
    assert item["authors"] == ["Lee, Ann"]
    assert item["type_of_reference"] == "UNPB"
    assert "\x1b" not in render([titled(hostile)], Format.BIBTEX)


@pytest.mark.parametrize(
    ("author", "title", "key"),
    [
        ("Łukasz Kaiser", "Attention Is All You Need", "kaiser2025attention"),
        ("Jürgen Müßig", "The «Größe» of Things", "mussig2025große".replace("ß", "ss")),
        ("Qwen Team", "A Report", "qwenteam2025report"),
        ("김철수", "확산 모델", "arxiv2025250214499"),
        ("Ann Lee", "Self-Attention", "lee2025self"),
        ("Jan van der Berg", "To Be", "berg2025be"),
        ("Qingyao Ai", "To Be", "ai2025be"),
        ("Meta AI", "To Be", "metaai2025be"),
        ("and Lei Bai", "To Be", "bai2025be"),
        ("Turing, Alan", "To Be", "turing2025be"),
    ],
)
def test_a_key_has_surname_year_and_first_word_in_ascii(author: str, title: str, key: str) -> None:
    paper = Paper("2502.14499", title, authors=(author,), authors_ordered=True)
    assert keys_of([paper]) == [key]


def test_keys_are_unique_and_stay_the_same_when_newer_papers_join() -> None:
    papers = [titled("Deep One", f"2502.{number:05}") for number in (9, 3, 5)]
    assert keys_of(papers) == ["lee2025deep-3", "lee2025deep", "lee2025deep-2"]
    assert keys_of(papers[1:]) == ["lee2025deep", "lee2025deep-2"]
    many = [titled("Deep", f"2502.{number:05}") for number in range(1_000)]
    assert len(set(keys_of(many))) == len(bibtex(*many)) == 1_000


def test_nothing_is_an_empty_file_that_can_be_read() -> None:
    assert csl() == ris() == []
    assert bibtex() == {}


@pytest.mark.parametrize("to", Format)
def test_many_papers_are_divided_into_files_that_are_each_valid(to: Format) -> None:
    papers = [titled("Deep Ä", f"2502.{number:05}") for number in range(100)]
    files = render_files(papers, to, most=4_000)
    assert len(files) > 5
    assert all(len(file.encode()) < 4_100 for file in files)
    keys: list[str] = []
    for file in files:
        match to:
            case Format.BIBTEX:
                keys += parse_string(file, "bibtex").entries
            case Format.RIS:
                keys += [each["id"] for each in rispy.loads(file)]
            case Format.CSL:
                keys += [each["id"] for each in json.loads(file)]
    assert keys == keys_of(papers)
    assert render_files(papers, to, most=1)[0] == render(papers[:1], to)
