from dataclasses import fields, replace
from datetime import time
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.posting import schedule_options
from bot.posting.channels import ChannelFacts, missing_permissions
from bot.posting.schedule_options import ScheduleChanges
from storage.records import Frequency, Layout, ScheduleSettings

LANGUAGES = ("en", "ko")
FIRST = ScheduleSettings(channel_id=2, language="ko", timezone="Asia/Seoul")
ALL = discord.Permissions.all()
NONE = discord.Permissions.none()
Kind = discord.ChannelType


def changed(settings: ScheduleSettings = FIRST, /, **given: Any) -> ScheduleSettings:  # noqa: ANN401 - passed on
    return schedule_options.apply_changes(settings, ScheduleChanges(given), languages=LANGUAGES)


def test_omitted_options_keep_their_values() -> None:
    assert changed() == FIRST
    assert (FIRST.timezone, FIRST.time, FIRST.count) == ("Asia/Seoul", time(8), 5)


def test_every_option_of_a_schedule_can_be_changed() -> None:
    other: dict[str, Any] = {
        "channel_id": 9,
        "time": "09:30",
        "timezone": "europe/berlin",
        "count": 7,
        "period": "day",
        "layout": "thread",
        "days": "mon",
        "min_votes": 3,
        "include": "agent",
        "exclude": "vision",
        "mention": 77,
        "silent": True,
        "publish": True,
        "refresh": False,
        "catch_up": 2,
        "language": "en",
    }
    assert set(other) == {field.name for field in fields(ScheduleSettings)}
    edited = changed(FIRST, **other)
    same = {name for name in other if getattr(edited, name) == getattr(FIRST, name)}
    assert same == {"period"}
    assert changed(period="month").period is Frequency.MONTH


@pytest.mark.parametrize("name", schedule_options.CLEARABLE)
def test_filters_mention_and_limit_can_be_cleared(name: str) -> None:
    filled = changed(mention=77, include="agent", exclude="vision", min_votes=3)
    cleared = schedule_options.apply_changes(
        filled, ScheduleChanges(clear=name), languages=LANGUAGES
    )
    assert cleared == replace(filled, **{name: getattr(FIRST, name)})


def test_a_schedule_changed_to_weekly_loses_its_weekdays() -> None:
    daily = changed(days="mon,wed")
    assert daily.days == 0b101
    weekly = changed(daily, period="week")
    assert (weekly.period, weekly.days) == (Frequency.WEEK, 127)


@pytest.mark.parametrize("typed", [",,,", '""', ", ;", "—"])
def test_a_filter_without_a_word_is_refused(typed: str) -> None:
    for name in ("include", "exclude"):
        with pytest.raises(UserError, match="filter-no-word"):
            changed(**{name: typed})


@pytest.mark.parametrize("typed", ["ko", "KO", "ko-KR", "한국어", "Korean"])
def test_a_language_is_recognised_by_its_names(typed: str) -> None:
    assert schedule_options.check_language(typed, LANGUAGES) == "ko"


@given(st.text(max_size=40))
def test_any_text_is_an_option_or_rejected(text: str) -> None:
    for name in ("time", "timezone", "period", "layout", "days", "include", "exclude", "language"):
        try:
            changed(FIRST, **{name: text})
        except UserError:
            continue


PLAIN = ("view_channel", "send_messages", "embed_links")
IN_THREAD = ("view_channel", "send_messages_in_threads", "embed_links")
THREADED = (
    "view_channel",
    "send_messages",
    "create_public_threads",
    "send_messages_in_threads",
    "embed_links",
)
FORUM = ("view_channel", "send_messages", "send_messages_in_threads", "embed_links")


@pytest.mark.parametrize(
    ("kind", "layout", "needed"),
    [
        (Kind.text, Layout.CARDS, PLAIN),
        (Kind.text, Layout.BRIEF, PLAIN),
        (Kind.text, Layout.THREAD, THREADED),
        (Kind.news, Layout.CARDS, PLAIN),
        (Kind.news, Layout.THREAD, THREADED),
        (Kind.forum, Layout.CARDS, FORUM),
        (Kind.media, Layout.THREAD, FORUM),
        (Kind.public_thread, Layout.CARDS, IN_THREAD),
        (Kind.private_thread, Layout.BRIEF, IN_THREAD),
        (Kind.news_thread, Layout.BRIEF, IN_THREAD),
    ],
)
def test_required_permissions_depend_on_the_channel_and_the_layout(
    kind: discord.ChannelType, layout: Layout, needed: tuple[str, ...]
) -> None:
    settings = replace(FIRST, layout=layout)
    facts = ChannelFacts(2, kind, NONE)
    assert missing_permissions(facts, settings) == needed
    exact = discord.Permissions(**dict.fromkeys(needed, True))
    assert missing_permissions(replace(facts, permissions=exact), settings) == ()


def test_a_missing_tag_or_a_locked_thread_requires_more_permissions() -> None:
    forum = ChannelFacts(2, Kind.forum, NONE, lacks_tag=True)
    assert "manage_channels" in missing_permissions(forum, FIRST)
    thread = ChannelFacts(2, Kind.public_thread, NONE, is_locked=True)
    assert "manage_threads" in missing_permissions(thread, FIRST)


@pytest.mark.parametrize("kind", [Kind.voice, Kind.stage_voice, Kind.category])
def test_channels_of_other_kinds_are_rejected(kind: discord.ChannelType) -> None:
    with pytest.raises(UserError):
        schedule_options.check_channel_kind(ChannelFacts(2, kind, ALL), FIRST)


def test_warnings_list_only_what_limits_a_schedule() -> None:
    facts = ChannelFacts(2, Kind.text, ALL)
    mute = ChannelFacts(2, Kind.text, NONE)
    mentioning = replace(FIRST, mention=9)
    assert schedule_options.warning_keys(facts, mentioning, is_mentionable=False) == ()
    assert schedule_options.warning_keys(mute, FIRST, is_mentionable=False) == (
        "warning-no-history",
    )
    assert schedule_options.warning_keys(mute, mentioning, is_mentionable=True) == (
        "warning-no-history",
    )
    assert "warning-not-mentionable" in schedule_options.warning_keys(
        mute, mentioning, is_mentionable=False
    )
    weekly = replace(FIRST, period=Frequency.WEEK)
    assert schedule_options.warning_keys(facts, weekly, is_mentionable=True) == ()
    assert schedule_options.warning_keys(mute, weekly, is_mentionable=True)[1:] == (
        "warning-no-chart",
    )
    silent = replace(mentioning, silent=True)
    assert schedule_options.warning_keys(facts, silent, is_mentionable=True) == (
        "warning-silent-mention",
    )
