from dataclasses import dataclass

import pytest

from bot.posting import tags


@dataclass(frozen=True)
class Tag:
    id: int
    name: str
    moderated: bool = False


TALK, PAPERS, OURS = Tag(1, "talk"), Tag(2, "Papers"), Tag(3, tags.TAG_NAME)
KEPT = Tag(4, "논문", moderated=True)


@pytest.mark.parametrize(
    ("available", "required", "chosen"),
    [
        ((TALK, PAPERS, OURS), True, (3,)),
        ((TALK, PAPERS), True, (2,)),
        ((TALK, PAPERS), False, (2,)),
        ((TALK,), True, (1,)),
        ((TALK,), False, ()),
        ((), False, ()),
        ((), True, None),
        ((KEPT,), True, None),
        ((KEPT, TALK), True, (1,)),
    ],
)
def test_a_matching_tag_is_chosen_or_the_first_if_a_tag_is_required(
    available: tuple[Tag, ...], required: bool, chosen: tuple[int, ...] | None
) -> None:
    assert tags.choose(available, required=required, is_moderator=False) == chosen


def test_moderated_tags_are_chosen_only_with_manage_threads() -> None:
    assert tags.choose((TALK, KEPT), required=True, is_moderator=True) == (4,)


def test_the_created_tag_is_short_enough_and_is_chosen_afterwards() -> None:
    assert len(tags.TAG_NAME) <= 20
    assert tags.choose((Tag(9, tags.TAG_NAME),), required=True, is_moderator=False) == (9,)
