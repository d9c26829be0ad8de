"""What this program has published is not read from addresses."""

import pytest
from polling_fixture import ARCHIVE, TODAY, PollingFixture

from bot.publish.markdown import render_markdown
from storage.records import Digest, Paper


async def test_a_published_list_counts_as_none_and_is_warned_of_once(
    polling: PollingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    published = render_markdown([Digest(TODAY, (Paper("2606.00001", "One"),))], "en")
    polling.files.put(f"/logs/{TODAY}.md", published)
    await polling.start(ARCHIVE)
    await polling.run_until_read()
    await polling.run_for(hours=2)
    assert not await polling.papers()
    assert (await polling.state(name=ARCHIVE)).error is None
    warnings = [each for each in caplog.messages if "published by Daily Papers" in each]
    assert warnings == [
        f"archive, digest of {TODAY}: it was published by Daily Papers and is not read"
    ]
