import pytest
from catalogue import CATALOGUE

from bot.ui.paper_links import all_links, compact, join_links
from storage.records import Details, Media, MediaKind, Paper

EN = CATALOGUE.for_locale("en-US")


def labels(paper: Paper, *, is_listed: bool = True) -> list[str]:
    """Return the labels of a paper's links."""
    return [label for label, _ in all_links(paper, EN, is_listed=is_listed)]


def with_details(details: Details) -> Paper:
    return Paper("2502.14499", "T", details=details)


def test_code_and_project_are_linked_where_they_are_known() -> None:
    details = Details(
        code_url="https://github.com/a/b",
        code_stars=540,
        project_url="https://a.org",
    )
    video = Media(MediaKind.VIDEO, "https://example.org/a.mp4")
    paper = Paper("2502.14499", "T", media=video, details=details)
    assert labels(paper) == ["arXiv", "PDF", "Hugging Face", "Code ★540", "Project", "Video"]


def test_links_that_do_not_fit_a_line_are_left_out_and_none_is_cut() -> None:
    links = [
        ("arXiv", "https://a.org/1"),
        ("Code", "https://b.org/" + "b" * 90),
        ("PDF", "https://c.org"),
    ]
    assert join_links(links, 60) == "[arXiv](https://a.org/1) · [PDF](https://c.org)"
    assert join_links(links, 10) == ""


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.org/a_(b)", "https://a.org/a_%28b%29"),
        ("https://a.org/ä b>", "https://a.org/%C3%A4%20b%3E"),
        ("https://a.org/%20?x=1&y=2#z", "https://a.org/%20?x=1&y=2#z"),
    ],
)
def test_an_address_cannot_end_its_link(url: str, shown: str) -> None:
    assert join_links([("Code", url)], 600) == f"[Code]({shown})"


@pytest.mark.parametrize("stars", [None, 0])
def test_stars_that_are_not_there_are_not_shown(stars: int | None) -> None:
    details = Details(code_url="https://github.com/a/b", code_stars=stars)
    assert labels(with_details(details))[-1] == "Code"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/a",
        "github.com/a/b",
        "https://a.org/" + "a" * 500,
        "https://u:p@a.org/",
        "",
    ],
)
def test_an_address_that_is_not_valid_is_not_linked(url: str) -> None:
    paper = with_details(Details(code_url=url, project_url=url))
    assert labels(paper) == ["arXiv", "PDF", "Hugging Face"]


def test_hugging_face_has_a_page_only_where_people_can_vote() -> None:
    paper = Paper("2502.14499", "T")
    assert labels(paper, is_listed=False) == ["arXiv", "PDF"]
    voted = Paper("2502.14499", "T", 0)
    assert labels(voted, is_listed=False) == ["arXiv", "PDF", "Hugging Face"]


@pytest.mark.parametrize(
    ("stars", "text"),
    [
        (540, "540"),
        (9_999, "9,999"),
        (10_000, "10k"),
        (12_345, "12.3k"),
        (12_399, "12.3k"),
        (999_999, "999.9k"),
        (1_000_000, "1M"),
        (1_270_000, "1.2M"),
    ],
)
def test_many_stars_are_shown_in_thousands(stars: int, text: str) -> None:
    assert compact(stars) == text
