from dataclasses import fields, replace
from datetime import time
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.posts import setup
from storage.records import Layout, NewSchedule, Frequency

LANGUAGES = ("en", "ko")
FIRST = setup.new(1, 2, language="ko", by=3)
ALL = discord.Permissions.all()
Kind = discord.ChannelType


def changed(asked: setup.Asked, schedule: NewSchedule = FIRST) -> NewSchedule:
    return setup.changed(schedule, asked, languages=LANGUAGES)


def test_what_was_not_asked_for_stays_as_it_was() -> None:
    assert changed(setup.Asked()) == FIRST
    assert (FIRST.timezone, FIRST.time, FIRST.count) == ("Asia/Seoul", time(8), 5)
    assert setup.new(1, 2, language="en", by=3).timezone == "UTC"


def test_every_option_of_a_schedule_can_be_asked_for() -> None:
    asked = {field.name for field in fields(setup.Asked)}
    options = {field.name for field in fields(NewSchedule)}
    assert options - asked == {"guild_id", "created_by"}
    assert asked - options == {"clear"}


def test_a_schedule_that_becomes_a_week_s_has_no_days_of_its_own() -> None:
    daily = changed(setup.Asked(days="mon,wed"))
    assert daily.days == 0b101
    weekly = changed(setup.Asked(period="week"), daily)
    assert (weekly.period, weekly.days) == (Frequency.WEEK, 127)


@pytest.mark.parametrize("typed", ["08:00", "8:00", "0800", " 08:00 ", "08：00", "08:00:59"])
def test_times_are_read_to_the_minute(typed: str) -> None:
    assert setup.parse_time(typed) == time(8)


@pytest.mark.parametrize("typed", ["ko", "KO", "ko-KR", "한국어", "Korean"])
def test_a_language_is_known_by_its_names(typed: str) -> None:
    assert setup.check_language(typed, LANGUAGES) == "ko"


@given(st.text(max_size=40))
def test_any_text_is_an_option_or_refused(text: str) -> None:
    for name in ("time", "timezone", "period", "layout", "days", "include", "exclude", "language"):
        given: dict[str, Any] = {name: text}
        try:
            changed(setup.Asked(**given))
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
def test_what_is_needed_depends_on_the_channel_and_the_layout(
    kind: discord.ChannelType, layout: Layout, needed: tuple[str, ...]
) -> None:
    wanted = replace(FIRST, layout=layout)
    place = setup.Place(2, kind, discord.Permissions.none())
    assert setup.lacking(place, wanted) == needed
    exact = discord.Permissions(**dict.fromkeys(needed, True))
    assert setup.lacking(replace(place, permissions=exact), wanted) == ()


def test_what_else_is_needed_where_a_tag_is_missing_or_a_thread_is_locked() -> None:
    forum = setup.Place(2, Kind.forum, discord.Permissions.none(), lacks_tag=True)
    assert "manage_channels" in setup.lacking(forum, FIRST)
    thread = setup.Place(2, Kind.public_thread, discord.Permissions.none(), is_locked=True)
    assert "manage_threads" in setup.lacking(thread, FIRST)


@pytest.mark.parametrize("kind", [Kind.voice, Kind.stage_voice, Kind.category])
def test_other_channels_hold_no_posts(kind: discord.ChannelType) -> None:
    with pytest.raises(UserError):
        setup.check_place(setup.Place(2, kind, ALL), FIRST)


def test_what_is_good_to_know_is_told_and_nothing_else() -> None:
    place = setup.Place(2, Kind.text, ALL)
    mute = setup.Place(2, Kind.text, discord.Permissions.none())
    mentioning = replace(FIRST, mention=9)
    assert setup.notes(place, mentioning, is_mentionable=False) == ()
    assert setup.notes(mute, FIRST, is_mentionable=False) == ("note-no-history",)
    assert setup.notes(mute, mentioning, is_mentionable=True) == ("note-no-history",)
    assert "note-not-mentionable" in setup.notes(mute, mentioning, is_mentionable=False)
    silent = replace(mentioning, silent=True)
    assert setup.notes(place, silent, is_mentionable=True) == ("note-silent-mention",)
