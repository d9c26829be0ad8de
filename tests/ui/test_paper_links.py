import pytest
from catalogue import CATALOGUE

from bot.ui.paper_links import compact, render_links
from storage.records import Details, Media, MediaKind, Paper

EN = CATALOGUE.for_locale("en-US")


def buttons(paper: Paper, *, is_listed: bool = True, is_whole: bool = True) -> list[str]:
    """Return the labels of a paper's buttons, after a check of Discord's limits."""
    rows = render_links(paper, EN, is_whole=is_whole, is_listed=is_listed).to_components()
    assert len(rows) <= 5
    assert all(len(row["components"]) <= 5 for row in rows)
    found = [button for row in rows for button in row["components"]]
    assert all(len(button.get("url", "")) <= 512 for button in found)
    return [button["label"] for button in found]


def with_details(details: Details) -> Paper:
    return Paper("2502.14499", "T", details=details)


def test_code_and_project_have_buttons_where_they_are_known() -> None:
    details = Details(
        abstract="A.",
        code_url="https://github.com/a/b",
        code_stars=540,
        project_url="https://a.org",
    )
    video = Media(MediaKind.VIDEO, "https://example.org/a.mp4")
    paper = Paper("2502.14499", "T", media=video, details=details)
    assert buttons(paper, is_whole=False) == [
        "arXiv",
        "PDF",
        "Hugging Face",
        "Code ★540",
        "Project",
        "Video",
        "Abstract",
        "Full summary",
    ]


@pytest.mark.parametrize("stars", [None, 0])
def test_stars_that_are_not_there_are_not_shown(stars: int | None) -> None:
    details = Details(code_url="https://github.com/a/b", code_stars=stars)
    assert buttons(with_details(details))[-1] == "Code"


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
def test_an_address_that_discord_refuses_has_no_button(url: str) -> None:
    paper = with_details(Details(code_url=url, project_url=url))
    assert buttons(paper) == ["arXiv", "PDF", "Hugging Face"]


def test_hugging_face_has_a_page_only_where_people_can_vote() -> None:
    paper = Paper("2502.14499", "T")
    assert buttons(paper, is_listed=False) == ["arXiv", "PDF"]
    voted = Paper("2502.14499", "T", 0)
    assert buttons(voted, is_listed=False) == ["arXiv", "PDF", "Hugging Face"]


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
