import pytest
from catalogue import CATALOGUE

from bot.ui import setup as ui
from bot.ui import setup_facts
from bot.ui.setup import Choice

_COMPONENTS = 40
_TEXT = 4_000


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_the_fullest_screen_fits_a_message(language: str) -> None:
    texts = CATALOGUE.for_locale(language)
    choices = [Choice("한" * 200, str(number), number == 0) for number in range(30)]
    screen = ui.SetupScreen(
        draft_id=10**17,
        title=texts("setup-title-edit"),
        presets=choices,
        channel_id=2**62,
        times=choices,
        zones=choices,
        facts=["😀" * 3_000, "long " * 1_000],
        note="x" * 5_000,
        can_check=True,
        other_schedule=10**17,
        schedule_id=10**17,
    )
    layout = ui.render(screen, texts)
    assert layout.content_length() <= _TEXT
    assert layout.total_children_count <= _COMPONENTS
    assert all(
        len(item.custom_id) <= 100
        for item in layout.walk_children()
        if hasattr(item, "custom_id") and item.custom_id
    )


@pytest.mark.parametrize(
    ("mention", "silent", "notifies_all", "said"),
    [
        (None, False, True, "get a notification unless"),
        (None, False, False, "get no notification unless"),
        (7, False, False, "Members with <@&7> get a notification"),
        (7, False, True, "muted this channel or server. Those with <@&7> get it even if"),
        (7, True, True, "Nobody gets a push notification"),
    ],
)
def test_whom_a_post_notifies_depends_on_server_role_and_silence(
    mention: int | None, silent: bool, notifies_all: bool, said: str
) -> None:
    texts = CATALOGUE.for_locale("en")
    line = setup_facts.describe_notifications(
        mention=mention, silent=silent, notifies_all=notifies_all, texts=texts
    )
    assert said in line


@pytest.mark.parametrize(
    ("posts", "papers", "english", "korean"),
    [
        (0, 0.0, "Last 30 days: no posts.", "최근 30일: 게시 없음."),
        (1, 1.0, "Last 30 days: 1 post with 1 paper.", "최근 30일: 게시 1회, 논문 1편."),
        (1, 10.0, "Last 30 days: 1 post with 10 papers.", "최근 30일: 게시 1회, 논문 10편."),
        (
            21,
            4.8,
            "Last 30 days: 21 posts, 4.8 papers each.",
            "최근 30일: 게시 21회, 한 번에 평균 4.8편.",
        ),
    ],
)
def test_the_line_of_past_posts_has_an_average_only_of_several(
    posts: int, papers: float, english: str, korean: str
) -> None:
    for language, said in (("en", english), ("ko", korean)):
        texts = CATALOGUE.for_locale(language)
        assert texts("setup-past", days=30, posts=posts, papers=papers) == said
