"""A paper that can't be rendered is left out, and the others are posted."""

from types import ModuleType
from typing import Any

import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture, papers_in

from bot.posting import layout
from bot.sandbox import Channel
from bot.ui import brief, posts, rankings
from storage.records import Layout, Outcome

BROKEN = "Paper 2 of"


def break_renderer(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, *, every: bool = False
) -> None:
    """Make a renderer fail for one paper.

    The renderer is replaced, because no paper is known for which the real one fails.
    """
    render = getattr(module, name)

    def fail(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed on
        if every or BROKEN in repr(args):
            raise ZeroDivisionError("no room")
        return render(*args, **kwargs)

    monkeypatch.setattr(module, name, fail)


def options_of(channel: Channel) -> list[str]:
    """Return the ids of the papers that the menus of a channel's last message open."""
    (row, *_) = channel.messages[-1].components
    return [option["value"] for option in row["components"][0]["options"]]


def ids(*ranks: int) -> list[str]:
    return [f"{FRIDAY:%y%m}.{FRIDAY.day:02}{rank:03}" for rank in ranks]


async def test_cards_are_posted_without_a_paper_that_can_not_be_rendered(
    posting: PostingFixture, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    break_renderer(monkeypatch, layout, "render_card")
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.POSTED]
    assert papers_in(channel.messages) == ids(1, 3, 4, 5)
    assert options_of(channel) == ids(1, 3, 4, 5, *range(6, 13))
    (record,) = [each for each in caplog.records if "can't be rendered" in each.getMessage()]
    assert ids(2)[0] in record.getMessage()
    assert "ZeroDivisionError: no room" in caplog.text


@pytest.mark.parametrize(("module", "renderer"), [(brief, "render_entry"), (posts, "_option")])
async def test_lists_are_posted_without_a_paper_that_can_not_be_rendered(
    posting: PostingFixture, monkeypatch: pytest.MonkeyPatch, module: ModuleType, renderer: str
) -> None:
    break_renderer(monkeypatch, module, renderer)
    await posting.store()
    channels = {style: posting.channel(style) for style in (Layout.BRIEF, Layout.THREAD)}
    schedules = [
        await posting.schedule(channel, layout=style) for style, channel in channels.items()
    ]
    async with posting.running():
        await posting.wait_for(MORNING)
        for schedule in schedules:
            assert await posting.outcomes(schedule) == [Outcome.POSTED]
    for style, channel in channels.items():
        (message,) = channel.messages
        text = message.embeds[1]["description"]
        assert "Paper 3 of" in text, style
        assert BROKEN not in text, style
        assert options_of(channel) == ids(1, 3, 4, 5, *range(6, 13)), style


async def test_a_digest_without_renderable_papers_fails_and_is_not_posted(
    posting: PostingFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_renderer(monkeypatch, layout, "render_card", every=True)
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.FAILED]
        answer = await posting.sandbox.world.owner.slash(
            "schedule preview", channel, schedule=f"schedule:{schedule.id}"
        )
        assert answer.message is not None
        assert "Something went wrong" in answer.message.content
    assert channel.messages == []


async def test_rankings_show_the_papers_that_can_be_rendered(
    posting: PostingFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_renderer(monkeypatch, rankings, "_line")
    break_renderer(monkeypatch, posts, "_line")
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel, count=1)
    async with posting.running():
        await posting.wait_for(MORNING)
        person = posting.sandbox.world.owner
        answer = await person.slash("top", channel)
        post = channel.messages[0]
        rest = await person.press(post, "All 12")
    assert answer.message is not None
    lines = answer.message.embeds[0]["description"].splitlines()[2:]
    assert [line[:3] for line in lines[:3]] == ["1\\.", "3\\.", "4\\."]
    assert len(lines) == 9
    assert rest.message is not None
    assert len(rest.message.embeds[0]["description"].splitlines()) == 10
