"""A few rounds of what tests/benchmarks/chaos.py plays for as long as one likes."""

import asyncio
from collections import Counter
from pathlib import Path

from tally import compare
from turmoil import Round


async def test_each_post_is_there_once_and_whole_after_a_morning_in_which_everything_fails(
    tmp_path: Path,
) -> None:
    rounds = []
    for seed in (3, 7, 9):
        (folder := tmp_path / str(seed)).mkdir()
        rounds.append(Round(seed, folder, channels=7, seconds=1.5))
    results = await asyncio.gather(*(each.play() for each in rounds))
    assert all(result.tally.is_clean for result in results), results
    assert [len(result.posts) for result in results] == [8, 8, 8]
    assert sum((result.faults for result in results), Counter()).total() >= 3


async def test_what_is_twice_missing_astray_or_out_of_order_would_be_found(tmp_path: Path) -> None:
    result = await Round(1, tmp_path, channels=1, seconds=0.0).play()
    (post,) = result.posts
    there = post.channel.everything
    assert compare(result.posts).is_clean
    first, second, third = there.items()
    there.clear()
    there.update([first, (0, second[1]), (1, second[1]), third])
    assert compare(result.posts).duplicates == 1
    there.clear()
    there.update([first, third])
    assert compare(result.posts).losses == 1
    there.clear()
    there.update([second, first, third])
    assert compare(result.posts).disorders == 1
    third[1].content = "What nobody has planned"
    assert compare(result.posts).strays == 1
