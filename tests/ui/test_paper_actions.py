"""What a reader can do with an opened paper: which actions are buttons, which are in the menu."""

import itertools
from dataclasses import replace
from typing import Any

from catalogue import CATALOGUE

from bot.commands.paper_buttons import KINDS
from bot.ui.paper_actions import ACTIONS, BUTTONS, CardContext, OpenedPaper, render_actions
from bot.ui.paper_texts import WrittenVersion
from config.texts import Texts

EN = CATALOGUE.for_locale("en-US")
KO = CATALOGUE.for_locale("ko")
LONGEST_ID = "astro-ph.co/9901001"
POST = 2**63 - 1
EVERYTHING = OpenedPaper(
    LONGEST_ID,
    is_whole=False,
    has_abstract=True,
    context=CardContext(can_share=True, can_discuss=True, post_id=POST),
)
WRITTEN = WrittenVersion("kok", "0123456789ab")
VARIANTS = [
    OpenedPaper(
        LONGEST_ID, is_whole, has_abstract, CardContext(can_share, can_discuss, post_id), written
    )
    for is_whole, has_abstract, can_share, can_discuss, post_id, written in itertools.product(
        (True, False), (True, False), (True, False), (True, False), (None, POST), (None, WRITTEN)
    )
]


def rows(opened: OpenedPaper, texts: Texts = EN) -> list[list[dict[str, Any]]]:
    return [row["components"] for row in render_actions(opened, texts).to_components()]


def test_the_most_important_actions_are_buttons_and_the_others_in_a_menu() -> None:
    buttons, (menu,) = rows(EVERYTHING)
    assert [each["label"] for each in buttons] == [
        "Full summary",
        "Discuss",
        "Post to channel",
        "Save",
    ]
    assert menu["placeholder"] == "More"
    assert [each["label"] for each in menu["options"]] == ["Abstract", "Similar", "Cite"]
    labels = [each["label"] for each in rows(EVERYTHING, KO)[0]]
    assert labels == ["요약 전체 보기", "토론하기", "채널에 공유", "저장"]


def test_what_a_model_has_written_can_be_checked_and_reported() -> None:
    buttons, (menu,) = rows(replace(EVERYTHING, written=WRITTEN), KO)
    assert [each["label"] for each in buttons] == [
        "요약 전체 보기",
        "근거 문장",
        "토론하기",
        "채널에 공유",
    ]
    labels = [each["label"] for each in menu["options"]]
    assert labels == ["저장", "초록", "비슷한 논문", "인용", "요약 오류 신고"]


def test_there_is_no_menu_where_everything_fits() -> None:
    (buttons,) = rows(OpenedPaper(LONGEST_ID, has_abstract=True))
    assert [each["label"] for each in buttons] == ["Save", "Abstract", "Similar", "Cite"]
    (buttons,) = rows(OpenedPaper(LONGEST_ID))
    assert [each["label"] for each in buttons] == ["Save", "Similar", "Cite"]


def test_each_action_is_offered_once_and_has_one_that_answers_it() -> None:
    for opened in VARIANTS:
        found = rows(opened)
        buttons = found[0] if found else []
        options = found[1][0]["options"] if len(found) > 1 else []
        assert len(buttons) <= BUTTONS <= 5, opened
        assert not options or len(buttons) == BUTTONS, opened
        ids = [each["custom_id"] for each in buttons] + [each["value"] for each in options]
        offered = [action for action in ACTIONS if action.is_offered(opened)]
        assert len(set(ids)) == len(ids) == len(offered), opened
        for custom_id in ids:
            assert len(custom_id) <= 100, opened
            assert sum(kind.state_in(custom_id) is not None for kind in KINDS) == 1, opened
