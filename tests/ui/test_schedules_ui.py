from datetime import UTC, date, datetime, time, timedelta

import pytest
from catalogue import CATALOGUE
from examples import scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import listed_papers, texts

from bot.ui import limits, posts, schedules
from config.texts import Texts
from storage.records import (
    Event,
    Frequency,
    Layout,
    ListedPaper,
    Outcome,
    Reason,
    Schedule,
    ScheduleSettings,
    Trouble,
)

EN, KO = (CATALOGUE.for_locale(language) for language in ("en", "ko"))
AT = datetime(2025, 2, 21, 22, tzinfo=UTC)
LARGEST = 2**63 - 1
languages = st.sampled_from([EN, KO])
any_input = settings(suppress_health_check=list(HealthCheck), max_examples=scaled(25))

any_settings = st.builds(
    ScheduleSettings,
    channel_id=st.just(LARGEST),
    time=st.just(time(23, 59)),
    timezone=st.just("America/Argentina/ComodRivadavia"),
    count=st.integers(1, 25),
    language=st.sampled_from(["en", "ko"]),
    period=st.sampled_from(Frequency),
    layout=st.sampled_from(Layout),
    days=st.integers(1, 127),
    min_votes=st.none() | st.integers(1, 10**6),
    include=texts.map(lambda text: text[:400]),
    exclude=texts.map(lambda text: text[:400]) | st.just("*" * 400),
    mention=st.none() | st.just(LARGEST),
    silent=st.booleans(),
    publish=st.booleans(),
    refresh=st.booleans(),
    catch_up=st.integers(0, 168),
)
any_schedule = st.builds(
    Schedule,
    id=st.just(LARGEST),
    guild_id=st.just(LARGEST),
    created_by=st.just(LARGEST),
    created_at=st.just(AT),
    settings=any_settings,
    paused_at=st.none() | st.just(AT),
    paused_reason=st.none() | st.sampled_from(Reason),
)
DAYS = "Mon, Tue, Wed, Thu, Fri, Sat"
summaries = any_schedule.map(
    lambda each: schedules.ScheduleSummary(each, DAYS, "Seoul", "English", AT)
)


@any_input
@given(summaries, languages)
def test_the_description_of_a_schedule_fits_a_message(
    summary: schedules.ScheduleSummary, language: Texts
) -> None:
    assert limits.length(schedules.describe(summary, language)) <= limits.CONTENT
    labels = schedules.choice_labels([(summary, "a channel with a name " * 5)] * 2, language)
    assert len(set(labels)) == 2
    assert all(1 <= limits.length(label) <= limits.CHOICE_NAME for label, _ in labels)


@any_input
@given(st.lists(summaries, min_size=20, max_size=20), languages, st.integers(0, 9))
def test_every_page_of_schedules_fits_and_has_buttons_to_other_pages(
    found: list[schedules.ScheduleSummary], language: Texts, page: int
) -> None:
    embed, view = schedules.render_list(found, language, page=page)
    text = embed.description or ""
    assert limits.embed_length(embed) <= limits.EMBEDS_TEXT
    assert limits.length(text) <= limits.EMBED_DESCRIPTION
    expected = 4 if page > 1 else 8
    assert sum(f"**{place}.**" in text for place in range(1, 21)) == expected
    assert len(view.children) == 2


@any_input
@given(
    st.lists(
        st.builds(
            Event,
            at=st.just(AT),
            schedule_id=st.just(1),
            channel_id=st.just(LARGEST),
            outcome=st.sampled_from(Outcome),
            reason=st.none() | st.sampled_from(Reason),
            coverage=st.sampled_from([None, "day:2025-02-21", "month:2025-02"]),
            messages=st.lists(st.just((LARGEST, LARGEST)), max_size=30).map(tuple),
            actor_id=st.none() | st.just(LARGEST),
        ),
        max_size=25,
    ),
    languages,
    st.none() | st.just(Trouble(date(2025, 2, 18), ("a" * 40, "Hugging Face"), "answered 502")),
)
def test_a_history_fits_an_embed(
    events: list[Event], language: Texts, trouble: Trouble | None
) -> None:
    embed = schedules.render_history(
        events, language, guild_id=LARGEST, name_of=str, source="Hugging Face", trouble=trouble
    )
    assert 1 <= limits.length(embed.description or "") <= limits.EMBED_DESCRIPTION


@settings(any_input, max_examples=scaled(12))
@given(
    st.lists(listed_papers, max_size=60, unique_by=lambda listed: listed.paper.arxiv_id),
    languages,
    st.integers(0, 5),
)
def test_a_page_of_the_other_papers_fits_and_has_a_menu(
    papers: list[ListedPaper], language: Texts, page: int
) -> None:
    embed, view = posts.render_rest(
        list(enumerate(papers, start=6)),
        language,
        title="T" * 300,
        page=page,
        turn=lambda to: f"turn:{to}",
    )
    assert limits.embed_length(embed) <= limits.EMBEDS_TEXT
    assert 1 <= limits.length(embed.description or "") <= limits.EMBED_DESCRIPTION
    ids = [part["custom_id"] for row in view.to_components() for part in row["components"]]
    assert len(ids) == len(set(ids))
    assert bool(ids) == bool(papers)


def test_a_missing_reason_has_a_vague_text() -> None:
    assert schedules.describe_reason(None, EN) == "unknown reason"


@pytest.mark.parametrize("texts_of", [EN, KO])
def test_every_reason_has_a_text_of_its_own(texts_of: Texts) -> None:
    shown = {reason: schedules.describe_reason(reason, texts_of) for reason in Reason}
    others = {"", schedules.describe_reason(None, texts_of)}
    assert [reason for reason, text in shown.items() if text in others] == []


def test_the_trouble_of_sources_is_described_with_its_beginning() -> None:
    failing = Trouble(date(2025, 2, 20), ("Hugging Face", "our_list"), "answered 502")
    assert schedules.describe_trouble(failing, EN) == (
        "⚠ No new papers since Thursday, February 20, 2025: "
        "Hugging Face and our\\_list couldn't be reached."
    )
    assert schedules.describe_trouble(failing, KO) == (
        "⚠ 2025년 2월 20일 목요일부터 새 논문이 없습니다. "
        "Hugging Face, our\\_list에 연결하지 못했습니다."
    )
    quiet = Trouble(date(2025, 2, 20))
    assert schedules.describe_trouble(quiet, EN) == (
        "⚠ No new papers since Thursday, February 20, 2025."
    )
    assert schedules.describe_trouble(quiet, KO) == (
        "⚠ 2025년 2월 20일 목요일부터 새 논문이 없습니다."
    )


@pytest.mark.parametrize(
    ("source", "since", "text"),
    [
        ("", None, "the source of the papers couldn't be reached"),
        ("Hugging Face", None, "Hugging Face couldn't be reached"),
        ("", date(2025, 2, 20), "ours couldn't be reached since Feb 20, 2025"),
        ("Hugging Face", AT.date() + timedelta(days=1), "Hugging Face couldn't be reached"),
    ],
)
def test_a_skipped_post_names_the_source_and_since_when_it_fails_if_that_is_known(
    source: str, since: date | None, text: str
) -> None:
    event = Event(AT, 1, 2, Outcome.NOTHING_NEW, Reason.SOURCE_UNAVAILABLE, None, ())
    embed = schedules.render_history(
        [event],
        EN,
        guild_id=9,
        name_of=str,
        source=source,
        trouble=Trouble(since, ("ours",)) if since is not None else None,
    )
    assert (embed.description or "").endswith(f" · {text}")


def test_the_history_names_who_paused_and_resumed() -> None:
    def line(outcome: Outcome, reason: Reason, texts: Texts) -> str:
        event = Event(AT, 1, 2, outcome, reason, None, (), actor_id=7)
        embed = schedules.render_history([event], texts, guild_id=9, name_of=str)
        return (embed.description or "").partition(" · <#2> · ")[2]

    assert line(Outcome.PAUSED, Reason.PAUSED_BY_PERSON, EN) == "**paused by <@7>**"
    assert line(Outcome.RESUMED, Reason.PAUSED_BY_PERSON, KO) == "**<@7> 님이 다시 시작함**"
    assert line(Outcome.RESUMED, Reason.REFUSED, EN) == (
        "**resumed by <@7>** · Discord rejected the post"
    )


def test_every_outcome_has_a_text() -> None:
    for outcome in Outcome:
        event = Event(AT, 1, 2, outcome, None, "day:2025-02-21", ((2, 3), (2, 4)))
        embed = schedules.render_history(
            [event], KO, guild_id=9, name_of=lambda key: key.removeprefix("day:")
        )
        assert "2025-02-21" in (embed.description or "")
        assert "[1](https://discord.com/channels/9/2/3) [2](" in (embed.description or "")


def test_missed_days_are_listed_in_order() -> None:
    days = [(date(2025, 2, 20), None), (date(2025, 2, 19), "https://example.org/a")]
    assert posts.format_missed_days(days, EN) == (
        "Not posted while the bot was offline: [Feb 19](https://example.org/a), Feb 20"
    )
