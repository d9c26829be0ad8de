from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import listed_papers

from bot.posts.plan import most_voted, parts, plan
from bot.ui import limits
from config.texts import Catalogue
from storage.records import ListedDigest, ListedPaper, Paper

CATALOGUE = Catalogue.load()
KO = CATALOGUE.for_locale("ko")
DAY = date(2025, 2, 21)
READ_AT = datetime(2025, 2, 21, 22, tzinfo=UTC)


def digest(*votes: int | None) -> ListedDigest:
    papers = tuple(
        ListedPaper(Paper(f"2502.{rank:05}", f"Paper {rank}", each), DAY, rank, READ_AT)
        for rank, each in enumerate(votes, start=1)
    )
    return ListedDigest(DAY, papers, READ_AT)


def test_the_most_voted_come_first_ties_by_rank_unknown_last() -> None:
    chosen = most_voted(digest(None, 3, 7, 7, 0), 5)
    assert [listed.rank for listed in chosen] == [3, 4, 2, 5, 1]


def test_the_heading_says_date_number_and_when_votes_were_read() -> None:
    first, *others = plan(digest(*range(12)), count=7, texts=KO)
    assert first.content == (
        "## 데일리 페이퍼 · 2025년 2월 21일 금요일\n"
        "논문 12편 중 추천 상위 7편 · 추천 수 기준 <t:1740175200:f>"
    )
    assert [message.content for message in others] == [None]
    assert [len(message.embeds) for message in (first, *others)] == [5, 2]


def test_votes_nobody_knows_are_not_dated() -> None:
    unknown = replace(digest(None, None), votes_read_at=None)
    assert "미확인" in (plan(unknown, count=5, texts=KO)[0].content or "")


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=25)
@given(
    st.lists(listed_papers, max_size=12, unique_by=lambda listed: listed.paper.arxiv_id),
    st.integers(1, 25),
    st.sampled_from(CATALOGUE.languages),
)
def test_every_message_of_any_post_is_within_the_limits(
    papers: list[ListedPaper], count: int, language: str
) -> None:
    texts = CATALOGUE.for_locale(language)
    messages = plan(ListedDigest(DAY, tuple(papers), READ_AT), count=count, texts=texts)
    assert messages
    for message in messages:
        assert limits.length(message.content or "") <= limits.CONTENT
        assert len(message.embeds) <= limits.EMBEDS
        assert sum(map(limits.of_embed, message.embeds)) <= limits.EMBEDS_TEXT
        assert message.content or message.embeds
    assert sum(len(message.embeds) for message in messages) == min(count, len(papers))


def test_a_nonce_is_the_same_at_each_try_and_no_two_alike() -> None:
    messages = plan(digest(*range(25)), count=25, texts=KO)
    planned = parts(messages, channel_id=1, subject="2025-02-21")
    assert planned == parts(messages, channel_id=1, subject="2025-02-21")
    others = parts(messages, channel_id=2, subject="2025-02-21")
    nonces = [part.nonce for part in (*planned, *others)]
    assert len(set(nonces)) == len(nonces) == 10
    assert all(len(nonce) <= 25 for nonce in nonces)
    assert [part.part for part in planned] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("count", [1, 5, 6, 25])
def test_a_changed_text_changes_the_hash_of_its_part_alone(count: int) -> None:
    before = digest(*range(30, 0, -1))
    first = before.papers[0]
    changed = replace(first, paper=replace(first.paper, title="Another title"))
    after = replace(before, papers=(changed, *before.papers[1:]))
    old = parts(plan(before, count=count, texts=KO), channel_id=1, subject="x")
    new = parts(plan(after, count=count, texts=KO), channel_id=1, subject="x")
    same = [a.content_hash == b.content_hash for a, b in zip(old, new, strict=True)]
    assert same == [False] + [True] * (len(old) - 1)
