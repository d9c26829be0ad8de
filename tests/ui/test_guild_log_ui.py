"""Messages for log channels: what is put together, in which order, and how much fits."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
from catalogue import CATALOGUE

from bot.ui import limits
from bot.ui.guild_log import render, take_fitting
from config.texts import Texts
from storage.records import (
    EVERY_DAY,
    Frequency,
    Layout,
    LogEntry,
    LogKind,
    Reason,
    ScheduleSettings,
)

NOW = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)
ENGLISH = CATALOGUE.for_locale("en")
HOUR = "8:00\u202fAM"


def schedule(number: int, **fields: Any) -> ScheduleSettings:  # noqa: ANN401 - any setting
    given: dict[str, Any] = {
        "channel_id": number,
        "time": time(8),
        "timezone": "UTC",
        "count": 5,
        "layout": Layout.CARDS,
        "days": EVERY_DAY,
        "language": "en",
    }
    return ScheduleSettings(**(given | fields))


SCHEDULES = {number: schedule(number) for number in range(1, 200)}


def entry(kind: LogKind, schedule_id: int | None = None, **fields: Any) -> LogEntry:  # noqa: ANN401 - any field
    given: dict[str, Any] = {"id": 1, "nonce": None, "sent_at": None, "at": NOW}
    return LogEntry(kind=kind, schedule_id=schedule_id, **(given | fields))


def lines(*entries: LogEntry, texts: Texts = ENGLISH) -> list[str]:
    return render(entries, SCHEDULES, texts).split("\n")


def test_schedules_with_the_same_fate_share_a_line_and_others_have_their_own() -> None:
    lacks: dict[str, Any] = {"reason": Reason.LACKS_PERMISSION}
    found = lines(
        entry(LogKind.PAUSED, 3, **lacks),
        entry(LogKind.PAUSED, 1, reason=Reason.CHANNEL_GONE),
        entry(LogKind.PAUSED, 2, **lacks),
    )
    assert len(found) == 2
    assert found[0].startswith(f"⏸ 2 schedules are paused: <#2> ({HOUR}) and <#3> ({HOUR}). I lack")
    assert found[1].startswith(f"⏸ Paused: <#1> ({HOUR}). The channel was deleted")


def test_what_happens_to_one_schedule_stays_in_order() -> None:
    paused: dict[str, Any] = {"reason": Reason.PAUSED_BY_PERSON, "actor_id": 7}
    found = lines(
        entry(LogKind.PAUSED, 1, **paused),
        entry(LogKind.RESUMED, 1, actor_id=7),
        entry(LogKind.PAUSED, 1, **paused),
        entry(LogKind.PAUSED, 2, **paused),
    )
    assert found == [
        f"⏸ <@7> paused a schedule: <#1> ({HOUR}).",
        f"▶️ <@7> resumed a schedule: <#1> ({HOUR}).",
        f"⏸ <@7> paused 2 schedules: <#1> ({HOUR}) and <#2> ({HOUR}).",
    ]


def test_a_person_who_was_forgotten_is_a_member() -> None:
    (found,) = lines(entry(LogKind.PAUSED, 1, reason=Reason.PAUSED_BY_PERSON))
    assert found == f"⏸ A member paused a schedule: <#1> ({HOUR})."


def test_what_is_about_the_bot_has_a_line_each_time() -> None:
    since = {"since": "2025-02-24", "sources": ["Hugging Face", "*ours*"]}
    found = lines(
        entry(LogKind.UPDATED, facts={"old": "1.0", "new": "1.1"}),
        entry(LogKind.NO_PAPERS, facts=since),
        entry(LogKind.UPDATED, facts={"old": "1.1", "new": "1.2"}),
    )
    updated, missing, again = found
    assert updated == "I was updated from version 1.0 to 1.1."
    assert missing.startswith("⚠ No new papers since Monday, February 24, 2025: Hugging Face and ")
    assert missing.endswith("\\*ours\\* couldn't be reached.")
    assert again == "I was updated from version 1.1 to 1.2."


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_each_kind_and_reason_has_a_sentence_in_each_language(language: str) -> None:
    texts = CATALOGUE.for_locale(language)
    keys = texts.keys()
    for kind, reason in (
        *((LogKind.PAUSED, each) for each in Reason if f"log-why-{each.replace('_', '-')}" in keys),
        (LogKind.RESUMED, None),
        (LogKind.DELAYED, Reason.INTERNAL),
        (LogKind.REFUSED, Reason.MESSAGE_REFUSED),
    ):
        (found,) = lines(entry(kind, 1, reason=reason), texts=texts)
        assert "<#1>" in found
        assert limits.fits(found, limits.CONTENT)


def test_a_weekly_schedule_is_called_so() -> None:
    weekly = {1: schedule(1, period=Frequency.WEEK)}
    assert render([entry(LogKind.RESUMED, 1)], weekly, ENGLISH) == (
        "▶️ Resumed: <#1> (weekly best)."
    )


def test_a_message_takes_as_many_entries_as_it_has_room_for() -> None:
    reasons = [Reason.LACKS_PERMISSION, Reason.CHANNEL_GONE, Reason.ARCHIVED, Reason.NEEDS_TAG]
    # Each pause and resumption of the same schedule is a line of its own.
    entries = [
        entry(LogKind.PAUSED, 1, reason=reasons[number % len(reasons)], id=number)
        for number in range(40)
    ]
    batch = take_fitting(entries, SCHEDULES, ENGLISH)
    assert 0 < len(batch) < len(entries)
    assert [*batch] == entries[: len(batch)]
    assert limits.fits(render(batch, SCHEDULES, ENGLISH), limits.CONTENT)
    together = [
        entry(LogKind.PAUSED, number, reason=Reason.LACKS_PERMISSION, id=number)
        for number in range(1, 101)
    ]
    assert len(take_fitting(together, SCHEDULES, ENGLISH)) == 100
    assert "and 90 more" in render(together, SCHEDULES, ENGLISH)
