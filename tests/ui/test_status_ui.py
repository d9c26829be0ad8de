"""How the bot is, as an embed: within limits, with untrusted texts escaped, in both languages."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from catalogue import CATALOGUE

from bot.ui import limits
from bot.ui.status import render_status
from storage.records import (
    Check,
    NextPost,
    PausedSchedule,
    Reason,
    SourceLine,
    Status,
    StoredStatus,
    Usage,
    WeekUsage,
)

NOW = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)
HOSTILE = "@everyone **x** [y](https://example.org) `z`\n# big " * 20


def status(count: int) -> Status:
    return Status(
        is_running=True,
        checks=[Check("sources", is_ok=False, detail=HOSTILE)] * count,
        stored=StoredStatus(
            next_posts=[NextPost(number, 1, 2, NOW) for number in range(count)],
            schedules=count,
            paused=[
                PausedSchedule(number, 1, 2, NOW, reason)
                for number in range(count)
                for reason in ("from the future", Reason.CHANNEL_GONE)
            ],
            sources=[SourceLine("ours", date(2025, 2, 21), NOW, HOSTILE)] * count,
            usage=[WeekUsage(date(2025, 2, 17), Usage(*[10**6] * 8))] * count,
        ),
        versions=[("Python", "3.11.7")],
        database=Path("papers.db"),
        database_bytes=12_345_678,
    )


@pytest.mark.parametrize("language", CATALOGUE.languages)
@pytest.mark.parametrize("count", [0, 1, 500])
def test_it_fits_and_holds_no_markup_of_others(count: int, language: str) -> None:
    embed = render_status(status(count), CATALOGUE.for_locale(language))
    assert len(embed) <= limits.EMBEDS_TEXT
    for field in embed.fields:
        assert field.name
        assert field.value
        assert limits.fits(field.value, limits.EMBED_FIELD_VALUE)
        assert "**x**" not in field.value
        assert "[y](" not in field.value


def test_what_does_not_fit_is_counted() -> None:
    english = CATALOGUE.for_locale("en")
    embed = render_status(status(30), english)
    values = {str(each.name): str(each.value) for each in embed.fields}
    posts = values["30 schedules, 60 paused"].split("\n")
    assert posts[0] == "<t:1740211200:f> · <#2>"
    assert posts[-1] == "… and 80 more"
    assert embed.title == "⚠ Something needs attention"
    assert "12.3 MB" in str(embed.footer.text)


def test_a_paused_schedule_has_its_reason_in_words() -> None:
    korean = CATALOGUE.for_locale("ko")
    embed = render_status(status(1), korean)
    (value,) = [str(each.value) for each in embed.fields if "일시 중지" in str(each.name)]
    assert value.split("\n")[1:] == [
        "⏸ <#2> · <t:1740211200:f>부터 · 알 수 없는 이유",
        "⏸ <#2> · <t:1740211200:f>부터 · 채널 삭제 또는 숨김",
    ]
