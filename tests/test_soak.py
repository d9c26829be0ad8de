"""A bot that runs for days holds no more than before."""

from pathlib import Path

import pytest
from soak import Soak


@pytest.mark.slow
async def test_a_bot_holds_the_same_after_days_of_posts_and_people(tmp_path: Path) -> None:
    soak = Soak(tmp_path, count=5)
    await soak.run(5, {2, 5})
    earlier, later = soak.samples
    assert later.held == earlier.held
    assert soak.posts == 25
    assert b"Traceback" not in (tmp_path / "log").read_bytes()
