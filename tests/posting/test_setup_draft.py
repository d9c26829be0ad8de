from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.posting import setup_draft
from bot.posting.filters import join_terms
from bot.posting.setup_draft import Draft, Missing, Preset
from storage.query import split_authors
from storage.records import EVERY_DAY, WEEKDAYS, Frequency, Layout, ScheduleSettings

LANGUAGES = ("en", "ko")
FIRST = setup_draft.first_draft(channel_id=5, timezone="Asia/Seoul", language="ko")


def test_a_first_draft_is_a_daily_brief_on_weekdays_that_notifies() -> None:
    settings = FIRST.settings()
    assert settings is not None
    assert (settings.time, settings.days, settings.count) == (time(8), WEEKDAYS, 5)
    assert (settings.layout, settings.silent, settings.period) == (
        Layout.BRIEF,
        False,
        Frequency.DAY,
    )


def test_a_draft_lacks_what_was_not_chosen() -> None:
    empty = setup_draft.first_draft(channel_id=None, timezone=None, language="en")
    assert empty.missing() == (Missing.CHANNEL, Missing.ZONE)
    assert empty.settings() is None
    assert FIRST.missing() == ()
    keywords = setup_draft.choose_preset(FIRST, Preset.KEYWORDS)
    assert keywords.missing() == (Missing.KEYWORDS,)


@pytest.mark.parametrize("preset", setup_draft.OFFERED)
def test_no_preset_is_silent_and_each_keeps_place_and_time(preset: Preset) -> None:
    before = replace(FIRST, time=time(9, 30))
    after = setup_draft.choose_preset(before, preset)
    assert not after.silent
    assert (after.channel_id, after.timezone, after.time) == (5, "Asia/Seoul", time(9, 30))
    back = setup_draft.choose_preset(after, Preset.BRIEF)
    assert (back.days, back.period) == (WEEKDAYS, Frequency.DAY)


def test_what_is_missing_stays_missing_when_something_else_changes() -> None:
    empty = setup_draft.first_draft(channel_id=None, timezone=None, language="en")
    changed = setup_draft.change(empty, {"time": "9시"}, languages=LANGUAGES)
    assert changed == replace(empty, time=time(9))


settings = st.builds(
    ScheduleSettings,
    channel_id=st.integers(1, 2**62),
    time=st.times().map(lambda each: each.replace(second=0, microsecond=0, tzinfo=None)),
    timezone=st.sampled_from(["UTC", "Asia/Seoul", "CET"]),
    count=st.integers(1, 25),
    period=st.sampled_from(Frequency),
    layout=st.sampled_from(Layout),
    days=st.integers(1, EVERY_DAY),
    min_votes=st.none() | st.integers(0, 9),
    include=st.text(),
    exclude=st.text(),
    mention=st.none() | st.integers(1, 2**62),
    silent=st.booleans(),
    publish=st.booleans(),
    refresh=st.booleans(),
    catch_up=st.integers(0, 168),
    language=st.sampled_from(LANGUAGES),
)


@given(settings)
def test_a_draft_of_a_schedule_keeps_all_of_its_settings(given: ScheduleSettings) -> None:
    draft = Draft.of(given, 3)
    assert Draft.decode(draft.encode()) == draft
    assert draft.settings() == given


def test_authors_of_the_form_become_terms_of_the_filter_and_back() -> None:
    draft = setup_draft.change_keywords(
        FIRST,
        words="agent",
        skipped="",
        authors="Yann LeCun\n\nAnn",
        min_votes="0",
        languages=LANGUAGES,
    )
    assert draft.include == 'agent author:"Yann LeCun" author:"Ann"'
    assert (draft.preset, draft.min_votes) == (Preset.KEYWORDS, None)
    assert setup_draft.keywords_of(draft) == ("agent", "Yann LeCun\nAnn")


@given(st.lists(st.text(alphabet="abc é가-", min_size=1)), st.text(alphabet="abc가"))
def test_splitting_a_filter_and_joining_it_again_changes_nothing(
    authors: list[str], words: str
) -> None:
    joined = join_terms(words, authors)
    assert join_terms(*split_authors(joined)) == joined


@pytest.mark.parametrize("votes", ["-1", "many", "1000001", "9" * 5000, "1.5"])
def test_upvotes_that_are_no_number_are_refused(votes: str) -> None:
    with pytest.raises(UserError, match="schedule-bad-votes"):
        setup_draft.change_keywords(
            FIRST, words="a", skipped="", authors="", min_votes=votes, languages=LANGUAGES
        )
