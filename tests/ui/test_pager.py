from datetime import UTC, datetime

import discord
import pytest
from catalogue import CATALOGUE

from bot.ui.pager import Pager

TEXTS = CATALOGUE.for_locale("en")


@pytest.mark.parametrize(
    ("page", "items", "expected"),
    [(0, 0, (0, 1)), (0, 10, (0, 1)), (0, 11, (0, 2)), (1, 11, (1, 2)), (9, 11, (1, 2))],
)
def test_a_page_past_the_last_is_the_last(page: int, items: int, expected: tuple[int, int]) -> None:
    pager = Pager.at(page, items=items, size=10)
    assert (pager.page, pager.pages) == expected
    assert pager.first == pager.page * 10


def test_a_single_page_has_no_buttons_and_no_footer() -> None:
    pager = Pager.at(0, items=3, size=10)
    embed = discord.Embed()
    pager.set_footer(embed, TEXTS)
    assert pager.buttons(TEXTS, str) == []
    assert embed.footer.text is None


@pytest.mark.parametrize(
    ("page", "disabled"), [(0, [True, False]), (1, [False, False]), (2, [False, True])]
)
def test_buttons_lead_to_the_neighbouring_pages_only(page: int, disabled: list[bool]) -> None:
    pager = Pager.at(page, items=21, size=10)
    previous, following = (item.to_component_dict() for item in pager.buttons(TEXTS, str))
    assert [previous["disabled"], following["disabled"]] == disabled
    assert [previous["custom_id"], following["custom_id"]] == [str(max(page - 1, 0)), str(page + 1)]


def test_the_footer_names_the_page_and_the_time_of_the_votes() -> None:
    read_at = datetime(2025, 2, 21, 22, tzinfo=UTC)
    embed = discord.Embed()
    Pager.at(1, items=21, size=10).set_footer(embed, TEXTS, votes_read_at=read_at)
    assert embed.footer.text == f"{TEXTS('top-page', page=2, pages=3)} · {TEXTS('top-votes-as-of')}"
    assert embed.timestamp == read_at
