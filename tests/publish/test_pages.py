"""Pages and feeds: valid, linked, and harmless whatever texts say."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from catalogue import CATALOGUE
from defusedxml.ElementTree import fromstring
from digest_strategies import ADDRESSES, PAPERS
from examples import scaled
from hypothesis import example, given, settings
from hypothesis import strategies as st
from published import (
    CLOSED,
    FINAL,
    FRIDAY,
    PICTURE,
    URL,
    files_in,
    made_digest,
    publish,
    store,
    with_body,
)
from storage_samples import in_language

from bot.publish.feed import render_feed
from bot.publish.markup import clean, render_body
from bot.publish.pages import PageOptions, render_day
from bot.ui.markdown import is_invisible
from storage.addresses import address_fault
from storage.database import Database
from storage.records import Details, Digest, Media, MediaKind, Paper, Section, Text

EN = PageOptions("en", CATALOGUE.for_locale("en"))
PUBLIC = replace(EN, url=URL)
ATOM = "{http://www.w3.org/2005/Atom}"
OWN_TAGS = {
    *("html", "head", "meta", "title", "link", "style", "body", "h1", "h2", "h3", "nav", "a"),
    *("article", "section", "p", "img", "footer", "ul", "li", "ol"),
}
MARKDOWN_TAGS = {"em", "strong", "code", "pre", "blockquote", "hr", "br"}


@dataclass
class Page(HTMLParser):
    """The elements of a page."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    """By the tag that they are directly in."""
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def read(cls, data: bytes) -> "Page":
        page = cls()
        page.feed(data.decode())
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

    def values(self, tag: str, name: str) -> list[str]:
        return [value for each, found in self.tags if each == tag and (value := found.get(name))]

    def facts(self) -> dict[str, str]:
        """Return what the page says of itself to other sites."""
        return {
            str(found.get("property") or found.get("name")): str(found["content"])
            for tag, found in self.tags
            if tag == "meta" and "content" in found
        }


def page_of(*papers: Paper, options: PageOptions = EN) -> Page:
    return Page.read(render_day(Digest(FRIDAY, papers), options, is_final=True))


def body_of(text: str) -> Page:
    return Page.read(render_body(text).encode())


PAPER = made_digest(papers=1).papers[0]


# Harmless


@settings(max_examples=scaled(40))
@given(st.lists(PAPERS.map(in_language), max_size=2, unique_by=lambda paper: paper.arxiv_id))
def test_no_text_adds_elements_to_a_page_but_formatting_and_public_links(
    papers: list[Paper],
) -> None:
    page = page_of(*papers, options=PUBLIC)
    names = [tag for tag, _ in page.tags]
    assert {*names} <= OWN_TAGS | MARKDOWN_TAGS
    assert names.count("article") == names.count("h2") == len(papers)
    for name in ("html", "head", "body", "h1", "footer", "style", "title"):
        assert names.count(name) == 1
    for tag, found in page.tags:
        assert not [name for name in found if name.startswith("on")], tag
    addresses = page.values("a", "href") + page.values("img", "src")
    assert all(
        address_fault(url) is None
        for url in addresses
        if not url.startswith(("../", "index", "21.md"))
    )


@settings(max_examples=scaled(40))
@given(PAPERS.map(in_language))
@example(replace(PAPER, title="\x1f\u202e"))
def test_a_title_is_shown_as_it_is_written_or_else_the_id(paper: Paper) -> None:
    page = page_of(paper)
    titles = [text for tag, text in _texts_of_links(page) if tag == paper.url]
    assert titles[0] == clean(paper.arxiv_id if is_invisible(paper.title) else paper.title)


def _texts_of_links(page: Page) -> Iterator[tuple[str, str]]:
    hrefs = page.values("a", "href")
    yield from zip(hrefs, page.texts["a"], strict=False)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</article></body><h1>Gone</h1>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](http://127.0.0.1/admin)",
        "[x](//example.org)",
        "[x](/etc/passwd)",
        "[x](https://ann:secret@example.org)",
        "<javascript:alert(1)>",
        "![x](https://example.org/pixel.png)",
        "# A heading\n\nA heading\n===",
        "[x]\n\n[x]: javascript:alert(1)",
        '[x](https://example.org "\\" onmouseover=alert(1)")[y](javascript:1)',
        "-->\n<!-- escaped -->",
        "&lt;script&gt;",
        "\u202egnirts\u202c \x1b[2J",
    ],
)
def test_hostile_markup_has_no_effect(text: str) -> None:
    paper = replace(
        PAPER,
        title=text.replace("\n", " "),
        authors=(text,),
        sections=(Section(text.replace("\n", " "), text),),
        details=Details(abstract=text, summary=text),
    )
    page = page_of(paper, options=PUBLIC)
    assert {tag for tag, _ in page.tags} <= OWN_TAGS
    assert not [url for url in page.values("a", "href") if "javascript" in url.lower()]
    own = {*page_of(PAPER, options=PUBLIC).values("a", "href"), "https://example.org"}
    own.add("https://example.org/pixel.png")  # as a link, which loads nothing by itself
    assert {*page.values("a", "href")} <= own
    assert page.values("img", "src") == [PICTURE]
    assert [tag for tag, _ in page.tags].count("h1") == 1
    feed = fromstring(render_feed([Digest(FRIDAY, (paper,))], PUBLIC, URL))
    content = feed.findtext(f"{ATOM}entry/{ATOM}content")
    assert {tag for tag, _ in Page.read(str(content).encode()).tags} == {"ol", "li", "a", "p"}


def test_an_address_that_was_stored_by_an_older_version_is_checked_again() -> None:
    for url in ("javascript:alert(1)", "http://localhost/a.png", 'https://a.org/"onload="x'):
        for kind in MediaKind:
            page = page_of(replace(PAPER, media=Media(kind, url)), options=PUBLIC)
            assert not page.values("img", "src")
            assert url not in page.values("a", "href")
            assert "og:image" not in page.facts()


def test_text_is_formatted_and_links_to_public_addresses_are_kept() -> None:
    page = body_of("**Bold** and `code`:\n\n- [site](https://example.org/a)\n- more")
    assert [tag for tag, _ in page.tags] == ["p", "strong", "code", "ul", "li", "a", "li"]
    assert page.values("a", "href") == ["https://example.org/a"]
    assert page.values("a", "rel") == ["nofollow noopener"]


def test_a_very_long_text_is_shown_as_it_is_written() -> None:
    page = body_of("*a* " * 10_000)
    assert [tag for tag, _ in page.tags] == ["p"]


# What readers get


def test_a_page_shows_the_texts_that_paper_shows() -> None:
    korean = Text("ko", (Section("What's New", "한국어입니다."),), "another")
    details = Details(abstract="An abstract.", summary="A sentence.")
    both = replace(PAPER, other_texts=(korean,), details=details)
    ko = PageOptions("ko", CATALOGUE.for_locale("ko"))
    page = page_of(both, options=ko)
    assert "새로운 점" in page.texts["h3"]
    assert "한국어입니다." in page.texts["p"]
    assert "What " not in "".join(page.texts["p"])
    foreign = page_of(replace(PAPER, details=details), options=ko)
    assert foreign.values("section", "lang") == ["en", "en", "en"]
    assert "(영어)" in foreign.texts["p"]
    assert {"A sentence.", "An abstract."} <= {*foreign.texts["p"]}


def test_the_footer_names_those_whose_texts_are_on_the_page() -> None:
    page = page_of(replace(PAPER, source="archive"))
    assert page.texts["p"][-1].startswith("Summaries: archive.")
    assert "Summaries" not in page_of(replace(PAPER, sections=())).texts["p"][-1]


def test_with_an_address_a_page_has_a_preview_with_the_first_picture() -> None:
    video = replace(PAPER, arxiv_id="2502.1", media=Media(MediaKind.VIDEO, f"{PICTURE}.mp4"))
    facts = page_of(video, PAPER, options=PUBLIC).facts()
    assert facts["og:image"] == PICTURE
    assert facts["og:url"] == f"{URL}/en/2025/02/21.html"
    assert facts["og:title"] == "Daily Papers · 2025-02-21"
    assert facts["og:type"] == "article"
    assert not [name for name in page_of(PAPER).facts() if name.startswith("og:")]


@pytest.mark.parametrize("url", [None, URL])
async def test_every_link_within_the_archive_leads_to_a_file(
    database: Database, tmp_path: Path, url: str | None
) -> None:
    days = [FRIDAY, FRIDAY + timedelta(days=1), FRIDAY - timedelta(days=30)]
    await store(database, *map(made_digest, days))
    await store(database, with_body(made_digest(FRIDAY - timedelta(days=3)), "한국어", "ko"))
    await publish(database, tmp_path / "out", FINAL, url=url)
    found = files_in(tmp_path / "out")
    linked = {"index.html"}
    for name, data in found.items():
        if not name.endswith(".html"):
            continue
        page = Page.read(data)
        for address in [*page.values("a", "href"), *page.values("link", "href")]:
            if not urlsplit(address).scheme:
                linked.add(posixpath.normpath(posixpath.join(posixpath.dirname(name), address)))
    assert linked == {*found}
    assert any(name.endswith("feed.xml") for name in found) == (url is not None)


# Feeds


async def feed_of(database: Database, folder: Path, **options: object) -> Element:
    await publish(database, folder, url=URL, **options)  # type: ignore[arg-type]  # a test's
    feed: Element = fromstring((folder / "en/feed.xml").read_bytes())
    return feed


def assert_is_atom(feed: Element) -> None:
    """Check what RFC 4287 requires of a feed and its entries."""
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert urlsplit(str(element.findtext(f"{ATOM}id"))).scheme == "https"
        assert str(element.findtext(f"{ATOM}updated")).endswith("T00:00:00Z")
        assert [each for each in element.findall(f"{ATOM}link") if each.get("rel") == "alternate"]
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert [each.get("href") for each in feed.findall(f"{ATOM}link") if each.get("rel") == "self"]
    ids = [each.findtext(f"{ATOM}id") for each in feed.iter(f"{ATOM}entry")]
    assert len({*ids}) == len(ids) > 0


async def test_a_feed_is_valid_and_has_the_days_that_are_over(
    database: Database, tmp_path: Path
) -> None:
    days = [FRIDAY + timedelta(days=number) for number in range(-35, 3)]
    await store(database, *map(made_digest, days))
    feed = await feed_of(database, tmp_path, now=CLOSED)
    assert_is_atom(feed)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 30
    assert entries[0].findtext(f"{ATOM}id") == f"{URL}/en/2025/02/21.html"
    assert feed.findtext(f"{ATOM}updated") == "2025-02-22T00:00:00Z"
    content = Page.read(str(entries[0].findtext(f"{ATOM}content")).encode())
    assert content.texts["a"] == [f"Paper {rank} of 2025-02-21" for rank in (1, 2, 3)]


async def test_ids_and_times_of_entries_stay_when_votes_grow(
    database: Database, tmp_path: Path
) -> None:
    await store(database, made_digest())
    before = await feed_of(database, tmp_path, now=CLOSED)
    await store(database, made_digest(votes=500), made_digest(FRIDAY + timedelta(days=1)))
    after = await feed_of(database, tmp_path)
    (old,), (_, same) = before.findall(f"{ATOM}entry"), after.findall(f"{ATOM}entry")
    for name in ("id", "updated", "published", "title"):
        assert same.findtext(f"{ATOM}{name}") == old.findtext(f"{ATOM}{name}")
    assert "499" in str(same.findtext(f"{ATOM}content"))


@settings(max_examples=scaled(40))
@given(st.lists(PAPERS.map(in_language), min_size=1, max_size=2), ADDRESSES)
def test_a_feed_is_valid_whatever_texts_say(papers: list[Paper], url: str) -> None:
    digest = Digest(FRIDAY, tuple(papers))
    feed = fromstring(render_feed([digest], replace(EN, url=url), url))
    assert_is_atom(feed)
    page = Page.read(str(feed.findtext(f"{ATOM}entry/{ATOM}content")).encode())
    assert page.values("a", "href") == [paper.url for paper in papers]
