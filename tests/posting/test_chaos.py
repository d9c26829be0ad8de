"""A few rounds of the chaos benchmark, tests/benchmarks/chaos.py."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from chaos_round import ChaosRound
from delivery_audit import ExpectedPost, audit, expected_variant
from posting_fixture import FRIDAY, MORNING, PostingFixture


@pytest.mark.slow
async def test_each_post_is_sent_once_complete_and_in_order_despite_faults(
    tmp_path: Path,
) -> None:
    rounds = []
    for seed in (10, 13, 20):
        (folder := tmp_path / str(seed)).mkdir()
        rounds.append(
            ChaosRound(seed, folder, channels=7, seconds=1.5, is_shifted=True, is_late=False)
        )
    results = await asyncio.gather(*(each.play() for each in rounds))
    assert all(result.report.is_clean for result in results), results
    assert [len(result.posts) for result in results] == [8, 8, 8]
    assert sum((result.faults for result in results), Counter()).total() >= 3


async def test_audit_reports_duplicates_losses_wrong_order_and_unplanned_messages(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, count=12)
    async with posting.running():
        await posting.wait_for(MORNING)
    expected = await expected_variant(posting.database, schedule.settings, FRIDAY, channel)
    posts = [ExpectedPost(schedule, channel.name, True, [expected])]
    there = channel.all_messages
    assert audit(posts).is_clean
    first, second, third = there.items()
    there.clear()
    there.update([first, (0, second[1]), (1, second[1]), third])
    assert audit(posts).duplicates == 1
    there.clear()
    there.update([first, third])
    assert audit(posts).losses == 1
    there.clear()
    there.update([second, first, third])
    assert audit(posts).disorders == 1
    third[1].content = "What nobody has planned"
    assert audit(posts).strays == 1
